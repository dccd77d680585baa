"""A request for a dialogue on the pages: the guided form, the follow page, the desk, the page where others join."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.cases import actions
from app.cases.models import Case
from app.dialogues.actions import requests
from app.dialogues.models import DialogueSession, Voice
from app.extensions import db, writing
from tests.desk.conftest import TUESDAY, Town, case_of, do, feedback, town  # noqa: F401
from tests.factories import MONDAY, PASSWORD, make_request, meeting, open_case
from tests.petitions.walk import Walk, forms

DIALOGUE: dict[str, dict[str, str]] = {
    "what": {"body": "Bể nước xóm cạn từ tháng 9.", "title": "Nước sạch xóm Lũng Đính"},
    "category": {"category": "land.dispute"},
    "where": {"commune": "01447", "place": "xóm Lũng Đính"},
    "with": {"unit_choice": "here", "with_level": "head"},
    "group": {"party": "group", "people": "40", "representatives": "Nông Thị Sen\nHà Văn Đô"},
    "wishes": {"wanted_times": "sáng thứ Ba", "mode": "in_person", "interpreter": "tay", "wheelchair": "y"},
    "files": {},
    "you": {"name": "Nông Thị Sen", "phone": "0912 000 017", "email": "", "is_public": "yes"},
}


@pytest.fixture
def monday(app: Flask) -> Any:
    with clock.fixed(MONDAY):
        yield


def asked() -> Case:
    return db.session.query(Case).one()


def test_forty_people_ask_to_meet_the_head_and_keep_a_receipt(client: FlaskClient, monday: None) -> None:
    walk = Walk(client, "dialogue").to("review", DIALOGUE)
    for words in ("hạn trả lời là thứ Ba, 01/12/2026", "40 người", "Hà Văn Đô", "Tiếng Tày", "lối vào cho xe lăn",
                  "Người đứng đầu, Ủy ban nhân dân xã Trùng Khánh"):  # fmt: skip
        assert words in walk.page.text, words
    assert walk.send().location == "/receipt"
    receipt = client.get("/receipt").text
    assert "DN-2026-000001" in receipt and "Phải trả lời trước hết" in receipt
    assert client.get("/receipt.pdf").data.startswith(b"%PDF")
    case, wish = asked(), asked().asked_to_meet
    assert (case.kind, case.unit.code, case.wanted_unit.code) == ("dialogue", "01447", "01447")
    assert wish is not None
    assert (wish.with_level, wish.people, wish.representatives) == ("head", 40, ["Nông Thị Sen", "Hà Văn Đô"])
    assert (wish.wanted_times, wish.mode, wish.interpreter) == ("sáng thứ Ba", "in_person", "tay")
    assert wish.wheelchair


def test_the_same_form_sent_twice_is_one_request(client: FlaskClient, monday: None) -> None:
    walk = Walk(client, "dialogue").to("review", DIALOGUE)
    page = walk.page
    walk.send()
    walk.page = page
    assert walk.send().status_code == 303
    assert db.session.query(Case).count() == 1


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("with", {"unit_choice": "", "with_level": "head"}, "Chọn đơn vị muốn gặp."),
        ("with", {"unit_choice": "other", "wanted_unit": "", "with_level": "head"}, "Chọn đơn vị trong danh sách."),
        ("with", {"unit_choice": "here", "with_level": "king"}, "Chọn người muốn gặp."),
        ("group", {"party": "group", "people": "40", "representatives": ""}, "Đoàn từ 5 người trở lên cần cử"),
        ("group", {"party": "group", "people": "8", "representatives": "A\nB\nC"}, "cử một hoặc hai người đại diện"),
        ("group", {"party": "group", "people": "nhiều"}, "Ghi số người từ 1 đến 10.000."),
        ("group", {"party": "group", "people": "1"}, "ghi từ 2 người trở lên"),
        ("group", {"party": "group", "people": "12", "representatives": "A\nA"}, "Có tên ghi hai lần."),
        ("wishes", {"mode": "telepathy"}, "Chọn gặp trực tiếp hay trực tuyến."),
        ("wishes", {"mode": "online", "interpreter": "klingon"}, "Chọn một mục trong danh sách."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field_and_everything_typed_stays(
    client: FlaskClient, monday: None, step: str, typed: dict[str, str], said: str
) -> None:
    walk = Walk(client, "dialogue").to(step, DIALOGUE)
    page = walk.press(**typed)
    assert page.status_code == 422 and said in page.text and walk.step == step
    if "people" in typed:
        assert f'value="{typed["people"]}"' in page.text
    assert "Nước sạch xóm Lũng Đính" in page.text, "what the other pages hold is carried on"
    assert db.session.query(Case).count() == 0


def test_alone_a_number_left_over_from_before_means_nothing(client: FlaskClient, monday: None) -> None:
    alone = {**DIALOGUE, "group": {"party": "alone", "people": "40", "representatives": "A"}}
    Walk(client, "dialogue").to("review", alone).send()
    wish = asked().asked_to_meet
    assert wish is not None and (wish.people, wish.representatives) == (1, [])


def test_the_body_above_the_commune_can_be_asked_for(client: FlaskClient, monday: None) -> None:
    Walk(client, "dialogue").to("review", {**DIALOGUE, "with": {"unit_choice": "above", "with_level": "any"}}).send()
    assert asked().unit.code == "04"


# --- the resident's page


def request_of(**more: Any) -> Case:
    with writing():
        case = make_request(**more)
        db.session.commit()
    return case


def as_resident(app: Flask, case: Case) -> FlaskClient:
    return open_case(app.test_client(), case)


def ours(town: Town, **more: Any) -> str:  # noqa: F811
    """A request that the officer holds."""
    case = request_of(**more)
    assert do(town, "head", case.reference, "assign", officer=town.people["officer"]).status_code == 303
    return case.reference


AT = {"on": "2026-11-26", "starts": "08:30", "ends": "10h00", "mode": "in_person", "place": "Trụ sở UBND xã"}


def test_the_time_agreed_stands_on_the_page_and_in_the_calendar(town: Town) -> None:  # noqa: F811
    import icalendar

    reference = ours(town)
    assert do(town, "officer", reference, "schedule", **AT).status_code == 303
    case = case_of(reference)
    me = as_resident(town.app, case)
    page = me.get("/follow/case").text
    assert "Giờ gặp đã hẹn" in page and "thứ Năm, 26/11/2026" in page and "08:30–10:00" in page
    assert "Trụ sở UBND xã" in page and "Đã hẹn đối thoại" in page
    sheet = icalendar.Calendar.from_ical(me.get("/follow/case/meeting.ics").data)
    event = sheet.walk("VEVENT")[0]
    assert clock.local(event.decoded("dtstart")).strftime("%Y-%m-%d %H:%M") == "2026-11-26 08:30"
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=1, minutes=30)
    assert "DT-2026-000001" in str(event["uid"])
    board = town.browser("officer").get(f"/desk/cases/{reference}").text
    assert "DT-2026-000001" in board and "Đề nghị gặp" in board


def test_before_a_time_stands_there_is_no_calendar(town: Town) -> None:  # noqa: F811
    assert as_resident(town.app, request_of()).get("/follow/case/meeting.ics").status_code == 404


def test_a_tap_takes_one_of_the_times_offered(town: Town) -> None:  # noqa: F811
    reference = ours(town)
    offered = {"on1": "2026-11-26", "starts1": "08:30", "ends1": "10:00", "on2": "27/11/2026", "starts2": "14h00",
               "ends2": "15:00", "mode": "online", "link": "https://hop.example.vn/a",
               "text": "Chọn giúp."}  # fmt: skip
    assert do(town, "officer", reference, "offer_times", **offered).status_code == 303
    me = as_resident(town.app, case_of(reference))
    page = me.get("/follow/case")
    assert "Chọn giúp." in page.text and "thứ Sáu, 27/11/2026, 14:00–15:00" in page.text
    choices = [form for form in forms(page) if form.action == "/follow/case/choose-time"]
    assert choices[0].buttons == [("offer", "0"), ("offer", "1")]
    assert me.post("/follow/case/choose-time", data={"offer": "7"}).status_code == 422
    assert me.post("/follow/case/choose-time", data={"offer": "1"}).status_code == 303
    assert "https://hop.example.vn/a" in me.get("/follow/case").text
    assert me.post("/follow/case/choose-time", data={"offer": "1"}).status_code == 409
    assert db.session.query(DialogueSession).count() == 1


def test_none_suits_is_a_reply(town: Town) -> None:  # noqa: F811
    reference = ours(town)
    offered = {"on1": "2026-11-26", "starts1": "08:30", "ends1": "10:00", "mode": "in_person", "place": "Trụ sở"}
    do(town, "officer", reference, "offer_times", **offered)
    me = as_resident(town.app, case_of(reference))
    assert me.post("/follow/case/reply", data={"text": "Chiều thứ Sáu thì được."}).status_code == 303
    assert case_of(reference).status == "assigned"
    assert "Chiều thứ Sáu thì được." in town.browser("officer").get(f"/desk/cases/{reference}").text


def test_a_written_answer_instead_may_be_insisted_against_once(town: Town) -> None:  # noqa: F811
    reference = ours(town)
    board = town.browser("officer").get(f"/desk/cases/{reference}/propose").text
    assert "Trả lời bằng văn bản thay cho gặp" in board
    do(town, "officer", reference, "propose", text="Bể nước sửa xong tháng 12.", outcome="explained")
    assert do(town, "head", reference, "approve", password=PASSWORD).status_code == 303
    me = as_resident(town.app, case_of(reference))
    page = me.get("/follow/case").text
    assert "Vẫn muốn gặp?" in page and "Trả lời bằng văn bản thay cho gặp" in page
    assert me.post("/follow/case/insist", data={"reason": ""}).status_code == 422
    assert me.post("/follow/case/insist", data={"reason": "Tháng 12 hết nước rồi."}).status_code == 303
    page = me.get("/follow/case").text
    assert "Vẫn muốn gặp?" not in page and case_of(reference).status == "assigned"
    assert me.post("/follow/case/insist", data={"reason": "Lần nữa."}).status_code == 409


def test_after_it_was_held_the_conclusion_stands_there_to_be_judged(town: Town) -> None:  # noqa: F811
    reference = ours(town)
    do(town, "officer", reference, "schedule", **AT | {"on": "2026-11-18"})
    with clock.fixed(TUESDAY + timedelta(days=2)), writing():
        case = case_of(reference)
        actions.meet(case, clock.today(), "Thống nhất sửa bể nước trước Tết.", town.actor("head"), clock.now())
        db.session.commit()
    with clock.fixed(TUESDAY + timedelta(days=3)):
        me = as_resident(town.app, case_of(reference))
        page = me.get("/follow/case").text
        assert "Kết luận buổi đối thoại" in page and "Thống nhất sửa bể nước trước Tết." in page
        assert "Buổi đối thoại này giải quyết được việc chưa?" in page
        assert me.post("/follow/case/rate", data={"level": "5"}).status_code == 303
    assert case_of(reference).rating_level == 5


# --- the desk


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({**AT, "on": "2026-11-10"}, "Giờ này đã qua"), ({**AT, "ends": "08:00"}, "Giờ kết thúc phải sau"),
        ({**AT, "place": ""}, "Ghi nơi đối thoại."), ({**AT, "on": "hôm nào đó"}, "Ghi đúng ngày"),
        ({**AT, "starts": "sáng"}, "Ghi đúng giờ"), ({**AT, "starts": ""}, "Ghi giờ bắt đầu."),
        ({"session": "DT-2026-009999"}, "Not a valid choice"),
    ],
)  # fmt: skip
def test_a_wrong_time_is_said_beside_its_field(town: Town, typed: dict[str, str], said: str) -> None:  # noqa: F811
    reference = ours(town)
    page = do(town, "officer", reference, "schedule", **typed)
    assert page.status_code == 422
    if not said.startswith("Not"):
        assert said in page.text
    assert case_of(reference).status == "assigned" and db.session.query(DialogueSession).count() == 0


def test_a_second_request_joins_the_session_of_the_first(town: Town) -> None:  # noqa: F811
    first, second = ours(town), ours(town, name="Hà Thị Ba", phone="0912 000 018")
    do(town, "officer", first, "schedule", **AT)
    assert do(town, "officer", second, "schedule", session="DT-2026-000001").status_code == 303
    assert db.session.query(DialogueSession).count() == 1
    page = town.browser("officer").get("/desk/?view=scheduled&kind=dialogue").text
    assert first in page and second in page and "gặp 26/11 lúc 08:30" in page


def test_a_dialogue_is_declined_with_a_reason_that_the_resident_reads(town: Town) -> None:  # noqa: F811
    reference = request_of().reference
    assert do(town, "clerk", reference, "refuse", ground="declined", reason="x").status_code == 403
    said = {"ground": "declined", "reason": "Việc này đã đối thoại ngày 02/11."}
    assert do(town, "head", reference, "refuse", **said).status_code == 303
    page = as_resident(town.app, case_of(reference)).get("/follow/case").text
    assert "Việc này đã đối thoại ngày 02/11." in page and "Không tổ chức đối thoại về việc này" in page


def test_declined_is_no_ground_for_other_kinds(town: Town, feedback: str) -> None:  # noqa: F811  # noqa: F811
    page = do(town, "head", feedback, "refuse", ground="declined", reason="Không.")
    assert page.status_code == 422 and case_of(feedback).status == "received"


def test_what_names_somebody_is_pointed_out_before_it_becomes_public(town: Town) -> None:  # noqa: F811
    reference = ours(town)
    form = town.browser("officer").get(f"/desk/cases/{reference}/publish_request").text
    assert "Không thấy tên, số điện thoại" in form
    bad = {"title": "Nước sạch", "text": "Tôi là Nông Thị Sen, gọi 0912 000 017."}
    page = do(town, "officer", reference, "publish_request", **bad)
    assert page.status_code == 422 and "Nông Thị Sen" in page.text and "0912 000 017" in page.text
    assert not case_of(reference).is_shared
    assert do(town, "officer", reference, "publish_request", **bad | {"text": "Xin nước sạch."}).status_code == 303
    assert case_of(reference).is_shared


def test_results_and_new_times_of_a_meeting_are_not_written_on_the_case(town: Town) -> None:  # noqa: F811
    reference = ours(town)
    do(town, "officer", reference, "schedule", **AT)
    page = do(town, "officer", reference, "hold_dialogue", on="2026-11-17", text="Đã gặp.")
    assert page.status_code == 409 and case_of(reference).status == "scheduled"
    assert "/hold_dialogue" not in town.browser("officer").get(f"/desk/cases/{reference}").text


def test_the_counter_enters_a_request_for_a_group(town: Town) -> None:  # noqa: F811
    clerk = town.browser("clerk")
    page = clerk.get("/desk/intake")
    blank = next(form for form in forms(page) if "token" in form.fields).fields
    typed = {
        **blank, "kind": "dialogue", "title": "Nước sạch", "body": "Xin gặp chủ tịch xã.",
        "category": "land.dispute", "commune": "01447", "channel": "counter", "name": "Hà Thị Ba",
        "wish-with_level": "head", "wish-people": "40", "wish-mode": "in_person", "wish-interpreter": "nung",
    }  # fmt: skip
    refused = clerk.post("/desk/intake", data=typed)
    assert refused.status_code == 422 and "Đoàn từ 5 người trở lên" in refused.text
    assert "#wish-representatives" in refused.text, "the summary leads to the field"
    assert db.session.query(Case).count() == 0
    typed["wish-representatives"] = "Hà Thị Ba\nLý Văn Năm"
    ahead = clerk.post("/desk/intake", data={**typed, "go": "clock"}).text
    assert "Trả lời đề nghị đối thoại" in ahead
    assert clerk.post("/desk/intake", data=typed).status_code == 303
    wish = asked().asked_to_meet
    assert wish is not None and (wish.people, wish.interpreter) == (40, "nung")


def test_the_published_workflow_has_the_kind(town: Town) -> None:  # noqa: F811
    page = town.browser("officer").get("/workflow?kind=dialogue").text
    assert "Hẹn giờ đối thoại" in page and "Trả lời đề nghị đối thoại" in page


# --- joining


def shared(town: Town) -> str:  # noqa: F811
    reference = ours(town, phone="0911 222 333")
    said = {"title": "Nước sạch cho một xóm", "text": "Xin gặp lãnh đạo xã về nước sạch."}
    assert do(town, "officer", reference, "publish_request", **said).status_code == 303
    return reference


def test_others_join_by_the_link_and_count_once(town: Town) -> None:  # noqa: F811
    reference = shared(town)
    anybody, url = town.app.test_client(), f"/dialogues/requests/{reference}"
    page = anybody.get(url)
    assert page.status_code == 200 and "Nước sạch cho một xóm" in page.text
    for secret in ("Nông Thị Sen", "0911", "sen@example.vn", "Bể nước xóm cạn"):
        assert secret not in page.text
    assert anybody.post(url, data={"phone": "12"}).status_code == 422
    assert anybody.post(url, data={"phone": "0987 654 321"}).status_code == 303
    assert "Đã tính thêm một người" in anybody.get(url).text
    anybody.post(url, data={"phone": "+84987654321"})
    assert "Số này đã được tính trước đó" in anybody.get(url).text
    assert db.session.query(Voice).count() == 1
    me = as_resident(town.app, case_of(reference)).get("/follow/case").text
    assert "1 người khác cùng đề nghị" in me and f"http://localhost{url}" in me
    assert "1 người đã cùng đề nghị" in me


def test_a_request_that_is_not_public_is_not_there(town: Town) -> None:  # noqa: F811
    hidden = request_of().reference
    anybody = town.app.test_client()
    pages = [anybody.get(f"/dialogues/requests/{one}") for one in (hidden, "DN-2026-009999", "x")]
    assert [page.status_code for page in pages] == [404] * 3
    plain = {re.sub(r'value="[^"]*"', "", page.text.replace(hidden, "?").replace("DN-2026-009999", "?"))
             for page in pages[:2]}  # fmt: skip
    assert len({re.sub(r"<span class=\"num\">[0-9a-f]{16}</span>", "", page) for page in plain}) == 1
    assert anybody.post(f"/dialogues/requests/{hidden}", data={"phone": "0987654321"}).status_code == 404


def test_one_network_joins_only_so_often_in_an_hour(town: Town) -> None:  # noqa: F811
    town.app.config["SUBMISSIONS_PER_HOUR"] = 2
    url, anybody = f"/dialogues/requests/{shared(town)}", town.app.test_client()
    got = [anybody.post(url, data={"phone": f"098765432{n}"}).status_code for n in range(3)]
    assert got == [303, 303, 429]
    assert db.session.query(Voice).count() == 2


def test_the_public_page_says_how_it_stands_but_no_private_hour(town: Town) -> None:  # noqa: F811
    reference = shared(town)
    do(town, "officer", reference, "schedule", **AT)
    page = town.app.test_client().get(f"/dialogues/requests/{reference}").text
    assert "Đã hẹn giờ đối thoại" in page and "26/11" not in page and "Trụ sở UBND xã" not in page


def test_the_hour_of_a_public_session_stands_on_the_page(town: Town) -> None:  # noqa: F811
    from app.dialogues.actions.sessions import NewSession, plan_session

    reference = shared(town)
    with writing():
        at = meeting()
        new = NewSession("theme", "Nước sạch toàn xã", at.on, at.starts, at.ends, place="Nhà văn hóa xã")
        case = case_of(reference)
        session = plan_session(new, case.unit, town.actor("officer"), clock.now())
        requests.schedule_with(case, session, town.actor("officer"), clock.now())
        db.session.commit()
    page = town.app.test_client().get(f"/dialogues/requests/{reference}").text
    assert "thứ Năm, 26/11/2026" in page and "Nhà văn hóa xã" in page
