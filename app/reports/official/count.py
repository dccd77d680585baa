"""A form filled in: the unit, each unit below with all under it, the total, and the sums checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from ...rules.statistics.windows import Window
from ...rules.workflow import Actor
from ...units.queries import setting
from ..heard import figures as heard
from ..span import Span
from ..tree import Node, Place
from . import check
from .facts import Asked, Found, counted, days_held, denunciations, may_count_sealed, petitions, visits
from .layout import Column, Layout, layout_of
from .measures import DAYS, MEASURES, VISITS, VisitFact

Number = Fraction | int | None
Typed = Mapping[tuple[int, int], Fraction]
"""What officials typed for a form and window, by unit and column."""


@dataclass(frozen=True)
class Row:
    """One line of the form; the values by column number, None where there is no figure."""

    node: Node
    is_own: bool
    """The unit itself without those below it."""
    values: Mapping[int, Number]
    is_typed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """A form of one unit for one window."""

    layout: Layout
    place: Place
    window: Window
    counted_at: datetime
    """The window's end, or now where it has not ended."""
    rows: list[Row]
    total: Row
    broken: list[check.Broken] = field(default_factory=list)
    hides_sealed: bool = False
    """The reader may not see the unit's sealed register: no denunciation stands in any column."""

    @property
    def is_empty(self) -> bool:
        """Nothing was counted: every figure is nought, or nothing was typed."""
        return not any(self.total.values.values())

    @property
    def has_below(self) -> bool:
        """Whether units below stand in rows of their own."""
        return bool(self.place.children)

    def is_covered(self, column: Column) -> bool:
        """A column that this reader may not see."""
        return self.hides_sealed and column.is_sealed


Counts = Mapping[int, Mapping[str, int]]
"""By unit and measure."""


def fill(layout: Layout, place: Place, window: Window, actor: Actor, now: datetime,
         typed: Typed | None = None) -> Sheet:  # fmt: skip
    """Count a form and check its sums. Few statements, whatever the number of units."""
    period = Span(window.first, window.last).period(now)
    asked = Asked(place.ids(True), period, actor, may_count_sealed(actor, place.unit.path))
    found = _found(layout, asked)
    counts = (
        _receptions(layout, window, asked.unit_ids, now) if layout.facts == "receptions" else _by_unit(layout, found)
    )
    sheet = Sheet(layout, place, window, period.end, *_filled(layout, place, window, counts, typed or {}), [],
                  not asked.with_sealed)  # fmt: skip
    return replace(sheet, broken=_broken(sheet, _others(layout, place, window, found)))


def _filled(layout: Layout, place: Place, window: Window, counts: Counts, typed: Typed) -> tuple[list[Row], Row]:
    """The lines that say something or stand for a unit of that time, and the total."""
    rows = [_row(layout, node, ids, is_own, counts, typed) for node, ids, is_own in _lines(place)]
    rows = [row for row in rows if any(row.values.values()) or _is_due(row, place, window)]
    return rows, Row(place.unit, False, _total(layout, rows), frozenset().union(*(row.is_typed for row in rows)))


def _is_due(row: Row, place: Place, window: Window) -> bool:
    """Whether a line stands there even with nothing in it."""
    if row.is_own:
        return not place.children
    return row.node.valid_to is None or row.node.valid_to >= window.first


def own_row(layout: Layout, place: Place, window: Window, actor: Actor, now: datetime) -> Row:
    """The line of the unit alone, without what was typed."""
    period = Span(window.first, window.last).period(now)
    asked = Asked([place.unit.id], period, actor, may_count_sealed(actor, place.unit.path))
    return _row(layout, place.unit, [place.unit.id], True, _by_unit(layout, _found(layout, asked)), {})


def _lines(place: Place) -> Iterable[tuple[Node, list[int], bool]]:
    """The unit itself, and each unit right below with all under it."""
    yield place.unit, [place.unit.id], bool(place.children)
    for child in place.children:
        yield child, [node.id for node in place.below if child.holds(node)], False


def _found(layout: Layout, asked: Asked) -> list[Found]:
    if layout.facts == "receptions":
        return []
    return denunciations(asked) if layout.facts == "denunciations" else petitions(asked)


def _by_unit(layout: Layout, found: Iterable[Found]) -> Counts:
    names = {column.measure for column in layout.columns if column.measure}
    by_unit: dict[int, list[Found]] = defaultdict(list)
    for one in found:
        by_unit[one.fact.unit_id].append(one)
    measures = MEASURES[layout.facts]
    return {unit_id: {name: counted(some, measures[name]) for name in names} for unit_id, some in by_unit.items()}


def _receptions(layout: Layout, window: Window, ids: Sequence[int], now: datetime) -> Counts:
    names = {column.measure for column in layout.columns if column.measure}
    span = Span(window.first, window.last)
    at, owings = heard.stretch_of(span, now), heard.owings(ids)
    held = days_held(ids, at.first, at.last)
    by_unit: dict[int, list[VisitFact]] = defaultdict(list)
    for fact in visits(ids, at.first, at.last, int(setting("large_group"))):
        by_unit[fact.unit_id].append(fact)
    done = heard.days_done(ids, span, [], now)
    found: dict[int, dict[str, int]] = {}
    for unit_id in ids:
        duty = heard.heard_of({}, owings.get(unit_id), at, done)
        some = {name: sum(VISITS[name](fact) for fact in by_unit[unit_id]) for name in names - set(DAYS)}
        days = {"head_days": 0, "stead_days": 0, **held.get(unit_id, {}), "days_owed": duty.days_owed,
                "days_counted": duty.days_counted}  # fmt: skip
        found[unit_id] = some | days
    return found


def _row(layout: Layout, node: Node, ids: Sequence[int], is_own: bool, by_unit: Counts, typed: Typed) -> Row:
    values: dict[int, Number] = {}
    for column in layout.columns:
        if column.is_counted:
            values[column.number] = sum(by_unit.get(unit_id, {}).get(column.measure, 0) for unit_id in ids)
        else:
            said = [typed[unit_id, column.number] for unit_id in ids if (unit_id, column.number) in typed]
            values[column.number] = sum(said, Fraction(0)) if said else None
    was_typed = frozenset(c.number for c in layout.columns if not c.is_counted and values[c.number] is not None)
    return Row(node, is_own, _with_less(layout, values), was_typed)


def _with_less(layout: Layout, values: Mapping[int, Number]) -> dict[int, Number]:
    """Columns that leave out what others hold, once those are known."""
    found = dict(values)
    for column in layout.columns:
        if column.less:
            found[column.number] = (values[column.number] or 0) - sum(values[number] or 0 for number in column.less)
    return found


def _total(layout: Layout, rows: Sequence[Row]) -> dict[int, Number]:
    found: dict[int, Number] = {}
    for column in layout.columns:
        said = [value for row in rows if (value := row.values[column.number]) is not None]
        found[column.number] = sum(said) if said else None
    return found


def _others(layout: Layout, place: Place, window: Window, found: list[Found]) -> dict[str, dict[int, Row]]:
    """What the forms that the sums name count of the same petitions: by form, then by unit (0: the total)."""
    beside = {}
    for form in {form for one in layout.checks for form in check.forms_of(one)}:
        other = layout_of(form.lower().replace("/", "-"), window.last)
        if other is not None:
            rows, total = _filled(other, place, window, _by_unit(other, found), {})
            beside[form] = {_key(row): row for row in rows} | {0: total}
    return beside


def _key(row: Row) -> int:
    return -row.node.id if row.is_own else row.node.id


def _broken(sheet: Sheet, others: Mapping[str, Mapping[int, Row]]) -> list[check.Broken]:
    found: list[check.Broken] = []
    for key, row in [*((_key(row), row) for row in sheet.rows), (0, sheet.total)]:
        beside: dict[str, Any] = {form: rows[key].values if key in rows else {} for form, rows in others.items()}
        for one in sheet.layout.checks:
            found += check.broken(one, row.node.code if key else "", row.values, beside)
    return found
