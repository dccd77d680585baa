"""Files that came while the virus scanner was away: shown to it again, released or removed without anybody's hand."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime

from flask import current_app

from .. import clock
from ..attachments import scan
from ..attachments.models import Attachment
from ..attachments.queries import pending
from ..attachments.storage import default_storage
from ..cases.models import Case
from ..extensions import db, writing
from ..journal.record import Thing, record
from ..rules.workflow import THE_SYSTEM, Action

AWAY_FOR = 20.0
"""Seconds to leave a scanner alone that gave no answer; letters must not wait for it."""
log = logging.getLogger("gan_dan.worker")
_next = {"at": 0.0}


def scan_waiting(stop: threading.Event) -> None:
    """Every file that waits; at the first one without an answer the others wait on."""
    if not scan.is_on(current_app.config) or time.monotonic() < _next["at"]:
        return
    waiting = pending()
    db.session.rollback()
    for file_id, key in waiting:
        if stop.is_set():
            return
        try:
            state = scan.look(default_storage().path(key), current_app.config)
        except FileNotFoundError:  # dropped in the meantime
            continue
        except scan.Away as away:
            log.warning("%s files wait for the virus scanner: %s", len(waiting), away)
            _next["at"] = time.monotonic() + AWAY_FOR
            return
        _settle(file_id, state)


def _settle(file_id: int, state: str) -> None:
    """Write down what the scanner said, in one short write; the bytes of an infected file go after the commit."""
    with writing():
        file = db.session.get(Attachment, file_id, populate_existing=True)
        if file is None or file.scan_state != scan.PENDING:
            db.session.rollback()
            return
        file.scan_state, key = state, file.storage_key
        if state == scan.INFECTED:
            _tell(file, clock.now())
        db.session.commit()
    if state == scan.INFECTED:
        default_storage().delete(key)


def _tell(file: Attachment, now: datetime) -> None:
    """A line in the case's thread, for the resident too; of a file that no case has, its form says it."""
    subject = db.session.get(Case, file.case_id) if file.case_id else Thing(file.subject) if file.subject else None
    if subject is not None:
        record(Action.FILE_REMOVED, subject, THE_SYSTEM, now, file=file.name, public_id=file.public_id)
