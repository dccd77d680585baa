"""Verbs of files: taken in, held for a form, dropped, attached to a case, and swept away when nobody sent them.

Cleaning is slow and comes first (`take_in`), before the caller begins its write; the rows follow in that write.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import IO, Any, Protocol

from flask import current_app
from sqlalchemy import delete, func, select, update

from .. import space
from ..extensions import db
from . import scan
from .clean import (
    MAX_CASE_BYTES,
    MAX_CASE_FILES,
    MAX_FILES,
    Broken,
    Cleaned,
    FileRefused,
    Received,
    TooMany,
    clean,
    display_name,
    receive,
)
from .models import Attachment
from .refused import Infected, NoRoom, NotScanned
from .storage import Storage

log = logging.getLogger("gan_dan.attachments")
HELD_FOR = timedelta(hours=24)
"""How long a file waits for the form that holds it."""
SETTLED = timedelta(hours=1)
"""A file on disk younger than this may still be about to get its row."""


class Upload(Protocol):
    """A file as a browser sends it."""

    filename: str | None
    stream: IO[bytes]


@dataclass
class Taken:
    """What became of some uploads: clean copies on disk without a row yet, and why others were not taken."""

    files: list[Cleaned] = field(default_factory=list)
    refused: list[FileRefused] = field(default_factory=list)
    is_unheard: bool = False
    """The virus scanner gave no answer: it is not asked again for the rest of these."""


def take_in(uploads: Iterable[Upload], storage: Storage, already: int = 0) -> Taken:
    """Clean each upload in turn; one that is refused does not keep out the others. `already` are held so far.

    Holds no transaction. Files taken but never held are removed by `tidy`.
    """
    taken = Taken()
    sent = [upload for upload in uploads if upload.filename]
    if already + len(sent) > MAX_FILES:
        taken.refused.append(TooMany(already + len(sent), MAX_FILES))
        return taken
    for upload in sent:
        try:
            taken.files.append(_take(upload, storage, taken))
        except FileRefused as refused:
            taken.refused.append(refused)
    return taken


def _take(upload: Upload, storage: Storage, taken: Taken) -> Cleaned:
    """One clean copy, scanned as it came; NoRoom where the disk is nearly full, before it starts or on the way."""
    name = upload.filename or ""
    if space.standing(current_app.config).is_low:
        raise NoRoom(display_name(name))
    try:
        received = receive(upload.stream, name, storage)
        state = _looked_at(received, taken)
        return replace(clean(received.path, name, storage), scan_state=state)
    except OSError as error:
        if not space.is_no_room(error):
            raise
        raise NoRoom(display_name(name)) from error
    except Broken as broken:  # the copy may be broken only because there was no room to write it
        if space.standing(current_app.config).is_low:
            raise NoRoom(display_name(name)) from broken
        raise


def _looked_at(received: Received, taken: Taken) -> str:
    """What the virus scanner says of a file as it came; Infected, NotScanned. What is refused is removed."""
    try:
        state = scan.PENDING if taken.is_unheard else scan.look(received.path, current_app.config)
    except scan.Away as away:
        log.warning("the virus scanner gave no answer: %s", away)
        taken.is_unheard, state = True, scan.PENDING
    refusals: dict[str, type[FileRefused]] = {scan.INFECTED: Infected, scan.UNSCANNED: NotScanned}
    if state in refusals:
        received.path.unlink(missing_ok=True)
        raise refusals[state](received.name)  # type: ignore[call-arg]
    return state


def hold(files: Iterable[Cleaned], holder: str, now: datetime, *, added_by: str = "resident",
         official_id: int | None = None, is_internal: bool = False) -> list[Attachment]:  # fmt: skip
    """Give cleaned files a row that waits under `holder` (a hash); TooMany past the limit, holding none of them.

    A file that waits there already is the same one sent again after a lost answer: it is held once.
    """
    waiting = Attachment.holder == holder, Attachment.case_id.is_(None)
    held = {
        (row.sha256, row.name) for row in db.session.execute(select(Attachment.sha256, Attachment.name).where(*waiting))
    }
    new = [file for key, file in {(file.sha256, file.name): file for file in files}.items() if key not in held]
    if len(held) + len(new) > MAX_FILES:
        raise TooMany(len(held) + len(new), MAX_FILES)
    rows = [
        Attachment(public_id=secrets.token_hex(16), holder=holder, added_by=added_by, official_id=official_id,
                   is_internal=is_internal, created_at=now, **_facts(file))
        for file in new
    ]  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _facts(file: Cleaned) -> dict[str, Any]:
    return {
        "storage_key": file.key, "name": file.name, "media_type": file.media_type, "size": file.bytes,
        "sha256": file.sha256, "width": file.width, "height": file.height, "scan_state": file.scan_state,
    }  # fmt: skip


def room_of(case_id: int, holder: str) -> tuple[int, int]:
    """How many more files and bytes a case takes, what already waits under `holder` counted in."""
    theirs = (Attachment.case_id == case_id) | ((Attachment.holder == holder) & Attachment.case_id.is_(None))
    count, size = db.session.execute(select(func.count(), func.sum(Attachment.size)).where(theirs)).one()
    return MAX_CASE_FILES - count, MAX_CASE_BYTES - (size or 0)


def discard(files: Iterable[Cleaned], storage: Storage) -> None:
    """Remove clean copies that get no row after all."""
    for file in files:
        storage.delete(file.key)


def drop(public_id: str, holder: str) -> str | None:
    """Take a held file out again; its storage key, to delete after the commit, or None if not held."""
    key = db.session.scalar(
        select(Attachment.storage_key).where(
            Attachment.public_id == public_id, Attachment.holder == holder, Attachment.case_id.is_(None)
        )
    )
    if key is not None:
        db.session.execute(delete(Attachment).where(Attachment.public_id == public_id))
    return key


def attach(holder: str, case_id: int, event_seq: int) -> int:
    """What was held goes to the case, with the event that brought it; how many files that were."""
    waiting = Attachment.holder == holder, Attachment.case_id.is_(None)
    ids = list(db.session.scalars(select(Attachment.id).where(*waiting)))
    if ids:
        db.session.execute(
            update(Attachment).where(Attachment.id.in_(ids)).values(case_id=case_id, event_seq=event_seq, holder="")
        )
    return len(ids)


def keep_for_subject(files: Iterable[Cleaned], subject: str, event_seq: int, official_id: int | None,
                     now: datetime) -> list[Attachment]:  # fmt: skip
    """Files of what is no case ("session:3", "commitment:7"), with the event that brought them; inside ones only.

    TooMany where more would lie there than one sending may have.
    """
    new = list(files)
    there = db.session.scalar(select(func.count()).where(Attachment.subject == subject)) or 0
    if there + len(new) > MAX_FILES:
        raise TooMany(there + len(new), MAX_FILES)
    rows = [
        Attachment(public_id=secrets.token_hex(16), subject=subject, event_seq=event_seq, added_by="official",
                   official_id=official_id, is_internal=True, created_at=now, **_facts(file))
        for file in new
    ]  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    return rows


def sweep(now: datetime) -> int:
    """Forget files that no form sent within 24 hours; how many. `tidy` removes their bytes after the commit."""
    overdue = Attachment.case_id.is_(None) & (Attachment.holder != "") & (Attachment.created_at < now - HELD_FOR)
    ids = list(db.session.scalars(select(Attachment.id).where(overdue)))
    db.session.execute(delete(Attachment).where(Attachment.id.in_(ids)))
    return len(ids)


def tidy(storage: Storage, now: datetime, known_elsewhere: Collection[str] = ()) -> int:
    """Remove files on disk that no row knows any more, and what crashes left; how many.

    `known_elsewhere` are keys of other rooms that keep files in this storage (the signed papers).
    """
    kept = select(Attachment.storage_key).where(Attachment.scan_state != scan.INFECTED)
    known = {*db.session.scalars(kept), *known_elsewhere}
    lost = list(storage.orphans(known, now - SETTLED))
    for key in lost:
        storage.delete(key)
    return len(lost) + storage.sweep_temporary(now - SETTLED)
