"""A promise is made: the form beside an answer, a visit or a session, and what templates of those pages may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.routing import BuildError

from ... import clock
from ...accounts.queries import holders
from ...cases import queries as cases
from ...cases.models import Case
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing, NotAllowed
from ...rules.dialogues import may_at
from ...rules.visibility import Sight
from ...rules.workflow import N_, Action, Role
from ...units.fields import say
from ..actions.commitments import ANSWERED, KEEPERS, Source, is_ready, promise
from ..forms.commitments import ObjectForm, PromiseForm
from ..models import Booking, Commitment, DialogueSession
from ..queries import commitments as queries
from ..queries.visible import sight_of_session, sight_of_visit
from ..shown import Standing, standing
from . import bp


@dataclass(frozen=True)
class Line:
    """One commitment as a list beside its source shows it."""

    row: Commitment
    how: Standing
    url: str


@dataclass(frozen=True)
class Promises:
    """What was promised in one answer, visit or session, and where this reader adds to it (empty: may not now)."""

    lines: list[Line]
    url: str


def _kind(source: Source) -> tuple[str, str]:
    """How the address of the form names the source."""
    if isinstance(source, Booking):
        return "booking", source.reference
    return ("session", source.number) if isinstance(source, DialogueSession) else ("case", source.reference)


@bp.app_template_global("promises_of")
def promises_of(source: Source) -> Promises:
    """For the pages of officials who see the source (templates/dialogues/_promises.html)."""
    may = may_at(g.actor, Action.PROMISE, source.unit_id, source.unit.path) and is_ready(source)
    today, (kind, name) = clock.today(), _kind(source)
    lines = [Line(row, standing(row, today), url_for("dialogues.commitment", number=row.number))
             for row in queries.made_in(source) if queries.sight_of(row, g.actor) != Sight.NOTHING]  # fmt: skip
    return Promises(lines, url_for("dialogues.make_promise", source=kind, name=name) if may else "")


def _prepared(form: PromiseForm, source: Source) -> PromiseForm:
    return form.prepare(source.unit, clock.today(), may_be_public=not isinstance(source, Booking))


@bp.route("/desk/promises/<source>/<name>", methods=["GET", "POST"])
@role(Role.CLERK, Role.OFFICER, Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR)
def make_promise(source: str, name: str) -> Any:
    """The form on a page of its own, and where every such form is sent."""
    found = _load(source, name)
    if not may_at(g.actor, Action.PROMISE, found.unit_id, found.unit.path):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    form = _prepared(PromiseForm("promise"), found)
    if request.method == "GET":
        return _page(found, form)
    if not form.validate():
        return _page(found, form), 422
    people = holders(found.unit_id, KEEPERS, clock.today())
    try:
        made = promise(form.new(people), found, g.actor, clock.now(), token=form.token.data or "")
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        say(form, error)
        return _page(_load(source, name), form), 422
    flash(_("Đã ghi cam kết %(number)s.", number=made.number), "ok")
    return redirect(url_for("dialogues.commitment", number=made.number), 303)


def _page(source: Source, form: PromiseForm) -> str:
    kind, name = _kind(source)
    back = _back(source)
    is_draft = isinstance(source, Case) and is_ready(source) and source.status not in ANSWERED
    return render_template("dialogues/promise.html", form=form, back=back, name=name, is_draft=is_draft,
                           url=url_for("dialogues.make_promise", source=kind, name=name))  # fmt: skip


def _back(source: Source) -> str:
    """The page the form stands beside."""
    try:
        if isinstance(source, Booking):
            return url_for("dialogues.visit", reference=source.reference)
        if isinstance(source, DialogueSession):
            return url_for("dialogues.desk_session", number=source.number)
    except BuildError:
        return url_for("dialogues.commitments")
    return url_for("desk.case", reference=source.reference)


def _sight(source: Booking | DialogueSession) -> Sight:
    """How much of a visit or a session this official sees."""
    return sight_of_visit(source, g.actor) if isinstance(source, Booking) else sight_of_session(source, g.actor)


def _load(kind: str, name: str) -> Source:
    """The answer, visit or session, if this official sees it; Missing otherwise."""
    if kind == "case":
        case, seen = cases.get_visible(name, g.actor, clock.today())
        if seen not in (Sight.FULL, Sight.MASKED):
            raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
        return case
    tables: dict[str, Any] = {
        "booking": select(Booking).where(Booking.reference == name),
        "session": select(DialogueSession).where(DialogueSession.number == name),
    }
    found: Booking | DialogueSession | None = db.session.scalar(tables[kind]) if kind in tables else None
    if found is None or _sight(found) == Sight.NOTHING:
        raise Missing
    return found


@bp.app_template_global("promised_to_me")
def promised_to_me() -> list[tuple[Commitment, Standing, ObjectForm | None, str]]:
    """For the pages of residents: what was promised to them, how it stands, and the form that says "not done"."""
    from .promises import objecting

    return objecting(queries.promised_to(g.actor))
