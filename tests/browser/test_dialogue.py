"""A group asks to be heard in the browser: what was promised to it is kept once and broken once, and all can see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page, expect

from app.cases.models import Case

from .. import factories
from . import heard
from .heard import do_session, fill, in_words, judge, promise, says, send, written
from .pictures import jpeg
from .steps import ASKED, act, fill_fields, fill_petition, follow, go, press, send_petition, step
from .still_town import Days

TITLE = "Nước sạch cho bốn mươi hộ xóm Lũng Đính"
ENDED = "Thống nhất dẫn nước về xóm trước giữa tháng 12, họp dân trước cuối năm."
PUBLISHED = "Xã dẫn nước về xóm Lũng Đính trước giữa tháng 12 và họp dân trước cuối năm."
WATER, MEETING = "Dẫn nước từ mỏ Cốc Lùng về xóm, hai vòi chung.", "Họp dân xóm, chọn tổ quản lý nước."


@dataclass
class Asked:
    """The request and what came of it, as the journey learns it."""

    reference: str
    code: str
    session: str = ""
    water: str = ""
    """The promise that is kept."""
    meeting: str = ""
    """The promise that is broken."""


def test_a_group_is_heard_and_sees_one_promise_kept_and_one_broken(days: Days) -> None:
    with days.on(16, 11):
        asked = _forty_ask(days)
    with days.on(18, 11):
        _granted_with_a_time(days, asked)
    with days.on(26, 11):
        _held(days, asked)
    with days.on(27, 11):
        _minutes_signed(days, asked)
    with days.on(2, 12):
        _published(days, asked)
    with days.on(10, 12):
        _reported_done(days, asked)
    with days.on(14, 12):
        judge(days.desk("binh"), asked.water, "confirm_kept", "Đã đến xóm: hai vòi chảy đều.")
        _doubted(days, asked)
    with days.on(16, 12):
        judge(days.desk("binh"), asked.water, "confirm_kept", "Đến lần hai: vòi cuối xóm đã thông.")
    with days.on(4, 1, 2027):
        _late(days, asked)
    with days.on(5, 1, 2027):
        judge(days.desk("binh"), asked.meeting, "find_broken", "Hỏi trưởng xóm: chưa họp.")
        _both_are_seen(days, asked)
        _counted(days)
        _rated(days, asked)


def _forty_ask(days: Days) -> Asked:
    page = days.resident()
    page.goto("/submit/dialogue")
    fill_petition(page, TITLE, until="group")
    fill(page, party="group", people="40")
    go(page)
    assert step(page) == "group"
    expect(page.locator("#representatives-error"), "who speaks for forty must be named").to_be_visible()
    expect(page.locator("[name=people]")).to_have_value("40")
    assert days.town.count() == 0
    fill(page, representatives=ASKED["group"]["representatives"])
    go(page)
    fill_petition(page, TITLE, until="you")
    fill_fields(page, {**ASKED["you"], "email": "slao@example.vn", "is_public": "yes"})
    go(page)
    assert step(page) == "review"
    # Ten working days from Monday 16/11: 17 18 19 20 23, not 24 (Culture Day), 25 26 27 30, 1/12.
    assert says(page, date(2026, 12, 1)) and "40" in page.locator("main").inner_text()
    code = send_petition(page)
    case = days.case(Case.title == TITLE)
    assert days.due(case) == {"answer_request": date(2026, 12, 1)}
    act(days.desk("thom"), case.reference, "assign", officer=str(days.town.people["mai"]))
    return Asked(case.reference, code)


def _granted_with_a_time(days: Days, asked: Asked) -> None:
    officer, resident = days.desk("mai"), days.resident()
    assert says(officer, date(2026, 12, 1), f"/desk/cases/{asked.reference}")
    press(officer.locator(f"main a[href$='/{asked.reference}/schedule']").first)
    fill(officer, on="2026-11-26", starts="08:30", ends="10:30", mode="in_person", place="Nhà văn hóa xóm Lũng Đính")
    send(officer, "/schedule")
    officer.wait_for_url(f"**/desk/cases/{asked.reference}")
    asked.session = "DT-2026-000001"
    officer.goto(f"/desk/sessions/{asked.session}")
    sheet = officer.locator("main").inner_text()
    assert "Lương Thị Slao" in sheet and "Hà Văn Đô" in sheet and asked.reference in sheet
    follow(resident, asked.code)
    assert says(resident, date(2026, 11, 26)) and "08:30–10:30" in resident.locator("main").inner_text()
    officer.goto(f"/desk/sessions/{asked.session}")
    _open_to_all(officer, asked.session)
    resident.goto("/dialogues?commune=01447")
    press(resident.locator(f"main a[href$='/dialogues/{asked.session}']"))
    page = resident.locator("main").inner_text()
    assert TITLE in page and written(date(2026, 11, 26)).search(page) and "Slao" not in page


def _open_to_all(officer: Page, number: str) -> None:
    """The sender agreed to be public: so the session may be, and is announced."""
    heard.to_session_verb(officer, number, "change")
    officer.locator("main [name=is_public]").check()
    send(officer)
    officer.wait_for_url(f"**/desk/sessions/{number}")
    do_session(officer, number, "announce", on="2026-11-18")


def _held(days: Days, asked: Asked) -> None:
    officer, resident = days.desk("mai"), days.resident()
    heard.to_session_verb(officer, asked.session, "hold")
    for box in officer.locator("main [name=came]").all():
        box.check()
    fill(officer, attended="38", presided_by="Nông Văn Khánh, Chủ tịch", conclusion=ENDED)
    send(officer)
    officer.wait_for_url(f"**/desk/sessions/{asked.session}")
    follow(resident, asked.code)
    assert ENDED in resident.locator("main").inner_text()
    assert resident.locator("main #rate").is_visible()


def _minutes_signed(days: Days, asked: Asked) -> None:
    officer, head, number = days.desk("mai"), days.desk("khanh"), asked.session
    do_session(officer, number, "minutes", minutes="Dân nói nước cạn từ tháng 9. Xã nhận làm.", attended="38")
    do_session(officer, number, "submit")
    heard.to_session_verb(head, number, "approve")
    fill(head, password="không phải mật khẩu")
    send(head)
    expect(head.locator("#approve-password-error")).to_be_visible()
    fill(head, password=factories.PASSWORD)
    send(head)
    head.wait_for_url(f"**/desk/sessions/{number}")
    asked.water = promise(officer, number, WATER, date(2026, 12, 15))
    asked.meeting = promise(officer, number, MEETING, date(2026, 12, 31))
    nobody = days.resident()
    nobody.goto("/commitments")
    assert WATER not in nobody.locator("main").inner_text(), "not before the results are published"


def _published(days: Days, asked: Asked) -> None:
    """Six days after, of the ten that the law gives a conference: by Sunday 6/12."""
    officer, nobody = days.desk("mai"), days.resident()
    do_session(officer, asked.session, "publish", public_text=PUBLISHED)
    assert says(officer, date(2026, 12, 2))
    nobody.goto(f"/dialogues/{asked.session}")
    page = nobody.locator("main").inner_text()
    assert all(words in page for words in (PUBLISHED, WATER, MEETING)) and "Slao" not in page


def _reported_done(days: Days, asked: Asked) -> None:
    officer = days.desk("mai")
    officer.goto("/desk/commitments")
    press(officer.locator(f"main a[href$='/{asked.water}']").first)
    assert says(officer, date(2026, 12, 15))
    officer.locator("main [name=evidence]").fill("Hai vòi chung chảy từ ngày 09/12.")
    photo = {"name": "vòi nước.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    officer.locator("main input[type=file]").set_input_files(photo)  # type: ignore[arg-type]
    press(officer.locator("main button[formaction$='/report_done']"))
    officer.wait_for_url(f"**/{asked.water}")
    assert "vòi nước.jpg" in officer.locator("main").inner_text()


def _doubted(days: Days, asked: Asked) -> None:
    """Confirmed, and still not done for who was promised: the other unit must look again."""
    resident = days.resident()
    follow(resident, asked.code)
    kept = _promise_on(resident, WATER)
    expect(kept).to_contain_text(in_words(days, "kept", "commitment"))
    kept.locator("summary").click()
    kept.locator("textarea").fill("Vòi cuối xóm chưa chảy.")
    press(kept.locator("[type=submit]"))
    resident.wait_for_url("**/follow/case")
    expect(_promise_on(resident, WATER)).to_contain_text(in_words(days, "reported", "commitment"))
    inspector = days.desk("binh")
    inspector.goto("/desk/commitments?view=verify")
    press(inspector.locator(f"main a[href$='/{asked.water}']").first)
    assert "Vòi cuối xóm chưa chảy." in inspector.locator("main").inner_text()


def _promise_on(page: Page, what: str) -> object:
    return page.locator("main li.card", has_text=what)


def _late(days: Days, asked: Asked) -> None:
    """Promised by Thursday 31/12; on Monday 4/1 nobody has reported it done."""
    nobody, head = days.resident(), days.desk("khanh")
    nobody.goto("/commitments")
    expect(_promise_on(nobody, MEETING)).to_contain_text(in_words(days, "overdue", "commitment"))
    expect(_promise_on(nobody, MEETING)).to_contain_text(written(date(2026, 12, 31)))
    head.goto("/desk/?view=promises")
    assert MEETING in head.locator("main").inner_text()


def _both_are_seen(days: Days, asked: Asked) -> None:
    resident = days.resident()
    for path in ("/commitments", ""):
        resident.goto(path) if path else follow(resident, asked.code)
        expect(_promise_on(resident, WATER)).to_contain_text(in_words(days, "kept", "commitment"))
        # Done on 10/12, before Tuesday 15/12: the second look does not make it late.
        expect(_promise_on(resident, WATER)).to_contain_text(written(date(2026, 12, 10)))
        expect(_promise_on(resident, MEETING)).to_contain_text(in_words(days, "broken", "commitment"))
        expect(_promise_on(resident, MEETING)).to_contain_text(written(date(2026, 12, 31)))


def _counted(days: Days) -> None:
    head = days.desk("khanh")
    head.goto("/statistics/01447/being-heard?from=2026-11-01&to=2027-01-05")
    tiles = head.locator("section[aria-labelledby=promises] .tile").all_inner_texts()
    # Two fell due and one was kept, in time; one is broken, none open, one was doubted.
    found = [re.search(r"\n\s*(\d+(?: / \d+)?)\s*\n", tile) for tile in tiles]
    assert [one and one[1] for one in found] == ["1 / 2", "1 / 2", "0", "1", "2", "1"], tiles
    talks = head.locator("section[aria-labelledby=dialogues] .tile").first.inner_text()
    assert re.search(r"\b1\b", talks) and "38" in talks


def _rated(days: Days, asked: Asked) -> None:
    resident = days.resident()
    follow(resident, asked.code)
    summary = resident.locator("#rate details:not([open]) summary:visible")
    button = resident.locator("#rate button[value='4']")
    if not button.is_visible():
        summary.first.click()
    press(button)
    resident.wait_for_url("**/follow/case#rate")
    assert days.case(Case.reference == asked.reference).rating_level == 4
