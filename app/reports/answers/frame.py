"""The frame of every view: what is asked, the sheets that answer it, and where each figure's cases and formula are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from ...rules.statistics import Period, Share, Spread
from ...rules.visibility import ABOVE
from ...rules.workflow import Actor, Role
from ...units.queries import setting
from ..asked import Question, facts_of_units
from ..cells.measures import Facts, Measures
from ..cells.table import Table, current
from ..links import Links
from ..tree import Place

Value = str | int | float | date | Share | Spread | None


@dataclass(frozen=True)
class Asked:
    """One question to one unit, with the rows that answer it; `now` is the moment of the page."""

    place: Place
    question: Question
    now: datetime
    actor: Actor
    more: Mapping[str, str] = field(default_factory=dict)
    """What else stands in the address: which measure a map shows, which page of a long list."""

    @cached_property
    def table(self) -> Table:
        """All facts as they stand now; read once for a page."""
        return current()

    @cached_property
    def facts(self) -> Facts:
        """The custodies that the question is about, whenever they were."""
        return facts_of_units(self.question, self.place.ids(self.question.with_below), self.table)

    @cached_property
    def period(self) -> Period:
        """The days asked about, as far as they have come."""
        return self.question.span.period(self.now)

    @cached_property
    def measured(self) -> Measures:
        """The formulas over these rows, for the days asked about."""
        return self.facts.measured(self.period)

    @cached_property
    def minimum(self) -> int:
        """Below this denominator no rate is computed."""
        return int(setting("minimum_denominator"))

    def links(self, **changes: Any) -> Links:
        """Addresses of the same question, or of one that differs: kind, category, channel, commune, span."""
        return Links(self.place.unit.code, replace(self.question, **changes))


@dataclass(frozen=True)
class Column:
    """A column: a code that is the same in every language, its head, what kind of value, and its published formula.

    Kinds: name (the row's head), text, count, number (one digit), share, spread (seconds; shown in days), date.
    """

    code: str
    head: str
    kind: str = "count"
    formula: str = ""
    is_shown: bool = True
    """Whether the page has room for it; the downloads hold every column."""


@dataclass(frozen=True)
class Cell:
    """A value and the address of the cases behind it."""

    value: Value
    href: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table as the page shows it and the downloads hold it; `rows` have as many cells as there are columns."""

    code: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    """What must be known to read it; stands under the table and in the download."""

    @property
    def is_empty(self) -> bool:
        """Whether it has no row."""
        return not self.rows


@dataclass(frozen=True)
class Answer:
    """What a view says: its sheets, whether there is anything at all, and what its charts are drawn from."""

    sheets: Sequence[Sheet]
    is_empty: bool = False
    drawn: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class View:
    """One page of the figures: its address, its name, the question it answers, how it is counted."""

    code: str
    name: Any
    lead: Any
    answer: Callable[[Asked], Answer]
    roles: tuple[Role, ...] = ABOVE
    """Whose eyes it is for, among those who see the unit's figures."""
    has_steps: bool = False
    """Whether the reader may choose to see it by day, month or year."""
    is_own: bool = False
    """Only for who serves in this very unit, not for those above it."""

    @property
    def template(self) -> str:
        """The page: charts and sheets of this view."""
        return f"reports/{self.code.replace('-', '_')}.html"
