"""A case's due date in words: tone, days left, ruler, computation. Rooms hand the result to deadline.html."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from .. import clock
from ..extensions import db
from ..rules import deadlines
from ..rules.deadlines import Calendar, Derivation
from ..rules.workflow import CLOSING, OPEN, Kind, Status
from ..words import is_vietnamese, show_date, status_word, word
from .models import Case, Deadline

WORKING_DAYS = "working_days"
LABELLED = 15
"""Counted days up to which each gets its own cell with a date; longer periods are drawn as a plain ruler."""


def clocks_shown(cases: Iterable[Case]) -> dict[int, Deadline]:
    """The clock behind each case's due date, by case id, in one statement."""
    stages = {case.id: case.due_stage for case in cases if case.due_stage}
    if not stages:
        return {}
    rows = db.session.scalars(
        select(Deadline).where(Deadline.case_id.in_(stages), Deadline.ended_at.is_(None)).order_by(Deadline.id)
    )
    return {row.case_id: row for row in rows if row.stage == stages[row.case_id]}


def clock_shown(case: Case, clocks: Iterable[Deadline]) -> Deadline | None:
    """The same, from the clocks of one case already at hand."""
    fitting = [c for c in clocks if c.stage == case.due_stage and (c.ended_at is None or case.status not in OPEN)]
    return fitting[-1] if fitting else None


def due_row(case: Case, shown: Deadline | None, calendar: Calendar, today: date) -> dict[str, Any]:
    """The two lines of a list: tone, word, date, and the ruler's done, left and over."""
    if case.status not in OPEN:
        return _decided(case, shown, calendar)
    if shown is not None and shown.paused_on:
        return _standing(case, shown, shown.paused_on)
    if case.due_on is None or shown is None:
        return _without(case)
    proof = Derivation.from_json(shown.derivation)
    left = deadlines.days_left(case.due_on, today, calendar, proof.unit)
    whole = max(len(proof.counted), 1)
    return {
        "tone": deadlines.tone(case.due_on, today, calendar, proof.unit, proof.length),
        "word": _left_word(left),
        "date": show_date(case.due_on, "short"),
        "stage": _stage(case),
        "done": whole - max(left, 0) if left < whole else 0,
        "left": min(max(left, 0), whole),
        "over": max(-left, 0),
    }


def due_card(case: Case, shown: Deadline | None, calendar: Calendar, today: date, why: str = "") -> dict[str, Any]:
    """What the large card says besides: heading word, big line, a cell for each day counted, and the computation.

    `why` is the reason of the suspension, where this reader may know it.
    """
    row = due_row(case, shown, calendar, today)
    if row["tone"] == "pause" and shown is not None:
        return {**row, "big": row["date"], "text": _stands(why), "basis": _basis(shown), "cells": None}
    if case.status not in OPEN or shown is None or case.due_on is None:
        return {"tone": row["tone"], "word": row["word"], "big": row["date"], "text": "", "basis": "", "cells": None}
    proof = Derivation.from_json(shown.derivation)
    words = {"ok": _("Trong hạn"), "soon": _("Sắp đến hạn"), "late": _("Quá hạn")}
    return {
        **row,
        "word": words[row["tone"]],
        "big": _big(row, proof.unit),
        "stage": word(case.due_stage, "stage"),
        "due": show_date(case.due_on, "long"),
        "text": deadlines.explain(proof, "vi" if is_vietnamese() else "en"),
        "basis": _basis(shown),
        "cells": _cells(proof, today) if not row["over"] and len(proof.counted) <= LABELLED else None,
    }


def _basis(shown: Deadline) -> str:
    proof = Derivation.from_json(shown.derivation)
    return proof.legal_basis if is_vietnamese() else proof.legal_basis_en or proof.legal_basis


def _standing(case: Case, shown: Deadline, since: date) -> dict[str, Any]:
    """The clock stands still (Law 02/2011/QH13 art. 11a, Law 25/2018/QH14 art. 34): no date, and since when."""
    counted = Derivation.from_json(shown.derivation).counted
    done = sum(day < since for day in counted)
    return {
        "tone": "pause", "word": _("Tạm dừng"), "date": _("từ %(day)s", day=show_date(since, "short")),
        "stage": _stage(case), "done": done, "left": len(counted) - done, "over": 0,
    }  # fmt: skip


def _stands(why: str) -> str:
    still = _("Thời gian này không tính vào hạn.")
    return f"{why.rstrip('.')}. {still}" if why else still


def _cells(proof: Derivation, today: date) -> list[tuple[str, bool]]:
    """A cell for each day the law counts; the due date itself where it was moved off a day of rest."""
    days = sorted({*proof.counted, proof.due_on} - {proof.rolled_from})
    return [(show_date(day, "short"), day <= today) for day in days]


def _left_word(left: int) -> str:
    if left < 0:
        return ngettext("Quá hạn %(num)s ngày", "Quá hạn %(num)s ngày", -left)
    return ngettext("Còn %(num)s ngày", "Còn %(num)s ngày", left) if left else _("Hết hạn hôm nay")


def _big(row: dict[str, Any], unit: str) -> str:
    if unit != WORKING_DAYS or not (row["left"] or row["over"]):
        return str(row["word"])
    if row["over"]:
        return ngettext("Quá hạn %(num)s ngày làm việc", "Quá hạn %(num)s ngày làm việc", row["over"])
    return ngettext("Còn %(num)s ngày làm việc", "Còn %(num)s ngày làm việc", row["left"])


def _stage(case: Case) -> str:
    """Before the closing clock runs: the name of the stage whose date is shown."""
    if case.due_stage in CLOSING:
        return ""
    stage = word(case.due_stage, "stage")
    return _("hạn %(stage)s", stage=stage[:1].lower() + stage[1:])


def _without(case: Case) -> dict[str, Any]:
    """No clock runs: the law sets none, or it waits for the signed original (Law 02/2011/QH13 art. 8)."""
    if case.kind == Kind.COMPLAINT and not case.is_registered:
        return {"tone": "none", "word": _("Chưa tính hạn"), "date": _("chờ bản gốc có chữ ký")}
    if case.external_source:
        return {"tone": "none", "word": _("Không đặt hạn"), "date": _("chuyển từ hệ thống khác")}
    return {"tone": "none", "word": _("Không đặt hạn"), "date": _("quy định không đặt")}


def _decided(case: Case, shown: Deadline | None, calendar: Calendar) -> dict[str, Any]:
    """Nothing is owed any more: when it ended, and whether the answer came in time."""
    ended = case.answered_at if case.has_answer else case.closed_at
    if case.status == Status.SCHEDULED and shown is not None:  # answered by a time that stands
        ended = shown.met_at
    day = show_date(ended, "short") if ended else ""
    if shown is None or shown.met_at is None:
        return {"tone": "none", "word": status_word(case.kind, case.status), "date": day}
    met_on = clock.day_of(shown.met_at)
    if not deadlines.is_late(shown.due_on, met_on):
        return {"tone": "ok", "word": _("Xong đúng hạn"), "date": day}
    days = -deadlines.days_left(shown.due_on, met_on, calendar, Derivation.from_json(shown.derivation).unit)
    return {"tone": "late", "word": ngettext("Xong trễ %(num)s ngày", "Xong trễ %(num)s ngày", days), "date": day}
