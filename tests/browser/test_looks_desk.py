"""The desk holds for everybody: no barrier that axe finds, nothing wider than a small phone."""

from __future__ import annotations

import pytest

from .looks import Look, come_to, examine
from .visitors import Visitors
from .visits import DESK


@pytest.mark.parametrize("look", DESK, ids=str)
def test_a_page_has_no_barrier_at_any_width(look: Look, desk_visitors: Visitors) -> None:
    page = desk_visitors.page(look.account)
    come_to(page, look, desk_visitors.town)
    wrong = examine(page, look, is_for_residents=False)
    assert not wrong, "\n".join(wrong)
