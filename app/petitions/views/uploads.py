"""Files on their way up: cleaned while nobody waits for a lock, then held in one short write of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Response, after_this_request, current_app, request

from ... import clock
from ...accounts import attempts
from ...attachments.actions import Taken, discard, hold, room_of, take_in
from ...attachments.queries import held
from ...attachments.refused import CaseFull, FileRefused, TooOften
from ...attachments.storage import default_storage
from ...extensions import begin_write, db

PER_HOUR = 200
"""Files from one network; a household sends far fewer."""


class Refused(list[str]):
    """Why files were not taken, to stand beside the field; `status` is what the page answers with."""

    def __init__(self, reasons: Iterable[FileRefused] = ()) -> None:
        """The gravest of the reasons speaks: no room, too often, too large, else 422."""
        reasons = list(reasons)
        super().__init__(str(reason) for reason in reasons)
        self.status = max((reason.status for reason in reasons if reason.status != 422), default=422)


def hold_uploads(holder: str, case_id: int | None = None) -> Refused:
    """Hold the files this request chose, those that can be; the reasons why others cannot.

    `case_id`: the case they are for, where there is one already: it has a limit over all its messages.
    """
    uploads = [upload for upload in request.files.getlist("files") if upload.filename]
    if not uploads:
        return Refused()
    who, now = attempts.network(request.remote_addr), clock.now()
    room = room_of(case_id, holder) if case_id is not None else None
    if room is not None and (len(uploads) > room[0] or room[1] <= 0):
        return Refused([CaseFull()])
    if (left := _wait(who, now)) > 0:
        return _come_back(left)
    taken = take_in(uploads, default_storage(), already=len(held(holder)))
    if room is not None and sum(file.bytes for file in taken.files) > room[1]:
        discard(taken.files, default_storage())
        return Refused([CaseFull()])
    _hold(taken, holder, who, now)
    return Refused(taken.refused)


def _wait(who: str, now: datetime) -> int:
    limit = int(current_app.config.get("UPLOADS_PER_HOUR", PER_HOUR))
    return attempts.wait("upload", who, now, limit, 3600)


def _come_back(seconds: int) -> Refused:
    """Too many files from this network in an hour: said beside the field, everything typed stays."""

    @after_this_request
    def say_when(response: Response) -> Response:
        response.headers["Retry-After"] = str(seconds)
        return response

    return Refused([TooOften(-(-seconds // 60))])


def _hold(taken: Taken, holder: str, who: str, now: datetime) -> None:
    begin_write()
    for _file in taken.files:
        attempts.count("upload", who, now)
    try:
        hold(taken.files, holder, now)
    except FileRefused as too_many:
        taken.refused.append(too_many)
        discard(taken.files, default_storage())
    db.session.commit()
