"""Reception, dialogues and promises of a unit: its page, the rows behind each figure, the downloads."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, render_template, request

from ... import clock
from ...extensions import begin_write, db
from ...guards import role
from ...journal.record import record
from ...refusals import Missing
from ...rules.workflow import Action
from ...words import named
from ..forms import HeardForm
from ..heard import lines, listing, sheets, show
from ..heard.figures import HeardFigures, Question, gather, stretch_of
from ..heard.links import HeardLinks
from ..heard.names import FORMULA_OF, NAMES
from ..span import quick
from ..tree import Place
from . import SEERS, bp
from .frame import seen_above, seen_place

MOST_PAGES = 4000


@bp.get("/statistics/<code>/being-heard")
@role(*SEERS)
def being_heard(code: str) -> Any:
    """One unit's page; the days and reach stand in its address."""
    place, form = seen_place(code, g.actor), HeardForm(request.args, on=clock.today())
    if not form.validate():
        return render_template("reports/heard.html", form=form, here=place, figures=None, **_frame(place, form)), 422
    form.fill(clock.today())
    figures = gather(place, _question(form), clock.now())
    order = request.args.get("sort", "")
    order = order if order in show.ORDERS else show.ORDERS[0]
    return render_template(
        "reports/heard.html", form=form, here=place, figures=figures, reception=show.reception_tiles(figures),
        dialogues=show.dialogue_tiles(figures), promises=show.promise_tiles(figures),
        months=show.month_rows(figures), rows=show.unit_rows(figures, order), order=order,
        until=show.until(figures), **_frame(place, form),
    )  # fmt: skip


def _question(form: HeardForm) -> Question:
    asked = form.question()
    return Question(asked.span, asked.with_below)


def _frame(place: Place, form: HeardForm) -> dict[str, Any]:
    """The ways around the page; of a question that cannot be understood those of the usual days."""
    today = clock.today()
    if not (form.first.data and form.last.data):
        form = HeardForm(None, on=today)
        form.fill(today)
    links = HeardLinks(place.unit.code, _question(form))
    crumbs = [(links.page(code=node.code), named(node, True)) for node in seen_above(place, g.actor)]
    return {"links": links, "crumbs": crumbs, "quick": quick(today), "today": today}


@bp.get("/statistics/<code>/being-heard/rows")
@role(*SEERS)
def being_heard_rows(code: str) -> Any:
    """What a figure counts, row by row; names of visitors only for who may see them, sealed visits for nobody."""
    place, form = seen_place(code, g.actor), HeardForm(request.args, on=clock.today())
    figure = request.args.get("figure", "visits")
    if figure not in listing.FIGURES or not form.validate():
        raise Missing
    form.fill(clock.today())
    question = _question(form)
    page = min(max(request.args.get("page", 1, type=int) or 1, 1), MOST_PAGES)
    total, found = _found(figure, place, question, page)
    links = HeardLinks(code, question)
    first = (page - 1) * listing.PAGE + 1
    last = first + len(found) - 1
    return render_template(
        "reports/heard_rows.html", here=place, question=question, figure=figure, name=NAMES[figure], rows=found,
        total=total, links=links, formula=FORMULA_OF.get(figure, figure),
        family=[(f, NAMES[f], links.rows(f)) for f in listing.FAMILIES[listing.FIGURES[figure]]],
        crumbs=[(links.page(code=node.code), named(node, True)) for node in seen_above(place, g.actor)]
        + [(links.page(), named(place.unit, True))],
        has_sealed=listing.FIGURES[figure] == "visits", first=first if found else None, last=last,
        previous=links.rows(figure, page=page - 1) if page > 1 else None,
        next=links.rows(figure, page=page + 1) if last < total else None,
    )  # fmt: skip


def _found(figure: str, place: Place, question: Question, page: int) -> tuple[int, list[lines.Line]]:
    """How many rows there are, and those of one page, written out."""
    now, units = clock.now(), {node.id: node for node in place.nodes}
    if figure in listing.TERMS:
        figures = gather(place, question, now, with_months=False)
        terms = [row for row in figures.terms if row.term.duty.what == listing.TERMS[figure]]
        terms.sort(
            key=lambda row: (row.counted >= row.term.owed, -row.term.end.toordinal(), units[row.unit_id].name_vi)
        )
        leaf = terms[(page - 1) * listing.PAGE : page * listing.PAGE]
        return len(terms), [lines.term_line(row, units) for row in leaf]
    at = stretch_of(question.span, now)
    found = listing.listing(figure, place.ids(question.with_below), at, question.span.period(now), page)
    written = [lines.line(row, units, g.actor, at.last, row.id in found.counted) for row in found.rows]
    return found.total, written


@bp.get("/statistics/<code>/being-heard.csv")
@role(*SEERS)
def being_heard_csv(code: str) -> Any:
    """The table of units as plain text; who took it is remembered."""
    figures = _asked(code, with_months=False)
    return _sent(sheets.csv_of(figures), figures, "csv", "text/csv")


@bp.get("/statistics/<code>/being-heard.xlsx")
@role(*SEERS)
def being_heard_xlsx(code: str) -> Any:
    """The same as a workbook, with the months and a dictionary of its columns."""
    figures = _asked(code, with_months=True)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _sent(sheets.workbook_of(figures, clock.now()), figures, "xlsx", kind)


def _asked(code: str, with_months: bool) -> HeardFigures:
    place, form = seen_place(code, g.actor), HeardForm(request.args, on=clock.today())
    if not form.validate():
        abort(400)
    form.fill(clock.today())
    return gather(place, _question(form), clock.now(), with_months)


def _sent(body: bytes, figures: HeardFigures, ending: str, mimetype: str) -> Response:
    """A download, and its event: which figures of which days somebody took."""
    code, span = figures.place.unit.code, figures.question.span
    begin_write()
    record(Action.EXPORTED, None, g.actor, clock.now(), about=f"being-heard:{code}"[:64],
           first=span.first.isoformat(), last=span.last.isoformat(), kind=ending)  # fmt: skip
    db.session.commit()
    name = f"gan-dan-being-heard-{code}-{span.first.isoformat()}-{span.last.isoformat()}.{ending}"
    return Response(body, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
