"""What an administrator may do with a letter that was given up."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from sqlalchemy import update

from ..cases.links import link_key
from ..cases.models import FollowLink
from ..cases.receipts import hashed
from ..extensions import db
from ..journal.models import Notice


def retry(notice: Notice, now: datetime) -> None:
    """Owe the letter again, with all its tries; its link, if nobody used it, gets its 7 days anew."""
    notice.dead_at, notice.leased_until, notice.attempts, notice.not_before = None, None, 0, now
    key = link_key(notice.event_seq, str(current_app.config["SECRET_KEY"]))
    db.session.execute(
        update(FollowLink).where(FollowLink.key_hash == hashed(key), FollowLink.used_at.is_(None)).values(made_at=now)
    )
