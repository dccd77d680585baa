"""Personal data into one sealed row per case or booking, and names elsewhere sealed where they stand.

Revision: 0015; after: 0014
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
AT_ONCE = 1000
"""Rows in memory at a time."""
PERSON = sa.table("person", *(sa.column(name) for name in (
    "about", "sealed", "has_name", "email_hash", "phone_hash", "identity_hash")))  # fmt: skip
OF_CASE = {f"contact_{name}": name for name in ("name", "phone", "email", "address")}
OF_BOOKING = {name: name for name in ("name", "identity_number", "phone", "email", "address", "representatives")}
WIDTH = {"name": 120, "phone": 32, "email": 200, "address": 300, "identity_number": 40}
SEALED = (
    ("attendee", "id", "name", "sealed_name", False), ("dialogue_question", "id", "asker", "sealed_asker", False),
    ("dialogue_request", "case_id", "representatives", "sealed_representatives", True),
    ("paper", "id", "fields", "sealed_fields", True),
)  # fmt: skip
"""Table, its key, the old column, the sealed one, whether the old one held JSON."""
WHAT = {"attendee": "attendee.name", "dialogue_question": "question.asker",
        "dialogue_request": "dialogue_request.representatives", "paper": "paper.fields"}  # fmt: skip
HELD = ("petition_case", "booking", *WHAT)
"""Tables whose freed space must hold nothing of it either (env.py wipes them after the commit)."""


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("about", sa.String(length=24), primary_key=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("has_name", sa.Boolean(), nullable=False),
        *(sa.Column(f"{kind}_hash", sa.String(length=32), nullable=True) for kind in ("email", "phone", "identity")),
    )
    for kind in ("email", "phone", "identity"):
        op.create_index(f"ix_person_{kind}_hash", "person", [f"{kind}_hash"])
    _keeping()
    _people("petition_case", OF_CASE)
    _people("booking", OF_BOOKING)
    for table, key, old, new, is_json in SEALED:
        op.add_column(table, sa.Column(new, sa.Text(), nullable=False, server_default=""))
        _seal(table, key, old, new, is_json)
    op.drop_index("ix_petition_case_contact_email", "petition_case")
    for table, columns in (("petition_case", OF_CASE), ("booking", OF_BOOKING)):
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")  # in place: a rebuilt table loses its triggers
    for table, _key, old, _new, _is_json in SEALED:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {old}")
    op.get_bind().info["wipe"] = HELD


def _keeping() -> None:
    """How long things are kept, and what residents ask of their own data."""
    op.add_column("petition_case", sa.Column("hold_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("petition_case", sa.Column("erased_on", sa.Date(), nullable=True))
    op.add_column("booking", sa.Column("erased_on", sa.Date(), nullable=True))
    op.create_table(
        "erasure",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("petition_case.id"), primary_key=True, autoincrement=False),
        sa.Column("term_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("approved_by_id", sa.Integer(), sa.ForeignKey("official.id"), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
    )
    op.create_index("ix_erasure_open", "erasure", ["done_at", "approved_at"])
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("petition_case.id"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("reply_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("derivation", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), sa.ForeignKey("official.id"), nullable=True),
    )
    op.create_index("ix_privacy_request_open", "privacy_request", ["state", "due_on"])
    op.create_index("ix_privacy_request_case", "privacy_request", ["case_id"])


def _rows(table: sa.TableClause, key: sa.ColumnClause):
    """All rows of a table by its key, a few at a time."""
    last = 0
    while rows := op.get_bind().execute(
        sa.select(table).where(key > last).order_by(key).limit(AT_ONCE)
    ).mappings().all():  # fmt: skip
        yield rows
        last = rows[-1][key.name]


def _people(name: str, columns: dict[str, str]) -> None:
    """A sealed row for each that names somebody; the old hash of what was typed, by which a name could be tried, goes."""
    from app.cases.models.person import person_row

    op.execute(f"UPDATE {name} SET content_hash = '' WHERE content_hash <> ''")
    key = sa.column("id")
    table = sa.table(name, key, sa.column("reference"), sa.column("content_hash"),
                     *(sa.column(column, sa.JSON() if column == "representatives" else None) for column in columns))
    for rows in _rows(table, table.c.id):
        given = [(row["reference"], {field: row[column] for column, field in columns.items()}) for row in rows]
        people = [person_row(about, fields) for about, fields in given if any(fields.values())]
        if people:
            op.get_bind().execute(PERSON.insert(), people)


def _seal(name: str, key: str, old: str, new: str, is_json: bool) -> None:
    from flask import current_app

    from app.sealing import seal

    table = sa.table(name, sa.column(key), sa.column(old, sa.JSON() if is_json else None), sa.column(new))
    for rows in _rows(table, table.c[key]):
        values = [
            {"_id": row[key],
             "sealed": seal(current_app.config, json.dumps(row[old], ensure_ascii=False).encode(),
                            WHAT[name].encode())}
            for row in rows
        ]  # fmt: skip
        op.get_bind().execute(
            sa.update(table).where(table.c[key] == sa.bindparam("_id")).values({new: sa.bindparam("sealed")}), values)


def downgrade() -> None:
    raise NotImplementedError("what was sealed is not written in the clear again: restore the backup made before")
