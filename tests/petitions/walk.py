"""A browser without JavaScript, as far as a resident needs one: reads the forms of a page, types, presses a button."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FEEDBACK: dict[str, dict[str, str]] = {
    "what": {"body": "Từ trận mưa đêm 15/11, đất đá lấp kín mặt đường.", "title": "Đường vào xóm Lũng Đính sạt lở"},
    "category": {"category": "roads.surface"},
    "where": {"commune": "01447", "place": "xóm Lũng Đính"},
    "unit": {"unit_choice": "unknown"},
    "files": {},
    "you": {"name": "Nông Thị Sen", "phone": "0912 000 017", "email": "Sen@Example.vn", "is_public": "yes"},
}
COMPLAINT = {
    **FEEDBACK,
    "against": {"against": "Quyết định số 12/QĐ-UBND", "known_on": "2026-11-02", "request": "Hủy quyết định"},
    "you": {**FEEDBACK["you"], "address": "Xóm Bản Viết, xã Trùng Khánh"},
}


@dataclass
class Form:
    """One form of a page: where it goes and what it would send, file fields left out."""

    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.area = ""
        self.select = ""

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attrs = {key: value or "" for key, value in given}
        if tag == "form":
            self.inside = Form(attrs.get("action", ""))
            self.forms.append(self.inside)
        if self.inside is None or (not (name := attrs.get("name", "")) and tag != "option"):
            return
        if tag == "textarea":
            self.area, self.inside.fields[name] = name, ""
        elif tag == "select":
            self.select, self.inside.fields[name] = name, ""
        elif tag == "option" and "selected" in attrs:
            self.inside.fields[self.select] = attrs.get("value", "")
        elif tag == "button":
            self.inside.buttons.append((name, attrs.get("value", "")))
        elif tag == "input":
            self._typed(attrs, name)

    def _typed(self, attrs: dict[str, str], name: str) -> None:
        assert self.inside is not None
        kind = attrs.get("type", "text")
        if kind not in ("radio", "checkbox", "file") or "checked" in attrs:
            self.inside.fields[name] = attrs.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area and self.inside is not None:
            self.inside.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        if tag == "textarea":
            assert self.inside is not None
            self.inside.fields[self.area] = self.inside.fields[self.area].removeprefix("\n").removeprefix("\r\n")
            self.area = ""


def forms(page: TestResponse) -> list[Form]:
    """The forms of a page."""
    reader = _Reader()
    reader.feed(page.text)
    return reader.forms


def sheet_form(page: TestResponse, button: str = "") -> Form:
    """The form of the guided page, or the one that holds a certain `go` button."""
    fitting = [f for f in forms(page) if "token" in f.fields and (not button or ("go", button) in f.buttons)]
    return fitting[-1]


class Walk:
    """One resident filling in one petition."""

    def __init__(self, client: FlaskClient, kind: str = "feedback") -> None:
        self.client, self.url = client, f"/submit/{kind}"
        self.page = client.get(self.url)

    @property
    def step(self) -> str:
        return sheet_form(self.page).fields["step"]

    @property
    def fields(self) -> dict[str, str]:
        return sheet_form(self.page).fields

    def press(self, go: str = "next", **typed: Any) -> TestResponse:
        """Type into the open page and press a button."""
        fields = {**sheet_form(self.page, go if go != "next" else "").fields, **typed, "go": go}
        self.page = self.client.post(self.url, data=fields, content_type="multipart/form-data")
        return self.page

    def remove(self, public_id: str) -> TestResponse:
        """Press the button beside a held file."""
        self.page = self.client.post(self.url, data={**sheet_form(self.page).fields, "remove": public_id})
        return self.page

    def to(self, step: str, sheet: dict[str, dict[str, str]] = FEEDBACK, **more: Any) -> Walk:
        """Go on, filling in every page, until `step` is open."""
        for _turn in range(12):
            if self.step == step:
                return self
            self.press(**{**sheet[self.step], **(more if self.step == more.get("at") else {})})
        raise AssertionError(f"never came to {step}, stands at {self.step}")

    def send(self) -> TestResponse:
        """Press Send on the review."""
        return self.press("send", agree="y")


def upload(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    """A file as the browser sends it."""
    return io.BytesIO(content), name
