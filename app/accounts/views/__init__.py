"""The officials' pages: the door, the own account, the second factor, the officials of a unit, deputies."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from . import admin, deputies, door, forgotten, own, second_factor, single  # noqa: E402, F401
