"""How one comes to the pages of commitments."""

from __future__ import annotations

from playwright.sync_api import Page

from .looks import Reach
from .steps import follow, press
from .town import Town


def listed(path: str, number: int = 0) -> Reach:
    """The page of one commitment, from the list at that address."""

    def reach(page: Page, town: Town) -> None:
        page.goto(path)
        page.locator("main a[href*='commitments/CK-']").nth(number).evaluate("link => link.click()")
        page.wait_for_url("**/commitments/CK-**")

    return reach


def judged_with_nothing_said(page: Page, town: Town) -> None:
    """Both buttons of a finding ask for words."""
    page.goto("/desk/commitments?view=verify")
    page.locator("main a[href*='commitments/CK-']").first.evaluate("link => link.click()")
    page.wait_for_url("**/commitments/CK-**")
    press(page.locator("main form:has([name=finding]) [type=submit]").first)


def objecting(page: Page, town: Town) -> None:
    """A resident on the page that asks what is not done, sent empty."""
    follow(page, town.code("answered"))
    address = page.locator("main").evaluate("() => document.body.textContent.match(/CK-[0-9]+-[0-9]+/)[0]")
    page.goto(f"/follow/case/commitments/{address}")
