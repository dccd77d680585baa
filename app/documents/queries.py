"""Questions to the papers."""

from __future__ import annotations

from sqlalchemy import select

from ..extensions import db
from ..refusals import Missing
from .models import Document


def document_for(public_id: str, case_id: int) -> Document:
    """A signed paper of a case the reader was already admitted to; Missing for any other."""
    paper = db.session.scalar(select(Document).where(Document.public_id == public_id, Document.case_id == case_id))
    if paper is None:
        raise Missing
    return paper


def documents_of(case_id: int) -> list[Document]:
    """All signed papers of a case, oldest first."""
    return list(db.session.scalars(select(Document).where(Document.case_id == case_id).order_by(Document.id)))


def find_by_sha(hex_digest: str) -> Document | None:
    """The paper whose frozen file has this SHA-256: a printout or copy is checked against the journal with it."""
    return db.session.scalar(select(Document).where(Document.sha256 == hex_digest.strip().lower()).limit(1))


def storage_keys() -> set[str]:
    """The kept files of all papers, so that tidying the storage leaves them alone."""
    return set(db.session.scalars(select(Document.storage_key)))
