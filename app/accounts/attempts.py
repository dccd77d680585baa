"""Wrong tries at a door, counted per door and who tries; no raw address is kept, nobody is locked out for good."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import TypeVar

from flask import current_app
from sqlalchemy import delete, func, select

from ..extensions import db
from ..refusals import TooMany
from ..rules.workflow import N_
from .models import Attempt

Found = TypeVar("Found")
KEPT = timedelta(days=1)
"""After this a try is forgotten; no door looks further back."""
HOUR = 3600
AT_ONCE, PER_HOUR = 5, 30
"""Sendings from one network where the settings SUBMISSIONS_AT_ONCE and SUBMISSIONS_PER_HOUR say nothing else."""


def network(address: str | None) -> str:
    """The network an address belongs to: an IPv4 address itself, the /64 of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


def _keyed(who: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, b"attempt:" + who.encode(), hashlib.sha256).hexdigest()


def veiled(who: str, now: datetime) -> str:
    """The same network under a name that is another one every day: for doors where nobody may be found again."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"veiled:{now:%Y-%m-%d}:{who}".encode(), hashlib.sha256).hexdigest()


def wait(door: str, who: str, now: datetime, limit: int, seconds: int) -> int:
    """Seconds until the next try is taken: 0 while fewer than `limit` tries stand in the last `seconds`."""
    since = now - timedelta(seconds=seconds)
    tried, first = db.session.execute(
        select(func.count(), func.min(Attempt.at)).where(
            Attempt.door == door, Attempt.who == _keyed(who), Attempt.at > since
        )
    ).one()
    if tried < limit:
        return 0
    return max(1, int((first + timedelta(seconds=seconds) - now).total_seconds()) + 1)


def refuse_if_over(door: str, who: str, now: datetime, limit: int, seconds: int) -> None:
    """Raise TooMany where `limit` tries stand in the last `seconds`; counts nothing."""
    left = wait(door, who, now, limit, seconds)
    if left:
        raise TooMany(N_("Đã thử sai nhiều lần. Đợi một lúc rồi thử lại."), left)


def count(door: str, who: str, now: datetime, kept: timedelta = KEPT) -> None:
    """Remember one try, in the caller's transaction; those older than `kept` are forgotten on the way."""
    db.session.execute(delete(Attempt).where(Attempt.door == door, Attempt.at < now - kept))
    db.session.add(Attempt(door=door, who=_keyed(who), at=now))
    db.session.flush()


def guess(door: str, found: Found | None, who: str, now: datetime, limit: int, seconds: int) -> Found | None:
    """What a code opened, or None: a wrong one is counted, `limit` in so many seconds and the door stays shut a while.

    TooMany while it is shut, for right codes too. The caller commits.
    """
    refuse_if_over(door, who, now, limit, seconds)
    if found is None:
        count(door, who, now)
    return found


def count_and_check(door: str, who: str, now: datetime, limit: int, seconds: int) -> None:
    """Count one try and let it pass, or raise TooMany where `limit` tries stand in the last `seconds`.

    A refused try is not counted, so the wait ends however often somebody knocks. The caller commits.
    """
    refuse_if_over(door, who, now, limit, seconds)
    count(door, who, now)


def count_sending(door: str, address: str | None, now: datetime, is_veiled: bool = False) -> None:
    """Count one form sent from this address's network, or raise TooMany. The caller commits.

    A bucket: so many at once, then one whenever the hour's share allows it. A machine is stopped at the sixth; a
    village that shares one line waits minutes, not an hour. `is_veiled`: the network's name changes every day and only
    the hour is kept (README: denunciations).
    """
    who, at = network(address), now
    if is_veiled:
        who, at = veiled(who, now), now.replace(minute=0, second=0, microsecond=0)
    config = current_app.config
    per_hour = max(1, int(config.get("SUBMISSIONS_PER_HOUR", PER_HOUR)))
    at_once = max(1, min(per_hour, int(config.get("SUBMISSIONS_AT_ONCE", AT_ONCE))))
    since = now - timedelta(seconds=HOUR)
    sent = db.session.scalars(
        select(Attempt.at)
        .where(Attempt.door == door, Attempt.who == _keyed(who), Attempt.at > since)
        .order_by(Attempt.at)
    ).all()
    if left := _until_next(sent, now, at_once, HOUR / per_hour):
        raise TooMany(N_("Mạng này vừa gửi nhiều lần. Đợi một lúc rồi gửi lại."), left)
    count(door, who, at)


def _until_next(sent: Sequence[datetime], now: datetime, at_once: int, every: float) -> int:
    """Seconds until the bucket holds one again: it holds `at_once`, and gains one every so many seconds."""
    held, last = float(at_once), now - timedelta(seconds=HOUR)
    for at in sent:
        held = min(at_once, held + (at - last).total_seconds() / every) - 1
        last = at
    held = min(at_once, held + (now - last).total_seconds() / every)
    return 0 if held >= 1 else ceil((1 - held) * every)


def is_repeated(what: str, address: str | None, now: datetime, seconds: int) -> bool:
    """Whether this network sent just this a moment ago; remembered until then. No text is kept, a keyed hash."""
    who = f"{network(address)}|{hashlib.sha256(what.encode()).hexdigest()}"
    is_known = wait("same", who, now, 1, seconds) > 0
    count("same", who, now, timedelta(seconds=seconds))
    return is_known
