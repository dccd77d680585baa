"""A resident pre-registers a denunciation: nothing asks who they are, nothing stays, the letter is signed on paper."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from app.accounts.attempts import veiled
from app.accounts.models import Attempt
from app.cases.models import Case
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.units.models import Setting
from tests import factories
from tests.conftest import both_engines

from .walk import Walk

SHEET: dict[str, dict[str, str]] = {
    "law": {},
    "denounced": {"denounced_unit": "01447", "against": "Kế toán xã"},
    "deed": {"body": "Nhận tiền của các hộ.", "place": "Trụ sở xã", "known_on": "2026-10-12"},
    "category": {"category": "corruption.money"},
}
PAGES = ("law", "denounced", "deed", "category", "review")


def walk(client: FlaskClient) -> Walk:
    return Walk(client, "denunciation")


def counts() -> dict[str, int]:
    """Rows of every table."""
    tables = [table for table in db.metadata.tables if table != "search_index"]
    return {name: db.session.execute(text(f'select count(*) from "{name}"')).scalar_one() for name in tables}


def everything() -> str:
    """Every value of every table, as text."""
    found = []
    for name in db.metadata.tables:
        found += [str(tuple(row)) for row in db.session.execute(text(f'select * from "{name}"'))]
    return "\n".join(found)


@both_engines
def test_it_is_sent_in_five_pages_without_a_name(app: Flask) -> None:
    client = app.test_client()
    page = walk(client).to("review", SHEET).send()
    assert (page.status_code, page.headers["Location"]) == (303, "/receipt")
    case = db.session.scalars(select(Case)).one()
    assert (case.kind, case.title, case.status, case.unit.code) == ("denunciation", "Tố cáo", "received", "04")
    assert (case.denounced_unit.code, case.against, case.place) == ("01447", "Kế toán xã", "Trụ sở xã")
    assert [case.contact_name, case.contact_phone, case.contact_email, case.contact_address] == [""] * 4
    assert not case.is_public
    assert db.session.scalars(select(Notice).where(Notice.channel == "mail")).all() == []


def test_no_page_asks_who_writes_keeps_a_draft_or_tells_another_site(client: FlaskClient) -> None:
    sheet = walk(client)
    for step in PAGES:
        sheet.to(step, SHEET)
        page = sheet.page
        for name in ("name", "phone", "email", "address", "is_public", "files", "title"):
            assert f'name="{name}"' not in page.text, f"{step} asks for {name}"
        assert "draft.js" not in page.text and "data-draft" not in page.text
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert "http://" not in page.text.replace("http://www.w3.org", "") and "https://" not in page.text


CANARIES = {"name": "Canary Hoàng Yến", "phone": "0912000999", "email": "canary@example.vn", "address": "Xóm Canary",
            "title": "Canary title", "request": "Canary request", "latitude": "22.5", "longitude": "106.5",
            "commune": "01447", "is_public": "yes", "unit_choice": "here"}  # fmt: skip


def test_what_is_typed_into_fields_of_other_forms_is_never_stored_or_sent_back(client: FlaskClient) -> None:
    sheet = walk(client)
    for step in PAGES[:-1]:
        sheet.press(**{**SHEET[step], **CANARIES})
        for words in ("Canary", "0912000999", "canary@"):
            assert words not in sheet.page.text
    photo = (io.BytesIO(b"\xff\xd8\xff canary"), "canary.jpg")
    data = {**sheet.fields, **CANARIES, "go": "send", "agree": "y", "files": photo}
    assert client.post(sheet.url, data=data, content_type="multipart/form-data").status_code == 303
    kept = everything()
    for words in ("Canary", "0912000999", "canary", "22.5"):
        assert words not in kept
    case = db.session.scalars(select(Case)).one()
    assert (case.files_count, case.commune_id, case.latitude) == (0, None, None)


@pytest.mark.parametrize("code", ["04", "so-y-te"])
@pytest.mark.parametrize("late", [False, True])
def test_where_only_the_centre_may_decide_nothing_at_all_is_saved(client: FlaskClient, code: str, late: bool) -> None:
    with writing():
        db.session.add(Setting(key="inspectorate_unit", value="so-y-te"))
        db.session.commit()
    before = counts()
    if late:
        sheet = walk(client).to("review", SHEET)
        page = client.post(sheet.url, data={**sheet.fields, "denounced_unit": code, "go": "send", "agree": "y"})
    else:
        page = walk(client).to("denounced", SHEET).press(denounced_unit=code, against="Canary giám đốc")
    assert page.status_code == 200
    assert "Ở đây không lưu gì" in page.text and "Thanh tra Chính phủ" in page.text
    assert "Canary" not in page.text and 'name="token"' not in page.text
    assert counts() == before


def test_words_that_name_the_writer_must_be_changed_or_meant(client: FlaskClient) -> None:
    sheet = walk(client)
    typed = {**SHEET, "deed": {**SHEET["deed"], "body": "Tôi tên là Nông Văn Thắng, SĐT: 0912 000 017."}}
    sheet.to("review", typed)
    assert "Tôi tên là Nông Văn Thắng" in sheet.page.text and "giống số điện thoại" in sheet.page.text
    assert sheet.send().status_code == 422
    assert db.session.scalars(select(Case)).all() == []
    assert sheet.press("to:deed").status_code == 200 and sheet.step == "deed"
    sheet.press(body="Nhận tiền của các hộ.")
    assert "giống số điện thoại" not in sheet.page.text
    assert sheet.send().status_code == 303


def test_words_that_name_the_writer_go_when_that_was_seen_and_meant(client: FlaskClient) -> None:
    typed = {**SHEET, "deed": {**SHEET["deed"], "body": "Tôi tên là Nông Văn Thắng."}}
    sheet = walk(client).to("review", typed)
    assert sheet.press("send", agree="y", anyway="y").status_code == 303


def test_neither_the_second_nor_the_network_is_kept(client: FlaskClient) -> None:
    client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    walk(client).to("review", SHEET).send()
    case, event = db.session.scalars(select(Case)).one(), db.session.scalars(select(Event)).one()
    attempt = db.session.scalars(select(Attempt)).one()
    for moment in (case.submitted_at, event.at, attempt.at):
        assert (moment.minute, moment.second, moment.microsecond) == (0, 0, 0)
    assert "203.0.113" not in everything()


def test_a_network_has_another_name_every_day(app: Flask) -> None:
    names = {veiled("203.0.113.77", factories.MONDAY + timedelta(days=day)) for day in range(3)}
    assert len(names) == 3
    assert veiled("203.0.113.77", factories.MONDAY + timedelta(hours=3)) in names


def test_sending_twice_makes_one_and_too_many_are_told_to_wait(app: Flask, client: FlaskClient) -> None:
    sheet = walk(client).to("review", SHEET)
    fields = {**sheet.fields, "go": "send", "agree": "y"}
    assert [client.post(sheet.url, data=fields).status_code for _ in range(2)] == [303, 303]
    assert len(db.session.scalars(select(Case)).all()) == 1
    app.config["SUBMISSIONS_PER_HOUR"] = 1
    page = walk(client).to("review", SHEET).send()
    assert page.status_code == 429 and "Nội dung còn nguyên" in page.text


def test_the_receipt_gives_code_and_letter_and_says_where_to_bring_it(client: FlaskClient) -> None:
    walk(client).to("review", SHEET).send()
    page = client.get("/receipt")
    assert page.status_code == 200 and page.headers["Referrer-Policy"] == "no-referrer"
    assert "Kế toán xã" not in page.text and "Nhận tiền" not in page.text and "Trùng Khánh" not in page.text
    assert "Ủy ban nhân dân tỉnh Cao Bằng" in page.text and "draft.js" not in page.text
    letter = client.get("/receipt/letter.pdf")
    assert letter.status_code == 200 and letter.data.startswith(b"%PDF")
    assert letter.headers["Content-Disposition"] == 'attachment; filename="don.pdf"'
    receipt = client.get("/receipt.pdf")
    assert receipt.status_code == 200 and "TC-" not in receipt.headers["Content-Disposition"]
    assert client.get("/receipt.svg").status_code == 200


def test_the_blank_letter_is_for_everybody(client: FlaskClient) -> None:
    letter = client.get("/submit/denunciation/letter.pdf")
    assert letter.status_code == 200 and letter.data.startswith(b"%PDF")
    assert letter.headers["Referrer-Policy"] == "no-referrer"


STATES = [("received", "Đã tiếp nhận"), ("assigned", "Đang xử lý"), ("verifying", "Đang xử lý"),
          ("suspended", "Đang xử lý"), ("answered", "Đã kết thúc"), ("enforcing", "Đã kết thúc"),
          ("closed", "Đã kết thúc"), ("archived", "Đã kết thúc")]  # fmt: skip


@pytest.mark.parametrize(("status", "words"), STATES)
def test_the_code_opens_one_of_three_words_and_nothing_else(client: FlaskClient, status: str, words: str) -> None:
    with writing():
        case = factories.make_denunciation(body="Canary nội dung", against="Canary người", place="Canary chỗ")
        case.status = status
        db.session.commit()
        code = case.code  # type: ignore[attr-defined]
    page = client.post("/follow", data={"code": code}, follow_redirects=True)
    assert page.status_code == 200
    current = page.text.split('aria-current="step"')[1].split("</li>")[0]
    assert words in current
    for hidden in ("Canary", "Trùng Khánh", case.reference, "Tham ô", "/follow/case/"):
        assert hidden not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"


DOORS: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/follow/case/reply", {"text": "Canary nói thêm"}), ("POST", "/follow/case/rate", {"level": "5"}),
    ("POST", "/follow/case/reopen", {"reason": "Canary"}), ("POST", "/follow/case/withdraw", {"reason": "Canary"}),
    ("GET", "/follow/case/withdraw", {}), ("GET", "/follow/case/letter.pdf", {}), ("GET", "/follow/files/x", {}),
    ("GET", "/follow/documents/x", {}), ("POST", "/follow/case/reply", {"remove": "x"}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "url", "typed"), DOORS)
def test_with_the_code_nothing_more_can_be_done_online(
    client: FlaskClient, method: str, url: str, typed: dict[str, Any]
) -> None:
    with writing():
        case = factories.make_denunciation()
        db.session.commit()
        factories.open_case(client, case)
    before, version = counts(), case.version
    data = {**typed, "files": (io.BytesIO(b"\xff\xd8\xff"), "a.jpg")} if url.endswith("reply") else typed
    page = client.open(url, method=method, data=data if method == "POST" else None)
    assert page.status_code == 404
    assert counts() == before
    db.session.expire_all()
    assert case.version == version
