"""The law in the browser: each due date stands on the page as worked out by hand, each paper is opened and read."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import Page

from app.cases.models import Case
from app.documents import paper_forms

from .. import factories
from ..documents.reading import text_of
from .papers import picture_of
from .steps import act, choose_category, fill_petition, follow, form_of, go, press, send_petition, sign, step
from .still_town import Days

CHECKED = "Đã kiểm tra hồ sơ, giấy tờ và làm việc với các bên."


def issue(page: Page, reference: str, form_id: str, **cargo: str) -> str:
    """Write a paper from the case and sign it at once, as its head may; the text of the signed PDF."""
    page.goto(f"/desk/cases/{reference}/papers/new/{form_id}")
    choose(page, cargo)
    if cargo:
        press(page.locator("main button[name=go][value=clock]"))
    fill_what_is_asked(page, form_id)
    page.locator("main [name=password]").fill(factories.PASSWORD)
    press(page.locator("main button[name=go][value=sign]"))
    page.wait_for_url(f"**/desk/cases/{reference}")
    return newest_paper(page, form_id)


def choose(page: Page, cargo: dict[str, str]) -> None:
    """What the deed needs: a day, a verdict, a body."""
    for name, value in cargo.items():
        box = page.locator(f"main [name={name}]").first
        if box.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"main [name={name}][value='{value}']").check()
        else:
            box.fill(value)


def fill_what_is_asked(page: Page, form_id: str) -> None:
    """Texts that the law asks and the case could not fill."""
    for field in paper_forms.form(form_id).fields:
        box = page.locator(f"main [name='text-{field.id}']")
        if field.is_required and not box.input_value().strip():
            box.fill(CHECKED)


def newest_paper(page: Page, form_id: str) -> str:
    """Open the paper that was signed last: its picture is kept where asked for, its text is read."""
    spec = paper_forms.form(form_id)
    title = re.compile(f"^({re.escape(spec.title_vi)}|{re.escape(spec.title_en)})$")
    link = page.locator("main section", has=page.locator("#papers-title")).locator("a", has_text=title).first
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.ok and answer.body().startswith(b"%PDF-")
    picture_of(answer.body(), form_id)
    return text_of(answer.body())


def says_due(page: Page, reference: str, due: date) -> bool:
    """Whether the case page names this day, in Vietnamese or English."""
    page.goto(f"/desk/cases/{reference}")
    text = page.locator("main").inner_text()
    return f"{due:%d/%m/%Y}" in text or f"{due.day} {due:%b} {due.year}" in text


def test_a_feedback_is_forwarded_twice_and_answered_by_the_third_unit_in_time(days: Days) -> None:
    with days.on(16, 11):
        resident = days.resident()
        resident.goto("/submit/feedback")
        fill_petition(resident, "Cầu Nà Tềnh nứt hai mố")
        code = send_petition(resident)
        case = days.case(Case.title == "Cầu Nà Tềnh nứt hai mố")
        # Street-level, five working days from Monday 16/11: 17 18 19 20 23.
        assert case.due_on == date(2026, 11, 23)
        act(days.desk("thom"), case.reference, "forward", unit="01294", reason="Cầu thuộc địa bàn xã Lý Bôn.")
    with days.on(17, 11):
        act(days.desk("hoa"), case.reference, "forward", unit="so-xay-dung", reason="Cầu do Sở quản lý.")
        clerk = days.desk("xuan")
        assert says_due(clerk, case.reference, date(2026, 11, 23)), "a forward does not start the clock again"
        act(clerk, case.reference, "assign", officer=str(days.town.people["duc"]))
    with days.on(19, 11):
        act(days.desk("duc"), case.reference, "propose", text="Sở đã khảo sát và gia cố hai mố cầu.",
            outcome="resolved")  # fmt: skip
        head = days.desk("quan")
        sign(head, case.reference, factories.PASSWORD)
        head.wait_for_url(f"**/{case.reference}")
        follow(resident, code)
        page = resident.locator("main").inner_text()
        assert "gia cố hai mố cầu" in page
        paper = resident.request.get(resident.locator("main a[href^='/follow/documents/']").first.get_attribute("href"))
        picture_of(paper.body(), "answer")
        assert "gia cố hai mố cầu" in text_of(paper.body())
    stays = days.case(Case.id == case.id)
    assert (stays.status, stays.unit_id != case.unit_id, stays.due_on) == ("answered", True, case.due_on)


def test_a_complaint_goes_its_whole_way_and_up_to_the_province(days: Days) -> None:
    title = "Khiếu nại quyết định thu hồi 120 m2 đất"
    with days.on(16, 11):
        resident = days.resident()
        resident.goto("/submit/complaint")
        fill_petition(resident, title)
        code = send_petition(resident)
        case = days.case(Case.title == title)
        assert days.due(case) == {}, "by web it is only written down"
        number = case.reference
    with days.on(17, 11):
        clerk = days.desk("thom")
        act(clerk, number, "register", signed_on="2026-11-17")
        # Ten days from Tuesday 17/11: Friday 27/11, for sorting and for acceptance.
        assert set(days.due(case).values()) == {date(2026, 11, 27)}
        act(clerk, number, "assign", officer=str(days.town.people["mai"]))
    with days.on(25, 11):
        head = days.desk("khanh")
        text = issue(head, number, "acceptance_notice")
        assert "THÔNG BÁO" in text and number in text
        # Thirty days from Wednesday 25/11: Friday 25/12.
        assert days.due(case)["settlement_first"] == date(2026, 12, 25)
        assert says_due(head, number, date(2026, 12, 25))
    with days.on(2, 12):
        head = days.desk("khanh")
        assert "QUYẾT ĐỊNH" in issue(head, number, "suspension_decision", on="2026-12-02")
        assert days.case(Case.id == case.id).status == "suspended"
        follow(resident, code)
        assert re.search(r"Tạm đình chỉ|[Ss]uspended", resident.locator("main").inner_text())
    with days.on(9, 12):
        head = days.desk("khanh")
        issue(head, number, "resumption_decision", on="2026-12-09")
        # 25/12 and the seven days from 2/12 to 8/12: 1/1/2027, a holiday, then a weekend: Monday 4/1.
        assert days.due(case)["settlement_first"] == date(2027, 1, 4)
        assert says_due(head, number, date(2027, 1, 4))
    with days.on(15, 12):
        head = days.desk("khanh")
        issue(head, number, "complex_notice")
        # 45 days from 25/11 are 9/1/2027, and seven: Saturday 16/1, so Monday 18/1.
        assert days.due(case)["settlement_first"] == date(2027, 1, 18)
    with days.on(19, 1, 2027):
        head = days.desk("khanh")
        decision = issue(head, number, "complaint_decision_first", verdict="wrong")
        assert CHECKED in decision and "khiếu nại lần hai" in decision
        # Three working days from Tuesday 19/1: Friday 22/1.
        assert days.due(case)["send_decision_first"] == date(2027, 1, 22)
        assert re.search(r"[Qq]uá hạn|trễ 1 ngày|[Ll]ate|overdue", head.locator("main").inner_text())
        act(days.desk("mai"), number, "send", on="2027-01-19", text="Giao tận tay.")
    with days.on(1, 2, 2027):
        follow(resident, code)
        # Thirty days from 19/1: Thursday 18/2.
        assert days.due(case)["filing_limit_second"] == date(2027, 2, 18)
        resident.goto("/follow/case/appeal")
        resident.locator("main [name=body]").fill("Quyết định chưa xét giấy tờ đất của gia đình.")
        resident.locator("main [name=request]").fill("Hủy quyết định thu hồi.")
        resident.locator("main [name=agree]").check()
        press(resident.locator("main form [type=submit]").last)
        resident.wait_for_url("**/receipt")
        second = days.case(Case.appeal_of_id == case.id)
        assert (second.instance, second.unit_id != case.unit_id) == (2, True)
        clerk = days.desk("lan")
        act(clerk, second.reference, "register", signed_on="2027-02-01")
        # Ten days from 1/2: Thursday 11/2, the first working day after Tết (4/2 to 10/2).
        assert days.due(second)["acceptance_second"] == date(2027, 2, 11)
        act(clerk, second.reference, "assign", officer=str(days.town.people["binh"]))
    with days.on(3, 2, 2027):
        issue(days.desk("chu"), second.reference, "acceptance_notice")
        # Forty-five days from 3/2: Saturday 20/3, so Monday 22/3.
        assert days.due(second)["settlement_second"] == date(2027, 3, 22)
    with days.on(8, 3, 2027):
        act(days.desk("binh"), second.reference, "hold_dialogue", on="2027-03-05", text="Hai bên chưa thống nhất.")
    with days.on(10, 3, 2027):
        last = issue(days.desk("chu"), second.reference, "complaint_decision_second", verdict="partly_right")
        assert "lần hai" in last
    done = days.case(Case.id == second.id)
    assert (done.status, done.verdict, done.outcome) == ("answered", "partly_right", "partly_resolved")


def test_a_denunciation_is_pre_registered_registered_from_paper_and_concluded(days: Days) -> None:
    secret = "Cán bộ địa chính nhận tiền để sửa diện tích."
    with days.on(16, 11):
        resident = days.resident()
        resident.goto("/submit/denunciation")
        while (here := step(resident)) != "review":
            if here == "denounced":
                resident.locator("select[name=denounced_unit]").select_option("01447")
                resident.locator("main [name=against]").fill("Cán bộ địa chính xã Trùng Khánh")
            elif here in ("deed", "what"):
                resident.locator("main [name=body]").fill(secret)
            elif here == "category":
                choose_category(resident, "corruption.money")
            go(resident)
        resident.locator("[name=agree]").check()
        go(resident, "send")
        resident.wait_for_url("**/receipt")
        code = resident.locator("#receipt-code").inner_text().replace(" ", "").replace("\n", "")
        letter = resident.request.get(
            resident.locator("main a[href$='letter.pdf'], main a[href$='/letter']").first.get_attribute("href")
        )
        picture_of(letter.body(), "denunciation-letter")
        assert secret in text_of(letter.body())
        case = days.case(Case.kind == "denunciation")
        assert case.due_on is None
        number = case.reference
        for account in ("thom", "mai", "khanh", "chu"):
            page = days.desk(account)
            assert page.goto(f"/desk/cases/{number}").status == 404, account
    with days.on(17, 11):
        registrar = days.desk("giu-so")
        registrar.goto(f"/desk/sealed/{number}/register")
        registrar.locator("main [name=signed_on]").fill("2026-11-17")
        registrar.locator("main [name=paper_file]").fill("Tủ 2, cặp 14")
        press(registrar.locator("main form [type=submit]").last)
        # Seven working days from Tuesday 17/11, the 24th off: 18 19 20 23 25 26 27.
        assert days.due(case)["initial_verification"] == date(2026, 11, 27)
        for account in ("binh", "chu"):
            registrar.goto(f"/desk/sealed/{number}/name_handler")
            registrar.locator("main [name=officer]").select_option(str(days.town.people[account]))
            press(registrar.locator("main form [type=submit]").last)
        assert secret not in registrar.goto(f"/desk/cases/{number}").text()
        assert secret in days.desk("binh").goto(f"/desk/cases/{number}").text()
    with days.on(26, 11):
        head = days.desk("chu")
        issue(head, number, "denunciation_acceptance")
        # Thirty days from 26/11: Saturday 26/12, so Monday 28/12.
        assert days.due(case)["settlement"] == date(2026, 12, 28)
        assert says_due(head, number, date(2026, 12, 28))
    with days.on(21, 12):
        issue(days.desk("chu"), number, "extension_decision", variant="complex")
        # Thirty days from the due date before, 28/12: Wednesday 27/1/2027.
        assert days.due(case)["settlement"] == date(2027, 1, 27)
    with days.on(20, 1, 2027):
        issue(days.desk("chu"), number, "denunciation_conclusion", verdict="right")
        # Five working days from Wednesday 20/1: Wednesday 27/1; seven: Friday 29/1.
        assert days.due(case)["send_conclusion"] == date(2027, 1, 27)
        assert days.due(case)["publish_conclusion"] == date(2027, 1, 29)
        follow(resident, code)
        page = resident.locator("main").inner_text()
        assert re.search(r"[Đđ]ã kết thúc|[Ee]nded|[Cc]losed|[Ff]inished", page) and secret not in page


def test_a_paper_is_submitted_returned_and_signed_and_the_queue_says_so(days: Days) -> None:
    with days.on(17, 11):
        resident = days.resident()
        resident.goto("/submit/complaint")
        fill_petition(resident, "Khiếu nại mức bồi thường")
        send_petition(resident)
        number = days.case(Case.title == "Khiếu nại mức bồi thường").reference
        clerk = days.desk("thom")
        act(clerk, number, "register", signed_on="2026-11-17")
        act(clerk, number, "assign", officer=str(days.town.people["mai"]))
        officer, head = days.desk("mai"), days.desk("khanh")
        officer.goto(f"/desk/cases/{number}/papers/new/acceptance_refusal")
        press(officer.locator("main button[name=go][value=submit]"))
        assert officer.locator("main [aria-invalid=true]").count(), "what the law asks is missing"
        fill_what_is_asked(officer, "acceptance_refusal")
        press(officer.locator("main button[name=go][value=submit]"))
        officer.wait_for_url(f"**/{number}")
        head.goto("/desk/?view=approve")
        assert number in head.locator("main").inner_text()
        _open_paper(head, number)
        head.locator("main [name=reason]").fill("Ghi rõ khoản nào của điều 11.")
        press(head.locator("main button[value=return]"))
        officer.goto(f"/desk/cases/{number}")
        assert "khoản nào của điều 11" in officer.locator("main").inner_text()
        _open_paper(officer, number)
        press(officer.locator("main button[name=go][value=submit]"))
        officer.wait_for_url(f"**/{number}")
        _open_paper(head, number)
        head.locator("main [name=password]").fill("không phải mật khẩu")
        press(head.locator("main button[value='sign-read']"))
        assert days.case(Case.reference == number).status == "assigned"
        head.locator("main [name=password]").fill(factories.PASSWORD)
        press(head.locator("main button[value='sign-read']"))
        head.wait_for_url(f"**/{number}")
        assert "KHÔNG THỤ LÝ" in newest_paper(head, "acceptance_refusal").upper()
    assert days.case(Case.reference == number).status == "closed"
    assert form_of(head, number, "register").count() == 0


def _open_paper(page: Page, reference: str) -> None:
    page.goto(f"/desk/cases/{reference}")
    press(page.locator("main section", has=page.locator("#papers-title")).locator("a[href*='/papers/']").first)
