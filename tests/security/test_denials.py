"""Check 57: who tried to open a sealed case is remembered, and told to nobody who may not know of the case."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db, writing
from app.journal.models import Event
from app.rules.workflow import Action, Role
from tests import factories

from .sealed_world import CANARIES, INSPECTOR, Town, settle


@pytest.fixture
def town(app: Flask) -> Town:
    """A denunciation, and everybody."""
    return settle(app)


def denials() -> list[Event]:
    """Refusals in the journal."""
    return list(db.session.scalars(select(Event).where(Event.action == Action.DENIED).order_by(Event.seq)))


def test_an_inspector_reads_who_was_refused_and_who_serves_where_it_is_denounced_does_not(town: Town) -> None:
    for path in (f"/desk/cases/{town.reference}", f"/desk/documents/{town.document}"):
        assert town.ask("head@unit", path).status_code == 404
    assert [event.subject for event in denials()] == [f"case:{town.case_id}", ""]
    page = town.ask(INSPECTOR, "/journal?action=denied").text
    assert f"case:{town.case_id}" in page
    assert not any(word in page for word in (*CANARIES, town.reference))
    with writing():
        factories.add_post(db.session.merge(town.people[INSPECTOR]), Role.OFFICER, "01447")
        db.session.commit()
    assert f"case:{town.case_id}" not in town.ask(INSPECTOR, "/journal?action=denied").text


def test_the_same_is_written_for_what_does_not_exist(town: Town) -> None:
    before = db.session.scalar(select(func.count()).select_from(Event))
    assert town.ask("head@unit", "/desk/cases/TC-2026-999999").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Event)) == (before or 0) + 1
    assert denials()[-1].subject == ""
