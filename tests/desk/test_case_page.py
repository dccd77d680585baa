"""The case page: only what may be done, only what may be seen, few statements."""

from __future__ import annotations

import re

from app import clock
from app.cases import actions
from app.extensions import db, writing
from app.journal.models import Notice
from app.rules.workflow import Action, Kind

from .. import factories
from ..factories import PASSWORD
from .conftest import TUESDAY, Town, answered, assigned, case_of, counted, do, fresh, proposed

STATEMENTS = 16
"""Parts, papers on their way and signed, kin cases, phrases for the open letter and promises are one statement each."""


def page(town: Town, who: str, reference: str) -> str:
    answer = town.browser(who).get(f"/desk/cases/{reference}")
    assert answer.status_code == 200
    return str(answer.text)


def links(text: str, reference: str) -> set[str]:
    """The verbs a page offers as link or form."""
    return {str(action) for action in Action if re.search(rf"/desk/cases/{reference}/{action}\b", text)}


def test_only_allowed_verbs_are_offered_and_the_others_say_why_not(town: Town, feedback: str) -> None:
    clerk, officer = page(town, "clerk", feedback), page(town, "officer", feedback)
    assert links(clerk, feedback) == {"receive", "correct", "refuse", "mark_duplicate", "assign", "forward", "note",
                                       "classify", "split", "withdraw_part"}  # fmt: skip
    assert links(officer, feedback) == {"take", "note"}
    assert "Vì sao không làm được" in officer and "Việc này không thuộc phần của vai trò hiện có." in officer


def test_the_assigned_officer_finds_the_letter_open_for_writing(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    text = page(town, "officer", feedback)
    assert 'name="text"' in text and "Lưu bản nháp" in text and f'formaction="/desk/cases/{feedback}/draft"' in text
    assert text.count("btn-primary") == 3  # the button, the same in the dock of a phone, and the help of the keys


def test_the_head_reads_the_draft_as_a_letter_with_password_and_return_beside_it(town: Town, feedback: str) -> None:
    proposed(town, feedback)
    text = page(town, "head", feedback)
    assert "đã dọn xong đất đá" in text and 'type="password"' in text and "Trả lại kèm nhận xét" in text
    assert {"approve", "send_back"} <= links(text, feedback)


def test_the_signed_answer_stands_first_with_its_paper(town: Town, feedback: str) -> None:
    answered(town, feedback)
    text = page(town, "officer", feedback)
    assert "Câu trả lời đã gửi" in text and "ring-signed" in text and "/desk/documents/" in text


def test_the_due_card_says_how_it_was_computed(town: Town, feedback: str) -> None:
    text = page(town, "head", feedback)
    assert "ngày làm việc" in text and "Cách tính và các mốc" in text and "Trả lời trước hết" in text


def test_a_supervisor_sees_everything_but_who_sent_it(town: Town, feedback: str) -> None:
    text = page(town, "supervisor", feedback)
    assert "Đường vào xóm Lũng Đính sạt lở" in text and "đã che" in text
    for secret in ("Nông Thị Sen", "0912 000 017", "sen@example.vn"):
        assert secret not in text
    assert not links(text, feedback) and "Cấp lại mã" not in text
    inspected = page(town, "inspector", feedback)
    assert "Nông Thị Sen" in inspected and not links(inspected, feedback)


def test_a_past_custodian_reads_the_timeline_up_to_the_forward_and_nothing_after(town: Town, feedback: str) -> None:
    with clock.fixed(TUESDAY):
        do(town, "head", feedback, "forward", unit="so-xay-dung", reason="Đường tỉnh do Sở quản lý.")
    with writing():
        case = case_of(feedback)
        officer = factories.make_official(at="so-xay-dung", name="Người Của Sở")
        actions.take(case, factories.actor(officer), TUESDAY.replace(hour=5))
        db.session.commit()
    text = page(town, "officer", feedback)
    assert "Đường tỉnh do Sở quản lý." in text and "Việc đã chuyển đơn vị khác" in text
    assert "Người Của Sở" not in text and "Cán bộ đã nhận việc" not in text and "Nông Thị Sen" not in text
    assert not links(text, feedback) and "due-card" not in text


def test_strangers_and_administrators_find_nothing(town: Town, feedback: str) -> None:
    assert town.browser("stranger").get(f"/desk/cases/{feedback}").status_code == 404
    assert town.browser("stranger").get("/desk/cases/PA-2026-777777").status_code == 404
    assert town.browser("administrator").get(f"/desk/cases/{feedback}").status_code == 403
    assert town.app.test_client().get(f"/desk/cases/{feedback}").status_code == 302


def test_opening_a_case_reads_its_news(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    assert "có tin mới" in town.browser("officer").get("/desk/?view=mine").text
    browser = town.browser("officer")
    browser.get(f"/desk/cases/{feedback}")
    db.session.expire_all()
    unread = db.session.query(Notice).filter_by(official_id=town.people["officer"], read_at=None).count()
    assert unread == 0 and "có tin mới" not in browser.get("/desk/?view=mine").text


def test_a_complaint_shows_what_it_is_against_and_that_its_clock_waits_for_the_signature(town: Town) -> None:
    text = page(town, "head", fresh(town, kind=Kind.COMPLAINT))
    assert "Quyết định số 12/QĐ-UBND" in text and "chờ bản gốc có chữ ký" in text and "chưa vào sổ" in text


def test_cases_alike_in_the_same_place_are_shown(town: Town, feedback: str) -> None:
    other = fresh(town, title="Xe không qua được, đường vào xóm Lũng Đính lại sạt")
    fresh(town, title="Đèn đường ở chợ hỏng đã hai tuần")
    text = page(town, "clerk", feedback)
    assert other in text and "Đèn đường ở chợ" not in text


def test_a_case_page_asks_few_statements_however_much_happened(town: Town, feedback: str) -> None:
    for who in ("clerk", "officer", "head", "supervisor"):
        town.browser(who).get(f"/desk/cases/{feedback}")
        _within(town, who, feedback)
    proposed(town, feedback)
    for number in range(15):
        do(town, "colleague", feedback, "note", text=f"Ghi chú {number}")
    do(town, "head", feedback, "send_back", reason="Thêm ngày.")
    do(town, "officer", feedback, "propose", text="Bản hai.", outcome="resolved")
    do(town, "head", feedback, "approve", password=PASSWORD)
    for who in ("officer", "head", "supervisor", "inspector"):
        town.browser(who).get(f"/desk/cases/{feedback}")
        _within(town, who, feedback)


def _within(town: Town, who: str, reference: str) -> None:
    browser = town.browser(who)
    db.session.expire_all()
    db.session.rollback()
    with counted() as said:
        assert browser.get(f"/desk/cases/{reference}").status_code == 200
    assert len(said) <= STATEMENTS, f"{who}: {len(said)} statements\n" + "\n".join(said)
