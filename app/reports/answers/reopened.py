"""Answers that residents found not to be the end: how many, how soon, what the second took, where, about what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...rules.statistics import Share
from ...words import named
from ..again import MOST, Again, reopened_again
from ..cells.judgement import reopening_seconds, second_answer_seconds
from ..cells.measures import spread_of, spreads_by_row
from .frame import Answer, Asked, Cell, Column, Sheet, View
from .splits import Split, by_outcome, by_subject, by_unit

DAY = 86400
LAST = 15
"""Whole days drawn one by one; what came later stands in one bar. Residents usually have 15 days to reopen."""
COUNTED = ("answered", "reopened", "answered_again")


def answer(asked: Asked) -> Answer:
    """All together, by unit below, subject and outcome; by day; and the cases reopened more than once."""
    m = asked.measured
    total = {name: int(m.mask(name).sum()) for name in COUNTED}
    if not total["answered"]:
        return Answer([_whole(asked, total)], is_empty=True)
    units = by_unit(asked, "reopened")
    sheets = [_whole(asked, total), _days(asked)]
    if units:
        sheets.append(_split("units", _("Từng đơn vị"), _("Đơn vị"), units))
    sheets += [_split("subjects", _("Từng lĩnh vực"), _("Lĩnh vực"), by_subject(asked)),
               _split("outcomes", _("Từng kết quả"), _("Kết quả"), by_outcome(asked), "reopened_outcome")]  # fmt: skip
    again, count = reopened_again(m, asked.actor)
    sheets.append(_again(asked, again, count))
    return Answer(sheets, drawn=_drawn(asked, total, sheets, count))


def columns(head: str, formula: str = "") -> list[Column]:
    """The figures of each table of this page."""
    return [
        Column("name", head, "name", formula), Column("reopened", _("Mở lại"), "share", "reopened"),
        Column("after", _("Mở lại sau"), "spread", "reopened_after"),
        Column("answered_again", _("Đã trả lời lại"), "share", "second_answer"),
        Column("second", _("Trả lời lại mất"), "spread", "second_answer"),
    ]  # fmt: skip


def _whole(asked: Asked, total: dict[str, int]) -> Sheet:
    m, links = asked.measured, asked.links()
    row = [
        Cell(named(asked.place.unit, True)), Cell(Share(total["reopened"], total["answered"]), links.cases("answered")),
        Cell(spread_of(reopening_seconds(m)[0]), links.cases("reopened")),
        Cell(Share(total["answered_again"], total["reopened"]), links.cases("reopened")),
        Cell(spread_of(second_answer_seconds(m)[0]), links.cases("answered_again")),
    ]  # fmt: skip
    return Sheet("all", _("Tất cả"), columns(_("Đơn vị")), [row])


def _split(code: str, title: str, head: str, split: Split, formula: str = "") -> Sheet:
    """A row for each part in which somebody was answered, the most reopened first."""
    m, size = split.measured, len(split.parts)
    counts = {name: m.counts(name) for name in COUNTED}
    after, second = (spreads_by_row(*found, size) for found in (reopening_seconds(m), second_answer_seconds(m)))
    rows = []
    for n in sorted(range(size), key=lambda n: (-counts["reopened"][n], -counts["answered"][n])):
        part, at = split.parts[n], split.parts[n].links
        if counts["answered"][n]:
            rows.append([
                Cell(part.name, part.page),
                Cell(Share(counts["reopened"][n], counts["answered"][n]), at.cases("answered")),
                Cell(after[n], at.cases("reopened")),
                Cell(Share(counts["answered_again"][n], counts["reopened"][n]), at.cases("reopened")),
                Cell(second[n], at.cases("answered_again")),
            ])  # fmt: skip
    return Sheet(code, title, columns(head, formula), rows)


def _days(asked: Asked) -> Sheet:
    """How many were reopened within so many whole days of 24 hours."""
    took, _row = reopening_seconds(asked.measured)
    bars = np.bincount(np.minimum(took // DAY, LAST + 1), minlength=LAST + 2).tolist()
    heads = [Column("days", _("Ngày sau câu trả lời"), "name", "reopened_after"), Column("count", _("Vụ việc"))]
    rows = [[Cell(str(n) if n <= LAST else f"> {LAST}"), Cell(count)] for n, count in enumerate(bars)]
    return Sheet("days", _("Mở lại sau bao nhiêu ngày"), heads, rows)


def _again(asked: Asked, found: Sequence[Again], count: int) -> Sheet:
    heads = [Column("case", _("Việc"), "name"), Column("times", _("Số lần mở lại"), "count", "reopened_more"),
             Column("unit", _("Đơn vị"), "text"), Column("answered", _("Trả lời lần đầu"), "date")]  # fmt: skip
    units = {node.id: named(node, True) for node in asked.place.nodes}
    rows = [
        [Cell(one.reference or _("Việc ngoài phạm vi được xem"),
              url_for("desk.case", reference=one.reference) if one.reference else ""),
         Cell(one.times), Cell(units.get(one.unit_id, "")), Cell(one.answered_on)]
        for one in found
    ]  # fmt: skip
    note = _("Chỉ liệt kê %(n)s việc mở lại nhiều lần nhất.", n=MOST) if count > len(found) else ""
    return Sheet("again", _("Mở lại nhiều lần"), heads, rows, note)


def _drawn(asked: Asked, total: dict[str, int], sheets: Sequence[Sheet], again: int) -> dict[str, Any]:
    subjects = next(sheet for sheet in sheets if sheet.code == "subjects")
    bars = []
    for row in subjects.rows:
        share = row[1].value
        assert isinstance(share, Share)
        if share.part:
            bars.append((row[0].value, share.part, row[1].href))
    return {"days": [(row[0].value, row[1].value) for row in sheets[1].rows], "bars": bars, "again": again,
            "total": total, "links": asked.links()}  # fmt: skip


REOPENED = View(
    "reopened", _l("Mở lại"),
    _l("Bao nhiêu câu trả lời mà người gửi nói là chưa xong, sau mấy ngày, và trả lời lại mất bao lâu."), answer,
)  # fmt: skip
