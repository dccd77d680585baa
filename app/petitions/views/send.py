"""Sending: one case and one receipt for one form, however often and from however many threads it comes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import current_app, g, redirect, request, session, url_for
from sqlalchemy.exc import IntegrityError

from ... import clock
from ...accounts import attempts
from ...attachments import actions as attachments
from ...cases import actions, tokens
from ...cases.actions.arrive import already_sent
from ...cases.models import Case
from ...cases.receipts import code_of
from ...extensions import begin_write, db
from ...journal.queries import timeline
from ...words import is_vietnamese
from .. import carry
from ..forms import SheetForm
from ..sheet import Sheet, page_form

SUBMISSIONS_PER_HOUR = 30
"""From one network, where the setting SUBMISSIONS_PER_HOUR says nothing else."""


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
    limit = int(current_app.config.get("SUBMISSIONS_PER_HOUR", SUBMISSIONS_PER_HOUR))
    _count(sheet, now, limit)
    code = code_of(sheet.token, str(current_app.config["SECRET_KEY"]))
    case = actions.submit(new, g.actor, now, token=sheet.token, code=code)
    if sheet.is_sealed:
        return case
    case.files_count += attachments.attach(tokens.holder_of(sheet.token), case.id, timeline(case.id)[0].seq)
    return case


def _count(sheet: Sheet, now: datetime, limit: int) -> None:
    """One more from this network within the hour.

    Of a denunciation the network's name changes every day and only the hour is kept (README: denunciations).
    """
    who = attempts.network(request.remote_addr)
    if sheet.is_sealed:
        who, now = attempts.veiled(who, now), now.replace(minute=0, second=0, microsecond=0)
    attempts.count_and_check("submit", who, now, limit, 3600)
