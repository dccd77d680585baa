"""Papers of a case at the desk: those on their way, those signed, and those that may be begun now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ..cases.actions.papers import may_sign
from ..cases.lines import form_name
from ..cases.models import Case
from ..documents import paper_forms
from ..documents.models import Document, Paper
from ..documents.queries import documents_of
from ..extensions import db
from ..rules.workflow import Action, Actor, Kind, Status, preparable

OPEN_STATES = ("draft", "submitted", "returned")
STATES: dict[str, tuple[str, str, Any]] = {
    "draft": ("ink", "pen", _l("Bản nháp")),
    "submitted": ("cham", "clock", _l("Đã trình, chờ ký")),
    "returned": ("cham", "undo", _l("Bị trả lại kèm nhận xét")),
    "signed": ("ink", "okc", _l("Đã ký")),
    "dropped": ("ink", "x", _l("Đã bỏ")),
}
"""How each state of a paper is shown: tone, icon, words."""


@dataclass(frozen=True)
class Sheet:
    """One paper on its way, as the case page lists it."""

    paper: Paper
    title: str
    url: str
    tone: str
    icon: str
    word: str
    is_mine_to_sign: bool


@dataclass(frozen=True)
class Beginning:
    """One kind of paper that may be begun now."""

    form: paper_forms.Form
    title: str
    url: str


def title_of(form_id: str) -> str:
    """What kind of paper it is, in the reader's language; the answer to feedback is no form."""
    return _("Văn bản trả lời") if form_id == "answer" else form_name(form_id)


def open_papers(case_ids: Iterable[int]) -> list[Paper]:
    """Papers of these cases that are neither signed nor dropped, oldest first."""
    wanted = list(case_ids)
    if not wanted:
        return []
    statement = select(Paper).where(Paper.case_id.in_(wanted), Paper.state.in_(OPEN_STATES)).order_by(Paper.id)
    return list(db.session.scalars(statement))


def paper_of(case: Case, public_id: str) -> Paper | None:
    """One paper of a case the reader was already admitted to."""
    return db.session.scalar(select(Paper).where(Paper.case_id == case.id, Paper.public_id == public_id))


def sheets(case: Case, actor: Actor) -> list[Sheet]:
    """The papers on their way; those that wait for this reader's signature first."""
    found = [_sheet(case, paper, actor) for paper in open_papers([case.id])]
    return sorted(found, key=lambda sheet: not sheet.is_mine_to_sign)


def _sheet(case: Case, paper: Paper, actor: Actor) -> Sheet:
    tone, icon, words = STATES[paper.state]
    form = paper_forms.FORMS.get(paper.form)
    is_mine = paper.state == "submitted" and form is not None and may_sign(actor, form, case) is None
    url = url_for("desk.paper", reference=case.reference, public_id=paper.public_id)
    return Sheet(paper, title_of(paper.form), url, tone, icon, str(words), is_mine)


def beginnings(case: Case, actor: Actor) -> list[tuple[Action, list[Beginning]]]:
    """Verbs whose paper this actor may write now, each with its forms, in the table's order."""
    found = []
    for action in preparable(actor, case):
        forms = paper_forms.forms_for(action, Kind(case.kind), case.instance)
        begun = [Beginning(f, title_of(f.id), url_for("desk.new_paper", reference=case.reference, form_id=f.id))
                 for f in forms]  # fmt: skip
        if begun:
            found.append((action, begun))
    return found


def signed_papers(case: Case) -> Sequence[Document]:
    """The papers signed so far, newest first."""
    return documents_of(case.id)[::-1]


def next_paper(case: Case, begun: list[tuple[Action, list[Beginning]]]) -> Beginning | None:
    """The paper that is most likely written now, by where the settlement stands; None where a form comes first."""
    may = dict(begun)
    for action in _likely(case):
        if action in may:
            return may[action][0]
    return None


def _likely(case: Case) -> tuple[Action, ...]:
    if case.kind in (Kind.FEEDBACK, Kind.DIALOGUE):
        return ()
    if case.status == Status.SUSPENDED:
        return (Action.RESUME,)
    if not case.is_accepted:
        if case.is_ineligible:
            return (Action.RETURN_PETITION, Action.NOT_ACCEPT)
        return (Action.ACCEPT,) if case.eligibility is not None else ()
    if case.status == Status.ASSIGNED:
        return (Action.VERIFY, Action.DECIDE, Action.CONCLUDE)
    return (Action.DECIDE, Action.CONCLUDE) if case.status == Status.VERIFYING else ()
