"""Files and signed papers of a case, handed to officials who may see the case, and to nobody else."""

from __future__ import annotations

from typing import Any

from flask import g
from sqlalchemy import select

from ...attachments.hand_out import hand_out, hand_out_file
from ...attachments.models import Attachment
from ...attachments.storage import default_storage
from ...cases.models import Case
from ...cases.queries import events_for, sight_of, visible_to
from ...documents.models import Document
from ...extensions import db
from ...guards import role
from ...refusals import Missing, NotAllowed
from ...rules.visibility import Sight
from ...rules.workflow import N_
from . import READERS, bp
from .looks import looked, taken


def _case_of(case_id: int | None) -> Case:
    """The case, if this official sees anything of it."""
    case = db.session.scalar(select(Case).where(Case.id == case_id, visible_to(g.actor)))
    if case is None:
        raise Missing
    return case


def _whole(case: Case, what: str) -> Case:
    """A denunciation whose content this official reads; the look is remembered. The register alone opens no paper."""
    if sight_of(case, g.actor) != Sight.FULL:
        raise Missing
    return looked(case, what)[0]


@bp.get("/desk/files/<public_id>")
@role(*READERS)
def attachment(public_id: str) -> Any:
    """A file of a case in sight; a past custodian gets those that came before the case went on."""
    file = db.session.scalar(select(Attachment).where(Attachment.public_id == public_id))
    case = _case_of(file.case_id if file else None)
    assert file is not None
    if case.is_sealed:
        case = _whole(case, "file")
        file = db.session.scalars(select(Attachment).where(Attachment.public_id == public_id)).one()
    seen = sight_of(case, g.actor)
    if seen == Sight.PAST:
        known = {event.seq for event in events_for(case, g.actor, Sight.PAST)}
        if file.event_seq not in known:
            raise Missing
    if not case.is_sealed:
        taken(case, f"file {public_id}")
    return hand_out_file(default_storage(), file)


@bp.get("/desk/documents/<public_id>")
@role(*READERS)
def document(public_id: str) -> Any:
    """A signed paper of a case in sight; a past custodian gets those signed before the case went on.

    The paper is addressed to the resident by name: whoever sees the case without the name may not open it.
    """
    paper = db.session.scalar(select(Document).where(Document.public_id == public_id))
    case = _case_of(paper.case_id if paper else None)
    assert paper is not None
    if case.is_sealed:
        _whole(case, f"document {paper.number}")
        paper = db.session.scalars(select(Document).where(Document.public_id == public_id)).one()
        return hand_out(default_storage(), paper.storage_key, "van-ban.pdf", "application/pdf")
    seen = sight_of(case, g.actor)
    if seen in (Sight.MASKED, Sight.PART):
        raise NotAllowed(N_("Văn bản ghi tên người gửi. Vai trò hiện có đọc nội dung trên trang vụ việc."))
    if seen == Sight.PAST:
        events = events_for(case, g.actor, Sight.PAST)
        if not any(e.facts.get("document") == public_id for e in events):
            raise Missing
    taken(case, f"document {paper.number}")
    name = f"{case.reference}-{paper.number}".replace("/", "-") + ".pdf"
    return hand_out(default_storage(), paper.storage_key, name, "application/pdf")
