"""Whether this process can do its work: the database answers, its schema is the code's, the law is loaded."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from ..extensions import db
from ..schema import revisions
from ..units import calendar


def missing() -> list[str]:
    """What is not there yet, as words for machines; empty where the process is ready."""
    found = []
    try:
        if revisions.of(db.session.connection()) != revisions.newest():
            found.append("schema")
    except SQLAlchemyError:
        db.session.rollback()
        found.append("database")
    if not calendar.law().rules:
        found.append("law")
    return found
