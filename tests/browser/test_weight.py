"""A first visit over a weak line: everything a page needs, as it travels, fonts included."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response

from .looks import Look, come_to
from .visitors import Visitors
from .visits import RESIDENT

KB = 1000
HOME, FORM = 100 * KB, 140 * KB
"""At most so many bytes of bodies, compressed, on a cold load."""
FORMS = [look for look in RESIDENT if look.name.startswith("sheet-") or look.name in ("door-wrong", "follow-waiting")]


def cold_load(page: Page) -> dict[str, int]:
    """Load the page once more with an empty cache; the bytes of each body as they came over the line."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.reload(wait_until="networkidle")
    return {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers}


def test_the_home_page_weighs_at_most_100_kb(desk_visitors: Visitors) -> None:
    page = desk_visitors.page()
    page.goto("/")
    parts = cold_load(page)
    assert len(parts) >= 5, parts
    assert sum(parts.values()) <= HOME, parts


@pytest.mark.parametrize("look", FORMS, ids=str)
def test_a_form_page_weighs_at_most_140_kb(look: Look, desk_visitors: Visitors) -> None:
    page = desk_visitors.page()
    come_to(page, look, desk_visitors.town)
    parts = cold_load(page)
    assert len(parts) >= 5, parts
    assert sum(parts.values()) <= FORM, parts
