"""Whether this process can do its work: the database answers, its schema is the code's, the law is loaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ..extensions import db
from ..units import calendar


@cache
def newest_schema() -> str:
    """The revision this code was written for."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "migrations"))
    return ScriptDirectory.from_config(config).get_current_head() or ""


def missing() -> list[str]:
    """What is not there yet, as words for machines; empty where the process is ready."""
    found = []
    try:
        revision = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if revision != newest_schema():
            found.append("schema")
    except SQLAlchemyError:
        db.session.rollback()
        found.append("database")
    if not calendar.law().rules:
        found.append("law")
    return found
