"""Receipts as witnesses of the chain: what of a case they speak, and how one is held against the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ..cases.models import Case
from ..extensions import db
from ..journal import proof
from ..journal.models import Event

WIDE = 64
"""Characters of a line on paper."""


def first_event(case: Case) -> Event:
    """The event with which the case came."""
    return db.session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.seq).limit(1)).one()


def proof_of(case: Case, config: Mapping[str, Any]) -> str:
    """The signed receipt of a case, as one line."""
    place = proof.Place(case.reference, case.submitted_at, case.content_hash, case.is_sealed)
    return proof.receipt_of(config, place, first_event(case))


def printed(line: str) -> tuple[str, ...]:
    """The same for paper, in short lines; put together again they are the file."""
    return tuple(line[start : start + WIDE] for start in range(0, len(line), WIDE))


def case_facts(case_id: int | None) -> tuple[str, datetime] | None:
    """Number and arrival of a case as its row has them."""
    row = db.session.execute(select(Case.reference, Case.submitted_at).where(Case.id == case_id)).first()
    return (row.reference, row.submitted_at) if row else None
