"""Pages of being heard: for residents under /reception and /dialogues, for officials under /desk."""

from flask import Blueprint

bp = Blueprint("dialogues", __name__)

from . import desk_sessions, paper_lists, plan, public_sessions  # noqa: E402, F401
