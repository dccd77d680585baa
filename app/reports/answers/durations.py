"""How long it took: at the unit and for whoever wrote, with and without legal pauses, in calendar and working days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...rules.statistics import NONE, Spread
from ...units.calendar import law
from ..cells.days import town_days, working_days
from ..cells.spreads import spread_of
from ..cells.stays import Took, took
from ..cells.table import Column as Numbers
from .frame import Answer, Asked, Cell, Column, Sheet, View

HOUR, DAY = 3600, 86400
SHOWN = 30
"""Days with a bar of their own; the last bar gathers what took longer."""


@dataclass(frozen=True)
class Line:
    """One way to measure: its name, the durations in seconds, the working days where these can be said, its list."""

    code: str
    name: str
    seconds: Numbers
    working: Spread
    figure: str


def answer(asked: Asked) -> Answer:
    """Five ways to measure the same answers; the spread of each, and how many took how many hours."""
    lines = _lines(asked)
    columns = [
        Column("what", _("Đo từ đâu đến đâu"), "name"),
        Column("calendar", _("Ngày lịch"), "spread", "resolution"),
        Column("working", _("Ngày làm việc"), "spread", "working_days"),
    ]
    links = asked.links()
    rows = [[Cell(one.name), Cell(spread_of(one.seconds), links.cases(one.figure)),
             Cell(one.working, links.cases(one.figure))] for one in lines]  # fmt: skip
    note = _("Ngày làm việc không trừ lúc chờ: lúc chờ được ghi theo giây, không theo ngày làm việc.")
    bars = {one.code: _bars(one.seconds) for one in lines}
    return Answer([Sheet("how_long", _("Mất bao lâu"), columns, rows, note), _hours(lines)],
                  not any(len(one.seconds) for one in lines), {"bars": bars})  # fmt: skip


def _lines(asked: Asked) -> list[Line]:
    calendar = law().calendar

    def worked(of: Took) -> Spread:
        days = working_days(town_days(of.since), town_days(of.until), calendar)
        return spread_of((days * DAY).astype(np.int32)) if len(days) else NONE

    first, stay, case = (took(asked.measured, what) for what in ("first_response", "stay", "case"))
    return [
        Line("first", _("Đến đơn vị, rồi trả lời lần đầu"), first.seconds, worked(first), "responded"),
        Line("stay", _("Đến đơn vị, rồi giải quyết xong"), stay.seconds, worked(stay), "resolved"),
        Line("stay_net", _("Như trên, trừ lúc luật cho chờ"), stay.net, NONE, "resolved"),
        Line("case", _("Người dân gửi, rồi giải quyết xong, qua mọi đơn vị"), case.seconds, worked(case), "concluded"),
        Line("case_net", _("Như trên, trừ lúc luật cho chờ"), case.net, NONE, "concluded"),
    ]


def _bars(seconds: Numbers) -> list[tuple[str, int]]:
    """How many took how many whole days."""
    if not len(seconds):
        return []
    counts = np.bincount(np.minimum(seconds // DAY, SHOWN), minlength=SHOWN + 1).tolist()
    last = max((n for n, count in enumerate(counts) if count), default=0)
    return [(f"≥{SHOWN}" if n == SHOWN else str(n), count) for n, count in enumerate(counts[: max(last, 9) + 1])]


def _hours(lines: list[Line]) -> Sheet:
    """The histogram to the hour: every hour in which anything ended, with what ended in it."""
    hours = [one.seconds // HOUR for one in lines]
    most = 1 + max((int(column.max()) for column in hours if len(column)), default=0)
    counts = np.array([np.bincount(column, minlength=most) for column in hours])
    known = np.flatnonzero(counts.any(axis=0))
    columns = [Column("hours", _("Số giờ, làm tròn xuống"), "name"),
               *(Column(f"hours_{one.code}", one.name, formula="resolution") for one in lines)]  # fmt: skip
    rows = [
        [Cell(hour), *map(Cell, found)] for hour, found in zip(known.tolist(), counts[:, known].T.tolist(), strict=True)
    ]
    return Sheet("hours", _("Bao nhiêu việc, theo giờ"), columns, rows)


DURATIONS = View(
    "durations", _l("Mất bao lâu"),
    _l("Phần của đơn vị và phần người dân phải đợi là hai con số khác nhau. Cả hai đều ở đây."), answer,
)  # fmt: skip
