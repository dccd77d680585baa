"""The counter: a walk-in, a caller or a paper letter becomes a case in two minutes, with a printed receipt."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ... import clock
from ...cases import actions
from ...cases.actions.arrive import already_sent
from ...cases.actions.sort import CHECKS
from ...cases.models import Case, Deadline
from ...cases.queries import sight_of, similar
from ...cases.receipts import code_of, new_token
from ...documents.render import receipt_pdf
from ...extensions import db
from ...guards import role
from ...petitions.papers import receipt_of
from ...refusals import Invalid, Missing, NotAllowed, Refusal, WrongStep
from ...rules.visibility import Sight, registers_sealed
from ...rules.workflow import Action, Kind, why_not
from ...units.calendar import law
from ...units.models import Unit
from ...units.queries import unit_by_code
from ..coming import coming
from ..forms import IntakeForm
from ..forms.intake import TAKEN_HERE
from ..queries import desk_units, history, same_phone
from ..receipts import code_in, receipt, remember
from ..rows import rows
from . import DESK, bp
from .looks import taken


@bp.route("/desk/intake", methods=["GET", "POST"])
@role(*DESK)
def intake() -> Any:
    """One page for everything that is said; the same form twice makes one case and one receipt."""
    form: Any = IntakeForm()
    form.prepare(clock.today())
    if request.method == "GET":
        _begin(form)
        return _page(form)
    if request.form.get("go") == "clock":
        return _page(form)
    if not form.validate():
        return _page(form), 422
    new, token = form.new_case("vi", _counter()), form.token.data
    try:
        known = already_sent(token, new)
        alike = [] if known or form.is_new.data else _alike(form)
        if alike:
            form.is_new.errors = [_("Xem các việc gần giống rồi đánh dấu nếu đây là việc khác.")]
            return _page(form, alike), 422
        case = known or _write(form, new, token)
        db.session.commit()
    except (Invalid, NotAllowed, WrongStep) as error:
        db.session.rollback()
        _refuse(form, error)
        return _page(form), 422
    remember(session, case.reference, token, clock.now())
    return redirect(url_for("desk.intake_receipt", reference=case.reference), 303)


def _begin(form: IntakeForm) -> None:
    """A fresh form, at the place of the counter."""
    form.token.data = new_token()
    here = _counter()
    if here is not None and here.is_area:
        form.commune.data = here.code


def _counter() -> Unit | None:
    """The unit whose counter this is: that of the first post at a desk."""
    units = desk_units(g.actor)
    return db.session.get(Unit, units[0]) if units else None


def _write(form: IntakeForm, new: actions.NewCase, token: str) -> Case:
    """Submit, and register the signed original of a complaint where the case stays at this desk."""
    now = clock.now()
    code = code_of(token, str(current_app.config["SECRET_KEY"]))
    case = actions.submit(new, g.actor, now, token=token, code=code, at=_counter())
    if form.signed_on.data and why_not(g.actor, Action.REGISTER, case) is None:
        actions.register(case, form.signed_on.data, g.actor, now)
    elif form.signed_on.data and case.kind == "complaint":
        flash(_("Chuyển bản gốc có chữ ký đến đơn vị xử lý để vào sổ."), "soon")
    if form.was_checked and why_not(g.actor, Action.CLASSIFY, case) is None:
        actions.classify(case, form.checks, form.remark.data or "", g.actor, now)
    if form.competence.data == "outside":
        flash(_("Việc tiếp theo: mở vụ việc, soạn phiếu hướng dẫn đến cơ quan có thẩm quyền."), "soon")
    return case


def _alike(form: Any) -> list[Case]:
    """Cases of the same place with a like title, or of the same telephone: shown before one more is written."""
    place = unit_by_code(form.commune.data or "")
    today = clock.today()
    near = similar(g.actor, form.title.data, place.id if place else None)
    return list({c.id: c for c in (*near, *same_phone(g.actor, form.phone.data or "", today))}.values())


FIELD_OF = {"category_code": "category", "text": "body"}


def _refuse(form: IntakeForm, error: Refusal) -> None:
    """The reason beside its field; that a second complaint cannot be made now, beside the first one's number."""
    field = error.field if isinstance(error, Invalid) else "appeal_of" if form.appeal_of.data else ""
    name = FIELD_OF.get(field, field)
    if name in form:
        form[name].errors = [*form[name].errors, _(error.reason)]
    else:
        form.form_errors.append(_(error.reason))


def _page(form: IntakeForm, alike: list[Case] | None = None) -> str:
    """The form, with the clock it will start; nothing of it is saved."""
    found = rows(alike, g.actor, clock.today(), {}) if alike else []
    ahead = None
    if form.kind.data in TAKEN_HERE and form.category.data:
        here = _counter()
        ahead = coming(form.new_case("vi", here), here, form.signed_on.data, g.actor, clock.now())
    return render_template(
        "desk/intake.html", form=form, alike=found, coming=ahead, common=CHECKS[Kind.FEEDBACK],
        further=[name for name in CHECKS[Kind.COMPLAINT] if name not in CHECKS[Kind.FEEDBACK]],
        keeps_register=registers_sealed(g.actor),
    )  # fmt: skip


@bp.get("/desk/intake/<reference>/receipt")
@role(*DESK)
def intake_receipt(reference: str) -> Any:
    """The receipt to print; the code is shown in the browser that wrote it, for a day."""
    case, clocks, code = _own(reference)
    made = receipt(case, clocks, code, str(current_app.config["BASE_URL"]), law(), clock.today())
    can_open = sight_of(case, g.actor) != Sight.NOTHING
    return render_template("desk/receipt.html", r=made, case=case, can_open=can_open)


@bp.get("/desk/intake/<reference>/receipt.pdf")
@role(*DESK)
def intake_receipt_pdf(reference: str) -> Any:
    """The same receipt as a PDF."""
    case, clocks, code = _own(reference)
    taken(case, "receipt")
    sheet = receipt_of(case, clocks, law(), code, str(current_app.config["BASE_URL"]))
    answer = Response(receipt_pdf(sheet), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"attachment; filename={case.reference}.pdf"
    return answer


def _own(reference: str) -> tuple[Case, list[Deadline], str]:
    """The case, its clocks and its code, in the browser that wrote it; for everybody else there is no such page."""
    case = db.session.scalar(select(Case).where(Case.reference == reference))
    code = code_in(session, case, str(current_app.config["SECRET_KEY"]), clock.now()) if case else None
    if case is None or code is None:
        raise Missing
    _custodies, clocks, _files = history(case.id)
    return case, clocks, code
