"""Every other way to look at a unit's figures: one page, one CSV and one workbook for each view of the registry."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request

from ...guards import role
from ...refusals import Missing
from ..answers import VIEWS
from ..workbook import csv_of, workbook_of
from . import SEERS, bp
from .frame import asked_of, asked_or_refused, frame, seen_place, seen_view, sent

CODES = ", ".join(view.code for view in VIEWS)


@bp.get(f"/statistics/<code>/<any({CODES}):view>")
@role(*SEERS)
def answer(code: str, view: str) -> Any:
    """One view of one unit's figures; the whole question stands in its address."""
    place = seen_place(code, g.actor)
    seen = seen_view(view, place, g.actor)
    form, asked = asked_of(place)
    if asked is None:
        return render_template(seen.template, seen=seen, answer=None, asked=None, **frame(place, form, view)), 422
    return render_template(seen.template, seen=seen, answer=seen.answer(asked), asked=asked,
                           **frame(place, form, view))  # fmt: skip


@bp.get(f"/statistics/<code>/<any({CODES}):view>.csv")
@role(*SEERS)
def answer_csv(code: str, view: str) -> Any:
    """One sheet as text: the first, or the one named."""
    place = seen_place(code, g.actor)
    seen = seen_view(view, place, g.actor)
    asked = asked_or_refused(place)
    sheets, wanted = seen.answer(asked).sheets, request.args.get("sheet", "")
    sheet = next((sheet for sheet in sheets if sheet.code == wanted), None) if wanted else sheets[0]
    if sheet is None:
        raise Missing
    return sent(csv_of(sheet, asked.minimum), asked, sheet.code, "csv")


@bp.get(f"/statistics/<code>/<any({CODES}):view>.xlsx")
@role(*SEERS)
def answer_xlsx(code: str, view: str) -> Any:
    """All sheets with a dictionary of their columns."""
    place = seen_place(code, g.actor)
    seen = seen_view(view, place, g.actor)
    asked = asked_or_refused(place)
    return sent(workbook_of(str(seen.name), seen.answer(asked).sheets, asked), asked, view, "xlsx")
