"""The list behind a figure."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from flask_babel import lazy_gettext as _l

from ... import clock
from ...guards import role
from ...refusals import Missing
from ...words import REASONS, named
from ..asked import facts_of_units
from ..forms import PeriodForm
from ..lines import line
from ..links import Links
from ..listing import FAMILIES, FIGURES, PAGE, Listing, listing
from . import SEERS, bp
from .frame import crumbs, narrowed, seen_place

NAMES = {
    "received": _l("Mới nhận"),
    "finished": _l("Đã xong"),
    "judged_finish": _l("Đã xong và có hạn"),
    "open": _l("Đang mở"),
    "overdue": _l("Đang quá hạn"),
    "judged": _l("Lẽ ra phải xong"),
    "on_time": _l("Đúng hạn"),
    "late": _l("Trễ hạn"),
    "rated": _l("Đã đánh giá"),
    "satisfied": _l("Hài lòng (mức 4, 5)"),
    "level_5": _l("Mức 5"),
    "level_4": _l("Mức 4"),
    "level_3": _l("Mức 3"),
    "level_2": _l("Mức 2"),
    "level_1": _l("Mức 1"),
    "answered": _l("Đã trả lời"),
    "answer_rated": _l("Trả lời và được đánh giá"),
    "reopened": _l("Mở lại"),
    "answered_again": _l("Mở lại và đã trả lời lại"),
    **{f"reason_{code}": words for code, words in REASONS.items()},
    "responded": _l("Trả lời lần đầu"),
    "resolved": _l("Giải quyết"),
}
FORMULA_OF = {"judged": "on_time", "late": "on_time", "answered": "reopened", "responded": "first_response",
              "resolved": "resolution", "answer_rated": "response", "answered_again": "second_answer",
              **{f"reason_{code}": "reasons" for code in REASONS}}  # fmt: skip
"""Where on the page "How we count" a list's figure is explained, if not under its own name."""
MOST_PAGES = 4000


def _formula(figure: str) -> str:
    is_rating = FIGURES[figure] == "rated"
    return "satisfaction" if is_rating else FORMULA_OF.get(figure, figure)


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
    found = listing(figure, facts_of_units(question, place.ids(question.with_below)), period, g.actor, page)
    links, units = Links(code, question), {n.id: n for n in place.nodes}
    return render_template(
        "reports/cases.html", here=place, question=question, figure=figure, narrowed=narrowed(form), name=NAMES[figure],
        formula=_formula(figure),
        family=[(f, NAMES[f], links.cases(f)) for f in FAMILIES[FIGURES[figure]]],
        total=found.total, rows=[line(row, figure, period, units) for row in found.rows], links=links,
        crumbs=[*crumbs(place, links, g.actor), (links.page(), named(place.unit, True))],
        **_turning(links, figure, page, found),
    )  # fmt: skip


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
