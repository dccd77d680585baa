"""Opening the page of a session, a call or a commitment reads what its official was told of it."""

from __future__ import annotations

from flask import Response, after_this_request, g
from sqlalchemy.exc import OperationalError

from ... import clock
from ...extensions import NOTE_PATIENCE, db, writing
from ...journal.queries import mark_read_about, unread_about
from ...turns import Busy


def read_news(about: str) -> None:
    """Mark the notices read once the page is made: a short write of its own that never stands in the page's way."""
    official_id = g.actor.official_id
    if not unread_about(official_id, about):
        return

    @after_this_request
    def write(response: Response) -> Response:
        try:
            with writing(patience=NOTE_PATIENCE):
                mark_read_about(official_id, about, clock.now())
                db.session.commit()
        except (Busy, OperationalError):
            db.session.rollback()
        return response
