"""What every page of the figures has: the unit one may see, the way to it, the question, the ways to look at it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, abort, g, request

from ... import clock
from ...desk import told
from ...extensions import begin_write, db
from ...journal.record import record
from ...refusals import Missing
from ...rules.statistics.windows import windows_of
from ...rules.visibility import sees_statistics, sees_view
from ...rules.workflow import Action, Actor
from ...words import named
from .. import tree
from ..answers import VIEWS
from ..answers.frame import Asked, View
from ..forms import PeriodForm
from ..links import Links
from ..official.show import cut, window_name
from ..span import Span, quick
from ..tree import Place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def seen_place(code: str, actor: Actor) -> Place:
    """The unit in its tree, or Missing when its figures are not this reader's to see."""
    place = tree.place(code)
    if not sees_statistics(actor, place.unit.path):
        raise Missing
    return place


def seen_above(place: Place, actor: Actor) -> list[tree.Node]:
    """The units above whose figures this reader may see."""
    return [node for node in place.above if sees_statistics(actor, node.path)]


def crumbs(place: Place, links: Links, actor: Actor) -> list[tuple[str, str]]:
    """The way down to the unit, as far as the reader may go up."""
    return [(links.page(code=node.code), named(node, True)) for node in seen_above(place, actor)]


def seen_view(code: str, place: Place, actor: Actor) -> View:
    """The view of that name, or Missing when it is not for this reader: a view of people is for their head alone."""
    found = next((view for view in VIEWS if view.code == code), None)
    if found is None or not may_look(found, place, actor):
        raise Missing
    return found


def may_look(view: View, place: Place, actor: Actor) -> bool:
    """Whether one of the reader's posts over this unit (in it, where the view is its own) has a role it is for."""
    return sees_view(actor, view.roles, place.unit.id, place.unit.path, is_own=view.is_own)


def frame(place: Place, form: PeriodForm, view: str = "") -> dict[str, Any]:
    """What stands around the figures; of a question that cannot be understood the ways of the usual days."""
    today = clock.today()
    show = request.args.get("show", "")[:20] if view else ""
    links = Links(place.unit.code, form.question() if _is_understood(form) else _usual(), view, show)
    seen = [v for v in VIEWS if may_look(v, place, g.actor)]
    return {
        "form": form, "here": place, "links": links, "crumbs": crumbs(place, links, g.actor), "quick": quick(today),
        "today": today, "heard": links.heard(), "view": view, "windows": _windows(links, today),
        "narrowed": narrowed(form),
        "told": [] if view else told.lines(g.actor),
        "lenses": [("", "", links.on("").page()), *((v.code, v.name, links.on(v.code).page()) for v in seen)],
    }  # fmt: skip


def _windows(links: Links, today: date) -> list[tuple[str, str]]:
    """The legal report windows of the report year in which we are, each with the address of its days."""
    begins = cut()
    found = windows_of(today.year, begins)
    if max(window.last for window in found) < today:
        found = windows_of(today.year + 1, begins)
    found.sort(key=lambda window: (window.last, -window.first.toordinal()))
    return [(window_name(window), links.page(Span(window.first, window.last))) for window in found]


def _is_understood(form: PeriodForm) -> bool:
    return bool(not form.errors and form.last.data and form.first.data)


def _usual() -> Any:
    blank = PeriodForm(None, on=clock.today())
    blank.fill(clock.today())
    return blank.question()


def asked_of(place: Place) -> tuple[PeriodForm, Asked | None]:
    """The question in the address; None where it cannot be understood, with the reasons in the form."""
    form = PeriodForm(request.args, on=clock.today())
    if not form.validate():
        return form, None
    form.fill(clock.today())
    return form, Asked(place, form.question(), clock.now(), g.actor, request.args.to_dict())


def asked_or_refused(place: Place) -> Asked:
    """The question of a download: without a page there is nowhere to say what is wrong with it (400)."""
    _form, asked = asked_of(place)
    if asked is None:
        abort(400)
    return asked


def narrowed(form: PeriodForm) -> list[str]:
    """The filters in words, as they were chosen."""
    found = []
    for name in ("kind", "category", "commune", "channel"):
        field: Any = form[name]
        if field.data:
            found += [str(choice.label) for choice in field.choices if choice.value == field.data]
    return found


def sent(body: bytes, asked: Asked, name: str, ending: str) -> Response:
    """A download, and its event: which figures of which days somebody took."""
    code, span = asked.place.unit.code, asked.question.span
    begin_write()
    record(Action.EXPORTED, None, g.actor, asked.now, about=f"statistics:{code}"[:64], view=name, file=ending,
           first=span.first.isoformat(), last=span.last.isoformat(), kind=asked.question.kind)  # fmt: skip
    db.session.commit()
    middle = f"{name}-{code}" if name else code
    file = f"gan-dan-{middle}-{span.first.isoformat()}-{span.last.isoformat()}.{ending}"
    kind = XLSX if ending == "xlsx" else "text/csv"
    return Response(body, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{file}"'})
