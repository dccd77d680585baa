"""Weak lines: text leaves compressed. Pages that show a secret do not, so that their length tells nothing."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

SECRET_PAGES = {"petitions.receipt", "petitions.follow", "desk.intake_receipt", "accounts.new_official"}
TEXT = ("text/", "application/json", "image/svg+xml", "application/javascript")
LEAST = 800
"""Bytes below which compressing costs more than it saves."""


@lru_cache(maxsize=128)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


def _may(response: Response) -> bool:
    return (
        request.endpoint not in SECRET_PAGES
        and response.status_code == 200
        and "gzip" in request.headers.get("Accept-Encoding", "")
        and "Content-Encoding" not in response.headers
        and (response.content_type or "").startswith(TEXT)
        and "attachment" not in response.headers.get("Content-Disposition", "")
    )


def compress(response: Response) -> Response:
    """Gzip a text response; static files only once per content."""
    if not _may(response):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < LEAST:
        return response
    packed = _packed(body) if request.endpoint == "static" else gzip.compress(body, 6, mtime=0)
    response.set_data(packed)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "Accept-Encoding"]))
    return response


def register(app: Flask) -> None:
    """Compress as the very last step."""
    app.after_request(compress)
