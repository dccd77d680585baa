"""Is the journal whole? Names the first event that is not, whatever was done to the tables behind the program's back.

Read as plain rows in one statement, so that a million events take about a minute and no memory to speak of.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select, text

from ..extensions import db
from .models import ChainHead, Event
from .record import GENESIS, commitment_of, hash_of

AT_ONCE = 2000
"""Rows fetched at a time."""
_spell = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode
WALK = text(
    "SELECT e.seq, e.at, e.action, e.actor_role, e.official_id, e.case_id, e.subject, e.unit_id, e.status, e.due_on, "
    "e.commitment, e.previous, e.hash, f.salt, f.facts FROM event e LEFT JOIN event_facts f ON f.seq = e.seq "
    "ORDER BY e.seq"
)


@dataclass(frozen=True)
class Witness:
    """What stands outside the database and must agree with it: a checkpoint, a resident's receipt."""

    hash: str
    seq: int | None
    """Where the hash must stand; None: anywhere (the receipt of a denunciation)."""
    source: str
    """What it is, for the sentence: the file's name."""


@dataclass
class Outcome:
    """What a reading of the whole journal found."""

    count: int = 0
    erased: int = 0
    """Events whose facts were erased, as the law on personal data asks; their commitment still stands."""
    wrong: str | None = None
    """The first thing that is not as it was written; None: everything is."""
    witnesses: int = 0
    bad_seq: int | None = None
    by_seq: dict[int, list[Witness]] = field(default_factory=dict)
    anywhere: dict[str, Witness] = field(default_factory=dict)

    def expect(self, witnesses: Iterable[Witness]) -> None:
        """Sort the witnesses by where they are met on the walk."""
        for one in witnesses:
            self.witnesses += 1
            if one.seq is None:
                self.anywhere[one.hash] = one
            else:
                self.by_seq.setdefault(one.seq, []).append(one)

    def fails(self, seq: int, why: str) -> Outcome:
        """The reading ends here."""
        self.wrong, self.bad_seq = why, seq
        return self


def verify() -> tuple[int, str | None]:
    """(links read, what is wrong with the first broken one or None), by what stands in the database alone."""
    found = examine()
    return found.count, found.wrong


def examine(witnesses: Iterable[Witness] = (), tell: Callable[[int], None] | None = None) -> Outcome:
    """Read the chain link by link, then hold every case against its events; `tell` hears how far it is.

    Facts that were erased (empty facts and salt) are accepted: the commitment still stands in the chain.
    """
    found = Outcome()
    found.expect(witnesses)
    head = _head()
    if head is not None:  # what the head said before the reading began must be met on the way
        found.by_seq.setdefault(head.seq, []).insert(0, Witness(head.hash, head.seq, "the chain's head"))
    _walk(found, tell)
    if found.wrong is None:
        _end(found)
    if found.wrong is None:
        from .verify_cases import first_case_that_differs

        seq, why = first_case_that_differs()
        if why:
            found.fails(seq, why)
    return found


def _head() -> Any:
    return db.session.execute(select(ChainHead.seq, ChainHead.hash).where(ChainHead.id == 1)).first()


def _walk(found: Outcome, tell: Callable[[int], None] | None) -> None:
    previous, expected = GENESIS, 1
    for row in _rows():
        (seq, at, action, role, official, case, subject, unit, status, due, commitment, before, own, salt, facts) = row
        if seq != expected:
            found.fails(expected, f"event {expected} is missing (found {seq})")
            return
        link = {"seq": seq, "at": iso(at), "action": action, "actor_role": role, "official_id": official,
                "case_id": case, "subject": subject, "unit_id": unit, "status": status,
                "due_on": due if due is None else str(due), "commitment": commitment, "previous": before}  # fmt: skip
        if before != previous or hashlib.sha256(_spell(link).encode()).hexdigest() != own:
            found.fails(expected, f"event {expected} was changed")
            return
        if not _commits(salt, facts, commitment):
            found.fails(expected, f"the facts of event {expected} were changed")
            return
        found.erased += salt == ""
        if (expected in found.by_seq and not _agrees(found, expected, own)) or found.wrong:
            return
        found.anywhere.pop(own, None)
        previous, found.count, expected = own, expected, expected + 1
        if tell and found.count % 50_000 == 0:
            tell(found.count)


def _rows() -> Iterator[Any]:
    result = db.session.execute(WALK.execution_options(yield_per=AT_ONCE))
    for some in result.partitions(AT_ONCE):
        yield from some


def _commits(salt: str | None, facts: Any, commitment: str) -> bool:
    """Whether salt and facts are those that were committed to, or were erased as a whole."""
    if salt is None:
        return False
    said = json.loads(facts) if isinstance(facts, str) else facts
    if salt == "":
        return bool(said == {})
    return hashlib.sha256((salt + _spell(said)).encode()).hexdigest() == commitment


def _agrees(found: Outcome, seq: int, own: str) -> bool:
    for witness in found.by_seq.pop(seq):
        if witness.hash != own:
            found.fails(seq, f"event {seq} is not what {witness.source} says: the chain was rewritten at or before it")
            return False
    return True


def _end(found: Outcome) -> None:
    """Whether the chain ends where its head says, and nothing that a witness saw is missing."""
    head = _head()
    if head is None and found.count:
        found.fails(1, "the chain's head is missing")
    elif head is not None and head.seq < found.count:
        found.fails(head.seq + 1, f"event {head.seq + 1} was put in behind the chain's head")
    elif ahead := sorted(seq for seq in found.by_seq if seq > 0):
        source = found.by_seq[ahead[0]][0].source
        found.fails(found.count + 1, f"events after {found.count} are missing: {source} saw event {ahead[0]}")
    elif found.anywhere:
        witness = next(iter(found.anywhere.values()))
        found.fails(1, f"no event is what {witness.source} says: the chain was rewritten")


def iso(at: Any) -> str:
    """A moment as the chain spells it, from a driver's text or moment."""
    if isinstance(at, str):
        plain = at.replace(" ", "T")
        return (plain[:-7] if plain.endswith(".000000") else plain) + "+00:00"
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat()


def moment_of(words: Any) -> datetime | None:
    """A moment that stands in facts or comes from a driver; None where it is none."""
    if isinstance(words, datetime):
        return words.replace(tzinfo=UTC) if words.tzinfo is None else words.astimezone(UTC)
    try:
        found = datetime.fromisoformat(str(words))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def day_in(words: Any) -> date | None:
    """A day from a driver."""
    return words if isinstance(words, date) or words is None else date.fromisoformat(str(words))


def is_intact(event: Event) -> bool:
    """Whether one event is what its own hash says, and the next still carries that hash."""
    row: Mapping[str, Any] = {column.name: getattr(event, column.name) for column in Event.__table__.columns}
    follows = db.session.scalar(select(Event.previous).where(Event.seq == event.seq + 1))
    details = event.details
    commits = commitment_of(details.salt, details.facts) == event.commitment if details.salt else not details.facts
    return hash_of(row) == event.hash and follows in (None, event.hash) and commits
