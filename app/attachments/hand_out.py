"""Hands a kept file to a browser so that nothing in it can act: saved, not opened, under a name that cannot deceive."""

from __future__ import annotations

from flask import Response, send_file

from ..refusals import Missing, WrongStep
from ..rules.workflow import N_
from . import scan
from .models import Attachment
from .storage import Storage

STILL = "sandbox; default-src 'none'"
"""Content security policy of a file: even opened, it may run, load and show nothing."""


WAITS = N_("Tệp này đang chờ quét vi-rút. Quét xong thì tự mở được.")
NOT_HANDED_OUT = {
    scan.PENDING: WAITS,
    scan.INFECTED: N_("Tệp này có vi-rút nên đã bị xóa."),
    scan.UNSCANNED: N_("Tệp này không quét vi-rút được nên không mở được."),
}


def hand_out_file(storage: Storage, file: Attachment) -> Response:
    """The answer that carries an attachment; WrongStep (409) where the virus scanner has not said that it is clean."""
    if not file.may_leave:
        raise WrongStep(NOT_HANDED_OUT.get(file.scan_state, WAITS))
    return hand_out(storage, file.storage_key, file.name, file.media_type)


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
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
