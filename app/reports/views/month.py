"""The report of a unit's month as a PDF: the same that its head and supervisors get on the first working day."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Response, g

from ... import clock
from ...extensions import begin_write, db
from ...guards import role
from ...journal.queries import mark_read_about
from ...journal.record import record
from ...refusals import Missing
from ...rules.workflow import Action
from ..forms import EARLIEST
from ..month import month_of_unit
from ..month_paper import file_name, month_pdf
from . import SEERS, bp
from .frame import seen_place


@bp.get("/statistics/<code>/month/<month>.pdf")
@role(*SEERS)
def month(code: str, month: str) -> Any:
    """The report; who took it is remembered. A month that has not begun is missing."""
    first, now = month_in(month), clock.now()
    found = month_of_unit(seen_place(code, g.actor), first, now)
    body = month_pdf(found, now)
    begin_write()
    mark_read_about(g.actor.official_id, f"report:{found.place.unit.code}:{month}", now)
    record(Action.EXPORTED, None, g.actor, now, about=f"month:{found.place.unit.code}"[:64], month=month)
    db.session.commit()
    return Response(body, mimetype="application/pdf",
                    headers={"Content-Disposition": f'inline; filename="{file_name(found)}"'})  # fmt: skip


def month_in(words: str) -> date:
    """The first day of a month written as 2026-10, begun already. Raises Missing."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", words):
        raise Missing
    first = date(int(words[:4]) or 1, int(words[5:]), 1)
    if not EARLIEST <= first <= clock.today():
        raise Missing
    return first
