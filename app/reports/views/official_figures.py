"""Where an official types the figures of a form that the system keeps nothing of, for one unit and window."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flask import flash, g, redirect, render_template, request
from flask_babel import gettext as _

from ... import clock
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing, NotAllowed
from ...rules.statistics.windows import Window
from ...rules.workflow import N_
from ...units.fields import say
from ..forms import WindowForm
from ..official import show
from ..official.count import own_row
from ..official.forms import figures_form
from ..official.layout import Column, Layout, layout_of
from ..official.typed import columns_for, must_fit, put, typed_of
from ..tree import Place
from . import SEERS, bp
from .frame import seen_place


@bp.route("/statistics/<code>/forms/<form>/figures", methods=["GET", "POST"])
@role(*SEERS)
def official_figures(code: str, form: str) -> Any:
    """A line for each missing column; what is left empty stays missing."""
    place, layout, window = _asked(code, form)
    columns = columns_for(g.actor, place.unit, layout)
    if not columns:
        raise NotAllowed(
            N_("Chỉ lãnh đạo của đơn vị ghi số còn thiếu; số về tố cáo do người giữ hoặc kiểm tra sổ ghi.")
        )
    sheet = _form(layout, window, place, columns)
    if sheet.validate_on_submit() and _keep(layout, window, place, columns, sheet):
        return redirect(show.Links(code, window).page(form), 303)
    page = render_template("reports/official/figures.html", form=sheet, here=place, layout=layout, columns=columns,
                           title=show.said(layout.title), name=show.window_name(window), slug=form, window=window,
                           links=show.Links(code, window))  # fmt: skip
    return page, 422 if request.method == "POST" else 200


def _asked(code: str, form: str) -> tuple[Place, Layout, Window]:
    place, asked = seen_place(code, g.actor), WindowForm(request.args)
    if not asked.validate():
        raise Missing
    window = asked.chosen(clock.today(), show.cut())
    layout = layout_of(form, window.last)
    if layout is None or window.first > clock.today():
        raise Missing
    return place, layout, window


def _form(layout: Layout, window: Window, place: Place, columns: list[Column]) -> Any:
    known = typed_of(layout, window, [place.unit.id])
    written = {c.number: show.figure(known[place.unit.id, c.number], c)
               for c in columns if (place.unit.id, c.number) in known}  # fmt: skip
    labels = [(column, f"({column.number}) {show.path(column)}") for column in columns]
    return figures_form(labels, written, request.form if request.method == "POST" else None)


def _keep(layout: Layout, window: Window, place: Place, columns: list[Column], sheet: Any) -> bool:
    """May, do, commit; a refusal stands beside its line."""
    said: dict[int, Fraction | None] = {column.number: sheet[f"c{column.number}"].value for column in columns}
    try:
        must_fit(layout, own_row(layout, place, window, g.actor, clock.now()), said)
        put(layout, window, place.unit, said, g.actor, clock.now())
    except Invalid as refusal:
        say(sheet, refusal)
        return False
    db.session.commit()
    flash(_("Đã lưu số liệu của biểu %(form)s.", form=layout.form), "ok")
    return True
