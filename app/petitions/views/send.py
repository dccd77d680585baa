"""Sending: one case and one receipt for one form, however often and from however many threads it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app, g, redirect, request, session, url_for
from sqlalchemy.exc import IntegrityError

from ... import clock
from ...accounts import attempts
from ...attachments import actions as attachments
from ...cases import actions, tokens
from ...cases.actions.arrive import already_sent
from ...cases.folding import nfc
from ...cases.models import Case
from ...cases.queries import read_the_same
from ...cases.receipts import code_of
from ...extensions import begin_write, db
from ...journal.queries import timeline
from ...words import is_vietnamese
from .. import carry
from ..forms import SheetForm
from ..sheet import Sheet, page_form

MOMENT = 600
"""Seconds within which the same text from the same network is taken, and marked as perhaps sent twice.

Never of a denunciation: nothing binds its text to a network."""


def first_unfinished(sheet: Sheet, today: date) -> tuple[str, SheetForm] | None:
    """The first page that is not complete, with its errors; None when all are."""
    for step in sheet.pages:
        form = page_form(sheet, step, today)
        if step not in ("files", "review") and not form.validate():
            return step, form
    return None


def send(sheet: Sheet) -> Any:
    """Write the case with its files, commit, and show the receipt. A repeated sending shows the same receipt."""
    now = clock.now()
    begin_write()
    try:
        _write(sheet, now)
        db.session.commit()
    except IntegrityError:
        # PostgreSQL: another thread sent the same form a moment ago; its case is there now.
        begin_write()
        _write(sheet, now)
        db.session.commit()
    session["receipt"] = {"token": sheet.token, "at": int(now.timestamp())}
    return redirect(url_for("petitions.receipt"), 303)


def _write(sheet: Sheet, now: datetime) -> Case:
    new = carry.new_case(sheet.kind, sheet.typed, "vi" if is_vietnamese() else "en")
    known = already_sent(sheet.token, new)
    if known is not None:
        return known
    attempts.count_sending("submit", request.remote_addr, now, is_veiled=sheet.is_sealed)
    words = nfc(new.body).strip()
    if not sheet.is_sealed and attempts.is_repeated(words, request.remote_addr, now, MOMENT):
        new = replace(new, same_as=read_the_same(new.kind, words, now - timedelta(seconds=MOMENT)))
    code = code_of(sheet.token, str(current_app.config["SECRET_KEY"]))
    case = actions.submit(new, g.actor, now, token=sheet.token, code=code)
    if sheet.is_sealed:
        return case
    case.files_count += attachments.attach(tokens.holder_of(sheet.token), case.id, timeline(case.id)[0].seq)
    return case
