"""The list behind a figure."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request

from ... import clock
from ...guards import role
from ...refusals import Missing
from ...words import named
from ..asked import Question, facts_of_units
from ..cells.measures import Facts
from ..forms import PeriodForm
from ..held import HELD, held
from ..lines import line
from ..links import Links
from ..listing import FAMILIES, FIGURES, PAGE, Listing, listing
from ..names import NAMES, formula_of
from ..tree import Place
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
    period, page = question.span.period(clock.now()), _page()
    found = listing(figure, _facts(figure, question, place), period, g.actor, page)
    links, units = Links(code, question), {n.id: n for n in place.nodes}
    return render_template(
        "reports/cases.html", here=place, question=question, figure=figure, narrowed=narrowed(form), name=NAMES[figure],
        formula=formula_of(figure),
        family=[(f, NAMES[f], links.cases(f)) for f in FAMILIES[FIGURES[figure]]],
        total=found.total, rows=[line(row, figure, period, units) for row in found.rows], links=links,
        crumbs=[*crumbs(place, links, g.actor), (links.page(), named(place.unit, True))],
        **_turning(links, figure, page, found),
    )  # fmt: skip


def _facts(figure: str, question: Question, place: Place) -> Facts:
    """The rows asked about. Who waits is known of now only: of a period that is over there is no such list."""
    ids = place.ids(question.with_below)
    facts = facts_of_units(question, ids)
    if figure not in HELD:
        return facts
    if question.span.last < clock.today():
        raise Missing
    return held(figure, facts, ids)


def _page() -> int:
    return min(max(request.args.get("page", 1, type=int) or 1, 1), MOST_PAGES)


def _turning(links: Links, figure: str, page: int, found: Listing) -> dict[str, Any]:
    """Addresses of the pages before and after, and the numbers of the rows shown."""
    first = (page - 1) * PAGE + 1
    last = first + len(found.rows) - 1
    return {
        "first": first if found.rows else None,
        "last": last,
        "previous": links.cases(figure, page=page - 1) if page > 1 else None,
        "next": links.cases(figure, page=page + 1) if last < found.total else None,
    }
