"""A unit's figures for a period, and the units below it side by side."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, redirect, render_template, request, url_for

from ... import clock
from ...extensions import begin_write, db
from ...guards import role
from ...journal.record import record
from ...refusals import Missing
from ...rules.visibility import sees_statistics
from ...rules.workflow import Action, Actor
from ...words import named
from .. import charts, compare, show, tree
from ..details import details
from ..figures import Figures, gather
from ..forms import PeriodForm
from ..sealed import last_quarter
from ..sheet import sheet
from ..span import quick
from ..tree import Place
from . import SEERS, bp


def seen_place(code: str, actor: Actor) -> Place:
    """The unit in its tree, or Missing when its figures are not this reader's to see."""
    place = tree.place(code)
    if not sees_statistics(actor, place.unit.path):
        raise Missing
    return place


def seen_above(place: Place, actor: Actor) -> list[tree.Node]:
    """The units above whose figures this reader may see."""
    return [node for node in place.above if sees_statistics(actor, node.path)]


def crumbs(place: Place, links: show.Links, actor: Actor) -> list[tuple[str, str]]:
    """The way down to the unit, as far as the reader may go up."""
    return [(links.page(code=node.code), named(node, True)) for node in seen_above(place, actor)]


@bp.get("/statistics/")
@role(*SEERS)
def overview() -> Any:
    """The figures begin at the highest of one's posts."""
    seeing = [post for post in g.actor.posts if post.role in SEERS]
    top = min(seeing, key=lambda post: len(post.unit_path))
    node = next(n for n in tree.nodes() if n.id == top.unit_id)
    return redirect(url_for("reports.unit", code=node.code))


@bp.get("/statistics/<code>")
@role(*SEERS)
def unit(code: str) -> Any:
    """One unit's page; the days, kind and reach stand in its address."""
    place, form = seen_place(code, g.actor), PeriodForm(request.args)
    if not form.validate():
        return render_template("reports/unit.html", form=form, here=place, figures=None, **_frame(place, form)), 422
    form.fill(clock.today())
    figures = gather(place, form.question(), clock.now())
    assert figures.facts is not None
    beside = details(figures.facts, figures.period)
    return render_template(
        "reports/unit.html", form=form, here=place, figures=figures, details=beside,
        tiles=show.tiles(figures, beside.oldest_due_on), bars=charts.due_bars(beside.days),
        levels=charts.levels(figures), reasons=charts.reasons(beside), subjects=charts.subjects(figures),
        months=show.month_rows(figures), days=show.days,
        sealed=last_quarter(place, figures.question, g.actor, clock.today()), **_frame(place, form), **_table(figures),
    )  # fmt: skip


def _frame(place: Place, form: PeriodForm) -> dict[str, Any]:
    today = clock.today()
    links = show.Links(place.unit.code, form.question() if form.last.data and form.first.data else _usual(form))
    return {"links": links, "crumbs": crumbs(place, links, g.actor), "quick": quick(today), "today": today,
            "heard": links.heard()}  # fmt: skip


def _usual(form: PeriodForm) -> Any:
    blank = PeriodForm(None)
    blank.fill(clock.today())
    return blank.question()


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
    place, form = seen_place(code, g.actor), PeriodForm(request.args)
    if not form.validate():
        abort(400)
    form.fill(clock.today())
    now = clock.now()
    figures = gather(place, form.question(), now, with_months=False)
    body, span = sheet(figures), figures.question.span
    begin_write()
    record(Action.EXPORTED, None, g.actor, now, about=f"statistics:{place.unit.code}"[:64],
           first=span.first.isoformat(), last=span.last.isoformat(), kind=figures.question.kind)  # fmt: skip
    db.session.commit()
    name = f"gan-dan-{place.unit.code}-{span.first.isoformat()}-{span.last.isoformat()}.csv"
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})
