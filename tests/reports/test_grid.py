"""The table of buckets says what a plain search says, wherever the bounds lie."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.reports.cells.grid import FEW, bounds_passed, days_passed

SECONDS = st.integers(1, 2**32 - 2)


@given(st.lists(SECONDS, min_size=1, max_size=40, unique=True), st.integers(0, 2**32 - 1), st.integers(0, 10**6))
def test_moments_are_placed_as_by_a_plain_search(bounds: list[int], seed: int, near: int) -> None:
    line = np.array(sorted(bounds), np.uint32)
    random = np.random.default_rng(seed)
    anywhere = random.integers(0, 2**32, FEW, dtype=np.uint32)
    close = (
        line[random.integers(0, len(line), FEW)].astype(np.int64) + random.integers(-near - 1, near + 2, FEW)
    ).clip(0, 2**32 - 1)
    moments = np.concatenate([anywhere, close.astype(np.uint32), line, np.array([0, 2**32 - 1], np.uint32)])
    assert bounds_passed(line, moments).tolist() == np.searchsorted(line, moments, side="right").tolist()


@given(st.lists(st.integers(730_000, 745_000), min_size=1, max_size=60), st.integers(0, 2**32 - 1))
def test_days_are_placed_as_by_a_plain_search(bounds: list[int], seed: int) -> None:
    line = np.array(sorted(bounds), np.uint32)
    days = np.random.default_rng(seed).integers(729_000, 746_000, FEW + 1).astype(np.uint32)
    days[:3] = (0, line[0], line[-1])
    assert days_passed(line, days).tolist() == np.searchsorted(line, days, side="right").tolist()
