"""A unit's overview: its figures for a period, and the units below it side by side."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for

from ... import clock
from ...guards import role
from ...rules.visibility import highest_figures
from .. import charts, compare, overview_sheets, show, tree
from ..details import details
from ..figures import Figures, gather
from ..sealed import last_quarter
from ..workbook import csv_of, workbook_of
from . import SEERS, bp
from .frame import asked_of, asked_or_refused, frame, seen_place, sent


@bp.get("/statistics/")
@role(*SEERS)
def overview() -> Any:
    """The figures begin at the highest of one's posts."""
    highest = highest_figures(g.actor)
    node = next(n for n in tree.nodes() if n.id == highest)
    return redirect(url_for("reports.unit", code=node.code))


@bp.get("/statistics/<code>")
@role(*SEERS)
def unit(code: str) -> Any:
    """One unit's page; the days, kind and reach stand in its address."""
    place = seen_place(code, g.actor)
    form, asked = asked_of(place)
    if asked is None:
        return render_template("reports/unit.html", figures=None, **frame(place, form)), 422
    figures = gather(place, asked.question, asked.now)
    assert figures.facts is not None
    beside = details(figures.facts, figures.period)
    return render_template(
        "reports/unit.html", figures=figures, details=beside, tiles=show.tiles(figures, beside.oldest_due_on),
        bars=charts.due_bars(beside.days), levels=charts.levels(figures), reasons=charts.reasons(beside),
        subjects=charts.subjects(figures), months=show.month_rows(figures), days=show.days,
        sealed=last_quarter(place, figures.question, g.actor, clock.today()), **frame(place, form), **_table(figures),
    )  # fmt: skip


def _table(figures: Figures) -> dict[str, Any]:
    order, level = request.args.get("sort", ""), request.args.get("level", "")
    order = order if order in compare.ORDERS else "on-time"
    levels = compare.levels(figures)
    level = level if level in {code for code, *_rest in levels} else ""
    return {"groups": compare.groups(figures, order, level), "order": order, "level": level, "unit_levels": levels,
            "idle": compare.idle(figures, level), "scale": compare.first_scale(figures)}  # fmt: skip


@bp.get("/statistics/<code>.csv")
@role(*SEERS)
def csv(code: str) -> Any:
    """The table of units for a spreadsheet; who took it is remembered."""
    asked = asked_or_refused(seen_place(code, g.actor))
    figures = gather(asked.place, asked.question, asked.now, with_months=False)
    return sent(csv_of(overview_sheets.units(figures), asked.minimum), asked, "", "csv")


@bp.get("/statistics/<code>.xlsx")
@role(*SEERS)
def xlsx(code: str) -> Any:
    """The same as a workbook, with the months and a dictionary of its columns."""
    asked = asked_or_refused(seen_place(code, g.actor))
    figures = gather(asked.place, asked.question, asked.now)
    return sent(workbook_of(overview_sheets.title(), overview_sheets.sheets(figures), asked), asked, "", "xlsx")
