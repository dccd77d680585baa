"""Takes rows of another system in as cases: whole batches or nothing, each row once, every case with its events."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from .. import clock
from ..cases.bulk import Chain, Pile, blank, known_external, reserve, take_numbers
from ..cases.folding import fold
from ..cases.models import Case, Custody, SearchDocument
from ..extensions import db, writing
from ..journal.record import record
from ..rules.workflow import THE_SYSTEM, Action, Kind, Status
from .convert import BadRow, Converter, Found
from .mapping import Plan
from .places import Places
from .read import Row, Table

BATCH = 2000
"""Rows in one transaction; between two of them others may write."""
PREFIX = "NK"
"""Imported cases have numbers of their own (nhập từ hệ thống khác), so that they are told from petitions made here."""


@dataclass
class Tally:
    """What became of the rows."""

    added: int = 0
    known: int = 0
    rejected: Counter[str] = field(default_factory=Counter)


class Rejects:
    """The file of rows that were left out, with line and reason; made when the first comes."""

    def __init__(self, path: Path, header: list[str], tally: Tally) -> None:
        self.path, self._header, self._tally = path, header, tally
        self._file: TextIO | None = None

    def add(self, row: Row, reason: str) -> None:
        """Leave a row out."""
        self._tally.rejected[reason.split(":")[0].split(" '")[0]] += 1
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8", errors="replace", newline="")
            csv.writer(self._file).writerow(["line", "reason", *self._header])
        csv.writer(self._file).writerow([row.line, reason, *row.values])

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()


def load(table: Table, plan: Plan, rejects: Rejects, tally: Tally, step: Callable[[], None]) -> None:
    """Take in every row of a table, batch by batch, each batch a transaction of its own; commits.

    Rows that are here already are passed over, so a run that was broken off is finished by running it again.
    `step` is called after each batch. Raises MappingError before anything is written.
    """
    now = clock.now()
    places, converter = Places(plan, now), Converter(plan, table.header, now)
    places.check()
    lines: dict[str, int] = {}
    for batch in _batches(table.rows()):
        found = list(_readable(batch, converter, lines, rejects))
        with writing():
            tally.added += _write(_new(found, plan, tally), plan, places, rejects, now)
            db.session.commit()
        step()
    with writing():
        record(Action.IMPORTED, None, THE_SYSTEM, clock.now(), about=f"import:{plan.source}"[:64], added=tally.added,
               known=tally.known, rejected=sum(tally.rejected.values()))  # fmt: skip
        db.session.commit()


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _readable(batch: Iterable[Row], converter: Converter, lines: dict[str, int],
              rejects: Rejects) -> Iterator[tuple[Row, Found]]:  # fmt: skip
    """Rows that can be cases; `lines` remembers where each number stood first."""
    for row in batch:
        try:
            found = converter.convert(row)
            first = lines.setdefault(found.external_id, row.line)
            if first != row.line:
                raise BadRow(f"the number stands twice: also in line {first}")
        except BadRow as bad:
            rejects.add(row, str(bad))
        else:
            yield row, found


def _new(rows: list[tuple[Row, Found]], plan: Plan, tally: Tally) -> list[tuple[Row, Found]]:
    """Those that are not here yet."""
    known = known_external(plan.source, [found.external_id for _row, found in rows])
    tally.known += len(known)
    return [(row, found) for row, found in rows if found.external_id not in known]


def _write(rows: list[tuple[Row, Found]], plan: Plan, places: Places, rejects: Rejects, now: datetime) -> int:
    """Write a batch; units and categories come first, because creating one is an event of its own."""
    placed = list(_placed(rows, places, rejects))
    if not placed:
        return 0
    pile = Pile()
    chain = Chain(now, pile)
    ids, references = reserve(Case, len(placed)), _references([found for found, *_ in placed])
    for (found, unit_id, category_id), case_id, reference in zip(placed, ids, references, strict=True):
        row = _case(found, plan, unit_id, category_id) | {"id": case_id, "reference": reference}
        pile.add(Case, row)
        pile.add(Custody, _custody(found, row))
        pile.add(SearchDocument, {"case_id": case_id, "folded": _words(row)})
        _events(chain, found, row, places.codes[category_id], now)
    chain.write()
    return len(placed)


def _placed(rows: list[tuple[Row, Found]], places: Places,
            rejects: Rejects) -> Iterator[tuple[Found, int, int]]:  # fmt: skip
    for row, found in rows:
        try:
            yield found, places.unit(found.unit), places.subject(*found.subject)
        except BadRow as bad:
            rejects.add(row, str(bad))


def _references(batch: list[Found]) -> list[str]:
    """A number for each case, running through the year in which it came."""
    years = [clock.day_of(found.submitted_at).year for found in batch]
    numbers = {year: take_numbers(f"reference:imported:{year}", count) for year, count in Counter(years).items()}
    references = []
    for year in years:
        references.append(f"{PREFIX}-{year}-{numbers[year]:06d}")
        numbers[year] += 1
    return references


BLANK_CASE, BLANK_CUSTODY = blank(Case), blank(Custody)


def _case(found: Found, plan: Plan, unit_id: int, category_id: int) -> dict[str, Any]:
    """The row: no contact, no target, nobody in charge; what the other system did lies in its past."""
    is_closed = found.closed_at is not None
    return {
        **BLANK_CASE, "version": 1, "kind": str(Kind.FEEDBACK), "unit_id": unit_id, "category_id": category_id,
        "status": str(Status.CLOSED if is_closed else Status.RECEIVED), "channel": found.channel,
        "language": plan.form.language, "title": found.title, "body": found.body or found.title,
        "place": found.place, "latitude": found.latitude, "longitude": found.longitude,
        "submitted_at": found.submitted_at, "received_at": found.submitted_at, "closed_at": found.closed_at,
        "outcome": str(found.outcome) if found.outcome else None,
        "external_source": plan.source, "external_id": found.external_id,
    }  # fmt: skip


def _custody(found: Found, row: dict[str, Any]) -> dict[str, Any]:
    return {
        **BLANK_CUSTODY, "case_id": row["id"], "number": 1, "unit_id": row["unit_id"], "kind": row["kind"],
        "category_id": row["category_id"], "began_at": found.submitted_at, "is_open": found.closed_at is None,
        "finished_at": found.closed_at, "resolved_at": found.closed_at, "outcome": row["outcome"],
    }  # fmt: skip


def _words(row: dict[str, Any]) -> str:
    return fold(" ".join([row["reference"], row["title"], row["body"], row["place"]]))


def _events(chain: Chain, found: Found, row: dict[str, Any], category: str, now: datetime) -> None:
    """It came, and it ended: remembered today, with the days on which that was in the facts."""
    about = {"case_id": row["id"], "unit_id": row["unit_id"], "due_on": None}
    chain.add(now, Action.IMPORTED, THE_SYSTEM, {
        "source": row["external_source"], "external_id": found.external_id, "channel": found.channel,
        "kind": row["kind"], "category": category, "submitted_at": found.submitted_at.isoformat(), "text": row["body"],
    }, status=str(Status.RECEIVED), **about)  # fmt: skip
    if found.closed_at is not None:
        chain.add(now, Action.CLOSE, THE_SYSTEM, {"outcome": row["outcome"], "closed_at": found.closed_at.isoformat()},
                  status=str(Status.CLOSED), **about)  # fmt: skip
