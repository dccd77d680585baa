"""The signature: the password again (README, Decisions), throttled, checked outside the write turn: it is slow."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_login import current_user

from ... import clock
from ...accounts import attempts, passwords
from ...extensions import begin_write, db

SIGN_DOOR, SIGN_TRIES, SIGN_SECONDS = "sign", 10, 15 * 60
"""Wrong passwords at the signature: ten in a quarter of an hour, then a pause."""


def signs(field: Any, wrong: str) -> bool:
    """Whether the password typed is that of whoever is signed in; a wrong one is counted and said beside the field."""
    now, who = clock.now(), f"official:{g.actor.official_id}"
    attempts.refuse_if_over(SIGN_DOOR, who, now, SIGN_TRIES, SIGN_SECONDS)
    if passwords.verify(current_user.official, field.data or ""):
        return True
    begin_write()
    attempts.count(SIGN_DOOR, who, now)
    db.session.commit()
    field.errors = [*field.errors, wrong]
    return False
