"""The resident's pages, in the order of a petition's life."""

from flask import Blueprint

bp = Blueprint("petitions", __name__)

from . import appeal, channel, door, follow, home, judge, meeting, receipt, submit, trust  # noqa: E402, F401
