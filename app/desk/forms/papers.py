"""What officials type into a paper: first what the deed needs, then one text for each field that the law asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from ...accounts.signature import CodeField
from ...cases.models import Case
from ...cases.paper_facts import facts_of
from ...documents import paper_forms
from ...refusals import Invalid
from ...rules.workflow import Action, Kind, Verdict
from ...units.fields import options
from ...words import OTHER_VARIANTS, VERDICTS, is_vietnamese
from .base import DayField, VerbForm

LONGEST = 20_000
TOO_LONG = _l("Nội dung dài quá. Rút gọn lại hoặc gửi kèm tệp.")
EMPTY = _l("Luật yêu cầu văn bản có mục này. Chưa ghi thì chưa ký được.")
CARGO: dict[Action, tuple[str, ...]] = {
    Action.ACCEPT: ("is_complex",), Action.SUSPEND: ("on",), Action.RESUME: ("on",), Action.EXTEND: ("variant",),
    Action.DECIDE: ("verdict",), Action.CONCLUDE: ("verdict",), Action.GUIDE: ("body",), Action.TRANSFER_OUT: ("body",),
}  # fmt: skip
"""What each deed needs besides its texts."""
WANTED = {
    "on": _l("Ghi ngày, tháng, năm."),
    "variant": _l("Chọn phức tạp hay đặc biệt phức tạp."),
    "verdict": _l("Chọn kết luận: đúng, đúng một phần hay sai."),
    "body": _l("Ghi cơ quan có thẩm quyền."),
}
"""What is said where one of these is missing at the signature."""


def _cargo_field(name: str) -> Any:
    if name == "is_complex":
        return BooleanField(_l("Vụ việc phức tạp"), description=_l("Thời hạn giải quyết dài hơn theo Luật Khiếu nại,"
                                                                  " điều 28, điều 37."))  # fmt: skip
    if name == "on":
        return DayField(_l("Từ ngày"), validators=[Optional()])
    if name == "variant":
        return RadioField(_l("Gia hạn vì"), validators=[Optional()], choices=options(
            (code, OTHER_VARIANTS[code]) for code in ("complex", "specially_complex")))  # fmt: skip
    if name == "verdict":
        return RadioField(_l("Kết luận: nội dung khiếu nại, tố cáo"), validators=[Optional()],
                          choices=options((v, VERDICTS[v]) for v in Verdict))  # fmt: skip
    return StringField(_l("Cơ quan có thẩm quyền"), description=_l("Ghi đủ tên cơ quan, nơi ông/bà cần đến."),
                       validators=[Length(max=300, message=_l("Nhiều nhất 300 chữ cái."))])  # fmt: skip


class PaperForm(VerbForm):
    """The editor of one paper. `before` is the cargo by which its texts were last filled."""

    before = HiddenField()
    spec: paper_forms.Form
    cargo_names: tuple[str, ...] = ()

    def prepare(self, case: Case, today: date) -> None:
        """The boxes get names of their own beside the texts of the law."""

    def texts(self) -> dict[str, str]:
        """What was typed, by field of the form."""
        return {field.id: str(self[text_name(field.id)].data or "") for field in self.spec.fields}

    def cargo(self) -> dict[str, Any]:
        """What the deed needs, as the paper keeps it."""
        found: dict[str, Any] = {}
        for name in self.cargo_names:
            value = self[name].data
            found[name] = value.isoformat() if isinstance(value, date) else value if value is not None else ""
        return found

    def fill(self, texts: Mapping[str, str], cargo: Mapping[str, Any]) -> None:
        """Show these texts and this cargo."""
        for field in self.spec.fields:
            self[text_name(field.id)].data = texts.get(field.id, "")
        for name in self.cargo_names:
            value = cargo.get(name, "")
            self[name].data = _day(value) if name == "on" else value
        self.before.data = json.dumps(self.cargo(), sort_keys=True)

    def follow(self, case: Case) -> bool:
        """Fill texts nobody touched anew where what they speak of was chosen otherwise; whether any changed."""
        before, now = _read(self.before.data), self.cargo()
        self.before.data = json.dumps(now, sort_keys=True)
        if before == now:
            return False
        action = self.spec.action
        was, is_now = (paper_forms.defaults(self.spec, facts_of(case, action, c), case.language) for c in (before, now))
        changed = False
        for field in self.spec.fields:
            box = self[text_name(field.id)]
            said = (box.data or "").replace("\r\n", "\n").strip()
            if said == was.get(field.id, "").strip() and is_now.get(field.id, "") != was.get(field.id, ""):
                box.data, changed = is_now[field.id], True
        return changed

    def is_whole(self) -> bool:
        """Whether everything the law and the deed ask for stands in it; what is missing is said beside its field."""
        for name in self.cargo_names:
            if name in WANTED and not self[name].data:
                self[name].errors = [*self[name].errors, str(WANTED[name])]
        for field in paper_forms.missing(self.spec, self.texts()):
            box = self[text_name(field.id)]
            box.errors = [*box.errors, str(EMPTY)]
        return not self.errors

    def refuse(self, error: Invalid) -> None:
        """A refusal names a field of the paper, or what the deed needs."""
        name = error.field if error.field in self.cargo_names else text_name(error.field)
        super().refuse(Invalid(error.reason, name if name in self else error.field))

    @property
    def deed_fields(self) -> list[Any]:
        """The boxes of what the deed needs."""
        return [self[name] for name in self.cargo_names]

    @property
    def text_fields(self) -> list[Any]:
        """The boxes of the texts."""
        return [self[text_name(field.id)] for field in self.spec.fields]


def text_name(field_id: str) -> str:
    """The name of a text's box: a paper's own field may be called like a thing the deed needs."""
    return f"text-{field_id}"


def _read(typed: str | None) -> dict[str, Any]:
    try:
        found = json.loads(typed or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def paper_form(spec: paper_forms.Form, case: Case, can_sign: bool, **more: Any) -> PaperForm:
    """The editor for this form: boxes made from its data; a password only for whoever may sign."""
    names = tuple(n for n in CARGO.get(spec.action, ()) if n != "is_complex" or case.kind == Kind.COMPLAINT)
    boxes: dict[str, Any] = {name: _cargo_field(name) for name in names}
    boxes |= {text_name(field.id): _text_box(field) for field in spec.fields}
    if can_sign:
        boxes["password"] = PasswordField(_l("Mật khẩu để ký"), validators=[Optional()], description=_l(
            "Nhập lại mật khẩu là ký. Văn bản lấy số và có hiệu lực ngay."))  # fmt: skip
        boxes["code"] = CodeField()
    made = type("Editor", (PaperForm,), boxes)
    form: PaperForm = made("paper", **more)
    form.spec, form.cargo_names = spec, names
    for name in (*names, *(["password"] if can_sign else [])):
        form[name].flags.optional = False  # a draft may leave it open, the signature may not
    return form


def _text_box(field: paper_forms.Field) -> Any:
    """One text, with what to write and why the law wants it."""
    is_vi = is_vietnamese()
    hint = field.hint_vi if is_vi else field.hint_en or field.hint_vi
    basis = _("Căn cứ: %(basis)s.", basis=field.basis) if field.basis else ""
    flags = [] if field.is_required else [Optional()]
    return TextAreaField(
        field.label_vi if is_vi else field.label_en or field.label_vi,
        validators=[*flags, Length(max=LONGEST, message=TOO_LONG)],
        description=" ".join(part for part in (hint, basis) if part), render_kw={"rows": field.rows},
    )  # fmt: skip


class SignForm(VerbForm):
    """A submitted paper was read as it stands: the password signs it."""

    password = PasswordField(
        _l("Mật khẩu để ký"), validators=[DataRequired(_l("Nhập mật khẩu để ký."))],
        description=_l("Nhập lại mật khẩu là ký. Văn bản lấy số và có hiệu lực ngay."),
    )  # fmt: skip
    code = CodeField()


class ReturnForm(VerbForm):
    """A submitted paper goes back to whoever wrote it."""

    reason = TextAreaField(
        _l("Nhận xét nếu trả lại"), validators=[DataRequired(_l("Ghi nhận xét để cán bộ biết sửa gì."))]
    )
