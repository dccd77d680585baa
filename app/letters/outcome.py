"""What becomes of a notice after a try: sent, closed, tried again later, or given up."""

from __future__ import annotations

import random
import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ..journal.models import Notice
from ..rules.workflow import Action
from .post import is_final, summary
from .whom import NothingToSend

GIVE_UP_AFTER = 20
"""Tries; with the waits below, a letter that is refused for the moment is tried for about four days."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
NEXT_LOOK = timedelta(minutes=5)
"""A server that is away is looked for this often at least: what waited for it leaves within minutes of its return."""
PATIENCE = timedelta(days=4)
"""A server may be away this long, however many tries that makes."""
AT_DESK = frozenset({Action.MONTHLY_REPORT, Action.ALERT})
"""What the desk shows an official who has no address any more."""


class Unmade(Exception):
    """What is put in right before sending (a report's paper) could not be made; the server is not to blame."""


def is_away(error: Exception) -> bool:
    """Whether the server, not this letter, is the trouble: nobody there, hung up, not let in, or no to everybody."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code == 421 for code, _said in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code == 421:
        return True
    if isinstance(error, smtplib.SMTPDataError | smtplib.SMTPNotSupportedError | smtplib.SMTPRecipientsRefused):
        return False
    return isinstance(error, OSError)  # every other trouble of smtplib and of the network is one


def outcome(notice: Notice, error: Exception | None, now: datetime) -> Mapping[str, Any]:
    """The notice's new columns."""
    tries = notice.attempts + 1
    if isinstance(error, NothingToSend):
        return _closed(notice, error, now)
    tried: dict[str, Any] = {"attempts": tries, "leased_until": None}
    if error is None:
        return {**tried, "sent_at": now, "last_error": ""}
    tried["last_error"] = summary(error)
    is_hopeless = tries >= GIVE_UP_AFTER and not (is_away(error) and now - notice.created_at < PATIENCE)
    if is_final(error) or is_hopeless:
        return {**tried, "dead_at": now}
    return {**tried, "not_before": now + (away_wait(tries) if is_away(error) else wait(tries))}


def _closed(notice: Notice, error: NothingToSend, now: datetime) -> Mapping[str, Any]:
    """Nothing is sent: closed, or shown at the desk to an official who lost the address."""
    values: dict[str, Any] = {"leased_until": None, "last_error": str(error)}
    if notice.official_id is not None and notice.action in AT_DESK and str(error) == NothingToSend.NO_ADDRESS:
        return {**values, "channel": "desk"}
    return {**values, "closed_at": now}


def wait(tries: int) -> timedelta:
    """How long to wait after so many tries: 1 minute, doubled up to 6 hours, a quarter more or less by chance."""
    plain = min(FIRST_WAIT * 2 ** min(tries - 1, 12), LONGEST_WAIT)
    return min(plain * random.uniform(0.75, 1.25), LONGEST_WAIT)


def away_wait(tries: int) -> timedelta:
    """The same while the server is away, and never longer than until the next look."""
    return min(wait(tries), NEXT_LOOK)
