"""What the resident decides: one tap for a level, reasons after it, not solved, taken back."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...cases import actions
from ...dialogues.actions.moving_session import let_nobody_wait
from ...extensions import db
from ...guards import resident
from ...refusals import WrongStep
from ...rules.workflow import Action, why_not
from ..followed import needs_signed_withdrawal
from ..forms import RateForm, ReopenForm, WithdrawForm
from . import bp
from .follow import show
from .sealed import open_case


@bp.post("/follow/case/rate")
@resident
def rate() -> Any:
    """One tap is a whole judgement; the reasons may follow and replace it."""
    case, form = open_case(), RateForm()
    if not form.validate():
        return show(case, 422, rate=form)
    actions.rate(
        case, request.form.get("level", 0, type=int), g.actor, clock.now(), reasons=form.reasons.data or [],
        text=form.text.data or "",
    )  # fmt: skip
    db.session.commit()
    return redirect(url_for("petitions.follow", _anchor="rate"), 303)


@bp.post("/follow/case/reopen")
@resident
def reopen() -> Any:
    """Not solved: the unit has to look again, with a new due date."""
    case, form = open_case(), ReopenForm()
    if not form.validate():
        return show(case, 422, reopen=form)
    actions.reopen(case, str(form.reason.data), g.actor, clock.now())
    db.session.commit()
    flash(_("Đã mở lại. Đơn vị phải trả lời lần nữa, hạn mới ghi ở dưới."), "ok")
    return redirect(url_for("petitions.follow"), 303)


@bp.route("/follow/case/withdraw", methods=["GET", "POST"])
@resident
def withdraw() -> Any:
    """Take the petition back, after being asked once more; a registered complaint only on a signed paper, told here."""
    case, form = open_case(), WithdrawForm()
    refused, by_paper = why_not(g.actor, Action.WITHDRAW, case), needs_signed_withdrawal(case)
    if by_paper and request.method == "GET":
        return render_template("petitions/withdraw.html", case=case, form=None)
    if refused:
        raise WrongStep(refused)
    if request.method == "GET":
        return render_template("petitions/withdraw.html", case=case, form=form)
    if not form.validate():
        return render_template("petitions/withdraw.html", case=case, form=form), 422
    now = clock.now()
    actions.withdraw(case, form.reason.data or "", g.actor, now)
    let_nobody_wait(case, now)
    db.session.commit()
    flash(_("Đã rút đơn. Việc này kết thúc ở đây."), "ok")
    return redirect(url_for("petitions.follow"), 303)
