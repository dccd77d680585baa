"""The report of a unit's month as a paper: what templates/documents/month.typ is filled with, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .. import clock
from ..documents.render import fill
from ..rules.statistics import Share, Spread, Summary
from ..rules.statistics.heard import Heard
from ..words import is_vietnamese, named, show_number
from .month import Month
from .tree import Node

DAY = 86400
COUNTS = ("received", "finished", "open", "overdue")
SHARES = {"on_time": "on_time_share", "satisfied": "satisfied_share", "reopened": "reopened_share"}
SPREADS = ("first_response", "elapsed", "net")
HEARD = ("days_held", "visits", "sessions", "conferences", "questions")
PROMISES = ("made", "due", "kept", "broken", "open", "overdue")
HEARD_SHARES = ("head_days", "told", "announced", "published")


def month_pdf(month: Month, now: datetime) -> bytes:
    """The report in the language that is being read. Same facts and moment, same bytes."""
    return fill("month", data_of(month, now), now).pdf


def file_name(month: Month) -> str:
    """What the file is called: unit and month."""
    return f"gan-dan-{month.place.unit.code}-{month.span.first:%Y-%m}.pdf"


def data_of(month: Month, now: datetime) -> dict[str, Any]:
    """Everything that is printed, numbers written as the language writes them."""
    here, figures, first = month.place, month.figures, month.span.first
    is_over = clock.day_of(now) > month.span.last
    columns = (figures.total, month.before, month.year_before)
    return {
        "language": "vi" if is_vietnamese() else "en", "unit": named(here.unit),
        "above": named(here.parent) if here.parent else "", "month": f"{first.month}/{first.year}",
        "before": f"{first.month - 1 or 12}/{first.year - (first.month == 1)}",
        "year_before": f"{first.month}/{first.year - 1}", "has_below": bool(here.below), "minimum": figures.minimum,
        "as_of": "" if is_over else clock.day_of(now), "printed_on": clock.day_of(now),
        "measures": [*_counts(columns), *_shares(columns, figures.minimum), *_spreads(columns)],
        "overdue": show_number(figures.total.overdue), "late": _late(month),
        "late_more": max(figures.total.overdue - len(month.late), 0), "subjects": _subjects(month),
        "below": [_row(node, summary, figures.minimum) for node, summary in figures.rows],
        "heard": _heard(month.talks, month.talks_before),
    }  # fmt: skip


def _counts(columns: Iterable[Summary]) -> list[dict[str, Any]]:
    return [{"key": key, "cells": [_cell(show_number(getattr(one, key))) for one in columns]} for key in COUNTS]


def _cell(value: str, parts: str = "", between: str = "") -> dict[str, str]:
    """What stands in a cell: the figure, numerator and denominator, the interval."""
    return {"value": value, "parts": parts, "between": between}


def _shares(columns: Iterable[Summary], minimum: int) -> list[dict[str, Any]]:
    return [
        {"key": key, "cells": [_share(getattr(one, name), minimum) for one in columns]} for key, name in SHARES.items()
    ]


def _share(share: Share, minimum: int) -> dict[str, str]:
    """Numerator and denominator always; rate and interval only where the denominator allows them."""
    percent, interval = share.percent(minimum), share.interval(minimum)
    parts = f"{show_number(share.part)}/{show_number(share.whole)}"
    between = f"{show_number(interval[0], 1)}–{show_number(interval[1], 1)}" if interval else ""
    return _cell("" if percent is None else f"{show_number(percent, 1)}\u00a0%", parts, between)


def _spreads(columns: Iterable[Summary]) -> list[dict[str, Any]]:
    return [{"key": key, "cells": [_spread(getattr(one, key)) for one in columns]} for key in SPREADS]


def _spread(spread: Spread) -> dict[str, str]:
    return _cell("" if spread.median is None else show_number(spread.median / DAY, 1), f"n={show_number(spread.count)}")


def _late(month: Month) -> list[dict[str, Any]]:
    units = {node.id: node for node in month.place.nodes}
    return [
        {"reference": one.reference, "due_on": one.due_on, "days": (month.figures.period.end_on - one.due_on).days,
         "unit": named(units.get(one.unit_id), True)}
        for one in month.late
    ]  # fmt: skip


def _subjects(month: Month) -> list[dict[str, Any]]:
    found = [(one, sum(one.on_time), sum(one.late)) for one in month.subjects]
    return [
        {"name": named(one), "finished": show_number(on_time + late), "on_time": _share(
            Share(on_time, on_time + late), month.figures.minimum)}
        for one, on_time, late in found
    ]  # fmt: skip


def _row(node: Node, summary: Summary, minimum: int) -> dict[str, Any]:
    return {"name": named(node, True), **{key: show_number(getattr(summary, key)) for key in COUNTS},
            "on_time": _share(summary.on_time_share, minimum)}  # fmt: skip


def _heard(now: Heard, before: Heard) -> list[dict[str, Any]]:
    """Receptions, dialogues and promises, beside the month before: numbers, and done of what was owed."""
    numbers = [(key, [show_number(getattr(one, key)) for one in (now, before)]) for key in HEARD]
    numbers += [
        (f"promises_{key}", [show_number(getattr(one.promises, key)) for one in (now, before)]) for key in PROMISES
    ]
    owed = [(key, [_of(one.share(key)) for one in (now, before)]) for key in HEARD_SHARES]
    return [{"key": key, "cells": cells} for key, cells in [*owed, *numbers]]


def _of(share: Share) -> str:
    return f"{show_number(share.part)}/{show_number(share.whole)}" if share.whole else "–"
