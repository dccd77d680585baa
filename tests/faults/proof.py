"""What must be true after the storm, read from the database and the disk and not from what the server says."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select, text

from app.attachments.models import Attachment
from app.attachments.storage import Storage
from app.cases.models import Case
from app.cases.receipts import hashed
from app.extensions import db
from app.journal.models import Event, Notice
from app.journal.verify import verify
from app.rules.workflow import Action

from .house import House
from .resident import Deed


@dataclass(frozen=True)
class Found:
    """How much was looked at."""

    cases: int
    files: int
    events: int
    notices: int


def wrong_with(house: House, deeds: Iterable[Deed]) -> list[str]:
    """Everything that is not as it must be; an empty list is the proof."""
    with house.inside():
        return [*_database(), *_journal(), *_numbers(), *_notices(), *_deeds(house, list(deeds))]


def counted(house: House) -> Found:
    """How much there is."""
    with house.inside():
        rows = [
            db.session.scalar(select(func.count()).select_from(table)) for table in (Case, Attachment, Event, Notice)
        ]
        return Found(*(int(row or 0) for row in rows))


def _database() -> list[str]:
    if db.engine.dialect.name != "sqlite":
        return []
    said = [str(row[0]) for row in db.session.execute(text("PRAGMA integrity_check"))]
    loose = db.session.execute(text("PRAGMA foreign_key_check")).all()
    return [f"integrity_check: {line}" for line in said if line != "ok"] + [
        f"foreign_key_check: {row}" for row in loose
    ]


def _journal() -> list[str]:
    _count, wrong = verify()
    return [f"journal: {wrong}"] if wrong else []


def _numbers() -> list[str]:
    """Reference numbers run from 1 without a gap: nothing was given out and rolled back."""
    numbers = sorted(int(reference.rpartition("-")[2]) for reference in db.session.scalars(select(Case.reference)))
    return [] if numbers == list(range(1, len(numbers) + 1)) else [f"reference numbers have gaps: {numbers}"]


def _notices() -> list[str]:
    """Each event owes each person at most one notice."""
    owed = Counter(db.session.execute(select(Notice.event_seq, Notice.role, Notice.official_id, Notice.channel)).all())
    return [f"{count} notices for one event: {key}" for key, count in owed.items() if count > 1]


def _deeds(house: House, deeds: list[Deed]) -> list[str]:
    storage = Storage(house.data / "files")
    known = {hashed(deed.token) for deed in deeds}
    wrong = [f"case {case.id} is nobody's" for case in db.session.scalars(select(Case)) if case.token_hash not in known]
    for deed in deeds:
        wrong += [f"{deed.email}: {what}" for what in _deed(deed, storage)]
    return wrong


def _deed(deed: Deed, storage: Storage) -> list[str]:
    """Acknowledged: exactly once and whole. Not acknowledged: whole or not at all."""
    cases = db.session.scalars(select(Case).where(Case.token_hash == hashed(deed.token))).all()
    by_code = db.session.scalar(select(func.count()).where(Case.code_hash == hashed(deed.code)))
    if len(cases) != by_code or len(cases) > 1 or (deed.is_acknowledged and not cases):
        return [f"acknowledged {deed.is_acknowledged}, {len(cases)} cases by token, {by_code} by code"]
    return [what for case in cases for what in (*_files(case, deed, storage), *_events(case))]


def _files(case: Case, deed: Deed, storage: Storage) -> list[str]:
    rows = db.session.scalars(select(Attachment).where(Attachment.case_id == case.id)).all()
    wrong = [] if len(rows) == deed.files == case.files_count else [f"{len(rows)} files for {deed.files} sent"]
    stored = []
    for row in rows:
        try:
            with storage.open(row.storage_key) as file:
                stored.append(hashlib.file_digest(file, "sha256").hexdigest())
        except FileNotFoundError:
            return [*wrong, f"file {row.id} has a row and no bytes"]
    if sorted(stored) != sorted(row.sha256 for row in rows):
        wrong.append("the bytes on disk are not those of the rows")
    if deed.served and sorted(stored) != sorted(deed.served):
        wrong.append("what was handed out is not what is kept")
    return wrong


def _events(case: Case) -> list[str]:
    events = db.session.scalars(select(Event.seq).where(Event.case_id == case.id, Event.action == Action.SUBMIT)).all()
    if len(events) != 1:
        return [f"{len(events)} arrivals of one case"]
    owed = db.session.scalar(select(func.count()).where(Notice.event_seq == events[0], Notice.channel == "mail"))
    return [] if owed == 1 else [f"{owed} letters owed for one arrival"]
