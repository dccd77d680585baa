"""Fields of the sessions' forms: days and hours as people here write them, boxes of a list, the page's version."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ...units.versioned import VersionedForm
from ..models import DialogueSession

NEEDED = DataRequired(_l("Chưa ghi nội dung."))


HOUR_NEEDED = _l("Ghi giờ, ví dụ 08:30.")


def _is_hour(_form: Any, field: Any) -> None:
    if _hour(field.data) is None:
        raise ValidationError(HOUR_NEEDED)


def _hour(typed: Any) -> time | None:
    hours, _colon, minutes = str(typed or "").strip().lower().replace("h", ":").partition(":")
    if not re.fullmatch(r"[0-9]{1,2}", hours) or not re.fullmatch(r"[0-9]{0,2}", minutes):
        return None
    at = int(hours), int(minutes or "0")
    return time(*at) if at < (24, 0) and at[1] < 60 else None


class AtHour(StringField):  # type: ignore[misc]
    """An hour of the day: 08:30, 8:30 or 8h30."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, [InputRequired(HOUR_NEEDED), _is_hour], **more)

    def process_data(self, value: Any) -> None:
        """Show an hour as it is written."""
        self.data = f"{value:%H:%M}" if isinstance(value, time) else value

    @property
    def hour(self) -> time:
        """The hour typed; asked only of a form that was found good."""
        found = _hour(self.data)
        assert found is not None, "the form was validated"
        return found


class Boxes(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def offer(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        """Let the form choose among these codes and labels."""
        self.choices = [SelectChoice(str(code), label) for code, label in pairs]

    def pre_validate(self, form: Any) -> None:
        """Only what was on offer."""
        offered = {str(choice[0]) for choice in self.iter_choices()}
        if set(self.data or ()) - offered:
            raise ValidationError(_("Chọn một dòng trong danh sách."))


class Count(IntegerField):  # type: ignore[misc]
    """How many people; a thousand may be written 1.000."""

    def __init__(self, label: Any, least: int = 1, most: int = 100_000, **more: Any) -> None:
        wrong = _l("Ghi một số từ %(least)s đến %(most)s.", least=least, most=f"{most:,}".replace(",", "."))
        super().__init__(label, [InputRequired(wrong), NumberRange(least, most, wrong)], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.replace(".", "").strip() for value in valuelist])
        except ValueError:
            raise ValueError(_("Ghi một số nguyên, ví dụ 15.")) from None


class SessionForm(VersionedForm):
    """A form that does one thing to a session."""

    def prepare(self, session: DialogueSession) -> None:
        """Fill in the choices this session allows; called for GET and POST."""

    def begin(self, session: DialogueSession) -> None:
        """Fill in what stands now; called when the page is first shown."""
