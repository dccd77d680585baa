"""Check 25 for what was there before: migration 0015 seals personal data of older rows without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.orm import lazyload

from app import create_app
from app.cases.models import Case, DialogueRequest, Person
from app.dialogues.models import Attendee, Booking
from app.documents.models import Paper
from app.extensions import db
from tests.conftest import _database, settings

from .test_personal_data import ADDRESS, CARD, MAIL, NAME, PERSON, PHONE, SPEAKER
from .traces import database_bytes, found

BEFORE = "0014"
MANY = 2500
"""More rows than the migration holds in memory at a time."""
WHO = {"name": NAME, "phone": PHONE, "email": MAIL, "address": ADDRESS}


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An app whose database stands before 0015, filled by hand."""
    more: dict[str, Any] = {}
    if request.param == "postgresql":
        server = request.getfixturevalue("blank_postgresql")
        more = _database(server.create("before_0015"))
    app = create_app(settings(tmp_path, **more))
    with app.app_context():
        upgrade(revision=BEFORE)
        _fill()
        yield app
        db.session.remove()
        db.engine.dispose()


def _fill() -> None:
    with db.engine.connect() as connection:
        off = ("PRAGMA foreign_keys=OFF" if db.engine.dialect.name == "sqlite"
               else "SET session_replication_role = replica")  # fmt: skip
        connection.exec_driver_sql(off)
        connection.commit()
        old = sa.MetaData()
        old.reflect(connection, only=["petition_case", "booking", "attendee", "dialogue_request", "paper"])
        put(connection, old, "petition_case", [
            {"id": n, "reference": f"PA-2026-{n:06d}", "content_hash": "a" * 64, "status": "received",
             **({f"contact_{k}": v for k, v in WHO.items()} if n > 1 else {})} for n in range(1, MANY)
        ])  # fmt: skip
        put(connection, old, "booking", [{"id": 1, "reference": "LH-2026-000001", "code_hash": "b", "content_hash": "",
                                          **WHO, "identity_number": CARD, "representatives": [SPEAKER]}])  # fmt: skip
        put(connection, old, "attendee", [{"id": 1, "name": NAME, "role": "asker"}])
        put(connection, old, "dialogue_request", [{"case_id": 2, "representatives": [NAME, SPEAKER]}])
        put(connection, old, "paper", [{"id": 1, "public_id": "p", "fields": {"to": NAME}, "cargo": {}}])
        connection.commit()
        connection.exec_driver_sql(off.replace("OFF", "ON").replace("= replica", "= DEFAULT"))
        connection.commit()


def put(connection: sa.Connection, old: sa.MetaData, name: str, rows: list[dict[str, Any]]) -> None:
    """Rows with something in every column that must have it."""
    table = old.tables[name]
    filled = {c.name: _anything(c) for c in table.columns if not c.nullable and not c.primary_key}
    columns = {key for row in rows for key in row} | set(filled)
    connection.execute(table.insert(), [{key: row.get(key, filled.get(key)) for key in columns} for row in rows])


def _anything(column: sa.Column[Any]) -> Any:
    from datetime import UTC, datetime

    kind = column.type
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.Integer):
        return 1
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 1, 1, tzinfo=UTC if db.engine.dialect.name == "postgresql" else None)
    if isinstance(kind, sa.JSON):
        return []
    return ""


def test_old_rows_are_sealed_and_no_trace_stays(old: Flask) -> None:
    before = database_bytes(old) if db.engine.dialect.name == "sqlite" else b""
    assert not before or found(PERSON, before)
    upgrade()
    people = {one.about: one.said() for one in db.session.scalars(sa.select(Person))}
    assert len(people) == MANY - 1 and people["PA-2026-000002"] == WHO  # the first wrote without a name
    assert people["LH-2026-000001"] == {**WHO, "identity_number": CARD, "representatives": [SPEAKER]}
    assert db.session.get_one(Case, 2).contact_name == NAME and db.session.get_one(Case, 1).contact_name == ""
    assert set(db.session.scalars(sa.select(Case.content_hash))) == {""}  # a name could be tried against the old ones
    assert db.session.scalars(sa.select(Booking).options(lazyload("*"))).one().content_hash == ""
    assert db.session.get_one(Attendee, 1).name == NAME
    assert db.session.get_one(DialogueRequest, 2).representatives == [NAME, SPEAKER]
    assert db.session.get_one(Paper, 1).fields == {"to": NAME}
    if db.engine.dialect.name == "sqlite":
        assert found(PERSON, database_bytes(old)) == []


def test_the_triggers_of_the_cases_still_hold(old: Flask) -> None:
    upgrade()
    with pytest.raises(sa.exc.DBAPIError, match=r"never change|kept|append|refuse|not"):
        db.session.execute(sa.text("DELETE FROM petition_case"))
