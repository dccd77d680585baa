"""Where time is lost: how far cases get, how long they stand in which status, how they wander, where they stand now."""

from __future__ import annotations

from typing import Any

import numpy as np
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...rules.statistics import Share
from ...rules.statistics.stages import PAUSES, STANDING, STAYS, TIMED
from ...words import named, word
from ..cells.spreads import spread_of
from .frame import Answer, Asked, Cell, Column, Sheet, View

DAY = 86400
PAIRS = 15
"""Ways from unit to unit that the page lists, the most used first."""


def answer(asked: Asked) -> Answer:
    """The five tables, and what the charts draw of them."""
    sheets = [funnel(asked), dwell(asked), stays(asked), pairs(asked), standing(asked)]
    is_empty = all(sheet.is_empty for sheet in sheets)
    return Answer(sheets, is_empty, {
        "funnel": [(row[0].value, row[1].value, row[1].href) for row in sheets[0].rows],
        "dwell": [(row[0].value, round(float(row[2].value or 0)), row[1].href) for row in sheets[1].rows],  # type: ignore[arg-type]
    })  # fmt: skip


def count(asked: Asked, figure: str) -> int:
    """How many custodies count for a figure."""
    return int(np.count_nonzero(asked.measured.mask(figure)))


def funnel(asked: Asked) -> Sheet:
    """Of the custodies received in the period: how many got how far until today, and how many left on the way."""
    steps = [
        ("received", _("Tiếp nhận")), ("got_assigned", _("Đã giao người xử lý")),
        ("got_verifying", _("Đã giao xác minh")), ("got_approval", _("Đã trình duyệt dự thảo")),
        ("got_answer", _("Đã trả lời")), ("got_rating", _("Người dân đã đánh giá")),
        ("got_forward", _("Đã chuyển đơn vị khác")), ("got_closed", _("Kết thúc không phải trả lời")),
    ]  # fmt: skip
    whole, links = count(asked, "received"), asked.links()
    rows = [
        [Cell(name), Cell(n := count(asked, figure), links.cases(figure)), Cell(Share(n, whole), links.cases(figure))]
        for figure, name in steps
    ]
    columns = [Column("step", _("Bước"), "name"), Column("custodies", _("Lần thụ lý"), formula="stages"),
               Column("share", _("Trên số tiếp nhận"), "share", "stages")]  # fmt: skip
    note = _("Xác minh là bước của khiếu nại. Quyết định giải quyết khiếu nại trình ký ngoài bước trình duyệt này.")
    return Sheet("funnel", _("Đi được đến đâu"), columns, rows if whole else [], note)


def dwell(asked: Asked) -> Sheet:
    """Of those finished or passed on in the period: the time in each status."""
    m, links = asked.measured, asked.links()
    passed = m.mask("passed")
    spent = {status: m.facts[f"in_{status}"][passed].astype(np.int64) for status in TIMED}
    stood = {status: m.mask(f"passed_{status}")[passed] for status in TIMED}
    whole = sum(int(took.sum()) for took in spent.values())
    rows = [
        [Cell(word(status, "status")), Cell(int(stood[status].sum()), links.cases(f"passed_{status}")),
         Cell(int(spent[status].sum()) / DAY), Cell(100 * int(spent[status].sum()) / whole if whole else None),
         Cell(spread_of(spent[status][stood[status]]), links.cases(f"passed_{status}")),
         Cell(_("Chờ người gửi hoặc tạm dừng theo luật") if status in PAUSES else _("Thời gian của đơn vị"))]
        for status in TIMED if stood[status].any()
    ]  # fmt: skip
    columns = [
        Column("status", _("Trạng thái"), "name"), Column("custodies", _("Lần thụ lý"), formula="dwell"),
        Column("days", _("Tổng số ngày"), "number", "dwell"),
        Column("percent", _("Phần trăm mọi thời gian"), "number", "dwell"),
        Column("each", _("Mỗi lần thụ lý"), "spread", "dwell"), Column("whose", _("Thời gian của ai"), "text"),
    ]  # fmt: skip
    return Sheet("dwell", _("Thời gian nằm ở đâu"), columns, rows)


def stays(asked: Asked) -> Sheet:
    """Of those received in the period: which stay of its case it is, and how many came back where they had been."""
    whole, links = count(asked, "received"), asked.links()
    names = {1: _("Lần đầu"), 2: _("Lần thứ hai"), 3: _("Lần thứ ba"), STAYS: _("Từ lần thứ tư")}
    figures = [(f"stay_{number}", name) for number, name in names.items()]
    figures.append(("came_back", _("Quay lại nơi đã giữ, chưa được trả lời")))
    rows = [
        [Cell(name), Cell(n := count(asked, figure), links.cases(figure)), Cell(Share(n, whole), links.cases(figure))]
        for figure, name in figures
    ]
    columns = [Column("stay", _("Lần thụ lý thứ mấy của vụ việc"), "name"),
               Column("custodies", _("Lần thụ lý"), formula="to_and_fro"),
               Column("share", _("Trên số tiếp nhận"), "share", "to_and_fro")]  # fmt: skip
    return Sheet("stays", _("Chuyển đi chuyển lại"), columns, rows if whole else [])


def pairs(asked: Asked) -> Sheet:
    """From which unit to which cases were passed most often in the period."""
    m = asked.measured
    moved = m.mask("moved")
    ways = m.facts["from_unit_id"][moved].astype(np.int64) << 32 | m.facts["unit_id"][moved]
    back = m.facts["came_back"][moved]
    kinds, place, counts = np.unique(ways, return_inverse=True, return_counts=True)
    returned = np.bincount(place, back, len(kinds))
    nodes = {node.id: node for node in asked.place.nodes}
    rows = []
    for n in np.lexsort((kinds, -counts))[:PAIRS].tolist():
        before, after = nodes[int(kinds[n]) >> 32], nodes[int(kinds[n]) & 0xFFFFFFFF]
        href = asked.links().of(after.code, alone=True).cases("moved", source=before.code)
        rows.append([Cell(named(before, True)), Cell(named(after, True)), Cell(int(counts[n]), href),
                     Cell(int(returned[n]))])  # fmt: skip
    columns = [Column("from", _("Từ đơn vị"), "name"), Column("to", _("Đến đơn vị"), "text"),
               Column("moves", _("Lần chuyển"), formula="to_and_fro"),
               Column("came_back", _("Trong đó quay lại"), formula="to_and_fro")]  # fmt: skip
    return Sheet("pairs", _("Đường chuyển nhiều nhất"), columns, rows)


def standing(asked: Asked) -> Sheet:
    """The open ones: where they stand at this moment, and how long already."""
    m, links, now = asked.measured, asked.links(), int(asked.now.timestamp())
    rows: list[Any] = []
    for status in STANDING:
        since = m.facts["since"][m.mask(f"stands_{status}")].astype(np.int64)
        if len(since):
            stood, href = np.maximum(now - since, 0), links.cases(f"stands_{status}")
            rows.append([Cell(word(status, "status")), Cell(len(since), href), Cell(spread_of(stood), href),
                         Cell(int(stood.max()) / DAY)])  # fmt: skip
    columns = [Column("status", _("Trạng thái"), "name"), Column("open", _("Đang nằm"), formula="standing"),
               Column("since", _("Đã nằm"), "spread", "standing"),
               Column("oldest", _("Lâu nhất, ngày"), "number", "standing")]  # fmt: skip
    note = _("Tính đến lúc này, trong những việc đã đến trước khi kỳ kết thúc.")
    return Sheet("standing", _("Đang nằm ở đâu"), columns, rows, note)


TIME = View(
    "time", _l("Mất thời gian ở đâu"),
    _l("Vụ việc đi được đến bước nào, nằm lại ở đâu bao lâu, và chuyển qua chuyển lại giữa những nơi nào."), answer,
)  # fmt: skip
