"""Verbs of official papers: number, fill and freeze one, so that the signing event can carry its SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from .. import clock
from ..attachments.storage import default_storage
from ..extensions import db
from ..refusals import Invalid
from ..rules.workflow import N_, Actor
from ..units.models import Unit
from .composing import filled
from .issuing import issued_by, to_be_issued_by
from .models import Document
from .numbering import DOTTED, LETTER, number_of, take_number
from .paper_forms import Form, missing
from .render import fill
from .sheets import AnswerData


def freeze(form: str, data: dict[str, Any], case_id: int, unit: Unit, acting: Actor, now: datetime) -> Document:
    """Number the answer to feedback, render it and keep it for good, in the caller's transaction.

    `acting` is who signs, with the head in whose name a deputy does. A number is given only together with its paper:
    if the transaction fails, the number is free again and the file is an orphan that the sweep removes.
    """
    number = take_number(unit, clock.day_of(now), LETTER)
    pdf = fill(form, _answer(data, number, unit, acting, now), now).pdf
    return _keep(pdf, form, number, case_id, unit, acting, now)


def freeze_paper(
    form: Form, facts: Mapping[str, Any], fields: Mapping[str, str], cargo: Mapping[str, Any], case_id: int,
    unit: Unit, acting: Actor, now: datetime,
) -> Document:  # fmt: skip
    """Number an official paper within its unit, year and kind, render it and keep it, in the caller's transaction.

    Errors: Invalid naming the first required field that is empty; nothing was numbered or changed then.
    """
    for field in missing(form, fields):
        raise Invalid(N_("Luật yêu cầu văn bản có mục này. Chưa ghi thì chưa ký được."), field.id)
    number = take_number(unit, clock.day_of(now), form.numbering)
    pdf = fill(form.layout, filled(form, facts, fields, cargo, issued_by(unit, acting, now), number), now).pdf
    return _keep(pdf, form.id, number, case_id, unit, acting, now)


def preview(
    form: Form, facts: Mapping[str, Any], fields: Mapping[str, str], cargo: Mapping[str, Any], unit: Unit,
    acting: Actor, now: datetime,
) -> bytes:  # fmt: skip
    """The paper as it would look, marked as a draft; takes no number and keeps nothing."""
    number = number_of(DOTTED, unit, form.numbering)
    issuer = to_be_issued_by(unit, acting, now)
    return fill(form.layout, filled(form, facts, fields, cargo, issuer, number, is_draft=True), now).pdf


def _answer(data: dict[str, Any], number: str, unit: Unit, acting: Actor, now: datetime) -> dict[str, Any]:
    """The answering paper's facts: what the case says, and who answers, where and when."""
    issuer = issued_by(unit, acting, now)
    is_bilingual = data.get("language") == "en"
    facts = {key: data[key] for key in AnswerData.__dataclass_fields__ if key in data and key != "language"}
    return asdict(AnswerData(**{
        **facts, "number": number, "signed_on": issuer.signed_on, "signed_at": issuer.signed_at,
        "unit": issuer.unit[0], "above": issuer.above[0], "place": issuer.place[0], "signer": issuer.signer,
        "signer_title": issuer.office, "deputises": issuer.deputises, "is_bilingual": is_bilingual,
        "unit_en": issuer.unit[1] if is_bilingual else "", "place_en": issuer.place[1] if is_bilingual else "",
    }))  # fmt: skip


def _keep(pdf: bytes, form: str, number: str, case_id: int, unit: Unit, acting: Actor, now: datetime) -> Document:
    """A case's paper, kept."""
    paper = Document(case_id=case_id, **keep_signed(pdf, form, number, unit, acting, now))
    db.session.add(paper)
    db.session.flush()
    return paper


def keep_signed(pdf: bytes, form: str, number: str, unit: Unit, acting: Actor, now: datetime) -> dict[str, Any]:
    """Bytes to disk first; then what the row of any signed paper says of them."""
    storage = default_storage()
    with storage.temporary() as file:
        file.write(pdf)
    return {
        "public_id": secrets.token_hex(16), "unit_id": unit.id, "form": form, "year": clock.day_of(now).year,
        "number": number, "signed_by_id": acting.official_id, "in_name_of_id": acting.in_name_of, "signed_at": now,
        "storage_key": storage.keep(Path(file.name), "pdf"), "size": len(pdf),
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }  # fmt: skip
