"""The resident's walk: say it, keep the receipt, follow it; nothing is lost on the way."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from app.attachments.clean import MAX_BYTES
from app.cases.models import Case

from .pictures import jpeg
from .steps import (
    BODY,
    choose_category,
    file_petition,
    fill_petition,
    follow,
    go,
    press,
    receipt_code,
    send_petition,
    step,
)
from .visitors import Visitors

_number = itertools.count(1)


def title(visitors: Visitors) -> str:
    """A title that no other test gave."""
    return f"Nước ngập cổng trường, lần {next(_number)} ({visitors.manner})"


def holds(page: Page, name: str) -> bool:
    """Whether that file waits on this page to be sent along."""
    return page.locator("button[name=remove]", has_text=name).is_visible()


def lose_the_answer(route: Route) -> None:
    """The line breaks after the server did its work."""
    route.fetch(max_redirects=0)
    route.abort()


def test_a_petition_goes_from_home_to_the_receipt_and_is_found_again_by_its_code(visitors: Visitors) -> None:
    page, name = visitors.page(), title(visitors)
    visitors.read(page, "/")
    press(page.locator("main a[href='/submit/feedback']"))
    page.locator("[name=title]").fill(name)
    go(page)
    assert page.locator("[role=alert]").is_visible() and step(page) == "what"
    assert page.locator("[name=title]").input_value() == name
    page.locator("[role=alert] a").first.click()
    page.wait_for_url("**#body")

    fill_petition(page, name, photo=True)
    assert step(page) == "review"
    review = page.locator("main").inner_text()
    assert name in review and BODY in review and "ngập.jpg" in review
    code = send_petition(page)
    assert len(code) == 16
    assert page.locator("img.qr").evaluate("image => image.complete && image.naturalWidth > 0")
    with page.expect_download() as download:
        page.locator("main a[href='/receipt.pdf']").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")

    elsewhere = visitors.read(visitors.page(), "/")
    elsewhere.locator("main form.look-up [name=code]").fill(code.lower())
    press(elsewhere.locator("main form.look-up [type=submit]"))
    elsewhere.wait_for_url("**/follow/case")
    assert elsewhere.locator("h1").inner_text() == name
    assert elsewhere.locator(".thread").is_visible()


def test_going_back_and_changing_an_answer_loses_nothing(visitors: Visitors) -> None:
    page, name = visitors.page(), title(visitors)
    visitors.read(page, "/submit/feedback")
    fill_petition(page, name, photo=True)
    for expected in ("you", "files", "unit", "where", "category", "what"):
        go(page, "back")
        assert step(page) == expected
    assert page.locator("[name=body]").input_value() == BODY
    go(page)
    assert page.locator("input[name=category]:checked").get_attribute("value") == "roads.surface"
    choose_category(page, "roads.lighting")
    go(page)
    assert page.locator("select[name=commune]").input_value() == "01447"
    go(page)
    go(page)
    assert holds(page, "ngập.jpg")
    go(page)
    assert page.locator("[name=name]").input_value() == "Lương Thị Slao"
    go(page)
    go(page, "to:where")
    page.locator("[name=place]").fill("Ngã ba chợ")
    go(page)
    assert step(page) == "review" and "Ngã ba chợ" in page.locator("main").inner_text()
    send_petition(page)
    case = visitors.town.find(name)
    assert (case.place, case.body, case.files_count) == ("Ngã ba chợ", BODY, 1)


def test_pressing_send_twice_makes_one_case_and_one_receipt(visitors: Visitors) -> None:
    page, name = visitors.page(), title(visitors)
    visitors.read(page, "/submit/feedback")
    fill_petition(page, name)
    page.locator("[name=agree]").check()
    page.locator("button[name=go][value=send]").dblclick()
    page.wait_for_url("**/receipt")
    assert len(receipt_code(page)) == 16
    assert visitors.town.count(Case.title == name) == 1


def test_a_lost_answer_and_a_second_try_give_the_receipt_of_the_one_case(visitors: Visitors) -> None:
    page, name = visitors.page(), title(visitors)
    visitors.read(page, "/submit/feedback")
    fill_petition(page, name)
    page.locator("[name=agree]").check()
    page.route("**/submit/feedback", lose_the_answer, times=1)
    page.locator("main button[name=go][value=send]").first.click()
    page.wait_for_url("chrome-error://**")
    assert visitors.town.count(Case.title == name) == 1
    page.reload()
    page.wait_for_url("**/receipt")
    assert visitors.town.count(Case.title == name) == 1
    follow(page, receipt_code(page))
    assert page.locator("h1").inner_text() == name


def test_a_file_of_the_wrong_kind_is_refused_beside_its_field_and_the_good_one_stays(visitors: Visitors) -> None:
    page = visitors.page()
    visitors.read(page, "/submit/feedback")
    fill_petition(page, title(visitors), photo=True)
    go(page, "to:files")
    page.locator("input[type=file]").set_input_files(
        [{"name": "phim.mov", "mimeType": "video/quicktime", "buffer": b"\0\0\0\x14ftypqt  " + b"\0" * 64},
         {"name": "thêm.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}]
    )  # fmt: skip
    go(page, "upload")
    assert "phim.mov" in page.locator("#files-error").inner_text()
    assert holds(page, "thêm.jpg") and holds(page, "ngập.jpg")
    press(page.locator("button[name=remove]").first)
    expect(page.locator("button[name=remove]")).to_have_count(1)
    go(page)
    assert step(page) == "review" and BODY in page.locator("main").inner_text()


def test_a_file_that_is_too_large_is_said_before_it_travels_and_the_good_one_stays_chosen(visitors: Visitors) -> None:
    page = visitors.page()
    visitors.read(page, "/submit/feedback")
    fill_petition(page, title(visitors))
    go(page, "to:files")
    large = {"name": "phim.mp4", "mimeType": "video/mp4", "buffer": b"\0" * (MAX_BYTES + 1)}
    page.locator("input[type=file]").set_input_files(
        [large, {"name": "thêm.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}]  # type: ignore[list-item]
    )
    if visitors.manner.has_script:
        said = page.locator("[data-weigh]")
        expect(said).to_be_visible()
        assert "phim.mp4" in said.inner_text()
        assert page.locator("input[type=file]").evaluate("field => [...field.files].map(f => f.name)") == ["thêm.jpg"]
    go(page, "upload")
    assert visitors.manner.has_script or "phim.mp4" in page.locator("#files-error").inner_text()
    assert holds(page, "thêm.jpg") and not holds(page, "phim.mp4")


def test_a_wrong_code_opens_nothing_and_says_so(visitors: Visitors) -> None:
    page = visitors.page()
    visitors.read(page, "/follow")
    page.locator("main [name=code]").fill("0000-0000-0000-0000")
    press(page.locator("main form [type=submit]"))
    assert page.locator("#code-error").is_visible()
    assert page.locator("main [name=code]").input_value() == "0000-0000-0000-0000"
    page.goto("/follow/case")
    page.wait_for_url("**/follow")


def test_a_complaint_asks_what_the_law_asks_and_comes_back_as_a_letter_to_sign(visitors: Visitors) -> None:
    page, name = visitors.page(), title(visitors)
    visitors.read(page, "/submit/complaint")
    fill_petition(page, name, until="against")
    go(page)
    assert all(page.locator(f"#{field}-error").is_visible() for field in ("against", "known_on", "request"))
    fill_petition(page, name, until="you")
    page.locator("[name=name]").fill("Lương Thị Slao")
    go(page)
    assert page.locator("#address-error").is_visible() and step(page) == "you"
    fill_petition(page, name)
    send_petition(page)
    with page.expect_download() as letter:
        page.locator("main a[href='/receipt/letter.pdf']").click()
    assert Path(letter.value.path()).read_bytes().startswith(b"%PDF-")
    assert visitors.town.find(name).due_on is None


def test_leaving_a_shared_device_closes_the_case_in_it(visitors: Visitors) -> None:
    page = visitors.page()
    follow(page, visitors.town.code("waiting"))
    press(page.locator("form[action='/follow/leave'] [type=submit]"))
    page.wait_for_url("**/follow?left=1")
    page.goto("/follow/case")
    page.wait_for_url("**/follow")


def test_the_draft_on_this_device_survives_a_lost_page_and_is_gone_after_sending(desk_visitors: Visitors) -> None:
    page, name = desk_visitors.page(), title(desk_visitors)
    desk_visitors.read(page, "/submit/feedback")
    page.locator("[name=body]").fill(BODY)
    page.goto("/")
    page.goto("/submit/feedback")
    expect(page.locator("[name=body]")).to_have_value(BODY)
    file_petition(page, name)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft')).length") == 0


def test_the_square_code_on_the_receipt_fills_in_the_code(desk_visitors: Visitors) -> None:
    page, code = desk_visitors.page(), desk_visitors.town.code("waiting")
    page.goto(f"/follow#{code}")
    expect(page.locator("main [name=code]")).to_have_value(re.compile(f"^{'-?'.join(code)}$"))
    press(page.locator("main form [type=submit]"))
    page.wait_for_url("**/follow/case")
