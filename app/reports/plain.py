"""The figures as plain values for programs: what `unit-statistics` prints. Durations in seconds, rates in per cent."""

from __future__ import annotations

from typing import Any

from ..rules.statistics import Share, Spread, Summary
from .figures import Figures
from .tree import Node


def plain(figures: Figures) -> dict[str, Any]:
    """The unit asked about and the units below it, with the question they answer."""
    question = figures.question
    return {
        "from": question.span.first.isoformat(),
        "to": question.span.last.isoformat(),
        "as_of": figures.period.end.isoformat(),
        "kind": question.kind or None,
        "with_below": question.with_below,
        "minimum_denominator": figures.minimum,
        "unit": unit(figures.place.unit, figures.total, figures.minimum),
        "below": [unit(node, summary, figures.minimum) for node, summary in figures.rows],
    }


def unit(node: Node, summary: Summary, minimum: int) -> dict[str, Any]:
    """One unit's figures."""
    return {
        "code": node.code,
        "name": node.name_vi,
        "received": summary.received,
        "finished": summary.finished,
        "open": summary.open,
        "overdue": summary.overdue,
        "on_time": share(summary.on_time_share, minimum),
        "first_response": spread(summary.first_response, minimum),
        "resolution_elapsed": spread(summary.elapsed, minimum),
        "resolution_net": spread(summary.net, minimum),
        "satisfaction": {**share(summary.satisfied_share, minimum),
                         "levels": {str(level): count for level, count in summary.levels.items()}},
        "reopened": share(summary.reopened_share, minimum),
    }  # fmt: skip


def share(value: Share, minimum: int) -> dict[str, Any]:
    """Numerator and denominator always; rate and its 95 % interval only where the denominator allows them."""
    percent, interval = value.percent(minimum), value.interval(minimum)
    return {
        "numerator": value.part,
        "denominator": value.whole,
        "percent": None if percent is None else round(percent, 4),
        "interval": None if interval is None else [round(end, 4) for end in interval],
    }


def spread(value: Spread, minimum: int) -> dict[str, Any]:
    """How many were measured, their median, and their 90th percentile where they are enough."""
    return {"count": value.count, "median_seconds": value.median, "p90_seconds": value.p90(minimum)}
