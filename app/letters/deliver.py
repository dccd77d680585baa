"""Sends what the outbox owes: a few letters are leased, sent outside any transaction, and settled one by one.

A crash between sending and settling sends a letter twice, with the same Message-ID and the same link; it never loses
one. Two workers never hold the same letter: a lease is taken in one short write and ends by itself.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from ..cases.models import Case
from ..extensions import db, writing
from ..journal.models import Event, Notice
from . import alerts, booking, checkpoints, monthly, password
from .alert import write_alert
from .morning import write_digest
from .post import is_final, post_office, summary
from .report import write_report
from .write import Letter, write

BATCH = 20
LEASE = timedelta(minutes=15)
"""Longer than a whole batch may take; after it another worker takes over."""
GIVE_UP_AFTER = 20
"""Tries; with the waits below, a mail server may be away for about four days."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
WRITERS = {booking.ABOUT: booking.write_booking, monthly.ABOUT: write_report, alerts.ABOUT: write_alert,
           checkpoints.ABOUT: checkpoints.write_checkpoint, password.ABOUT: password.write_password}  # fmt: skip
"""Who writes the letters about what is no case, by how events name it."""
log = logging.getLogger("gan_dan.letters")


@dataclass(frozen=True)
class Leased:
    """A notice in this worker's hands until `until`, with its letter or the reason why none could be written."""

    notice_id: int
    until: datetime
    letter: Letter | None = None
    error: Exception | None = None


def drain(now: datetime, batch: int = BATCH) -> int:
    """Send what is due at `now`, at most `batch` letters; returns how many were tried. Commits as it goes."""
    leased = lease(now, batch)
    began = time.monotonic()
    with post_office(current_app.config) as post:
        for item in leased:
            if time.monotonic() - began > LEASE.total_seconds() * 0.6:
                break  # a server this slow: the rest waits for the next lease
            settle(item, _send(post, item), now)
    return len(leased)


def _send(post: Any, item: Leased) -> Exception | None:
    """Try one letter; the failure, or None."""
    if item.letter is None:
        return item.error
    try:
        if item.letter.complete is not None:
            item.letter.complete(item.letter.message)
        post.send(item.letter)
    except Exception as error:  # whatever a mail server does, the other letters go
        log.info("notice %s was not sent: %s", item.notice_id, summary(error))
        return error
    return None


def lease(now: datetime, batch: int) -> list[Leased]:
    """Take the oldest letters that are due, write them and make their links, in one short transaction."""
    until = now + LEASE
    with writing():
        rows = db.session.execute(_due(now).limit(batch)).all()
        for notice, _event, _case in rows:
            notice.leased_until = until
        db.session.flush()
        leased = [_written(notice, event, case, now, until) for notice, event, case in rows]
        db.session.commit()
    return leased


def _due(now: datetime) -> Any:
    """Owed, due, and in nobody's hands; on PostgreSQL other workers' rows are stepped over."""
    return (
        select(Notice, Event, Case)
        .join(Event, Event.seq == Notice.event_seq)
        .outerjoin(Case, Case.id == Notice.case_id)
        .options(joinedload(Case.unit), joinedload(Case.person))
        .where(
            Notice.channel == "mail", Notice.sent_at.is_(None), Notice.dead_at.is_(None), Notice.not_before <= now,
            or_(Notice.leased_until.is_(None), Notice.leased_until <= now),
        )
        .order_by(Notice.not_before, Notice.id)
        .with_for_update(of=Notice, skip_locked=True)
    )  # fmt: skip


def _written(notice: Notice, event: Event, case: Case | None, now: datetime, until: datetime) -> Leased:
    try:
        with db.session.begin_nested():
            return Leased(notice.id, until, letter=_letter(notice, event, case, now))
    except Exception as error:  # one letter that cannot be written must not hold up the others
        log.warning("notice %s could not be written: %s", notice.id, type(error).__name__)
        return Leased(notice.id, until, error=error)


def _letter(notice: Notice, event: Event, case: Case | None, now: datetime) -> Letter:
    """The letter by what it is about: a case, a booking, a month's report, an alert, or a morning's digest."""
    if case is not None:
        return write(notice, event, case, now)
    about = event.subject.partition(":")[0] + ":"
    return WRITERS.get(about, write_digest)(notice, event, now)


def settle(item: Leased, error: Exception | None, now: datetime) -> None:
    """Write down how it went, unless the lease ran out and another worker took over."""
    with writing():
        notice = db.session.get(Notice, item.notice_id, populate_existing=True)
        if notice is not None and notice.leased_until == item.until:
            values = outcome(notice.attempts, error, now)
            db.session.execute(update(Notice).where(Notice.id == notice.id).values(**values))
        db.session.commit()


def outcome(attempts: int, error: Exception | None, now: datetime) -> Mapping[str, Any]:
    """The notice's new columns: sent; or to be tried again after a wait that doubles; or given up."""
    tried: dict[str, Any] = {"attempts": attempts + 1, "leased_until": None}
    if error is None:
        return {**tried, "sent_at": now, "last_error": ""}
    tried["last_error"] = summary(error)
    if is_final(error) or attempts + 1 >= GIVE_UP_AFTER:
        return {**tried, "dead_at": now}
    return {**tried, "not_before": now + wait(attempts + 1)}


def wait(tries: int) -> timedelta:
    """How long to wait after so many tries: 1 minute, doubled up to 6 hours, a quarter more or less by chance."""
    plain = min(FIRST_WAIT * 2 ** min(tries - 1, 12), LONGEST_WAIT)
    return min(plain * random.uniform(0.75, 1.25), LONGEST_WAIT)
