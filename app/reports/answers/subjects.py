"""What the cases were about: top subjects, or those below one; what came in more often than a year ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ... import clock
from ...extensions import db
from ...units.models import Category
from ...words import is_vietnamese, show_date
from ..cells.groups import grouped, labels
from ..cells.measures import Measures
from ..links import Links
from ..span import Span
from .frame import Answer, Asked, Cell, Column, Sheet, View
from .standard import Closed, is_idle, sheet

MOST_GROWN = 8
"""Subjects drawn with their numbers of last year; the table has them all."""


@dataclass(frozen=True)
class Subject:
    """A category with the ids that count in its row."""

    id: int
    code: str
    parent_id: int | None
    name: str
    is_active: bool


def subjects() -> list[Subject]:
    """All categories, past ones too: past cases have them. One statement."""
    name = Category.name_vi if is_vietnamese() else Category.name_en
    rows = db.session.execute(
        select(Category.id, Category.code, Category.parent_id, name, Category.name_vi, Category.is_active)
        .order_by(Category.position)
    )  # fmt: skip
    return [Subject(r[0], r[1], r[2], r[3] or r[4], r[5]) for r in rows]


def tops(known: Sequence[Subject]) -> list[tuple[Subject, list[int]]]:
    """The top subjects, each with its own id and those below it."""
    return [(s, [s.id, *(b.id for b in known if b.parent_id == s.id)]) for s in known if s.parent_id is None]


def rows_of(known: Sequence[Subject], code: str) -> list[tuple[Subject, list[int]]]:
    """The rows of the page: all top subjects; of a chosen one those below it and what names it alone."""
    chosen = next((s for s in known if s.code == code), None)
    if chosen is None:
        return tops(known)
    below = [s for s in known if s.parent_id == chosen.id]
    return [(s, [s.id]) for s in [*below, chosen]]


def row_of(rows: Sequence[tuple[Subject, list[int]]]) -> dict[int, int]:
    """In which row of the page each category counts."""
    return {number: n for n, (_s, ids) in enumerate(rows) for number in ids}


def answer(asked: Asked) -> Answer:
    """A row for each subject with anything in it, and all subjects against the same days of last year."""
    known = subjects()
    rows = rows_of(known, asked.question.category)
    facts = asked.measured.facts
    label = labels(facts["category_id"], row_of(rows))
    each, _total = Measures(grouped(facts, label, len(rows)), asked.period).summaries()
    found = sorted(((s, row) for s, (row, _ids) in zip(each, rows, strict=True) if not is_idle(s)),
                   key=lambda pair: -pair[0].received)  # fmt: skip
    entries = [([Cell(_name(asked, row), _below(asked, known, row))], s, _cases(asked, row)) for s, row in found]
    grown = growth(asked, known)
    first = Column("subject", _("Lĩnh vực"), "name")
    sheets = [sheet("subjects", _("Từng lĩnh vực"), [first], entries), _growth_sheet(asked, grown)]
    bars = [(_name(asked, row), s.received, _cases(asked, row).cases("received")) for s, row in found]
    has_before = any(g.before for g in grown)
    most = [g for g in grown if g.more > 0 and has_before][:MOST_GROWN]
    chosen = next((s for s in known if s.code == asked.question.category), None)
    span = asked.question.span.over(clock.day_of(asked.now))
    shown = [(g.subject.name, g.now, g.before, _cases(asked, g.subject).cases("received", span)) for g in most]
    everything = asked.links(category="").on("subjects").page()
    drawn = {"bars": bars, "grown": shown, "has_before": has_before, "chosen": chosen, "all": everything}
    return Answer(sheets, not found and not grown, drawn)


def _is_itself(asked: Asked, row: Subject) -> bool:
    """The chosen subject's own row among those below it: cases for which nothing smaller was picked."""
    return row.code == asked.question.category and row.parent_id is None


def _name(asked: Asked, row: Subject) -> str:
    return _("%(name)s: không chọn mục nhỏ hơn", name=row.name) if _is_itself(asked, row) else row.name


def _below(asked: Asked, known: Sequence[Subject], row: Subject) -> str:
    """The page of the subjects under this one; nothing where there are none."""
    has_below = any(s.parent_id == row.id for s in known) and row.is_active and not _is_itself(asked, row)
    return asked.links(category=row.code).on("subjects").page() if has_below else ""


def _cases(asked: Asked, row: Subject) -> Links:
    """The row's cases; closed where the filter cannot ask for exactly them."""
    links = asked.links(category=row.code)
    return links if row.is_active and not _is_itself(asked, row) else Closed(links.code, links.question)


@dataclass(frozen=True)
class Grown:
    """A subject's new cases in the period and in the same days of last year."""

    subject: Subject
    now: int
    before: int

    @property
    def more(self) -> int:
        """How many more; negative: fewer."""
        return self.now - self.before


def growth(asked: Asked, known: Sequence[Subject]) -> list[Grown]:
    """The smallest subjects (those without others below) with anything in either year, what grew most first.

    Only days that are over are compared: today would count for this year only in part.
    """
    span = asked.question.span.over(clock.day_of(asked.now))
    if span is None:
        return []
    parents = {s.parent_id for s in known}
    rows = [(s, [s.id]) for s in known if s.id not in parents]
    now, then = (_received(asked, one, rows) for one in (span, span.year_before()))
    found = [Grown(s, a, b) for (s, _ids), a, b in zip(rows, now, then, strict=True) if a or b]
    return sorted(found, key=lambda g: (-g.more, -g.now))


def _received(asked: Asked, span: Span, rows: Sequence[tuple[Subject, list[int]]]) -> list[int]:
    """New cases of each row in these days."""
    m = Measures(asked.facts, span.period(asked.now))
    label = labels(m.facts["category_id"], row_of(rows))[m.received]
    found: list[int] = np.bincount(label[label >= 0], minlength=len(rows)).tolist()
    return found


def _growth_sheet(asked: Asked, grown: Sequence[Grown]) -> Sheet:
    span = asked.question.span.over(clock.day_of(asked.now)) or asked.question.span
    columns = [
        Column("subject", _("Lĩnh vực"), "name"), Column("days_now", _days(span), formula="growth"),
        Column("days_before", _days(span.year_before()), formula="growth"),
        Column("more", _("Tăng, giảm"), formula="growth"),
        Column("more_percent", _("Tăng, giảm (phần trăm)"), "number", "growth"),
    ]  # fmt: skip
    note = _("Chỉ so những ngày đã hết. Phần trăm chỉ tính khi năm trước có từ %(n)s việc trở lên.", n=asked.minimum)
    rows = [_growth_row(asked, g, span) for g in grown]
    return Sheet("growth", _("So với cùng những ngày ấy năm trước"), columns, rows, note)


def _days(span: Span) -> str:
    return _("Mới nhận từ %(a)s đến hết %(b)s", a=show_date(span.first), b=show_date(span.last))


def _growth_row(asked: Asked, g: Grown, span: Span) -> list[Cell]:
    links = _cases(asked, g.subject)
    percent = 100 * g.more / g.before if g.before >= max(asked.minimum, 1) else None
    return [Cell(g.subject.name), Cell(g.now, links.cases("received", span)),
            Cell(g.before, links.cases("received", span.year_before())), Cell(g.more), Cell(percent)]  # fmt: skip


SUBJECTS = View(
    "subjects", _l("Các lĩnh vực"),
    _l("Người dân gửi đến về việc gì, mỗi lĩnh vực được giải quyết ra sao, việc gì tăng nhiều so với năm trước."),
    answer,
)  # fmt: skip
