"""The case's way through the desk: received, assigned, asked, answered, signed, judged, reopened."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from .. import factories
from .steps import act, file_petition, fill_verb, follow, form_of, offered, press, sign
from .visitors import Visitors, sign_in

ANSWER = "Xã đã khơi thông cống và nạo vét rãnh trước cổng trường ngày hôm nay."
QUESTION = "Nước ngập từ giờ nào và đến đâu?"
REPLY = "Ngập từ 5 giờ sáng, đến bậc thềm lớp học."


def see(page: Page, reference: str) -> str:
    """Open a case at the desk and read the page."""
    page.goto(f"/desk/cases/{reference}")
    return page.locator("main").inner_text()


def test_a_petition_becomes_a_signed_answer_that_the_resident_judges_and_reopens(visitors: Visitors) -> None:
    name = f"Ngập cổng trường tiểu học ({visitors.manner})"
    resident = visitors.page()
    visitors.read(resident, "/")
    code = file_petition(resident, name)
    case = visitors.town.find(name)

    clerk = visitors.page()
    sign_in(clerk, "thom")
    visitors.read(clerk, "/desk/?view=unassigned")
    press(clerk.locator(".queue a.title", has_text=name))
    assert clerk.locator("h1").inner_text() == name
    act(clerk, case.reference, "receive")
    act(clerk, case.reference, "assign", officer=str(visitors.town.people["mai"]))
    assert "approve" not in offered(clerk, case.reference)

    officer = visitors.page("mai")
    visitors.read(officer, "/desk/?view=mine")
    press(officer.locator(".queue a.title", has_text=name))
    act(officer, case.reference, "ask", text=QUESTION)
    assert QUESTION in officer.locator(".thread").inner_text()

    follow(resident, code)
    assert QUESTION in resident.locator("main").inner_text()
    resident.locator("#reply [name=text]").fill(REPLY)
    press(resident.locator("#reply [type=submit]"))
    assert REPLY in resident.locator(".thread").inner_text()

    assert REPLY in see(officer, case.reference)
    form = form_of(officer, case.reference, "propose")
    fill_verb(form, {"text": "Xã đã khơi thông cống."})
    press(form.locator("[formaction$='/draft']"))
    act(officer, case.reference, "propose", text=ANSWER, outcome="resolved")
    assert ANSWER not in _resident_sees(resident)

    head = visitors.page("khanh")
    visitors.read(head, "/desk/?view=approve")
    press(head.locator(".queue a.title", has_text=name))
    assert ANSWER in head.locator("main").inner_text()
    sign(head, case.reference, "không phải mật khẩu này")
    assert head.locator("#approve-password-error").is_visible()
    assert ANSWER not in _resident_sees(resident)
    sign(head, case.reference, factories.PASSWORD)
    head.wait_for_url(f"**/{case.reference}")

    assert ANSWER in _resident_sees(resident)
    with resident.expect_download() as paper:
        resident.locator("main a[href^='/follow/documents/']").first.click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF-")
    press(resident.locator("#rate button[value='2']"))
    resident.wait_for_url("**/follow/case#rate")
    resident.locator("#rate [name=reasons][value=not_done]").check()
    press(resident.locator("#rate form", has=resident.locator("[name=reasons]")).locator("[type=submit]"))

    elsewhere = visitors.page()
    visitors.read(elsewhere, "/")
    follow(elsewhere, code)
    elsewhere.locator("#reopen summary").click()
    elsewhere.locator("#reopen [name=reason]").fill("Chiều nay lại ngập.")
    press(elsewhere.locator("#reopen [type=submit]"))
    elsewhere.wait_for_url("**/follow/case")
    case = visitors.town.find(name)
    assert (case.status, case.rating_level, case.reopened_count) == ("assigned", 2, 1)
    assert "Chiều nay lại ngập." in see(officer, case.reference)


def _resident_sees(page: Page) -> str:
    page.goto("/follow/case")
    return page.locator("main").inner_text()


def test_two_officials_at_once_lose_nothing(visitors: Visitors) -> None:
    reference = visitors.town.reference("assigned")
    first, second = visitors.page("mai"), visitors.page("mai")
    for page in (first, second):
        visitors.read(page, f"/desk/cases/{reference}/draft")
    for page, text in ((first, "Bản của người thứ nhất."), (second, "Bản của người thứ hai.")):
        page.locator("main [name=text]").fill(text)
        press(page.locator("main form [type=submit]:not([formaction])").first)
    both = second.locator("main").inner_text() + second.locator("main textarea").first.input_value()
    assert "Bản của người thứ nhất." in both and "Bản của người thứ hai." in both
    press(second.locator("main form [type=submit]").first)
    second.goto(f"/desk/cases/{reference}")
    assert form_of(second, reference, "propose").locator("[name=text]").input_value() == "Bản của người thứ hai."


def test_a_head_returns_a_draft_with_a_remark(visitors: Visitors) -> None:
    name = f"Trả lại bản thảo ({visitors.manner})"
    resident, head, officer = visitors.page(), visitors.page("khanh"), visitors.page("mai")
    visitors.read(resident, "/")
    file_petition(resident, name)
    reference = visitors.town.find(name).reference
    act(officer, reference, "take")
    act(officer, reference, "propose", text="Đã xem.", outcome="explained")
    visitors.read(head, f"/desk/cases/{reference}")
    act(head, reference, "send_back", reason="Ghi rõ ngày làm xong.")
    assert "Ghi rõ ngày làm xong." in see(officer, reference)
    assert visitors.town.find(name).status == "assigned"


def test_a_walk_in_is_entered_at_the_counter_and_gets_a_printed_receipt(visitors: Visitors) -> None:
    name = "Cầu tạm suối Khun trôi mất" if visitors.manner.has_script else "Trạm bơm Nà Tềnh hỏng"
    page = visitors.page("thom")
    visitors.read(page, "/desk/intake")
    page.locator("[name=title]").fill(name)
    page.locator("[name=body]").fill("Nói tại quầy: hỏng từ sau lũ, cả xóm đang chờ.")
    page.locator("select[name=category]").select_option("roads.surface")
    press(page.locator("main form [type=submit]").last)
    assert page.locator("[role=alert]").is_visible()
    assert page.locator("[name=title]").input_value() == name
    page.locator("[name=name]").fill("Nông Văn Páo")
    press(page.locator("main form [type=submit]").last)
    page.wait_for_url("**/receipt")
    with page.expect_download() as paper:
        page.locator("main a[href*='pdf']").first.click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF-")
    assert visitors.town.find(name).channel == "counter"


def test_the_search_finds_without_diacritics(visitors: Visitors) -> None:
    page = visitors.page("mai")
    for words in ("ong nuoc sach", "ống NƯỚC sạch"):
        visitors.read(page, f"/desk/search?q={words}")
        assert page.locator(".queue a.title", has_text="Ống nước sạch xóm Bản Viết").is_visible()


def test_an_official_signs_out_and_the_way_back_is_shut(visitors: Visitors) -> None:
    page = visitors.page()
    sign_in(page, "luc")
    page.locator(".menu summary").click()
    press(page.locator("form[action='/sign-out'] [type=submit]"))
    page.wait_for_url("**/sign-in")
    page.goto("/desk/")
    page.wait_for_url(re.compile(r"/sign-in\?next=/desk/$"))
