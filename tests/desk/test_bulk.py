"""One verb for many cases: shown first, done only when confirmed, each by itself."""

from __future__ import annotations

import re
from typing import Any

from app.cases.models import Case
from app.desk.models import Phrase
from app.extensions import db, writing
from app.journal.models import Event
from app.rules.workflow import Kind

from ..conftest import both_engines
from .conftest import Town, answered, assigned, case_of, do, fresh, proposed


def post(town: Town, who: str = "head", **typed: Any) -> Any:
    return town.browser(who).post("/desk/bulk", data=typed)


def seen(text: str) -> list[str]:
    """The cases a preview would send on, with their versions."""
    return re.findall(r'name="case" value="([^"]+@\d+)"', text)


def events(action: str) -> int:
    db.session.rollback()
    return db.session.query(Event).filter_by(action=action).count()


def three(town: Town) -> list[str]:
    return [fresh(town, title=f"Đèn đường số {number} không sáng") for number in range(3)]


@both_engines
def test_many_are_given_to_an_officer_only_after_the_preview_is_confirmed(town: Town) -> None:
    cases, officer = three(town), town.people["officer"]
    first = post(town, do="assign", case=cases)
    assert first.status_code == 200 and all(reference in first.text for reference in cases)
    look = post(town, do="assign", step="preview", case=cases, officer=officer)
    assert look.text.count("Sẽ giao cho Hoàng Thị Mai") == 3 and "giữ nguyên" in look.text
    assert events("assign") == 0
    done = post(town, do="assign", step="confirm", case=seen(look.text), officer=officer, view="unit")
    assert (done.status_code, done.location) == (303, "/desk/?view=unit")
    assert events("assign") == 3 and {case_of(reference).assigned_to_id for reference in cases} == {officer}


@both_engines
def test_many_are_passed_on_with_one_reason_and_their_dates_stay(town: Town) -> None:
    cases = three(town)
    dates = [case_of(reference).due_on for reference in cases]
    typed = {"unit": "so-xay-dung", "reason": "Đơn {reference} thuộc Sở."}
    look = post(town, do="forward", step="preview", case=cases, **typed)
    assert f"Đơn {cases[1]} thuộc Sở." in look.text and look.text.count("Sẽ chuyển đến Sở Xây dựng") == 3
    assert post(town, do="forward", step="confirm", case=seen(look.text), **typed).status_code == 303
    assert [case_of(reference).unit.code for reference in cases] == ["so-xay-dung"] * 3
    assert [case_of(reference).due_on for reference in cases] == dates
    reasons = [event.facts["reason"] for event in db.session.query(Event).filter_by(action="forward")]
    assert reasons == [f"Đơn {reference} thuộc Sở." for reference in cases]


@both_engines
def test_what_somebody_changed_meanwhile_is_reported_and_the_others_are_done(town: Town) -> None:
    cases, officer = three(town), town.people["officer"]
    look = post(town, do="assign", step="preview", case=cases, officer=officer)
    do(town, "clerk", cases[1], "receive")
    done = post(town, do="assign", step="confirm", case=seen(look.text), officer=officer)
    assert done.status_code == 200 and "Đã giao 2 việc cho Hoàng Thị Mai." in done.text
    assert "1 việc chưa làm được" in done.text and "Người khác vừa sửa vụ việc này." in done.text
    assert [case_of(reference).assigned_to_id for reference in cases] == [officer, None, officer]


def test_the_preview_says_of_each_why_it_will_not_be_done(town: Town) -> None:
    held, pending, done = (fresh(town, title=f"Việc số {n} ở chợ") for n in range(3))
    assigned(town, held), answered(town, done), proposed(town, pending)
    gone = fresh(town)
    do(town, "head", gone, "forward", unit="so-xay-dung", reason="Đường tỉnh.")
    cases = [held, pending, done, gone, "PA-2026-999999"]
    look = post(town, do="assign", step="preview", case=cases, officer=town.people["officer"]).text
    assert seen(look) == [] and "Không làm với 5 việc" in look and 'value="confirm"' not in look
    for sentence in ("Người này đang giữ việc rồi.", "Tình trạng hiện nay của việc chưa cho làm bước này.",
                     "Việc đã chuyển đơn vị khác", "Không thấy việc này trong phạm vi được xem."):  # fmt: skip
        assert sentence in look


def test_the_preview_and_the_deed_say_the_same(town: Town) -> None:
    """Whatever the preview would not do is not done either when it is sent all the same."""
    held = assigned(town, fresh(town, title="Việc đang giữ"))
    free, officer = fresh(town), town.people["officer"]
    send = [f"{reference}@{case_of(reference).version}" for reference in (held, free)]
    done = post(town, do="assign", step="confirm", case=send, officer=officer)
    assert "Người này đang giữ việc rồi." in done.text and case_of(free).assigned_to_id == officer
    assert events("assign") == 2
    back = post(town, do="forward", step="confirm", case=[f"{free}@{case_of(free).version}"], unit="01447", reason="Về")
    assert "Việc đang ở chính đơn vị này." in back.text and events("forward") == 0


def test_a_confirmation_without_a_version_is_not_one(town: Town, feedback: str) -> None:
    done = post(town, do="assign", step="confirm", case=[feedback], officer=town.people["officer"])
    assert "Người khác vừa sửa vụ việc này." in done.text and events("assign") == 0


def test_a_denunciation_is_never_one_of_many(town: Town, feedback: str) -> None:
    with writing():
        case = db.session.query(Case).filter_by(reference=feedback).one()
        case.kind = Kind.DENUNCIATION
        db.session.commit()
    assert f'value="{feedback}"' not in town.browser("head").get("/desk/?view=unit").text
    send = [f"{feedback}@{case_of(feedback).version}"]
    for step in ("", "preview", "confirm"):
        text = post(town, do="assign", step=step, case=send, officer=town.people["officer"]).text
        assert "Không thấy việc này trong phạm vi được xem." in text
    assert events("assign") == 0


def test_none_or_too_many_are_refused_with_words(town: Town) -> None:
    none = post(town, do="assign")
    assert none.status_code == 422 and "Chưa chọn việc nào." in none.text
    many = post(town, do="assign", case=[f"PA-2026-{number:06}" for number in range(101)])
    assert many.status_code == 422 and "nhiều nhất 100 việc. Đang chọn 101 việc." in many.text


def test_what_is_missing_is_said_beside_its_field_and_the_choice_stays(town: Town) -> None:
    cases = three(town)
    answer = post(town, do="forward", step="preview", case=cases, unit="so-xay-dung", reason=" ")
    assert answer.status_code == 422 and "Chưa ghi nội dung." in answer.text
    assert all(f'value="{reference}"' in answer.text for reference in cases)
    assert '<option selected value="so-xay-dung">' in answer.text
    assert post(town, do="assign", step="preview", case=cases, officer="x").status_code == 422


def test_a_suggestion_all_share_is_chosen_and_each_says_why(town: Town) -> None:
    page = post(town, do="forward", case=three(town)).text
    assert page.count("Gợi ý: Sở Xây dựng phụ trách lĩnh vực") == 3
    assert '<option selected value="so-xay-dung">' in page


def test_a_phrase_is_inserted_into_the_common_reason_without_a_script(town: Town) -> None:
    cases = three(town)
    with writing():
        phrase = Phrase(purpose="reason_forward", title="Thẩm quyền", text="Đơn {reference} thuộc nơi nhận.")
        db.session.add(phrase)
        db.session.commit()
    answer = post(town, do="forward", step="preview", case=cases, reason="Kính gửi.", phrase=phrase.id, insert="y")
    assert "Kính gửi.\n\nĐơn {reference} thuộc nơi nhận.</textarea>" in answer.text.replace("\r", "")
    assert events("forward") == 0


def test_officers_pass_on_only_what_they_hold_and_give_nothing(town: Town) -> None:
    mine, other = three(town)[:2]
    assigned(town, mine)
    typed = {"unit": "so-xay-dung", "reason": "Thuộc Sở."}
    look = post(town, "officer", do="forward", step="preview", case=[mine, other], **typed).text
    assert [case.partition("@")[0] for case in seen(look)] == [mine]
    assert "Giao cho…" not in town.browser("officer").get("/desk/?view=unit").text


def test_the_page_turned_back_to_leads_to_the_queue(town: Town) -> None:
    answer = town.browser("head").get("/desk/bulk")
    assert (answer.status_code, answer.location) == (303, "/desk/")


def test_each_box_of_the_queue_is_named_after_its_case(town: Town, feedback: str) -> None:
    text = town.browser("clerk").get("/desk/?view=unit").text
    assert f'name="case" value="{feedback}" data-pick><span class="visually-hidden">Chọn {feedback}</span>' in text
