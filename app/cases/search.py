"""Full-text search in Vietnamese, with or without diacritics, on both engines."""

from __future__ import annotations

from itertools import pairwise

from sqlalchemy import ColumnElement, func, literal_column, select, text

from ..extensions import db
from .folding import fold
from .models import Case, SearchDocument


def words_of(case: Case) -> str:
    """What of a case is searched: title, body, reference, place, answers; never names, phones or addresses."""
    return fold(" ".join([case.reference, case.title, case.body, case.place, case.against, case.answer_text]))


def index(case: Case) -> None:
    """Bring the case's searched words up to date, in the same transaction."""
    document = db.session.get(SearchDocument, case.id)
    if document is None:
        db.session.add(SearchDocument(case_id=case.id, folded=words_of(case)))
    else:
        document.folded = words_of(case)


def matches(typed: str) -> ColumnElement[bool] | None:
    """A clause on Case for what somebody typed: every word must occur, the last may be a beginning. None: no words."""
    words = fold(typed).split()[:12]
    if not words:
        return None
    if db.engine.dialect.name == "postgresql":
        query = " & ".join([*words[:-1], words[-1] + ":*"])
        found = select(SearchDocument.case_id).where(
            literal_column("search_document.words").op("@@")(func.to_tsquery("simple", query))
        )
    else:
        query = " ".join([f'"{word}"' for word in words[:-1]] + [f'"{words[-1]}"*'])
        found = select(literal_column("rowid")).select_from(text("search_index")).where(
            literal_column("search_index").op("MATCH")(query)
        )  # fmt: skip
    return Case.id.in_(found)


ALIKE = 200
"""How many of the best resemblances are looked at before place and sight narrow them."""


def resembles(title: str, place: str = "") -> ColumnElement[bool] | None:
    """A clause on Case for what reads like a title: four syllables in a row in common (three of a short one).

    The closest are looked at first. Syllables that only name the place do not count: all there would be alike.
    """
    words, there = fold(title).split()[:24], f" {fold(place)} "
    if len(words) < 3:
        return matches(title)
    length = 4 if len(words) >= 6 else 3
    runs = [words[i : i + length] for i in range(len(words) - length + 1)]
    runs = [run for run in runs if not any(f" {a} {b} " in there for a, b in pairwise(run))]
    if not runs:
        return None
    if db.engine.dialect.name == "postgresql":
        near = func.to_tsquery("simple", " | ".join("(" + " <-> ".join(run) + ")" for run in runs))
        column: ColumnElement[object] = literal_column("search_document.words")
        close = select(SearchDocument.case_id).where(column.op("@@")(near)).order_by(func.ts_rank(column, near).desc())
    else:
        query = " OR ".join('"' + " ".join(run) + '"' for run in runs)
        close = (
            select(literal_column("rowid")).select_from(text("search_index"))
            .where(literal_column("search_index").op("MATCH")(query)).order_by(literal_column("rank"))
        )  # fmt: skip
    return Case.id.in_(close.limit(ALIKE))
