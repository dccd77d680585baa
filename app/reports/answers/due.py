"""What is late and what soon will be: how late, by which day, at which units, and the first fifty cases by name."""

from __future__ import annotations

from typing import Any

import numpy as np
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import clock
from ...rules.statistics.standing import LATENESS, SOON_DAYS, code_of, target
from ...words import named, show_date
from ..cells.measures import Measures
from ..cells.standing import HELD, days_left
from ..lines import line
from ..listing import listing
from ..names import stretch
from ..span import DAY
from .below import links_of, measured_below, still
from .frame import Answer, Asked, Cell, Column, Sheet, View

FIRST = 50
"""Cases that the page names."""


def answer(asked: Asked) -> Answer:
    """Late by how much, due by day, unit by unit, and the list itself."""
    is_past = asked.question.span.last < clock.day_of(asked.now)
    late, soon, standing = lateness_of(asked), days_of(asked), [] if is_past else standing_of(asked)
    found = listing("pressing", still(asked).facts, asked.period, asked.actor, 1, FIRST)
    units = [units_of(asked)] if asked.question.with_below and asked.place.children else []
    names = {node.id: node for node in asked.place.nodes}
    rows = [line(row, "pressing", asked.period, names) for row in found.rows]
    drawn = {"late": _bars(late), "soon": _bars(soon), "held": standing, "is_past": is_past, "rows": rows,
             "overdue": _count(asked, "overdue"), "due_soon": _count(asked, "due_soon"), "first": FIRST,
             "pressing": Cell(found.total, asked.links().cases("pressing"))}  # fmt: skip
    sheets = [late, soon, *units, cases_of(asked, found.rows, names)]
    return Answer(sheets, not (found.total or len(still(asked).facts)), drawn)


def _count(asked: Asked, figure: str) -> Cell:
    return Cell(int(still(asked).mask(figure).sum()), asked.links().cases(figure))


def _bars(sheet: Sheet) -> list[tuple[str, int, str]]:
    return [(str(name.value), int(count.value), count.href) for name, count, *_rest in sheet.rows]  # type: ignore[arg-type]


def lateness_of(asked: Asked) -> Sheet:
    """A row for each group of days past the due date."""
    rows = [[Cell(str(stretch(late))), _count(asked, f"overdue_{code_of(late)}")] for late in LATENESS]
    return Sheet("lateness", _("Quá hạn bao lâu"), [Column("late", _("Quá hạn"), "name", "lateness"),
                 Column("overdue", _("Đang quá hạn"), formula="overdue")], rows)  # fmt: skip


def days_of(asked: Asked) -> Sheet:
    """A row for each of the days ahead."""
    first = asked.period.end_on
    rows = [
        [Cell(show_date(first + n * DAY, "long")), _count(asked, f"due_in_{n}"), Cell(first + n * DAY)]
        for n in range(SOON_DAYS)
    ]
    return Sheet("due-days", _("Đến hạn trong 7 ngày"), [
        Column("weekday", _("Ngày"), "name"), Column("due", _("Đến hạn"), formula="due_soon"),
        Column("day", _("Ngày đến hạn"), "date"),
    ], rows)  # fmt: skip


def standing_of(asked: Asked) -> list[dict[str, Any]]:
    """Who is waited for: open cases that wait for the resident or are suspended, and which of them press."""
    links, found = asked.links(), []
    for figure in HELD:
        measured = Measures(still(asked).facts.only(still(asked).mask(figure)), asked.period)
        found.append({"figure": figure, "all": Cell(int(measured.open.sum()), links.cases(figure)),
                      "overdue": int(measured.overdue.sum()), "due_soon": int(measured.mask("due_soon").sum()),
                      "no_due": int(measured.mask("open_no_due").sum())})  # fmt: skip
    return found


def units_of(asked: Asked) -> Sheet:
    """Each unit below with what is late and what soon will be."""
    nodes, measured = measured_below(asked)
    figures = ("overdue", *(f"overdue_{code_of(late)}" for late in LATENESS), "due_soon")
    counts = {name: measured.counts(name) for name in figures}
    worst, late = np.zeros(len(nodes), np.int64), measured.overdue
    np.maximum.at(worst, measured.facts.row[late], -days_left(measured)[late])
    rows = []
    for n in sorted(range(len(nodes)), key=lambda n: (-counts["overdue"][n], -counts["due_soon"][n])):
        if counts["overdue"][n] or counts["due_soon"][n]:
            links = links_of(asked, nodes[n], "due")
            cells = [Cell(counts[name][n], links.cases(name)) for name in figures]
            rows.append(
                [
                    Cell(named(nodes[n], True), links.page()),
                    *cells[:-1],
                    Cell(int(worst[n]), links.cases("pressing")),
                    cells[-1],
                ]
            )
    return Sheet("units", _("Từng đơn vị"), [
        Column("unit", _("Đơn vị"), "name"), Column("overdue", _("Đang quá hạn"), formula="overdue"),
        *(Column(f"overdue_{code_of(late)}", _("Quá %(days)s", days=stretch(late)), formula="lateness")
          for late in LATENESS),
        Column("longest", _("Lâu nhất, ngày"), formula="lateness"),
        Column("due_soon", _("Đến hạn trong 7 ngày"), formula="due_soon"),
    ], rows)  # fmt: skip


def cases_of(asked: Asked, found: Any, names: Any) -> Sheet:
    """The cases that press most, as far as the reader may see them; never who the resident is."""
    rows = []
    for row in found:
        due_on = target(row.fact, asked.period)
        left = (due_on - asked.period.end_on).days if due_on else None
        title = row.title if row.is_visible else _("ngoài phạm vi được xem")
        rows.append([Cell(row.reference or "–"), Cell(title), Cell(named(names[row.fact.unit_id], True)),
                     Cell(due_on), Cell(left)])  # fmt: skip
    return Sheet("cases", _("Việc cần làm trước"), [
        Column("reference", _("Số tiếp nhận"), "name"), Column("title", _("Việc"), "text"),
        Column("unit", _("Đơn vị"), "text"), Column("due_on", _("Ngày đến hạn"), "date", "due_soon"),
        Column("days", _("Còn (số âm: quá) ngày"), "count", "lateness"),
    ], rows)  # fmt: skip


DUE = View(
    "due", _l("Đến hạn"), _l("Việc nào đã quá hạn, việc nào sắp quá hạn trong 7 ngày tới, và ai đang giữ."), answer,
)  # fmt: skip
