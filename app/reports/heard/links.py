"""Addresses of these figures, which carry the question along; and of the pages of other rooms behind their rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from ..span import Span
from .figures import Question


@dataclass(frozen=True)
class HeardLinks:
    """Addresses of one unit's figures."""

    code: str
    question: Question

    def _asked(self, span: Span | None = None) -> dict[str, Any]:
        days = span or self.question.span
        return {"from": days.first.isoformat(), "to": days.last.isoformat(),
                "below": None if self.question.with_below else "0"}  # fmt: skip

    def page(self, span: Span | None = None, code: str = "", **more: Any) -> str:
        """A unit's page for the same question, or for other days."""
        return url_for("reports.being_heard", code=code or self.code, **{**self._asked(span), **more})

    def rows(self, figure: str, span: Span | None = None, **more: Any) -> str:
        """The rows behind a figure."""
        return url_for("reports.being_heard_rows", code=self.code, figure=figure, **{**self._asked(span), **more})

    def requests(self) -> str:
        """Requests for a dialogue are cases: their list stands with the figures of cases."""
        return url_for("reports.cases", code=self.code, figure="received", kind="dialogue", **self._asked())

    def cases(self) -> str:
        """The unit's figures of cases for the same days."""
        return url_for("reports.unit", code=self.code, **self._asked())

    def csv(self) -> str:
        """The download as plain text."""
        return url_for("reports.being_heard_csv", code=self.code, **self._asked())

    def xlsx(self) -> str:
        """The download as a workbook."""
        return url_for("reports.being_heard_xlsx", code=self.code, **self._asked())

    def of(self, code: str, alone: bool = False) -> HeardLinks:
        """The same question to another unit."""
        return HeardLinks(code, Question(self.question.span, not alone))


def door(endpoint: str, **values: Any) -> str | None:
    """The desk's page of a day, visit, session or promise, where this installation has one."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
