"""The resident's case: what happened, what is asked, and the box to answer in."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ... import clock
from ...attachments import actions as attachments
from ...attachments import queries as files
from ...attachments.hand_out import hand_out, hand_out_file
from ...attachments.storage import default_storage
from ...cases import actions
from ...cases.models import Case
from ...cases.queries import get_own
from ...documents.queries import document_for
from ...extensions import begin_write, db
from ...guards import resident
from ...refusals import WrongStep
from ..followed import followed, holder_of
from ..forms import ChooseForm, InsistForm, RateForm, ReopenForm, ReplyForm
from . import bp
from .sealed import follow_sealed, open_case
from .uploads import hold_uploads


def _file_url(public_id: str) -> str:
    return url_for("petitions.attachment", public_id=public_id)


def _paper_url(public_id: str) -> str:
    return url_for("petitions.document", public_id=public_id)


def show(case: Case, status: int = 200, **forms: Any) -> Any:
    """The page, with the form that has something to say, if any."""
    page = followed(case, g.actor, clock.today(), _file_url, _paper_url)
    rate = forms.get("rate") or RateForm(formdata=None, data=page.rated or {})
    return render_template(
        "petitions/follow.html", page=page, case=case, form=next(iter(forms.values()), None), rate=rate,
        just_said=session.pop("said", False), reply=forms.get("reply") or ReplyForm(formdata=None),
        reopen=forms.get("reopen") or ReopenForm(formdata=None),
        insist=forms.get("insist") or InsistForm(formdata=None),
        choose=forms.get("choose") or ChooseForm(formdata=None), share_link=_share_link(case),
    ), status  # fmt: skip


def _share_link(case: Case) -> str:
    """The public page of a request that others may join."""
    if not case.is_shared:
        return ""
    return f"{current_app.config['BASE_URL']}{url_for('dialogues.shared_request', reference=case.reference)}"


@bp.get("/follow/case")
@resident
def follow() -> Any:
    """Where the case stands."""
    case = get_own(g.actor, clock.today())
    if case.erased_on is not None and not case.is_sealed:
        return render_template("petitions/erased.html", case=case)
    return follow_sealed(case) if case.is_sealed else show(case)


@bp.post("/follow/case/reply")
@resident(late=True)
def reply() -> Any:
    """Answer the unit or add something, with files; whatever is refused, the words and the good files stay."""
    open_case()
    if request.form.get("remove"):
        return _drop(request.form["remove"])
    form, refused = ReplyForm(), hold_uploads(holder_of(g.actor.case_id), g.actor.case_id)
    begin_write()
    case = open_case()
    held = files.held(holder_of(case.id))
    if held and not (form.text.data or "").strip():
        form.text.data = ngettext("Gửi kèm %(num)s tệp.", "Gửi kèm %(num)s tệp.", len(held))
    if not form.validate() or refused:
        form.files.errors = refused
        return show(case, refused.status, reply=form)
    return _say(case, form)


def _say(case: Case, form: ReplyForm) -> Any:
    try:
        event = actions.reply(case, str(form.text.data), g.actor, clock.now())
    except WrongStep as moved_on:
        form.text.errors = [_(moved_on.reason)]
        return show(case, 409, reply=form)
    case.files_count += attachments.attach(holder_of(case.id), case.id, event.seq)
    db.session.commit()
    session["said"] = True
    flash(_("Đã gửi đến đơn vị."), "ok")
    return redirect(url_for("petitions.follow"), 303)


def _drop(public_id: str) -> Any:
    """Take a held file out of the message again; the words stay."""
    begin_write()
    case = get_own(g.actor, clock.today())
    key = attachments.drop(public_id, holder_of(case.id))
    db.session.commit()
    if key:
        default_storage().delete(key)
    return show(get_own(g.actor, clock.today()), reply=ReplyForm())


@bp.get("/follow/files/<public_id>")
@resident
def attachment(public_id: str) -> Any:
    """One file of this case."""
    case = open_case()
    file = files.file_of(public_id, case.id)
    return hand_out_file(default_storage(), file)


@bp.get("/follow/documents/<public_id>")
@resident
def document(public_id: str) -> Any:
    """One signed paper of this case."""
    case = open_case()
    paper = document_for(public_id, case.id, audience="resident")
    name = "tra-loi" if paper.form == "answer" else "van-ban"
    return hand_out(default_storage(), paper.storage_key, f"{name}-{case.reference}.pdf", "application/pdf")
