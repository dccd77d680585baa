"""A browser without JavaScript on a real server: what tests.petitions.walk asks of a client, over HTTP."""

from __future__ import annotations

import io
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from tests.petitions.walk import FEEDBACK, Walk, forms

PICTURE = (1280, 960)


class Page:
    """An answer as the walk reads it."""

    def __init__(self, answer: requests.Response) -> None:
        self.text, self.status_code = answer.text, answer.status_code
        self.location, self.headers = answer.headers.get("Location", ""), answer.headers


class Browser:
    """One visitor with cookies."""

    def __init__(self, base: str, **headers: str) -> None:
        self.base = base
        self.session = requests.Session()
        self.session.mount("http://", HTTPAdapter(pool_maxsize=1))
        self.session.headers.update(headers)
        self.session.trust_env = False

    def get(self, path: str, **more: Any) -> Any:
        """Open a page; redirects are not followed."""
        return Page(self.session.get(self.base + path, allow_redirects=False, timeout=60, **more))

    def post(self, path: str, data: Any = None, content_type: str = "") -> Any:
        """Send a form; (file, name) values become files."""
        fields, files = [], []
        for name, value in (data or {}).items():
            if isinstance(value, tuple):
                files.append((name, (value[1], value[0], "application/octet-stream")))
            else:
                fields.append((name, value))
        if content_type.startswith("multipart") and not files:
            files.append(("files", ("", io.BytesIO(b""))))
        sent = self.session.post(self.base + path, fields, files=files or None, allow_redirects=False, timeout=60)
        return Page(sent)

    def fill(self, path: str, **typed: Any) -> Any:
        """Open a page, type into its form that has the first of the given fields, send it."""
        name = next(iter(typed))
        form = next(form for form in forms(self.get(path)) if name in form.fields)
        return self.post(form.action or path, {**form.fields, **typed})


def petition(browser: Browser, files: list[tuple[bytes, str]] = [], **typed: str) -> str:  # noqa: B006
    """Send a feedback like a resident; the receipt code, or "" where it was not taken."""
    sheet = {step: {**fields, **{name: typed[name] for name in fields if name in typed}}
             for step, fields in FEEDBACK.items()}  # fmt: skip
    walk = Walk(browser, "feedback").to("files", sheet)  # type: ignore[arg-type]
    for content, name in files:
        walk.press("upload", files=(io.BytesIO(content), name))
    sent = walk.to("review", sheet).send()
    if sent.status_code != 303:
        return ""
    return code_on(browser.get(sent.location))


def code_on(page: Any) -> str:
    """The receipt code of a receipt page."""
    return next((form.fields["code"] for form in forms(page) if form.fields.get("code")), "")


def photo(bytes_wanted: int = 60_000) -> bytes:
    """A JPEG of about that size, noise that does not compress."""
    import os

    from PIL import Image

    side = max(64, int((bytes_wanted / 0.605) ** 0.5))
    made = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(made, "JPEG", quality=75)
    return made.getvalue()
