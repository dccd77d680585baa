"""Single-use links to a case or a booking, sent by mail instead of its code, which no mail ever carries.

The key in a link is derived from the event that owes it, so a mail sent twice carries the same link; only its hash is
kept. A link is good for 7 days and one use; looking at its page uses nothing up, because mail scanners look too.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from ..extensions import db
from ..journal.models import Event
from ..journal.record import Told, record
from ..rules.workflow import RESIDENT_NOBODY, Action, Role
from .models import Case, FollowLink, MailLink, Person
from .models.person import mark
from .receipts import hashed

GOOD_FOR = timedelta(days=7)
RECENT = timedelta(days=730)
"""How far back a lost code is looked for by mail address."""
AT_MOST = 5
"""Cases for which one request sends a link; more are asked for at the counter."""


Link = TypeVar("Link", bound=MailLink)


def link_key(event_seq: int, secret: str, purpose: str = "follow-link") -> str:
    """The key in the link that the event owes: 128 bits in hexadecimal."""
    digest = hmac.new(secret.encode(), f"{purpose}:{event_seq}".encode(), hashlib.sha256)
    return digest.hexdigest()[:32]


def make_link(case_id: int, event_seq: int, now: datetime, secret: str) -> str:
    """The key of the event's link, whose 7 days begin when it is first made. The caller commits."""
    return kept(FollowLink, link_key(event_seq, secret), now, case_id=case_id)


def kept(model: type[Link], key: str, now: datetime, **opens: int) -> str:
    """Keep a link that opens the case or booking named, unless it is kept already; the key. The caller commits."""
    if db.session.get(model, hashed(key)) is None:
        make: Any = model
        db.session.add(make(key_hash=hashed(key), made_at=now, **opens))
        db.session.flush()
    return key


def good_link(model: type[Link], key: str, now: datetime) -> Link | None:
    """The link with that key if it may still be used."""
    link = db.session.get(model, hashed(key), populate_existing=True)
    is_good = link is not None and link.used_at is None and now < link.made_at + GOOD_FOR
    return link if is_good else None


def of_address(email: str, now: datetime) -> list[Case]:
    """Recent cases whose resident gave this mail address, newest first."""
    statement = (
        select(Case)
        .join(Person, Person.about == Case.reference)
        .where(Person.email_hash == mark("email", email), Case.submitted_at > now - RECENT)
        .order_by(Case.id.desc())
        .limit(AT_MOST)
    )
    return list(db.session.scalars(statement))


def send_links(email: str, now: datetime, secret: str) -> list[Event]:
    """The code is lost: owe a link for each recent case of this address. Nobody is told whether there were any."""
    events = [
        record(Action.LINK_SENT, case, RESIDENT_NOBODY, now, tell=[Told(Role.RESIDENT)])
        for case in of_address(email, now)
    ]
    for event in events:
        make_link(int(event.case_id or 0), event.seq, now, secret)
    return events
