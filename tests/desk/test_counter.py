"""The counter: two minutes, one case, a printed receipt; and a new code for who lost theirs."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.cases.models import Case
from app.cases.queries import by_code
from app.cases.receipts import code_of, new_token
from app.extensions import db
from app.journal.queries import timeline

from .conftest import Town, case_of, counted, do

SECRET = "a-key-for-tests-only-not-used-anywhere"


def said(**more: Any) -> dict[str, Any]:
    """What a walk-in says."""
    return {
        "token": new_token(), "kind": "feedback", "title": "Cầu treo bản Giốc hỏng ba tấm ván",
        "body": "Ba tấm ván mặt cầu đã gãy, người già không dám qua.", "category": "roads.surface", "commune": "01447",
        "place": "Cầu treo bản Giốc", "channel": "counter", "name": "Hà Văn Tú", "phone": "0912 000 018", **more,
    }  # fmt: skip


def complaint(**more: Any) -> dict[str, Any]:
    return said(kind="complaint", category="land.dispute", title="Khiếu nại quyết định thu hồi đất", channel="letter",
                against="Quyết định 12/QĐ-UBND", known_on="2026-11-02", request="Hủy quyết định",
                address="Xóm Bản Viết", **more)  # fmt: skip


def enter(browser: FlaskClient, form: dict[str, Any]) -> Any:
    return browser.post("/desk/intake", data=form)


def test_a_walk_in_gets_a_case_and_a_receipt_with_its_code(town: Town) -> None:
    browser, form = town.browser("clerk"), said()
    answer = enter(browser, form)
    assert answer.status_code == 303
    case = db.session.query(Case).one()
    assert (case.channel, case.contact_name, case.entered_by_id) == ("counter", "Hà Văn Tú", town.people["clerk"])
    code = code_of(form["token"], SECRET)
    found = by_code(code)
    assert found is not None and found.id == case.id
    page = browser.get(answer.location)
    assert code[:4] in page.text and "<svg" in page.text and case.reference in page.text
    paper = browser.get(answer.location + ".pdf")
    assert paper.data.startswith(b"%PDF") and paper.mimetype == "application/pdf"


def test_the_code_is_shown_only_in_the_browser_that_wrote_it(town: Town) -> None:
    address = enter(town.browser("clerk"), said()).location
    assert town.browser("head").get(address).status_code == 404


def test_the_same_form_twice_makes_one_case(town: Town) -> None:
    browser, form = town.browser("clerk"), said()
    assert enter(browser, form).location == enter(browser, form).location
    assert db.session.query(Case).count() == 1
    other = enter(browser, {**form, "body": "Một nội dung khác hẳn."})
    assert other.status_code == 422 and db.session.query(Case).count() == 1


def test_a_case_alike_is_shown_before_one_more_is_written(town: Town) -> None:
    browser = town.browser("clerk")
    first = enter(browser, said()).location.split("/")[3]
    again = said(title="Ván cầu treo bản Giốc hỏng, chưa ai sửa", phone="0912000999")
    warned = enter(browser, again)
    assert warned.status_code == 422 and first in warned.text and "Có việc gần giống" in warned.text
    assert enter(browser, {**again, "is_new": "y"}).status_code == 303
    same_caller = enter(browser, said(title="Loa xóm mất tiếng", phone="0912.000.018"))
    assert same_caller.status_code == 422 and first in same_caller.text


@pytest.mark.parametrize(("more", "words"), [
    ({"title": ""}, "Chưa ghi nội dung."), ({"name": ""}, "Ghi họ tên người gửi."),
    ({"channel": "phone", "phone": ""}, "Người gọi điện cần có số để gọi lại."),
    ({"phone": "12345"}, "cần 10"), ({"email": "nham"}, "Địa chỉ này chưa đúng"), ({"category": ""}, "Chọn lĩnh vực"),
])  # fmt: skip
def test_what_is_missing_is_said_beside_its_field_and_the_rest_stays(town: Town, more: Any, words: str) -> None:
    answer = enter(town.browser("clerk"), said(**more))
    assert answer.status_code == 422 and words in answer.text and "người già không dám qua" in answer.text
    assert db.session.query(Case).count() == 0


def test_a_complaint_needs_what_the_law_names(town: Town) -> None:
    answer = enter(town.browser("clerk"), {**complaint(), "request": "", "known_on": ""})
    assert answer.status_code == 422
    assert "Khiếu nại cần ghi yêu cầu giải quyết." in answer.text and "ngày biết quyết định" in answer.text


def test_a_paper_complaint_is_registered_with_the_day_of_its_original(town: Town) -> None:
    assert enter(town.browser("clerk"), complaint(signed_on="2026-11-16")).status_code == 303
    case = db.session.query(Case).one()
    assert str(case.registered_on) == "2026-11-16" and case.due_on is not None
    assert [e.action for e in timeline(case.id)] == ["submit", "register"]


def test_a_case_for_another_unit_is_taken_in_and_its_original_sent_on(town: Town) -> None:
    form = complaint(signed_on="2026-11-16") | {"commune": "01294"}
    answer = enter(town.browser("clerk"), form)
    assert answer.status_code == 303
    case = db.session.query(Case).one()
    assert case.unit.code == "01294" and case.registered_on is None


def test_an_officer_may_enter_but_not_register(town: Town) -> None:
    assert enter(town.browser("officer"), complaint(signed_on="2026-11-16")).status_code == 303
    assert db.session.query(Case).one().registered_on is None


def test_the_counter_page_asks_few_statements(town: Town) -> None:
    browser = town.browser("clerk")
    db.session.rollback()
    with counted() as statements:
        assert browser.get("/desk/intake").status_code == 200
    assert len(statements) <= 10, "\n".join(statements)


def renewed(town: Town, who: str, reference: str, **more: Any) -> Any:
    typed = {"token": new_token(), "checked": "papers", "statement": "Căn cước khớp họ tên và địa chỉ.", **more}
    browser = town.browser(who)
    form = {"version": case_of(reference).version, **typed}
    return browser, form, browser.post(f"/desk/cases/{reference}/renew-code", data=form)


def test_a_lost_code_is_replaced_after_an_identity_check(town: Town, feedback: str) -> None:
    before = case_of(feedback).code_hash
    browser, form, answer = renewed(town, "clerk", feedback)
    assert answer.status_code == 303 and case_of(feedback).code_hash != before
    assert code_of(form["token"], SECRET)[:4] in browser.get(answer.location).text
    event = timeline(case_of(feedback).id)[-1]
    assert event.action == "code_renewed" and event.facts["statement"].startswith("Căn cước")
    assert browser.post(f"/desk/cases/{feedback}/renew-code", data=form).status_code == 303
    assert len(timeline(case_of(feedback).id)) == 2


def test_without_a_statement_no_code_is_given(town: Town, feedback: str) -> None:
    before = case_of(feedback).code_hash
    assert renewed(town, "clerk", feedback, statement=" ")[2].status_code == 422
    assert renewed(town, "clerk", feedback, checked="")[2].status_code == 422
    assert case_of(feedback).code_hash == before


@pytest.mark.parametrize(("who", "status"), [
    ("officer", 303), ("head", 303), ("stranger", 404), ("supervisor", 403), ("inspector", 403), ("administrator", 403),
])  # fmt: skip
def test_only_who_works_on_the_case_may_renew_its_code(town: Town, feedback: str, who: str, status: int) -> None:
    assert renewed(town, who, feedback)[2].status_code == status


def test_a_past_custodian_may_not_renew(town: Town, feedback: str) -> None:
    do(town, "head", feedback, "forward", unit="so-xay-dung", reason="Đường tỉnh.")
    assert renewed(town, "officer", feedback)[2].status_code == 403
