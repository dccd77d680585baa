"""A paper's way: written, submitted, returned with a remark or signed; with the signature the deed it stands for."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...documents import paper_forms as forms
from ...documents.actions import freeze_paper
from ...documents.models import Paper
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid, NotAllowed, Stale, WrongStep
from ...rules.workflow import N_, Action, Actor, Kind, Reach, Role, may_prepare, reaches, why_not
from ..folding import nfc
from ..models import Case
from ..paper_facts import facts_of
from . import clocks
from .deeds import DEEDS
from .perform import _acting, done, must, needed

LONGEST = 20_000


def write(case: Case, form_id: str, fields: Mapping[str, str], cargo: Mapping[str, Any], actor: Actor, now: datetime,
          version: int | None = None) -> Paper:  # fmt: skip
    """Begin a paper; nothing leaves the house. Refused where its deed could not be done now anyway."""
    step = must(Action.WRITE, case, actor, now, version)
    form = _form_of(case, form_id)
    refused = may_prepare(actor, form.action, case)
    if refused:
        raise WrongStep(refused)
    paper = Paper(
        public_id=secrets.token_hex(16), case_id=case.id, unit_id=case.unit_id, form=form.id, state="draft",
        fields=_tidy(form, fields), cargo=dict(cargo), written_by_id=actor.official_id, written_at=now,
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    done(Action.WRITE, case, actor, now, step, form=form.id, paper=paper.public_id)
    return paper


def rewrite(paper: Paper, case: Case, fields: Mapping[str, str], cargo: Mapping[str, Any], actor: Actor,
            now: datetime, version: int | None = None) -> Event:  # fmt: skip
    """Change its texts; a submitted paper is a draft again then, so that the head signs what was read."""
    step = must(Action.WRITE, case, actor, now)
    _still(paper, version)
    paper.fields, paper.cargo = _tidy(forms.form(paper.form), fields), dict(cargo)
    paper.state, paper.submitted_at = "draft", None
    return done(Action.WRITE, case, actor, now, step, form=paper.form, paper=paper.public_id)


def submit_paper(paper: Paper, case: Case, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Lay it before whoever signs; what the law asks of it must stand in it by now."""
    step = must(Action.SUBMIT_PAPER, case, actor, now)
    _still(paper, version)
    _complete(paper)
    paper.state, paper.submitted_at, paper.remark = "submitted", now, ""
    return done(Action.SUBMIT_PAPER, case, actor, now, step, form=paper.form, paper=paper.public_id)


def return_paper(paper: Paper, case: Case, reason: str, actor: Actor, now: datetime,
                 version: int | None = None) -> Event:  # fmt: skip
    """Give it back with a remark."""
    step = must(Action.RETURN_PAPER, case, actor, now)
    _still(paper, version)
    if paper.state != "submitted":
        raise WrongStep(N_("Văn bản này chưa trình ký."))
    paper.remark = needed(reason, "reason", 2000)
    paper.state = "returned"
    return done(Action.RETURN_PAPER, case, actor, now, step, form=paper.form, paper=paper.public_id,
                reason=paper.remark)  # fmt: skip


def drop_paper(paper: Paper, case: Case, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Put a draft away; it took no number."""
    step = must(Action.DROP_PAPER, case, actor, now)
    _still(paper, version)
    paper.state = "dropped"
    return done(Action.DROP_PAPER, case, actor, now, step, form=paper.form, paper=paper.public_id)


def sign(paper: Paper, case: Case, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Sign: the deed is done, the paper numbered and frozen, and its SHA-256 stands in the deed's event.

    The view has checked the password just before; that is the signature (README, Decisions). Invalid names the first
    required text that is empty; NotAllowed who does sign it. The caller commits, or nothing has happened.
    """
    form = _form_of(case, paper.form)
    step = must(form.action, case, actor, now)
    _still(paper, version)
    refused = may_sign(actor, form, case)
    if refused:
        raise NotAllowed(refused)
    _complete(paper)
    acting = _acting(actor, step, case)
    facts = facts_of(case, form.action, paper.cargo)
    clocks.meet(case, step.meets, now)
    deed = DEEDS[form.action](case, paper, step, actor, now)
    document = freeze_paper(form, facts, paper.fields, paper.cargo, case.id, case.unit, acting, now)
    paper.state, paper.document = "signed", document
    clocks.show(case)
    return done(
        form.action, case, actor, now, step, to=deed.to, form=form.id, document=document.public_id,
        number=document.number, sha256=document.sha256, signed_by=actor.name, shown_to=form.shown_to, **deed.facts,
    )  # fmt: skip


def issue(case: Case, form_id: str, fields: Mapping[str, str], actor: Actor, now: datetime, **cargo: Any) -> Event:
    """Write and sign in one go, as whoever signs may: texts left out are filled from the case."""
    form = _form_of(case, form_id)
    must(form.action, case, actor, now)
    facts = facts_of(case, form.action, cargo)
    texts = forms.defaults(form, facts, case.language) | dict(fields)
    return sign(write(case, form_id, texts, cargo, actor, now), case, actor, now)


def may_sign(actor: Actor, form: forms.Form, case: Case) -> str | None:
    """Why this actor may not sign a paper of this form now, or None. Who approves what is data (forms.toml)."""
    refused = why_not(actor, form.action, case)
    if refused:
        return refused
    holds = any(reaches(actor, role, _reach(role, case), case) for role in form.approvers)
    return None if holds else N_("Văn bản này do người khác ký.")


def _reach(role: Role, case: Case) -> Reach:
    if case.is_sealed:
        return Reach.NAMED
    return Reach.ASSIGNED if role == Role.OFFICER else Reach.UNIT


def _form_of(case: Case, form_id: str) -> forms.Form:
    """The form, if papers of this kind and instance have it; Invalid otherwise."""
    found = forms.FORMS.get(form_id)
    if found is None or Kind(case.kind) not in found.kinds or case.instance not in found.instances:
        raise Invalid(N_("Loại việc này không có văn bản đó."), "form")
    return found


def _tidy(form: forms.Form, fields: Mapping[str, str]) -> dict[str, str]:
    """The texts of this form's own fields, composed and trimmed; a text too long is refused, never cut."""
    texts = {field.id: nfc(str(fields.get(field.id) or "")).strip() for field in form.fields}
    for name, text in texts.items():
        if len(text) > LONGEST:
            raise Invalid(N_("Nội dung dài quá. Rút gọn lại hoặc gửi kèm tệp."), name)
    return texts


def _still(paper: Paper, version: int | None) -> None:
    """It is the version the page was made from, and can still be changed."""
    if version is not None and version != paper.version:
        raise Stale(N_("Người khác vừa sửa văn bản này. Cả hai bản đều còn, chọn cách ghép."))
    if not paper.is_open:
        raise WrongStep(N_("Văn bản này đã ký hoặc đã bỏ, không sửa được nữa."))


def _complete(paper: Paper) -> None:
    """What the law asks of it stands in it."""
    empty = forms.missing(forms.form(paper.form), paper.fields)
    if empty:
        raise Invalid(N_("Luật yêu cầu văn bản có mục này. Chưa ghi thì chưa ký được."), empty[0].id)
