"""Hands a kept file to a browser so that nothing in it can act: saved, not opened, under a name that cannot deceive."""

from __future__ import annotations

from flask import Response, send_file

from ..refusals import Missing
from .storage import Storage

STILL = "sandbox; default-src 'none'"
"""Content security policy of a file: even opened, it may run, load and show nothing."""


def hand_out(storage: Storage, key: str, name: str, media_type: str) -> Response:
    """The answer that carries a file of ours. The view has asked whether this reader may have it."""
    try:
        response = send_file(
            storage.path(key), mimetype=media_type, as_attachment=True, download_name=name,
            conditional=True, etag=False, max_age=0,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise Missing from error
    response.headers["Content-Security-Policy"] = STILL
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
