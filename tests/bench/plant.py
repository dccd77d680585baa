"""Plants a large database: columns of facts as plain rows, table by table, in batches that fit in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from flask import Flask
from sqlalchemy import Table, text

from app.cases.bulk import blank
from app.cases.models import Case, Custody, Deadline, Person, Rating
from app.cases.models.person import person_row
from app.extensions import Model, db, writing
from app.journal.models import ChainHead, Event, EventFacts
from app.reports.cells import keep

from .ground import NOW, app_on, ground, settle
from .made import CHANNELS, KINDS, OUTCOMES, REASONS, STATUSES, STEPS, Batch, Column, batch, day_of

SIZE = 20_000
"""Cases in one batch."""
TABLES: tuple[type[Model], ...] = (Case, Custody, Deadline, Rating, Event, EventFacts)
Columns = dict[str, Sequence[Any]]


def moments(column: Column) -> list[str | None]:
    """Moments as both engines take them."""
    words = np.datetime_as_string(column.astype("datetime64[us]")).tolist()
    return [word.replace("T", " ") if at else None for word, at in zip(words, column.tolist(), strict=True)]


def days(column: Column) -> list[str | None]:
    """Days as both engines take them."""
    words = np.datetime_as_string(column.astype("datetime64[D]")).tolist()
    return [word if day else None for word, day in zip(words, column.tolist(), strict=True)]


def words(column: Column, names: Sequence[str], first: int = 0) -> list[str | None]:
    """Numbers as the words they stand for; numbers below `first` stand for none."""
    return [names[number - first] if number >= first else None for number in column.tolist()]


def some(column: Column) -> list[int | None]:
    """Numbers, none for 0."""
    return [number or None for number in column.tolist()]


class Writer:
    """Puts columns into tables by the quickest way that the engine has, in one transaction for each batch."""

    def __init__(self) -> None:
        self._connection: Any = db.engine.raw_connection()
        self._is_postgresql = db.engine.dialect.name == "postgresql"
        self._cursor = self._connection.cursor()
        names = ", ".join(f"'{model.__tablename__}'" for model in TABLES)
        if self._is_postgresql:
            for setting in ("session_replication_role = replica", "timezone = 'UTC'", "synchronous_commit = off"):
                self._cursor.execute(f"SET {setting}")
            asked = ("SELECT indexname, indexdef FROM pg_indexes WHERE indexdef NOT LIKE '%UNIQUE%'"
                     f" AND tablename IN ({names})")  # fmt: skip
        else:
            for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-262144"):
                self._cursor.execute(f"PRAGMA {pragma}")
            asked = ("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'"
                     f" AND tbl_name IN ({names})")  # fmt: skip
        self._cursor.execute(asked)
        self._indexes = list(self._cursor.fetchall())
        for name, _how in self._indexes:
            self._cursor.execute(f'DROP INDEX "{name}"')
        self._connection.commit()

    def write(self, tables: dict[type[Model], Columns]) -> None:
        """One batch."""
        if not self._is_postgresql:
            self._cursor.execute("BEGIN IMMEDIATE")
        for model, columns in tables.items():
            self._put(model, columns)
        self._cursor.execute("COMMIT")

    def _put(self, model: type[Model], columns: Columns) -> None:
        table = model.__table__
        assert isinstance(table, Table)
        size = len(next(iter(columns.values())))
        plain: dict[str, Any] = {k: v for k, v in blank(model).items() if v is not None and k not in columns}
        whole = columns | {name: [_plain(value)] * size for name, value in plain.items()}
        names = ", ".join(f'"{name}"' for name in whole)
        rows = zip(*whole.values(), strict=True)
        if self._is_postgresql:
            with self._cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(whole))
            self._cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)

    def close(self) -> None:
        """Build the indexes, as many as were there."""
        for _name, how in self._indexes:
            self._cursor.execute(how)
        if self._is_postgresql:
            for model in (Case, Custody, Deadline, Rating):
                self._cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{model.__tablename__}', 'id'), "
                    f"(SELECT max(id) FROM {model.__tablename__}))"
                )
        self._connection.commit()
        self._connection.close()
        db.engine.dispose()


def _plain(value: Any) -> Any:
    return {list: "[]", dict: "{}"}.get(type(value), int(value) if isinstance(value, bool) else value)


def plant(app: Flask, cases: int, seed: int = 1, say: Callable[[str], None] = click.echo) -> dict[str, float]:
    """Plant so many cases on a settled database and count their cells; how long each part took, in seconds."""
    random, here, writer = np.random.default_rng(seed), ground(), Writer()
    began, stay, seq = time.monotonic(), 1, 1000
    for first in range(1, cases + 1, SIZE):
        made = batch(random, here, first, stay, min(SIZE, cases + 1 - first), cases)
        writer.write(tables_of(made, seq))
        stay, seq = stay + len(made.stays["id"]), seq + len(made.events["at"])
        if first // SIZE % 10 == 0:
            say(f"  {first + len(made.cases['id']) - 1:,} cases, {stay - 1:,} custodies, {seq - 1000:,} events, "
                f"{time.monotonic() - began:.0f} s")  # fmt: skip
    writer.close()
    with writing():
        head = db.session.get_one(ChainHead, 1)
        head.seq, head.at = seq - 1, NOW
        db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()
    planted, began = time.monotonic() - began, time.monotonic()
    with writing():
        keep.rebuild()
        db.session.commit()
    return {"plant": planted, "rebuild": time.monotonic() - began, "custodies": stay - 1, "events": seq - 1000}


def tables_of(made: Batch, seq: int) -> dict[type[Model], Columns]:
    """A batch as the rows of the tables; events are numbered from `seq`."""
    return {
        Case: _cases(made),
        Person: _people(made),
        Custody: _stays(made),
        Deadline: _deadlines(made),
        Rating: _ratings(made),
        **_journal(made, seq),
    }


def _cases(made: Batch) -> Columns:
    c = made.cases
    numbers = c["id"].tolist()
    return {
        "id": numbers, "reference": [f"PA-B-{n:07d}" for n in numbers], "kind": words(c["kind"], KINDS),
        "version": [1] * len(numbers), "status": words(c["status"], STATUSES), "channel": words(c["channel"], CHANNELS),
        "title": [f"Đường vào xóm số {n} sạt lở" for n in numbers], "body": ["Nội dung phản ánh."] * len(numbers),
        "category_id": c["category_id"].tolist(), "unit_id": c["unit_id"].tolist(), "commune_id": some(c["commune_id"]),
        "submitted_at": moments(c["submitted_at"]), "first_response_at": moments(c["first_response_at"]),
        "answered_at": moments(c["answered_at"]), "due_on": days(c["due_on"]),
        "outcome": words(c["outcome"], OUTCOMES, 1), "rating_level": some(c["rating_level"]),
    }  # fmt: skip


def _people(made: Batch) -> Columns:
    """Who wrote, sealed as the house does it."""
    rows = [person_row(f"PA-B-{n:07d}", {"name": "Nông Thị Kín", "phone": "0912000999"}) for n in made.cases["id"]]
    return {name: [row[name] for row in rows] for name in rows[0]}


def _stays(made: Batch) -> Columns:
    s = made.stays
    plain = ("id", "case_id", "number", "unit_id", "category_id", "waited_seconds", "is_open", "is_reopening")
    happened = ("began_at", "ended_at", "first_response_at", "finished_at", "resolved_at", "reopened_at", "rated_at")
    found: Columns = {name: s[name].tolist() for name in plain} | {name: moments(s[name]) for name in happened}
    return found | {"kind": words(s["kind"], KINDS), "commune_id": some(s["commune_id"]), "due_on": days(s["due_on"]),
                    "outcome": words(s["outcome"], OUTCOMES, 1), "rating_level": some(s["rating_level"])}  # fmt: skip


def _deadlines(made: Batch) -> Columns:
    """The closing clock of each case that has a target, and that of each reopening."""
    c, s = made.cases, made.stays
    has, again = c["due_on"] > 0, s["reopened_at"] > 0
    start = np.concatenate([day_of(c["submitted_at"][has]), day_of(s["reopened_at"][again])])
    due = np.concatenate([c["due_on"][has], day_of(s["reopened_at"][again]) + 7])
    size, firsts = len(start), int(has.sum())
    return {
        "case_id": np.concatenate([c["id"][has], s["case_id"][again]]).tolist(), "stage": ["answer"] * size,
        "rule_id": ["bench"] * size, "start_on": days(start), "due_on": days(due), "is_closing": [1] * size,
        "number": [1] * firsts + [2] * (size - firsts), "derivation": ["{}"] * size,
    }  # fmt: skip


def _ratings(made: Batch) -> Columns:
    rated = made.stays["rated_at"] > 0
    s = {name: column[rated] for name, column in made.stays.items()}
    return {"case_id": s["case_id"].tolist(), "answer_number": [1] * len(s["id"]), "unit_id": s["unit_id"].tolist(),
            "level": s["rating_level"].tolist(), "reasons": words(s["reasons"], REASONS),
            "at": moments(s["rated_at"])}  # fmt: skip


def _journal(made: Batch, seq: int) -> dict[type[Model], Columns]:
    """Events whose links are invented: what is measured reads them, nobody verifies them."""
    e = made.events
    numbers = range(seq, seq + len(e["at"]))
    links = [f"{number:064x}" for number in numbers]
    roles = ["resident" if step in (0, 5, 8, 10) else "officer" for step in e["step"].tolist()]
    facts = ['{"outcome": "resolved"}' if step in (7, 9) else "{}" for step in e["step"].tolist()]
    rows: Columns = {
        "seq": numbers, "at": moments(e["at"]), "action": words(e["step"], STEPS), "actor_role": roles,
        "case_id": e["case_id"].tolist(), "unit_id": e["unit_id"].tolist(), "status": words(e["step"], STATUSES),
        "commitment": [""] * len(links), "previous": [""] * len(links), "hash": links,
    }  # fmt: skip
    return {Event: rows, EventFacts: {"seq": numbers, "salt": [""] * len(links), "facts": facts}}


def freshen(url: str, data_dir: str) -> dict[str, float]:
    """Bring a database that was planted earlier to this version of the tables and cells."""
    from flask_migrate import upgrade

    app, began = app_on(url, Path(data_dir)), time.monotonic()
    with app.app_context():
        upgrade()
        with writing():
            while keep.catch_up():
                db.session.commit()
            db.session.commit()
        db.session.execute(text("ANALYZE"))
        db.session.commit()
    return {"freshen": time.monotonic() - began}


def main(url: str, data_dir: str, cases: int) -> dict[str, float]:
    """Settle and plant an empty database."""
    app = app_on(url, Path(data_dir))
    with app.app_context():
        settle(app)
        return plant(app, cases, say=lambda line: click.echo(line, err=True))
