"""README's section *Trust* is made from checks.toml by `python -m tests.trust`; a test holds the two together."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
BEGIN, END = "<!-- trust: made by python -m tests.trust -->", "<!-- /trust -->"
RESULTS = ("met", "partly", "not met", "later")


@cache
def known() -> dict[str, Any]:
    """The file, parsed."""
    return tomllib.loads((Path(__file__).parent / "checks.toml").read_text(encoding="utf-8"))


def checks() -> dict[int, dict[str, Any]]:
    """Each check by its number, in order."""
    return {int(number): row for number, row in sorted(known()["check"].items(), key=lambda item: int(item[0]))}


def table() -> str:
    """The section as Markdown: one table for each part of the list."""
    lines = [BEGIN]
    for part, head in known()["part"].items():
        lines += ["", f"**{part}. {head['title']}**", "", "| check | result | held by |", "| --- | --- | --- |"]
        lines += [_row(number, row) for number, row in checks().items() if row["part"] == part]
    return "\n".join([*lines, "", END])


def _row(number: int, row: dict[str, Any]) -> str:
    note = f" ({row['note']})" if row["note"] else ""
    held = ", ".join(_short(name) for name in row["tests"]) or "-"
    return f"| {number}. {row['says']} | {row['result']}{note} | {held} |"


def _short(name: str) -> str:
    """A file, or a file's test; the words before and after are the reader's to look up."""
    return f"`{name.removeprefix('tests/')}`"


def written(readme: str) -> str:
    """The README with its table replaced by today's."""
    head, _, rest = readme.partition(BEGIN)
    return head + table() + rest.partition(END)[2]


def exists(name: str) -> bool:
    """Whether such a test is there: "tests/x.py", or "tests/x.py::test_that"."""
    path, _, wanted = name.partition("::")
    place = ROOT / path
    if not place.is_file():
        return False
    tree = ast.parse(place.read_text(encoding="utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return wanted in names if wanted else any(found.startswith("test_") for found in names)
