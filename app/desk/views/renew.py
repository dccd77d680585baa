"""A new receipt code for a resident who lost theirs and was identified by phone or at the counter."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from ... import clock
from ...cases import actions, queries
from ...cases.models import Case
from ...cases.receipts import code_of, hashed, new_token
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, NotAllowed
from ...rules.workflow import N_
from ..forms import RenewForm
from ..receipts import remember
from . import DESK, bp


@bp.route("/desk/cases/<reference>/renew-code", methods=["GET", "POST"])
@role(*DESK)
def renew_code(reference: str) -> Any:
    """Write down how the resident was identified, give a new code, print it once."""
    case, _seen = queries.get_visible(reference, g.actor, clock.today())
    if not actions.may_renew(case, g.actor):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    form: Any = RenewForm("renew")
    if request.method == "GET":
        form.token.data, form.version.data = new_token(), case.version
        return _page(case, form)
    if not form.validate():
        return _page(case, form), 422
    now, token = clock.now(), form.token.data
    code = code_of(token, str(current_app.config["SECRET_KEY"]))
    try:
        if case.code_hash == hashed(code):  # the same form again: a double click, or a lost answer
            return _show(reference, token)
        actions.renew_code(case, code, form.checked.data, form.statement.data, g.actor, now, form.version.data)
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        form.refuse(error)
        return _page(queries.get_visible(reference, g.actor, clock.today())[0], form), 422
    flash(_("Đã cấp mã mới. Mã cũ không mở được việc nữa."), "ok")
    return _show(reference, token)


def _show(reference: str, token: str) -> Any:
    remember(session, reference, token, clock.now())
    return redirect(url_for("desk.intake_receipt", reference=reference), 303)


def _page(case: Case, form: RenewForm) -> str:
    return render_template("desk/renew.html", case=case, form=form)
