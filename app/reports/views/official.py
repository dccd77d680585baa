"""The official forms of a unit: which there are, each on screen, as a workbook, on paper, and the periodic report."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, render_template, request

from ... import clock
from ...documents.issuing import to_be_issued_by
from ...extensions import begin_write, db
from ...guards import role
from ...journal.record import record
from ...refusals import Missing
from ...rules.statistics.windows import Window
from ...rules.workflow import Action
from ...units.queries import by_ids, setting
from ...words import named
from ..forms import WindowForm
from ..heard import figures as heard
from ..official import letter, pdf, show, xlsx
from ..official.count import Sheet, fill
from ..official.facts import may_count_sealed
from ..official.layout import Layout, forms, layout_of
from ..official.rates import rates_of
from ..official.typed import columns_for, typed_of
from ..span import Span
from ..tree import Place
from . import SEERS, bp
from .frame import seen_above, seen_place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/statistics/<code>/forms")
@role(*SEERS)
def official_forms(code: str) -> Any:
    """The forms of a report window, what each is, and the two rates of Decision 766."""
    place, form = seen_place(code, g.actor), WindowForm(request.args)
    if not form.validate():
        return render_template("reports/official/forms.html", form=form, here=place, window=None, **_frame(place)), 422
    window = form.chosen(clock.today(), show.cut())
    span = Span(window.first, window.last)
    return render_template(
        "reports/official/forms.html", form=form, here=place, window=window, name=show.window_name(window),
        rows=[(layout, show.said(layout.title), show.said(layout.about)) for layout in forms(window.last)],
        links=show.Links(code, window), rates=rates_of(place, span, clock.now()),
        minimum=int(setting("minimum_denominator")), has_begun=_has_begun(window), **_frame(place),
    )  # fmt: skip


def _frame(place: Place) -> dict[str, Any]:
    """The way down to the unit's figures."""
    above = [(show.url_for("reports.unit", code=n.code), named(n, True)) for n in seen_above(place, g.actor)]
    return {"crumbs": [*above, (show.url_for("reports.unit", code=place.unit.code), named(place.unit, True))],
            "today": clock.today()}  # fmt: skip


def _has_begun(window: Window) -> bool:
    return window.first <= clock.today()


@bp.get("/statistics/<code>/forms/<form>")
@role(*SEERS)
def official_form(code: str, form: str) -> Any:
    """One form on screen; a sum that does not hold stands above it."""
    place, asked = seen_place(code, g.actor), WindowForm(request.args)
    if not asked.validate():
        layout = _layout(form)
        return render_template("reports/official/form.html", form=asked, here=place, sheet=None, layout=layout,
                               title=show.said(layout.title), slug=form, **_frame(place)), 422  # fmt: skip
    window = asked.chosen(clock.today(), show.cut())
    layout, links = _layout(form, window), show.Links(code, window)
    sheet = _filled(layout, place, window) if _has_begun(window) else None
    return render_template(
        "reports/official/form.html", form=asked, here=place, sheet=sheet, layout=layout, slug=form, window=window,
        title=show.said(layout.title), name=show.window_name(window), links=links, heads=show.heads(layout),
        notes=[show.said(note) for note in layout.notes], sums=show.sums(layout), **_table(sheet, links),
        may_type=bool(sheet and columns_for(g.actor, place.unit, layout)),
        **_frame(place),
    )  # fmt: skip


def _table(sheet: Sheet | None, links: show.Links) -> dict[str, Any]:
    """The lines of the table, what is broken, what is missing, and why it is empty if it is."""
    if sheet is None:
        return {"rows": [], "total": [], "broken": [], "missing": [], "why": ""}
    here, slug = sheet.place.unit.id, sheet.layout.slug
    rows = [
        (show.row_name(row), links.page(slug, row.node.code) if row.node.id != here else None,
         show.cells(sheet, row, links))
        for row in sheet.rows
    ]  # fmt: skip
    return {"rows": rows, "total": show.cells(sheet, sheet.total, links, is_total=True),
            "broken": [show.broken_words(sheet, one) for one in sheet.broken], "missing": show.missing(sheet),
            "why": show.why_empty(sheet, clock.today()) if sheet.is_empty else ""}  # fmt: skip


def _layout(form: str, window: Window | None = None) -> Layout:
    layout = layout_of(form, window.last if window else clock.today())
    if layout is None:
        raise Missing
    return layout


def _filled(layout: Layout, place: Place, window: Window) -> Sheet:
    return fill(layout, place, window, g.actor, clock.now(), typed_of(layout, window, place.ids(True)))


@bp.get("/statistics/<code>/forms/<form>.xlsx")
@role(*SEERS)
def official_form_xlsx(code: str, form: str) -> Any:
    """The form as a workbook; who took it is remembered."""
    sheet = _asked(code, form)
    return _sent(xlsx.workbook_of(sheet, clock.now(), _issuer(sheet.place).above[0]), sheet.place, sheet.window,
                 form, "xlsx", XLSX)  # fmt: skip


@bp.get("/statistics/<code>/forms/<form>.pdf")
@role(*SEERS)
def official_form_pdf(code: str, form: str) -> Any:
    """The form on paper; who took it is remembered."""
    sheet = _asked(code, form)
    issuer = _issuer(sheet.place)
    body = pdf.pdf_of(sheet, clock.now(), issuer.above[0], issuer.place[0])
    return _sent(body, sheet.place, sheet.window, form, "pdf", "application/pdf")


@bp.get("/statistics/<code>/report-letter.docx")
@role(*SEERS)
def report_letter(code: str) -> Any:
    """The periodic report of the unit as an editable document; who took it is remembered."""
    place, window = _place_and_window(code)
    now, issuer = clock.now(), _issuer(place)
    slugs = ["01-tcd", "01-xld", *(["03-kqgq"] if may_count_sealed(g.actor, place.unit.path) else [])]
    sheets = {slug: _filled(_layout(slug, window), place, window) for slug in slugs}
    span = Span(window.first, window.last)
    body = letter.docx_of(letter.Report(
        place.unit.name_vi, issuer.above[0], issuer.place[0], issuer.deputises or issuer.office, sheets,
        heard.gather(place, heard.Question(span), now, with_months=False).total, rates_of(place, span, now),
        int(setting("minimum_denominator")), now,
    ))  # fmt: skip
    return _sent(body, place, window, "report", "docx", DOCX)


def _issuer(place: Place) -> Any:
    """Who issues papers of the unit: the body above, the place, what its head is called."""
    return to_be_issued_by(by_ids([place.unit.id])[place.unit.id], g.actor, clock.now())


def _place_and_window(code: str) -> tuple[Place, Window]:
    place, asked = seen_place(code, g.actor), WindowForm(request.args)
    if not asked.validate():
        abort(400)
    window = asked.chosen(clock.today(), show.cut())
    if not _has_begun(window):
        abort(400)
    return place, window


def _asked(code: str, form: str) -> Sheet:
    place, window = _place_and_window(code)
    return _filled(_layout(form, window), place, window)


def _sent(body: bytes, place: Place, window: Window, form: str, ending: str, mimetype: str) -> Response:
    """A download, and its event: which form of which days somebody took."""
    begin_write()
    record(Action.EXPORTED, None, g.actor, clock.now(), about=f"form:{form}:{place.unit.code}"[:64],
           first=window.first.isoformat(), last=window.last.isoformat(), kind=ending)  # fmt: skip
    db.session.commit()
    name = f"gan-dan-{form}-{place.unit.code}-{window.year}-{window.code}.{ending}"
    return Response(body, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
