"""The resident's own case: opened by its code, answered, judged, reopened, taken back; and by nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.attachments.models import Attachment
from app.cases import actions, links
from app.cases.models import Case, FollowLink
from app.cases.receipts import spelled
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.rules.workflow import Kind, Role
from tests import factories
from tests.attachments.samples import jpeg_with_everything
from tests.factories import MONDAY
from tests.petitions.counted import statements
from tests.petitions.walk import upload


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.fixed(MONDAY + timedelta(hours=1)):
        yield


def make(kind: Kind = Kind.FEEDBACK, **more: Any) -> tuple[int, str]:
    """A case and its code."""
    with writing():
        case = factories.make_case(kind, **more)
        kept = case.id, str(case.code)  # type: ignore[attr-defined]
        db.session.commit()
    return kept


def staffed() -> tuple[Any, Any, Any]:
    with writing():
        people = factories.staff()
        db.session.commit()
    return people


def the(case_id: int) -> Case:
    db.session.rollback()
    db.session.expire_all()
    case = db.session.get(Case, case_id)
    assert case is not None
    return case


def enter(client: FlaskClient, code: str) -> Any:
    return client.post("/follow", data={"code": code})


def asked(case_id: int) -> tuple[Any, Any, Any]:
    """The case waits for its resident."""
    clerk, officer, head = staffed()
    with writing():
        case = the(case_id)
        factories.assign(case, officer, head)
        actions.ask(case, "Đoạn sạt dài bao nhiêu mét?", factories.actor(officer), MONDAY)
        db.session.commit()
    return clerk, officer, head


def answered(case_id: int) -> tuple[Any, Any, Any]:
    """The case has its signed answer."""
    clerk, officer, head = staffed()
    with writing():
        factories.answer(the(case_id), officer, head, MONDAY)
        db.session.commit()
    return clerk, officer, head


@pytest.mark.parametrize("spelling", [str, str.lower, spelled, lambda code: " ".join(code)])
def test_the_code_opens_the_case_however_it_is_spelled(client: FlaskClient, spelling: Any) -> None:
    _case, code = make()
    assert enter(client, spelling(code)).status_code == 303
    page = client.get("/follow/case")
    assert "Đường vào xóm Lũng Đính sạt lở" in page.text
    assert code not in page.text and spelled(code) not in page.text


def without_tokens(page: str) -> str:
    """A page without its form's token, which is another every second."""
    return re.sub(r'name="csrf_token"[^>]*', "", page)


def test_wrong_codes_all_get_the_same_page(client: FlaskClient) -> None:
    make()
    wrong = ("0000000000000000", "ZZZZZZZZZZZZZZZZ", "123")
    pages = {without_tokens(enter(client, code).text.replace(code, "")) for code in wrong}
    assert len(pages) == 1
    assert enter(client, "PA-2026-000001").status_code == 422, "the reference opens nothing"


def test_the_door_stays_shut_after_ten_wrong_codes_in_a_minute(client: FlaskClient) -> None:
    _case, code = make()
    for _try in range(10):
        assert enter(client, "0000000000000000").status_code == 422
    shut = enter(client, code)
    assert shut.status_code == 429
    assert int(shut.headers["Retry-After"]) <= 61
    with clock.fixed(clock.now() + timedelta(seconds=62)):
        assert enter(client, code).status_code == 303


def test_without_a_code_there_is_only_the_door(client: FlaskClient) -> None:
    for path in ("/follow/case", "/follow/case/withdraw", "/follow/files/x", "/follow/documents/x"):
        assert client.get(path).location == "/follow"


def test_twenty_idle_minutes_close_the_case(client: FlaskClient) -> None:
    _case, code = make()
    enter(client, code)
    with clock.fixed(clock.now() + timedelta(minutes=19)):
        assert client.get("/follow/case").status_code == 200
    with clock.fixed(clock.now() + timedelta(minutes=40)):
        assert client.get("/follow/case").location == "/follow"


def test_leaving_clears_the_browser(client: FlaskClient) -> None:
    _case, code = make()
    enter(client, code)
    left = client.post("/follow/leave")
    assert "storage" in left.headers["Clear-Site-Data"]
    assert client.get("/follow/case").location == "/follow"


def test_a_question_is_answered_with_words_and_files(client: FlaskClient) -> None:
    case_id, code = make()
    asked(case_id)
    enter(client, code)
    page = client.get("/follow/case")
    assert "Đoạn sạt dài bao nhiêu mét?" in page.text
    assert "Trả lời trước hết thứ Ba, 01/12/2026" in page.text
    sent = client.post("/follow/case/reply", data={"text": "Hai mươi mét.",
                                                   "files": upload(jpeg_with_everything(), "sat-lo.jpg")})  # fmt: skip
    assert sent.status_code == 303
    case = the(case_id)
    assert (case.status, case.asked_at, case.files_count) == ("assigned", None, 1)
    page = client.get("/follow/case")
    assert "Hai mươi mét." in page.text and "sat-lo.jpg" in page.text


def test_a_refused_file_keeps_the_words_and_the_good_files(client: FlaskClient) -> None:
    case_id, code = make()
    asked(case_id)
    enter(client, code)
    files = [upload(jpeg_with_everything(), "tot.jpg"), upload(b"GIF89a....", "xau.gif")]
    page = client.post("/follow/case/reply", data={"text": "Hai mươi mét.", "files": files})
    assert page.status_code == 422
    assert "xau.gif" in page.text and "Hai mươi mét." in page.text and "tot.jpg" in page.text
    assert the(case_id).status == "waiting"
    sent = client.post("/follow/case/reply", data={"text": "Hai mươi mét."})
    assert sent.status_code == 303
    assert the(case_id).files_count == 1


def test_a_message_without_words_says_that_files_came(client: FlaskClient) -> None:
    _case_id, code = make()
    enter(client, code)
    assert client.post("/follow/case/reply", data={"text": " "}).status_code == 422
    client.post("/follow/case/reply", data={"text": "", "files": upload(jpeg_with_everything(), "a.jpg")})
    assert "Gửi kèm 1 tệp." in client.get("/follow/case").text


def test_a_held_file_can_be_taken_out_of_the_message(client: FlaskClient) -> None:
    case_id, code = make()
    enter(client, code)
    files = [upload(jpeg_with_everything(), "tot.jpg"), upload(b"GIF89a....", "xau.gif")]
    client.post("/follow/case/reply", data={"text": "x", "files": files})
    held = db.session.scalars(select(Attachment)).one()
    page = client.post("/follow/case/reply", data={"text": "Giữ chữ này", "remove": held.public_id})
    assert "Giữ chữ này" in page.text and "tot.jpg" not in page.text
    assert the(case_id).files_count == 0


def test_files_are_handed_out_only_to_the_case_they_belong_to(app: Flask, client: FlaskClient) -> None:
    _case_id, code = make()
    enter(client, code)
    client.post("/follow/case/reply", data={"text": "x", "files": upload(jpeg_with_everything(), "ảnh.jpg")})
    url = "/follow/files/" + db.session.scalars(select(Attachment)).one().public_id
    file = client.get(url)
    assert file.status_code == 200
    assert file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert file.headers["Cache-Control"] == "no-store"
    _other, other_code = make(title="Việc khác")
    stranger = app.test_client()
    enter(stranger, other_code)
    assert stranger.get(url).status_code == 404
    assert stranger.get("/follow/files/0123456789").status_code == 404


def test_the_answer_stands_first_with_its_signature_and_paper(client: FlaskClient) -> None:
    case_id, code = make()
    _clerk, _officer, head = answered(case_id)
    enter(client, code)
    page = client.get("/follow/case").text
    assert page.index("Đã dọn xong đất đá.") < page.index("Mọi việc đã diễn ra")
    assert f"Đã ký: {head.name}" in page
    assert "Đã có câu trả lời, đúng hạn." in page
    paper = client.get(page.split('href="/follow/documents/')[1].split('"')[0].join(["/follow/documents/", ""]))
    assert paper.data.startswith(b"%PDF")


def test_one_tap_is_a_rating_and_the_reasons_come_after_it(client: FlaskClient) -> None:
    case_id, code = make()
    answered(case_id)
    enter(client, code)
    assert client.post("/follow/case/rate", data={"level": "2"}).status_code == 303
    assert the(case_id).rating_level == 2
    page = client.get("/follow/case").text
    assert "Cảm ơn. Đã ghi: chưa hài lòng" in page
    client.post("/follow/case/rate", data={"level": "2", "reasons": ["vague", "nonsense"], "text": "Chung chung quá"})
    rated = db.session.scalars(select(Event).where(Event.action == "rate").order_by(Event.seq.desc())).first()
    assert rated is not None and rated.facts == {
        "level": 2, "reasons": ["vague"], "text": "Chung chung quá", "answer": 1, "is_counted": True,
    }  # fmt: skip
    assert "Chung chung quá" in client.get("/follow/case").text


def test_nothing_to_rate_before_the_answer(client: FlaskClient) -> None:
    case_id, code = make()
    enter(client, code)
    assert client.post("/follow/case/rate", data={"level": "5"}).status_code == 409
    assert the(case_id).rating_level is None


def test_not_solved_reopens_within_the_window_and_not_after_it(client: FlaskClient) -> None:
    case_id, code = make()
    answered(case_id)
    enter(client, code)
    assert "Mở lại được đến hết ngày 01/12/2026" in client.get("/follow/case").text
    assert client.post("/follow/case/reopen", data={"reason": " "}).status_code == 422
    assert client.post("/follow/case/reopen", data={"reason": "Mới dọn một nửa"}).status_code == 303
    assert the(case_id).status == "assigned"
    page = client.get("/follow/case").text
    assert "Đã dọn xong đất đá." in page, "the first answer is still to be read"

    late_id, late_code = make(title="Việc thứ hai")
    answered(late_id)
    with clock.fixed(MONDAY + timedelta(days=16)):
        enter(client, late_code)
        assert "Mở lại được" not in client.get("/follow/case").text
        assert client.post("/follow/case/reopen", data={"reason": "Muộn rồi"}).status_code == 409
    assert the(late_id).status == "answered"


def test_withdrawing_asks_once_more(client: FlaskClient) -> None:
    case_id, code = make()
    enter(client, code)
    assert "Rút đơn này?" in client.get("/follow/case/withdraw").text
    assert the(case_id).status == "received"
    assert client.post("/follow/case/withdraw", data={"reason": "Đã xong"}).status_code == 303
    case = the(case_id)
    assert (case.status, case.outcome) == ("closed", "withdrawn")
    assert client.get("/follow/case/withdraw").status_code == 409


def test_a_duplicate_follows_the_first_case_and_both_codes_stay_alive(client: FlaskClient) -> None:
    first_id, first_code = make()
    second_id, second_code = make(title="Cùng chỗ sạt đó", name="Lý Văn Tài", phone="", email="")
    clerk, officer, head = staffed()
    with writing():
        case = the(first_id)
        second = db.session.get_one(Case, second_id)
        actions.mark_duplicate(second, case, factories.actor(clerk), MONDAY)
        factories.assign(case, officer, head)
        actions.propose(
            case, "Kính gửi Nông Thị Sen, 0912 000 017: đã dọn.", "resolved", factories.actor(officer), MONDAY
        )
        actions.approve(case, factories.actor(head), MONDAY)
        db.session.commit()
    enter(client, first_code)
    assert "Kính gửi Nông Thị Sen" in client.get("/follow/case").text
    enter(client, second_code)
    page = client.get("/follow/case").text
    assert "Việc này đã có người gửi trước" in page and the(first_id).reference in page
    assert "đã dọn." in page
    assert "Nông Thị Sen" not in page and "0912 000 017" not in page, "who sent the first is nobody's business"


def test_notes_drafts_and_officials_names_are_not_for_residents(client: FlaskClient) -> None:
    case_id, code = make()
    clerk, officer, head = staffed()
    with writing():
        case = the(case_id)
        factories.assign(case, officer, head)
        actions.note(case, "GHI-CHÚ-KÍN", factories.actor(clerk), MONDAY)
        actions.draft(case, "DỰ-THẢO-KÍN", "", factories.actor(officer), MONDAY)
        db.session.commit()
    enter(client, code)
    page = client.get("/follow/case").text
    for hidden in ("GHI-CHÚ-KÍN", "DỰ-THẢO-KÍN", officer.name, clerk.name, head.name):
        assert hidden not in page


def test_a_link_from_a_mail_opens_once_and_looking_does_not_use_it_up(app: Flask, client: FlaskClient) -> None:
    case_id, _code = make(email="sen@example.vn")
    secret = app.config["SECRET_KEY"]
    with writing():
        [event] = links.send_links("SEN@example.vn".lower(), clock.now(), secret)
        key = links.link_key(event.seq, secret)
        db.session.commit()
    for _look in range(3):
        assert "Mở việc của tôi" in client.get(f"/link/{key}").text
    assert client.post(f"/link/{key}").location == "/follow/case"
    assert client.get("/follow/case").status_code == 200
    assert the(case_id).id == case_id
    assert client.post(f"/link/{key}").status_code == 410
    assert client.get(f"/link/{key}").status_code == 410


def test_a_link_is_good_for_seven_days_and_kept_only_as_a_hash(app: Flask, client: FlaskClient) -> None:
    make()
    secret = app.config["SECRET_KEY"]
    with writing():
        [event] = links.send_links("sen@example.vn", clock.now(), secret)
        key = links.link_key(event.seq, secret)
        assert links.make_link(int(event.case_id or 0), event.seq, clock.now(), secret) == key, "a mail sent twice"
        db.session.commit()
    assert [key] != list(db.session.scalars(select(FollowLink.key_hash)))
    with clock.fixed(clock.now() + timedelta(days=7)):
        assert client.get(f"/link/{key}").status_code == 410


def test_a_lost_code_gets_the_same_answer_for_known_and_unknown_addresses(client: FlaskClient) -> None:
    make()
    known = client.post("/follow/lost", data={"email": "sen@example.vn"})
    unknown = client.post("/follow/lost", data={"email": "ai@example.vn"})
    pages = (known.text.replace("sen@example.vn", ""), unknown.text.replace("ai@example.vn", ""))
    assert without_tokens(pages[0]) == without_tokens(pages[1])
    sent = list(db.session.scalars(select(Notice).where(Notice.action == "link_sent")))
    assert [(notice.channel, notice.role) for notice in sent] == [("mail", str(Role.RESIDENT))]


def test_the_receipt_is_shown_for_a_day_and_only_in_the_browser_that_sent(app: Flask, client: FlaskClient) -> None:
    from tests.petitions.walk import Walk

    Walk(client).to("review").send()
    assert client.get("/receipt").status_code == 200
    assert client.get("/receipt.svg").mimetype == "image/svg+xml"
    stranger = app.test_client()
    assert stranger.get("/receipt").location == "/follow"
    for path in ("/receipt.pdf", "/receipt.svg", "/receipt/letter.pdf"):
        assert stranger.get(path).status_code == 404
    assert client.get("/receipt/letter.pdf").status_code == 404, "feedback needs no letter"
    with clock.fixed(clock.now() + timedelta(hours=24)):
        assert client.get("/receipt").location == "/follow"


@pytest.mark.parametrize(
    "where", ["//evil.example", "/\\evil.example", "https:evil", "https://evil.example", "\t//evil", ""]
)
def test_the_language_switch_stays_on_this_site(client: FlaskClient, where: str) -> None:
    assert client.post("/language", data={"lang": "en", "next": where}).location == "/"


def test_the_language_switch_keeps_the_page(client: FlaskClient) -> None:
    switched = client.post("/language", data={"lang": "en", "next": "/submit?x=1"})
    assert switched.location == "/submit?x=1"
    assert '<html lang="en">' in client.get("/submit").text
    client.post("/language", data={"lang": "xx", "next": "/submit"})
    assert '<html lang="en">' in client.get("/submit").text


@pytest.mark.parametrize("state", [lambda _case_id: None, asked, answered], ids=["open", "asked", "answered"])
def test_the_follow_page_asks_the_database_at_most_eleven_times(app: Flask, client: FlaskClient, state: Any) -> None:
    case_id, code = make()
    state(case_id)
    enter(client, code)
    if state is asked:
        client.post("/follow/case/reply", data={"text": "x", "files": upload(jpeg_with_everything(), "a.jpg")})
    db.session.rollback()
    db.session.expunge_all()
    assert statements(app, lambda: client.get("/follow/case")) <= 11
