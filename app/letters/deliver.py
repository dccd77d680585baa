"""Sends what the outbox owes: a few letters are leased, sent outside any transaction, and settled one by one.

A crash between sending and settling sends a letter twice, with the same Message-ID and the same link; it never loses
one. Two workers never hold the same letter: a lease is taken in one short write and ends by itself. While a server is
away one letter looks for it every few minutes and the others wait, untried; when it is back, all of them go.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import joinedload

from ..cases.models import Case
from ..extensions import db, writing
from ..journal.models import Event, Notice
from . import alerts, booking, caps, checkpoints, monthly, password
from .alert import write_alert
from .gather import gather, settle_with
from .morning import write_digest
from .outcome import Unmade, away_wait, is_away, outcome
from .post import post_office, summary
from .report import write_report
from .sms import Text, sender_of
from .whom import NothingToSend
from .write import Letter, write

BATCH = 20
LEASE = timedelta(minutes=15)
"""Longer than a whole batch may take; after it another worker takes over."""
STEP_BACK = timedelta(seconds=5)
"""While a server is away, the letter that found it away stands behind the others: it may itself be the trouble."""
WRITERS = {booking.ABOUT: booking.write_booking, monthly.ABOUT: write_report, alerts.ABOUT: write_alert,
           checkpoints.ABOUT: checkpoints.write_checkpoint, password.ABOUT: password.write_password}  # fmt: skip
"""Who writes the letters about what is no case, by how events name it."""
log = logging.getLogger("gan_dan.letters")


@dataclass(frozen=True)
class Leased:
    """A notice in this worker's hands until `until`, with its letter or the reason why none could be written."""

    notice_id: int
    until: datetime
    letter: Letter | Text | None = None
    error: Exception | None = None

    @property
    def channel(self) -> str:
        """How it leaves the house."""
        return "sms" if isinstance(self.letter, Text) else "mail"


def drain(now: datetime, batch: int = BATCH) -> int:
    """Send what is due at `now`, at most `batch` letters; returns how many were leased. Commits as it goes."""
    leased = lease(now, batch)
    began, away = time.monotonic(), dict[str, datetime]()
    texts = sender_of(current_app.config)
    with post_office(current_app.config) as post:
        for item in leased:
            if time.monotonic() - began > LEASE.total_seconds() * 0.6:
                break  # a server this slow: the rest waits for the next lease
            if item.letter is not None and item.channel in away:
                release(item, away[item.channel])
                continue
            error = _send(texts if item.channel == "sms" else post, item)
            tries = settle(item, error, now)
            if error is not None and item.letter is not None and is_away(error):
                away[item.channel] = now + max(away_wait(tries) - STEP_BACK, STEP_BACK)
    for channel, until in away.items():
        hold_back(channel, now, until)
    return len(leased)


def _send(way_out: Any, item: Leased) -> Exception | None:
    """Try one letter; the failure, or None."""
    if item.letter is None:
        return item.error
    try:
        _complete(item.letter)
        way_out.send(item.letter)
    except Exception as error:  # whatever a mail server does, the other letters go
        log.info("notice %s was not sent: %s", item.notice_id, summary(error))
        return error
    return None


def _complete(letter: Letter | Text) -> None:
    if isinstance(letter, Letter) and letter.complete is not None:
        try:
            letter.complete(letter.message)
        except NothingToSend:
            raise
        except Exception as error:
            raise Unmade(summary(error)) from error


def lease(now: datetime, batch: int) -> list[Leased]:
    """Take the oldest letters that are due, write them and make their links, in one short transaction.

    What is over an address's share waits until there is room again, and is not leased.
    """
    until, share = now + LEASE, caps.Share(now)
    with writing():
        rows = db.session.execute(_due(now).limit(batch)).all()
        if gather(rows, _waits(now), now):  # type: ignore[arg-type]
            rows = [row for row in rows if row[0].gathered_into is None]
        leased = [one for row in rows if (one := _leased(row[0], row[1], row[2], now, until, share)) is not None]
        db.session.commit()
    return leased


def _waits(now: datetime) -> Any:
    """Owed, due, and in nobody's hands."""
    return and_(
        Notice.channel.in_(("mail", "sms")), Notice.sent_at.is_(None), Notice.dead_at.is_(None),
        Notice.closed_at.is_(None), Notice.gathered_into.is_(None), Notice.not_before <= now,
        or_(Notice.leased_until.is_(None), Notice.leased_until <= now),
    )  # fmt: skip


def _due(now: datetime) -> Any:
    """The same with its event and case, oldest first; on PostgreSQL other workers' rows are stepped over."""
    return (
        select(Notice, Event, Case)
        .join(Event, Event.seq == Notice.event_seq)
        .outerjoin(Case, Case.id == Notice.case_id)
        .options(joinedload(Case.unit), joinedload(Case.person))
        .where(_waits(now))
        .order_by(Notice.not_before, Notice.id)
        .with_for_update(of=Notice, skip_locked=True)
    )


def _leased(notice: Notice, event: Event, case: Case | None, now: datetime, until: datetime,
            share: caps.Share) -> Leased | None:  # fmt: skip
    """One letter written and leased; None where its address has had its share and it waits."""
    try:
        with db.session.begin_nested():
            letter = _letter(notice, event, case, now)
            share.take(notice, letter.to)
            notice.leased_until = until
        return Leased(notice.id, until, letter=letter)
    except caps.Over as over:
        notice.not_before, notice.leased_until = over.until, None
        return None
    except Exception as error:  # one letter that cannot be written must not hold up the others
        if not isinstance(error, NothingToSend):
            log.warning("notice %s could not be written: %s", notice.id, type(error).__name__)
        notice.leased_until = until
        return Leased(notice.id, until, error=error)


def _letter(notice: Notice, event: Event, case: Case | None, now: datetime) -> Letter | Text:
    """The letter by what it is about: a case, a booking, a month's report, an alert, or a morning's digest."""
    if case is not None:
        return write(notice, event, case, now)
    about = event.subject.partition(":")[0] + ":"
    return WRITERS.get(about, write_digest)(notice, event, now)


def settle(item: Leased, error: Exception | None, now: datetime) -> int:
    """Write down how it went, unless the lease ran out and another worker took over; the tries so far."""
    with writing():
        notice = db.session.get(Notice, item.notice_id, populate_existing=True)
        if notice is None or notice.leased_until != item.until:
            db.session.rollback()
            return 1
        values, tries = outcome(notice, error, now), notice.attempts + 1
        if error is None and item.letter is not None:
            caps.count(notice, item.letter.to, now)
        if "sent_at" in values or "closed_at" in values:
            settle_with(notice, **{key: values[key] for key in ("sent_at", "closed_at", "last_error") if key in values})
        db.session.execute(update(Notice).where(Notice.id == notice.id).values(**values))
        db.session.commit()
    return tries


def release(item: Leased, until: datetime) -> None:
    """Put an untried letter back: its server was just found away."""
    with writing():
        mine = (Notice.id == item.notice_id) & (Notice.leased_until == item.until)
        db.session.execute(update(Notice).where(mine).values(leased_until=None, not_before=until))
        db.session.commit()


def hold_back(channel: str, now: datetime, until: datetime) -> None:
    """Everything else that is due that way waits for the next look; no try is counted."""
    with writing():
        waiting = and_(_waits(now), Notice.channel == channel)
        db.session.execute(
            update(Notice).where(waiting).values(not_before=until).execution_options(synchronize_session=False)
        )
        db.session.commit()
