"""Every custody as a plain object with the facts of the formulas, to recount by hand what a view says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.cases.models import Case, Custody, Rating
from app.extensions import db
from app.reports import tree
from app.reports.answers.frame import Answer, Asked, Cell, Sheet, View
from app.reports.asked import Question
from app.reports.cells.keep import reopening_due_on
from app.reports.facts import COPIED, fact_of
from app.reports.span import Span
from app.rules.statistics import CustodyFact, Period
from app.rules.workflow import Kind, Role
from app.rules.workflow.actors import Actor, PostFact

from .bulk import NOW


@dataclass(frozen=True)
class Stay:
    """One custody, with what the cells hold besides its facts."""

    id: int
    fact: CustodyFact
    category_id: int
    commune_id: int | None
    channel: str
    reasons: Sequence[str]
    text: str
    reopened_count: int


def stays(kind: str = "") -> list[Stay]:
    """All custodies but those of denunciations."""
    columns = [getattr(Custody, name) for name in COPIED]
    own = (Rating.case_id == Custody.case_id) & (Rating.at == Custody.rated_at)
    statement = (
        select(Custody.id, Custody.category_id, Custody.commune_id, *columns, Case.channel, Rating.reasons, Rating.text,
               Case.reopened_count, reopening_due_on().label("reopening_due_on"))
        .join(Case, Case.id == Custody.case_id).outerjoin(Rating, own).where(Custody.kind != Kind.DENUNCIATION)
    )  # fmt: skip
    rows = db.session.execute(statement.where(Custody.kind == kind) if kind else statement).mappings()
    return [
        Stay(r["id"], fact_of(r), r["category_id"], r["commune_id"], r["channel"], r["reasons"] or [], r["text"] or "",
             r["reopened_count"])
        for r in rows
    ]  # fmt: skip


def answered(app: Flask, view: View, question: Question, code: str = "04", **more: str) -> tuple[Asked, Answer]:
    """What a view answers to a supervisor of that unit."""
    place = tree.place(code)
    actor = Actor(Role.SUPERVISOR, official_id=0, posts=(PostFact(Role.SUPERVISOR, place.unit.id, place.unit.path),))
    asked = Asked(place, question, NOW, actor, more)
    with app.test_request_context():
        return asked, view.answer(asked)


def column(sheet: Sheet, code: str) -> list[Cell]:
    """The cells of one column."""
    at = next(n for n, c in enumerate(sheet.columns) if c.code == code)
    return [row[at] for row in sheet.rows]


def values(sheet: Sheet, code: str) -> dict[Any, Any]:
    """One column by the names of the rows."""
    return {row[0].value: cell.value for row, cell in zip(sheet.rows, column(sheet, code), strict=True)}


def count(found: Sequence[Stay], measure: Callable[[CustodyFact, Period], bool], period: Period) -> int:
    """How many of these the pure formula counts."""
    return sum(measure(stay.fact, period) for stay in found)


def sheet_of(answer: Answer, code: str) -> Sheet:
    """The sheet of that name."""
    return next(sheet for sheet in answer.sheets if sheet.code == code)


def hrefs(answer: Answer) -> list[tuple[int, str]]:
    """Every plain count that opens a list, with what it says."""
    return [
        (cell.value, cell.href) for sheet in answer.sheets for row in sheet.rows for cell in row
        if cell.href and isinstance(cell.value, int) and "/cases?" in cell.href
    ]  # fmt: skip


QUARTER = Span(NOW.date().replace(month=9, day=1), NOW.date())
