"""The figures that every table of units, subjects, places or channels shows, in one order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ...rules.statistics import Summary
from ..links import Links
from ..span import Span
from .frame import Cell, Column, Sheet


@dataclass(frozen=True)
class Closed(Links):
    """The addresses of rows that no filter can ask for: their figures stand without a list."""

    def cases(self, figure: str, span: Span | None = None, **more: Any) -> str:
        """No address."""
        return ""


def columns() -> list[Column]:
    """The columns, without the name of the row."""
    return [
        Column("received", _("Mới nhận"), formula="received"), Column("finished", _("Đã xong"), formula="finished"),
        Column("open", _("Đang mở"), formula="open"), Column("overdue", _("Đang quá hạn"), formula="overdue"),
        Column("on_time", _("Đúng hạn"), "share", "on_time"),
        Column("first_response", _("Trả lời lần đầu"), "spread", "first_response"),
        Column("elapsed", _("Giải quyết"), "spread", "resolution"),
        Column("net", _("Giải quyết, trừ lúc chờ người gửi"), "spread", "resolution", is_shown=False),
        Column("satisfied", _("Hài lòng"), "share", "satisfaction"),
        Column("reopened", _("Mở lại"), "share", "reopened"),
    ]  # fmt: skip


def cells(summary: Summary, links: Links) -> list[Cell]:
    """The values in the columns' order, each with its cases."""
    s = summary
    return [
        Cell(s.received, links.cases("received")), Cell(s.finished, links.cases("finished")),
        Cell(s.open, links.cases("open")), Cell(s.overdue, links.cases("overdue")),
        Cell(s.on_time_share, links.cases("judged")), Cell(s.first_response, links.cases("responded")),
        Cell(s.elapsed, links.cases("resolved")), Cell(s.net, links.cases("resolved")),
        Cell(s.satisfied_share, links.cases("rated")), Cell(s.reopened_share, links.cases("answered")),
    ]  # fmt: skip


def is_idle(summary: Summary) -> bool:
    """Nothing came, nothing was done, nothing is open, nobody judged."""
    return not (summary.received or summary.finished or summary.open or summary.rated)


def sheet(code: str, title: str, first: Sequence[Column], entries: Iterable[tuple[Sequence[Cell], Summary, Links]],
          note: str = "") -> Sheet:  # fmt: skip
    """A table of these figures; `first` are the columns that name a row, each entry has the cells for them."""
    rows = [[*names, *cells(summary, links)] for names, summary, links in entries]
    return Sheet(code, title, [*first, *columns()], rows, note)
