"""The second half of a signature: a field for the telephone's code, there only when the next signature asks for one."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import StringField
from wtforms.widgets import HiddenInput, TextInput

from .. import clock
from . import door


class CodeField(StringField):
    """Six digits beside the password that signs; hidden and empty for who has no second factor or just gave a code."""

    def __init__(self, **kw: Any) -> None:
        asks = bool(current_user and current_user.is_authenticated and current_user.asks_code)
        super().__init__(
            _l("Mã sáu số trên điện thoại"), widget=TextInput() if asks else HiddenInput(),
            description=_l("Ký tiếp trong năm phút thì không hỏi lại mã."),
            render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"} if asks else {}, **kw,
        )  # fmt: skip
        self.type = "StringField"  # the form macros dress fields by their type


WRONG_CODE = _l("Mã chưa đúng, hoặc đã dùng rồi. Chờ mã mới rồi ký lại.")


def signs(form: Any, wrong: str) -> bool:
    """Whether whoever is signed in signs with what was typed; else it is said beside the field, with `wrong`.

    Slow on purpose: asked outside the write turn. TooMany after too many wrong tries.
    """
    fault = door.unsigned(current_user, form.password.data or "", form.code.data or "", clock.now())
    if fault == "password":
        form.password.errors = [*form.password.errors, wrong]
    elif fault == "code":
        form.code.errors = [*form.code.errors, WRONG_CODE]
    return not fault
