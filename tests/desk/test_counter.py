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


def test_the_clock_is_shown_before_anything_is_saved_and_is_the_one_that_starts(town: Town) -> None:
    browser, form = town.browser("clerk"), said(name="", title="")
    page = browser.post("/desk/intake", data={**form, "go": "clock"})
    assert page.status_code == 200 and db.session.query(Case).count() == 0
    assert "Ủy ban nhân dân xã Trùng Khánh" in page.text and "Cầu treo" in page.text and "Lỗi:" not in page.text
    enter(browser, said(token=form["token"]))
    due = db.session.query(Case).one().due_on
    assert due is not None and f"{due:%d/%m/%Y}" in page.text
    again = enter(browser, said(name=""))
    assert again.status_code == 422 and f"{due:%d/%m/%Y}" in again.text  # and after every mistake


def test_a_complaint_is_told_that_it_waits_and_how_long_settlement_takes(town: Town) -> None:
    browser = town.browser("clerk")
    page = browser.post("/desk/intake", data={**complaint(), "go": "clock"}).text
    assert "Chưa tính hạn: khiếu nại chờ bản gốc" in page and "30 ngày từ ngày thụ lý" in page
    assert "45 ngày từ ngày thụ lý" in page and "Vùng sâu, vùng xa: không." in page
    signed = browser.post("/desk/intake", data={**complaint(signed_on="2026-11-16"), "go": "clock"}).text
    assert "Tính từ 16/11/2026." in signed and "Quyết định thụ lý: " in signed
    far = browser.post("/desk/intake", data={**complaint(), "commune": "01294", "go": "clock"}).text
    assert "60 ngày từ ngày thụ lý" in far and "Vùng sâu, vùng xa: có" in far


def test_what_was_checked_at_the_counter_is_kept_with_the_case(town: Town) -> None:
    four = dict.fromkeys([f"checklist-{c}" for c in ("in_vietnamese", "has_content", "is_decent", "is_new")], "y")
    assert enter(town.browser("clerk"), said(**four)).status_code == 303
    case = db.session.query(Case).one()
    assert case.eligibility is not None and case.eligibility["is_eligible"]
    assert [e.action for e in timeline(case.id)] == ["submit", "classify"]


def test_what_lacks_something_needs_a_remark_at_the_counter_too(town: Town) -> None:
    answer = enter(town.browser("clerk"), said(**{"checklist-in_vietnamese": "y"}))
    assert answer.status_code == 422 and "Ghi đơn còn thiếu gì." in answer.text
    assert (
        enter(town.browser("clerk"), said(**{"checklist-in_vietnamese": "y"}, remark="Không rõ nội dung.")).status_code
        == 303
    )
    found = db.session.query(Case).one().eligibility
    assert found is not None and not found["is_eligible"] and found["remark"] == "Không rõ nội dung."


def test_competence_decides_where_it_goes(town: Town) -> None:
    browser = town.browser("clerk")
    missing = enter(browser, said(competence="other"))
    assert missing.status_code == 422 and "Chọn đơn vị xử lý." in missing.text
    enter(browser, said(competence="other", unit="so-xay-dung"))
    assert db.session.query(Case).one().unit.code == "so-xay-dung"
    outside = enter(browser, said(competence="outside", commune="01294", title="Việc của toà án", phone=""))
    assert db.session.query(Case).order_by(Case.id.desc()).first().unit.code == "01447"  # type: ignore[union-attr]
    assert "soạn phiếu hướng dẫn" in browser.get(outside.location).text


def test_a_denunciation_is_not_entered_at_the_counter(town: Town) -> None:
    browser = town.browser("clerk")
    assert 'value="denunciation"' not in browser.get("/desk/intake").text
    answer = enter(browser, said(kind="denunciation"))
    assert answer.status_code == 422 and db.session.query(Case).count() == 0


def test_a_second_complaint_names_a_first_one_that_may_be_complained_of_again(town: Town) -> None:
    browser = town.browser("clerk")
    unknown = enter(browser, complaint(appeal_of="KN-2026-999999"))
    assert unknown.status_code == 422 and "Không có khiếu nại lần đầu nào mang số này." in unknown.text
    enter(browser, complaint(signed_on="2026-11-16"))
    first = db.session.query(Case).one().reference
    early = enter(browser, complaint(appeal_of=first.lower(), is_new="y"))
    assert early.status_code == 422 and db.session.query(Case).count() == 1
    assert "Khiếu nại lần hai" in early.text
