"""A visit to a reception day becomes a case with one click, and its receipt is printed at once."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, redirect, render_template, request, session, url_for

from ... import clock
from ...cases.receipts import code_of, new_token
from ...dialogues.actions.made_case import make_case as make
from ...dialogues.actions.perform import must_at
from ...dialogues.models import Booking
from ...dialogues.queries.days import get_visit
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing
from ...rules.workflow import Action
from ..forms.receptions import FromVisitForm
from ..receipts import remember
from . import DESK, bp

FIELD_OF = {"category_code": "category"}


@bp.route("/desk/reception/bookings/<reference>/case", methods=["GET", "POST"])
@role(*DESK)
def make_case(reference: str) -> Any:
    """What was said becomes a case of the unit, with the reception's facts; the same form twice makes one case."""
    row, _seen = get_visit(reference, g.actor)
    must_at(Action.HEAR, row.day.unit, g.actor)
    if row.is_sealed or row.state != "done":
        raise Missing
    form: Any = FromVisitForm()
    form.offer(clock.today())
    if request.method == "GET":
        form.start(row)
        form.token.data = new_token()
        return _page(form, row)
    if not form.validate():
        return _page(form, row), 422
    now, token = clock.now(), form.token.data
    try:
        code = code_of(token, str(current_app.config["SECRET_KEY"]))
        case = make(row, form.new_case(), g.actor, now, token=token, code=code, version=form.version.data)
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        form.refuse(Invalid(error.reason, FIELD_OF.get(error.field, error.field)))
        return _page(form, row), 422
    remember(session, case.reference, token, now)
    return redirect(url_for("desk.intake_receipt", reference=case.reference), 303)


def _page(form: FromVisitForm, row: Booking) -> str:
    return render_template("desk/from_visit.html", form=form, row=row)
