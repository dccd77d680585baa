"""Check 86: a resident takes their own data along, and asks what is to become of it; clocked, decided, told."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.cases import actions
from app.cases.models import Case, Person, PrivacyRequest
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.journal.verify import verify
from app.keeping import requests, terms
from app.refusals import Invalid, NotAllowed, WrongStep
from app.rules.workflow import Action, Role
from tests import factories
from tests.conftest import both_engines
from tests.factories import MONDAY, actor, make_official, open_case, resident_of, sign_in


@pytest.fixture
def case(app: Flask) -> Case:
    """An answered feedback with an inside note."""
    with writing():
        _clerk, officer, head = factories.staff()
        case = factories.assign(factories.make_case(), officer, head)
        actions.note(case, "Chuyện nội bộ: người này hay gửi đơn.", actor(officer), MONDAY)
        factories.answer(case, officer, head)
        db.session.commit()
    return case


def taken(client: FlaskClient) -> tuple[dict[str, Any], list[str]]:
    answer = client.post("/follow/case/my-data/download")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    pack = zipfile.ZipFile(io.BytesIO(answer.data))
    return json.loads(pack.read("data.json")), pack.namelist()


def test_the_resident_takes_everything_that_is_theirs_and_nothing_from_inside(client: FlaskClient, case: Case) -> None:
    open_case(client, case)
    data, names = taken(client)
    assert data["contact"]["name"] == "Nông Thị Sen" and data["petition"]["text"] == case.body
    assert data["answer"] and data["what_happened"] and data["your_words"][0]["text"] == case.body
    assert any(name.startswith("papers/") for name in names)
    assert "nội bộ" not in json.dumps(data, ensure_ascii=False)
    assert [e.facts["what"] for e in db.session.scalars(select(Event).where(Event.action == Action.EXPORTED))] == [
        "my-data"
    ]


def test_the_answer_to_somebody_elses_earlier_case_is_not_taken_along(client: FlaskClient, app: Flask) -> None:
    with writing():
        _clerk, officer, head = factories.staff()
        main, mine = factories.make_case(name="Lý Văn Tài", phone="0900 111 222"), factories.make_case()
        actions.mark_duplicate(mine, main, actor(make_official(Role.CLERK)), MONDAY)
        factories.answer(factories.assign(main, officer, head), officer, head)
        db.session.commit()
    open_case(client, mine)
    data, _names = taken(client)
    assert "Lý Văn Tài" not in json.dumps(data, ensure_ascii=False) and data["answer"] == ""


def test_of_a_denunciation_there_is_nothing_to_take_nor_to_ask(client: FlaskClient, app: Flask) -> None:
    with writing():
        case = factories.make_denunciation()
        db.session.commit()
    open_case(client, case)
    assert client.get("/follow/case/my-data").status_code == 404
    assert client.post("/follow/case/my-data/download").status_code == 404
    with writing(), pytest.raises(NotAllowed):
        requests.ask(case, "erase", "", resident_of(case), MONDAY)


@both_engines
def test_an_erasure_is_asked_with_the_clocks_of_the_decree(app: Flask) -> None:
    with writing():
        case = factories.make_case()
        asked = requests.ask(case, "erase", "", resident_of(case), MONDAY)
        assert (asked.reply_due_on.isoformat(), asked.due_on.isoformat()) == ("2026-11-18", "2026-12-01")
        with pytest.raises(Invalid, match="đang được xem xét"):
            requests.ask(case, "erase", "", resident_of(case), MONDAY)
        with pytest.raises(Invalid, match="Chưa ghi"):
            requests.ask(case, "correct", " ", resident_of(case), MONDAY)
        db.session.commit()
    event = db.session.scalars(select(Event).where(Event.action == Action.DATA_ASKED)).one()
    assert event.facts["until"] == "2026-12-01"
    assert db.session.scalar(select(Notice.role).where(Notice.event_seq == event.seq)) == "resident"


@both_engines
def test_the_clock_is_made_longer_once_with_its_reason_and_both_days(app: Flask) -> None:
    with writing():
        case, head = factories.make_case(), actor(make_official(Role.HEAD))
        asked = requests.ask(case, "erase", "", resident_of(case), MONDAY)
        with pytest.raises(Invalid, match="Chưa ghi"):
            requests.extend(asked, " ", head, MONDAY)
        requests.extend(asked, "Phải hỏi ba đơn vị đã nhận thông tin.", head, MONDAY + timedelta(days=10))
        assert (asked.due_on.isoformat(), asked.state, asked.is_extended) == ("2026-12-16", "open", True)
        with pytest.raises(WrongStep, match="không kéo dài được nữa"):
            requests.extend(asked, "Thêm nữa.", head, MONDAY + timedelta(days=11))
        db.session.commit()
    event = db.session.scalars(select(Event).where(Event.action == Action.DATA_EXTENDED)).one()
    assert (event.facts["was"], event.facts["until"]) == ("2026-12-01", "2026-12-16")
    assert db.session.scalar(select(Notice.role).where(Notice.event_seq == event.seq)) == "resident"
    assert verify()[1] is None


def test_a_clock_that_has_run_out_or_that_the_decree_does_not_stretch_stays(app: Flask) -> None:
    with writing():
        case, head = factories.make_case(), actor(make_official(Role.HEAD))
        late = requests.ask(case, "object", "", resident_of(case), MONDAY)
        edit = requests.ask(case, "correct", "Số điện thoại sai.", resident_of(case), MONDAY)
        for asked, day in ((late, 16), (edit, 1)):
            with pytest.raises(WrongStep, match="không kéo dài được nữa"):
                requests.extend(asked, "Cần thêm thời gian.", head, MONDAY + timedelta(days=day))
            assert not asked.is_extended


@both_engines
def test_granted_the_person_is_gone_and_the_case_goes_on(app: Flask) -> None:
    with writing():
        case, head = factories.make_case(), actor(make_official(Role.HEAD))
        asked = requests.ask(case, "erase", "", resident_of(case), MONDAY)
        requests.grant(asked, "", head, MONDAY)
        db.session.commit()
    assert (case.contact_name, case.contact_email, asked.state) == ("", "", "granted")
    assert db.session.scalars(select(Person)).all() == []
    assert case.body and verify()[1] is None
    assert db.session.scalars(select(Notice).where(Notice.channel == "mail", Notice.sent_at.is_(None))).all() == []
    with writing(), pytest.raises(WrongStep):
        requests.grant(asked, "", head, MONDAY)


@both_engines
def test_refused_only_with_a_reason_that_is_told_by_letter(app: Flask) -> None:
    with writing():
        case, head = factories.make_case(), actor(make_official(Role.HEAD))
        asked = requests.ask(case, "erase", "", resident_of(case), MONDAY)
        with pytest.raises(Invalid):
            requests.refuse(asked, "  ", head, MONDAY)
        event = requests.refuse(asked, "Đang có khiếu nại liên quan.", head, MONDAY)
        db.session.commit()
    assert (asked.state, asked.reason) == ("refused", "Đang có khiếu nại liên quan.")
    assert db.session.scalar(select(Notice.role).where(Notice.event_seq == event.seq)) == "resident"


def test_only_a_head_over_the_case_decides(app: Flask) -> None:
    with writing():
        case = factories.make_case()
        asked = requests.ask(case, "erase", "", resident_of(case), MONDAY)
        for role, at in ((Role.OFFICER, "01447"), (Role.HEAD, "01273"), (Role.SUPERVISOR, "04")):
            with pytest.raises(NotAllowed):
                requests.grant(asked, "", actor(make_official(role, at)), MONDAY)
        requests.refuse(asked, "Lý do", actor(make_official(Role.HEAD, "04")), MONDAY)


def test_what_is_held_for_a_court_is_not_erased_on_request(app: Flask) -> None:
    with writing():
        case, head = factories.make_case(), actor(make_official(Role.HEAD))
        terms.hold(case, "Tòa án đang thụ lý.", head, MONDAY)
        asked = requests.ask(case, "erase", "", resident_of(case), MONDAY)
        with pytest.raises(WrongStep, match="đang được giữ"):
            requests.grant(asked, "", head, MONDAY)
    assert case.contact_name


def test_the_resident_asks_on_the_page_and_the_head_answers_at_the_desk(client: FlaskClient, case: Case) -> None:
    open_case(client, case)
    assert client.post("/follow/case/my-data/ask", data={}).status_code == 422
    assert client.post("/follow/case/my-data/ask", data={"kind": "erase"}).status_code == 303
    page = client.get("/follow/case/my-data").text
    assert "Đang xem xét, thực hiện trước hết" in page and "Xóa thông tin cá nhân của tôi" in page
    asked = db.session.scalars(select(PrivacyRequest)).one()
    with writing():
        head = make_official(Role.HEAD)
        db.session.commit()
    desk = client.application.test_client()
    sign_in(desk, head)
    with clock.fixed(clock.now() + timedelta(days=40)):
        sign_in(desk, head)
        assert "Quá hạn" in desk.get("/desk/data-requests").text
        url = f"/desk/data-requests/{asked.id}"
        assert desk.post(url, data={"decision": "refuse", "reason": ""}).status_code == 422
        assert desk.post(url, data={"decision": "refuse", "reason": "Chưa đến hạn lưu giữ."}).status_code == 303
    db.session.expire_all()
    open_case(client, case)
    assert "Chưa đến hạn lưu giữ." in client.get("/follow/case/my-data").text
