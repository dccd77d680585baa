"""What an administrator may do with letters that were given up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import current_app
from sqlalchemy import update

from ..cases.links import link_key
from ..cases.models import FollowLink
from ..cases.receipts import hashed
from ..dialogues.links import booking_key
from ..dialogues.models import BookingLink
from ..extensions import db
from ..journal.models import Notice

MOST = 500
"""Letters that one press owes again."""


def retry_all(notices: Iterable[Notice], now: datetime) -> int:
    """Owe these letters again; how many."""
    owed = list(notices)
    for notice in owed:
        retry(notice, now)
    return len(owed)


def retry(notice: Notice, now: datetime) -> None:
    """Owe the letter again, with all its tries; its link, if nobody used it, gets its 7 days anew."""
    notice.dead_at, notice.leased_until, notice.attempts, notice.not_before = None, None, 0, now
    secret = str(current_app.config["SECRET_KEY"])
    follow, booked = hashed(link_key(notice.event_seq, secret)), hashed(booking_key(notice.event_seq, secret))
    for table, key in ((FollowLink, follow), (BookingLink, booked)):
        db.session.execute(update(table).where(table.key_hash == key, table.used_at.is_(None)).values(made_at=now))
