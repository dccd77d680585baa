"""Reads the tables of a TOML file a person wrote and remembers on which line everything stands.

The administrator who loads the government's own tree corrects that file by hand, so every complaint names its line.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_Places = dict[str, list[tuple[int, dict[str, int]]]]


@dataclass(frozen=True, order=True)
class LineError:
    """One thing to correct, on one line of the file (lines count from 1)."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


@dataclass(frozen=True)
class Table:
    """One [name] or [[name]] table: its values, the line of its header, the lines of its keys."""

    name: str
    values: Mapping[str, Any]
    line: int
    key_lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """The line of a key, or of the header when the key is missing."""
        return self.key_lines.get(key, self.line)

    def error(self, key: str, message: str) -> LineError:
        """A complaint about one key of this table."""
        code = self.values.get("code")
        title = f'{self.name} "{code}"' if isinstance(code, str) and code else self.name
        return LineError(self.line_of(key), f"{title}: {key} {message}")


def read_tables(content: bytes, names: Collection[str]) -> tuple[dict[str, list[Table]], list[LineError]]:
    """The tables of a file by name, and what cannot be read; after a syntax error there are no tables."""
    try:
        text = content.decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        return {}, [LineError(content.count(b"\n", 0, error.start) + 1, "not UTF-8 text; save the file as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        return {}, [_syntax_error(str(error), content.decode("utf-8-sig"))]
    places = _places(text)
    tables = {name: _tables(name, value, places) for name, value in data.items()}
    errors = [_unknown(name, tables[name], names) for name in tables if name not in names]
    errors += [LineError(1, f"a table [{name}] is missing") for name in names if not tables.get(name)]
    return {name: tables.get(name, []) for name in names}, errors


def meant(word: str, known: Collection[str]) -> str:
    """A hint at the known word that a mistyped one resembles."""
    close = get_close_matches(word, known, n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""


def _syntax_error(message: str, text: str) -> LineError:
    """The parser's message without its position, which becomes the line."""
    found = _AT_LINE.search(message)
    line = int(found.group(1)) if found else max(1, len(text.splitlines()))
    reason = _AT_LINE.sub("", message).removesuffix(" (at end of document)")
    return LineError(line, f"not valid TOML: {reason}")


def _places(text: str) -> _Places:
    """For each table name, the header line of every such table and the lines of its keys."""
    places: _Places = {}
    keys: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            keys = {}
            places.setdefault(header.group(1), []).append((number, keys))
        elif key := _KEY.match(line):
            keys.setdefault(key.group(1), number)
    return places


def _tables(name: str, value: Any, places: _Places) -> list[Table]:
    """The tables of one name in the order of the file; a value that is no table gives none."""
    rows = value if isinstance(value, list) else [value]
    found = places.get(name, [])
    if len(found) != len(rows):  # written in a way the scan does not follow, such as unit = [{...}]
        found = [(1, {})] * len(rows)
    return [Table(name, row, *place) for row, place in zip(rows, found, strict=True) if isinstance(row, dict)]


def _unknown(name: str, tables: list[Table], names: Collection[str]) -> LineError:
    line = tables[0].line if tables else 1
    return LineError(line, f"unknown table or key '{name}'{meant(name, names)}; the file knows {', '.join(names)}")
