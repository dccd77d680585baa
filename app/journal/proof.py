"""A resident's receipt as a witness: a signed statement of the place that its arrival has in the chain.

The statement needs neither the server nor the database to be believed, only the public key; and if the chain is ever
rewritten, it no longer agrees with it. It never holds the receipt code. Of a denunciation it says no more than its
printed paper: number and day, and the hash, from which nobody can read when in the day it came.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from ..clock import day_of
from ..extensions import db
from .models import Event
from .record import canonical
from .signing import Config, b64, is_signed, origin, public_key, sign, unb64
from .verify import is_intact, moment_of

FORMAT = "gan-dan-receipt/1"
LONGEST = 4000
"""Characters of a receipt; whatever is longer is none."""


class Unreadable(ValueError):
    """A text that is no receipt at all."""


class NotOurs(ValueError):
    """A receipt that this installation's key did not sign."""


class Verdict(StrEnum):
    """What the check of a receipt finds."""

    IN_CHAIN = "in_chain"
    NOT_IN_CHAIN = "not_in_chain"
    """The signature is ours, and the chain does not hold what it says: somebody changed the journal."""
    NOT_OURS = "not_ours"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Place:
    """A case as far as its receipt speaks of it."""

    reference: str
    submitted_at: datetime
    content_hash: str
    is_sealed: bool


def statement(config: Config, case: Place, first: Event) -> dict[str, Any]:
    """What the receipt says; `first` is the event of the arrival."""
    said: dict[str, Any] = {"origin": origin(config), "reference": case.reference, "event_hash": first.hash}
    if case.is_sealed:
        return said | {"submitted_on": day_of(case.submitted_at).isoformat()}
    return said | {
        "submitted_at": f"{case.submitted_at:%Y-%m-%dT%H:%M:%S.%fZ}", "event_seq": first.seq,
        "content_sha256": case.content_hash,
    }  # fmt: skip


def receipt_of(config: Config, case: Place, first: Event) -> str:
    """The whole receipt as one line of JSON without a blank: it survives being printed and typed off."""
    said = statement(config, case, first)
    whole = {"format": FORMAT, "statement": said, "public_key": b64(public_key(config)),
             "signature": b64(sign(config, words_of(said)))}  # fmt: skip
    return canonical(whole).decode()


def words_of(said: dict[str, Any]) -> bytes:
    """The bytes that are signed: the format's name, a new line, the statement in its one spelling."""
    return FORMAT.encode() + b"\n" + canonical(said)


def read(text: str, public: bytes) -> dict[str, Any]:
    """The statement of a receipt that this key signed; Unreadable or NotOurs. Blanks and line breaks do not matter."""
    packed = "".join(text.replace("\ufeff", "").replace("\u200b", "").split())
    try:
        whole: Any = json.loads(packed) if len(text) <= LONGEST else None
        said, signature = whole["statement"], unb64(whole["signature"])
        is_one = whole["format"] == FORMAT and isinstance(said, dict) and isinstance(said["reference"], str)
        bytes.fromhex(said["event_hash"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable from error
    if not is_one:
        raise Unreadable
    if not is_signed(public, words_of(said), signature):
        raise NotOurs
    return said


@dataclass(frozen=True)
class Judged:
    """The verdict on one receipt, with what it says where it is ours."""

    verdict: Verdict
    said: dict[str, Any]


def judge(text: str, config: Config, cases: Any) -> Judged:
    """Check a receipt against key, chain and case. `cases(id)` gives (reference, submitted_at) of a case, or None."""
    try:
        said = read(text, public_key(config))
    except Unreadable:
        return Judged(Verdict.UNREADABLE, {})
    except NotOurs:
        return Judged(Verdict.NOT_OURS, {})
    event = db.session.scalar(select(Event).where(Event.hash == said["event_hash"]))
    is_whole = event is not None and is_intact(event) and said.get("event_seq", event.seq) == event.seq
    if event is None or not is_whole or not _agrees(said, cases(event.case_id)):
        return Judged(Verdict.NOT_IN_CHAIN, said)
    return Judged(Verdict.IN_CHAIN, said)


def _agrees(said: dict[str, Any], found: tuple[str, datetime] | None) -> bool:
    """Whether the case still says of its number and its arrival what the receipt says."""
    if found is None or found[0] != said["reference"]:
        return False
    if "submitted_at" in said:
        return moment_of(str(said["submitted_at"]).replace("Z", "+00:00")) == found[1]
    return bool(said.get("submitted_on") == day_of(found[1]).isoformat())
