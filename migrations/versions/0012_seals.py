"""What may never change once it is written, refused by the database itself: triggers beside those of 0001.

A table with triggers is never rebuilt on SQLite (batch_alter_table would drop them): columns are added in place.

Revision: 0012; after: 0011
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FOREVER = {
    "petition_case": ("id", "channel", "entered_by_id", "external_source", "external_id"),
    "custody": ("id", "case_id", "number", "unit_id", "began_at"),
    "deadline": ("id", "case_id", "stage", "rule_id", "start_on", "is_closing", "number"),
    "document": ("id", "public_id", "case_id", "unit_id", "form", "year", "number", "signed_by_id", "signed_at",
                 "in_name_of_id", "sha256", "storage_key", "size"),
    "house_document": ("id", "public_id", "subject", "unit_id", "form", "year", "number", "signed_by_id", "signed_at",
                       "in_name_of_id", "sha256", "storage_key", "size"),
    "attachment": ("id", "public_id", "created_at", "sha256", "storage_key"),
    "notice": ("id", "event_seq", "case_id", "action", "role", "official_id", "created_at"),
}  # fmt: skip
"""Columns that keep what they were given. Texts are not among them: the law on personal data erases those."""
KEPT = ("custody", "deadline", "document", "house_document", "chain_head")
"""Rows that are never deleted; events, facts and cases are kept by 0001."""
RULES = {
    "case_received_stands": (
        "petition_case",
        # A unit that passes the case on leaves the next one to receive it.
        "old.received_at IS NOT NULL AND new.received_at {differs} old.received_at "
        "AND NOT (new.received_at IS NULL AND new.unit_id <> old.unit_id)",
        "the day of receipt stands",
    ),
    "case_content_stands": (
        "petition_case",
        "new.content_hash <> old.content_hash AND new.content_hash <> ''",
        "the fingerprint of what was sent stands until it is erased",
    ),
    "case_answered_stands": (
        "petition_case",
        "old.first_answered_at IS NOT NULL AND new.first_answered_at {differs} old.first_answered_at",
        "the day of the first answer stands",
    ),
    "deadline_is_judged": (
        "deadline",
        "(old.met_at IS NOT NULL OR old.ended_at IS NOT NULL) AND (new.due_on <> old.due_on "
        "OR new.met_at {differs} old.met_at OR new.ended_at {differs} old.ended_at)",
        "a clock that ended stays as it was judged",
    ),
    "deadline_has_its_proof": (
        "deadline",
        "new.due_on <> old.due_on AND {derivation_same}",
        "a due date moves only with its derivation",
    ),
    "chain_head_grows": (
        "chain_head",
        "new.id <> old.id OR new.seq < old.seq OR new.at < old.at OR (new.seq = old.seq AND new.hash <> old.hash)",
        "the chain only grows",
    ),
}
"""name: (table, when it is refused, why)."""
NO_TRUNCATE = ("event", "event_facts", "petition_case", "chain_head", "custody", "deadline", "document",
               "house_document")  # fmt: skip


def _changed(columns: tuple[str, ...], differs: str) -> str:
    return " OR ".join(f"new.{name} {differs} old.{name}" for name in columns)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    for table, columns in FOREVER.items():
        op.execute(
            f"CREATE TRIGGER {table}_origin_stands BEFORE UPDATE OF {', '.join(columns)} ON {table} "
            f"WHEN {_changed(columns, 'IS NOT')} BEGIN SELECT RAISE(ABORT, '{table}: what it began with stands'); END"
        )
    for name, (table, when, why) in RULES.items():
        condition = when.format(differs="IS NOT", derivation_same="new.derivation = old.derivation")
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: {why}'); END"
        )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table}: rows are kept'); "
            "END"
        )


def _postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%: rows are kept', TG_TABLE_NAME; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_because() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_ARGV[0]; END $$"
    )
    for table, columns in FOREVER.items():
        op.execute(
            f"CREATE TRIGGER {table}_origin_stands BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN ({_changed(columns, 'IS DISTINCT FROM')}) "
            "EXECUTE FUNCTION refuse_because('what it began with stands')"
        )
    for name, (table, when, why) in RULES.items():
        same = "new.derivation::text = old.derivation::text"
        condition = when.format(differs="IS DISTINCT FROM", derivation_same=same)
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({condition}) "
            f"EXECUTE FUNCTION refuse_because('{why}')"
        )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW "
            "EXECUTE FUNCTION refuse_because('rows are kept')"
        )
    for table in NO_TRUNCATE:
        op.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
            "EXECUTE FUNCTION refuse_truncate()"
        )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    on = (lambda table: "") if is_sqlite else (lambda table: f" ON {table}")
    for table in FOREVER:
        op.execute(f"DROP TRIGGER {table}_origin_stands{on(table)}")
    for name, (table, _when, _why) in RULES.items():
        op.execute(f"DROP TRIGGER {name}{on(table)}")
    for table in KEPT:
        op.execute(f"DROP TRIGGER {table}_kept{on(table)}")
    if not is_sqlite:
        for table in NO_TRUNCATE:
            op.execute(f"DROP TRIGGER {table}_not_emptied ON {table}")
        op.execute("DROP FUNCTION refuse_because()")
        op.execute("DROP FUNCTION refuse_truncate()")
