"""The guided form without JavaScript: one thing per page, nothing lost on the way, sent once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.attachments.models import Attachment
from app.cases.models import Case
from app.cases.receipts import code_of, hashed
from app.extensions import db
from app.journal.models import Event, Notice
from tests.attachments.samples import jpeg_with_everything
from tests.conftest import both_engines
from tests.factories import MONDAY
from tests.petitions.counted import statements
from tests.petitions.walk import COMPLAINT, FEEDBACK, Walk, sheet_form, upload


def cases() -> list[Case]:
    db.session.rollback()
    return list(db.session.scalars(select(Case).order_by(Case.id)))


def test_a_petition_is_filed_without_javascript_or_account(client: FlaskClient) -> None:
    with clock.fixed(MONDAY):
        page = Walk(client).to("review").send()
        assert page.status_code == 303
        receipt = client.get(page.location)
    [case] = cases()
    assert (case.kind, case.channel, case.category.code) == ("feedback", "web", "roads.surface")
    assert case.commune is not None and case.commune.code == "01447"
    assert (case.contact_name, case.contact_email, case.is_public) == ("Nông Thị Sen", "sen@example.vn", True)
    assert case.reference in receipt.text
    assert "23/11/2026" in receipt.text, "five working days from Monday the 16th"


def test_a_complaint_is_written_down_and_waits_for_its_signed_original(client: FlaskClient) -> None:
    with clock.fixed(MONDAY):
        walk = Walk(client, "complaint").to("review", COMPLAINT)
        assert "Thời hạn bắt đầu khi bản gốc có chữ ký được vào sổ." in walk.page.text
        receipt = client.get(walk.send().location)
    [case] = cases()
    assert (case.against, str(case.known_on), case.due_on) == ("Quyết định số 12/QĐ-UBND", "2026-11-02", None)
    assert "/receipt/letter.pdf" in receipt.text


def test_the_due_date_is_shown_before_sending(client: FlaskClient) -> None:
    with clock.fixed(MONDAY):
        page = Walk(client).to("review").page
    assert "Nếu gửi hôm nay, hạn trả lời là thứ Hai, 23/11/2026." in page.text
    assert "5 ngày làm việc, không tính thứ Bảy và Chủ nhật." in page.text


def test_going_back_loses_nothing(client: FlaskClient) -> None:
    walk = Walk(client).to("you")
    walk.press("back", name="Nông Thị", phone="09", email="", is_public="no")
    assert walk.step == "files"
    for step in ("unit", "where", "category", "what"):
        walk.press("back")
        assert walk.step == step
    assert walk.fields["body"] == FEEDBACK["what"]["body"]
    for _page in range(5):
        walk.press()
    assert walk.step == "you"
    assert (walk.fields["name"], walk.fields["phone"], walk.fields["is_public"]) == ("Nông Thị", "09", "no")


def test_change_opens_one_page_and_comes_back_to_the_review(client: FlaskClient) -> None:
    walk = Walk(client).to("review")
    walk.press("to:what")
    assert walk.step == "what"
    walk.press(title="Tên khác")
    assert walk.step == "review"
    assert "Tên khác" in walk.page.text
    walk.press("to:where")
    walk.press("back", commune="01273")
    assert walk.step == "review", "back from a change is the review, too"


def test_line_breaks_and_diacritics_travel_unharmed(client: FlaskClient) -> None:
    text = "\nDòng một <b>&amp;\n\nDòng hai “ngoặc”  ~ đ\u0323"
    walk = Walk(client)
    walk.press(body=text, title="Ễ Ặ")
    walk.to("review")
    walk.send()
    assert cases()[0].body == "Dòng một <b>&amp;\n\nDòng hai “ngoặc”  ~ đ\u0323"


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("what", {"body": " ", "title": "Tên"}, "Kể chuyện gì đã xảy ra."),
        ("what", {"body": "Chuyện", "title": "x" * 151}, "Thừa 1 chữ cái, rút bớt giúp."),
        ("category", {}, "Mở một nhóm rồi chọn lĩnh vực gần nhất."),
        ("category", {"category": "nothing.known"}, "Mở một nhóm rồi chọn lĩnh vực gần nhất."),
        ("where", {"commune": ""}, "Chọn xã hoặc phường nơi xảy ra việc."),
        ("unit", {"unit_choice": "other", "wanted_unit": ""}, "Chọn đơn vị trong danh sách, hoặc chọn Chưa biết."),
        ("you", {**FEEDBACK["you"], "name": ""}, "Ghi họ và tên, để cán bộ biết xưng hô khi trả lời."),
        ("you", {**FEEDBACK["you"], "phone": "0912 000"}, "Số này có 7 chữ số, cần 10. Kiểm tra lại giúp."),
        ("you", {**FEEDBACK["you"], "email": "sen@"}, "Địa chỉ thư chưa đúng"),
        ("you", {"name": "Sen"}, "Chọn có hoặc không công khai."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(
    client: FlaskClient, step: str, typed: dict[str, str], said: str
) -> None:
    walk = Walk(client).to(step)
    before = {name: value for name, value in walk.fields.items() if name not in FEEDBACK[step]}
    page = walk.press(**typed)
    assert page.status_code == 422
    assert said in page.text
    assert "<title>Lỗi:" in page.text
    assert walk.step == step
    for name, value in {**before, **typed}.items():
        assert walk.fields.get(name, "") == value or name == "category", name


def test_a_complaint_needs_what_the_law_asks(client: FlaskClient) -> None:
    walk = Walk(client, "complaint").to("against", COMPLAINT)
    with clock.fixed(MONDAY):
        page = walk.press(against="", known_on="2026-11-17", request="")
    for said in ("Ghi quyết định hoặc việc làm bị khiếu nại.", "Ngày này chưa đến.", "Ghi điều ông/bà yêu cầu."):
        assert said in page.text
    walk.press(**{**COMPLAINT["against"], "known_on": "hôm kia"})
    assert "Ghi ngày, tháng, năm, ví dụ 02/11/2026." in walk.page.text
    walk.press(**{**COMPLAINT["against"], "known_on": "02/11/2026"})
    assert walk.step == "category"
    walk.to("you", COMPLAINT).press(**FEEDBACK["you"])
    assert "Ghi địa chỉ." in walk.page.text


def test_a_complaint_after_ninety_days_is_warned_and_taken(client: FlaskClient) -> None:
    late = {**COMPLAINT, "against": {**COMPLAINT["against"], "known_on": "2026-08-01"}}
    with clock.fixed(MONDAY):
        walk = Walk(client, "complaint").to("review", late)
        assert "Đã quá 90 ngày kể từ ngày biết." in walk.page.text
        assert walk.send().status_code == 303


def test_nothing_is_sent_without_the_statement(client: FlaskClient) -> None:
    walk = Walk(client).to("review")
    assert walk.press("send").status_code == 422
    assert cases() == []


def test_a_skipped_page_is_opened_before_anything_is_sent(client: FlaskClient) -> None:
    walk = Walk(client)
    typed = {"step": "review", "go": "send", "agree": "y", "title": "Tên", "body": "Chuyện"}
    walk.page = client.post(walk.url, data={**sheet_form(walk.page).fields, **typed})
    assert (walk.page.status_code, walk.step) == (422, "category")
    assert cases() == []


def test_an_old_form_shows_what_was_typed_with_a_fresh_token(client: FlaskClient) -> None:
    with clock.fixed(MONDAY):
        walk = Walk(client).to("review")
        old = walk.fields["token"]
    with clock.fixed(MONDAY + timedelta(hours=24)):
        page = walk.send()
        assert page.status_code == 400
        assert "Trang này mở đã lâu nên vừa được làm mới." in page.text
        assert walk.fields["token"] != old
        assert walk.fields["body"] == FEEDBACK["what"]["body"]
        assert walk.send().status_code == 303
    assert len(cases()) == 1


def test_a_form_of_another_browser_sends_nothing(app: Flask, client: FlaskClient) -> None:
    walk = Walk(client).to("review")
    walk.client = app.test_client()
    assert walk.send().status_code == 400
    assert cases() == []
    assert walk.send().status_code == 303, "the fresh token belongs to the browser that has it now"


@pytest.mark.parametrize("token", ["", "x", "WyJhIiwiYiIsMV0.forged"])
def test_a_forged_token_sends_nothing(client: FlaskClient, token: str) -> None:
    walk = Walk(client).to("review")
    walk.page = client.post(walk.url, data={**walk.fields, "token": token, "go": "send", "agree": "y"})
    assert walk.page.status_code == 400
    assert cases() == []


@both_engines
def test_twenty_parallel_sendings_make_one_case_and_one_receipt(app: Flask) -> None:
    client = app.test_client()
    with clock.fixed(MONDAY):
        walk = Walk(client).to("files")
        walk.press("upload", files=upload(jpeg_with_everything(), "sat-lo.jpg"))
        walk.to("review")
        fields = {**sheet_form(walk.page, "send").fields, "go": "send", "agree": "y"}
        cookie = client.get_cookie("gan-dan")
        assert cookie is not None
        answers: list[tuple[int, str]] = []

        def press() -> None:
            browser = app.test_client()
            browser.set_cookie("gan-dan", cookie.value)
            sent = browser.post(walk.url, data=fields)
            answers.append((sent.status_code, browser.get("/receipt").text if sent.status_code == 303 else sent.text))

        threads = [threading.Thread(target=press) for _n in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [status for status, _page in answers] == [303] * 20
    [case] = cases()
    code = answers[0][1].split('id="receipt-code"')[1][:200]
    assert all(code in page for _status, page in answers)
    assert case.files_count == db.session.scalar(select(func.count()).select_from(Attachment)) == 1
    assert db.session.scalar(select(func.count()).select_from(Event).where(Event.action == "submit")) == 1
    assert db.session.scalar(select(func.count()).select_from(Notice).where(Notice.channel == "mail")) == 1


def test_the_code_is_kept_only_as_a_hash(app: Flask, client: FlaskClient) -> None:
    Walk(client).to("review").send()
    with client.session_transaction() as session:
        code = code_of(session["receipt"]["token"], app.config["SECRET_KEY"])
    assert cases()[0].code_hash == hashed(code)


def test_the_same_form_with_other_words_is_not_a_second_case(client: FlaskClient) -> None:
    walk = Walk(client).to("review")
    fields = sheet_form(walk.page, "send").fields
    walk.send()
    page = client.post(walk.url, data={**fields, "title": "Việc khác", "go": "send", "agree": "y"})
    assert page.status_code == 422
    assert "Biểu mẫu này đã gửi một lần" in page.text
    assert len(cases()) == 1
    walk.page = page
    assert walk.send().status_code == 303, "pressed again it is a case of its own"
    assert len(cases()) == 2


def test_too_many_sendings_from_one_network_wait_with_everything_typed(app: Flask, client: FlaskClient) -> None:
    app.config["SUBMISSIONS_PER_HOUR"] = 2
    for _n in range(2):
        assert Walk(client).to("review").send().status_code == 303
    walk = Walk(client).to("review")
    page = walk.send()
    assert page.status_code == 429
    assert page.headers["Retry-After"]
    assert FEEDBACK["what"]["body"] in page.text
    assert len(cases()) == 2


def test_five_at_once_then_one_every_two_minutes_and_a_village_waits_minutes_not_an_hour(client: FlaskClient) -> None:
    for _n in range(5):
        with clock.fixed(MONDAY):
            assert Walk(client).to("review").send().status_code == 303
    walk = Walk(client).to("review")
    with clock.fixed(MONDAY + timedelta(seconds=1)):
        page = walk.send()
    assert (page.status_code, page.headers["Retry-After"]) == (429, "119")
    assert "đợi 2 phút rồi bấm Gửi lại" in page.text and FEEDBACK["what"]["body"] in page.text
    with clock.fixed(MONDAY + timedelta(seconds=120)):
        assert walk.send().status_code == 303, "what was typed is sent by pressing again"
        assert Walk(client).to("review").send().status_code == 429
    with clock.fixed(MONDAY + timedelta(minutes=30)):
        answers = [Walk(client).to("review").send().status_code for _n in range(6)]
    assert answers == [303] * 5 + [429], "the bucket is full again, and never fuller"


def same_as(case: Case) -> str:
    event = db.session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.seq)).first()
    return str(event.facts.get("same_as", "")) if event else ""


def test_the_same_text_from_the_same_network_is_taken_and_marked_for_ten_minutes(client: FlaskClient) -> None:
    for minutes in (0, 9, 20):
        with clock.fixed(MONDAY + timedelta(minutes=minutes)):
            assert Walk(client).to("review").send().status_code == 303
    first, second, third = cases()
    assert [same_as(case) for case in (first, second, third)] == ["", first.reference, ""]


def test_another_text_or_another_network_is_not_marked(app: Flask, client: FlaskClient) -> None:
    other = {**FEEDBACK, "what": {"body": "Cột điện nghiêng ra đường.", "title": "Cột điện nghiêng"}}
    far = app.test_client()
    far.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    with clock.fixed(MONDAY):
        assert Walk(client).to("review").send().status_code == 303
        assert Walk(client).to("review", other).send().status_code == 303
        assert Walk(far).to("review").send().status_code == 303
    assert [same_as(case) for case in cases()] == ["", "", ""]
    with db.engine.connect() as connection:
        kept = " ".join(str(row) for row in connection.exec_driver_sql("SELECT door, who FROM attempt"))
    assert "127.0.0.1" not in kept and "203.0.113.9" not in kept and "Lũng" not in kept


def test_nothing_binds_the_text_of_a_denunciation_to_a_network(client: FlaskClient) -> None:
    from tests.petitions.test_denunciation import SHEET, walk

    walk(client).to("review", SHEET).send()
    with db.engine.connect() as connection:
        doors = [row[0] for row in connection.exec_driver_sql("SELECT door FROM attempt")]
    assert doors == ["submit"]


def test_the_wanted_unit_gets_the_petition(client: FlaskClient) -> None:
    walk = Walk(client).to("unit")
    walk.press(unit_choice="other", wanted_unit="so-xay-dung")
    walk.to("review").send()
    assert cases()[0].unit.code == "so-xay-dung"


def test_the_commune_itself_can_be_named_and_a_matter_of_the_whole_province_too(client: FlaskClient) -> None:
    walk = Walk(client).to("unit")
    assert "Ủy ban nhân dân xã Trùng Khánh" in walk.page.text
    walk.press(unit_choice="here")
    walk.to("review").send()
    walk = Walk(client).to("where")
    walk.press(commune="-", place="")
    walk.to("review").send()
    first, second = cases()
    assert first.wanted_unit is not None and first.wanted_unit.code == "01447"
    assert second.commune is None


def test_the_phone_s_position_is_kept_when_given_and_can_be_taken_back(client: FlaskClient) -> None:
    walk = Walk(client).to("where")
    walk.press(commune="01447", latitude="22.8401", longitude="106.5203")
    walk.press("back")
    assert "22.8401, 106.5203" in walk.page.text
    walk.press("no-position")
    assert "22.8401" not in walk.page.text
    walk.press(commune="01447", latitude="22.8401", longitude="999")
    walk.to("review").send()
    assert cases()[0].latitude is None, "half a position is none"


def test_fields_nobody_asked_for_change_nothing(client: FlaskClient) -> None:
    walk = Walk(client).to("review")
    walk.press("send", agree="y", unit_id="1", status="closed", due_on="2030-01-01", submitted_at="2020-01-01")
    [case] = cases()
    assert case.status == "received"
    assert case.submitted_at.year != 2020


def test_a_wrong_file_is_said_beside_the_field_and_the_good_ones_stay(client: FlaskClient) -> None:
    walk = Walk(client).to("files")
    bad, good = (
        upload(b"\x00\x00\x00\x14ftypqt  " + b"\0" * 400, "video.mov"),
        upload(jpeg_with_everything(), "tot.jpg"),
    )
    page = walk.press("upload", files=[bad, good])
    assert page.status_code == 422
    assert "video.mov" in page.text and "tệp MOV. Chọn tệp MP4" in page.text.replace("&#34;", '"')
    assert "tot.jpg" in page.text
    assert walk.fields["body"] == FEEDBACK["what"]["body"]
    assert walk.press().status_code == 200
    assert walk.step == "you"
    walk.to("review").send()
    assert cases()[0].files_count == 1


def test_a_file_chosen_and_not_sent_up_first_goes_along_with_next(client: FlaskClient) -> None:
    walk = Walk(client).to("files")
    walk.press(files=upload(jpeg_with_everything(), "sat-lo.jpg"))
    assert walk.step == "you"
    assert "sat-lo.jpg" in walk.to("review").page.text


def test_a_held_file_is_taken_out_again(client: FlaskClient) -> None:
    walk = Walk(client).to("files")
    walk.press("upload", files=upload(jpeg_with_everything(), "sat-lo.jpg"))
    public_id = db.session.scalars(select(Attachment.public_id)).one()
    walk.remove("0" * 32)
    assert "sat-lo.jpg" in walk.page.text
    walk.remove(public_id)
    assert "sat-lo.jpg" not in walk.page.text
    walk.to("review").send()
    assert cases()[0].files_count == 0


def test_the_eleventh_file_is_refused(client: FlaskClient) -> None:
    walk = Walk(client).to("files")
    page = walk.press("upload", files=[upload(b"x", f"{n}.jpg") for n in range(11)])
    assert "Có 11 tệp, nhiều nhất là 10." in page.text


@pytest.mark.parametrize("path", ["/", "/submit", "/submit/feedback", "/follow", "/follow/lost"])
def test_pages_before_the_case_ask_the_database_little(app: Flask, client: FlaskClient, path: str) -> None:
    assert statements(app, lambda: client.get(path)) <= 3


def test_each_page_of_the_form_asks_the_database_at_most_ten_times(app: Flask, client: FlaskClient) -> None:
    walk = Walk(client, "complaint")
    for step in ("against", "category", "where", "unit", "files", "you", "review"):
        typed = COMPLAINT[walk.step]
        asked = statements(app, lambda typed=typed: walk.press(**typed))  # type: ignore[misc]
        assert walk.step == step
        assert asked <= 10, f"{step}: {asked}"


def test_the_token_of_the_form_stands_for_the_csrf_token(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/follow", data={"code": "0000000000000000"}).status_code == 400, (
        "every other form needs its own"
    )
    assert client.post("/language", data={"lang": "en"}).status_code == 400
    assert Walk(client).to("review").send().status_code == 303


def test_pages_of_the_form_may_be_found_again_by_the_back_button_and_the_receipt_not_by_anybody(
    client: FlaskClient,
) -> None:
    walk = Walk(client).to("review")
    assert walk.page.headers["Cache-Control"] == "private, no-cache"
    walk.send()
    assert client.get("/receipt").headers["Cache-Control"] == "no-store"
