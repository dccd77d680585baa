"""What changes at the desk beside the cases: phrases and saved filters. The caller commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from ..extensions import db
from ..journal.record import record
from ..refusals import Invalid, Missing, NotAllowed
from ..rules.workflow import N_, THE_SYSTEM, Action, Actor
from ..units.models import Unit
from .models import Phrase, SavedFilter
from .phrases import may_keep, seed

FACTS = ("purpose", "title", "text", "language", "is_active")
MOST_FILTERS = 20
PARTS = ("kind", "category", "commune", "status", "q")
"""What of the queue's address a saved filter keeps."""


def must_keep(actor: Actor, unit_id: int | None) -> None:
    """Raise NotAllowed for whoever does not keep these phrases."""
    if not may_keep(actor, unit_id):
        raise NotAllowed(
            N_("Mẫu câu dùng chung do quản trị cấp tỉnh sửa.") if unit_id is None
            else N_("Mẫu câu của đơn vị do lãnh đạo đơn vị sửa.")
        )  # fmt: skip


def add_phrase(unit: Unit | None, facts: Mapping[str, Any], actor: Actor, now: datetime) -> Phrase:
    """One more phrase of a unit, or of the whole government (unit None), behind the others."""
    unit_id = unit.id if unit else None
    must_keep(actor, unit_id)
    last = db.session.scalar(select(func.max(Phrase.position)).where(_same_shelf(unit_id)))
    row = Phrase(unit_id=unit_id, position=(last or 0) + 1, **{name: facts[name] for name in FACTS})
    db.session.add(row)
    db.session.flush()
    record(Action.PHRASE_CHANGED, None, actor, now, about=f"phrase:{row.id}", unit=unit.code if unit else "", old=None,
           new={name: facts[name] for name in FACTS})  # fmt: skip
    return row


def _same_shelf(unit_id: int | None) -> Any:
    return Phrase.unit_id.is_(None) if unit_id is None else Phrase.unit_id == unit_id


def change_phrase(row: Phrase, facts: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Put a phrase right, put it away or back; what was written with it stays."""
    must_keep(actor, row.unit_id)
    old = {name: getattr(row, name) for name in FACTS if getattr(row, name) != facts[name]}
    if not old:
        return
    for name in old:
        setattr(row, name, facts[name])
    db.session.flush()
    record(Action.PHRASE_CHANGED, None, actor, now, about=f"phrase:{row.id}", unit=row.unit.code if row.unit else "",
           old=old, new={name: facts[name] for name in old})  # fmt: skip


def plant_phrases(now: datetime) -> int:
    """The phrases a new government starts with, where it has none of its own yet; returns how many came."""
    if db.session.scalar(select(Phrase.id).where(Phrase.unit_id.is_(None)).limit(1)):
        return 0
    rows = seed()
    db.session.add_all(Phrase(position=number, **facts) for number, facts in enumerate(rows, 1))
    db.session.flush()
    record(Action.PHRASE_CHANGED, None, THE_SYSTEM, now, about="phrases", planted=len(rows))
    return len(rows)


def save_filter(name: str, view: str, typed: Mapping[str, str], actor: Actor) -> SavedFilter:
    """Keep how the queue is narrowed, under a name; only the known parts. Raises Invalid on the field `name`."""
    own = filters_of(actor)
    if len(own) >= MOST_FILTERS:
        raise Invalid(N_("Đã lưu 20 bộ lọc. Bỏ bớt một bộ lọc trước."), "name")
    if any(row.name.casefold() == name.casefold() for row in own):
        raise Invalid(N_("Đã có bộ lọc mang tên này. Đặt tên khác."), "name")
    parts = {part: typed[part] for part in PARTS if typed.get(part)}
    row = SavedFilter(official_id=actor.official_id, name=name, view=view, parts=parts,
                      position=max((row.position for row in own), default=0) + 1)  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def filters_of(actor: Actor) -> list[SavedFilter]:
    """The filters this official kept, in the order in which they came."""
    own = select(SavedFilter).where(SavedFilter.official_id == actor.official_id)
    return list(db.session.scalars(own.order_by(SavedFilter.position, SavedFilter.id)))


def drop_filter(filter_id: int, actor: Actor) -> str:
    """Forget one of the own filters; returns its name. Somebody else's is as good as none: Missing."""
    row = db.session.get(SavedFilter, filter_id)
    if row is None or row.official_id != actor.official_id:
        raise Missing
    db.session.delete(row)
    db.session.flush()
    return row.name
