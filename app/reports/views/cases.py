"""The list behind a figure."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import clock
from ...guards import role
from ...refusals import Missing
from ...words import named, word
from ..asked import facts_of_units
from ..forms import PeriodForm
from ..lines import line
from ..links import Links
from ..listing import FAMILIES, FIGURES, PAGE, Listing, listing
from ..tree import Node, Place
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
    "reopened": _l("Mở lại"),
    "responded": _l("Trả lời lần đầu"),
    "resolved": _l("Giải quyết"),
    "concluded": _l("Giải quyết xong, đơn vị trả lời sau cùng"),
    "got_assigned": _l("Đã giao người xử lý"),
    "got_verifying": _l("Đã giao xác minh"),
    "got_approval": _l("Đã trình duyệt dự thảo"),
    "got_answer": _l("Đã trả lời đến nay"),
    "got_rating": _l("Người dân đã đánh giá đến nay"),
    "got_forward": _l("Đã chuyển đơn vị khác"),
    "got_closed": _l("Kết thúc không phải trả lời"),
    "passed": _l("Đã xong hoặc đã chuyển đi"),
    "moved": _l("Từ đơn vị khác chuyển đến"),
    "came_back": _l("Quay lại nơi đã giữ"),
    "stay_1": _l("Lần thụ lý đầu"),
    "stay_2": _l("Lần thụ lý thứ hai"),
    "stay_3": _l("Lần thụ lý thứ ba"),
    "stay_4": _l("Từ lần thụ lý thứ tư"),
}
FORMULA_OF = {"judged": "on_time", "late": "on_time", "answered": "reopened", "responded": "first_response",
              "resolved": "resolution", "concluded": "whole_case",
              "funnel": "stages", "passed": "dwell", "stays": "to_and_fro"}  # fmt: skip
"""Where on the page "How we count" a list's figure is explained, if not under its own name."""
MOST_PAGES = 4000


def _formula(figure: str) -> str:
    family = FIGURES[figure]
    if family == "rated":
        return "satisfaction"
    return FORMULA_OF.get(figure) or FORMULA_OF.get(family, family if family == "standing" else figure)


def name_of(figure: str) -> str:
    """What a list is called; those of one status by its name."""
    if figure in NAMES:
        return str(NAMES[figure])
    group, _underscore, status = figure.partition("_")
    words = word(status, "status")
    return _("Đang nằm: %(status)s", status=words) if group == "stands" else _("Đã qua: %(status)s", status=words)


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
    facts, source = facts_of_units(question, place.ids(question.with_below)), _source(place)
    if source is not None:
        facts = facts.only(facts["from_unit_id"] == source.id)
    found = listing(figure, facts, period, g.actor, page)
    links, units = Links(code, question), {n.id: n for n in place.nodes}
    return render_template(
        "reports/cases.html", here=place, question=question, figure=figure, name=name_of(figure),
        narrowed=narrowed(form) + ([_("từ %(unit)s chuyển đến", unit=named(source, True))] if source else []),
        formula=_formula(figure),
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
