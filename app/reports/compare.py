"""The units below side by side: only within a group of similar volume, and never ranked where numbers are small."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ..rules.statistics import Summary
from ..words import is_vietnamese, named
from .answers.standard import is_idle
from .figures import Figures
from .links import Links
from .show import DAY, days, percent
from .tree import Node

LARGE, MIDDLE = 150, 30
"""Cases received in the period from which a unit counts as busy, and as having a fair number."""
Entry = tuple[Node, Summary]


@dataclass(frozen=True)
class Group:
    """Units of one level and similar volume."""

    code: str
    name: str
    why: str
    rows: list[dict[str, Any]]
    is_small: bool = False
    """Too few cases to sort by a rate."""


def groups(figures: Figures, order: str, level: str = "") -> list[Group]:
    """The table in groups of one level and similar volume, sorted inside each; small ones by volume only.

    Idle units are left out. A department is never set beside a commune: what reaches them differs.
    """
    found = [entry for entry in entries(figures, level) if not is_idle(entry[1])]
    scale, kinds = first_scale(figures), levels(figures)
    own = [e for e in found if e[0].id == figures.place.unit.id]
    of_level = [(code, words, [e for e in found if e[0].level == code and e not in own]) for code, words, _n in kinds]
    parts = [("own", _("Trực tiếp giải quyết"), own), *of_level] if kinds else [("", "", found)]
    return [
        Group(f"{code}-{size}" if code else size, _("%(level)s, %(size)s", level=words, size=name) if words else name,
              why, [row(figures, e, scale) for e in arranged(rows, order, figures.minimum, size)], size == "small")
        for code, words, same in parts
        for size, name, why, rows in _by_volume(same, bool(words))
    ]  # fmt: skip


def _by_volume(found: list[Entry], inside: bool) -> list[tuple[str, str, str, list[Entry]]]:
    """The sizes that have any unit; `inside` a name they are written small."""
    large, middle, small = (
        (_("đông việc"), _("vừa"), _("ít việc")) if inside else (_("Đông việc"), _("Vừa"), _("Ít việc"))
    )
    parts = [
        ("large", large, _("từ %(n)s vụ việc mới trở lên trong kỳ", n=LARGE), _between(found, LARGE, None)),
        ("middle", middle, _("từ %(a)s đến %(b)s vụ việc mới", a=MIDDLE, b=LARGE - 1), _between(found, MIDDLE, LARGE)),
        ("small", small, _("dưới %(n)s vụ việc mới: số nhỏ, không xếp theo tỷ lệ", n=MIDDLE),
         _between(found, 0, MIDDLE)),
    ]  # fmt: skip
    return [part for part in parts if part[3]]


def entries(figures: Figures, level: str) -> list[Entry]:
    """The units below, of one level if asked; the unit's own custodies have a row only where it has any."""
    return [e for e in figures.rows if not level or e[0].level == level]


def idle(figures: Figures, level: str) -> list[str]:
    """Names of units with nothing in the period."""
    return [named(node, True) for node, summary in entries(figures, level) if is_idle(summary)]


def levels(figures: Figures) -> list[tuple[str, str, int]]:
    """The levels below with their numbers of units, where there is more than one."""
    counted: dict[str, tuple[str, int]] = {}
    for node, _summary in figures.rows:
        words = node.level_vi if is_vietnamese() else node.level_en or node.level_vi
        counted[node.level] = (words, counted.get(node.level, ("", 0))[1] + 1)
    return [(code, words, count) for code, (words, count) in counted.items()] if len(counted) > 1 else []


def _between(found: list[Entry], low: int, high: int | None) -> list[Entry]:
    return [e for e in found if e[1].received >= low and (high is None or e[1].received < high)]


ORDERS: dict[str, Callable[[Summary, int], float | None]] = {
    "on-time": lambda s, least: s.on_time_share.percent(least),
    "first-response": lambda s, _least: None if s.first_response.median is None else -s.first_response.median,
    "satisfaction": lambda s, least: s.satisfied_share.percent(least),
    "received": lambda s, _least: s.received,
}
"""What a group may be sorted by, the best or largest first."""


def arranged(rows: list[Entry], order: str, minimum: int, group: str) -> list[Entry]:
    """Sorted by name, then by what was asked; rows without a rate stay behind. Small groups go by volume."""
    value = ORDERS["received" if group == "small" else order]

    def place(entry: Entry) -> tuple[bool, float]:
        found = value(entry[1], minimum)
        return found is None, -(found or 0)

    return sorted(rows, key=place)


def first_scale(figures: Figures) -> int:
    """Whole days at the right end of the first-response scale, in steps of 5.

    Enough for every unit with enough cases; one odd case of a small unit must not squeeze all the others.
    """
    firsts = [summary.first_response for _node, summary in figures.rows]
    longest = [spread.p90(figures.minimum) or 0 for spread in firsts]
    most = max(longest, default=0) or max((spread.median or 0 for spread in firsts), default=0)
    return max(5, 5 * -(-int(most) // (5 * DAY)))


def row(figures: Figures, entry: Entry, scale: int) -> dict[str, Any]:
    """One unit's row: values, fractions, intervals and addresses."""
    node, summary = entry
    is_own = node.id == figures.place.unit.id
    links = Links(figures.place.unit.code, figures.question).of(node.code, alone=is_own)
    return {
        "name": _("%(name)s trực tiếp giải quyết", name=named(node, True)) if is_own else named(node, True),
        "summary": summary, "page": links.page(), "links": links,
        "on_time": _rate(summary, "on_time", figures), "satisfied": _rate(summary, "satisfied", figures),
        "first": _times(summary, figures.minimum, scale),
        "resolved": {"median": days(summary.elapsed.median), "p90": days(summary.elapsed.p90(figures.minimum)),
                     "net": days(summary.net.median)},
    }  # fmt: skip


def _rate(summary: Summary, name: str, figures: Figures) -> dict[str, Any]:
    least = figures.minimum
    share = getattr(summary, f"{name}_share")
    low, high = share.interval(least) or (None, None)
    whole = getattr(figures.total, f"{name}_share").percent(least)
    return {"value": percent(share.percent(least)), "k": share.part, "n": share.whole, "low": low,
            "mid": share.percent(least), "high": high, "ref": whole}  # fmt: skip


def _times(summary: Summary, minimum: int, scale: int) -> dict[str, Any]:
    """First response on a scale of days: the dot is the median, the band reaches to the 90th percentile."""
    spread, whole = summary.first_response, scale * DAY
    p90 = spread.p90(minimum)
    at = None if spread.median is None else min(100.0, 100 * spread.median / whole)
    return {"median": days(spread.median), "p90": days(p90), "count": spread.count, "mid": at,
            "high": None if p90 is None else min(100.0, 100 * p90 / whole)}  # fmt: skip
