"""The field that asks how somebody wants to hear of their case; the same wherever it is asked."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional, StopValidation

from ..rules import contact
from .contact import lacks, sms_is_on

LABELS = {
    "": _l("Thư điện tử nếu có ghi, không thì tin nhắn"),
    contact.MAIL: _l("Thư điện tử"),
    contact.SMS: _l("Tin nhắn SMS, chỉ những tin chính"),
    contact.NEITHER: _l("Không báo, tự xem bằng mã"),
}


def label_of(wanted: str) -> str:
    """The words of a choice; where no SMS is sent, without SMS."""
    return str(LABELS.get(wanted, "") if wanted or sms_is_on() else _("Thư điện tử, nếu có ghi"))


def channel_field() -> RadioField:
    """The question; its answers depend on whether this installation sends SMS, see offer_channels()."""
    return RadioField(
        _l("Báo tin cho ông/bà bằng cách nào?"), [Optional()], default="", validate_choice=False,
        description=_l("Đổi lại được ở trang theo dõi."),
    )  # fmt: skip


def offer_channels(field: RadioField, now_is: str = "") -> None:
    """The ways that this installation has, and the one that stands."""
    offered = [wanted for wanted in contact.WANTED if sms_is_on() or wanted in ("", contact.NEITHER, now_is)]
    field.choices = [SelectChoice(wanted, label_of(wanted)) for wanted in offered]


def check_channel(form: Form, field: RadioField, email: str = "email", phone: str = "phone") -> None:
    """A way needs its address; whatever is not offered is the usual way."""
    field.data = field.data if field.data in contact.WANTED else ""
    typed: dict[str, Any] = {name: str(form[name].data or "") if name in form else "" for name in (email, phone)}
    missing = lacks(field.data or "", typed[email], typed[phone])
    if missing:
        raise StopValidation(_(missing))
