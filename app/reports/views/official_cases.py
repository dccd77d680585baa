"""The petitions behind one cell of an official form: as many rows as it says, each as far as the reader may see it."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _

from ... import clock
from ...guards import role
from ...refusals import Missing
from ...rules.workflow import Kind
from ...words import named
from ..forms import WindowForm
from ..lines import line
from ..listing import PAGE, of_custodies
from ..official import show
from ..official.facts import Asked, Found, may_count_sealed, one_by_one
from ..official.layout import Column, Layout, layout_of
from ..official.measures import MEASURES
from ..span import Span
from ..tree import Place
from . import SEERS, bp
from .cases import MOST_PAGES
from .frame import seen_above, seen_place


@bp.get("/statistics/<code>/forms/<form>/cases")
@role(*SEERS)
def official_cases(code: str, form: str) -> Any:
    """The list of a cell: `column` its number, `row` a unit below (with a dot before it: that unit alone)."""
    place, asked = seen_place(code, g.actor), WindowForm(request.args)
    if not asked.validate():
        raise Missing
    window = asked.chosen(clock.today(), show.cut())
    layout = layout_of(form, window.last)
    column = layout.column(request.args.get("column", 1, type=int) or 0) if layout else None
    if layout is None or column is None or not column.is_counted or layout.facts not in show.LINKED:
        raise Missing
    row, ids = _row(place, request.args.get("row", ""))
    page = min(max(request.args.get("page", 1, type=int) or 1, 1), MOST_PAGES)
    period = Span(window.first, window.last).period(clock.now())
    found = _behind(layout, column, Asked(ids, period, g.actor, may_count_sealed(g.actor, place.unit.path)))
    leaf = of_custodies([one.custody_id for one in found[(page - 1) * PAGE : page * PAGE]], g.actor)
    links, units = show.Links(code, window), {node.id: node for node in place.nodes}
    return render_template(
        "reports/official/cases.html", here=place, layout=layout, column=column, window=window, total=len(found),
        name=f"{layout.form} ({column.number}) {show.said(column.head)}", window_name=show.window_name(window),
        row=row, rows=[_line(one, period, units) for one in leaf], links=links, slug=form,
        crumbs=[*((show.url_for("reports.unit", code=n.code), named(n, True)) for n in seen_above(place, g.actor)),
                (links.index(), named(place.unit, True)), (links.page(form), layout.form)],
        **_turning(links, form, column.number, page, len(found)),
    )  # fmt: skip


def _row(place: Place, row: str) -> tuple[str, list[int]]:
    """What the line is called and whose petitions it counts; the whole form where no line is named."""
    if not row:
        return named(place.unit, True), place.ids(True)
    node = next((n for n in place.nodes if n.code == row.removeprefix(".") and place.unit.holds(n)), None)
    if node is None:
        raise Missing
    if row.startswith("."):
        return _("%(name)s, chỉ đơn vị này", name=named(node, True)), [node.id]
    return named(node, True), [n.id for n in place.nodes if node.holds(n)]


def _behind(layout: Layout, column: Column, asked: Asked) -> list[Found]:
    """The petitions that the column counts; one whose cell leaves others out lists what it was counted from."""
    from ...cases.models import Custody

    narrow = [Custody.kind == Kind.DENUNCIATION] if layout.facts == "denunciations" else []
    measure = MEASURES[layout.facts][column.measure]
    return [one for one in one_by_one(asked, *narrow) if measure(one.fact)]


def _line(row: Any, period: Any, units: Any) -> dict[str, Any]:
    """A row of the list; of a denunciation neither what it says nor about what."""
    said = line(row, "received", period, units)
    if row.kind == Kind.DENUNCIATION:
        said |= {"title": _("Nội dung kín"), "category": ""}
    return said


def _turning(links: show.Links, form: str, column: int, page: int, total: int) -> dict[str, Any]:
    first, row = (page - 1) * PAGE + 1, request.args.get("row", "")
    last = min(page * PAGE, total)
    return {
        "first": first if first <= total else None, "last": last,
        "previous": links.cases(form, column, row, page=page - 1) if page > 1 else None,
        "next": links.cases(form, column, row, page=page + 1) if last < total else None,
    }  # fmt: skip
