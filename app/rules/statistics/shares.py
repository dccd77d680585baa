"""Shares with their uncertainty, and the middle of many durations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution, for a 95 % interval."""


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, in per cent: where the true share may well lie. `whole` is above 0."""
    p, z2 = part / whole, Z95 * Z95
    middle = p + z2 / (2 * whole)
    reach = Z95 * sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole))
    low, high = (middle - reach) / (1 + z2 / whole), (middle + reach) / (1 + z2 / whole)
    return max(0.0, 100 * low), min(100.0, 100 * high)


@dataclass(frozen=True)
class Share:
    """So many of so many. Below the smallest denominator there is no rate, only the two numbers."""

    part: int = 0
    whole: int = 0

    def percent(self, minimum: int) -> float | None:
        """The rate in per cent, or None where the numbers are too small to say."""
        return 100 * self.part / self.whole if self.whole >= max(minimum, 1) else None

    def interval(self, minimum: int) -> tuple[float, float] | None:
        """The 95 % interval of the rate in per cent, or None with the rate."""
        return wilson(self.part, self.whole) if self.whole >= max(minimum, 1) else None


@dataclass(frozen=True)
class Spread:
    """How long something took: number of values, median and 90th percentile in seconds."""

    count: int = 0
    median: float | None = None
    ninetieth: float | None = None

    def p90(self, minimum: int) -> float | None:
        """The 90th percentile, or None where the values are too few; the median may stand."""
        return self.ninetieth if self.count >= minimum else None


NONE = Spread()
"""Nothing was measured."""


def quantile(count: int, tenths: int, value_at: Callable[[int], int]) -> float | None:
    """The tenths/10 quantile of `count` ordered values, linear between neighbours (as numpy and pandas by default).

    `value_at` gives the value at a 0-based place; only the two neighbours are asked for.
    """
    if not count:
        return None
    place = (count - 1) * tenths
    below, rest = place // 10, place % 10
    low, high = value_at(below), value_at(min(below + 1, count - 1))
    return low + (high - low) * rest / 10


def spread(values: Iterable[int]) -> Spread:
    """Count, median and 90th percentile of durations in seconds."""
    ordered = sorted(values)
    return spread_at(len(ordered), ordered.__getitem__)


def spread_at(count: int, value_at: Callable[[int], int]) -> Spread:
    """The same, from values that somebody else has put in order."""
    return Spread(count, quantile(count, 5, value_at), quantile(count, 9, value_at))
