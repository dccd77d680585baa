"""Checks 43 and 44: a town whose every word is hostile, read through every door and out of every file it makes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import time
from typing import Any

import openpyxl
import pikepdf
import pytest
from docx import Document
from flask import Flask

from app.dialogues.calendar_file import Entry, write
from app.documents.spreadsheet import DANGEROUS
from app.letters.deliver import drain
from tests.documents.reading import text_of
from tests.letters.conftest import Mailbox, mailbox, words_of
from tests.matrix.doors import address, doors
from tests.matrix.stories import NOW
from tests.matrix.world import World

from .corpus import CORPUS, FORMULAS, HEADS
from .reading import read
from .spoiling import spoil

__all__ = ["mailbox"]
FOREIGN = {"marquee", "plaintext", "math", "xmp", "template", "video", "source", "noscript", "mglyph", "foreignobject",
           "animate", "u", "mtext", "frame", "isindex"}  # fmt: skip
"""Tags that no template of ours writes."""
SUMS = re.compile(r'=(0-)?(SUM|IF|COUNT|ROUND|N|[A-Z]+[0-9]+|[-+():,=0-9"])*')
"""Formulas of our own sheets: sums over cells, no text."""
UNSEEN = " \t\r\n\u00a0\u3000\ufeff\u200b\u2028"
LISTS = (
    "/desk/registers.csv?what=petitions&unit=01447&first=2026-11-01&last=2026-12-31",
    "/desk/registers.pdf?what=petitions&unit=01447&first=2026-11-01&last=2026-12-31",
    *[f"/desk/reception/register.{kind}?unit=01447&first=2026-11-01&last=2026-12-31"
      for kind in ("csv", "pdf", "xlsx")],
    *[f"/statistics/01447/{view}.{kind}" for view in ("subjects", "satisfaction", "backlog", "workload", "due")
      for kind in ("csv", "xlsx")],
)  # fmt: skip
"""Files whose address says what to take."""


@pytest.fixture(scope="module")
def spoiled(world: World) -> World:
    """The world, every word of it replaced."""
    with world.app.app_context():
        done = spoil()
    assert {"Case.title", "Case.body", "EventFacts.facts", "Unit.name_vi", "Official.name", "Person",
            "GovernmentFact.value", "DialogueSession.title", "Paper.fields"} <= set(done)  # fmt: skip
    world.keep()
    return world


def ways() -> list[tuple[str, str]]:
    """Every door that opens with GET, for everybody whom it opens to in another way."""
    found = []
    for (method, endpoint), cells in doors().items():
        if method == "GET":
            whos = {role.partition("@")[0]: role for role, answer in cells.items() if answer == "200"}
            found += [(endpoint, who) for who in whos.values()]
    return found


def is_page(body: bytes) -> None:
    page = read(body.decode())
    assert page.faults == []
    tags = [tag for tag, _names in page.bones]
    assert not set(tags) & FOREIGN
    assert tags.count("html") == tags.count("body") == tags.count("main") == 1


def is_csv(body: bytes) -> None:
    text = body.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.split("\n")[0] else ","))
    assert {len(row) for row in rows} == {len(rows[0])}, "no cell breaks out of its place"
    for cell in (cell for row in rows for cell in row):
        is_number = cell.replace(",", "").replace(".", "").lstrip("-").isdigit()
        assert is_number or not cell.lstrip(UNSEEN).startswith(DANGEROUS), repr(cell[:60])


def is_workbook(body: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(body)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.hyperlink is None
            assert cell.data_type != "f" or SUMS.fullmatch(str(cell.value)), f"{cell.value!r:.80}"


def is_document(body: bytes) -> None:
    doc = Document(io.BytesIO(body))
    assert any("¦" in cell.text for table in doc.tables for row in table.rows for cell in row.cells)
    for part in doc.part.package.iter_parts():
        for relation in part.rels.values():
            assert not relation.is_external, relation.target_ref
    assert b"w:fldSimple" not in doc.part.blob and b"w:instrText" not in doc.part.blob


def is_print(body: bytes) -> None:
    with pikepdf.open(io.BytesIO(body)) as pdf:
        assert "/OpenAction" not in pdf.Root and "/AA" not in pdf.Root and "/EmbeddedFiles" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert not any("/Annots" in page for page in pdf.pages)
    assert "root:" not in text_of(body)


HEADERS = {"from", "to", "subject", "date", "message-id", "auto-submitted", "x-auto-response-suppress",
           "content-type", "content-transfer-encoding", "mime-version", "content-language"}  # fmt: skip
CALENDAR = ("BEGIN", "END", "PRODID", "VERSION", "CALSCALE", "METHOD", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME",
            "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS",
            "COMMENT", "X-")  # fmt: skip


def is_calendar(body: bytes) -> None:
    lines = body.replace(b"\r\n ", b"").replace(b"\r\n", b"\n").decode()
    assert "\r" not in lines
    assert [line for line in lines.split("\n") if line and not line.startswith(CALENDAR)] == []
    assert lines.count("BEGIN:VEVENT") == 1


def is_json(body: bytes) -> None:
    json.loads(body)


JUDGES: dict[str, Callable[[bytes], None]] = {
    "text/html": is_page, "text/csv": is_csv, "application/pdf": is_print, "text/calendar": is_calendar,
    "application/json": is_json,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": is_workbook,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": is_document,
}  # fmt: skip
PLAIN = {"text/css", "text/plain", "image/jpeg", "image/svg+xml"}
"""Files in which nobody's words stand: our own, drawn codes, photographs made anew."""


def judged(answer: Any) -> str:
    """The kind of a good answer, found harmless."""
    assert answer.status_code == 200, answer.status_code
    if answer.mimetype not in PLAIN:
        JUDGES[answer.mimetype](answer.data)
    return str(answer.mimetype)


@pytest.mark.parametrize(("endpoint", "who"), ways(), ids=str)
def test_nothing_that_anybody_wrote_acts_behind_any_door(spoiled: World, endpoint: str, who: str) -> None:
    judged(spoiled.ask(who, "GET", address(spoiled, endpoint)))


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_that_anybody_wrote_acts_in_a_list(spoiled: World, url: str, language: str) -> None:
    judged(spoiled.ask("head@unit", "GET", url, headers={"Accept-Language": language}))


@pytest.mark.parametrize(
    "words", [*FORMULAS, *CORPUS[::4], "a\r\nATTENDEE:mailto:x@evil.example", "a\rURL:x", "a\nb;c,d"]
)
def test_a_calendar_file_holds_words_on_the_line_they_stand_on(spoiled: World, words: str) -> None:
    day = NOW.date()
    entry = Entry("DT-1", 1, day, time(8), time(9), words, words, words, "http://localhost/")
    with spoiled.app.app_context():
        is_calendar(write(entry, "http://localhost", NOW))


@pytest.mark.parametrize("heads", HEADS, ids=str)
def test_nothing_in_a_head_comes_back_as_markup(spoiled: World, heads: dict[str, str]) -> None:
    for url in ("/", "/sign-in", "/follow", "/nowhere", "/submit/feedback"):
        answer = spoiled.ask("anonymous", "GET", url, headers=heads)
        assert answer.status_code in (200, 404) and read(answer.text).faults == []
        for words in heads.values():
            assert words not in answer.text and words not in str(answer.headers)


def test_letters_of_a_spoiled_town_are_plain_text_with_our_links(spoiled: World, app: Flask, mailbox: Mailbox) -> None:
    spoiled.app.config.update({name: app.config[name] for name in ("MAIL_HOST", "MAIL_PORT", "MAIL_FROM")})
    with spoiled.app.app_context():
        assert drain(NOW) > 10
    spoiled.restore()
    assert len(mailbox.letters) > 10
    for letter, envelope in zip(mailbox.letters, mailbox.envelopes, strict=True):
        assert len(envelope) == 1 and not set(map(str.lower, letter.keys())) - HEADERS
        for part in letter.walk():
            assert part.get_content_type() in ("text/plain", "text/calendar", "multipart/mixed")
            if part.get_content_type() == "text/calendar":
                is_calendar(part.get_payload(decode=True))
        assert "http://localhost/" in words_of(letter)
