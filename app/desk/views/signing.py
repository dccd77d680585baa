"""The signature: the password again (README, Decisions), throttled, checked outside the write turn: it is slow."""

from __future__ import annotations

from typing import Any

from flask_login import current_user

from ... import clock
from ...accounts import door


def signs(field: Any, wrong: str) -> bool:
    """Whether the password typed is that of whoever is signed in; a wrong one is counted and said beside the field."""
    if door.signs(current_user, field.data or "", clock.now()):
        return True
    field.errors = [*field.errors, wrong]
    return False
