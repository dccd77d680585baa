"""What a field that residents fill in must hold, said so that the person can put it right."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, Form
from wtforms.validators import StopValidation, ValidationError


class Needed:
    """Something must be typed; `sentence` says what and why."""

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, form: Form, field: Field) -> None:
        if not str(field.data or "").strip():
            raise StopValidation(str(self.sentence))


class AtMost:
    """No longer than so many letters; nothing is cut off silently."""

    def __init__(self, letters: int) -> None:
        self.letters = letters

    def __call__(self, form: Form, field: Field) -> None:
        over = len(field.data or "") - self.letters
        if over > 0:
            raise ValidationError(_("Thừa %(n)s chữ cái, rút bớt giúp.", n=over))


def is_phone(form: Form, field: Field) -> None:
    """A number that can be called from here, in whatever spacing."""
    typed = (field.data or "").strip()
    if not typed:
        return
    digits = len(re.sub(r"\D", "", typed))
    if not re.fullmatch(r"[\d\s().+\-]*", typed):
        raise ValidationError(_("Số điện thoại chỉ gồm chữ số. Kiểm tra lại giúp."))
    if digits < 10:
        raise ValidationError(_("Số này có %(n)s chữ số, cần 10. Kiểm tra lại giúp.", n=digits))
    if not _can_exist(typed):
        raise ValidationError(_("Số này không gọi được. Kiểm tra lại giúp."))


def _can_exist(typed: str) -> bool:
    import phonenumbers

    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(typed, "VN")))
    except phonenumbers.NumberParseException:
        return False


def is_email(form: Form, field: Field) -> None:
    """An address that mail can be sent to, by its spelling; whether somebody reads it is not known."""
    from email_validator import EmailNotValidError, validate_email

    typed = (field.data or "").strip()
    if not typed:
        return
    try:
        validate_email(typed, check_deliverability=False)
    except EmailNotValidError as error:
        raise ValidationError(_("Địa chỉ thư chưa đúng, ví dụ ten@example.vn. Kiểm tra lại giúp.")) from error
