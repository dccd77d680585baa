"""Questions to the files. Whoever hands one out asked cases.queries first whether the reader sees the case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ..extensions import db
from ..refusals import Missing
from . import scan
from .models import Attachment

SCANNED = {
    scan.PENDING: _l("đang chờ quét vi-rút"),
    scan.INFECTED: _l("có vi-rút, đã bị xóa"),
    scan.UNSCANNED: _l("không quét vi-rút được, không mở được"),
}
"""What stands beside a file that is not handed out."""


def held(holder: str) -> list[Attachment]:
    """Files that wait for a form, in the order they came; only whoever holds the form sees them."""
    statement = select(Attachment).where(Attachment.holder == holder, Attachment.case_id.is_(None))
    return list(db.session.scalars(statement.order_by(Attachment.id)))


def of_case(case_id: int, *, with_internal: bool = False) -> list[Attachment]:
    """The files of a case in the order they came; residents never get the internal ones."""
    statement = select(Attachment).where(Attachment.case_id == case_id).order_by(Attachment.id)
    return list(db.session.scalars(statement if with_internal else statement.where(Attachment.is_internal.is_(False))))


def file_of(public_id: str, case_id: int, *, with_internal: bool = False) -> Attachment:
    """One file of a case the reader was already admitted to; Missing for any other."""
    found = db.session.scalar(
        select(Attachment).where(Attachment.public_id == public_id, Attachment.case_id == case_id)
    )
    if found is None or (found.is_internal and not with_internal):
        raise Missing
    return found


def of_subject(subject: str) -> list[Attachment]:
    """The files of a session or a commitment, in the order they came. The room asked who may see it."""
    return list(db.session.scalars(select(Attachment).where(Attachment.subject == subject).order_by(Attachment.id)))


def pending() -> list[tuple[int, str]]:
    """Files that wait for the virus scanner, oldest first: row and storage key."""
    rows = db.session.execute(
        select(Attachment.id, Attachment.storage_key)
        .where(Attachment.scan_state == scan.PENDING)
        .order_by(Attachment.id)
    )
    return [(row.id, row.storage_key) for row in rows]


def by_event(files: Iterable[Attachment]) -> dict[int, list[Attachment]]:
    """Files under the event that brought them, for the thread."""
    found: dict[int, list[Attachment]] = {}
    for file in files:
        found.setdefault(file.event_seq or 0, []).append(file)
    return found


def listing(file: Attachment, url: str = "") -> dict[str, Any]:
    """What the macros files() and held() show of a file."""
    kind = {"image": "photo", "video": "film"}.get(file.media_type.partition("/")[0], "file")
    return {"id": file.public_id, "name": file.name, "size": size_in_words(file.size), "kind": kind,
            "url": url if file.may_leave else "", "said": SCANNED.get(file.scan_state, "")}  # fmt: skip


def size_in_words(size: int) -> str:
    """A size as phones show it, in the reader's way of writing numbers: 86 kB, 2,1 MB."""
    from flask_babel import format_decimal

    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{format_decimal(size / 1_000_000, format='#,##0.0')} MB"
