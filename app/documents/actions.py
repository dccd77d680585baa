"""Verbs of official papers: number, fill and freeze one, so that the signing event can carry its SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from .. import clock
from ..accounts.models import Official
from ..attachments.storage import default_storage
from ..extensions import db
from ..rules.workflow import Actor
from ..units.models import Unit
from ..units.queries import government, next_number, root
from .models import Document
from .numbering import number_of, office_of, place_of
from .render import fill
from .sheets import AnswerData


def freeze(form: str, data: dict[str, Any], case_id: int, unit: Unit, acting: Actor, now: datetime) -> Document:
    """Number a paper within its unit and year, render it and keep it for good, in the caller's transaction.

    `acting` is who signs, with the head in whose name a deputy does. A number is given only together with its paper:
    if the transaction fails, the number is free again and the file is an orphan that the sweep removes.
    """
    day = clock.day_of(now)
    count = next_number(f"document:{unit.id}:{day.year}")
    number = number_of(count, unit, str(data["kind"]))
    sheet = _answer(data, number, unit, acting, now)
    pdf = fill(form, sheet, now).pdf
    return _keep(pdf, Document(
        public_id=secrets.token_hex(16), case_id=case_id, unit_id=unit.id, form=form, year=day.year, number=number,
        signed_by_id=acting.official_id, in_name_of_id=acting.in_name_of, signed_at=now,
    ))  # fmt: skip


def _answer(data: dict[str, Any], number: str, unit: Unit, acting: Actor, now: datetime) -> dict[str, Any]:
    """The answering paper's facts: what the case says, and who answers, where and when."""
    language = "en" if data.get("language") == "en" else "vi"
    facts = {key: data[key] for key in AnswerData.__dataclass_fields__ if key in data}
    signer, head = _person(acting.official_id), _person(acting.in_name_of)
    local = clock.local(now)
    top = root()
    return asdict(AnswerData(**{
        **facts, "language": language, "number": number, "signed_on": local.date(),
        "government": government().get(f"name_{language}", ""), "unit": getattr(unit, f"name_{language}"),
        "above": "" if unit.is_area or unit.parent_id is None or top is None else getattr(top, f"name_{language}"),
        "place": place_of(unit, language), "signer": signer.name if signer else acting.name,
        "signer_title": office_of(signer.title) if signer else "", "deputises": office_of(head.title) if head else "",
        "signed_at": f"{local:%H:%M %d/%m/%Y}",
    }))  # fmt: skip


def _person(official_id: int | None) -> Official | None:
    return db.session.get(Official, official_id) if official_id is not None else None


def _keep(pdf: bytes, paper: Document) -> Document:
    """Bytes to disk first, then the row that points at them."""
    storage = default_storage()
    with storage.temporary() as file:
        file.write(pdf)
    paper.storage_key = storage.keep(Path(file.name), "pdf")
    paper.size, paper.sha256 = len(pdf), hashlib.sha256(pdf).hexdigest()
    db.session.add(paper)
    db.session.flush()
    return paper


def freeze_paper(form: Any, facts: Any, fields: Any, cargo: Any, case_id: int, unit: Unit, acting: Actor,
                 now: datetime) -> Document:  # fmt: skip
    """Stub until the documents helper lands."""
    raise NotImplementedError
