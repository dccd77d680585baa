"""Reads a table of rows: CSV as it is, or packed as .gz or .xz, one row at a time however large the file."""

from __future__ import annotations

import csv
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import IO, cast

from .keys import MappingError
from .mapping import Form

LONGEST_FIELD = 1_000_000
"""Characters; a quote that is never closed must not swallow the rest of the file unseen."""


class BrokenFile(RuntimeError):
    """The file breaks off or cannot be unpacked; the message says how."""


@dataclass(frozen=True)
class Row:
    """A row as it stands in the file, with the number of its first line; `wrong` says why it cannot be read."""

    line: int
    values: list[str]
    wrong: str = ""


class Table:
    """An open file: its header, its rows, and how far into the packed bytes the reading is."""

    def __init__(self, raw: BufferedReader, lines: Iterator[str], delimiter: str) -> None:
        csv.field_size_limit(LONGEST_FIELD)
        self._raw, self._reader = raw, csv.reader(lines, delimiter=delimiter)
        self.header = [name.strip() for name in next(self._reader, [])]
        if twice := {name for name in self.header if self.header.count(name) > 1}:
            raise MappingError("FILE", f"the header names {min(twice)!r} twice")
        if not any(self.header):
            raise MappingError("FILE", "has no header line")

    def position(self) -> int:
        """Bytes of the file read so far."""
        return self._raw.tell()

    def rows(self) -> Iterator[Row]:
        """Every row but empty lines; one that cannot be read comes with its reason."""
        while True:
            line = self._reader.line_num + 1
            try:
                values = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(line, [], f"not a row of CSV: {error}")
                continue
            if values:
                yield Row(line, values, self._wrong(values))

    def _wrong(self, values: list[str]) -> str:
        if len(values) != len(self.header):
            return f"{len(values)} fields where the header has {len(self.header)}"
        text = "".join(values)
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            return "letters that are not of the encoding"
        return ""


@contextmanager
def opened(path: Path, form: Form) -> Iterator[Table]:
    """The table in a file. Raises MappingError for one without a header, BrokenFile where it cannot be read on."""
    with path.open("rb") as raw:
        try:
            packed = cast(IO[bytes], _unpacker(path)(raw))
            text = TextIOWrapper(cast(BufferedReader, packed), form.encoding, errors="surrogateescape", newline="")
            yield Table(raw, _without_mark(text), form.delimiter)
        except (OSError, EOFError, lzma.LZMAError, zlib.error, UnicodeError) as error:
            raise BrokenFile(str(error)) from error


def _unpacker(path: Path) -> Callable[[IO[bytes]], IO[bytes]]:
    if path.suffix == ".gz":
        return lambda raw: cast(IO[bytes], gzip.GzipFile(fileobj=raw))
    if path.suffix == ".xz":
        return lambda raw: cast(IO[bytes], lzma.LZMAFile(raw))
    return lambda raw: raw


def _without_mark(lines: Iterator[str]) -> Iterator[str]:
    """The lines without the byte order mark that some programs put first."""
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line
