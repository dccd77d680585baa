"""An insider with the database: takes the triggers away and writes what they like, even the whole chain anew."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskCliRunner
from sqlalchemy import select, text

from app.extensions import db
from app.journal.models import ChainHead, Event
from app.journal.record import GENESIS, hash_of

TABLES = ("event", "event_facts", "petition_case", "chain_head")


def disarm() -> None:
    """No trigger stands in the way any more."""
    if db.engine.dialect.name == "sqlite":
        rows = db.session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for name in rows:
            if not name.startswith("search_document"):
                db.session.execute(text(f"DROP TRIGGER {name}"))
        db.session.commit()
        connection = db.engine.raw_connection()
        connection.cursor().execute("PRAGMA foreign_keys = OFF")  # stays so on this connection, the pool's only one
        connection.close()
        return
    for table in TABLES:
        db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))


def run(statement: str) -> None:
    """One statement, as typed."""
    db.session.execute(text(statement.replace(":", r"\:")))


def rewrite_everything(changed: int) -> None:
    """Change one event and recompute every hash after it, and the head: nothing inside contradicts itself."""
    previous, rows = GENESIS, db.session.execute(select(Event.__table__).order_by(Event.seq)).mappings().all()
    for found in rows:
        row: dict[str, Any] = {**found, "previous": previous}
        if row["seq"] == changed:
            row["subject"] = "nothing happened"
        row["hash"] = previous = hash_of(row)
        db.session.execute(
            Event.__table__.update().where(Event.seq == row["seq"]).values(
                previous=row["previous"], hash=row["hash"], subject=row["subject"])
        )  # fmt: skip
    db.session.execute(ChainHead.__table__.update().values(hash=previous))


def cut_tail(last: int) -> None:
    """Remove all events after `last` and let the head say that they never were."""
    for table in ("notice", "attachment"):
        run(f"DELETE FROM {table} WHERE event_seq > {last}")
    run(f"DELETE FROM event_facts WHERE seq > {last}")
    run(f"DELETE FROM event WHERE seq > {last}")
    row = db.session.execute(select(Event.hash, Event.at).where(Event.seq == last)).one()
    db.session.execute(ChainHead.__table__.update().values(seq=last, hash=row.hash, at=row.at))


def verified(runner: FlaskCliRunner, *options: str) -> tuple[int, str]:
    """What the command answers: its exit code and words."""
    answer = runner.invoke(args=["journal", "verify", *options])
    return answer.exit_code, answer.output
