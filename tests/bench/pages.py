"""Which pages are measured, and how long each may take: the questions a supervisor puts, over places and periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, url_for

PLAIN, FILTERED = 0.3, 2.0
"""Seconds: for a unit subtree, a kind and a period; for any other filter, the lists and the downloads."""
PERIODS = {"90 days": ("2026-08-29", "2026-11-26"), "a year": ("2025-11-27", "2026-11-26"),
           "five years": ("2021-11-27", "2026-11-26")}  # fmt: skip
PLACES = {"province": "04", "department": "so-xay-dung", "commune": "01447"}
FILTERS = {"category": "roads", "channel": "counter", "commune": "01447"}


@dataclass(frozen=True)
class Page:
    """One address with its name in the table and its budget in seconds."""

    name: str
    address: str
    budget: float


def pages(app: Flask) -> list[Page]:
    """Everything that is measured; a view that is new is measured by itself."""
    with app.test_request_context():
        return [*(page for view in ("", *views()) for page in _of_view(app, view)), *_heard(), _month()]


def views() -> list[str]:
    """The views beside the overview, where this version of the app has any."""
    try:
        from app.reports.answers import VIEWS
    except ImportError:
        return []
    return [str(view.code) for view in VIEWS]


def _of_view(app: Flask, view: str) -> Iterator[Page]:
    label = view or "overview"
    for days, (first, last) in PERIODS.items():
        for place, code in PLACES.items():
            asked = {"from": first, "to": last}
            yield Page(f"{label}, {place}, {days}", _page(view, code, asked), PLAIN)
            if place == "province":
                yield from _narrowed(label, days, view, code, asked)
    asked = dict(zip(("from", "to"), PERIODS["five years"], strict=True))
    for ending in ("csv", "xlsx"):
        if address := _file(app, view, "04", ending, asked):
            yield Page(f"{label}, province, five years, {ending.upper()}", address, FILTERED)


def _narrowed(label: str, days: str, view: str, code: str, asked: dict[str, str]) -> Iterator[Page]:
    """The same with a kind, with each other filter; of the overview the list of cases too."""
    for kind in ("feedback", "complaint"):
        yield Page(f"{label}, {kind}, {days}", _page(view, code, asked | {"kind": kind}), PLAIN)
    for name, value in FILTERS.items():
        yield Page(f"{label}, {name}, {days}", _page(view, code, asked | {name: value}), FILTERED)
    yield Page(f"{label}, all filters, {days}", _page(view, code, asked | FILTERS | {"kind": "feedback"}), FILTERED)
    for figure in () if view else ("received", "judged", "overdue", "level_1"):
        address = url_for("reports.cases", code=code) + "?" + urlencode(asked | {"figure": figure})
        yield Page(f"cases: {figure}, {days}", address, FILTERED)


def _heard() -> Iterator[Page]:
    """Receptions, dialogues and promises: a page of their own."""
    for days, (first, last) in PERIODS.items():
        address = url_for("reports.being_heard", code=PLACES["province"]) + f"?from={first}&to={last}"
        yield Page(f"being heard, province, {days}", address, PLAIN)


def _month() -> Page:
    """The monthly report, with the making of its PDF."""
    return Page("report of a month, province, PDF",
                url_for("reports.month", code=PLACES["province"], month="2026-10"), FILTERED)  # fmt: skip


def _page(view: str, code: str, asked: dict[str, str]) -> str:
    place = url_for("reports.answer", code=code, view=view) if view else url_for("reports.unit", code=code)
    return f"{place}?{urlencode(asked)}"


def _file(app: Flask, view: str, code: str, ending: str, asked: dict[str, str]) -> str:
    endpoint = f"reports.answer_{ending}" if view else f"reports.{ending}"
    if endpoint not in app.view_functions:
        return ""
    return url_for(endpoint, code=code, **({"view": view} if view else {})) + "?" + urlencode(asked)
