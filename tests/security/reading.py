"""Reads pages as a suspicious browser: the bones of the markup, the text in it, and everything that could act."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

LOADING = {"src", "href", "action", "formaction", "data", "srcset", "poster"}
OURS = ("/", "?", "#", "tel:", "mailto:")


@dataclass
class Page:
    """One page taken apart."""

    bones: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Every tag with the names of its attributes, in order."""
    text: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    """What stands in fields: values of inputs."""
    addresses: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Inline scripts and styles, handlers, foreign addresses: nothing of it may be there."""
    fields: list[list[str]] = field(default_factory=list)
    """The names of the fields of each form that posts."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.script = False
        self.posting: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.page.bones.append((tag, tuple(sorted(given))))
        if tag == "form" and given.get("method", "").lower() == "post":
            self.posting = []
            self.page.fields.append(self.posting)
        if self.posting is not None and given.get("name"):
            self.posting.append(given["name"])
        if tag == "input" and "value" in given:
            self.page.values.append(given["value"])
        self._look(tag, given)

    def _look(self, tag: str, given: dict[str, str]) -> None:
        for name, value in given.items():
            if name in LOADING:
                self.page.addresses.append(value)
                if value and (value.startswith("//") or not value.startswith(OURS)):
                    self.page.faults.append(f"<{tag} {name}={value!r}> leads elsewhere")
            if name.startswith("on") or name == "style":
                self.page.faults.append(f"<{tag} {name}>")
        if tag == "style" or (tag == "script" and "src" not in given):
            self.page.faults.append(f"inline <{tag}>")
        if tag in ("iframe", "object", "embed", "base", "applet"):
            self.page.faults.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.posting = None

    def handle_data(self, data: str) -> None:
        self.page.text.append(data)


def read(html: str) -> Page:
    """A page taken apart."""
    reader = _Reader()
    reader.feed(html)
    return reader.page


def said(page: Page) -> str:
    """All words of a page, in text and in fields, with single spaces."""
    return " ".join(" ".join([*page.text, *page.values]).split())
