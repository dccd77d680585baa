"""Cases of one sender that belong together open each other; nobody else's do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.cases import actions
from app.cases.family import family_of
from app.cases.models import Case
from app.extensions import db, writing
from app.rules.workflow import Kind, Role
from tests import factories
from tests.factories import MONDAY, actor
from tests.issued import appeal, decide
from tests.petitions.test_follow import enter, the


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.fixed(MONDAY + timedelta(hours=1)):
        yield


def split_twice() -> tuple[str, str, list[str]]:
    """A mixed letter and its two parts: reference and code of the letter, references of the parts."""
    with writing():
        case, clerk = factories.make_case(), factories.make_official(Role.CLERK)
        for title in ("Đèn đường tắt", "Trạm y tế đóng cửa"):
            part = actions.Part(Kind.FEEDBACK, title, "Như trong đơn.", "roads.lighting")
            actions.split(case, part, "Nội dung khác", actor(clerk), MONDAY)
        parts = [other.reference for other in family_of(case)]
        kept = case.reference, str(case.code), parts  # type: ignore[attr-defined]
        db.session.commit()
    return kept


def test_one_code_opens_every_part_of_a_letter_and_leads_back(client: FlaskClient) -> None:
    whole, code, (one, two) = split_twice()
    enter(client, code)
    page = client.get("/follow/case").text
    assert "Các việc liên quan" in page and "Đèn đường tắt" in page and "Trạm y tế đóng cửa" in page
    assert client.post(f"/follow/case/related/{one}").location == "/follow/case"
    page = client.get("/follow/case").text
    assert f"{one}" in page and "Đơn ban đầu" in page and two in page
    assert client.post(f"/follow/case/related/{whole}").status_code == 303
    assert "Đường vào xóm Lũng Đính sạt lở" in client.get("/follow/case").text


def test_both_instances_of_a_complaint_open_each_other(client: FlaskClient) -> None:
    with writing():
        first = factories.make_case(Kind.COMPLAINT)
        decide(first)
        second = appeal(first, title="Khiếu nại tiếp")
        kept, reference = str(first.code), second.reference  # type: ignore[attr-defined]
        db.session.commit()
    enter(client, kept)
    page = client.get("/follow/case").text
    assert "Khiếu nại tiếp" in page and "Quyết định có hiệu lực" not in page, "it is being looked at again"
    client.post(f"/follow/case/related/{reference}")
    assert "Khiếu nại lần đầu" in client.get("/follow/case").text


def test_another_reference_is_not_found_whether_it_exists_or_not(client: FlaskClient) -> None:
    _whole, code, _parts = split_twice()
    with writing():
        stranger = factories.make_case(title="Việc của người khác").reference
        db.session.commit()
    enter(client, code)
    for reference in (stranger, "PA-2026-999999", "x"):
        assert client.post(f"/follow/case/related/{reference}").status_code == 404
    assert "Đường vào xóm Lũng Đính sạt lở" in client.get("/follow/case").text, "still at the own case"


def test_a_duplicates_main_case_is_no_relative(client: FlaskClient) -> None:
    with writing():
        main, case = factories.make_case(name="Lý Văn Tài"), factories.make_case()
        actions.mark_duplicate(case, main, actor(factories.make_official(Role.CLERK)), MONDAY)
        code, reference = str(case.code), main.reference  # type: ignore[attr-defined]
        db.session.commit()
    enter(client, code)
    assert client.post(f"/follow/case/related/{reference}").status_code == 404


@pytest.mark.parametrize("other", [{"contact_name": "Lý Văn Tài"}, {"contact_phone": "0900 000 000",
                                   "contact_email": "", "contact_address": ""}])  # fmt: skip
def test_a_second_complaint_in_another_persons_name_is_not_opened(client: FlaskClient, other: dict[str, str]) -> None:
    with writing():
        first = factories.make_case(Kind.COMPLAINT)
        decide(first)
        second = appeal(first)
        for name, value in other.items():
            setattr(second, name, value)
        code, reference = str(first.code), second.reference  # type: ignore[attr-defined]
        db.session.commit()
    enter(client, code)
    assert "Các việc liên quan" not in client.get("/follow/case").text
    assert client.post(f"/follow/case/related/{reference}").status_code == 404


def test_a_denunciation_has_no_family_and_is_nobodys_relative(app: Flask) -> None:
    with writing():
        case, secret = factories.make_case(), factories.make_case()
        secret.kind, secret.split_from_id = str(Kind.DENUNCIATION), case.id
        db.session.flush()
        assert family_of(case) == [] and family_of(secret) == []
        db.session.rollback()


def test_going_from_case_to_case_does_not_keep_the_door_open_for_ever(client: FlaskClient) -> None:
    whole, code, (one, _two) = split_twice()
    enter(client, code)
    start = clock.now()
    for step in range(1, 45):
        with clock.fixed(start + timedelta(minutes=18 * step)):
            gone = client.post(f"/follow/case/related/{one if step % 2 else whole}").location
            if gone == "/follow":
                assert step * 18 > 12 * 60
                return
    raise AssertionError("twelve hours after the code was given it must be given again")


def test_what_was_held_for_one_case_is_not_sent_with_another(client: FlaskClient) -> None:
    from tests.attachments.samples import jpeg_with_everything
    from tests.petitions.walk import upload

    _whole, code, (one, _two) = split_twice()
    enter(client, code)
    client.post("/follow/case/reply", data={"text": "", "files": [upload(jpeg_with_everything(), "a.jpg"),
                                                                  upload(b"GIF89a....", "b.gif")]})  # fmt: skip
    client.post(f"/follow/case/related/{one}")
    client.post("/follow/case/reply", data={"text": "Lời khác"})
    found = db.session.query(Case).filter_by(reference=one).one()
    assert the(found.id).files_count == 0
