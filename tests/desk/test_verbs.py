"""Every verb of the desk over HTTP: done, refused with its reason, nothing lost when two are at it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from app import clock
from app.attachments.models import Attachment
from app.cases import actions
from app.documents.models import Document
from app.extensions import db, writing
from app.journal.queries import timeline
from app.rules.workflow import THE_SYSTEM, Kind

from ..factories import PASSWORD
from .conftest import TUESDAY, Town, answered, assigned, case_of, do, fresh, proposed


def last(reference: str) -> str:
    return timeline(case_of(reference).id)[-1].action


def photo() -> tuple[io.BytesIO, str]:
    """A small photo as a browser sends it."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 120, 40)).save(file, "JPEG")
    file.seek(0)
    return file, "sau khi dọn.jpg"


def test_the_clerk_receives_and_the_officer_takes(town: Town, feedback: str) -> None:
    assert do(town, "clerk", feedback, "receive").status_code == 303
    assert case_of(feedback).received_at == TUESDAY
    assert do(town, "officer", feedback, "take").status_code == 303
    assert (case_of(feedback).status, case_of(feedback).assigned_to_id) == ("assigned", town.people["officer"])


def test_the_head_assigns_to_an_officer_of_the_unit_only(town: Town, feedback: str) -> None:
    answer = do(town, "head", feedback, "assign", officer=town.people["stranger"])
    assert answer.status_code == 422
    assigned(town, feedback)
    assert case_of(feedback).assigned_to_id == town.people["officer"]


def test_the_list_of_officers_says_how_many_cases_each_holds(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    page = town.browser("head").get(f"/desk/cases/{fresh(town)}").text
    assert "Hoàng Thị Mai (đang giữ 1 việc)" in page and "Đàm Văn Lực (đang giữ 0 việc)" in page


def test_a_correction_needs_a_reason_and_changes_what_it_names(town: Town, feedback: str) -> None:
    typed = {"kind": "feedback", "category": "roads.lighting", "commune": "01447", "place": "Xóm Bản Viết"}
    assert do(town, "clerk", feedback, "correct", **typed).status_code == 422
    assert do(town, "clerk", feedback, "correct", **typed, reason="Chọn nhầm lĩnh vực").status_code == 303
    case = case_of(feedback)
    assert (case.category.code, case.place, case.is_public) == ("roads.lighting", "Xóm Bản Viết", False)


def test_a_refusal_is_explained_and_the_clerk_is_led_back_to_the_queue(town: Town, feedback: str) -> None:
    answer = do(town, "clerk", feedback, "refuse", ground="spam", reason="Nội dung quảng cáo.")
    assert (answer.status_code, answer.location) == (303, "/desk/")
    assert (case_of(feedback).status, case_of(feedback).outcome) == ("closed", "not_accepted")


def test_a_duplicate_follows_the_case_named_by_reference(town: Town, feedback: str) -> None:
    again = fresh(town)
    wrong = do(town, "head", again, "mark_duplicate", reference="PA-2026-999999")
    assert wrong.status_code == 422 and "Không thấy việc nào có số này" in wrong.text
    assert do(town, "head", again, "mark_duplicate", reference=feedback.lower()).status_code == 303
    assert case_of(again).duplicate_of.reference == feedback


def test_a_forward_leaves_a_past_custodian_and_tells_why(town: Town, feedback: str) -> None:
    assert do(town, "head", feedback, "forward", unit="so-xay-dung").status_code == 422
    answer = do(town, "head", feedback, "forward", unit="so-xay-dung", reason="Đường tỉnh do Sở quản lý.")
    assert answer.status_code == 303
    assert case_of(feedback).unit.code == "so-xay-dung"


def test_asking_noting_and_drafting_keep_their_text(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    assert do(town, "officer", feedback, "draft", text="Đang kiểm tra.", outcome="").status_code == 303
    assert case_of(feedback).draft_text == "Đang kiểm tra."
    assert do(town, "colleague", feedback, "note", text="Nhớ gọi trưởng xóm.").status_code == 303
    assert do(town, "officer", feedback, "ask", text="Đoạn sạt dài bao nhiêu mét?").status_code == 303
    assert case_of(feedback).status == "waiting"


def test_the_head_sends_back_with_a_remark_only(town: Town, feedback: str) -> None:
    proposed(town, feedback)
    assert do(town, "head", feedback, "send_back", reason="").status_code == 422
    assert do(town, "head", feedback, "send_back", reason="Ghi rõ ngày xong.").status_code == 303
    assert case_of(feedback).status == "assigned"


def test_a_proposal_without_outcome_is_refused_beside_the_field(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    answer = do(town, "officer", feedback, "propose", text="Đã dọn xong.", outcome="")
    assert answer.status_code == 422 and "Chọn kết quả giải quyết." in answer.text and "Đã dọn xong." in answer.text


def test_the_signature_is_the_password_and_sends_the_answer(town: Town, feedback: str) -> None:
    proposed(town, feedback)
    wrong = do(town, "head", feedback, "approve", password="sai mật khẩu rồi nhé")
    assert wrong.status_code == 422 and "Mật khẩu chưa đúng" in wrong.text
    assert case_of(feedback).status == "pending_approval"
    assert do(town, "head", feedback, "approve", password=PASSWORD).status_code == 303
    assert case_of(feedback).status == "answered" and last(feedback) == "approve"
    assert db.session.query(Document).one().number


def test_ten_wrong_passwords_close_the_signature_for_a_while(town: Town, feedback: str) -> None:
    proposed(town, feedback)
    from app.accounts import attempts

    with writing():
        for _n in range(10):
            attempts.count("sign", f"official:{town.people['head']}", clock.now())
        db.session.commit()
    assert do(town, "head", feedback, "approve", password=PASSWORD).status_code == 429
    with clock.fixed(TUESDAY + timedelta(minutes=16)):
        assert do(town, "head", feedback, "approve", password=PASSWORD).status_code == 303


def test_an_answered_case_is_filed(town: Town, feedback: str) -> None:
    answered(town, feedback)
    assert do(town, "officer", feedback, "close", outcome="partly_resolved").status_code == 303
    assert (case_of(feedback).status, case_of(feedback).outcome) == ("closed", "partly_resolved")


def test_a_silent_resident_is_closed_as_explained_only_after_reminder_and_window(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    do(town, "officer", feedback, "ask", text="Đoạn nào?")
    assert do(town, "officer", feedback, "close", outcome="explained").status_code == 409
    with writing():
        actions.remind(case_of(feedback), THE_SYSTEM, TUESDAY + timedelta(days=16))
        db.session.commit()
    with clock.fixed(TUESDAY + timedelta(days=20)):
        assert do(town, "officer", feedback, "close", outcome="explained").status_code == 422
    with clock.fixed(TUESDAY + timedelta(days=33)):
        assert do(town, "officer", feedback, "close", outcome="explained").status_code == 303
    assert case_of(feedback).outcome == "explained"


def test_a_complaint_is_registered_with_the_day_of_its_original(town: Town) -> None:
    complaint = fresh(town, kind=Kind.COMPLAINT)
    assert do(town, "clerk", complaint, "register", signed_on="2026-11-17").status_code == 303
    assert case_of(complaint).registered_on == TUESDAY.date()
    future = fresh(town, kind=Kind.COMPLAINT)
    assert do(town, "clerk", future, "register", signed_on="2027-11-17").status_code == 422


def test_files_of_a_draft_stay_inside_until_it_is_signed(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    typed = {"text": "Đã dọn xong.", "outcome": "resolved", "files": photo()}
    assert do(town, "officer", feedback, "propose", **typed).status_code == 303
    file = db.session.query(Attachment).one()
    assert file.is_internal and case_of(feedback).files_count == 1
    do(town, "head", feedback, "approve", password=PASSWORD)
    db.session.expire_all()
    file = db.session.query(Attachment).one()
    assert not file.is_internal and file.event_seq == timeline(case_of(feedback).id)[-1].seq


def test_a_file_that_is_none_of_ours_is_refused_beside_the_field_and_the_text_stays(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    typed = {"text": "Gửi ảnh thêm giúp.", "files": (io.BytesIO(b"MZ not a photo"), "anh.jpg")}
    answer = do(town, "officer", feedback, "ask", **typed)
    assert answer.status_code == 422 and "Gửi ảnh thêm giúp." in answer.text
    assert case_of(feedback).status == "assigned"


def test_the_second_of_two_officials_sees_both_texts_and_may_keep_theirs(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    version = case_of(feedback).version
    do(town, "officer", feedback, "draft", text="Bản của người trước.", outcome="resolved")
    stale = town.browser("officer").post(f"/desk/cases/{feedback}/draft", data={
        "version": version, "text": "Bản của người sau.", "outcome": "explained"})  # fmt: skip
    assert stale.status_code == 409
    assert "Bản của người trước." in stale.text and "Bản của người sau." in stale.text
    assert f'name="version" value="{case_of(feedback).version}"' in stale.text and 'value="explained"' in stale.text
    assert case_of(feedback).draft_text == "Bản của người trước."
    assert do(town, "officer", feedback, "draft", text="Bản của người sau.").status_code == 303


def test_words_written_for_a_case_that_moved_on_are_shown_again(town: Town, feedback: str) -> None:
    proposed(town, feedback)
    answer = do(town, "officer", feedback, "ask", text="Câu hỏi viết dở.")
    assert answer.status_code == 409
    assert "Câu hỏi viết dở." in answer.text and "Trình ký bản 1" in answer.text
    assert "Giữ bản của tôi" not in answer.text


def test_a_form_without_its_version_changes_nothing(town: Town, feedback: str) -> None:
    answer = town.browser("clerk").post(f"/desk/cases/{feedback}/receive", data={})
    assert answer.status_code == 422 and case_of(feedback).received_at is None


@pytest.mark.parametrize(("who", "status"), [
    ("stranger", 404), ("supervisor", 403), ("inspector", 403), ("administrator", 403), ("clerk", 403),
])  # fmt: skip
def test_what_is_out_of_sight_is_not_there_and_what_is_not_yours_says_why(
    town: Town, feedback: str, who: str, status: int
) -> None:
    assigned(town, feedback)
    answer = do(town, who, feedback, "propose", text="Không phải việc của tôi", outcome="resolved")
    assert answer.status_code == status
    if who in ("supervisor", "clerk"):
        assert "Việc này không thuộc phần của vai trò hiện có." in answer.text
    assert case_of(feedback).status == "assigned"


def test_a_verb_nobody_knows_is_not_there(town: Town, feedback: str) -> None:
    assert town.browser("head").get(f"/desk/cases/{feedback}/destroy").status_code == 404
    assert town.browser("head").get(f"/desk/cases/{feedback}/rate").status_code == 404


def test_a_past_custodian_may_do_nothing_more(town: Town, feedback: str) -> None:
    do(town, "head", feedback, "forward", unit="so-xay-dung", reason="Đường tỉnh.")
    answer = do(town, "officer", feedback, "note", text="Còn đây")
    assert answer.status_code == 403 and "Việc đã chuyển đơn vị khác" in answer.text


def test_every_verb_page_opens_where_the_verb_is_allowed(town: Town, feedback: str) -> None:
    opened = {
        "clerk": ["receive", "correct", "refuse", "mark_duplicate", "assign", "forward", "note"],
        "officer": ["take"],
    }
    for who, verbs in opened.items():
        for verb in verbs:
            page = town.browser(who).get(f"/desk/cases/{feedback}/{verb}")
            assert page.status_code == 200 and 'name="version"' in page.text, verb
    assigned(town, feedback)
    for verb in ("ask", "draft", "propose", "note", "correct"):
        assert town.browser("officer").get(f"/desk/cases/{feedback}/{verb}").status_code == 200, verb
    proposed_case = proposed(town, fresh(town))
    for verb in ("approve", "send_back", "assign"):
        assert town.browser("head").get(f"/desk/cases/{proposed_case}/{verb}").status_code == 200, verb
