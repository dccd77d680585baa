"""The second complaint by web: open while its window is, once however often it is sent, with the letter to sign."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.cases import actions
from app.cases.models import Case
from app.cases.queries import deadlines_of
from app.extensions import db, writing
from app.journal.models import Event
from app.rules.workflow import Action, Kind, Role
from tests import factories
from tests.attachments.samples import jpeg_with_everything
from tests.documents.reading import text_of
from tests.factories import MONDAY, actor
from tests.issued import accept, decide
from tests.petitions.test_follow import enter, the
from tests.petitions.walk import forms, upload

WORDS = {"body": "Quyết định tính thiếu 20 m2 đất vườn.", "request": "Đo lại thửa đất.", "agree": "y"}


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.fixed(MONDAY + timedelta(hours=1)):
        yield


def decided(sent: bool = True, **more: Any) -> tuple[int, str]:
    """A first complaint with its decision; its id and code."""
    with writing():
        case = factories.make_case(Kind.COMPLAINT, title="Khiếu nại quyết định thu hồi đất", **more)
        officer, _head = decide(case)
        if sent:
            actions.send(case, MONDAY.date(), "Trao tận tay.", actor(officer), MONDAY)
        kept = case.id, str(case.code)  # type: ignore[attr-defined]
        db.session.commit()
    return kept


def token_of(client: FlaskClient) -> str:
    """The one-time token of the form as it stands open."""
    page = client.get("/follow/case/appeal")
    assert page.status_code == 200
    return next(form.fields["token"] for form in forms(page) if "token" in form.fields)


def seconds() -> list[Case]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Case).where(Case.instance == 2)))


def test_one_form_makes_the_second_complaint_to_the_next_level_up_with_receipt_and_letter(client: FlaskClient) -> None:
    first_id, code = decided()
    enter(client, code)
    assert 'href="/follow/case/appeal"' in client.get("/follow/case").text
    page = client.get("/follow/case/appeal").text
    assert "Ủy ban nhân dân xã Trùng Khánh" in page and "đến hết thứ Tư, 16/12/2026" in page
    sent = client.post("/follow/case/appeal", data={"token": token_of(client), **WORDS})
    assert sent.status_code == 303 and sent.location == "/receipt"

    [second], first = seconds(), the(first_id)
    assert (second.kind, second.unit.code, second.appeal_of_id) == ("complaint", "04", first.id)
    assert (second.contact_name, second.contact_email) == (first.contact_name, first.contact_email)
    assert "Quyết định số" in second.against and "ngày 16/11/2026" in second.against
    assert (second.known_on, second.registered_on) == (date(2026, 11, 16), None)
    receipt = client.get("/receipt").text
    assert second.reference in receipt and "Tải đơn khiếu nại để ký" in receipt
    assert "45 ngày" in receipt, "the second settlement's own term"
    letter = " ".join(text_of(client.get("/receipt/letter.pdf").data).split())
    assert "ĐƠN KHIẾU NẠI LẦN HAI" in letter and "giải quyết khiếu nại lần đầu" in letter
    assert "Ủy ban nhân dân tỉnh Cao Bằng" in letter and "Đo lại thửa đất." in letter
    noted = db.session.scalars(select(Event).where(Event.action == "appeal")).one()
    assert noted.case_id == first_id and noted.facts["second"] == second.reference


def test_pressing_twice_gives_one_case_and_the_same_receipt(client: FlaskClient) -> None:
    _first, code = decided()
    enter(client, code)
    data = {"token": token_of(client), **WORDS}
    assert [client.post("/follow/case/appeal", data=data).location for _press in range(2)] == ["/receipt"] * 2
    assert len(seconds()) == 1
    again = client.post("/follow/case/appeal", data={**data, "body": "Chữ khác."})
    assert again.status_code == 422 and "đã gửi một lần với nội dung khác" in again.text
    assert "Ông/bà đã khiếu nại lần hai, số KN-2026-000002." in client.get("/follow/case").text
    assert client.get("/follow/case/appeal").status_code == 409, "only once"


def test_what_is_missing_is_said_beside_the_field_and_everything_typed_and_held_stays(client: FlaskClient) -> None:
    _first, code = decided()
    enter(client, code)
    token = token_of(client)
    data = {"token": token, "body": WORDS["body"], "files": upload(jpeg_with_everything(), "so-do.jpg")}
    page = client.post("/follow/case/appeal", data=data)
    assert page.status_code == 422
    assert "Ghi điều ông/bà yêu cầu." in page.text and "Đánh dấu vào ô này" in page.text
    assert WORDS["body"] in page.text and "so-do.jpg" in page.text
    assert token in page.text, "the same form"
    assert seconds() == []
    client.post("/follow/case/appeal", data={"token": token, **WORDS})
    assert seconds()[0].files_count == 1


def test_a_bad_file_is_refused_and_a_held_one_is_taken_out_again(client: FlaskClient) -> None:
    _first, code = decided()
    enter(client, code)
    token = token_of(client)
    files = [upload(jpeg_with_everything(), "tot.jpg"), upload(b"GIF89a....", "xau.gif")]
    page = client.post("/follow/case/appeal", data={"token": token, **WORDS, "files": files})
    assert page.status_code == 422 and "xau.gif" in page.text and "tot.jpg" in page.text
    held = page.text.split('name="remove" value="')[1].split('"')[0]
    page = client.post("/follow/case/appeal", data={"token": token, **WORDS, "remove": held})
    assert page.status_code == 200 and "tot.jpg" not in page.text and WORDS["body"] in page.text
    assert seconds() == []


@pytest.mark.parametrize("token", ["", "x.y.z"])
def test_a_form_without_its_own_token_sends_nothing_and_comes_back_with_the_words(
    client: FlaskClient, token: str
) -> None:
    _first, code = decided()
    enter(client, code)
    page = client.post("/follow/case/appeal", data={"token": token, **WORDS})
    assert page.status_code == 400
    assert WORDS["body"] in page.text and "vừa được làm mới" in page.text
    assert seconds() == []


def test_another_browsers_token_sends_nothing(app: Flask, client: FlaskClient) -> None:
    _first, code = decided()
    enter(client, code)
    token, other = token_of(client), app.test_client()
    enter(other, code)
    assert other.post("/follow/case/appeal", data={"token": token, **WORDS}).status_code == 400
    assert seconds() == []


def test_the_window_shuts_after_thirty_days_and_the_page_says_so(client: FlaskClient) -> None:
    _first, code = decided()
    enter(client, code)
    with clock.fixed(MONDAY + timedelta(days=30)):
        enter(client, code)
        token = token_of(client)
        assert 'href="/follow/case/appeal"' in client.get("/follow/case").text
    with clock.fixed(MONDAY + timedelta(days=30, hours=20)):
        enter(client, code)
        assert "Hạn khiếu nại lần hai là thứ Tư, 16/12/2026, đã qua." in client.get("/follow/case").text
        refused = client.post("/follow/case/appeal", data={"token": token, **WORDS})
        assert refused.status_code == 409 and "hết thời hiệu khiếu nại lần hai" in refused.text
    assert seconds() == []


def test_a_first_settlement_that_ran_out_of_time_may_be_complained_of_again(client: FlaskClient) -> None:
    with writing():
        case = factories.make_case(Kind.COMPLAINT)
        accept(case)
        code = str(case.code)  # type: ignore[attr-defined]
        db.session.commit()
    enter(client, code)
    assert client.get("/follow/case/appeal").status_code == 409, "still in time"
    with clock.fixed(MONDAY + timedelta(days=32)):
        enter(client, code)
        assert "Quá hạn mà chưa có quyết định" in client.get("/follow/case").text
        assert client.post("/follow/case/appeal", data={"token": token_of(client), **WORDS}).status_code == 303
    [second] = seconds()
    assert "không được Ủy ban nhân dân xã Trùng Khánh giải quyết lần đầu trong thời hạn (hạn 16/12/2026)" in (
        second.against
    )
    assert second.known_on == date(2026, 12, 16)


def test_feedback_and_unsettled_complaints_have_no_such_page(client: FlaskClient) -> None:
    with writing():
        codes = [str(factories.make_case(kind).code) for kind in (Kind.FEEDBACK, Kind.COMPLAINT)]  # type: ignore[attr-defined]
        db.session.commit()
    for code in codes:
        enter(client, code)
        assert client.get("/follow/case/appeal").status_code == 409
        assert client.post("/follow/case/appeal", data=WORDS).status_code == 409
        assert "/follow/case/appeal" not in client.get("/follow/case").text


def test_the_provinces_own_decision_goes_to_a_body_outside_and_is_not_taken_here(client: FlaskClient) -> None:
    _first, code = decided(category_code="land.dispute", commune_code="", wanted_unit_code="04")
    enter(client, code)
    page = client.get("/follow/case").text
    assert "bằng đơn giấy gửi cơ quan cấp trên trực tiếp của Ủy ban nhân dân tỉnh Cao Bằng" in page
    refused = client.get("/follow/case/appeal")
    assert refused.status_code == 409 and "Cơ quan giải quyết lần hai không dùng trang này" in refused.text


def test_the_second_complaint_runs_by_its_own_clocks(client: FlaskClient) -> None:
    _first, code = decided()
    enter(client, code)
    client.post("/follow/case/appeal", data={"token": token_of(client), **WORDS})
    with writing():
        [second] = list(db.session.scalars(select(Case).where(Case.instance == 2)))
        clerk = factories.make_official(Role.CLERK, "04")
        actions.register(second, MONDAY.date(), actor(clerk), MONDAY)
        assert {row.stage for row in deadlines_of(second)} == {"classify_and_process", "acceptance_second"}
        db.session.commit()
    assert "trước hết thứ Năm, 26/11/2026" in client.get("/receipt").text
    assert Action.APPEAL not in {e.action for e in db.session.scalars(select(Event).where(Event.case_id == second.id))}
