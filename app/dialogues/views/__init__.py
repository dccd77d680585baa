"""Pages of being heard: for residents under /reception and /dialogues, for officials under /desk."""

from flask import Blueprint

bp = Blueprint("dialogues", __name__)

from . import booked, booking  # noqa: E402, F401
