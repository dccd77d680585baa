"""The resident's pages hold for everybody: no barrier that axe finds, nothing too wide, nothing too small to tap."""

from __future__ import annotations

from pathlib import Path

import pytest

from .looks import Look, come_to, examine
from .visitors import Visitors
from .visits import DESK, HOUSE, RESIDENT

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_every_page_of_the_house_is_looked_at() -> None:
    pages = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if "_" not in _firsts(path)}
    assert pages == {look.template for look in [*RESIDENT, *DESK, *HOUSE]}


def _firsts(path: Path) -> set[str]:
    return {part[0] for part in path.relative_to(TEMPLATES).parts}


@pytest.mark.parametrize("look", RESIDENT, ids=str)
def test_a_page_has_no_barrier_at_any_width(look: Look, desk_visitors: Visitors) -> None:
    page = desk_visitors.page(look.account)
    come_to(page, look, desk_visitors.town)
    wrong = examine(page, look, is_for_residents=True)
    assert not wrong, "\n".join(wrong)
