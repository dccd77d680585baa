"""What comes seldom in the demo: second complaints, denunciations, parts, mixed letters, papers half way."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import func, select

from app import clock
from app.accounts.queries import by_account
from app.cases.models import Case, Contribution, Handler
from app.demo import province
from app.demo.people import HOME, INSPECTORATE
from app.documents.models import Paper
from app.extensions import db
from app.journal.models import Event, Notice
from app.journal.verify import verify
from app.rules.workflow import Kind, Status
from app.units.models import Unit
from app.units.queries import setting

from .conftest import END, nobody

COUNT = 110


def test_the_rare_things_of_the_law_happen_among_the_cases_asked_for(empty: Any) -> None:
    with empty("rare"):
        province.seed(COUNT, END, nobody, seed_number=4)
        db.session.flush()
        assert db.session.scalar(select(func.count()).select_from(Case)) == COUNT
        assert verify()[1] is None
        assert len({case.title for case in db.session.scalars(select(Case))}) == COUNT
        _second_complaints_lie_one_level_up()
        _denunciations_are_sealed()
        _parts_are_given_open_and_overdue()
        _papers_are_half_way_at_home()
        assert db.session.scalar(select(func.count()).where(Case.split_from_id.is_not(None))) == 2
        suspended = list(db.session.scalars(select(Case).where(Case.status == Status.SUSPENDED)))
        assert len(suspended) >= 3
        assert all(case.due_on is None and case.suspended_on for case in suspended)


def _second_complaints_lie_one_level_up() -> None:
    seconds = list(db.session.scalars(select(Case).where(Case.instance == 2)))
    assert len(seconds) == 2
    for case in seconds:
        first = case.appeal_of
        assert first is not None
        assert case.unit_id == first.unit.parent_id
        assert case.contact_name == first.contact_name
        assert first.verdict in ("wrong", "partly_right")


def _denunciations_are_sealed() -> None:
    sealed = list(db.session.scalars(select(Case).where(Case.kind == Kind.DENUNCIATION)))
    assert len(sealed) == 8
    assert not any(case.contact_name or case.contact_phone or case.contact_email for case in sealed)
    assert {case.status for case in sealed} >= {"received", "assigned", "answered"}
    assert any(case.published_on for case in sealed)
    assert any(case.registered_on and not case.handler_ids for case in sealed)
    mails = select(func.count()).where(Notice.channel == "mail", Notice.case_id.in_([case.id for case in sealed]))
    assert not db.session.scalar(mails)
    assert setting("inspectorate_unit") == INSPECTORATE
    units = {post.unit.code for handler in db.session.scalars(select(Handler)) for post in handler.official.posts}
    assert units == {INSPECTORATE}
    registrar = by_account("giu-so-to-cao")
    assert registrar is not None
    assert registrar.posts[0].unit.parent_id is None


def _parts_are_given_open_and_overdue() -> None:
    parts = list(db.session.scalars(select(Contribution)))
    home = db.session.scalars(select(Unit).where(Unit.short_vi == HOME)).one()
    waiting = [part for part in parts if part.is_open]
    assert any(part.answered_at for part in parts)
    today = clock.day_of(END)
    for due in (lambda part: part.due_on < today, lambda part: part.due_on >= today):
        assert any(due(part) and part.unit_id == home.id for part in waiting)
        assert any(due(part) and part.unit_id != home.id for part in waiting)


def _papers_are_half_way_at_home() -> None:
    open_papers = [paper for paper in db.session.scalars(select(Paper)) if paper.is_open]
    home = db.session.scalars(select(Unit).where(Unit.short_vi == HOME)).one()
    assert Counter(paper.state for paper in open_papers) == {"draft": 1, "submitted": 1, "returned": 1}
    assert {paper.unit_id for paper in open_papers} == {home.id}
    assert all(paper.remark for paper in open_papers if paper.state == "returned")
    signed = db.session.scalar(select(func.count()).where(Paper.state == "signed"))
    assert signed == db.session.scalar(select(func.count()).where(Event.action == "write")) - 3
