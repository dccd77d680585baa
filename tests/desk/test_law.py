"""The verbs of the law at the desk: checked, split, asked of others, sent, published, carried out, put away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app import clock
from app.cases import actions
from app.cases.models import Case
from app.documents.paper_forms import form as spec
from app.extensions import db, writing
from app.journal.queries import timeline
from app.rules.workflow import Kind, Role

from .. import factories
from ..factories import PASSWORD
from .conftest import TUESDAY, Town, assigned, case_of, do, fresh

CHECKS = ("in_vietnamese", "has_date", "has_name", "is_signed", "has_against", "has_content", "has_request",
          "in_time", "is_decent", "is_new")  # fmt: skip


def registered(town: Town) -> str:
    """A complaint whose original is in the register."""
    reference = fresh(town, kind=Kind.COMPLAINT, category_code="land.dispute")
    assert do(town, "clerk", reference, "register", signed_on="2026-11-17").status_code == 303
    return reference


def accepted(town: Town) -> str:
    """A complaint that is being settled by the officer."""
    reference = registered(town)
    do(town, "clerk", reference, "classify", **dict.fromkeys(CHECKS, "y"))
    assigned(town, reference)
    _issue(town, reference, "acceptance_notice")
    return reference


def decided(town: Town) -> str:
    """A complaint with its decision."""
    reference = accepted(town)
    _issue(town, reference, "complaint_decision_first", verdict="right")
    return reference


def _issue(town: Town, reference: str, form: str, **cargo: Any) -> None:
    with writing():
        fields = {field.id: "Nội dung." for field in spec(form).fields}
        actions.issue(case_of(reference), form, fields, town.actor("head"), TUESDAY, **cargo)
        db.session.commit()


def last(reference: str) -> str:
    return timeline(case_of(reference).id)[-1].action


def test_each_thing_the_law_asks_is_a_box_with_its_article(town: Town) -> None:
    reference = registered(town)
    text = town.browser("clerk").get(f"/desk/cases/{reference}/classify").text
    assert text.count('type="checkbox"') == len(CHECKS) and "Thông tư 05/2021/TT-TTCP, điều 6" in text
    assert "điều 9" in text and 'name="has_denounced"' not in text
    page = town.browser("clerk").get(f"/desk/cases/{reference}").text
    assert f'btn-primary w-100" href="/desk/cases/{reference}/classify"' in page  # what is done now, on its own page


def test_what_lacks_something_needs_a_remark_and_then_is_not_accepted(town: Town) -> None:
    reference = registered(town)
    without = do(town, "clerk", reference, "classify", in_vietnamese="y", is_signed="y")
    assert without.status_code == 422 and "Chưa ghi nội dung." in without.text and "checked" in without.text
    assert do(town, "clerk", reference, "classify", in_vietnamese="y", remark="Thiếu chữ ký.").status_code == 303
    text = town.browser("head").get(f"/desk/cases/{reference}").text
    assert "Chưa đủ điều kiện xử lý" in text and "Thiếu chữ ký." in text and "(thiếu)" in text
    assert f"/desk/cases/{reference}/papers/new/return_letter" in text
    assert f"/desk/cases/{reference}/papers/new/acceptance_notice" not in text


def test_a_mixed_letter_is_split_and_each_part_names_the_other(town: Town, feedback: str) -> None:
    typed = {"kind": "complaint", "title": "Khiếu nại mức bồi thường", "body": "Phần hai của đơn.",
             "category": "land.dispute", "unit": "", "reason": "Đơn có hai việc."}  # fmt: skip
    for name in ("title", "body", "reason", "category", "kind"):
        answer = do(town, "clerk", feedback, "split", **{**typed, name: ""})
        assert answer.status_code == 422 and "Phần hai" in answer.text + "Phần hai" * (name == "body"), name
    assert do(town, "clerk", feedback, "split", **{**typed, "kind": "denunciation"}).status_code == 422
    assert do(town, "clerk", feedback, "split", **typed).status_code == 303
    part = db.session.query(Case).filter_by(kind="complaint").one()
    assert f'/desk/cases/{part.reference}"' in town.browser("clerk").get(f"/desk/cases/{feedback}").text
    assert "Tách ra từ" in town.browser("clerk").get(f"/desk/cases/{part.reference}").text


def test_a_complaint_of_discipline_is_corrected_to_its_own_clock(town: Town) -> None:
    reference = registered(town)
    typed = {"kind": "complaint", "category": "land.dispute", "commune": "01447", "place": "", "reason": "Kỷ luật."}
    assert do(town, "clerk", reference, "correct", **typed, is_discipline="y").status_code == 303
    assert case_of(reference).is_discipline
    page = town.browser("clerk").get(f"/desk/cases/{reference}/correct").text
    assert 'name="deadline_variant"' not in page and 'value="denunciation"' not in page


def test_another_unit_is_asked_and_answers_without_seeing_who_sent_it(town: Town, feedback: str) -> None:
    with writing():
        town.people["helper"] = factories.make_official(Role.OFFICER, "so-xay-dung", name="Người Của Sở").id
        db.session.commit()
    assigned(town, feedback)
    page = town.browser("officer").get(f"/desk/cases/{feedback}/request_part").text
    assert 'value="2026-11-19"' in page  # two working days before the case is due on Monday the 23rd
    typed = {"unit": "so-xay-dung", "text": "Cầu này ai quản lý?", "due_on": "2026-11-20"}
    for name, value, words in (("due_on", "2026-11-16", "Ngày này đã qua"), ("due_on", "2027-11-16", "trước hạn của"),
                               ("due_on", "mai", "Ghi đúng ngày"), ("unit", "", "Chọn một mục"),
                               ("text", " ", "Chưa ghi nội dung.")):  # fmt: skip
        answer = do(town, "officer", feedback, "request_part", **{**typed, name: value})
        assert answer.status_code == 422 and words in answer.text, words
    assert do(town, "officer", feedback, "request_part", **typed).status_code == 303
    again = do(town, "officer", feedback, "request_part", **typed)
    assert again.status_code == 422 and "đang được hỏi rồi" in again.text
    asked = town.browser("helper").get(f"/desk/cases/{feedback}").text
    assert "Cầu này ai quản lý?" in asked and "Nông Thị Sen" not in asked and "0912 000 017" not in asked
    assert f"/desk/cases/{feedback}/give_part" in asked and "/papers/new/" not in asked
    answer = do(town, "helper", feedback, "give_part", text="Sở quản lý, đã giao đội duy tu.")
    assert (answer.status_code, answer.location) == (303, "/desk/")
    lead = town.browser("officer").get(f"/desk/cases/{feedback}").text
    assert "Sở quản lý, đã giao đội duy tu." in lead and "Đã trả lời" in lead


def test_a_part_overdue_says_so_in_words(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    do(town, "officer", feedback, "request_part", unit="so-xay-dung", text="Ai quản lý?", due_on="2026-11-17")
    with clock.fixed(TUESDAY + timedelta(days=3)):
        assert "Quá hạn 3 ngày" in town.browser("officer").get(f"/desk/cases/{feedback}").text


def test_dialogue_sending_publishing_and_enforcing_are_written_down_with_their_day(town: Town) -> None:
    reference = accepted(town)
    early = do(town, "officer", reference, "hold_dialogue", on="2026-11-18", text="Hai bên thống nhất.")
    assert early.status_code == 422 and "Ngày này chưa đến" in early.text and "Hai bên thống nhất." in early.text
    assert do(town, "officer", reference, "hold_dialogue", on="17/11/2026", text="Thống nhất.").status_code == 303
    assert case_of(reference).dialogue_on == date(2026, 11, 17)
    assert do(town, "officer", reference, "withdraw_part", on="2026-11-17", text="Rút phần ranh.").status_code == 303
    _issue(town, reference, "complaint_decision_first", verdict="right")
    for verb, words in (("send", "đã gửi"), ("publish", "công khai"), ("enforce", "thi hành")):
        before = do(town, "officer", reference, verb, on="2026-11-01", text="Ghi.")
        assert before.status_code == 422 and "đứng trước việc mà nó nói đến" in before.text, words
        assert do(town, "officer", reference, verb, on="", text="Ghi.").status_code == 422
        assert do(town, "officer", reference, verb, on="2026-11-17", text="Ghi.").status_code == 303
        assert last(reference) == verb
    text = town.browser("officer").get(f"/desk/cases/{reference}").text
    assert "Đang thi hành" in text and "Rút phần ranh." in text and "17/11/2026" in text


def test_a_decision_is_filed_without_asking_its_outcome_again_and_then_put_away(town: Town) -> None:
    reference = decided(town)
    assert 'name="outcome"' not in town.browser("officer").get(f"/desk/cases/{reference}/close").text
    assert do(town, "officer", reference, "close").status_code == 303
    assert case_of(reference).outcome == "resolved"
    assert do(town, "officer", reference, "archive", reason="").status_code == 303
    assert case_of(reference).status == "archived"


def test_an_ineligible_petition_is_put_away_only_with_its_reason(town: Town) -> None:
    reference = registered(town)
    do(town, "clerk", reference, "classify", remark="Rách nát, không đọc được.")
    assert do(town, "head", reference, "archive", reason=" ").status_code == 422
    assert do(town, "head", reference, "archive", reason="Rách nát.").status_code == 303
    assert case_of(reference).status == "archived"


@pytest.mark.parametrize(("stage", "verb"), [
    (registered, "classify"), (decided, "send"),
])  # fmt: skip
def test_the_page_opens_what_is_most_likely_done_now(town: Town, stage: Any, verb: str) -> None:
    reference = stage(town)
    text = town.browser("head").get(f"/desk/cases/{reference}").text
    assert f'action="/desk/cases/{reference}/{verb}"' in text or f'w-100" href="/desk/cases/{reference}/{verb}"' in text


def test_a_complaint_checked_and_assigned_leads_to_its_notice_of_acceptance(town: Town) -> None:
    reference = registered(town)
    do(town, "clerk", reference, "classify", **dict.fromkeys(CHECKS, "y"))
    assigned(town, reference)
    assert "Soạn: Thông báo thụ lý khiếu nại" in town.browser("officer").get(f"/desk/cases/{reference}").text


def test_verbs_stand_under_the_headings_of_a_cases_life(town: Town) -> None:
    text = town.browser("officer").get(f"/desk/cases/{decided(town)}").text
    assert "Sau khi trả lời" in text and "Xử lý" in text and "Vì sao không làm được" in text


def test_a_supervisor_reads_no_paper_on_its_way_and_opens_no_signed_one(town: Town) -> None:
    reference = decided(town)
    text = town.browser("supervisor").get(f"/desk/cases/{reference}").text
    assert "Nông Văn Khánh ký" in text and "/desk/documents/" not in text and "/papers/" not in text
    assert PASSWORD not in text
