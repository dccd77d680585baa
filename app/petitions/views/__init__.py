"""The resident's pages, in the order of a petition's life."""

from flask import Blueprint

bp = Blueprint("petitions", __name__)

from . import (  # noqa: E402
    appeal,  # noqa: F401
    channel,  # noqa: F401
    door,  # noqa: F401
    follow,  # noqa: F401
    home,  # noqa: F401
    judge,  # noqa: F401
    meeting,  # noqa: F401
    own_data,  # noqa: F401
    receipt,  # noqa: F401
    submit,  # noqa: F401
    trust,  # noqa: F401
)
