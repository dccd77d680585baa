"""Pages of being heard: for residents under /reception and /dialogues, for officials under /desk."""

from flask import Blueprint

bp = Blueprint("dialogues", __name__)

from . import (  # noqa: E402, F401
    booked,
    booking,
    commitments,
    days,
    desk_sessions,
    joining,
    paper_lists,
    patterns,
    plan,
    promises,
    promising,
    public_sessions,
    register,
    visits,
)
