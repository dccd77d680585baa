"""Everybody who may come to a door: residents, and each role at the case's unit, above it, beside it, and before it."""

from __future__ import annotations

from app.rules import permissions
from app.rules.permissions import ANONYMOUS, RESIDENT, ROLES, SEATS, STRANGER, VISITORS, role_of
from app.rules.workflow import Role

PLACES = dict(zip(SEATS, ("01447", "04", "01273", "01294"), strict=True))
"""Where an official sits, seen from the case: its unit, the unit above, one beside, one that has passed it on."""
OFFICIALS = {who: (Role(role_of(who)), PLACES[who.partition("@")[2]]) for who in permissions.OFFICIALS}

__all__ = ["ANONYMOUS", "OFFICIALS", "PLACES", "RESIDENT", "ROLES", "STRANGER", "VISITORS", "role_of"]
