"""The counter's page of a call for a conference: how far it is, and signed paper lists entered by a clerk."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ... import clock
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing, NotAllowed
from ...rules.dialogues import may_at, sight_at
from ...rules.visibility import Sight
from ...rules.workflow import N_, Action
from ...units.fields import say
from ...units.models import Unit
from ...units.queries import setting, unit_by_code
from ..actions.calls import enter_list, open_call, share
from ..forms.public_sessions import ListForm
from ..models import Voice
from ..queries import sessions as queries
from . import bp
from .session_rows import call_line


@bp.route("/desk/conferences/<code>", methods=["GET", "POST"])
@role(*queries.ROOM)
def desk_conference(code: str) -> Any:
    """The call of one commune; lists are entered by its own office."""
    unit = _commune(code)
    form: Any = ListForm()
    if request.method == "GET":
        return _page(unit, form)
    if not _may(unit):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    if not form.validate_on_submit():
        return _page(unit, form), 422
    try:
        call = enter_list(unit, form.number.data, form.count.data, form.where.data, g.actor, clock.now())
        counted = call.counted
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        say(form, error)
        return _page(_commune(code), form), 422
    flash(_("Đã nhập danh sách. Đến nay có %(n)s cử tri đề nghị.", n=counted), "ok")
    return redirect(url_for("dialogues.desk_conference", code=code), 303)


def _commune(code: str) -> Unit:
    unit = unit_by_code(code)
    if unit is None or not unit.is_area or share(clock.today()) is None:
        raise Missing
    if sight_at(g.actor, unit.id, unit.path) == Sight.NOTHING:
        raise Missing
    return unit


def _may(unit: Unit) -> bool:
    return may_at(g.actor, Action.CALL_CONFERENCE, unit.id, unit.path)


def _page(unit: Unit, form: Any) -> str:
    call = open_call(unit)
    wanted: list[Voice] = []
    if call is not None:
        wanted = list(db.session.scalars(select(Voice).where(Voice.subject == call.about).order_by(Voice.id.desc())))
    return render_template(
        "dialogues/desk_conference.html", unit=unit, line=call_line(call) if call else None, form=form,
        may_enter=_may(unit), lists=[one for one in wanted if one.entered_by_id],
        topics=[one.note for one in wanted if not one.entered_by_id and one.note][:50],
        voters=int(setting("voters", unit.id) or 0), share=round(100 * (share(clock.today()) or 0)),
    )  # fmt: skip
