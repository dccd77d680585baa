"""What residents opened with a code, browser by browser: here lies whether it still holds, not in the browser.

The browser keeps a random key of 256 bits, the table only its SHA-256. Leaving ends it, a new code ends all that the
old one opened, 20 idle minutes or 12 hours end it by themselves; a copied cookie is worth no more than that.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import Response, after_this_request
from sqlalchemy import ForeignKey, delete, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .extensions import NOTE_PATIENCE, Model, UtcDateTime, db, writing
from .turns import Busy

IDLE = timedelta(minutes=20)
"""Without a request for so long, the code is asked again."""
LONGEST = timedelta(hours=12)
"""After so long it is asked again in any case."""
SEEN_EVERY = timedelta(minutes=2)
"""How often the last request is written down."""


class OpenDoor(Model):
    """One case or one booking that one browser opened with its code."""

    __tablename__ = "open_door"
    key_hash: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"), index=True)
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def open_door(now: datetime, *, case_id: int | None = None, booking_id: int | None = None, instead_of: str = "",
              goes_on: bool = False) -> str:  # fmt: skip
    """Open a case or a booking in a browser; the key to hand over. The caller commits.

    `instead_of`: the key of what stood open there, which ends; with `goes_on` its hours keep counting.
    """
    before = db.session.get(OpenDoor, _hash(instead_of)) if instead_of else None
    began = before.began_at if before is not None and goes_on else now
    db.session.execute(
        delete(OpenDoor).where((OpenDoor.key_hash == _hash(instead_of)) | (OpenDoor.began_at < now - LONGEST))
    )
    key = secrets.token_urlsafe(32)
    db.session.add(OpenDoor(key_hash=_hash(key), case_id=case_id, booking_id=booking_id, began_at=began, seen_at=now))
    db.session.flush()
    return key


def still_open(key: object) -> OpenDoor | None:
    """What this browser opened, if that still holds: it then stays open for another while."""
    now = clock.now()
    row = db.session.get(OpenDoor, _hash(key)) if isinstance(key, str) else None
    if row is None or now - row.seen_at > IDLE or now - row.began_at > LONGEST:
        return None
    if now - row.seen_at >= SEEN_EVERY:
        _note_seen(row.key_hash, now)
    return row


def _note_seen(key_hash: str, now: datetime) -> None:
    """Write down that somebody was here, once the page is made: a short write, never in the page's way."""

    @after_this_request
    def write(response: Response) -> Response:
        try:
            with writing(patience=NOTE_PATIENCE):
                db.session.execute(
                    update(OpenDoor).where(OpenDoor.key_hash == key_hash, OpenDoor.seen_at < now).values(seen_at=now)
                )
                db.session.commit()
        except (Busy, OperationalError):
            db.session.rollback()
        return response


def shut(key: object) -> None:
    """Whoever opened it leaves. The caller commits."""
    if isinstance(key, str):
        db.session.execute(delete(OpenDoor).where(OpenDoor.key_hash == _hash(key)))


def shut_all(*, case_id: int | None = None, booking_id: int | None = None) -> None:
    """The old code opens nothing any more, nor does what it opened. The caller commits."""
    column, number = (OpenDoor.case_id, case_id) if case_id is not None else (OpenDoor.booking_id, booking_id)
    db.session.execute(delete(OpenDoor).where(column == number))
