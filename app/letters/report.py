"""The letter of a month's report: its PDF is made when the letter goes out, outside any transaction."""

from __future__ import annotations

from datetime import date, datetime
from email.message import EmailMessage
from functools import partial
from typing import Any

from flask import current_app
from flask_babel import force_locale

from .. import clock
from ..accounts.models import Official
from ..extensions import db
from ..journal.models import Event, Notice
from ..reports import tree
from ..reports.month import month_of_unit
from ..reports.month_paper import file_name, month_pdf
from ..rules.visibility import sees_statistics
from ..units.queries import government, unit_by_code
from ..words import Government
from .monthly import ABOUT
from .whom import LANGUAGES, NothingToSend
from .write import Letter, address_of, framed, one_line, page, tidied

SUBJECTS = {"vi": "Báo cáo tháng {month}: {unit}", "en": "Report of {month}: {unit}"}


def write_report(notice: Notice, event: Event, now: datetime) -> Letter:
    """The letter that a report's notice owes, in the official's language; the paper is put in when it is sent.

    NothingToSend where there is no address, or the official may not see these figures any more.
    """
    code, month = parts_of(event.subject)
    official, unit = reader(notice, code, now)
    language = language_of(official)
    with force_locale(language):
        text = _text(official, unit, month, language)
    words = SUBJECTS[language].format(month=f"{month.month}/{month.year}", unit=named_in(unit, language))
    letter = framed(notice, address_of(official.email), words, text, language, now)
    return Letter(letter.notice_id, letter.to, letter.message, partial(put_in, code, month, event.at, language))


def parts_of(subject: str) -> tuple[str, date]:
    """The unit's code and the month of a report's name."""
    code, _colon, month = subject.removeprefix(ABOUT).rpartition(":")
    return code, date.fromisoformat(f"{month}-01")


def reader(notice: Notice, code: str, now: datetime) -> tuple[Official, Any]:
    """Who is written to and about which unit, if that official still may see it."""
    official, unit = db.session.get_one(Official, notice.official_id or 0), unit_by_code(code)
    if unit is None or not sees_statistics(official.actor(clock.day_of(now)), unit.path):
        raise NothingToSend(NothingToSend.NO_RIGHT)
    return official, unit


def language_of(official: Official) -> str:
    """The language in which an official is written to."""
    return official.language if official.language in LANGUAGES else "vi"


def named_in(unit: Any, language: str) -> str:
    """The unit's short name on one line."""
    return one_line(unit.short_en if language == "en" else unit.short_vi)


def _text(official: Official, unit: Any, month: date, language: str) -> str:
    return tidied(current_app.jinja_env.get_template(f"letters/{language}/monthly_report_official.txt").render(
        name=one_line(official.name), unit=unit, month=f"{month.month}/{month.year}",
        link=page("reports.month", code=unit.code, month=f"{month:%Y-%m}"),
        government=Government(government(), language),
    ))  # fmt: skip


def put_in(code: str, month: date, at: datetime, language: str, message: EmailMessage) -> None:
    """Make the paper and enclose it; a letter that is tried again has the same one."""
    with force_locale(language):
        found = month_of_unit(tree.place(code), month, at)
        pdf, name = month_pdf(found, at), file_name(found)
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
