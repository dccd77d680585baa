"""What is typed about a promise: to make it, to report it done, to judge it, to replace it, to doubt it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, MultipleFileField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from ...accounts.models import Official
from ...accounts.queries import holders
from ...cases.receipts import new_token
from ...units.fields import Choice, Day
from ...units.models import Unit
from ...units.queries import valid_units
from ...units.versioned import NamedForm, VersionedForm
from ...words import named
from ..actions.commitments import KEEPERS, LONGEST, NewPromise, default_verifier

MOST = Length(max=LONGEST, message=_l("Dài quá %(n)s ký tự, rút ngắn lại.", n=LONGEST))


class Said(TextAreaField):
    """A text that must be there; `needed` says what is missing."""

    def __init__(self, label: Any, needed: Any = None, **more: Any) -> None:
        super().__init__(label, [DataRequired(needed) if needed else Optional(), MOST], **more)


class PromiseForm(NamedForm):
    """A promise as it is made: what, who, by when, what will show it, who looks."""

    token = HiddenField()
    what = Said(_l("Cam kết làm việc gì"), _l("Ghi rõ sẽ làm việc gì."),
                description=_l("Một việc, nói được là xong hay chưa. Không ghi tên người dân."))  # fmt: skip
    due_on = Day(_l("Làm xong trước hết ngày"), _l("Ghi ngày sẽ làm xong."))
    evidence_wanted = Said(_l("Sẽ cho thấy đã xong bằng gì"), description=_l("Ví dụ ảnh chụp, quyết định, danh sách."))
    unit_code = Choice(_l("Đơn vị thực hiện"))
    responsible = Choice(_l("Người chịu trách nhiệm"))
    verifier_code = Choice(_l("Đơn vị xác nhận"), description=_l("Không phải đơn vị thực hiện."))
    is_public = BooleanField(
        _l("Được hiện trên trang công khai"),
        description=_l("Khi kết quả buổi đối thoại hoặc câu trả lời được công khai."),
    )

    def prepare(self, source: Unit, today: date, *, may_be_public: bool) -> PromiseForm:
        """Fill in the choices: units that exist, people of the unit, and who would look by itself."""
        units = [(unit.code, named(unit)) for unit in valid_units(today)]
        usual = default_verifier(source, today)
        self.unit_code.offer(("", named(source)), *((code, name) for code, name in units if code != source.code))
        first = _("Theo quy định: %(unit)s", unit=named(usual)) if usual else _("Chọn đơn vị")
        self.verifier_code.offer(("", first), *((code, name) for code, name in units if code != source.code))
        people = holders(source.id, KEEPERS, today)
        self.responsible.offer(("", _("Cả đơn vị")), *((str(person.id), person.name) for person in people))
        if not may_be_public:
            del self.is_public
        self.token.data = self.token.data or new_token()
        return self

    def new(self, people: Iterable[Official]) -> NewPromise:
        """What was typed, for the verb; `people` of the unit, among them who was chosen."""
        chosen = next((person for person in people if str(person.id) == self.responsible.data), None)
        return NewPromise(
            what=self.what.data or "", due_on=self.due_on.data, unit_code=self.unit_code.data or "",
            evidence_wanted=self.evidence_wanted.data or "", responsible=chosen,
            verifier_code=self.verifier_code.data or "",
            is_public=bool(self.is_public.data) if "is_public" in self else False,
        )  # fmt: skip


class DropForm(VersionedForm):
    """One button."""


class ReportForm(VersionedForm):
    """The unit says that it is done, with what shows it."""

    evidence = Said(_l("Đã làm gì"), _l("Ghi việc gì đã làm xong, ở đâu, ngày nào."),
                    description=_l("Người được hứa đọc được nguyên văn. Không ghi tên người dân."))  # fmt: skip
    files = MultipleFileField(_l("Tệp chứng minh"))


class FindForm(VersionedForm):
    """The other unit says what it saw; one of two buttons says kept or not."""

    finding = Said(_l("Đã kiểm tra thế nào, thấy gì"), _l("Ghi đã kiểm tra thế nào và thấy gì."),
                   description=_l("Người được hứa đọc được nguyên văn. Không ghi tên người dân."))  # fmt: skip


class ReplaceForm(VersionedForm):
    """The head puts another promise in its place."""

    reason = Said(_l("Vì sao phải thay"), _l("Ghi lý do thay để người dân biết."))
    what = Said(_l("Cam kết mới"), _l("Ghi rõ sẽ làm việc gì."))
    due_on = Day(_l("Làm xong trước hết ngày"), _l("Ghi ngày sẽ làm xong."))


class ObjectForm(NamedForm):
    """An asker says what is not done."""

    text = Said(_l("Điều gì chưa xong?"), _l("Ghi điều gì chưa xong."),
                description=_l("Đơn vị xác nhận phải xem lại và trả lời ông/bà."))  # fmt: skip
