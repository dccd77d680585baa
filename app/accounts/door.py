"""The officials' door: who is let in, for how long, and how the door is shut behind them.

The browser keeps a random key of 256 bits, the table only its SHA-256. Every request reads the row again, so an
ended sign-in, a disabled account or a changed role counts from the next request on.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from flask import Response, after_this_request, current_app
from flask_login import UserMixin
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import joinedload

from .. import clock
from ..extensions import NOTE_PATIENCE, db, login, writing
from ..journal.record import record
from ..meters import SIGN_IN_FAILURES
from ..rules.workflow import THE_SYSTEM, Action, Actor
from ..turns import Busy
from . import attempts, factor, passwords
from .models import Official, SignIn, SignInStep

IDLE = timedelta(minutes=30)
"""Without a request for so long, the password is asked again."""
LONGEST = timedelta(hours=12)
"""After so long it is asked again in any case."""
SEEN_EVERY = timedelta(minutes=5)
"""How often a sign-in's last request is written down."""
STEP_LASTS = timedelta(minutes=10)
"""How long the page of the code waits after the password was right."""
CODE_HOLDS = timedelta(minutes=5)
"""How long a code given for a signature holds for the next signatures in the same browser."""
DOOR = "sign_in"
PER_ACCOUNT, PER_NETWORK, WINDOW = 10, 100, 15 * 60
"""Wrong passwords taken from one network in 15 minutes (seconds): for one account, for all accounts together."""

login.session_protection = None  # the row says whether a sign-in lives; no address or browser goes into the cookie


class SignedIn(UserMixin):
    """An official in one browser, as pages and guards meet them (`current_user`)."""

    def __init__(self, official: Official, key: str, code_at: datetime | None = None) -> None:
        self.official = official
        self.key = key
        self.code_at = code_at
        self.id = official.id
        self.account = official.account
        self.name = official.name
        self.language = official.language
        self.has_keys = official.has_keys
        self.keys_off = not official.has_keys
        self.must_change_password = official.must_change_password

    def get_id(self) -> str:
        """What the browser keeps: the key of this sign-in, not the official's number."""
        return self.key

    def actor(self, day: date) -> Actor:
        """The official as the rules see them on that day."""
        return self.official.actor(day)

    @property
    def has_second_factor(self) -> bool:
        """Whether a telephone makes codes for this official."""
        return self.official.second_factor is not None

    @property
    def must_enrol(self) -> bool:
        """Whether nothing opens before the second factor is set up."""
        return bool(current_app.config["MFA_REQUIRED"]) and not self.has_second_factor

    @property
    def asks_code(self) -> bool:
        """Whether the next signature asks for a code: a second factor, and none given for one a moment ago."""
        is_recent = self.code_at is not None and clock.now() - self.code_at <= CODE_HOLDS
        return self.has_second_factor and not is_recent


def hash_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def is_alive(row: SignIn, now: datetime) -> bool:
    """Whether a sign-in still opens pages: neither ended, idle nor old, and its official still works here."""
    return (
        row.ended_at is None
        and now - row.seen_at <= IDLE
        and now - row.began_at <= LONGEST
        and not row.official.is_disabled
    )


WHOLE = (
    joinedload(SignIn.official, innerjoin=True).options(
        joinedload(Official.posts), joinedload(Official.deputations), joinedload(Official.second_factor)
    ),
)
"""Everything the guards ask of an official, in the one statement that opens each request."""


@login.user_loader
def load(key: str) -> SignedIn | None:
    """The official whose browser brought this key, or nobody."""
    row = db.session.get(SignIn, hash_of(key), options=WHOLE)
    now = clock.now()
    if row is None or not is_alive(row, now):
        return None
    if now - row.seen_at >= SEEN_EVERY:
        _note_seen(row.key_hash, now)
    return SignedIn(row.official, key, row.code_at)


def _note_seen(key_hash: str, now: datetime) -> None:
    """Write down that the official was here, once the page is made: a short write, never in the page's way."""

    @after_this_request
    def write(response: Response) -> Response:
        try:
            with writing(patience=NOTE_PATIENCE):
                db.session.execute(
                    update(SignIn).where(SignIn.key_hash == key_hash, SignIn.seen_at < now).values(seen_at=now)
                )
                db.session.commit()
        except (Busy, OperationalError):
            db.session.rollback()
        return response


def refuse_crowd(account: str, network: str, now: datetime) -> None:
    """Raise TooMany after 10 wrong passwords for this account, or 100 for any, from one network.

    Another network is not held up, so nobody outside can lock an official out for good.
    """
    attempts.refuse_if_over(DOOR, f"{account}|{network}", now, PER_ACCOUNT, WINDOW)
    attempts.refuse_if_over(DOOR, network, now, PER_NETWORK, WINDOW)


def knows(official: Official | None, password: str) -> bool:
    """Whether the password opens the door. Slow on purpose: ask before taking the write turn.

    An unknown or disabled account takes as long as a wrong password.
    """
    is_right = passwords.verify(official, password)
    return is_right and official is not None and not official.is_disabled


SIGN_DOOR, SIGN_TRIES, SIGN_SECONDS = "sign", 10, 15 * 60
"""Wrong passwords at the signature: ten in a quarter of an hour, then a pause."""


def unsigned(visitor: SignedIn, password: str, code: str, now: datetime) -> str:
    """The signature: the field that is wrong (`password` or `code`), or "" where whoever is signed in has signed.

    The password each time; the second factor's code as well, unless one was given here for another signature in the
    last five minutes (README, Decisions). Wrong ones are counted. Slow on purpose: asked outside the write turn.
    TooMany after ten wrong passwords or six wrong codes.
    """
    if not confirms(visitor, password, now):
        return "password"
    if not visitor.asks_code:
        return ""
    with writing():
        is_right = factor.check(visitor.official, code, now, paper_too=False)
        if is_right:
            db.session.execute(update(SignIn).where(SignIn.key_hash == hash_of(visitor.key)).values(code_at=now))
            visitor.code_at = now
        db.session.commit()
    return "" if is_right else "code"


def confirms(visitor: SignedIn, password: str, now: datetime) -> bool:
    """Whether it is the password of whoever is signed in; a wrong one is counted. Slow: outside the write turn."""
    who = f"official:{visitor.id}"
    attempts.refuse_if_over(SIGN_DOOR, who, now, SIGN_TRIES, SIGN_SECONDS)
    if passwords.verify(visitor.official, password):
        return True
    with writing():
        attempts.count(SIGN_DOOR, who, now)
        db.session.commit()
    return False


def turn_away(official: Official | None, account: str, network: str, now: datetime) -> None:
    """Remember a wrong password: counted for the account and the network, and an event. The caller commits.

    An account nobody has is not written down: people type passwords into that field by mistake.
    """
    attempts.count(DOOR, f"{account}|{network}", now)
    attempts.count(DOOR, network, now)
    SIGN_IN_FAILURES.inc()
    about = f"official:{official.id}" if official else "official:unknown"
    record(Action.SIGN_IN_FAILED, None, THE_SYSTEM, now, about=about)


def admit(official: Official, now: datetime, new_hash: str = "", by: str = "") -> str:
    """Let the official in: a fresh key for this browser, and an event. The caller commits and hands the key over.

    `by` says what vouched for the official where it was no password of ours.
    """
    if new_hash:
        official.password_hash = new_hash
    key = secrets.token_urlsafe(32)
    db.session.add(SignIn(key_hash=hash_of(key), official_id=official.id, began_at=now, seen_at=now))
    facts: dict[str, Any] = {"by": by} if by else {}
    record(Action.SIGN_IN, None, official.actor(clock.day_of(now)), now, about=f"official:{official.id}", **facts)
    return key


def wait_for_code(official: Official, now: datetime, new_hash: str = "") -> str:
    """The password was right: a key for this browser that opens the page of the code and nothing else.

    The caller commits.
    """
    if new_hash:
        official.password_hash = new_hash
    db.session.execute(delete(SignInStep).where(SignInStep.began_at < now - STEP_LASTS))
    key = secrets.token_urlsafe(32)
    db.session.add(SignInStep(key_hash=hash_of(key), official_id=official.id, began_at=now))
    return key


def step_with(key: str, now: datetime) -> SignInStep | None:
    """The half-done sign-in of this browser, if it is not older than ten minutes and still makes sense."""
    row = db.session.get(SignInStep, hash_of(key)) if key else None
    if row is None or now - row.began_at > STEP_LASTS or row.official.is_disabled:
        return None
    return row if row.official.second_factor is not None else None


def forget_steps(official_id: int) -> None:
    """Half-done sign-ins of an official lead nowhere any more."""
    db.session.execute(delete(SignInStep).where(SignInStep.official_id == official_id))


def leave(visitor: SignedIn, now: datetime) -> None:
    """The official signs out: the key opens nothing any more. The caller commits."""
    end(sign_ins(visitor.id, now), now, only=hash_of(visitor.key))
    actor = visitor.actor(clock.day_of(now))
    record(Action.SIGN_OUT, None, actor, now, about=f"official:{visitor.id}")


def sign_ins(official_id: int, now: datetime) -> list[SignIn]:
    """The browsers in which an official is signed in now, the latest first."""
    rows = db.session.scalars(
        select(SignIn)
        .where(SignIn.official_id == official_id, SignIn.ended_at.is_(None), SignIn.began_at > now - LONGEST)
        .order_by(SignIn.began_at.desc())
    )
    return [row for row in rows if is_alive(row, now)]


def end(rows: Iterable[SignIn], now: datetime, only: str = "", but: str = "") -> int:
    """End sign-ins, all, `only` the one with that hash, or all `but` that one; how many ended. The caller commits."""
    chosen = [row for row in rows if row.key_hash != but and (not only or row.key_hash.startswith(only))]
    for row in chosen:
        row.ended_at = now
    db.session.flush()
    return len(chosen)
