"""record() and record_each(): the only writers of events and notices, in the caller's transaction."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import insert, select

from ..extensions import db
from ..rules.workflow import THE_SYSTEM, Action, Actor, Role
from . import clockwork
from .models import ChainHead, Event, EventFacts, Notice

GENESIS = "0" * 64


class Subject(Protocol):
    """A case as the journal remembers it."""

    id: int
    unit_id: int
    status: str
    due_on: date | None


@dataclass(frozen=True)
class Told:
    """Somebody who is owed a notice: the resident by mail or SMS, an official at the desk, or by mail (a digest)."""

    role: Role
    official_id: int | None = None
    by_mail: bool = False
    by_sms: bool = False

    @property
    def channel(self) -> str:
        if self.by_sms:
            return "sms"
        return "mail" if self.role == Role.RESIDENT or self.by_mail else "desk"


def canonical(value: Any) -> bytes:
    """One spelling of a JSON value, for hashing."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def commitment_of(salt: str, facts: Mapping[str, Any]) -> str:
    """SHA-256 over salt and facts: proves them without holding them."""
    return hashlib.sha256(salt.encode() + canonical(facts)).hexdigest()


def hash_of(row: Mapping[str, Any]) -> str:
    """The link of one event: SHA-256 over its own columns, the commitment and the link before."""
    keys = ("seq", "at", "action", "actor_role", "official_id", "case_id", "subject", "unit_id", "status", "due_on",
            "commitment", "previous")  # fmt: skip
    plain = {key: row[key] for key in keys}
    plain["at"] = row["at"].isoformat()
    return hashlib.sha256(canonical(plain)).hexdigest()


def head_for_update(now: datetime) -> ChainHead:
    """The chain's last link, locked until this transaction ends: writers of the journal pass here one by one."""
    statement = select(ChainHead).where(ChainHead.id == 1).with_for_update()
    head = db.session.scalar(statement.execution_options(populate_existing=True))
    if head is None:
        head = ChainHead(id=1, seq=0, hash=GENESIS, at=now)
        db.session.add(head)
        db.session.flush()
    return head


Row = dict[str, Any]


def link(head: ChainHead, now: datetime, action: str, actor: Actor, facts: Mapping[str, Any], *, case_id: int | None,
         subject: str, unit_id: int | None, status: str, due_on: date | None) -> tuple[Row, Row]:  # fmt: skip
    """The next event and its facts as plain rows, moving the head on; time never runs backwards in the chain."""
    salt = secrets.token_hex(16)
    if case_id is not None and now < head.at:  # another writer was faster: the figures go by the moment itself
        facts = {**facts, "happened_at": now.isoformat()}
    facts = json.loads(canonical(facts))
    row: dict[str, Any] = {
        "seq": head.seq + 1,
        "at": max(now, head.at),
        "action": str(action),
        "actor_role": str(actor.role),
        "official_id": actor.official_id,
        "case_id": case_id,
        "subject": subject,
        "unit_id": unit_id,
        "status": str(status),
        "due_on": due_on,
        "commitment": commitment_of(salt, facts),
        "previous": head.hash,
    }
    row["hash"] = hash_of(row)
    head.seq, head.hash, head.at = row["seq"], row["hash"], row["at"]
    return row, {"seq": row["seq"], "salt": salt, "facts": facts}


@dataclass(frozen=True)
class Thing:
    """What an event is about where that is no case: a booking, a session, a commitment ("session:3")."""

    about: str
    unit_id: int | None = None
    status: str = ""
    due_on: date | None = None
    id: None = None


def record(action: Action, subject: Subject | Thing | None, actor: Actor, now: datetime, tell: Iterable[Told] = (),
           about: str = "", **facts: Any) -> Event:  # fmt: skip
    """Remember an action and owe its notices, in the caller's transaction.

    `subject` is a case, a Thing (a session), or None (a sign-in, a setting; then `about` names it, e.g.
    "official:3"). The caller says who is told. `in_name_of` is added when a deputy acts for a head. Raises nothing of
    its own; the caller commits.
    """
    if actor.in_name_of:
        facts["in_name_of"] = actor.in_name_of
    db.session.flush()
    head = head_for_update(now)
    if clockwork.is_new_fall(now, head.at):
        _fell(head, now)
    row, details = link(head, now, action, actor, facts, **_named(subject, about))
    event = Event(**row)
    event.details = EventFacts(**details)
    db.session.add(event)
    for told in dict.fromkeys(tell):
        db.session.add(_notice(event, told))
    db.session.flush()
    return event


def _named(subject: Subject | Thing | None, about: str = "") -> dict[str, Any]:
    """What an event is about, as link() wants it: a case, a thing, or neither."""
    if subject is None:
        return {"case_id": None, "subject": about, "unit_id": None, "status": "", "due_on": None}
    name = subject.about if isinstance(subject, Thing) else about
    return {"case_id": subject.id, "subject": name, "unit_id": subject.unit_id, "status": subject.status,
            "due_on": subject.due_on}  # fmt: skip


def _fell(head: ChainHead, now: datetime) -> None:
    """The clock was set back: said in an event of its own, before the one that met it."""
    facts = {"clock": now.isoformat(), "last_event": head.at.isoformat()}
    row, details = link(head, now, Action.CLOCK_JUMPED, THE_SYSTEM, facts, case_id=None, subject="clock:back",
                        unit_id=None, status="", due_on=None)  # fmt: skip
    db.session.add(Event(**row, details=EventFacts(**details)))
    db.session.flush()


def has_fallen(now: datetime) -> bool:
    """Whether the clock stands behind the journal and nobody has said so: asked outside a write."""
    at = db.session.scalar(select(ChainHead.at).where(ChainHead.id == 1))
    return at is not None and clockwork.is_new_fall(now, at)


def note_fall(now: datetime) -> None:
    """Say that the clock was set back, unless somebody was faster. The caller commits."""
    head = head_for_update(now)
    if clockwork.is_new_fall(now, head.at):
        _fell(head, now)


def note_leap(due: datetime, now: datetime) -> Event | None:
    """The clock was set forward by more than a day: one event, whichever process writes first. The caller commits."""
    head_for_update(now)
    if clockwork.last_jump(due + clockwork.AHEAD / 2) is not None:
        return None
    return record(Action.CLOCK_JUMPED, None, THE_SYSTEM, now, about="clock:forward", clock=now.isoformat(),
                  expected=due.isoformat())  # fmt: skip


def record_each(action: Action, subjects: Iterable[tuple[Subject | Thing, Mapping[str, Any]]], actor: Actor,
                now: datetime) -> None:  # fmt: skip
    """Remember one action for many cases or things with their facts, and tell nobody: few statements for any number."""
    db.session.flush()
    head = head_for_update(now)
    rows = [link(head, now, action, actor, facts, **_named(subject)) for subject, facts in subjects]
    if rows:
        db.session.execute(insert(Event), [row for row, _details in rows])
        db.session.execute(insert(EventFacts), [details for _row, details in rows])
    db.session.flush()


def _notice(event: Event, told: Told) -> Notice:
    return Notice(
        event_seq=event.seq, case_id=event.case_id, action=event.action, role=str(told.role),
        official_id=told.official_id, channel=told.channel, created_at=event.at, not_before=event.at,
    )  # fmt: skip
