"""The citizen reception register of a unit for a period, with the law's columns (Circular 04/2021/TT-TTCP, form 03)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...documents.sheets import ReceptionRow, RegisterData
from ...extensions import db
from ...rules.dialogues.reception import BookingState
from ...rules.visibility import Sight
from ...units.models import Unit
from ...units.queries import root
from ...words import named, show_date, word
from ..models import Booking, ReceptionDay

MOST = 2000
"""Lines of one register; a longer period is asked in parts."""
LONGEST = timedelta(days=366)
MASK = "•••"


def entries(unit: Unit, first: date, last: date) -> Sequence[Booking]:
    """Who was received in the period, by day and running number."""
    statement = (
        select(Booking)
        .join(ReceptionDay, ReceptionDay.id == Booking.day_id)
        .options(joinedload(Booking.case))
        .where(Booking.unit_id == unit.id, Booking.state == BookingState.DONE)
        .where(ReceptionDay.on >= first, ReceptionDay.on <= last)
        .order_by(ReceptionDay.on, Booking.entered_number)
        .limit(MOST + 1)
    )
    return list(db.session.scalars(statement))


def register_of(unit: Unit, first: date, last: date, today: date, seen: Sight) -> tuple[RegisterData, bool]:
    """The register as it is shown and printed, and whether the period has more lines than fit."""
    rows, top = entries(unit, first, last), root()
    data = RegisterData(
        unit=named(unit), from_on=first, to_on=last, printed_on=today, kind="reception",
        rows=tuple(line(row, seen == Sight.MASKED) for row in rows[:MOST]),
        above="" if unit.is_area or top is None or unit.id == top.id else named(top),
    )  # fmt: skip
    return data, len(rows) > MOST


def line(row: Booking, is_masked: bool) -> ReceptionRow:
    """One visit; of a denouncer's neither name nor content, for a supervisor's eyes no name."""
    if row.is_sealed:
        return ReceptionRow(
            day=show_date(row.day.on), sender="", identity="", content="", kind=_people(row), is_sealed=True,
            note=_("Xem sổ tố cáo"), number=str(row.entered_number or ""),
        )  # fmt: skip
    who = ", ".join(part for part in (row.name, *row.representatives, row.address) if part)
    return ReceptionRow(
        day=show_date(row.day.on), sender=MASK if is_masked else who,
        identity=MASK if is_masked else row.identity_number,
        content=_content(row), kind=_people(row), settled_by=row.settled_by,
        accepted="x" if row.direction == "accepted" else "", guided="x" if row.direction == "guided" else "",
        forwarded="x" if row.direction == "forwarded" else "", result=_result(row),
        note=row.case.reference if row.case else "", number=str(row.entered_number or ""), visit=row.reference,
    )  # fmt: skip


def _content(row: Booking) -> str:
    return "\n".join(part for part in (row.subject, row.said) if part)


def _people(row: Booking) -> str:
    many = ngettext("%(num)s người", "%(num)s người", row.people)
    return f"{word(row.petition_kind, 'kind')}, {many}" if row.petition_kind else many


def _result(row: Booking) -> str:
    parts = [word(row.direction, "direction")] if row.direction == "explained" else []
    parts += [row.follow_up] if row.follow_up else []
    if row.notified_on:
        parts.append(_("Đã báo kết quả ngày %(day)s", day=show_date(row.notified_on)))
    elif row.notify_due_on:
        parts.append(_("Báo kết quả trước hết ngày %(day)s", day=show_date(row.notify_due_on)))
    return "\n".join(parts)


def columns() -> list[tuple[str, str]]:
    """The law's columns: field of the line, and its words."""
    return [
        ("number", _("Số thứ tự")), ("day", _("Ngày tiếp")), ("sender", _("Họ tên, địa chỉ")),
        ("identity", _("Số căn cước, hộ chiếu")), ("content", _("Nội dung vụ việc")),
        ("kind", _("Loại đơn, số người")), ("settled_by", _("Cơ quan đã giải quyết")),
        ("accepted", _("Thụ lý để giải quyết")), ("guided", _("Trả lại đơn và hướng dẫn")),
        ("forwarded", _("Chuyển đơn đến cơ quan có thẩm quyền")), ("result", _("Theo dõi kết quả giải quyết")),
        ("note", _("Ghi chú")),
    ]  # fmt: skip
