"""Looks for a person in whatever bytes lie about: the strings themselves, and as they are otherwise written."""

from __future__ import annotations

import base64
import gzip
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from flask import Flask

from app.cases.folding import fold
from app.extensions import db

SIDES = ("", "-wal", "-shm", "-journal")


def spellings(text: str) -> Iterable[bytes]:
    """One string as it may stand in a file: UTF-8 and UTF-16, composed and apart, folded, base64 at each offset."""
    for form in {text, unicodedata.normalize("NFD", text), fold(text), text.lower(), text.upper(),
                 text.encode("unicode_escape").decode()}:  # fmt: skip
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            raw = form.encode(encoding)
            yield raw
            for ahead in range(3):
                whole = base64.b64encode(b"\0" * ahead + raw)
                yield whole[4 if ahead else 0 : len(whole) - 4]  # the middle does not depend on its neighbours
        yield gzip.compress(form.encode(), mtime=0)[10:-8]


def found(person: Iterable[str], data: bytes) -> list[str]:
    """Which of a person's strings stand in the data, however spelled."""
    return [text for text in person if any(len(s) > 5 and s in data for s in spellings(text))]


def database_bytes(app: Flask) -> bytes:
    """The file with its free pages, and the log of writes, as a thief copies them."""
    db.session.commit()
    path = Path(str(db.engine.url.database))
    return b"".join(p.read_bytes() for side in SIDES if (p := path.with_name(path.name + side)).exists())


def folder_bytes(folder: Path, besides: Path) -> bytes:
    """All files below a folder but those of the keys."""
    return b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file() and besides not in p.parents)
