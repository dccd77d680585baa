"""Addresses that carry a question along: the cases behind a figure, the same question elsewhere, the downloads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import url_for

from .asked import Question
from .span import Span

FIGURE = "-figure-"
"""Stands in an address for the figure that is filled in; no unit's code ends so."""
STEPPED = "trend"
"""The view that shows a period by day, month or year."""


@dataclass(frozen=True)
class Links:
    """The addresses of one unit and one question; every one is stable and says in words what it asks."""

    code: str
    question: Question
    view: str = ""
    """The view the reader looks at; other periods and units open the same one."""
    show: str = ""
    """Which of its figures the view draws, where the reader may choose; changes no number."""

    def asked(self, span: Span | None = None) -> dict[str, Any]:
        """The question as it stands in an address."""
        days, asked = span or self.question.span, self.question
        return {"from": days.first.isoformat(), "to": days.last.isoformat(), "kind": asked.kind or None,
                "below": None if asked.with_below else "0", "category": asked.category or None,
                "channel": asked.channel or None, "commune": asked.commune or None}  # fmt: skip

    def cases(self, figure: str, span: Span | None = None, **more: Any) -> str:
        """The list behind a figure. A table asks for many that differ in nothing else."""
        if more:
            return url_for("reports.cases", code=self.code, figure=figure, **{**self.asked(span), **more})
        if span not in self._lists:
            self._lists[span] = url_for("reports.cases", code=self.code, figure=FIGURE, **self.asked(span))
        return self._lists[span].replace(FIGURE, figure, 1)

    @cached_property
    def _lists(self) -> dict[Span | None, str]:
        return {}

    def page(self, span: Span | None = None, code: str = "", **more: Any) -> str:
        """The view of a unit for the same question, or for other days."""
        asked = {**self.asked(span), **more}
        if self.view:
            drawn = {"by": self._by, "show": self.show or None}
            return url_for("reports.answer", code=code or self.code, view=self.view, **{**drawn, **asked})
        return url_for("reports.unit", code=code or self.code, **asked)

    @property
    def _by(self) -> str | None:
        """How the period is cut, where the view cuts it."""
        return self.question.by if self.question.by and self.view == STEPPED else None

    def on(self, view: str) -> Links:
        """The same question, looked at another way; empty: the unit's overview."""
        return replace(self, view=view, show="")

    def heard(self) -> str:
        """The same unit's receptions, dialogues and promises in the same days."""
        asked = {name: self.asked()[name] for name in ("from", "to", "below")}
        return url_for("reports.being_heard", code=self.code, **asked)

    def file(self, ending: str, **more: Any) -> str:
        """The download, `csv` or `xlsx`."""
        if self.view:
            asked = {"by": self._by, **self.asked(), **more}
            return url_for(f"reports.answer_{ending}", code=self.code, view=self.view, **asked)
        return url_for(f"reports.{ending}", code=self.code, **self.asked(), **more)

    def of(self, code: str, alone: bool = False) -> Links:
        """The same question to another unit of the table."""
        return replace(self, code=code, question=replace(self.question, with_below=not alone))
