"""Files on their way up: cleaned while nobody waits for a lock, then held in one short write of their own."""

from __future__ import annotations

from flask import request

from ... import clock
from ...accounts import attempts
from ...attachments.actions import hold, take_in
from ...attachments.queries import held
from ...attachments.refused import FileRefused
from ...attachments.storage import default_storage
from ...extensions import begin_write, db

PER_HOUR = 200
"""Files from one network; a household sends far fewer."""


def hold_uploads(holder: str) -> list[str]:
    """Hold the files this request chose, those that can be; the reasons why others cannot."""
    uploads = [upload for upload in request.files.getlist("files") if upload.filename]
    if not uploads:
        return []
    who, now = attempts.network(request.remote_addr), clock.now()
    attempts.refuse_if_over("upload", who, now, PER_HOUR, 3600)
    taken = take_in(uploads, default_storage(), already=len(held(holder)))
    begin_write()
    for _file in taken.files:
        attempts.count("upload", who, now)
    try:
        hold(taken.files, holder, now)
    except FileRefused as too_many:
        taken.refused.append(too_many)
    db.session.commit()
    return [str(refused) for refused in taken.refused]
