"""The second factor: six digits that the official's telephone makes from a shared secret (TOTP), and codes on paper.

A code is good for its half minute and the ones beside it, and once: the last half minute used is kept. Six wrong ones
in a quarter of an hour, or thirty in a day, and the door stays shut a while; only who has the password comes so far,
so nobody outside can shut it. The secret lies sealed; the codes on paper are kept as hashes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pyotp
from flask import current_app
from sqlalchemy import delete, func, select, update

from .. import clock, keys, sealing
from ..extensions import db
from ..journal.record import record
from ..rules.workflow import THE_SYSTEM, Action, Actor
from . import attempts
from .models import Official, RecoveryCode, SecondFactor

HALF_MINUTE = 30
"""Seconds a code lasts."""
NEIGHBOURS = (0, -1, 1)
"""Half minutes before and after that are taken too: the telephone's clock is not ours."""
DOOR, TRIES, WINDOW = "code", 6, 15 * 60
PER_DAY, DAY = 30, 24 * 3600
"""Wrong codes an official may type in 15 minutes, and in a day (seconds)."""
ON_PAPER = 10
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")


def proposed(config: Mapping[str, Any], key: str) -> str:
    """The secret offered in the browser with this key: the same until it is taken, and kept nowhere."""
    mixed = hmac.new(keys.key(config, "personal"), b"second-factor:" + key.encode(), hashlib.sha256)
    return base64.b32encode(mixed.digest()[:20]).decode()


def address(secret: str, official: Official, issuer: str) -> str:
    """What the QR picture says to the telephone."""
    return pyotp.TOTP(secret).provisioning_uri(name=official.account, issuer_name=issuer)


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The half minute whose code was typed, if it is one of those near `now`."""
    digits = re.sub(r"\s", "", typed)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    here, made = int(now.timestamp()) // HALF_MINUTE, pyotp.TOTP(secret)
    near = [here + n for n in NEIGHBOURS]
    return next((step for step in near if hmac.compare_digest(made.generate_otp(step), digits)), None)


def refuse_crowd(official: Official, now: datetime) -> None:
    """Raise TooMany after too many wrong codes of this official."""
    attempts.refuse_if_over(DOOR, _who(official), now, TRIES, WINDOW)
    attempts.refuse_if_over(DOOR, _who(official), now, PER_DAY, DAY)


def _who(official: Official) -> str:
    return f"official:{official.id}"


def turn_away(official: Official, now: datetime) -> None:
    """Remember a wrong code: counted, and an event. The caller commits."""
    attempts.count(DOOR, _who(official), now)
    record(Action.SIGN_IN_FAILED, None, THE_SYSTEM, now, about=_who(official), what="code")


def check(official: Official, typed: str, now: datetime, *, paper_too: bool = True) -> bool:
    """Whether this code opens, and uses it up; a wrong one is counted. In the write turn; the caller commits.

    `paper_too`: a code on paper stands in for the telephone. TooMany after six wrong ones.
    """
    row = db.session.scalar(
        select(SecondFactor).where(SecondFactor.official_id == official.id).with_for_update(),
        execution_options={"populate_existing": True},
    )  # of several tries at one moment each waits here for the one before
    refuse_crowd(official, now)
    if row is not None and (_is_fresh(row, typed, now) or (paper_too and _uses_up(official, typed, now))):
        return True
    turn_away(official, now)
    return False


def _is_fresh(row: SecondFactor, typed: str, now: datetime) -> bool:
    step = step_of(secret_of(row), typed, now)
    if step is None or step <= row.last_step:
        return False
    row.last_step = step
    db.session.flush()
    return True


def secret_of(row: SecondFactor) -> str:
    """The shared secret, unsealed."""
    return sealing.unseal(current_app.config, row.secret, _about(row.official_id)).decode()


def _about(official_id: int) -> bytes:
    return f"second-factor:{official_id}".encode()


def _uses_up(official: Official, typed: str, now: datetime) -> bool:
    used = db.session.execute(
        update(RecoveryCode)
        .where(RecoveryCode.code_hash == _hashed(official.id, typed), RecoveryCode.official_id == official.id)
        .where(RecoveryCode.used_at.is_(None))
        .values(used_at=now)
    )
    if used.rowcount == 1:  # type: ignore[attr-defined]
        _changed(official, official.actor(clock.day_of(now)), now, second_factor="paper")
        return True
    return False


def _hashed(official_id: int, typed: str) -> str:
    plain = re.sub(r"[\s-]", "", typed).upper().translate(_READ_AS)
    return hashlib.sha256(f"recovery:{official_id}:{plain}".encode()).hexdigest()


def _changed(official: Official, actor: Actor, now: datetime, **facts: Any) -> None:
    record(Action.OFFICIAL_CHANGED, None, actor, now, about=_who(official), **facts)


def enrol(official: Official, secret: str, step: int, actor: Actor, now: datetime) -> list[str]:
    """From now on this telephone is asked at each sign-in; the codes for paper, shown once. The caller commits.

    `step`: the half minute of the code that proved it, used up with it.
    """
    sealed = sealing.seal(current_app.config, secret.encode(), _about(official.id))
    db.session.execute(delete(SecondFactor).where(SecondFactor.official_id == official.id))
    db.session.add(SecondFactor(official_id=official.id, secret=sealed, last_step=step, began_at=now))
    db.session.flush()
    db.session.expire(official, ["second_factor"])
    _changed(official, actor, now, second_factor="set")
    return _new_codes(official)


def renew_codes(official: Official, actor: Actor, now: datetime) -> list[str]:
    """Ten new codes for paper, shown once; those of before open nothing more. The caller commits."""
    _changed(official, actor, now, second_factor="codes")
    return _new_codes(official)


def _new_codes(official: Official) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.official_id == official.id))
    made = [
        "-".join("".join(secrets.choice(_ALPHABET) for _n in range(4)) for _g in range(4)) for _c in range(ON_PAPER)
    ]
    db.session.add_all(RecoveryCode(code_hash=_hashed(official.id, code), official_id=official.id) for code in made)
    db.session.flush()
    return made


def codes_left(official_id: int) -> int:
    """How many codes on paper are still good."""
    statement = select(func.count()).where(RecoveryCode.official_id == official_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(statement) or 0


def drop(official: Official, actor: Actor, now: datetime) -> None:
    """The telephone is lost or replaced: its codes and those on paper open nothing more. The caller commits."""
    for table in (SecondFactor, RecoveryCode):
        db.session.execute(delete(table).where(table.official_id == official.id))
    db.session.expire(official, ["second_factor"])
    _changed(official, actor, now, second_factor="removed")
