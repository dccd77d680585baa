"""The office's pages of sessions: the list by what is to be done, a new session, one session with all its verbs."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from ... import clock
from ...accounts.signature import signs
from ...attachments.hand_out import hand_out_file
from ...attachments.queries import listing, of_subject
from ...attachments.sent import cleaned
from ...attachments.storage import default_storage
from ...extensions import begin_write, db
from ...guards import role
from ...refusals import Invalid, Missing, NotAllowed, Refusal, Stale, TooMany, WrongStep
from ...rules.dialogues.sessions import stage_of
from ...rules.visibility import WORKERS, Sight, holds
from ...rules.workflow import N_
from ...units.calendar import law
from ...words import show_date
from ..actions.stages import waiting
from ..clocks import clocks_of, next_clock
from ..models import DialogueSession
from ..queries import sessions as queries
from . import bp
from .news import read_news
from .session_rows import call_lines, look, session_rows
from .session_verbs import ABOUT_ONE, VERBS, allowed, form_for, why_not
from .taken import taken


@bp.get("/desk/sessions")
@role(*queries.ROOM)
def desk_sessions() -> Any:
    """What is coming, to write up, to approve, to publish, and past; and where voters are owed a conference."""
    today = clock.today()
    groups = {group: session_rows(rows, law(), today) for group, rows in queries.desk_list(g.actor).items()}
    calls = call_lines(queries.calls_at(g.actor))
    return render_template("dialogues/desk_sessions.html", groups=groups, calls=calls, can_plan=can_plan())


def can_plan() -> bool:
    """Whether this official plans sessions anywhere."""
    return holds(g.actor, *WORKERS)


@bp.get("/desk/sessions/<number>")
@role(*queries.ROOM)
def desk_session(number: str) -> Any:
    """One session: programme, people, questions, requests, minutes, publication, commitments."""
    session, seen = queries.seen_by(number, g.actor)
    read_news(session.about)
    today, rules = clock.today(), law()
    clocks, may = clocks_of(session, rules, today), allowed(session, g.actor, today)
    files = [listing(file, url_for("dialogues.session_file", number=number, public_id=file.public_id))
             for file in of_subject(session.about)] if seen == Sight.FULL else []  # fmt: skip
    return render_template(
        "dialogues/desk_session.html", session=session, stage=stage_of(session), look=look(session), clocks=clocks,
        running=next_clock(clocks), verbs=VERBS, may=may, listed=[slug for slug in may if slug not in ABOUT_ONE],
        is_masked=seen != Sight.FULL, files=files, requests=queries.requests_of(session), today=today,
        refused=[(VERBS[slug].label, why) for slug in VERBS
                 if slug not in ABOUT_ONE and (why := why_not(slug, session, g.actor, today))],
    )  # fmt: skip


@bp.route("/desk/sessions/<number>/<verb>", methods=["GET", "POST"])
@role(*queries.ROOM, late=True)
def session_act(number: str, verb: str) -> Any:
    """Do one verb. The write turn is taken only after a password is checked and files are cleaned."""
    session = _to_change(number, verb)
    form = form_for(verb, session)
    if request.method == "GET":
        if verb == "announce":
            form.on.data = clock.today()
        return _page(session, verb, form)
    if not form.validate_on_submit() or not _signed(verb, form) or (files := cleaned(form)) is None:
        return _page(session, verb, form), 422
    form.cleaned = files
    begin_write()
    session = _to_change(number, verb)
    try:
        VERBS[verb].do(session, form, g.actor, clock.now())
        db.session.commit()
    except (Invalid, Stale, StaleDataError, WrongStep, TooMany) as error:
        db.session.rollback()
        return _refused(_seen(number), verb, form, error)
    flash(_("Xong: %(verb)s.", verb=VERBS[verb].label), "ok")
    return redirect(url_for("dialogues.desk_session", number=number), 303)


def _seen(number: str) -> DialogueSession:
    session, seen = queries.seen_by(number, g.actor)
    if seen != Sight.FULL:
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    return session


def _to_change(number: str, verb: str) -> DialogueSession:
    """The session, for whoever may do this to it now."""
    session = _seen(number)
    if verb not in VERBS:
        raise Missing
    reason = why_not(verb, session, g.actor, clock.today())
    if reason == "":
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    if reason:
        raise WrongStep(reason)
    return session


def _signed(verb: str, form: Any) -> bool:
    """The head's password is the signature of the minutes."""
    return verb != "approve" or signs(form, _("Mật khẩu chưa đúng. Biên bản chưa ký."))


OVERTAKEN = N_("Người khác vừa sửa phần này. Nội dung đã gõ còn nguyên: xem lại rồi gửi lần nữa.")


def _refused(session: DialogueSession, verb: str, form: Any, error: Exception) -> Any:
    """Why nothing was done, with everything typed. After somebody else's change the form is good for another try."""
    if isinstance(error, Invalid):
        form.refuse(error)
        return _page(session, verb, form), 422
    if isinstance(error, Stale | StaleDataError):
        form.version.data = session.version
        form.form_errors.append(_(OVERTAKEN))
        return _page(session, verb, form), 409
    form.form_errors.append(_(error.reason) if isinstance(error, Refusal) else str(error))
    return _page(session, verb, form), error.status if isinstance(error, Refusal) else 422


def _page(session: DialogueSession, verb: str, form: Any) -> str:
    asked = waiting(session) if verb == "hold" else []
    form.lead = form.lead or _late(session, verb)
    own = {case.id: request.form.get(f"text_{case.id}", "") for case in asked}
    return render_template("dialogues/session_act.html", session=session, slug=verb, verb=VERBS[verb], form=form,
                           asked=asked, own=own, action_url=request.full_path.rstrip("?"))  # fmt: skip


def _late(session: DialogueSession, verb: str) -> str:
    """Said before it is done late: it is still done, and counted as late (Law 72/2025/QH15 art. 43)."""
    due_on = {"announce": session.announce_due_on, "publish": session.publish_due_on}.get(verb)
    if due_on is None or due_on >= clock.today():
        return ""
    return _("Hạn là %(day)s, đã qua. Vẫn làm được, và được tính là trễ.", day=show_date(due_on, "long"))


@bp.get("/desk/sessions/<number>/files/<public_id>")
@role(*queries.ROOM)
def session_file(number: str, public_id: str) -> Response:
    """A file of the minutes: for the office, never for the public."""
    session = _seen(number)
    file = next((file for file in of_subject(session.about) if file.public_id == public_id), None)
    if file is None:
        raise Missing
    taken(session.about, session.unit_id, f"file {public_id}")
    return hand_out_file(default_storage(), file)
