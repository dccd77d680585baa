"""What heads answer for: requests of residents about their own data, files held back, and what is erased for good."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ... import clock
from ...cases import queries
from ...extensions import db
from ...guards import role
from ...keeping import endings, requests, terms, visits
from ...keeping import queries as kept
from ...refusals import Invalid, NotAllowed, WrongStep
from ...rules.retention import TERMS
from ...rules.workflow import N_, Role
from ..forms.keeping import DecideForm, HoldForm
from . import bp


@bp.get("/desk/data-requests")
@role(Role.HEAD)
def data_requests() -> Any:
    """Requests of residents of this head's units: those waiting first, late ones marked."""
    page = max(1, request.args.get("page", 1, type=int))
    rows, has_next = kept.requests(g.actor, page)
    return render_template("desk/data_requests.html", rows=rows, page=page, has_next=has_next, today=clock.today(),
                           may_approve=endings.may_approve(g.actor))  # fmt: skip


@bp.route("/desk/data-requests/<int:number>", methods=["GET", "POST"])
@role(Role.HEAD)
def data_request(number: int) -> Any:
    """One request, and the decision on it: carried out, given more time, or refused with the reason."""
    asked = kept.request_for(g.actor, number)
    form = DecideForm() if request.method == "POST" else DecideForm(formdata=None)
    if more := requests.extension_of(asked, clock.today()):
        form.offer_more_time(more.length)
    if request.method == "GET" or not form.validate():
        return _asked(asked, form), 200 if request.method == "GET" else 422
    decide = {"grant": requests.grant, "extend": requests.extend}.get(form.decision.data, requests.refuse)
    try:
        decide(asked, form.reason.data or "", g.actor, clock.now())
        db.session.commit()
    except (Invalid, WrongStep) as refused:
        db.session.rollback()
        form.reason.errors = [_(refused.reason)]
        return _asked(kept.request_for(g.actor, number), form), 422
    flash(_("Đã ghi quyết định."), "ok")
    return redirect(url_for("desk.data_requests"), 303)


def _asked(asked: Any, form: DecideForm) -> str:
    return render_template("desk/data_request.html", asked=asked, case=asked.case, form=form, today=clock.today())


@bp.get("/desk/retention")
@role(Role.HEAD)
def retention() -> Any:
    """What is past its term of keeping, for the head of the top unit to approve; the terms and where they come from."""
    _must_approve()
    page = max(1, request.args.get("page", 1, type=int))
    rows, has_next = kept.proposals(page)
    came, more_came = kept.visits(page)
    return render_template("desk/retention.html", rows=rows, visits=came, page=page, has_next=has_next or more_came,
                           terms=TERMS.values(), years=endings.years())  # fmt: skip


@bp.post("/desk/retention/approve")
@role(Role.HEAD)
def approve_erasure() -> Any:
    """The ticked ones may be erased; the worker does it."""
    _must_approve()
    count = terms.approve(request.form.getlist("case", type=int), g.actor, clock.now())
    count += visits.approve(request.form.getlist("visit", type=int), g.actor, clock.now())
    db.session.commit()
    if count:
        flash(ngettext("Đã duyệt xóa %(num)s hồ sơ.", "Đã duyệt xóa %(num)s hồ sơ.", count), "ok")
    else:
        flash(_("Chưa duyệt hồ sơ nào. Đánh dấu các hồ sơ trong danh sách trước."), "error")
    return redirect(url_for("desk.retention"), 303)


def _must_approve() -> None:
    if not endings.may_approve(g.actor):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))


@bp.route("/desk/cases/<reference>/hold", methods=["GET", "POST"])
@role(Role.HEAD, Role.INSPECTOR)
def hold(reference: str) -> Any:
    """Hold a file back from erasure, or let it go again, each with its reason."""
    case, _seen = queries.get_visible(reference, g.actor, clock.today())
    if not terms.may_hold(case, g.actor):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    form = HoldForm() if request.method == "POST" else HoldForm(formdata=None)
    if request.method == "GET" or not form.validate():
        page = render_template("desk/hold.html", case=case, form=form)
        return page, 200 if request.method == "GET" else 422
    (terms.lift if case.hold_reason else terms.hold)(case, str(form.reason.data), g.actor, clock.now())
    db.session.commit()
    return redirect(url_for("desk.case", reference=reference), 303)
