"""Figures of the forms that the system keeps nothing of: who may type them, what was typed, and typing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from sqlalchemy import ColumnElement, and_, select

from ...extensions import db
from ...journal.record import record
from ...refusals import Invalid, NotAllowed
from ...rules.statistics.windows import Window
from ...rules.visibility import types_figures
from ...rules.workflow import N_, Action, Actor
from ..models import OfficialFigure
from ..tree import Node
from .count import Row, Typed
from .layout import Column, Layout

LARGEST = 10**12
"""Above this a figure is a slip of the pen."""


def may_type(actor: Actor, unit: Node, column: Column) -> bool:
    """The head of the unit types what is missing of its own forms; what speaks of denunciations only those who keep or
    inspect its sealed register."""
    if column.is_counted:
        return False
    return types_figures(actor, unit.id, unit.path, is_sealed=column.is_sealed)


def columns_for(actor: Actor, unit: Node, layout: Layout) -> list[Column]:
    """The columns of a form that this official may type for this unit."""
    return [column for column in layout.columns if may_type(actor, unit, column)]


def _of(layout: Layout, window: Window) -> ColumnElement[bool]:
    return and_(OfficialFigure.form == layout.form, OfficialFigure.first_on == window.first,
                OfficialFigure.last_on == window.last)  # fmt: skip


def typed_of(layout: Layout, window: Window, unit_ids: Sequence[int]) -> Typed:
    """What officials of these units typed for a form and window. One statement."""
    rows = db.session.execute(
        select(OfficialFigure.unit_id, OfficialFigure.number, OfficialFigure.hundredths)
        .where(_of(layout, window), OfficialFigure.unit_id.in_(unit_ids))
    )  # fmt: skip
    return {(unit_id, number): Fraction(hundredths, 100) for unit_id, number, hundredths in rows}


def must_fit(layout: Layout, row: Row, said: Mapping[int, Fraction | None]) -> None:
    """Refuse figures of which more is said than was counted; `row` is the unit's own line without them.

    Raises Invalid, naming the column.
    """
    for column in layout.columns:
        taken = sum((said.get(number) or row.values[number] or 0) for number in column.less)
        whole = (row.values[column.number] or 0) + sum(row.values[number] or 0 for number in column.less)
        if column.less and taken > whole:
            blamed = next(number for number in column.less if said.get(number))
            raise Invalid(N_("Nhiều hơn số mà hệ thống đếm được. Kiểm tra lại giúp."), f"c{blamed}")


def put(layout: Layout, window: Window, unit: Node, said: Mapping[int, Fraction | None], actor: Actor,
        now: datetime) -> int:  # fmt: skip
    """Keep what was typed, each change with an event; None takes one back. How many changed; the caller commits."""
    rows = db.session.scalars(select(OfficialFigure).where(_of(layout, window), OfficialFigure.unit_id == unit.id))
    known, changed = {row.number: row for row in rows}, 0
    for number, value in said.items():
        column = layout.column(number)
        if column is None or not may_type(actor, unit, column):
            raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
        hundredths = None if value is None else int(value * 100)
        old = known[number].hundredths if number in known else None
        if hundredths != old:
            _put(layout, window, unit, number, known.get(number), hundredths, actor, now)
            record(Action.FIGURE_TYPED, None, actor, now, about=f"figure:{layout.slug}:{unit.code}:{number}"[:80],
                   first=window.first.isoformat(), last=window.last.isoformat(), old=_text(old),
                   new=_text(hundredths))  # fmt: skip
            changed += 1
    return changed


def _put(layout: Layout, window: Window, unit: Node, number: int, row: OfficialFigure | None, hundredths: int | None,
         actor: Actor, now: datetime) -> None:  # fmt: skip
    if hundredths is None:
        db.session.delete(row)
        return
    if row is None:
        row = OfficialFigure(unit_id=unit.id, form=layout.form, first_on=window.first, last_on=window.last,
                             number=number)  # fmt: skip
        db.session.add(row)
    assert actor.official_id is not None
    row.hundredths, row.typed_by_id, row.typed_at = hundredths, actor.official_id, now


def _text(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{hundredths / 100:g}" if hundredths % 100 else str(hundredths // 100)
