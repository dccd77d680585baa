"""Alembic on SQLite and PostgreSQL: one migration, one transaction, the writer's turn taken first."""

from alembic import context
from flask import current_app

from app.extensions import begin_write, db, end_write

OURS = ("search_index",)
"""Tables that SQLite's full-text search keeps for itself."""


def is_ours(_object, name, kind, _reflected, _compare_to):
    """Leave the search index (and its shadow tables) out of comparisons."""
    if kind == "table" and name.startswith(OURS):
        return False
    return not (kind == "column" and name == "words") and name != "ix_search_document_words"


def run(connection) -> None:
    """Run the migrations on this connection."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=is_ours,
        transaction_per_migration=False,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate() -> None:
    """On the connection `flask migrate` gives (app/schema: it commits), else on the app's own engine."""
    given = context.config.attributes.get("connection")
    if given is not None:
        run(given)
        return
    begin_write()
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        run(connection)
        connection.commit()
        tables = connection.info.pop("wipe", ())
    end_write()
    if tables:
        wipe(tables)


def wipe(tables) -> None:
    """After data was taken out of tables: nothing of it stays in the log of writes, nor in space that was freed."""
    engine = current_app.extensions["migrate"].db.engine
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:  # outside of a write, statements commit by themselves (extensions.py)
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in tables:
            connection.exec_driver_sql(f"VACUUM FULL {table}")


migrate()
