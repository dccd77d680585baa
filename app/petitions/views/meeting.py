"""What the resident does about a dialogue that was asked for: take one of the times, insist, put it in the calendar."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...cases import actions
from ...dialogues.actions import requests
from ...dialogues.calendar_file import session_calendar
from ...dialogues.queries.requests import session_of
from ...extensions import db
from ...guards import resident
from ...refusals import Invalid, Missing
from ...rules.workflow import Status
from ..forms import ChooseForm, InsistForm
from . import bp
from .follow import show
from .sealed import open_case


@bp.post("/follow/case/choose-time")
@resident
def choose_time() -> Any:
    """One tap takes one of the times proposed; an hour that has passed meanwhile is said beside them."""
    case, form = open_case(), ChooseForm()
    if not form.validate():
        return show(case, 422, choose=form)
    try:
        requests.choose_time(case, request.form.get("offer", -1, type=int), g.actor, clock.now())
    except Invalid as refused:
        db.session.rollback()
        form.offer.errors = [_(refused.reason)]
        return show(open_case(), 422, choose=form)
    db.session.commit()
    flash(_("Đã chọn giờ. Giờ gặp ghi ở dưới."), "ok")
    return redirect(url_for("petitions.follow"), 303)


@bp.post("/follow/case/insist")
@resident
def insist() -> Any:
    """Not satisfied with a written answer: once more, with a new due date."""
    case, form = open_case(), InsistForm()
    if not form.validate():
        return show(case, 422, insist=form)
    actions.insist(case, str(form.reason.data), g.actor, clock.now())
    db.session.commit()
    flash(_("Đã gửi đề nghị gặp lần nữa. Hạn mới ghi ở dưới."), "ok")
    return redirect(url_for("petitions.follow"), 303)


@bp.get("/follow/case/meeting.ics")
@resident
def meeting_calendar() -> Any:
    """The time agreed as a calendar file."""
    case = open_case()
    session = session_of(case)
    if session is None or session.called_off_at is not None or case.status != Status.SCHEDULED:
        raise Missing
    disposition = f'attachment; filename="doi-thoai-{case.reference}.ics"'
    sheet = session_calendar(session, str(current_app.config["BASE_URL"]), clock.now())
    return Response(sheet, mimetype="text/calendar", headers={"Content-Disposition": disposition})
