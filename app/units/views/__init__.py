"""The administrators' pages about the house: units, categories, calendar, settings."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("units", __name__)

from . import calendar, categories, rules, tree  # noqa: E402, F401
