"""The registrar's desk: denunciations as the register keeps them, and who is named to handle each."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from ... import clock
from ...cases import actions, queries
from ...cases.actions.perform import must
from ...cases.due import clock_shown, due_card
from ...cases.models import Case
from ...cases.receipts import code_of, new_token
from ...extensions import begin_write, db
from ...guards import role
from ...petitions.papers import follow_url
from ...refusals import Invalid, Missing, Stale
from ...rules.workflow import N_, Action, Actor, Role, allowed_actions
from ...units.calendar import law
from ...words import word
from ..forms import VerbForm
from ..forms.sealed import SealedIntakeForm
from ..receipts import code_in, qr_of, remember
from ..rows import state_of
from ..sealed_verbs import IN_REGISTER, SEALED_VERBS
from ..verbs import VERBS
from . import READERS, bp


def open_verbs(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Links to what this official may do now with a denunciation beyond the verbs of every case."""
    return [
        {"url": url_for("desk.sealed_act", reference=case.reference, action=str(action)),
         "words": word(action, "verb"), "icon": SEALED_VERBS[action].icon, "stop": SEALED_VERBS[action].stop}
        for action in allowed_actions(actor, case) if action in SEALED_VERBS
    ]  # fmt: skip


def register_page(case: Case) -> str:
    """A denunciation as its registrar sees it: days, stage, clocks, who handles it; not what it says."""
    clocks = queries.deadlines_of(case)
    more = [
        {"url": url_for("desk.act", reference=case.reference, action=str(action)), "words": word(action, "verb"),
         "icon": VERBS[action].icon, "stop": VERBS[action].stop}
        for action in allowed_actions(g.actor, case)
        if action in VERBS and action not in SEALED_VERBS and action in IN_REGISTER
    ]  # fmt: skip
    return render_template(
        "desk/sealed/register.html", case=case, clocks=clocks, state=state_of(case),
        acts=open_verbs(case, g.actor) + more,
        due=due_card(case, clock_shown(case, clocks), law().calendar, clock.today()),
    )  # fmt: skip


def _load(reference: str) -> Case:
    case, _seen = queries.get_visible(reference, g.actor, clock.today())
    if not case.is_sealed:
        raise Missing
    return case


@bp.route("/desk/sealed/<reference>/<action>", methods=["GET", "POST"])
@role(*READERS, late=True)
def sealed_act(reference: str, action: str) -> Any:
    """One verb of the register: load, may, do, commit, show. The page shows nothing of what the denunciation says."""
    if action not in SEALED_VERBS:
        abort(404)
    verb, case = SEALED_VERBS[Action(action)], _load(reference)
    must(Action(action), case, g.actor, clock.now())
    form: Any = verb.form(action)
    form.prepare(case, clock.today())
    if request.method == "GET":
        form.begin(case, clock.today())
        form.version.data = case.version
        return _act_page(case, action, form)
    if not form.validate_on_submit():
        return _act_page(case, action, form), 422
    begin_write()
    try:
        verb.do(_load(reference), form, g.actor, clock.now())
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        form.refuse(error)
        return _act_page(_load(reference), action, form), 422
    except StaleDataError as error:
        raise Stale(N_("Người khác vừa sửa vụ việc này. Cả hai bản đều còn, chọn cách ghép.")) from error
    flash(_("Xong: %(verb)s.", verb=word(action, "verb")), "ok")
    return redirect(url_for("desk.case", reference=reference), 303)


def _act_page(case: Case, action: str, form: VerbForm) -> str:
    return render_template(
        "desk/sealed/act.html", case=case, action=action, verb=SEALED_VERBS[Action(action)], form=form
    )


@bp.route("/desk/sealed/new", methods=["GET", "POST"])
@role(Role.REGISTRAR, late=True)
def sealed_new() -> Any:
    """A denunciation came on paper or was put on record: entered and registered in one go."""
    form: Any = SealedIntakeForm().prepare(g.actor, clock.today())
    if request.method == "GET":
        form.token.data, form.signed_on.data = new_token(), clock.today()
        return render_template("desk/sealed/new.html", form=form)
    if not form.validate():
        return render_template("desk/sealed/new.html", form=form), 422
    begin_write()
    now, token = clock.now(), str(form.token.data)
    try:
        case = actions.submit(form.new_case(), g.actor, now, token=token, code=code_of(token, _secret()))
        if not case.is_registered:
            actions.register(case, form.signed_on.data, g.actor, now, paper_file=form.paper_file.data)
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        _refuse(form, error)
        return render_template("desk/sealed/new.html", form=form), 422
    remember(session, case.reference, token, now)
    return redirect(url_for("desk.sealed_receipt", reference=case.reference), 303)


def _refuse(form: Any, error: Invalid) -> None:
    if error.field in form:
        form[error.field].errors = [*form[error.field].errors, _(error.reason)]
    else:
        form.form_errors.append(_(error.reason))


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


@bp.get("/desk/sealed-receipts/<reference>")
@role(Role.REGISTRAR)
def sealed_receipt(reference: str) -> Any:
    """The code to hand over, in the browser that entered the paper, for a day."""
    case = _load(reference)
    code = code_in(session, case, _secret(), clock.now())
    if code is None:
        raise Missing
    url = follow_url(str(current_app.config["BASE_URL"]), code)
    return render_template("desk/sealed/receipt.html", case=case, code=code, qr=qr_of(url))
