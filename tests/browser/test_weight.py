"""A first visit over a weak line: everything a page needs, as it travels, fonts included."""

from __future__ import annotations

from playwright.sync_api import Page, Response

from app.petitions.sheet import PAGES
from app.rules.workflow import Kind

from .steps import fill_petition, follow, press
from .visitors import Visitors

KB = 1000
HOME, FORM = 100 * KB, 140 * KB
"""At most so many bytes of bodies, compressed, on a cold load."""


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


def test_no_page_of_the_guided_form_weighs_more_than_140_kb(desk_visitors: Visitors) -> None:
    page = desk_visitors.page()
    page.goto("/submit/complaint")
    for name in PAGES[Kind.COMPLAINT]:
        fill_petition(page, "Nước ngập trước cổng trường", photo=True, until=name)
        assert sum(cold_load(page).values()) <= FORM, name


def test_neither_the_door_nor_the_page_of_a_case_weighs_more_than_140_kb(desk_visitors: Visitors) -> None:
    page = desk_visitors.page()
    page.goto("/follow")
    assert sum(cold_load(page).values()) <= FORM
    follow(page, desk_visitors.town.code("waiting"))
    parts = cold_load(page)
    assert sum(parts.values()) <= FORM, parts


def test_no_page_of_booking_a_visit_weighs_more_than_140_kb(desk_visitors: Visitors) -> None:
    page = desk_visitors.page()
    page.goto("/reception?all=1")
    assert sum(cold_load(page).values()) <= FORM
    press(page.locator("main .day a.btn").first)
    page.wait_for_url("**/book")
    assert sum(cold_load(page).values()) <= FORM
