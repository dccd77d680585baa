"""A new session: from the list, because voters asked, or from a complaint. And its papers as PDF."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import clock
from ...attachments.storage import default_storage
from ...cases.models import Case
from ...cases.queries import get_visible
from ...documents.house import HouseSheet, draft_house, print_house
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing, NotAllowed, WrongStep
from ...rules.dialogues.sessions import INVITED
from ...rules.visibility import WORKERS, Sight, units_of
from ...rules.workflow import N_, Action, why_not
from ...units.fields import say
from ...units.models import Unit
from ...units.queries import by_ids
from ..actions.sessions import NewSession, plan_session
from ..forms.sessions import PlanForm
from ..minutes_sheet import invitation_sheet, minutes_sheet, notice_sheet
from ..models import DialogueSession
from ..queries import sessions as queries
from . import bp
from .taken import taken

PLANNERS = WORKERS


@bp.route("/desk/sessions/new", methods=["GET", "POST"])
@role(*PLANNERS)
def new_session() -> Any:
    """Plan a session; ?case= within the settlement of that complaint, ?on-request=1 because voters asked."""
    case, units = _complaint(), _units()
    if case is not None:
        units = [case.unit]
    form: Any = PlanForm()
    form.offer(units, case is not None)
    if request.method == "GET":
        _begin(form, case)
        return _page(form, case)
    if not form.validate_on_submit():
        return _page(form, case), 422
    try:
        session = _plan(form, next(unit for unit in units if unit.code == form.unit.data), case)
        db.session.commit()
    except (Invalid, WrongStep) as error:
        db.session.rollback()
        say(form, error if isinstance(error, Invalid) else Invalid(error.reason))
        return _page(form, case), error.status
    flash(_("Đã lên lịch buổi đối thoại %(number)s.", number=session.number), "ok")
    return redirect(url_for("dialogues.desk_session", number=session.number), 303)


def _units() -> list[Unit]:
    ids = units_of(g.actor, PLANNERS)
    found = by_ids(ids)
    return [found[number] for number in ids]


def _complaint() -> Case | None:
    """The complaint within which it is to be held, for whoever may write a dialogue down in it."""
    reference = request.args.get("case")
    if not reference:
        return None
    case, seen = get_visible(reference, g.actor, clock.today())
    if seen != Sight.FULL or case.kind != "complaint":
        raise Missing
    refused = why_not(g.actor, Action.HOLD_DIALOGUE, case)
    if refused:
        raise WrongStep(refused)
    return case


def _begin(form: Any, case: Case | None) -> None:
    if case is not None:
        form.title.data = _("Đối thoại giải quyết khiếu nại %(reference)s", reference=case.reference)
    elif request.args.get("on-request"):
        form.on_request.data = True


def _plan(form: Any, unit: Unit, case: Case | None) -> DialogueSession:
    """The session; the same form sent twice plans one."""
    at, kind = form.meeting(), "complaint" if case else form.kind.data
    new = NewSession(
        kind=kind, title=form.title.data, on=at.on, starts=at.starts, ends=at.ends, agenda=form.agenda.data or "",
        area="" if case else form.area.data or "", mode=at.mode, place=at.place, link=at.link,
        chair=form.chair.data or "", on_request=bool(not case and form.on_request.data and kind == "conference"),
        is_public=bool(not case and form.is_public.data), case=case,
    )  # fmt: skip
    known = queries.same_plan(unit, kind, new.title.strip(), new.on, new.starts, g.actor.official_id,
                              case.id if case else None)  # fmt: skip
    return known or plan_session(new, unit, g.actor, clock.now())


def _page(form: Any, case: Case | None) -> str:
    return render_template("dialogues/new_session.html", form=form, case=case,
                           action_url=request.full_path.rstrip("?"))  # fmt: skip


PAPERS = {"minutes": _l("Biên bản"), "notice": _l("Thông báo"), "invitation": _l("Giấy mời")}


@bp.get("/desk/sessions/<number>/papers/<any(minutes, notice, invitation):which>.pdf")
@role(*queries.ROOM)
def session_paper(number: str, which: str) -> Response:
    """The minutes as signed, or as a draft; the notice and the invitation to print, number and sign by hand."""
    session, seen = queries.seen_by(number, g.actor)
    if seen != Sight.FULL:
        raise NotAllowed(N_("Văn bản ghi tên người đề nghị. Vai trò hiện có đọc nội dung trên trang này."))
    taken(session.about, session.unit_id, which)
    answer = Response(_pdf(session, which), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{session.number}-{which}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pdf(session: DialogueSession, which: str) -> bytes:
    now = clock.now()
    if which != "minutes":
        sheet: HouseSheet = notice_sheet(session) if which == "notice" else invitation_sheet(
            session, [one for one in session.attendees if one.role in INVITED])  # fmt: skip
        return print_house(sheet, session.unit, g.actor, now)
    if session.document is not None:
        return default_storage().path(session.document.storage_key).read_bytes()
    return draft_house(minutes_sheet(session), session.unit, g.actor, now)
