"""Pages of being heard: for residents under /reception and /dialogues, for officials under /desk."""

from flask import Blueprint

bp = Blueprint("dialogues", __name__)

from . import (  # noqa: E402
    commitments,  # noqa: F401
    promises,  # noqa: F401
    promising,  # noqa: F401
)
