"""Is the chain whole? Names the first link that is not."""

from __future__ import annotations

from sqlalchemy import select

from ..extensions import db
from .models import ChainHead, Event, EventFacts
from .record import GENESIS, commitment_of, hash_of

COLUMNS = ("seq", "at", "action", "actor_role", "official_id", "case_id", "subject", "unit_id", "status", "due_on",
           "commitment", "previous", "hash")  # fmt: skip


def verify() -> tuple[int, str | None]:
    """(links read, what is wrong with the first broken one or None).

    Facts that were erased (empty facts and salt) are accepted: the commitment still stands in the chain.
    """
    previous, expected = GENESIS, 1
    table, facts = Event.__table__, EventFacts.__table__
    rows = db.session.execute(
        select(*(table.c[name] for name in COLUMNS), facts.c.salt, facts.c.facts)
        .join(facts, facts.c.seq == table.c.seq, isouter=True)
        .order_by(table.c.seq)
        .execution_options(yield_per=1000)
    )
    for row in rows.mappings():
        if row["seq"] != expected:
            return expected - 1, f"event {expected} is missing (found {row['seq']})"
        if row["previous"] != previous or hash_of(dict(row)) != row["hash"]:
            return expected - 1, f"event {expected} was changed"
        if row["salt"] is None or (row["salt"] and commitment_of(row["salt"], row["facts"]) != row["commitment"]):
            return expected - 1, f"the facts of event {expected} were changed"
        previous, expected = row["hash"], expected + 1
    return expected - 1, _wrong_head(expected - 1, previous)


def _wrong_head(count: int, last_hash: str) -> str | None:
    head = db.session.scalar(select(ChainHead).execution_options(populate_existing=True))
    if head is None:
        return None if count == 0 else "the chain's head is missing"
    return None if (head.seq, head.hash) == (count, last_hash) else f"events after {count} are missing"
