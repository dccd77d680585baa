"""People with a browser: on a small phone without JavaScript in Vietnamese, or at a desk with it in English.

Every browser is watched: an error in the console, a breach of the content security policy, a dialog, a request to
anybody else, a file of ours that does not load or a page that breaks fails the test in which it happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Response

from .. import factories
from .steps import press
from .town import Town


@dataclass(frozen=True)
class Manner:
    """How somebody comes to the town."""

    name: str
    language: str
    width: int
    height: int
    has_script: bool

    def __str__(self) -> str:
        return self.name


PHONE = Manner("vi-360-plain", "vi", 360, 740, has_script=False)
DESK = Manner("en-1280-script", "en", 1280, 900, has_script=True)


PATIENCE = 60_000
"""Milliseconds that anything in a browser may take: a busy machine is no fault of the town."""


@dataclass
class Watch:
    """What went wrong in the browsers of one test."""

    origin: str
    wrong: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Keep an eye on everything this browser does."""
        context.on("dialog", self._dialog)
        context.on("console", lambda said: self._console(said.type, said.text))
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        context.on("request", lambda request: self._request(request.url))
        context.on("response", self._response)

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, kind: str, text: str) -> None:
        # Answers with a status of 400 and above are judged in _response: a form with errors is one of them.
        if "Content Security Policy" in text or (kind == "error" and not text.startswith("Failed to load resource")):
            self.wrong.append(f"console: {text}")

    def _request(self, url: str) -> None:
        if not url.startswith((self.origin + "/", "about:")):
            self.wrong.append(f"somebody else was asked: {url}")

    def _response(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= (500 if is_page else 400):
            self.wrong.append(f"{response.status}: {response.url}")


class Visitors:
    """Opens browsers in one manner; closes them all at the end and says what went wrong."""

    def __init__(self, chromium: Browser, town: Town, manner: Manner) -> None:
        self.town, self.manner, self.watch = town, manner, Watch(town.url)
        self._chromium = chromium
        self._open: list[BrowserContext] = []

    def page(self, account: str = "", language: str = "") -> Page:
        """A browser of its own, with nothing in it, or signed in as that official (the door has its own tests)."""
        manner = self.manner
        context = self._chromium.new_context(
            base_url=self.town.url, viewport={"width": manner.width, "height": manner.height}, locale="vi-VN",
            java_script_enabled=manner.has_script, has_touch=not manner.has_script, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        self.watch.over(context)
        self._open.append(context)
        if account:
            context.add_cookies([self.town.signed_in(account, language)])  # type: ignore[list-item]
        return context.new_page()

    def read(self, page: Page, path: str) -> Page:
        """Open a page in this visitor's language, by the switch that stands on it."""
        page.goto(path)
        if page.locator("html").get_attribute("lang") != self.manner.language:
            press(page.locator(f"form.lang button[value={self.manner.language}]").locator("visible=true").first)
        assert page.locator("html").get_attribute("lang") == self.manner.language
        return page

    def leave(self) -> None:
        """Close every browser; nothing may have gone wrong in any of them."""
        for context in self._open:
            context.close()
        assert not self.watch.wrong, "\n".join(self.watch.wrong)


def sign_in(page: Page, account: str, password: str = factories.PASSWORD) -> None:
    """Through the officials' door, as people do."""
    page.goto("/sign-in")
    page.locator("[name=account]").fill(account)
    page.locator("[name=password]").fill(password)
    press(page.locator("main form [type=submit]"))
    page.wait_for_url(lambda url: not url.endswith("/sign-in"))
