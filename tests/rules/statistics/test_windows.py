"""The legal report windows, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.rules.statistics.windows import Cut, latest, window_of, windows_of

DAY = timedelta(days=1)


def days(year: int, code: str, cut: Cut | None = None) -> tuple[date, date]:
    window = window_of(year, code, cut)
    assert window is not None
    return window.first, window.last


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("q2", date(2026, 3, 15), date(2026, 6, 14)),
        ("q3", date(2026, 6, 15), date(2026, 9, 14)),
        ("q4", date(2026, 9, 15), date(2026, 12, 14)),
        ("h1", date(2025, 12, 15), date(2026, 6, 14)),
        ("m9", date(2025, 12, 15), date(2026, 9, 14)),
        ("year", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_windows_are_those_of_circular_01_2024(code: str, first: date, last: date) -> None:
    assert days(2026, code) == (first, last)


@pytest.mark.parametrize("year", range(2000, 2100))
@pytest.mark.parametrize("cut", [None, Cut(1, 1), Cut(28, 2), Cut(10, 12)])
def test_quarters_follow_each_other_without_gap_and_fill_the_year(year: int, cut: Cut | None) -> None:
    quarters = [days(year, f"q{n}", cut) for n in range(1, 5)]
    assert all(before[1] + DAY == after[0] for before, after in pairwise(quarters))
    assert (quarters[0][0], quarters[-1][1]) == days(year, "year", cut)
    assert days(year, "h1", cut) == (quarters[0][0], quarters[1][1])
    assert days(year, "m9", cut) == (quarters[0][0], quarters[2][1])
    assert quarters[-1][1] + DAY == days(year + 1, "q1", cut)[0]


def test_an_administrators_cut_moves_every_window() -> None:
    assert days(2026, "year", Cut(1, 1)) == (date(2026, 1, 1), date(2026, 12, 31))
    assert days(2026, "q1", Cut(20, 12)) == (date(2025, 12, 20), date(2026, 3, 19))
    with pytest.raises(ValueError, match="cannot begin"):
        windows_of(2026, Cut(31, 12))


@pytest.mark.parametrize(
    ("today", "code", "year"),
    [
        (date(2026, 11, 26), "m9", 2026), (date(2026, 9, 14), "h1", 2026), (date(2026, 9, 15), "m9", 2026),
        (date(2026, 12, 14), "m9", 2026), (date(2026, 12, 15), "year", 2026), (date(2027, 3, 15), "q1", 2027),
    ],
)  # fmt: skip
def test_the_latest_window_is_the_longest_that_is_over(today: date, code: str, year: int) -> None:
    assert (latest(today).code, latest(today).year) == (code, year)


def test_a_code_that_is_none_finds_no_window() -> None:
    assert window_of(2026, "q5") is None
