"""How long things took: the database puts durations in order and hands over only the few that the quantiles need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Select, case, cast, func, literal_column, or_, select, union_all

from ..cases.models import Custody
from ..extensions import db
from ..rules.statistics import NONE, Period, Spread, spread_at
from .conditions import Conditions, month_key
from .counts import Scope
from .days import seconds_between

ALL = 0
"""Group of all rows together."""


@dataclass
class Durations:
    """Spreads by what was measured (first, elapsed, net) and row of the table; ALL is the whole."""

    rows: dict[tuple[str, int], Spread] = field(default_factory=dict)
    months: dict[int, Spread] = field(default_factory=dict)

    def of(self, measure: str, row: int = ALL) -> Spread:
        """One spread; empty where nothing was measured."""
        return self.rows.get((measure, row), NONE)


def measure(own: Scope, row_key: Any, period: Period, months: Sequence[Period]) -> Durations:
    """Median and 90th percentile of first response and resolution, per row of the table, together and per month."""
    conditions = Conditions(period)
    first = seconds_between(Custody.began_at, Custody.first_response_at)
    elapsed = seconds_between(Custody.began_at, Custody.resolved_at)
    net = elapsed - Custody.waited_seconds
    values = {
        "first": _values("first", own, conditions.responded, row_key, first),
        "elapsed": _values("elapsed", own, conditions.resolved, row_key, elapsed),
        "net": _values("net", own, conditions.resolved, row_key, case((net > 0, net), else_=0)),
    }
    selects = [_picked(name, is_all, cte) for name, cte in values.items() for is_all in (True, False)]
    if months:
        selects.append(_picked("month", False, _by_month(own, first, months)))
    return _gather(db.session.execute(union_all(*selects)).all())


def _values(name: str, scope: Scope, condition: ColumnElement[bool], group: Any, seconds: Any) -> CTE:
    columns = (cast(group, Integer).label("grp"), seconds.label("seconds"))
    return select(*columns).where(scope.condition(), condition).cte(f"{name}_values")


def _by_month(own: Scope, first: Any, months: Sequence[Period]) -> CTE:
    whole = Conditions(Period(months[0].start, months[-1].end, months[-1].end_on))
    month = month_key(Custody.first_response_at, [m.end for m in months])
    return _values("month", own, whole.responded, month, first)


def _picked(name: str, is_all: bool, values: CTE) -> Select[Any]:
    """The ordered values on both sides of the median and the 90th percentile of each group, with their places."""
    group: Any = literal_column(str(ALL)) if is_all else values.c.grp
    window: dict[str, Any] = {} if is_all else {"partition_by": values.c.grp}
    ranked = select(
        group.label("grp"), values.c.seconds,
        func.row_number().over(order_by=values.c.seconds, **window).label("place"),
        func.count().over(**window).label("total"),
    ).subquery()  # fmt: skip
    below = [(ranked.c.total - 1) * tenths // 10 for tenths in (5, 9)]
    wanted = or_(*(ranked.c.place == place + step for place in below for step in (1, 2)))
    kind: Any = literal_column(f"'{name}{'' if is_all or name == 'month' else '_row'}'")
    return select(kind.label("kind"), ranked.c.grp, ranked.c.place, ranked.c.total, ranked.c.seconds).where(wanted)


def _gather(rows: Sequence[Any]) -> Durations:
    groups: dict[tuple[str, int], tuple[int, dict[int, int]]] = {}
    for kind, group, place, total, seconds in rows:
        groups.setdefault((kind, group), (total, {}))[1][place - 1] = int(seconds)
    found = Durations()
    for (kind, group), (total, values) in groups.items():
        spread = spread_at(total, values.__getitem__)
        if kind == "month":
            found.months[group] = spread
        else:
            found.rows[kind.removesuffix("_row"), group] = spread
    return found
