"""One page for each verb: shown, done, or refused with the reason and with everything typed kept."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from ... import clock
from ...accounts.signature import signs
from ...attachments.sent import cleaned
from ...cases import queries
from ...cases.actions.perform import must
from ...cases.models import Case
from ...extensions import begin_write, db
from ...guards import role
from ...refusals import Invalid, Missing, NotAllowed, Stale, WrongStep
from ...rules.visibility import Sight
from ...rules.workflow import N_, Action, why_not
from ...words import word
from ..enclosures import keep
from ..forms import VerbForm
from ..meetings import is_on_session
from ..overtaken import last_said
from ..phrases import chosen, joined, offers
from ..sealed_verbs import IN_REGISTER, SEALED_VERBS
from ..similar import alike
from ..verbs import VERBS, Verb, form_for, said_in
from . import READERS, bp
from .looks import looked


@bp.route("/desk/cases/<reference>/<action>", methods=["GET", "POST"])
@role(*READERS, late=True)
def act(reference: str, action: str) -> Any:
    """Do one verb. The write turn is taken only after passwords are checked and files are cleaned."""
    if action not in VERBS:
        abort(404)
    verb = VERBS[Action(action)]
    case = _load(reference, Action(action))
    if case.is_sealed and action in SEALED_VERBS:
        return redirect(url_for("desk.sealed_act", reference=reference, action=action), 303)
    if request.method == "GET":
        _must_be_allowed(case, Action(action))
        if case.is_sealed:
            case, _seen = looked(case, action)
        return _page(case, Action(action), form_for(Action(action), case, clock.today()))
    with suppress(WrongStep):  # that answer comes later, with both texts
        _must_be_allowed(case, Action(action))
    form = verb.form(action)
    form.prepare(case, clock.today())
    if request.form.get("insert"):
        return _with_phrase(case, Action(action), form)
    if not form.validate_on_submit():
        return _page(case, Action(action), form), 422
    if action == Action.APPROVE and not _signs(case, form):
        return _page(case, Action(action), form), 422
    return _perform(reference, Action(action), verb, form)


def _load(reference: str, action: Action) -> Case:
    """The case, if it is in sight; who only sees what is past may do nothing more to it."""
    case, seen = queries.get_visible(reference, g.actor, clock.today())
    if seen == Sight.REGISTER and action not in IN_REGISTER:
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    if seen == Sight.PAST:
        raise NotAllowed(N_("Việc đã chuyển đơn vị khác, chỉ còn xem được đến lúc chuyển."))
    return case


def _must_be_allowed(case: Case, action: Action) -> None:
    """Turn away from a form that could only be refused."""
    must(action, case, g.actor, clock.now())
    if is_on_session(action, case):
        raise WrongStep(N_("Kết quả ghi ở trang của buổi đối thoại, cho mọi đề nghị của buổi đó."))


def _signs(case: Case, form: Any) -> bool:
    """The head's password is the signature of an answer."""
    _must_be_allowed(case, Action.APPROVE)
    return signs(form, _("Mật khẩu chưa đúng. Câu trả lời chưa gửi đi."))


def _perform(reference: str, action: Action, verb: Verb, form: Any) -> Any:
    """Load, may, do, commit, show."""
    now, files = clock.now(), cleaned(form)
    if files is None:
        return _page(_load(reference, action), action, form), 422
    begin_write()
    case = _load(reference, action)
    try:
        event = verb.do(case, form, g.actor, now)
        keep(files, case, event, g.actor, now)
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        form.refuse(error)
        return _page(_load(reference, action), action, form), 422
    except (Stale, StaleDataError, WrongStep) as error:
        db.session.rollback()
        return _two_texts(reference, action, form, error)
    flash(_("Xong: %(verb)s.", verb=word(action, "verb")), "ok")
    return redirect(_onward(reference), 303)


def _onward(reference: str) -> str:
    """Back to the case; to the queue when it has left this official's sight."""
    try:
        queries.get_visible(reference, g.actor, clock.today())
    except Missing:
        return url_for("desk.queue")
    return url_for("desk.case", reference=reference)


def _page(case: Case, action: Action, form: VerbForm) -> str:
    if form.version.data is None:
        form.version.data = case.version
    form.phrases = offers(case, action, g.actor)
    near = alike(case, g.actor) if action in COMPARES and not case.is_sealed else ()
    return render_template("desk/act.html", case=case, action=action, verb=VERBS[action], form=form, alike=near)


COMPARES = (Action.DRAFT, Action.PROPOSE, Action.REFUSE, Action.FORWARD, Action.MARK_DUPLICATE)
"""Verbs beside which cases alike are shown: has this come before, and how was it answered?"""


def _with_phrase(case: Case, action: Action, form: VerbForm) -> Any:
    """The same form with the phrase chosen behind what is typed (without JavaScript); nothing is done to the case."""
    name, typed = said_in(form)
    found = chosen(offers(case, action, g.actor), request.form.get("phrase"))
    if found is None or not name:
        form.form_errors.append(_("Chọn một mẫu câu trước khi chèn."))
        return _page(case, action, form), 422
    form[name].data = joined(typed, found.text)
    return _page(case, action, form)


def _two_texts(reference: str, action: Action, form: VerbForm, error: Exception) -> Any:
    """Somebody else was first: my text and what they did stand side by side, nothing is lost."""
    case, _seen = queries.get_visible(reference, g.actor, clock.today())
    name, mine = said_in(form)
    can_repeat = bool(mine) and why_not(g.actor, action, case) is None
    body = render_template(
        "errors/409.html", reason=_(getattr(error, "reason", "") or OVERTAKEN), mine=mine,
        theirs=_theirs(case, action), back=url_for("desk.case", reference=reference),
        resubmit=_again(case, action, form, name) if can_repeat else None,
    )  # fmt: skip
    return body, 409


OVERTAKEN = N_("Người khác vừa sửa vụ việc này. Cả hai bản đều còn, chọn cách ghép.")


def _theirs(case: Case, action: Action) -> str:
    """The draft as it stands, for the answer; else what was done last, in words."""
    if action in (Action.DRAFT, Action.PROPOSE) and case.draft_text:
        return case.draft_text
    return last_said(case, clock.today())


def _again(case: Case, action: Action, form: VerbForm, name: str) -> dict[str, Any]:
    """How my text is sent again, on top of the version that stands now."""
    left_out = {name, "version", "csrf_token", "files", "password"}
    kept = {f.short_name: f.data for f in form if f.short_name not in left_out and f.data not in (None, "", False)}
    return {
        "url": url_for("desk.act", reference=case.reference, action=str(action)), "name": name,
        "fields": {**kept, "version": case.version},
    }  # fmt: skip
