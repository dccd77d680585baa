"""Words and dates as the town reads them: labels of every code, filters for templates. Vietnamese is the source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale, get_translations
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from .. import clock
from ..rules.masking import covered_mail, covered_phone
from ..rules.workflow import Kind, Status
from .labels import (
    CHANNELS,
    DATA_REQUESTS,
    ENDED_BY_KIND,
    GRIEVANCES,
    GROUNDS,
    HAPPENED,
    KINDS,
    LEVELS,
    OTHER_VARIANTS,
    OUTCOMES,
    REASONS,
    ROLES,
    STAGES,
    STATUS_ICONS,
    STATUSES,
    TABLES,
    VARIANTS,
    VERBS,
    VERDICTS,
)

__all__ = [
    "CHANNELS",
    "DATA_REQUESTS",
    "ENDED_BY_KIND",
    "GRIEVANCES",
    "GROUNDS",
    "HAPPENED",
    "KINDS",
    "LEVELS",
    "OTHER_VARIANTS",
    "OUTCOMES",
    "REASONS",
    "ROLES",
    "STAGES",
    "STATUSES",
    "STATUS_ICONS",
    "TABLES",
    "VARIANTS",
    "VERBS",
    "VERDICTS",
    "Government",
    "in_language",
    "is_vietnamese",
    "named",
    "register",
    "show_date",
    "show_number",
    "show_time",
    "status_word",
    "word",
]


def word(code: Any, table: str) -> str:
    """The label of a code, e.g. word("answered", "status"); the code itself where the table has none."""
    return str(TABLES[table].get(code, code))


def status_word(kind: str, status: str) -> str:
    """Where a case stands, as its kind says it: a complaint is decided, a denunciation concluded."""
    ended = ENDED_BY_KIND.get(Kind(kind)) if status == Status.ANSWERED else None
    return str(ended or word(status, "status"))


def is_vietnamese() -> bool:
    """Whether this page is read in Vietnamese."""
    locale = get_locale()
    return locale is None or locale.language == "vi"


def in_language(text: Any) -> str:
    """A published text that holds both languages (`vi`, `en`), in the reader's; nothing for None."""
    return "" if text is None else str(text.vi if is_vietnamese() else text.en)


def named(thing: Any, short: bool = False) -> str:
    """The name of a unit or category in the reader's language; `short` for lists (units)."""
    if thing is None:
        return ""
    language = "vi" if is_vietnamese() else "en"
    field = "short" if short and hasattr(thing, "short_vi") else "name"
    return str(getattr(thing, f"{field}_{language}") or getattr(thing, f"{field}_vi"))


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def show_date(value: date | datetime | None, style: str = "full") -> str:
    """A day as written here. Styles: full 27/11/2026 (27 Nov 2026), short 27/11 (27 Nov), long with its weekday."""
    if value is None:
        return ""
    day = clock.day_of(value) if isinstance(value, datetime) else value
    if is_vietnamese():
        plain = f"{day:%d/%m}" if style == "short" else f"{day:%d/%m/%Y}"
        return f"{WEEKDAYS_VI[day.weekday()]}, {plain}" if style == "long" else plain
    plain = f"{day.day} {MONTHS[day.month - 1]}" + ("" if style == "short" else f" {day.year}")
    return f"{WEEKDAYS_EN[day.weekday()]} {plain}" if style == "long" else plain


def show_time(value: datetime | None, style: str = "full") -> str:
    """A moment as written here: 26/11/2026 15:42 (26 Nov 2026, 15:42); short leaves the year out."""
    if value is None:
        return ""
    separator = " " if is_vietnamese() else ", "
    return show_date(value, style) + separator + f"{clock.local(value):%H:%M}"


def show_number(value: float | None, digits: int = 0) -> str:
    """A number by locale: 1.137 or 1,137; with digits 86,3 or 86.3."""
    if value is None:
        return ""
    return _written(value, digits, _tongue())


Tongue = tuple[str, str | None, str | None]


def _tongue() -> Tongue:
    """The language of this page as a key: language, territory, script. Its name is slow to write each time."""
    locale = get_locale()
    return ("vi", None, None) if locale is None else (locale.language, locale.territory, locale.script)


@lru_cache(maxsize=8192)
def _written(value: float, digits: int, tongue: Tongue) -> str:
    """A number in one language; a table has many small ones, again and again."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=Locale(*tongue)))


@dataclass(frozen=True)
class Government:
    """Who runs this installation, in the reader's language, for mast and footer."""

    facts: Mapping[str, str]
    language: str

    def _in_language(self, key: str) -> str:
        return self.facts.get(f"{key}_{self.language}") or self.facts.get(f"{key}_vi", "")

    @property
    def name(self) -> str:
        return self._in_language("name")

    @property
    def responsible(self) -> str:
        return self._in_language("responsible")

    @property
    def phone(self) -> str:
        return self.facts.get("phone", "")


def _when_shown(filter_: Callable[..., str]) -> Callable[..., str]:
    """A filter that is asked for each page. Jinja would compute `"send"|word("verb")` once, while it compiles the
    template, and keep the language of whoever came first; what reads the context is left for the page."""
    return pass_context(lambda _context, *args, **more: filter_(*args, **more))


@lru_cache(maxsize=8192)
def _sentence(text: str, _tongue: Tongue, is_html: bool) -> str:
    """A sentence of the templates in one language: a page has a thousand, the same again and again."""
    said = get_translations().ugettext(text)
    return Markup(said) if is_html else said


@pass_context
def _say(context: Context, text: str, /, **variables: Any) -> str:
    """`_()` of the templates, as Jinja's newstyle gettext: always a format, its values escaped where the page is HTML.

    Jinja's own goes through three calls and flask_babel's through the language of the request each time: a tenth of the
    time of a long page.
    """
    return _sentence(text, _tongue(), bool(context.eval_ctx.autoescape)) % variables


def register(app: Flask) -> None:
    """Give templates the filters word, status_word, named, day, moment, number, and `_()`."""
    app.jinja_env.globals.update({"_": _say, "gettext": _say})
    filters: dict[str, Callable[..., str]] = {
        "word": word, "status_word": status_word, "named": named, "day": show_date, "moment": show_time,
        "number": show_number, "numberformat": show_number, "covered_phone": covered_phone,
        "covered_mail": covered_mail,
    }  # fmt: skip
    app.jinja_env.filters.update({name: _when_shown(filter_) for name, filter_ in filters.items()})
