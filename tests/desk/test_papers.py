"""Papers at the desk: begun from the case, seen beforehand, submitted, returned, signed; nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest

from app.cases import actions
from app.cases.paper_facts import facts_of
from app.cases.receipts import code_of, new_token
from app.documents.models import Document, Paper
from app.documents.paper_forms import defaults, form
from app.extensions import db, writing
from app.journal.queries import timeline
from app.rules.workflow import Kind, Role
from app.units.models import Category

from .. import factories
from ..factories import PASSWORD
from .conftest import Town, assigned, case_of, do, fresh


@pytest.fixture
def complaint(town: Town) -> str:
    """A complaint whose signed original is in the register, checked and given to the officer."""
    reference = fresh(town, kind=Kind.COMPLAINT, category_code="land.dispute")
    assert do(town, "clerk", reference, "register", signed_on="2026-11-17").status_code == 303
    checks = dict.fromkeys(("in_vietnamese", "has_date", "has_name", "is_signed", "has_against", "has_content",
                            "has_request", "in_time", "is_decent", "is_new"), "y")  # fmt: skip
    assert do(town, "clerk", reference, "classify", **checks).status_code == 303
    return assigned(town, reference)


def boxes(form_id: str, **more: Any) -> dict[str, Any]:
    """Something in every box."""
    return {f"text-{field.id}": f"Nội dung {field.id}." for field in form(form_id).fields} | more


def new(town: Town, who: str, reference: str, form_id: str, go: str, **more: Any) -> Any:
    typed = {"version": case_of(reference).version, "go": go, "before": "{}", **boxes(form_id), **more}
    return town.browser(who).post(f"/desk/cases/{reference}/papers/new/{form_id}", data=typed)


def kept(reference: str) -> Paper:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Paper).filter_by(case_id=case_of(reference).id).order_by(Paper.id.desc()).first()  # type: ignore[return-value]


def on(town: Town, who: str, reference: str, go: str, **more: Any) -> Any:
    paper = kept(reference)
    typed = {"version": paper.version, "go": go, "before": "{}", **more}
    return town.browser(who).post(f"/desk/cases/{reference}/papers/{paper.public_id}", data=typed)


def test_a_paper_is_begun_filled_from_its_case_with_the_law_beside_each_text(town: Town, complaint: str) -> None:
    text = town.browser("officer").get(f"/desk/cases/{complaint}/papers/new/acceptance_notice").text
    assert "Quyết định số 12/QĐ-UBND" in text and "Luật 02/2011/QH13 Điều 27" in text
    assert "Hạn mới: " in text and 'name="is_complex"' in text and 'type="password"' not in text
    assert "(không bắt buộc)" in text


def test_the_clock_that_will_follow_is_shown_before_anything_is_saved(town: Town, complaint: str) -> None:
    plain = new(town, "officer", complaint, "acceptance_notice", "clock")
    longer = new(town, "officer", complaint, "acceptance_notice", "clock", is_complex="y")
    assert "17/12/2026" in plain.text and "01/01/2027" not in plain.text
    assert "04/01/2027" in longer.text  # 45 days end on 1 January, a day off, and the next working day is Monday
    assert kept(complaint) is None


def test_texts_nobody_touched_follow_the_choice_and_others_stay(town: Town, complaint: str) -> None:
    page = town.browser("officer").get(f"/desk/cases/{complaint}/papers/new/acceptance_notice").text
    assert "Nội dung content." not in page
    case = case_of(complaint)
    spec = form("acceptance_notice")
    was = defaults(spec, facts_of(case, spec.action, {"is_complex": False}), "vi")
    typed = {f"text-{name}": text for name, text in was.items()} | {"text-content": "Sửa tay."}
    answer = new(town, "officer", complaint, "acceptance_notice", "clock", is_complex="y",
                 before='{"is_complex": false}', **typed)  # fmt: skip
    assert answer.status_code == 200 and "Sửa tay." in answer.text


def test_a_draft_is_submitted_returned_with_a_remark_and_signed_as_it_was_read(town: Town, complaint: str) -> None:
    assert new(town, "officer", complaint, "acceptance_notice", "save").status_code == 303
    assert kept(complaint).state == "draft"
    assert on(town, "officer", complaint, "submit", **boxes("acceptance_notice")).status_code == 303
    queue = town.browser("head").get("/desk/?view=approve").text
    assert complaint in queue and "văn bản chờ ký: Thông báo thụ lý khiếu nại" in queue
    assert "Đọc và ký: Thông báo thụ lý khiếu nại" in town.browser("head").get(f"/desk/cases/{complaint}").text
    read = town.browser("head").get(f"/desk/cases/{complaint}/papers/{kept(complaint).public_id}").text
    assert "Nội dung content." in read and 'type="password"' in read and "Hạn mới: " in read
    assert on(town, "head", complaint, "return", reason="").status_code == 422
    assert on(town, "head", complaint, "return", reason="Ghi rõ diện tích.").status_code == 303
    assert "Ghi rõ diện tích." in town.browser("officer").get(f"/desk/cases/{complaint}").text
    assert on(town, "officer", complaint, "submit", **boxes("acceptance_notice")).status_code == 303
    wrong = on(town, "head", complaint, "sign-read", password="không phải mật khẩu")
    assert wrong.status_code == 422 and "Mật khẩu chưa đúng" in wrong.text
    assert on(town, "head", complaint, "sign-read", password=PASSWORD).status_code == 303
    case, paper = case_of(complaint), kept(complaint)
    assert (case.is_accepted, case.due_stage, paper.state) == (True, "settlement_first", "signed")
    page = town.browser("officer").get(f"/desk/cases/{complaint}").text
    document = db.session.query(Document).one()
    assert document.number in page and document.sha256 in page and "Nông Văn Khánh ký" in page
    assert town.browser("officer").get(f"/desk/documents/{document.public_id}").status_code == 200
    reading = town.browser("officer").get(f"/desk/cases/{complaint}/papers/{paper.public_id}").text
    assert document.number in reading and "Sửa văn bản" not in reading


def test_the_head_writes_and_signs_in_one_go(town: Town, complaint: str) -> None:
    answer = new(town, "head", complaint, "acceptance_notice", "sign", password=PASSWORD, is_complex="y",
                 before='{"is_complex": true}')  # fmt: skip
    assert answer.status_code == 303 and case_of(complaint).is_complex
    assert timeline(case_of(complaint).id)[-1].action == "accept"


def test_what_is_missing_is_said_beside_each_text_and_nothing_is_kept(town: Town, complaint: str) -> None:
    answer = new(town, "head", complaint, "acceptance_notice", "sign", password=PASSWORD, **{
        "text-content": " ", "before": '{"is_complex": false}'})  # fmt: skip
    assert answer.status_code == 422 and "Luật yêu cầu văn bản có mục này" in answer.text
    assert "Nội dung term." in answer.text and kept(complaint) is None


def test_a_decision_needs_its_verdict_and_a_suspension_its_day(town: Town, complaint: str) -> None:
    new(town, "head", complaint, "acceptance_notice", "sign", password=PASSWORD, before='{"is_complex": false}')
    no_verdict = new(town, "head", complaint, "complaint_decision_first", "sign", password=PASSWORD)
    assert no_verdict.status_code == 422 and "Chọn kết luận" in no_verdict.text
    for day, words in (("", "Ghi ngày, tháng, năm."), ("2026-13-45", "Ghi đúng ngày"),
                       ("2027-01-10", "Ngày tạm đình chỉ phải từ ngày thụ lý đến hôm nay.")):  # fmt: skip
        answer = new(town, "head", complaint, "suspension_decision", "sign", password=PASSWORD, on=day,
                     before=f'{{"on": "{day}"}}')  # fmt: skip
        assert answer.status_code == 422 and words in answer.text, day
    strange = new(town, "head", complaint, "complaint_decision_first", "save", verdict="perhaps")
    assert strange.status_code in (303, 422) and case_of(complaint).verdict == ""


def test_a_signed_decision_and_what_is_still_owed_stand_on_the_case(town: Town, complaint: str) -> None:
    new(town, "head", complaint, "acceptance_notice", "sign", password=PASSWORD, before='{"is_complex": false}')
    answer = new(town, "head", complaint, "complaint_decision_first", "sign", password=PASSWORD,
                 verdict="partly_right", before='{"verdict": "partly_right"}')  # fmt: skip
    assert answer.status_code == 303
    text = town.browser("officer").get(f"/desk/cases/{complaint}").text
    assert "Đã ra quyết định" in text and "Đúng một phần" in text and "chưa ghi ngày gửi" in text


def test_who_may_not_sign_is_told_so_and_nothing_happens(town: Town, complaint: str) -> None:
    answer = new(town, "officer", complaint, "acceptance_notice", "sign", before='{"is_complex": false}')
    assert answer.status_code == 403 and kept(complaint) is None


def test_the_pdf_is_shown_before_and_after_saving_and_kept_nowhere(town: Town, complaint: str) -> None:
    answer = new(town, "officer", complaint, "acceptance_notice", "preview")
    assert answer.data.startswith(b"%PDF") and answer.headers["Content-Disposition"].startswith("inline")
    assert db.session.query(Document).count() == 0 and kept(complaint) is None
    new(town, "officer", complaint, "acceptance_notice", "save")
    saved = town.browser("head").get(f"/desk/cases/{complaint}/papers/{kept(complaint).public_id}/preview")
    assert saved.data.startswith(b"%PDF") and saved.mimetype == "application/pdf"


def test_the_second_of_two_writers_keeps_both_texts(town: Town, complaint: str) -> None:
    new(town, "officer", complaint, "acceptance_notice", "save")
    old = kept(complaint).version
    assert on(town, "head", complaint, "save", **boxes("acceptance_notice", **{"text-content": "Bản của lãnh đạo."}))
    answer = on(town, "officer", complaint, "save", **boxes("acceptance_notice", **{
        "text-content": "Bản của cán bộ.", "version": old}))  # fmt: skip
    assert answer.status_code == 409
    assert "Bản của cán bộ." in answer.text and "Bản của lãnh đạo." in answer.text
    assert kept(complaint).fields["content"] == "Bản của lãnh đạo."


def test_a_paper_whose_case_moved_on_shows_what_was_typed_and_what_happened(town: Town, complaint: str) -> None:
    new(town, "officer", complaint, "acceptance_notice", "save")
    draft = kept(complaint)
    url, typed = f"/desk/cases/{complaint}/papers/{draft.public_id}", boxes(draft.form, version=draft.version)
    assert new(town, "head", complaint, "acceptance_refusal", "sign", password=PASSWORD).status_code == 303
    typed |= {"go": "submit", "before": "{}", "text-content": "Còn đây."}
    answer = town.browser("officer").post(url, data=typed)
    assert answer.status_code == 409 and "Còn đây." in answer.text


def test_a_dropped_paper_takes_no_number_and_opens_no_more_for_writing(town: Town, complaint: str) -> None:
    new(town, "officer", complaint, "acceptance_notice", "save")
    assert on(town, "officer", complaint, "drop").status_code == 303
    assert kept(complaint).state == "dropped"
    page = town.browser("officer").get(f"/desk/cases/{complaint}/papers/{kept(complaint).public_id}")
    assert page.status_code == 200 and "Đã bỏ" in page.text and "textarea" not in page.text


@pytest.mark.parametrize(("who", "status"), [
    ("stranger", 404), ("supervisor", 403), ("inspector", 403), ("administrator", 403), ("colleague", 403),
    ("officer", 200), ("head", 200),
])  # fmt: skip
def test_papers_open_to_who_works_on_the_case(town: Town, complaint: str, who: str, status: int) -> None:
    answer = town.browser(who).get(f"/desk/cases/{complaint}/papers/new/acceptance_notice")
    assert answer.status_code == status


def test_unknown_papers_and_those_of_another_kind_or_case_are_not_there(town: Town, complaint: str) -> None:
    browser = town.browser("head")
    for path in ("new/denunciation_conclusion", "new/nothing", "0" * 32, f"{'0' * 32}/preview"):
        assert browser.get(f"/desk/cases/{complaint}/papers/{path}").status_code == 404, path
    new(town, "officer", complaint, "acceptance_notice", "save")
    other = fresh(town)
    assert browser.get(f"/desk/cases/{other}/papers/{kept(complaint).public_id}").status_code == 404
    assert new(town, "head", complaint, "acceptance_notice", "nonsense").status_code == 404


def test_a_paper_that_does_not_fit_now_says_which_step_stands_in_the_way(town: Town, complaint: str) -> None:
    answer = town.browser("head").get(f"/desk/cases/{complaint}/papers/new/complaint_decision_first")
    assert answer.status_code == 409 and "chưa thụ lý" in answer.text


def test_named_handlers_write_papers_of_a_denunciation_without_its_title(town: Town) -> None:
    with writing():
        registrar = factories.make_official(Role.REGISTRAR, "04", name="Người Giữ Sổ")
        head = factories.make_official(Role.HEAD, "04", name="Chủ Tịch Tỉnh")
        token = new_token()
        case = actions.submit(
            actions.NewCase(Kind.DENUNCIATION, "Tố cáo cán bộ địa chính", "Nội dung kín.", _sealed_category(),
                            denounced_unit_code="01447"),
            factories.actor(registrar), factories.MONDAY, token=token, code=code_of(token, "test"),
        )  # fmt: skip
        actions.register(case, factories.MONDAY_ON, factories.actor(registrar), factories.MONDAY, paper_file="HS 1")
        actions.name_handler(case, head, factories.actor(registrar), factories.MONDAY)
        reference, town.people["chair"] = case.reference, head.id
        db.session.commit()
    page = town.browser("chair").get(f"/desk/cases/{reference}/papers/new/denunciation_acceptance")
    assert page.status_code == 200 and "Tố cáo cán bộ địa chính" not in page.text
    assert town.browser("head").get(f"/desk/cases/{reference}/papers/new/denunciation_acceptance").status_code == 404


def _sealed_category() -> str:
    row = db.session.query(Category).filter_by(code="land.dispute").one()
    row.kinds = [*row.kinds, "denunciation"]
    db.session.flush()
    return row.code
