"""The register of petitions that came to a unit in a period.

Never a denunciation: those stand in a register of their own. The reception register: dialogues/queries/register.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .. import clock
from ..cases.models import Case, Custody
from ..documents.sheets import PetitionRow, RegisterData
from ..documents.spreadsheet import csv_of
from ..extensions import db
from ..rules.visibility import REGISTER_READERS, reads_registers_of
from ..rules.workflow import Actor, Kind
from ..units.models import Unit
from ..units.queries import root
from ..words import named, show_date, status_word, word

READERS = REGISTER_READERS
MOST = 2000
"""Lines of one register; a longer period is asked in parts."""
LONGEST = timedelta(days=366)


def units_of(actor: Actor) -> list[Unit]:
    """Units whose registers this actor reads: where one of these posts is held."""
    ids = reads_registers_of(actor)
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.sort_key)))


def entries(unit: Unit, first: date, last: date) -> Sequence[Case]:
    """Cases that came to the unit in the period, in the order in which they came."""
    statement = (
        select(Case)
        .join(Custody, Custody.case_id == Case.id)
        .options(
            joinedload(Case.category),
            joinedload(Case.assigned_to).lazyload("*"),
            joinedload(Case.unit),
            joinedload(Case.person),
        )
        .where(Custody.unit_id == unit.id, Case.kind != Kind.DENUNCIATION)
        .where(Custody.began_at >= clock.start_of(first), Custody.began_at < clock.start_of(last + timedelta(days=1)))
        .order_by(Custody.began_at, Case.id)
    )
    return list(dict.fromkeys(db.session.scalars(statement.limit(MOST + 1))))


def register_of(unit: Unit, first: date, last: date, today: date, cases: Sequence[Case]) -> RegisterData:
    """The register as it is printed."""
    top = root()
    return RegisterData(
        unit=named(unit), from_on=first, to_on=last, printed_on=today, kind="petitions",
        rows=tuple(_petition(case, unit) for case in cases),
        above="" if unit.is_area or top is None or unit.id == top.id else named(top),
    )  # fmt: skip


def _sender(case: Case, is_here: bool) -> str:
    """Who sent it; of a case that went on no more than its page tells the unit it left (rules.visibility: PAST)."""
    if not is_here:
        return _("(đã che)")
    return ", ".join(part for part in (case.contact_name, case.contact_address) if part)


def _direction(case: Case, unit: Unit) -> str:
    """What became of it: gone on to another unit, ended, or where it stands."""
    if case.unit_id != unit.id:
        return _("Chuyển %(unit)s", unit=named(case.unit, True))
    return word(case.outcome, "outcome") if case.outcome else status_word(case.kind, case.status)


def _result(case: Case, unit: Unit) -> str:
    if case.unit_id != unit.id or not case.answered_at:
        return ""
    return _("Xong ngày %(day)s", day=show_date(case.answered_at))


def _petition(case: Case, unit: Unit) -> PetitionRow:
    is_here = case.unit_id == unit.id
    return PetitionRow(
        received_on=show_date(case.submitted_at), reference=case.reference, sender=_sender(case, is_here),
        kind=word(case.kind, "kind"), summary=case.title,
        handler=case.assigned_to.name if is_here and case.assigned_to else "", direction=_direction(case, unit),
        due_on=show_date(case.due_on) if is_here else "", result=_result(case, unit),
        note=_("Khiếu nại lần hai") if case.instance == 2 else "",
    )  # fmt: skip


def heads() -> list[tuple[str, str]]:
    """The columns of the register: field of the line, and its words."""
    return [
        ("received_on", _("Ngày nhận")), ("reference", _("Số tiếp nhận")), ("sender", _("Người gửi, địa chỉ")),
        ("kind", _("Loại")), ("summary", _("Tóm tắt nội dung")), ("handler", _("Người xử lý")),
        ("direction", _("Hướng xử lý")), ("due_on", _("Hạn")), ("result", _("Kết quả")), ("note", _("Ghi chú")),
    ]  # fmt: skip


def sheet(data: RegisterData) -> bytes:
    """The register for a spreadsheet."""
    columns = heads()
    return csv_of([words for _name, words in columns],
                  [[getattr(row, name) for name, _words in columns] for row in data.rows])  # fmt: skip
