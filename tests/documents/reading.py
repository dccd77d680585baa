"""Reads a PDF's text back without outside programs: glyph codes through each font's own table of letters."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf


def text_of(pdf: bytes) -> str:
    """All text of a PDF in drawing order, letters only as the file itself names them."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return "".join("".join(_page(page)) for page in file.pages)


def _page(page: pikepdf.Page) -> Iterator[str]:
    tables = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    table: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    yield "".join(table.get(raw[i : i + 2], "") for i in range(0, len(raw), 2))


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    cmap = font["/ToUnicode"].read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, letters in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(letters).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, letters in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(letters), "big")
            for offset in range(int(last, 16) - int(first, 16) + 1):
                code = int(first, 16) + offset
                found[code.to_bytes(2, "big")] = (start + offset).to_bytes(2, "big").decode("utf-16-be")
    return found
