"""What is kept of a resident, for the resident to take along: their own words, files and what they were told, as JSON.

Nobody else's data and nothing from inside the house: the lines are those of the follow page, the files those handed out
there, and the answer to somebody else's earlier case is left out.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Any

from ..attachments import queries as files
from ..attachments.models import Attachment
from ..attachments.storage import Storage
from ..cases import queries
from ..cases.lines import RESIDENT, thread_items
from ..cases.models import Case, Rating
from ..cases.names import names_of
from ..documents.models import Document
from ..documents.queries import documents_of
from ..extensions import db
from ..journal.models import Event
from ..keeping.queries import requests_of
from ..rules.visibility import Sight
from ..rules.workflow import Actor, Role
from ..words import named, word

IN_MEMORY = 8 * 1024 * 1024
"""A larger archive is built on the disk."""
OWN_FACTS = ("text", "reason", "level", "reasons", "kind")


def own_data(case: Case, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything about the resident of this case, by plain names; moments in UTC."""
    events = queries.events_for(case, actor, Sight.FULL)
    asked = case.asked_to_meet
    return {
        "reference": case.reference, "made_at": now.isoformat(), "kind": str(word(case.kind, "kind")),
        "contact": case.person.said() if case.person else {},
        "petition": {
            "title": case.title, "text": case.body, "subject": named(case.category), "place": case.place,
            "commune": named(case.commune) if case.commune else "", "latitude": case.latitude,
            "longitude": case.longitude, "is_public": case.is_public, "language": case.language,
            "channel": str(word(case.channel, "channel")), "against": case.against, "known_on": case.known_on,
            "request": case.request, "submitted_at": case.submitted_at,
        },
        "meeting": {
            "people": asked.people, "representatives": asked.representatives, "wanted_times": asked.wanted_times,
            "interpreter": asked.interpreter, "wheelchair": asked.wheelchair,
        } if asked else None,
        "your_words": [_own(event) for event in events if event.actor_role == Role.RESIDENT],
        "what_happened": _lines(events, now),
        "answer": case.answer_text, "ratings": _ratings(case),
        "requests": [{"kind": one.kind, "text": one.text, "asked_at": one.asked_at, "due_on": one.due_on,
                      "state": one.state, "reason": one.reason} for one in requests_of(case)],
        "files": [_file(file) for file in own_files(case)],
        "papers": [{"name": paper_name(paper), "number": paper.number, "signed_at": paper.signed_at,
                    "sha256": paper.sha256} for paper in documents_of(case.id, audience="resident")],
    }  # fmt: skip


def _own(event: Event) -> dict[str, Any]:
    said = {name: event.facts[name] for name in OWN_FACTS if event.facts.get(name)}
    return {"at": event.at, "what": str(word(event.action, "happened")), **said}


def _lines(events: Sequence[Event], now: datetime) -> list[dict[str, str]]:
    """The thread as the follow page tells it, oldest first."""
    items = thread_items(events, RESIDENT, names_of(events, now.date(), {}))
    return [
        {name: str(item[name]) for name in ("when", "title", "who", "text", "summary") if item.get(name)}
        for item in reversed(items)
    ]


def _ratings(case: Case) -> list[dict[str, Any]]:
    rows = db.session.query(Rating).filter_by(case_id=case.id).order_by(Rating.id)
    return [{"at": row.at, "level": row.level, "reasons": row.reasons, "text": row.text} for row in rows]


def own_files(case: Case) -> list[Attachment]:
    """Files the resident sent, and those the unit sent to them; no inside ones, and none not yet scanned."""
    return [file for file in files.of_case(case.id) if file.may_leave]


def _file(file: Attachment) -> dict[str, Any]:
    return {"name": file_name(file), "as_sent": file.name, "from": file.added_by, "size": file.size,
            "sha256": file.sha256, "at": file.created_at}  # fmt: skip


def file_name(file: Attachment) -> str:
    """Under what name it lies in the archive: ours, so that no name of somebody else unpacks to a strange place."""
    return f"files/{file.id}.{file.storage_key.rpartition('.')[2]}"


def paper_name(paper: Document) -> str:
    """The same of a signed paper."""
    return f"papers/{paper.id}.pdf"


def archive(data: dict[str, Any], kept: Iterable[tuple[str, str]], storage: Storage) -> IO[bytes]:
    """A ZIP with data.json and the files (name within, storage key); one whose bytes are gone is left out."""
    out: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2, default=_plain))
        for name, key in kept:
            if storage.path(key).exists():
                pack.write(storage.path(key), name, zipfile.ZIP_STORED)
    out.seek(0)
    return out


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
