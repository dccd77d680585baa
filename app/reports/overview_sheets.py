"""The overview to take home: a row for the unit and each one below, and a row for each month."""

from __future__ import annotations

from flask_babel import gettext as _

from ..rules.statistics import Summary
from ..words import is_vietnamese, named
from .answers.frame import Cell, Column, Sheet
from .answers.standard import sheet
from .figures import Figures
from .links import Links
from .tree import Node


def title() -> str:
    """What the file is called."""
    return _("Tổng quan")


def sheets(figures: Figures) -> list[Sheet]:
    """Units and months."""
    return [units(figures), months(figures)]


def units(figures: Figures) -> Sheet:
    """The page's table: the unit with all that was asked, then the units below it; levels of rating at the end."""
    entries = [(figures.place.unit, figures.total), *figures.rows]
    names = [Column("unit_code", _("Mã đơn vị"), "name"), Column("unit", _("Đơn vị"), "text"),
             Column("level", _("Cấp"), "text"), Column("reach", _("Phạm vi"), "text")]  # fmt: skip
    links = Links(figures.place.unit.code, figures.question)
    found = sheet("units", _("Từng đơn vị"), names, [
        (_names(node, summary, figures), summary, links.of(node.code, alone=_is_own(node, summary, figures)))
        for node, summary in entries
    ])  # fmt: skip
    rows = [[*row, *_levels(summary)] for row, (_node, summary) in zip(found.rows, entries, strict=True)]
    return Sheet(found.code, found.title, [*found.columns, *_level_columns()], rows)


def _level_columns() -> list[Column]:
    return [Column(f"level_{n}", _("Mức %(n)s", n=n), formula="satisfaction") for n in (5, 4, 3, 2, 1)]


def _levels(summary: Summary) -> list[Cell]:
    return [Cell(count) for count in summary.levels.values()]


def _names(node: Node, summary: Summary, figures: Figures) -> list[Cell]:
    level = node.level_vi if is_vietnamese() else node.level_en or node.level_vi
    return [Cell(node.code), Cell(named(node)), Cell(level), Cell(_reach(node, summary, figures))]


def _is_own(node: Node, summary: Summary, figures: Figures) -> bool:
    return not figures.question.with_below or (node.id == figures.place.unit.id and summary is not figures.total)


def _reach(node: Node, summary: Summary, figures: Figures) -> str:
    """Whether a row speaks of a unit with all below it, or of its own custodies alone."""
    is_alone = _is_own(node, summary, figures)
    return _("chỉ đơn vị này") if is_alone else _("kể cả mọi đơn vị bên dưới")


def months(figures: Figures) -> Sheet:
    """The twelve months of the page; what stands open is not counted month by month."""
    links = Links(figures.place.unit.code, figures.question)
    columns = [
        Column("month", _("Tháng"), "name"), Column("received", _("Mới nhận"), formula="received"),
        Column("finished", _("Đã xong"), formula="finished"), Column("on_time", _("Đúng hạn"), "share", "on_time"),
        Column("first_response", _("Trả lời lần đầu"), "spread", "first_response"),
        Column("satisfied", _("Hài lòng"), "share", "satisfaction"),
        Column("reopened", _("Mở lại"), "share", "reopened"),
    ]  # fmt: skip
    rows = [
        [Cell(f"{span.first:%Y-%m}", links.page(span)), Cell(s.received, links.cases("received", span)),
         Cell(s.finished, links.cases("finished", span)), Cell(s.on_time_share, links.cases("judged", span)),
         Cell(s.first_response, links.cases("responded", span)), Cell(s.satisfied_share, links.cases("rated", span)),
         Cell(s.reopened_share, links.cases("answered", span))]
        for span, s in figures.months
    ]  # fmt: skip
    return Sheet("months", _("Theo tháng"), columns, rows)
