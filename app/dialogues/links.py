"""Single-use links to a booking, sent by mail instead of its code, which no mail ever carries. As cases.links.

The key in a link is derived from the event that owes it, so a mail sent twice carries the same link; only its hash is
kept. A link is good for 7 days and one use; looking at its page uses nothing up, because mail scanners look too.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from ..cases.links import GOOD_FOR
from ..cases.receipts import hashed
from ..extensions import db
from .models import BookingLink


def make_booking_link(booking_id: int, event_seq: int, now: datetime, secret: str) -> str:
    """The key of the event's link, whose 7 days begin when it is first made. The caller commits."""
    key = booking_key(event_seq, secret)
    if db.session.get(BookingLink, hashed(key)) is None:
        db.session.add(BookingLink(key_hash=hashed(key), booking_id=booking_id, made_at=now))
        db.session.flush()
    return key


def booking_key(event_seq: int, secret: str) -> str:
    """128 bits in hexadecimal."""
    digest = hmac.new(secret.encode(), f"booking-link:{event_seq}".encode(), hashlib.sha256)
    return digest.hexdigest()[:32]


def good_booking_link(key: str, now: datetime) -> BookingLink | None:
    """The link with that key if it may still be used."""
    link = db.session.get(BookingLink, hashed(key), populate_existing=True)
    is_good = link is not None and link.used_at is None and now < link.made_at + GOOD_FOR
    return link if is_good else None


def use_link(link: BookingLink, now: datetime) -> int:
    """Use the link up; the id of the booking it opens."""
    link.used_at = now
    return link.booking_id
