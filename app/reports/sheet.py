"""The table of units as CSV for a spreadsheet: the page's figures, a row for each unit and one for all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from ..documents.spreadsheet import csv_of
from ..rules.statistics import Share, Spread, Summary
from ..words import is_vietnamese, named
from .figures import Figures
from .tree import Node

DAY = 86400


def sheet(figures: Figures) -> bytes:
    """The page's table as a file."""
    entries = [(figures.place.unit, figures.total), *figures.rows]
    return csv_of(_heads(), [_values(node, summary, figures) for node, summary in entries])


def _heads() -> list[str]:
    return [
        _("Mã đơn vị"), _("Đơn vị"), _("Cấp"), _("Phạm vi"), _("Mới nhận"), _("Đã xong"), _("Đang mở"),
        _("Đang quá hạn"),
        *_share_heads(_("Đúng hạn")), *_spread_heads(_("Trả lời lần đầu")),
        *_spread_heads(_("Giải quyết, cả thời gian")), *_spread_heads(_("Giải quyết, trừ lúc chờ người gửi")),
        *_share_heads(_("Hài lòng")), *(_("Mức %(n)s", n=level) for level in (5, 4, 3, 2, 1)),
        *_share_heads(_("Mở lại")),
    ]  # fmt: skip


def _share_heads(name: str) -> list[str]:
    return [f"{name}: {words}" for words in (_("tử số"), _("mẫu số"), "%", _("thấp nhất, %"), _("cao nhất, %"))]


def _spread_heads(name: str) -> list[str]:
    return [f"{name}: {words}" for words in (_("số việc"), _("trung vị, ngày"), _("p90, ngày"))]


def _values(node: Node, summary: Summary, figures: Figures) -> Iterable[Any]:
    minimum = figures.minimum
    level = node.level_vi if is_vietnamese() else node.level_en or node.level_vi
    yield from (node.code, named(node), level, _reach(node, summary, figures))
    yield from (summary.received, summary.finished, summary.open, summary.overdue)
    yield from _share(summary.on_time_share, minimum)
    for spread in (summary.first_response, summary.elapsed, summary.net):
        yield from _spread(spread, minimum)
    yield from _share(summary.satisfied_share, minimum)
    yield from summary.levels.values()
    yield from _share(summary.reopened_share, minimum)


def _reach(node: Node, summary: Summary, figures: Figures) -> str:
    """Whether a row speaks of a unit with all below it, or of its own custodies alone."""
    is_alone = not figures.question.with_below or (node.id == figures.place.unit.id and summary is not figures.total)
    return _("chỉ đơn vị này") if is_alone else _("kể cả mọi đơn vị bên dưới")


def _share(share: Share, minimum: int) -> list[Any]:
    low, high = share.interval(minimum) or (None, None)
    return [share.part, share.whole, share.percent(minimum), low, high]


def _spread(spread: Spread, minimum: int) -> list[Any]:
    return [spread.count, *(None if s is None else s / DAY for s in (spread.median, spread.p90(minimum)))]
