"""The pages of sessions as browsers meet them: the desk's verbs, the public's page without anybody's data."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from app import clock
from app.dialogues.models import ConferenceCall, DialogueSession, Question
from app.documents.models import HouseDocument
from app.extensions import db, writing
from app.rules.workflow import Kind
from tests import factories
from tests.conftest import both_engines
from tests.desk.conftest import Town, case_of, town  # noqa: F401
from tests.documents.reading import text_of
from tests.factories import MONDAY, PASSWORD, actor

from .sessions_of import DAY, announced, at, held, join, plan, request, signed, written

TUESDAY = MONDAY + timedelta(days=1)
TYPED = {"unit": "01447", "kind": "conference", "title": "Đối thoại năm 2026", "on": "2026-12-03",
         "starts": "8h30", "ends": "11:00", "mode": "in_person", "place": "Nhà văn hóa xã", "agenda": "1. Đường",
         "is_public": "y"}  # fmt: skip


def only() -> DialogueSession:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(DialogueSession).one()


def made(town: Town, make: Any = announced, **more: Any) -> str:  # noqa: F811
    """A session at this desk; its number."""
    from app.accounts.models import Official

    with writing():
        number = make(db.session.get(Official, town.people["officer"]), now=TUESDAY, **more).number
        db.session.commit()
    return str(number)


def official(town: Town, who: str) -> Any:  # noqa: F811
    from app.accounts.models import Official

    return db.session.get(Official, town.people[who])


def do(town: Town, who: str, number: str, verb: str, query: str = "", **typed: Any) -> Any:  # noqa: F811
    """Press that verb's button."""
    version = db.session.query(DialogueSession).filter_by(number=number).one().version
    url = f"/desk/sessions/{number}/{verb}{query}"
    return town.browser(who).post(url, data={"version": version, **typed}, content_type="multipart/form-data")


def test_a_plan_from_the_list_is_shown_with_both_clocks_and_sent_twice_plans_once(town: Town) -> None:  # noqa: F811
    browser = town.browser("officer")
    assert "Lên lịch đối thoại" in browser.get("/desk/sessions").text
    for _twice in range(2):
        assert browser.post("/desk/sessions/new", data=TYPED).status_code == 303
    session = only()
    page = browser.get(f"/desk/sessions/{session.number}").text
    for words in ("Thông báo cho dân", "Còn 9 ngày", "26/11/2026", "14/12/2026", "1. Đường", "thứ Năm, 03/12/2026"):
        assert words in page, words
    assert "Sắp tới" in browser.get("/desk/sessions").text


@pytest.mark.parametrize(("wrong", "said"), [
    ({"on": "2026-11-10"}, "Giờ này đã qua"), ({"on": "30/02/2027"}, "Ghi đúng ngày"), ({"starts": "25:00"}, "Ghi giờ"),
    ({"starts": ""}, "Ghi giờ"), ({"ends": "08:00"}, "Giờ kết thúc"), ({"agenda": ""}, "chương trình"),
    ({"title": ""}, "Chưa ghi nội dung"), ({"mode": "online"}, "Ghi đường dẫn"),
])  # fmt: skip
def test_bad_input_is_said_beside_the_field_and_everything_typed_stays(town: Town, wrong: Any, said: str) -> None:  # noqa: F811
    answer = town.browser("officer").post("/desk/sessions/new", data=TYPED | wrong)
    assert answer.status_code == 422 and said in answer.text
    assert "Nhà văn hóa xã" in answer.text and (wrong.get("title") == "" or "Đối thoại năm 2026" in answer.text)
    assert db.session.query(DialogueSession).count() == 0


@both_engines
def test_the_whole_life_of_a_conference_over_the_desk(town: Town) -> None:  # noqa: F811
    number = made(town, plan)
    with writing():
        session = only()
        group = join(request(people=40, now=TUESDAY), session, official(town, "officer"), TUESDAY).reference
        other = request(now=TUESDAY, title="Nước sạch", name="Bế Thị Lan").reference
        db.session.commit()
    assert do(town, "officer", number, "announce", ways=["portal", "posting"], on="2026-11-17").status_code == 303
    assert other in town.browser("officer").get(f"/desk/sessions/{number}/attach").text
    assert do(town, "officer", number, "attach", cases=[other]).status_code == 303
    assert do(town, "officer", number, "invite", role="front", name="Mặt trận xã").status_code == 303
    asked = town.app.test_client().post(f"/dialogues/{number}", data={"text": "Bao giờ sửa cầu?", "asker": "Lý Văn Tá"})
    assert asked.status_code == 303
    assert do(town, "clerk", number, "question", channel="counter", text="Nước?").status_code == 303
    with clock.fixed(at(DAY, 17)):
        people = [str(one.id) for one in only().attendees][:2]
        own = {f"text_{case_of(group).id}": "Xóm Lũng Đính làm trước."}
        answer = do(town, "officer", number, "hold", presided_by="Chủ tịch xã", attended="95", came=people,
                    conclusion="Sửa đường trước Tết.", **own)  # fmt: skip
        assert answer.status_code == 303, answer.text
        assert (case_of(group).answer_text, case_of(other).answer_text) == (
            "Xóm Lũng Đính làm trước.", "Sửa đường trước Tết.")  # fmt: skip
        question = db.session.query(Question).filter_by(text="Bao giờ sửa cầu?").one().id
        reply = {"answer": "Quý hai.", "answered_by": "Phó chủ tịch", "public_text": "Lý Văn Tá hỏi: bao giờ sửa cầu?"}
        pointed = do(town, "officer", number, "answer", f"?question={question}", **reply)
        assert pointed.status_code == 422 and "Những chỗ có thể lộ" in pointed.text
        reply["public_text"] = "Bao giờ sửa cầu?"
        assert do(town, "officer", number, "answer", f"?question={question}", **reply).status_code == 303
        photo = io.BytesIO()
        Image.new("RGB", (40, 30), (200, 120, 40)).save(photo, "JPEG")
        photo.seek(0)
        minutes = {"minutes": "Dân hỏi, xã trả lời.", "conclusion": "Sửa đường trước Tết.", "attended": "95",
                   "came": people, "files": (photo, "ký tên.jpg")}  # fmt: skip
        assert do(town, "officer", number, "minutes", **minutes).status_code == 303
        assert do(town, "officer", number, "submit").status_code == 303
        assert do(town, "head", number, "return", remark="Ghi rõ hơn.").status_code == 303
        assert "Ghi rõ hơn." in town.browser("officer").get(f"/desk/sessions/{number}").text
        assert do(town, "officer", number, "submit").status_code == 303
        wrong = do(town, "head", number, "approve", password="không phải")
        assert wrong.status_code == 422 and only().approved_at is None
        assert do(town, "officer", number, "approve", password=PASSWORD).status_code == 403
        assert do(town, "head", number, "approve", password=PASSWORD).status_code == 303
        assert db.session.query(HouseDocument).count() == 1
        public = {"public_text": "Xã sửa đường trước Tết.", "ways": ["portal"]}
        assert do(town, "officer", number, "publish", **public).status_code == 303
        page = town.browser("officer").get(f"/desk/sessions/{number}").text
    for words in ("Biên bản số 1/BB-UBND", "ký tên.jpg", "Xong đúng hạn", "Đã công khai", "có mặt", "vắng"):
        assert words in page, words


def test_the_public_page_names_nobody(town: Town) -> None:  # noqa: F811
    number = made(town)
    with writing():
        session, officer, head = only(), official(town, "officer"), official(town, "head")
        join(request(people=40, now=TUESDAY), session, officer, TUESDAY)
        db.session.add(Question(session_id=session.id, channel="web", asker="Lý Văn Tá", text="Tôi là Lý Văn Tá",
                                public_text="Bao giờ sửa cầu?", asked_at=TUESDAY, answer="Quý hai.",
                                answered_by="Phó chủ tịch"))  # fmt: skip
        db.session.add(Question(session_id=session.id, channel="web", asker="Lý Văn Bá", text="Chuyện riêng",
                                asked_at=TUESDAY, answer="Riêng.", answered_by="x"))  # fmt: skip
        signed(written(held(session, officer), officer), head)
        db.session.commit()
    with clock.fixed(at(DAY + timedelta(days=1))):
        before = town.app.test_client().get(f"/dialogues/{number}").text
        assert "Kết quả chưa công khai" in before and "14/12/2026" in before and "Bao giờ sửa cầu?" not in before
        do(town, "officer", number, "publish", public_text="Xã sửa đường.", ways=["portal"])
        page = town.app.test_client().get(f"/dialogues/{number}").text
        listed = town.app.test_client().get("/dialogues").text
    assert "Xã sửa đường." in page and "Bao giờ sửa cầu?" in page and "Quý hai." in page
    for hidden in ("Lý Văn Tá", "Lý Văn Bá", "Chuyện riêng", "Riêng.", "Nông Thị Sen", "0912", "sen@example.vn",
                   "Lý Văn Páo"):  # fmt: skip
        assert hidden not in page + listed, hidden


def test_what_is_not_announced_not_public_or_within_a_complaint_is_not_there(town: Town) -> None:  # noqa: F811
    number = made(town, plan)
    outside = town.app.test_client()
    assert outside.get(f"/dialogues/{number}").status_code == 404
    assert outside.get("/dialogues/DT-2026-999999").status_code == 404
    assert outside.post(f"/dialogues/{number}", data={"text": "Hỏi"}).status_code == 404


def test_a_question_by_the_page_is_refused_empty_or_after_the_day_and_kept_once(town: Town) -> None:  # noqa: F811
    number = made(town)
    outside = town.app.test_client()
    assert outside.post(f"/dialogues/{number}", data={"text": " "}).status_code == 422
    for _twice in range(2):
        assert outside.post(f"/dialogues/{number}", data={"text": "Bao giờ?"}).status_code == 303
    assert db.session.query(Question).count() == 1
    with writing():
        held(only(), official(town, "officer"))
        db.session.commit()
    late = outside.post(f"/dialogues/{number}", data={"text": "Muộn"})
    assert late.status_code == 409 and db.session.query(Question).count() == 1


def test_a_machine_asks_thirty_questions_an_hour_and_no_more(town: Town) -> None:  # noqa: F811
    number, outside = made(town), town.app.test_client()
    answers = [outside.post(f"/dialogues/{number}", data={"text": f"Câu {n}"}).status_code for n in range(31)]
    assert answers == [303] * 30 + [429]


def test_a_verb_out_of_order_or_of_another_office_changes_nothing(town: Town) -> None:  # noqa: F811
    number = made(town)
    assert do(town, "officer", number, "publish", public_text="x", ways=["portal"]).status_code == 409
    assert do(town, "officer", number, "hold", presided_by="x", attended="3", conclusion="x").status_code == 409
    assert do(town, "stranger", number, "move").status_code == 404
    assert do(town, "clerk", number, "move").status_code == 403
    assert do(town, "supervisor", number, "move").status_code == 403
    assert do(town, "officer", number, "call-off", reason="Lũ").status_code == 403
    assert do(town, "officer", number, "dance").status_code == 404
    assert do(town, "officer", number, "answer", "?question=99", answer="x", answered_by="x").status_code == 404
    past = {"on": "2026-11-10", "starts": "08:00", "ends": "09:00", "mode": "in_person", "place": "Trụ sở",
            "reason": "Mưa", "ways": ["portal"]}  # fmt: skip
    answer = do(town, "officer", number, "move", **past)
    assert answer.status_code == 422 and "Giờ này đã qua" in answer.text and "Mưa" in answer.text
    assert only().on == DAY


def test_a_page_that_is_older_than_the_session_is_said_and_good_for_another_try(town: Town) -> None:  # noqa: F811
    number = made(town)
    typed = {"title": "Tên mới", "agenda": "1. Cầu", "version": "1", "is_public": "y"}
    with writing():
        only().chair = "Chủ tịch"
        db.session.commit()
    answer = town.browser("officer").post(f"/desk/sessions/{number}/change", data=typed)
    assert answer.status_code == 409 and "Tên mới" in answer.text and "Người khác vừa sửa" in answer.text


def test_a_supervisor_reads_without_the_askers_names_and_opens_no_paper(town: Town) -> None:  # noqa: F811
    number = made(town)
    with writing():
        session = only()
        join(request(now=TUESDAY), session, official(town, "officer"), TUESDAY)
        db.session.commit()
    browser = town.browser("supervisor")
    page = browser.get(f"/desk/sessions/{number}").text
    assert "Nông Thị Sen" not in page and "(đã che)" in page
    assert browser.get(f"/desk/sessions/{number}/papers/minutes.pdf").status_code == 403
    assert town.browser("stranger").get(f"/desk/sessions/{number}").status_code == 404


def test_notice_invitation_and_draft_minutes_are_papers_of_the_office(town: Town) -> None:  # noqa: F811
    number = made(town)
    do(town, "officer", number, "invite", role="front", name="Ủy ban Mặt trận Tổ quốc xã")
    browser = town.browser("officer")
    expected = {"notice": ("THÔNGBÁO", "08giờ30ngày03tháng12năm2026", "Trưởngthôn"), "minutes": ("DỰTHẢO", "BIÊNBẢN"),
                "invitation": ("GIẤYMỜI", "ỦybanMặttrậnTổquốcxã")}  # fmt: skip
    for which, words in expected.items():
        answer = browser.get(f"/desk/sessions/{number}/papers/{which}.pdf")
        text = "".join(text_of(answer.data).split())
        assert answer.mimetype == "application/pdf" and all(word in text for word in words), (which, text)


def test_from_a_complaint_a_dialogue_is_planned_and_its_page_lists_it(town: Town) -> None:  # noqa: F811
    with writing():
        case = factories.make_case(Kind.COMPLAINT, now=MONDAY)
        clerk, head = official(town, "clerk"), official(town, "head")
        factories.actions.register(case, MONDAY.date(), actor(clerk), MONDAY)
        factories.assign(case, official(town, "officer"), head, MONDAY)
        factories.accept(case, head, MONDAY)
        reference = case.reference
        db.session.commit()
    browser = town.browser("officer")
    address = f"/desk/sessions/new?case={reference}"
    assert address in browser.get(f"/desk/cases/{reference}").text
    assert "Công khai: mọi người" not in browser.get(address).text
    typed = {k: v for k, v in TYPED.items() if k not in ("kind", "is_public")}
    assert browser.post(address, data=typed).status_code == 303
    session = only()
    assert (session.kind, session.is_public) == ("complaint", False)
    assert session.number in browser.get(f"/desk/cases/{reference}").text
    assert town.browser("colleague").get(address).status_code == 409  # only its handler and the head hold it
    assert town.app.test_client().get(f"/dialogues/{session.number}").status_code == 404
    with clock.fixed(at(DAY, 17)):
        assert do(town, "officer", session.number, "hold", presided_by="Chủ tịch", attended="4",
                  conclusion="Hai bên thống nhất đo lại.").status_code == 303  # fmt: skip
    assert case_of(reference).dialogue_on == DAY


@both_engines
def test_voters_ask_on_the_web_and_on_paper_and_the_desk_says_that_a_conference_is_owed(town: Town) -> None:  # noqa: F811
    administrator = town.browser("administrator")
    saved = administrator.post("/admin/settings", data={"of": "unit", "own-unit": "01447", "own-voters": "1.000"})
    assert saved.status_code == 303 and "1.000 cử tri" in administrator.get("/admin/settings").text
    outside, page = town.app.test_client(), "/dialogues/conferences/01447"
    assert "1.000 cử tri" in outside.get(page).text
    assert outside.post(page, data={"phone": "113"}).status_code == 422
    for typed in ("0912 000 017", "+84912000017"):
        assert outside.post(page, data={"phone": typed, "about": "Nước sạch"}).status_code == 303
    assert "1 trên 100 cử tri" in outside.get(page).text and "Nước sạch" not in outside.get(page).text
    clerk = town.browser("clerk")
    listed = clerk.post("/desk/conferences/01447", data={"number": "DS-01", "count": "99", "where": "Tủ A"})
    assert listed.status_code == 303
    again = clerk.post("/desk/conferences/01447", data={"number": "DS-01", "count": "3", "where": "Tủ A"})
    assert again.status_code == 422 and "đã nhập rồi" in again.text
    assert "Phải tổ chức hội nghị" in town.browser("head").get("/desk/sessions").text
    assert "Nước sạch" in clerk.get("/desk/conferences/01447").text
    assert db.session.query(ConferenceCall).one().reached_at is not None


def test_without_the_number_of_voters_no_percentage_is_shown(town: Town) -> None:  # noqa: F811
    outside, page = town.app.test_client(), "/dialogues/conferences/01447"
    outside.post(page, data={"phone": "0912 000 017"})
    shown = outside.get(page).text
    assert "1 cử tri đề nghị" in shown and "Chưa công bố số cử tri" in shown
    for code in ("04", "so-y-te", "nowhere"):
        assert outside.get(f"/dialogues/conferences/{code}").status_code == 404
    assert town.browser("stranger").get("/desk/conferences/01447").status_code == 404


def test_the_room_stands_in_the_mast_of_the_desk(town: Town) -> None:  # noqa: F811
    assert 'href="/desk/sessions"' in town.browser("clerk").get("/desk/").text
    assert town.browser("administrator").get("/desk/sessions").status_code == 403


def test_the_calendar_file_of_an_announced_session_is_handed_to_anybody(town: Town) -> None:  # noqa: F811
    number = made(town)
    answer = town.app.test_client().get(f"/dialogues/{number}/calendar.ics")
    assert answer.mimetype == "text/calendar" and b"20261203T083000" in answer.data


def test_opening_a_session_reads_what_the_head_was_told_of_it(town: Town) -> None:  # noqa: F811
    number = made(town)
    with writing():
        session = only()
        written(held(session, official(town, "officer")), official(town, "officer"))
        db.session.commit()
    head = town.browser("head")
    mast = 'href="/desk/sessions">Đối thoại<span class="count'
    assert mast in head.get("/desk/").text
    head.get(f"/desk/sessions/{number}")
    assert mast not in head.get("/desk/").text


def test_a_promise_made_in_a_session_stands_in_its_minutes_and_on_its_public_page(town: Town) -> None:  # noqa: F811
    from app.dialogues.actions.commitments import NewPromise, promise

    number = made(town)
    with writing():
        session, officer, head = only(), official(town, "officer"), official(town, "head")
        held(session, officer)
        new = NewPromise(what="Làm cầu tạm Bản Viết.", unit_code="01447", due_on=DAY + timedelta(days=20),
                         evidence_wanted="Ảnh chụp", responsible=None, verifier_code="04", is_public=True)  # fmt: skip
        promise(new, session, actor(officer), at(DAY, 16))
        signed(written(session, officer), head)
        db.session.commit()
    with clock.fixed(at(DAY + timedelta(days=1))):
        browser = town.browser("officer")
        assert "Làm cầu tạm Bản Viết." in browser.get(f"/desk/sessions/{number}").text
        paper = "".join(text_of(browser.get(f"/desk/sessions/{number}/papers/minutes.pdf").data).split())
        assert "LàmcầutạmBảnViết." in paper and "23/12/2026" in paper
        assert "Làm cầu tạm" not in town.app.test_client().get(f"/dialogues/{number}").text
        do(town, "officer", number, "publish", public_text="Xã làm cầu tạm.", ways=["portal"])
        assert "Làm cầu tạm Bản Viết." in town.app.test_client().get(f"/dialogues/{number}").text


def test_announcing_late_is_said_beforehand_done_all_the_same_and_shown_as_late(town: Town) -> None:  # noqa: F811
    number = made(town, plan)
    with clock.fixed(at(DAY - timedelta(days=3), 9)):
        assert "và được tính là trễ" in town.browser("officer").get(f"/desk/sessions/{number}/announce").text
        assert do(town, "officer", number, "announce", ways=["posting"], on="2026-11-30").status_code == 303
    assert "Xong trễ 4 ngày" in town.browser("officer").get(f"/desk/sessions/{number}").text
