"""The list behind a figure."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _

from ... import clock
from ...guards import role
from ...refusals import Missing
from ...words import named
from ..asked import facts_of_units
from ..cells.standing import HELD
from ..forms import PeriodForm
from ..lines import line
from ..links import Links
from ..listing import FAMILIES, FIGURES, PAGE, Listing, listing
from ..names import formula_of, name_of
from ..tree import Node, Place
from . import SEERS, bp
from .frame import crumbs, narrowed, seen_place

MOST_PAGES = 4000


@bp.get("/statistics/<code>/cases")
@role(*SEERS)
def cases(code: str) -> Any:
    """The custodies that a figure counts: as many rows as it says, each as far as the reader may see it."""
    place, form = seen_place(code, g.actor), PeriodForm(request.args, on=clock.today())
    figure = request.args.get("figure", "received")
    if figure not in FIGURES or not form.validate():
        raise Missing
    form.fill(clock.today())
    question = form.question()
    if figure in HELD and question.span.last < clock.today():
        raise Missing  # who waits is known of now only
    period, page = question.span.period(clock.now()), _page()
    facts, source = facts_of_units(question, place.ids(question.with_below)), _source(place)
    if source is not None:
        facts = facts.only(facts["from_unit_id"] == source.id)
    found = listing(figure, facts, period, g.actor, page)
    links, units = Links(code, question), {n.id: n for n in place.nodes}
    return render_template(
        "reports/cases.html", here=place, question=question, figure=figure, name=name_of(figure),
        narrowed=narrowed(form) + ([_("từ %(unit)s chuyển đến", unit=named(source, True))] if source else []),
        formula=formula_of(figure),
        family=[(f, name_of(f), links.cases(f)) for f in FAMILIES[FIGURES[figure]]],
        total=found.total, rows=[line(row, figure, period, units) for row in found.rows], links=links,
        crumbs=[*crumbs(place, links, g.actor), (links.page(), named(place.unit, True))],
        **_turning(links, figure, page, found, {"source": source.code} if source else {}),
    )  # fmt: skip


def _source(place: Place) -> Node | None:
    """The unit from which the cases came, where only those are asked for. Missing for an unknown one."""
    code = request.args.get("source", "")
    found = next((node for node in place.nodes if node.code == code), None)
    if code and found is None:
        raise Missing
    return found


def _page() -> int:
    return min(max(request.args.get("page", 1, type=int) or 1, 1), MOST_PAGES)


def _turning(links: Links, figure: str, page: int, found: Listing, more: dict[str, Any]) -> dict[str, Any]:
    """Addresses of the pages before and after, and the numbers of the rows shown."""
    first = (page - 1) * PAGE + 1
    last = first + len(found.rows) - 1
    return {
        "first": first if found.rows else None,
        "last": last,
        "previous": links.cases(figure, page=page - 1, **more) if page > 1 else None,
        "next": links.cases(figure, page=page + 1, **more) if last < found.total else None,
    }
