"""Check 43: every page of a town whose every word is hostile, read by a real browser: no dialog, no breach, no call.

What the browsers may not do is watched by visitors.Watch: a breach of the content security policy, a dialog, a script's
error, a request to anybody else. The pages are those of the looks (visits.py), each as the visitor it is made for. It
takes minutes, so `make soak` runs it; the same watch stands over every page of the ordinary town in `make test`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from tests.security.spoiling import spoil

from . import town as towns
from .looks import Look
from .planted import Planted
from .visitors import DESK as AT_A_DESK
from .visitors import Visitors
from .visits import DESK, HOUSE, RESIDENT


@pytest.fixture(scope="module")
def spoiled_town(planted_town: tuple[Path, Planted], tmp_path_factory: pytest.TempPathFactory) -> Iterator[towns.Town]:
    """A running town, every word in it replaced."""
    folder, planted = planted_town
    with towns.serve(folder, planted, tmp_path_factory.mktemp("spoiled")) as running:
        with running.app.app_context():
            assert spoil()["EventFacts.facts"]
        yield running


def rooms() -> dict[str, list[Look]]:
    """Looks by who looks; pages made by hand hold nobody's words."""
    found: dict[str, list[Look]] = {}
    for look in (*RESIDENT, *DESK, *HOUSE):
        if not look.by_hand:
            found.setdefault(look.account or "a resident", []).append(look)
    return found


@pytest.mark.soak
@pytest.mark.parametrize("who", rooms())
def test_no_page_of_a_spoiled_town_does_anything_but_show_its_words(
    who: str, chromium: Browser, spoiled_town: towns.Town
) -> None:
    visitors = Visitors(chromium, spoiled_town, AT_A_DESK)
    missed: list[str] = []
    for look in rooms()[who]:
        page = visitors.page(look.account)
        page.set_default_timeout(20_000)
        try:
            look.reach(page, spoiled_town) if callable(look.reach) else page.goto(look.reach)
            page.wait_for_load_state()
            assert page.evaluate(INLINE) == 0, look.name
        except PlaywrightError:
            missed.append(look.name)  # a way there that goes by words which are no longer there
        page.context.close()
    visitors.leave()
    assert len(missed) * 4 <= len(rooms()[who]), missed


INLINE = "document.querySelectorAll('script:not([src]), style, iframe, object, embed').length"
