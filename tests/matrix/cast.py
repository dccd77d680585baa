"""Everybody who may come to a door: residents, and each role at the case's unit, above it, beside it, and before it."""

from __future__ import annotations

from app.rules.workflow import Role

PLACES = {"unit": "01447", "parent": "04", "sibling": "01273", "past": "01294"}
"""Where an official sits, seen from the case: its unit, the unit above, one beside, one that has passed it on."""
ROLES = (Role.CLERK, Role.OFFICER, Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR, Role.ADMINISTRATOR, Role.REGISTRAR)
OFFICIALS = {f"{role}@{place}": (role, code) for role in ROLES for place, code in PLACES.items()}
OFFICIALS["colleague@unit"] = (Role.OFFICER, PLACES["unit"])
"""officer@unit holds the case; colleague@unit is an officer of the same unit who does not."""
ANONYMOUS, RESIDENT, STRANGER = "anonymous", "resident", "stranger"
"""Nobody yet; the resident whose case it is; the resident of another case."""
VISITORS = (ANONYMOUS, RESIDENT, STRANGER, *OFFICIALS)


def role_of(visitor: str) -> str:
    """What a visitor is, wherever they sit: anonymous, resident, stranger, or a role."""
    return str(OFFICIALS[visitor][0]) if visitor in OFFICIALS else visitor
