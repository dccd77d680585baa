"""Questions to the papers."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import column, select, table

from ..extensions import db
from ..refusals import Missing
from ..rules.workflow import Kind
from .models import Document, HouseDocument
from .paper_forms import FORMS, OFFICE, RESIDENT

ANSWER = "answer"
"""The letter that answers feedback: not one of forms.toml, always for the resident."""
CASES = table("petition_case", column("id"), column("kind"), column("erased_on"))
"""What papers must know of cases, whose room lies to the right: the kind, and whether what they said was erased."""


def document_for(public_id: str, case_id: int, audience: str = OFFICE) -> Document:
    """A signed paper of a case the reader was already admitted to; Missing for any other.

    The resident (audience "resident") gets only papers meant for them, and none of a denunciation.
    """
    paper = db.session.scalar(select(Document).where(Document.public_id == public_id, Document.case_id == case_id))
    if paper is None or not _shown([paper], audience):
        raise Missing
    return paper


def documents_of(case_id: int, audience: str = OFFICE) -> list[Document]:
    """All signed papers of a case that this audience may open, oldest first."""
    papers = db.session.scalars(select(Document).where(Document.case_id == case_id).order_by(Document.id))
    return _shown(papers, audience)


def _shown(papers: Iterable[Document], audience: str) -> list[Document]:
    """Of the papers of one case, those this audience may open."""
    found = list(papers)
    if audience != RESIDENT or not found:
        return found
    if db.session.scalar(select(CASES.c.kind).where(CASES.c.id == found[0].case_id)) == Kind.DENUNCIATION:
        return []
    return [paper for paper in found if is_for_resident(paper.form)]


def is_for_resident(form_id: str) -> bool:
    """Whether papers of this form are meant for the resident; unknown forms are not."""
    return form_id == ANSWER or (form_id in FORMS and FORMS[form_id].shown_to == RESIDENT)


def find_by_sha(hex_digest: str) -> Document | HouseDocument | None:
    """The paper whose frozen file has this SHA-256, of a case or of the house (minutes of a session): a printout or
    copy is checked against the journal with it."""
    wanted = hex_digest.strip().lower()
    of_case = db.session.scalar(select(Document).where(Document.sha256 == wanted).limit(1))
    return of_case or db.session.scalar(select(HouseDocument).where(HouseDocument.sha256 == wanted).limit(1))


def storage_keys() -> set[str]:
    """The kept files of all papers, so that tidying the storage leaves them alone; not those of erased cases."""
    kept = select(Document.storage_key).join(CASES, CASES.c.id == Document.case_id).where(CASES.c.erased_on.is_(None))
    return {*db.session.scalars(kept), *db.session.scalars(select(HouseDocument.storage_key))}
