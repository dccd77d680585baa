"""What lies on the desk when a paper is written or read: its case, its kind, the paper itself, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, g, render_template, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.signature import signs
from ...cases import queries
from ...cases.actions.papers import may_sign
from ...cases.models import Case
from ...cases.paper_facts import facts_of
from ...dialogues.actions.commitments import stand
from ...documents import actions as documents
from ...documents import paper_forms
from ...documents.models import Paper
from ...refusals import Missing, NotAllowed
from ...rules.visibility import Sight
from ...rules.workflow import N_, Action, Kind, why_not
from ..overtaken import last_said
from ..papers import paper_of
from .looks import looked, taken

WRONG = N_("Mật khẩu chưa đúng. Văn bản chưa ký.")


@dataclass(frozen=True)
class Desk:
    """What lies on the desk: the case, the kind of paper, and the paper itself once it was saved."""

    case: Case
    spec: paper_forms.Form
    paper: Paper | None = None

    @property
    def version(self) -> int:
        return self.paper.version if self.paper else self.case.version

    @property
    def can_sign(self) -> bool:
        return may_sign(g.actor, self.spec, self.case) is None

    @property
    def can_write(self) -> bool:
        return why_not(g.actor, Action.WRITE, self.case) is None

    @property
    def url(self) -> str:
        if self.paper is None:
            return url_for("desk.new_paper", reference=self.case.reference, form_id=self.spec.id)
        return url_for("desk.paper", reference=self.case.reference, public_id=self.paper.public_id)


def _load(reference: str) -> Case:
    """The case, for whoever sees it whole: papers are addressed by name. The one door of all pages of papers."""
    case, seen = queries.get_visible(reference, g.actor, clock.today())
    if seen != Sight.FULL:
        raise NotAllowed(N_("Văn bản của vụ việc chỉ mở cho người xử lý vụ việc này."))
    return _seen_once(case) if case.is_sealed else case


def _seen_once(case: Case) -> Case:
    """A denunciation whose papers are opened: the look is remembered first, once for each request."""
    if "has_looked" in g:
        return case
    g.has_looked = True
    return looked(case, "paper")[0]


def begun(reference: str, form_id: str) -> Desk:
    """A paper that is yet to be saved."""
    case, spec = _load(reference), paper_forms.FORMS.get(form_id)
    if spec is None or Kind(case.kind) not in spec.kinds or case.instance not in spec.instances:
        raise Missing
    return Desk(case, spec)


def kept(reference: str, public_id: str) -> Desk:
    """A paper that was saved."""
    case = _load(reference)
    paper = paper_of(case, public_id)
    if paper is None or paper.form not in paper_forms.FORMS:
        raise Missing
    return Desk(case, paper_forms.form(paper.form), paper)


def pdf_of(desk: Desk, fields: Any, cargo: Any) -> Response:
    """The PDF, shown in the browser and kept nowhere."""
    facts = facts_of(desk.case, desk.spec.action, cargo)
    if not desk.case.is_sealed:
        taken(desk.case, f"draft {desk.spec.id}")
    pdf = documents.preview(desk.spec, facts, fields, cargo, desk.case.unit, g.actor, clock.now())
    answer = Response(pdf, mimetype="application/pdf")
    name = "van-ban" if desk.case.is_sealed else f"{desk.case.reference}-{desk.spec.id}"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def signs_paper(desk: Desk, form: Any) -> bool:
    refused = may_sign(g.actor, desk.spec, desk.case)
    if refused:
        raise NotAllowed(refused)
    return signs(form, _(WRONG))


def stand_with(desk: Desk, now: datetime) -> None:
    """What was promised in a decision stands with its signature."""
    if desk.spec.action == Action.DECIDE and not desk.case.is_sealed:
        stand(desk.case, g.actor, now)


def moved_on(desk: Desk, mine: str, error: Exception) -> str:
    """The step no longer fits: what was typed is shown to be copied, with what happened."""
    return render_template(
        "errors/409.html", reason=_(getattr(error, "reason", "") or CHANGED), mine=mine,
        theirs=last_said(desk.case, clock.today()), resubmit=None,
        back=url_for("desk.case", reference=desk.case.reference),
    )  # fmt: skip


CHANGED = N_("Người khác vừa sửa văn bản này. Cả hai bản đều còn, chọn cách ghép.")
