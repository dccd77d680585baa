"""The public's pages of sessions: what is coming, what came of it, a question ahead, a voice for a conference."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ... import clock
from ...accounts import attempts
from ...extensions import db
from ...guards import public
from ...refusals import Invalid, Missing, TooMany, WrongStep
from ...rules.dialogues.sessions import Stage, stage_of
from ...rules.workflow import RESIDENT_NOBODY
from ...units.calendar import law
from ...units.fields import say
from ...units.models import Unit
from ...units.queries import areas, setting, unit_by_code
from ..actions.calls import ask_for_conference, open_call, share
from ..actions.questions import put_question
from ..clocks import clocks_of
from ..forms.public_sessions import AskForm, VoiceForm
from ..models import Commitment, DialogueSession
from ..queries import sessions as queries
from . import bp
from .session_rows import call_line, look

QUESTIONS_AN_HOUR, VOICES_AN_HOUR = 30, 200
"""From one network: a village shares one."""


@bp.get("/dialogues")
@public
def sessions() -> Any:
    """The next sessions and the published results; ?commune= narrows both."""
    today = clock.today()
    places = areas(today)
    commune = next((unit for unit in places if unit.code == request.args.get("commune")), None)
    return render_template(
        "dialogues/sessions.html", coming=queries.public_coming(today, commune), places=places, commune=commune,
        results=queries.public_results(commune), waiting=queries.public_waiting(today, commune), look=look,
    )  # fmt: skip


@bp.route("/dialogues/<number>", methods=["GET", "POST"])
@public
def session(number: str) -> Any:
    """One session: when, where, what about; questions ahead; afterwards what was said, answered and promised."""
    found = queries.public_session(number)
    form: Any = AskForm()
    if request.method == "GET":
        return _page(found, form)
    if not form.validate_on_submit():
        return _page(found, form), 422
    try:
        _throttle("question", QUESTIONS_AN_HOUR)
        put_question(found, form.text.data, form.asker.data or "", "web", RESIDENT_NOBODY, clock.now())
        db.session.commit()
    except (Invalid, WrongStep, TooMany) as error:
        db.session.rollback()
        say(form, error if isinstance(error, Invalid) else Invalid(error.reason))
        return _page(queries.public_session(number), form), error.status
    flash(_("Đã ghi câu hỏi. Câu trả lời được công khai cùng kết quả đối thoại."), "ok")
    return redirect(url_for("dialogues.session", number=number), 303)


def _page(found: DialogueSession, form: Any) -> str:
    stage = stage_of(found)
    is_published = stage == Stage.PUBLISHED
    promised = db.session.scalars(
        select(Commitment).where(Commitment.session_id == found.id, Commitment.is_public.is_(True))
        .order_by(Commitment.id)
    ).all() if is_published else []  # fmt: skip
    return render_template(
        "dialogues/session.html", session=found, stage=stage, form=form, look=look(found), today=clock.today(),
        asked=[q for q in found.questions if q.public_text and q.answer] if is_published else [],
        clocks=clocks_of(found, law(), clock.today()), commitments=promised, can_ask=stage == Stage.ANNOUNCED,
    )  # fmt: skip


def _throttle(door: str, limit: int) -> None:
    """One more from this network within the hour, or TooMany: a machine, not a village."""
    attempts.count_and_check(door, attempts.network(request.remote_addr), clock.now(), limit, 3600)


@bp.get("/dialogues/<number>/calendar.ics")
@public
def session_calendar(number: str) -> Response:
    """The session for a telephone's calendar."""
    from ..calendar_file import session_calendar as written

    found = queries.public_session(number)
    base = str(current_app.config["BASE_URL"])
    answer = Response(written(found, base, clock.now()), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.number}.ics"'
    return answer


@bp.route("/dialogues/conferences/<code>", methods=["GET", "POST"])
@public
def conference(code: str) -> Any:
    """Voters of a commune ask for a conference: how many have, how many it takes, and a form for one voice."""
    unit = _commune(code)
    form: Any = VoiceForm()
    if request.method == "GET":
        return _calling(unit, form)
    if not form.validate_on_submit():
        return _calling(unit, form), 422
    try:
        _throttle("voice", VOICES_AN_HOUR)
        secret = str(current_app.config["SECRET_KEY"])
        ask_for_conference(unit, form.phone.data, form.about.data or "", secret, clock.now(), RESIDENT_NOBODY)
        db.session.commit()
    except (Invalid, TooMany) as error:
        db.session.rollback()
        say(form, error if isinstance(error, Invalid) else Invalid(error.reason))
        return _calling(_commune(code), form), error.status
    # The same words whether it was new or not: nobody learns here who has asked.
    flash(_("Đã ghi đề nghị. Mỗi số điện thoại được tính một lần."), "ok")
    return redirect(url_for("dialogues.conference", code=code), 303)


def _commune(code: str) -> Unit:
    """A commune or ward of today, where the law has voters ask; Missing for any other."""
    unit = unit_by_code(code)
    if unit is None or not unit.is_area or not unit.is_valid(clock.today()) or share(clock.today()) is None:
        raise Missing
    return unit


def _calling(unit: Unit, form: Any) -> str:
    call = open_call(unit)
    line = call_line(call) if call is not None else None
    known = line.voters if line else int(setting("voters", unit.id) or 0)
    planned = None
    with suppress(IndexError):
        planned = queries.public_coming(clock.today(), unit)[0]
    return render_template("dialogues/conference.html", unit=unit, line=line, voters=known, form=form, planned=planned,
                           share=round(100 * (share(clock.today()) or 0)))  # fmt: skip
