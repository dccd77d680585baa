"""Residents who walk the real form over HTTP and do not give up: the same form again after every lost answer."""

from __future__ import annotations

import hashlib
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from app.cases import tokens
from app.cases.receipts import code_of
from tests.attachments.samples import bytes_of, picture
from tests.petitions.walk import FEEDBACK, Walk, forms, sheet_form

from .house import SECRET

PATIENCE = 400.0
"""Seconds a resident goes on pressing the same button."""
FILE = re.compile(r"/follow/files/[0-9a-f]{32}")


class _From(HTTPAdapter):
    """Requests that come from one address of this machine: each resident has a network of their own."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more, source_address=(self.address, 0))


class Lost(Exception):
    """The answer never came."""


class Browser:
    """A browser as the walk needs it; with `patience` it presses again until an answer comes that is no 5xx."""

    def __init__(self, url: str, address: str = "127.0.0.1", patience: float = PATIENCE) -> None:
        self.url, self.patience, self.stop = url, patience, threading.Event()
        self.link = requests.Session()
        self.link.trust_env = False
        self.link.mount("http://", _From(address))
        self.lost = 0

    def get(self, path: str) -> Any:
        """One page."""
        return self._ask("GET", path)

    def post(self, path: str, data: dict[str, Any], content_type: str = "", cut: bool = False) -> Any:
        """Send a form; values that are lists are files. `cut`: hang up as soon as it is sent."""
        files = [("files", (name, content)) for value in data.values() if isinstance(value, list)
                 for content, name in value]  # fmt: skip
        plain = {name: value for name, value in data.items() if not isinstance(value, list)}
        return self._ask("POST", path, cut=cut, data=plain, files=files or None)

    def _ask(self, how: str, path: str, cut: bool = False, **more: Any) -> Any:
        until = time.monotonic() + self.patience
        while True:
            try:
                answer = self.link.request(how, self.url + path, allow_redirects=False,
                                           timeout=(10, 0.002 if cut else 60), **more)  # fmt: skip
                if answer.status_code < 500 or not self.patience:
                    return answer
                said = f"{answer.status_code}: {answer.text[:200]}"
            except requests.RequestException as error:
                self.lost, said = self.lost + 1, repr(error)
                if not self.patience:
                    raise Lost(type(error).__name__) from error
            cut = False
            assert time.monotonic() < until, f"no answer to {how} {path} for {self.patience} s: {said}"
            time.sleep(random.uniform(0.2, 0.8))


@dataclass
class Deed:
    """One petition: what was promised to the resident, and what was handed out again."""

    token: str
    email: str
    files: int
    is_acknowledged: bool = False
    served: list[str] = field(default_factory=list)
    send: tuple[Browser, str, dict[str, Any]] | None = None
    """How to press Send again, where the resident never learned how it went."""

    @property
    def code(self) -> str:
        return code_of(self.token, SECRET)


class Resident(threading.Thread):
    """Files petitions one after the other until told to stop; `deeds` is what they can prove."""

    def __init__(self, url: str, number: int, seed: int) -> None:
        super().__init__(name=f"resident-{number}", daemon=True)
        self.url, self.number, self.chance = url, number, random.Random(seed * 1000 + number)
        self.deeds: list[Deed] = []
        self.stop = threading.Event()
        self.failed: BaseException | None = None
        self.lost = 0
        self.on_yes: Callable[[], object] | None = None
        """What happens the moment the yes is heard, before the receipt is looked at."""

    def run(self) -> None:
        """Until told to stop; the petition in hand is finished."""
        try:
            while not self.stop.is_set():
                self.file_one()
        except BaseException as error:
            self.failed = error

    def file_one(self) -> Deed:
        """One whole walk through the form, with one or two photos."""
        browser = Browser(self.url, ".".join(["127", *(str(self.chance.randint(1, 250)) for _ in range(3))]))
        walk = Walk(browser)  # type: ignore[arg-type]
        name = f"r{self.number}-{len(self.deeds)}-{self.chance.randint(0, 10**9)}"
        sheet = {**FEEDBACK, "what": {"body": f"Đường hỏng ở {name}.\nĐã hai tuần.", "title": f"Việc {name}"},
                 "you": {**FEEDBACK["you"], "email": f"{name}@example.vn"}}  # fmt: skip
        photos = self._photos()
        walk.to("files", sheet)
        walk.press(files=photos)
        assert walk.step == "you", f"{walk.step}: {walk.page.text[:2000]}"
        walk.to("review", sheet)
        deed = Deed(token_of(walk), f"{name}@example.vn", len(photos))
        self.deeds.append(deed)
        self._send(browser, walk, deed)
        self.lost += browser.lost
        return deed

    def _photos(self) -> list[tuple[bytes, str]]:
        made = []
        for number in range(self.chance.randint(1, 2)):
            image = picture(self.chance.randint(60, 200), self.chance.randint(60, 200))
            made.append((bytes_of(image, "JPEG", quality=self.chance.randint(60, 95)), f"anh-{number}.jpg"))
        return made

    def _send(self, browser: Browser, walk: Walk, deed: Deed) -> None:
        """Press Send: mostly until it is known how it went, sometimes hanging up at once, sometimes giving up."""
        fields = {**sheet_form(walk.page, "send").fields, "go": "send", "agree": "y"}
        mood = self.chance.random() if self.on_yes is None else 1.0
        browser.patience = 0.0 if mood < 0.15 else PATIENCE
        try:
            page = browser.post(walk.url, fields, cut=0.1 < mood < 0.3)
        except Lost:
            deed.send = browser, walk.url, fields
            return
        if page.status_code >= 500:
            deed.send = browser, walk.url, fields
            return
        assert page.status_code == 303, f"{page.status_code}: {page.text[:2000]}"
        deed.is_acknowledged = True
        if self.on_yes is not None:
            self.on_yes()
            return
        browser.patience = PATIENCE
        look_after(browser, deed)


def token_of(walk: Walk) -> str:
    """The one-time token inside the signed field."""
    return str(tokens._signer(SECRET).loads(sheet_form(walk.page).fields["token"])[0])


def look_after(browser: Browser, deed: Deed) -> None:
    """The receipt shows the code; the code opens the case; every file comes down again."""
    receipt = browser.get("/receipt")
    fitting = [form for form in forms(receipt) if form.fields.get("code") == deed.code]
    assert receipt.status_code == 200 and fitting, f"no receipt: {receipt.status_code}"
    opened = browser.post("/follow", fitting[0].fields)
    assert opened.status_code == 303, f"the code opens nothing: {opened.status_code}"
    page = browser.get("/follow/case").text
    for path in dict.fromkeys(FILE.findall(unescape(page))):
        file = browser.get(path)
        assert file.status_code == 200, f"{path}: {file.status_code}"
        deed.served.append(hashlib.sha256(file.content).hexdigest())


def settle(deed: Deed) -> None:
    """Press Send again where it was never known how it went: the same token, one case."""
    if deed.send is None:
        return
    browser, url, fields = deed.send
    browser.patience = PATIENCE
    page = browser.post(url, fields)
    assert page.status_code == 303, f"{page.status_code}: {page.text[:2000]}"
    deed.is_acknowledged = True
    look_after(browser, deed)
