"""What lies unanswered: how old it is, at which units, and how it grew or shrank day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import clock
from ...rules.statistics import Spread
from ...rules.statistics.standing import AGES, DAY, SPLITS, code_of
from ...words import named
from ..cells.history import History, history
from ..cells.spreads import spreads_by_row
from ..cells.standing import age_seconds
from ..charts import nice
from ..names import stretch
from ..span import DAY as DAY_LONG
from ..span import Span
from ..steps import MOST_DAYS, cut
from .below import links_of, measured_below, still
from .frame import Answer, Asked, Cell, Column, Sheet, View

NEWEST = 14
"""Days that the page's table shows at once; the others are folded, the downloads hold every day."""
POINTS = 100
"""More points than this the chart does not draw: it goes by weeks, then months."""


def answer(asked: Asked) -> Answer:
    """Age of what is open, the units that hold it, and its history."""
    days = cut(asked.question.span, "day", clock.day_of(asked.now))
    told = history(asked.facts, [day.period(asked.now) for day in days])
    ages, every, units = ages_of(asked), days_of(asked, days, told), list[Sheet]()
    if asked.question.with_below and asked.place.children:
        units = [units_of(asked)]
    drawn = {
        "bars": bars(ages), "split": split_words(), "now": _now(asked), "flow": _flow(asked, told),
        "line": _line(days, told), "is_past": asked.question.span.last < clock.day_of(asked.now), **_newest(every),
    }  # fmt: skip
    return Answer([ages, *units, every], not len(still(asked).facts) and told.is_still, drawn)


def _newest(every: Sheet) -> dict[str, Any]:
    """The days on the page, the newest first: some before the eye, more to unfold."""
    rows = every.rows[::-1]
    return {"newest": replace(every, rows=rows[:NEWEST]), "more": replace(every, rows=rows[NEWEST:MOST_DAYS]),
            "is_cut": len(rows) > MOST_DAYS, "most": MOST_DAYS}  # fmt: skip


def _count(asked: Asked, figure: str) -> Cell:
    return Cell(int(still(asked).mask(figure).sum()), asked.links().cases(figure))


def split_words() -> dict[str, str]:
    """The three ways an open case stands."""
    return {"in_time": _("còn trong hạn"), "overdue": _("đã quá hạn"), "no_due": _("không có hạn")}


def ages_of(asked: Asked) -> Sheet:
    """A row for each group of ages, and one for all."""
    columns = [Column("age", _("Tuổi"), "name", "age"), Column("open", _("Đang mở"), formula="open"),
               Column("in_time", _("Trong hạn"), formula="age"), Column("overdue", _("Quá hạn"), formula="overdue"),
               Column("no_due", _("Không có hạn"), formula="age")]  # fmt: skip
    rows = [
        [Cell(str(stretch(age))), _count(asked, f"open_{code_of(age)}"),
         *(_count(asked, f"open_{code_of(age)}_{split}") for split in SPLITS)]
        for age in AGES
    ]  # fmt: skip
    rows.append([Cell(_("Tất cả")), *(_count(asked, name) for name in ("open", "open_in_time", "overdue",
                                                                        "open_no_due"))])  # fmt: skip
    note = _("Tuổi: số ngày tròn từ lúc đến đơn vị. Không có hạn: quy định không đặt, hoặc thời hạn đang dừng.")
    return Sheet("ages", _("Tuổi của việc đang mở"), columns, rows, note)


def bars(ages: Sheet) -> list[tuple[str, int, str, list[tuple[str, str, int, str]]]]:
    """What the picture of ages is drawn from: name, all, its cases, then the three parts."""
    words = list(split_words().items())
    return [
        (str(name.value), _int(total), total.href,
         [(code, said, _int(cell), cell.href) for (code, said), cell in zip(words, parts, strict=True)])
        for name, total, *parts in ages.rows[:-1]
    ]  # fmt: skip


def _int(cell: Cell) -> int:
    return int(cell.value)  # type: ignore[arg-type]


def _now(asked: Asked) -> dict[str, Any]:
    """How much lies there, how old half of it is, and the oldest."""
    ages = age_seconds(still(asked))
    return {"open": _count(asked, "open"), "overdue": _count(asked, "overdue"),
            "median": float(np.median(ages)) / DAY if len(ages) else None,
            "oldest": int(ages.max()) // DAY if len(ages) else None}  # fmt: skip


def units_of(asked: Asked) -> Sheet:
    """Each unit below with what lies there."""
    nodes, measured = measured_below(asked)
    ages, rows = age_seconds(measured), measured.facts.row
    spreads = spreads_by_row(ages, rows, len(nodes))
    oldest = np.zeros(len(nodes), np.int64)
    np.maximum.at(oldest, rows, ages)
    counts = {name: measured.counts(name) for name in ("open", "overdue", "open_no_due")}
    found = [
        _unit_row(asked, nodes[n], {name: counts[name][n] for name in counts}, int(oldest[n]), spreads[n])
        for n in sorted(range(len(nodes)), key=lambda n: -counts["open"][n])
        if counts["open"][n]
    ]
    return Sheet("units", _("Từng đơn vị"), [
        Column("unit", _("Đơn vị"), "name"), Column("open", _("Đang mở"), formula="open"),
        Column("overdue", _("Đang quá hạn"), formula="overdue"), Column("no_due", _("Không có hạn"), formula="age"),
        Column("oldest", _("Lâu nhất, ngày"), formula="age"), Column("age", _("Tuổi"), "spread", "age"),
    ], found)  # fmt: skip


def _unit_row(asked: Asked, node: Any, counts: dict[str, int], oldest: int, spread: Spread) -> list[Cell]:
    links = links_of(asked, node, "backlog")
    return [Cell(named(node, True), links.page()), *(Cell(counts[name], links.cases(name)) for name in counts),
            Cell(oldest // DAY, links.cases("open")), Cell(spread, links.cases("open"))]  # fmt: skip


FLOWS = ("open", "overdue", "received", "reopened_in", "went", "went_again")
SOME_DAY = date(2000, 1, 1)


def days_of(asked: Asked, days: list[Span], told: History) -> Sheet:
    """Every day: what lay there at its end, what came in and what went out."""
    # One address for each figure, with the day put in: a thousand days have six thousand of them.
    mould = {name: asked.links().cases(name, Span(SOME_DAY, SOME_DAY)) for name in FLOWS}
    mark = SOME_DAY.isoformat()
    rows = []
    for n, day in enumerate(days):
        iso = day.first.isoformat()
        rows.append([Cell(day.first), *(Cell(getattr(told, name)[n], mould[name].replace(mark, iso)) for name in FLOWS),
                     Cell(told.net(n))])  # fmt: skip
    return Sheet("days", _("Từng ngày"), [
        Column("day", _("Ngày"), "date"), Column("open", _("Đang mở cuối ngày"), formula="open"),
        Column("overdue", _("Quá hạn cuối ngày"), formula="overdue"), Column("received", _("Mới nhận"), formula="flow"),
        Column("reopened_in", _("Được mở lại"), formula="flow"), Column("went", _("Xong, chuyển đi"), formula="flow"),
        Column("went_again", _("Mở lại rồi xong, chuyển đi"), formula="flow"),
        Column("net", _("Vào trừ ra"), formula="flow"),
    ], rows)  # fmt: skip


def _flow(asked: Asked, told: History) -> dict[str, Any]:
    """What came in and went out in the whole period, each with its cases."""
    links, count = asked.links(), {name: sum(getattr(told, name)) for name in FLOWS[2:]}
    came, gone = count["received"] + count["reopened_in"], count["went"] + count["went_again"]
    return {"parts": {name: Cell(count[name], links.cases(name)) for name in count}, "in": came, "out": gone,
            "net": came - gone}  # fmt: skip


def _line(days: list[Span], told: History) -> dict[str, Any]:
    """What the chart draws: the last day of each week or month where days would be too many."""
    by = "day" if len(days) <= POINTS else "week" if len(days) <= 7 * POINTS else "month"
    places = [n for n, day in enumerate(days) if n == len(days) - 1 or _is_last(day.first, by)]
    days = [days[n] for n in places]
    found = [told.open[n] for n in places], [told.overdue[n] for n in places]
    return {"by": by, "days": [day.first for day in days], "open": found[0], "overdue": found[1],
            "top": nice(max((*found[0], *found[1]), default=0))}  # fmt: skip


def _is_last(day: date, by: str) -> bool:
    if by == "week":
        return day.isoweekday() == 7
    return by == "day" or (day + DAY_LONG).day == 1


BACKLOG = View(
    "backlog", _l("Việc tồn"),
    _l("Bao nhiêu việc còn đang mở, đã nằm bao lâu, ở đâu, và đang vơi đi hay dồn lại."), answer,
)  # fmt: skip
