"""Fields of the administration's forms, whose complaints are in the town's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError


def tidy(value: Any) -> Any:
    """A line without spaces at its ends or doubled inside."""
    return " ".join(value.split()) if isinstance(value, str) else value


class Line(StringField):
    """One line of text, at most `longest` characters; `needed` says what is missing when it is empty."""

    def __init__(
        self, label: Any, needed: Any = None, longest: int = 200, more: tuple[Any, ...] = (), **kw: Any
    ) -> None:
        length = Length(max=longest, message=_l("Dài quá %(n)s ký tự, rút ngắn lại.", n=longest))
        first = [InputRequired(needed), DataRequired(needed)] if needed else [Optional()]
        super().__init__(label, [*first, length, *more], filters=[tidy], **kw)


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Code and label, as select fields want them."""
    return [SelectChoice(value=str(code), label=label) for code, label in pairs]


class Choice(SelectField):
    """One of a list; `needed` says what is missing when none is chosen."""

    def __init__(self, label: Any, needed: Any = None, choices: Iterable[tuple[Any, Any]] = (), **kw: Any) -> None:
        first = InputRequired(needed) if needed else Optional()
        super().__init__(label, [first], choices=options(choices), **kw)
        self.type = "SelectField"  # the form macros dress fields by their type

    def offer(self, *pairs: tuple[Any, Any]) -> None:
        """Let the field choose among these codes and labels."""
        self.choices = options(pairs)

    def pre_validate(self, form: Any) -> None:
        offered: Any = self.choices
        if self.data and self.data not in {choice.value for choice in offered}:
            raise ValidationError(_("Chọn một dòng trong danh sách."))


class Day(DateField):
    """A calendar day; `needed` says what is missing when it is empty."""

    def __init__(self, label: Any, needed: Any = None, **kw: Any) -> None:
        super().__init__(label, [InputRequired(needed)] if needed else [Optional()], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Ngày này không có thật. Ghi theo mẫu năm-tháng-ngày, ví dụ 2026-11-30.")) from None


class Days(IntegerField):
    """A length in days, or empty."""

    def __init__(self, label: Any, least: int, most: int, **kw: Any) -> None:
        between = _l("Ghi một số ngày từ %(least)s đến %(most)s.", least=least, most=most)
        super().__init__(label, [Optional(), NumberRange(least, most, between)], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Ghi một số nguyên, ví dụ 15.")) from None


class Number(IntegerField):
    """A whole number, or empty; a thousand may be written 1.000."""

    def __init__(self, label: Any, least: int, most: int, **kw: Any) -> None:
        between = _l("Ghi một số từ %(least)s đến %(most)s.", least=least, most=f"{most:,}".replace(",", "."))
        super().__init__(label, [Optional(), NumberRange(least, most, between)], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.replace(".", "").strip() for value in valuelist])
        except ValueError:
            raise ValueError(_("Ghi một số nguyên, ví dụ 15.")) from None


def say(form: Any, refusal: Any) -> None:
    """Put a refusal beside the field it names, or above the form."""
    field = form._fields.get(refusal.field)
    if field is None:
        form.form_errors = [*form.form_errors, _(refusal.reason)]
    else:
        field.errors = [*field.errors, _(refusal.reason)]
