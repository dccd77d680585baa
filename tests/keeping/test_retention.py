"""Check 85: past its term a case is proposed, approved, erased; figures and chain stay. Check 64."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.attachments.models import Attachment
from app.attachments.storage import default_storage
from app.cases import actions
from app.cases.models import Case, Custody, Erasure, Person, Rating, SearchDocument
from app.documents.models import Document
from app.extensions import db, writing
from app.journal.models import Event, EventFacts
from app.journal.verify import verify
from app.keeping import terms
from app.refusals import NotAllowed
from app.reports.cells import keep, prove
from app.rules.retention import first_free_day, what_of
from app.rules.workflow import Action, Role
from app.worker import chores
from tests import factories
from tests.conftest import both_engines
from tests.factories import MONDAY, actor, make_official, open_case, resident_of, sign_in

from ..security.traces import database_bytes, found

NAME, PHONE, MAIL, BODY = "Lường Thị Ướt", "0987 123 450", "luong.uot@thu-rieng.vn", "Mương Khuổi Lừa tắc từ hôm bão"
WORDS = (NAME, MAIL, BODY, "Ý kiến riêng về trả lời")
LATER = MONDAY + timedelta(days=366 * 5 + 30)


def ended(name: str = NAME) -> Case:
    """A feedback answered, judged, closed; with a file."""
    _clerk, officer, head = factories.staff()
    case = factories.make_case(name=name, phone=PHONE, email=MAIL, body=BODY)
    place = default_storage().temporary()
    place.write(b"picture")
    place.close()
    key = default_storage().keep(Path(place.name), "jpg")
    db.session.add(Attachment(public_id=key[:32], case_id=case.id, added_by="resident", storage_key=key,
                              name="nha-toi.jpg", media_type="image/jpeg", size=7, sha256="0" * 64,
                              created_at=MONDAY))  # fmt: skip
    factories.answer(factories.assign(case, officer, head), officer, head)
    at = MONDAY + timedelta(days=3)
    actions.rate(case, 2, resident_of(case), at, reasons=[], text="Ý kiến riêng về trả lời")
    actions.close(case, "resolved", actor(head), at + timedelta(days=30))
    return case


def worked(now: datetime) -> None:
    """The worker's two chores, on a day."""
    chores._PROPOSED.clear()
    with clock.fixed(now):
        chores.propose_erasures(threading.Event())
        chores.erase_approved(threading.Event())


def approve_all() -> int:
    with writing():
        head = actor(make_official(Role.HEAD, "04"))
        count = terms.approve(db.session.scalars(select(Erasure.case_id)).all(), head, LATER)
        db.session.commit()
    return count


@both_engines
def test_past_its_term_everything_said_is_gone_and_figures_and_chain_stay(app: Flask) -> None:
    with writing():
        case = ended()
        db.session.commit()
        keep.rebuild()
        db.session.commit()
    files = [default_storage().path(key) for key in db.session.scalars(select(Attachment.storage_key))]
    files += [default_storage().path(key) for key in db.session.scalars(select(Document.storage_key))]
    assert len(files) == 2 and all(path.exists() for path in files)
    worked(MONDAY + timedelta(days=365))
    assert db.session.scalars(select(Erasure)).all() == []
    worked(LATER)
    assert db.session.scalars(select(Erasure)).one().approved_at is None and case.body  # proposed, not erased
    assert approve_all() == 1
    worked(LATER)
    db.session.expire_all()
    assert (case.title, case.body, case.contact_name, case.answer_text) == (case.reference, "", "", "")
    assert (case.erased_on, case.outcome, case.rating_level) == (clock.day_of(LATER), "resolved", 2)
    assert db.session.scalars(select(Person)).all() == [] and db.session.scalars(select(SearchDocument)).all() == []
    assert db.session.scalars(select(Rating.text)).all() == [""] and not any(path.exists() for path in files)
    kept = {e.action for e in db.session.scalars(select(Event)) if e.case_id == case.id and e.facts}
    assert kept == {Action.ERASE} and verify() == (db.session.query(Event).count(), None)
    with writing():
        keep.catch_up()
        db.session.commit()
    assert list(prove.differences()) == []
    if db.engine.dialect.name == "sqlite":
        assert found(WORDS, database_bytes(app)) == []


def test_a_second_run_changes_nothing(app: Flask) -> None:
    with writing():
        ended()
        db.session.commit()
    worked(LATER)
    approve_all()
    worked(LATER)
    before = [tuple(row) for row in db.session.execute(select(Event.__table__))]
    worked(LATER + timedelta(days=1))
    assert [tuple(row) for row in db.session.execute(select(Event.__table__))] == before


@both_engines
def test_what_is_held_is_neither_proposed_nor_erased_though_it_was_approved(app: Flask) -> None:
    with writing():
        case, other = ended(), ended("Ai khác")
        head = actor(make_official(Role.HEAD))
        terms.hold(case, "Tòa án đang thụ lý.", head, MONDAY + timedelta(days=40))
        db.session.commit()
    worked(LATER)
    assert db.session.scalars(select(Erasure.case_id)).all() == [other.id]
    approve_all()
    with writing():
        terms.hold(other, "Thanh tra.", head, LATER)
        db.session.commit()
    worked(LATER)
    db.session.expire_all()
    assert case.body and other.body and db.session.scalars(select(Erasure)).all() == []
    with writing():
        terms.lift(other, "Đã kết luận.", head, LATER)
        db.session.commit()
    worked(LATER)
    assert db.session.scalars(select(Erasure.case_id)).all() == [other.id]


def test_a_custody_changed_after_the_erasure_is_found(app: Flask) -> None:
    with writing():
        case = ended()
        db.session.commit()
    worked(LATER)
    approve_all()
    worked(LATER)
    with writing():
        db.session.query(Custody).filter_by(case_id=case.id).update({"rating_level": 5})
        db.session.commit()
    assert list(prove.of_erased()) == [
        f"{case.reference}: the custodies are not those that were sealed when it was erased"
    ]


def test_only_the_head_of_the_top_unit_approves(app: Flask) -> None:
    with writing():
        for role, at in ((Role.HEAD, "01447"), (Role.INSPECTOR, "04"), (Role.ADMINISTRATOR, "04")):
            with pytest.raises(NotAllowed):
                terms.approve([1], actor(make_official(role, at)), LATER)


def test_pages_say_erased_on_and_nothing_else(client: FlaskClient, app: Flask) -> None:
    with writing():
        case, head = ended(), make_official(Role.HEAD, "04")
        db.session.commit()
    worked(LATER)
    with clock.fixed(LATER):
        sign_in(client, head)
        page = client.get("/desk/retention").text
        assert case.reference in page and "chưa được bộ phận lưu trữ xác nhận" in page
        assert client.post("/desk/retention/approve", data={"case": str(case.id)}).status_code == 303
        worked(LATER)
        page = client.get(f"/desk/cases/{case.reference}").text
        assert "Đã xóa ngày" in page and BODY not in page
        code = case.code  # type: ignore[attr-defined]
        case.code = code  # type: ignore[attr-defined]
        open_case(client, case)
        page = client.get("/follow/case").text
        assert "Đã xóa ngày" in page and case.reference in page
        assert client.get("/follow/case/my-data").status_code == 404


def test_years_are_whole_years_across_leap_days() -> None:
    assert first_free_day(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert first_free_day(date(2023, 3, 1), 1) == date(2024, 3, 1)


def test_what_could_not_be_taken_up_is_kept_shortest_but_a_denunciation_as_one() -> None:
    assert what_of("complaint", "not_accepted", False) == "ineligible"
    assert what_of("feedback", "resolved", False) == "feedback"
    assert what_of("denunciation", "not_accepted", True) == "denunciation"


def test_the_salts_go_with_the_facts(app: Flask) -> None:
    with writing():
        ended()
        db.session.commit()
    worked(LATER)
    approve_all()
    worked(LATER)
    rows = db.session.execute(select(EventFacts.salt, EventFacts.facts)).all()
    assert all((salt == "") == (facts == {}) for salt, facts in rows)
