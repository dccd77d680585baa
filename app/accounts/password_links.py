"""Links by which an official chooses a password: asked for by mail, or made by an administrator for handing over.

A link opens once and for half an hour; that of a new account for three days. Its key is derived from the event that
owes the letter, so that a letter sent twice carries one link, or made at random where it is handed over; only its hash
is kept. It opens no session: the new password and the second factor are asked for at the door.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, func, or_, select, update

from .. import clock
from ..extensions import db
from ..journal.record import Thing, Told, record
from ..rules.workflow import THE_SYSTEM, Action, Actor, Role
from ..units.models import Unit
from . import actions, attempts, door, passwords
from .models import Official, PasswordLink

ABOUT = "password:"
"""How events name a letter with such a link."""
RESET, ACTIVATION = "reset", "activation"
GOOD_FOR = {RESET: timedelta(minutes=30), ACTIVATION: timedelta(days=3)}
DOOR, LETTERS_PER_HOUR, HOUR = "reset", 10, 3600
"""Letters sent to one address in an hour (seconds)."""
AT_MOST = 5
"""Accounts that may share one mail address and each get their letter."""


def key_of(event_seq: int, secret: str) -> str:
    """The key in the link that the event owes: 256 bits in hexadecimal."""
    return hmac.new(secret.encode(), f"password-link:{event_seq}".encode(), hashlib.sha256).hexdigest()


def make(official_id: int, key: str, good_until: datetime) -> str:
    """Keep a link unless it is kept already; the key. The caller commits."""
    if db.session.get(PasswordLink, door.hash_of(key)) is None:
        db.session.add(PasswordLink(key_hash=door.hash_of(key), official_id=official_id, good_until=good_until))
        db.session.flush()
    return key


def good(key: str, now: datetime) -> PasswordLink | None:
    """The link with that key, if it may still be used and its official still works here."""
    link = db.session.get(PasswordLink, door.hash_of(key), populate_existing=True)
    is_good = link is not None and link.used_at is None and now < link.good_until and not link.official.is_disabled
    return link if is_good else None


def ask(typed: str, now: datetime) -> None:
    """Somebody forgot a password: owe a letter to each account of that name or address. Nobody is told if there is any.

    An unknown name leaves the same traces, so that it takes as long. The caller commits.
    """
    typed = typed.strip().lower()
    found = [official for official in _named(typed) if not official.is_disabled and official.email.strip()]
    for official in found:
        _owe(official, RESET, THE_SYSTEM, now)
    if not found:
        attempts.count(DOOR, typed, now)
        record(Action.PASSWORD_LINK, Thing(f"{ABOUT}unknown"), THE_SYSTEM, now, kind=RESET)


def _named(typed: str) -> list[Official]:
    statement = select(Official).where(or_(Official.account == typed, func.lower(Official.email) == typed))
    return list(db.session.scalars(statement.order_by(Official.id).limit(AT_MOST)))


def _owe(official: Official, kind: str, actor: Actor, now: datetime) -> None:
    """The event, and its letter unless this address was written to ten times in the last hour."""
    address = official.email.strip().lower()
    is_full = attempts.wait(DOOR, address, now, LETTERS_PER_HOUR, HOUR) > 0
    if not is_full:
        attempts.count(DOOR, address, now)
    tell = [] if is_full else [Told(Role.OFFICER, official.id, by_mail=True)]
    record(Action.PASSWORD_LINK, Thing(f"{ABOUT}{official.id}"), actor, now, tell, kind=kind)


def send_or_hand_over(official: Official, kind: str, actor: Actor, now: datetime) -> str:
    """An administrator starts it: a letter where there is an address ("" comes back), else the key to hand over.

    Nobody chooses the password but the official. The caller commits.
    """
    if official.email.strip():
        _owe(official, kind, actor, now)
        return ""
    key = make(official.id, passwords.one_time(), now + GOOD_FOR[kind])
    record(Action.PASSWORD_LINK, Thing(f"{ABOUT}{official.id}"), actor, now, kind=kind, by_hand=True)
    return key


def create(facts: dict[str, str], unit: Unit, role: Role, actor: Actor, now: datetime) -> tuple[Official, str]:
    """A new official without a password, and how to choose one: the key to hand over, or "" where a letter goes out.

    `facts`: account, name, title, email. Raises what actions.create raises. The caller commits.
    """
    person = actions.create(facts["account"], facts["name"], unit, role, "", actor, now, title=facts["title"],
                            email=facts["email"])  # fmt: skip
    return person, send_or_hand_over(person, ACTIVATION, actor, now)


def address(key: str) -> str:
    """The full address of the page of that link, under our own name whatever the request said."""
    path = current_app.url_map.bind("").build("accounts.new_password", {"key": key})
    return f"{current_app.config['BASE_URL']}{path}"


def start_over(official: Official, actor: Actor, now: datetime) -> str:
    """The old password is void and every sign-in ends; the key to hand over, or "" where a letter goes out."""
    actions.reset_password(official, "", actor, now)
    return send_or_hand_over(official, RESET, actor, now)


def use(link: PasswordLink, hashed: str, now: datetime) -> bool:
    """The official's new password (its hash), chosen by link; False where the link was used at the same moment.

    Every other link of this official is void with it, and every sign-in. The caller commits.
    """
    taken = db.session.execute(
        update(PasswordLink)
        .where(PasswordLink.key_hash == link.key_hash, PasswordLink.used_at.is_(None))
        .values(used_at=now)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return False
    official = link.official
    db.session.execute(
        delete(PasswordLink).where(PasswordLink.official_id == official.id, PasswordLink.key_hash != link.key_hash)
    )
    actions.set_password(official, hashed, official.actor(clock.day_of(now)), now)
    return True
