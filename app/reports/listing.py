"""The cases behind a figure, exactly: as many rows as the figure says, each shown only as far as the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Select, case, select

from ..cases.models import Case, Custody
from ..cases.queries import visible_to
from ..extensions import db
from ..rules.statistics import CustodyFact, Period
from ..rules.statistics.stages import STANDING, STAYS, TIMED
from ..rules.statistics.standing import AGES, LATENESS, SOON_DAYS, SPLITS, code_of
from ..rules.workflow import Actor
from ..units.models import Category
from .cells.keep import reopening_due_on
from .cells.measures import Facts, Measures
from .cells.pack import REASONS
from .cells.standing import HELD, age_seconds, days_left
from .cells.table import Column
from .facts import COPIED, fact_of

PAGE = 25
FAMILIES: dict[str, tuple[str, ...]] = {
    "received": ("received",),
    "finished": ("finished", "judged_finish"),
    "open": ("open", "overdue", "open_in_time", "open_no_due"),
    "judged": ("judged", "on_time", "late"),
    "rated": ("rated", "satisfied", "level_5", "level_4", "level_3", "level_2", "level_1"),
    "answered": ("answered", "answer_rated", "reopened", "answered_again"),
    "reasons": tuple(f"reason_{code}" for code in REASONS),
    "responded": ("responded",),
    "resolved": ("resolved", "concluded"),
    "funnel": ("got_assigned", "got_verifying", "got_approval", "got_answer", "got_rating", "got_forward",
                "got_closed"),
    "passed": ("passed", *(f"passed_{status}" for status in TIMED)),
    "stays": (*(f"stay_{number}" for number in range(1, STAYS + 1)), "moved", "came_back"),
    "standing": tuple(f"stands_{status}" for status in STANDING),
    **{f"age_{code}": (f"open_{code}", *(f"open_{code}_{split}" for split in SPLITS)) for code in map(code_of, AGES)},
    "lateness": tuple(f"overdue_{code_of(late)}" for late in LATENESS),
    "due_soon": ("pressing", "due_soon", *(f"due_in_{days}" for days in range(SOON_DAYS))),
    "flow": ("reopened_in", "went", "went_again"),
    "held": tuple(HELD),
}  # fmt: skip
"""Figures that belong together: the list of one offers the others."""
FIGURES = {figure: family for family, figures in FAMILIES.items() for figure in figures}


@dataclass(frozen=True)
class Row:
    """One custody of the list, with the case as far as it may be shown."""

    fact: CustodyFact
    reference: str
    title: str
    kind: str
    category_vi: str
    category_en: str
    is_visible: bool


@dataclass(frozen=True)
class Listing:
    """One page of the list and how many rows it has in all."""

    rows: list[Row]
    total: int


def listing(figure: str, facts: Facts, period: Period, actor: Actor, page: int, size: int = PAGE) -> Listing:
    """Page `page` (from 1) of the custodies that a figure counts, latest first. One statement."""
    measured = facts.measured(period)
    mask = measured.mask(figure)
    ids, moments = measured.facts["id"][mask], _moments(figure, measured)[mask]
    order = np.lexsort((ids, moments))[::-1][(page - 1) * size : page * size]
    chosen = [int(number) for number in ids[order]]
    if not chosen:
        return Listing([], len(ids))
    place = {number: n for n, number in enumerate(chosen)}
    rows = db.session.execute(_rows(chosen, actor)).mappings()
    return Listing([_row(dict(row)) for row in sorted(rows, key=lambda row: place[row["id"]])], len(ids))


MOMENTS = {"received": "began_at", "open": "began_at", "overdue": "began_at", "rated": "rated_at",
           "satisfied": "rated_at", "responded": "first_response_at", "resolved": "resolved_at",
           "concluded": "resolved_at", **dict.fromkeys((*FAMILIES["funnel"], *FAMILIES["stays"]), "began_at"),
           **dict.fromkeys(FAMILIES["standing"], "since"), "reopened_in": "reopened_at", "waiting": "began_at",
           "suspended": "began_at"}  # fmt: skip
"""What a list is sorted by, the latest first; the others by when they were finished, else left, else came."""
OLDEST_FIRST = tuple(figure for figure, family in FIGURES.items() if family.startswith("age_"))
DUE_FIRST = tuple(figure for figure, family in FIGURES.items() if family in ("lateness", "due_soon"))
"""Lists that somebody works through: what waits longest, what was due first, stands on top."""


def _moments(figure: str, measured: Measures) -> Column:
    name = "rated_at" if figure.startswith(("level_", "reason_")) else MOMENTS.get(figure)
    if name:
        return measured.facts[name]
    if figure in DUE_FIRST:
        return -days_left(measured)
    if figure in OLDEST_FIRST:
        return age_seconds(measured)
    ended, began = measured.facts["ended_at"], measured.facts["began_at"]
    finished = np.where(measured.finished, measured.facts["finished_at"], 0)
    forwarded = np.where(measured.late_forward, ended, began)
    return np.where(finished > 0, finished, forwarded)


def _rows(ids: Sequence[int], actor: Actor) -> Select[Any]:
    """The custodies of one page, with what may be shown of their cases."""
    return (
        select(
            Custody.id, *(getattr(Custody, name) for name in COPIED), Case.reference, Case.title, Custody.kind,
            reopening_due_on().label("reopening_due_on"), Category.name_vi.label("category_vi"),
            Category.name_en.label("category_en"), case((visible_to(actor), 1), else_=0).label("is_visible"),
        )
        .join(Case, Case.id == Custody.case_id)
        .join(Category, Category.id == Custody.category_id)
        .where(Custody.id.in_(ids))
    )  # fmt: skip


def _row(found: dict[str, Any]) -> Row:
    seen = bool(found["is_visible"])
    return Row(fact_of(found), found["reference"] if seen else "", found["title"] if seen else "", found["kind"],
               found["category_vi"], found["category_en"], seen)  # fmt: skip


def of_custodies(ids: Sequence[int], actor: Actor) -> list[Row]:
    """These custodies as rows, in the order given. One statement."""
    if not ids:
        return []
    place = {number: n for n, number in enumerate(ids)}
    rows = db.session.execute(_rows(ids, actor)).mappings()
    return [_row(dict(row)) for row in sorted(rows, key=lambda row: place[row["id"]])]
