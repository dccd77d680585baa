"""A map without a map: a circle at the point of each commune, as large as its number; nothing is drawn between them.

We hold a point for each commune and no boundaries, so none are drawn. The degrees of longitude are shortened by the
cosine of the latitude, so that a kilometre is as long in both directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Any

SHOWN = ("received", "overdue", "on_time")
"""What the circles may show."""
WIDTH, MARGIN = 640.0, 44.0
LARGEST, SMALLEST = 34.0, 4.0
"""Radii of the largest circle and of the least that a count above 0 gets."""
WIDE, PHONE = (7.2, 17.0), (12.5, 27.0)
"""About how wide a letter and how high a line of the names is; on a phone, where the whole map is half as wide, the
names are written twice as large."""
NAMED = 10
"""Only so many of the largest are named; the others are in the table and in the circles' titles."""


@dataclass(frozen=True)
class Spot:
    """A place with its number; `inner` is the part on time."""

    name: str
    latitude: float
    longitude: float
    count: int
    inner: int
    href: str
    words: str


def drawn(spots: Sequence[Spot], show: str) -> dict[str, Any] | None:
    """Circles, names and legend in the units of one viewBox; None where there is no point to draw."""
    if not spots:
        return None
    at, height = _placed(spots)
    top = max(spot.count for spot in spots)
    circles: list[dict[str, Any]] = [
        {"x": x, "y": y, "r": _radius(s.count, top), "inner": _part(s, top), "href": s.href, "words": s.words,
         "name": s.name, "count": s.count}
        for s, (x, y) in zip(spots, at, strict=True)
    ]  # fmt: skip
    circles.sort(key=lambda c: -c["r"])
    return {
        "width": WIDTH, "height": height + 2 * LARGEST + 8, "circles": [c for c in circles if c["count"]],
        "dots": [c for c in circles if not c["count"]], "names": _names(circles, height, WIDE),
        "phone_names": _names(circles, height, PHONE), "show": show, "legend": _legend(top, height),
    }  # fmt: skip


def _placed(spots: Sequence[Spot]) -> tuple[list[tuple[float, float]], float]:
    """Each spot's place from the upper left corner, and the height that the width asks for."""
    south, north = min(s.latitude for s in spots), max(s.latitude for s in spots)
    west, east = min(s.longitude for s in spots), max(s.longitude for s in spots)
    shrunk = cos(radians((south + north) / 2))
    across, along = max((east - west) * shrunk, 0.01), north - south
    scale = min((WIDTH - 2 * MARGIN) / across, WIDTH / max(along, 0.01))
    middle = (WIDTH - across * scale) / 2
    at = [(round(middle + (s.longitude - west) * shrunk * scale, 1), round(MARGIN + (north - s.latitude) * scale, 1))
          for s in spots]  # fmt: skip
    return at, round(along * scale + 2 * MARGIN, 1)


def _radius(count: int, top: int) -> float:
    """The area goes with the count; a single case is still seen."""
    return round(max(LARGEST * sqrt(count / top), SMALLEST), 1) if count else 2.5


def _part(spot: Spot, top: int) -> float:
    """The radius of the part on time: its area is that part of the circle's."""
    return round(_radius(spot.count, top) * sqrt(spot.inner / spot.count), 1) if spot.count else 0.0


def _legend(top: int, height: float) -> list[dict[str, Any]]:
    """Circles of round numbers in a row under the map, drawn to its scale."""
    y = height + LARGEST
    return [{"n": n, "x": MARGIN + place * 4 * LARGEST, "y": y, "r": _radius(n, top)}
            for place, n in enumerate(_steps(top))]  # fmt: skip


def _steps(top: int) -> list[int]:
    """Two or three round numbers for the legend."""
    return sorted({1, top} if top < 4 else {max(top // 10, 1), max(top // 3, 1), top}) if top else []


Box = tuple[float, float, float, float]


def _names(circles: Sequence[dict[str, Any]], height: float, size: tuple[float, float]) -> list[dict[str, Any]]:
    """Names of the largest, each where it covers neither another name, nor another large circle, nor the edge."""
    found: list[dict[str, Any]] = []
    boxes: list[Box] = []
    large = [c for c in circles[:NAMED] if c["count"] and c["r"] >= LARGEST / 4]
    for c in large:
        taken = [*boxes, *(_core(other) for other in large if other is not c)]
        for x, y in _beside(c, size):
            box = _box(c, x, y, size)
            is_inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height
            if is_inside and not any(_meet(box, other) for other in taken):
                boxes.append(box)
                found.append({"x": round(x, 1), "y": round(y, 1), "name": c["name"]})
                break
    return found


def _beside(c: dict[str, Any], size: tuple[float, float]) -> list[tuple[float, float]]:
    """Where a name may stand, the best first: above, below, to the right, to the left, on the circle itself."""
    x, y, r, (letter, line) = c["x"], c["y"], c["r"], size
    aside = r + 5 + len(c["name"]) * letter / 2
    middle = y + line / 4
    return [(x, y - r - 5), (x, y + r + line - 3), (x + aside, middle), (x - aside, middle), (x, middle)]


def _box(c: dict[str, Any], x: float, y: float, size: tuple[float, float]) -> Box:
    half = len(c["name"]) * size[0] / 2
    return x - half, y - size[1] * 0.8, x + half, y + size[1] * 0.2


def _core(circle: dict[str, Any]) -> Box:
    """The middle of a circle, which no name may cover."""
    x, y, reach = circle["x"], circle["y"], circle["r"] * 0.6
    return x - reach, y - reach, x + reach, y + reach


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
