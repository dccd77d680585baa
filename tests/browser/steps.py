"""What people do on the pages, by the names of fields and the addresses of forms: the same in every language."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page

from .pictures import jpeg

BODY = "Từ trận mưa đêm qua, nước ngập ngang gối trước cổng trường, trẻ con phải lội."


def press(button: Locator) -> None:
    """Press what leads to another page (or to this one anew), and wait until that page has come whole."""
    with button.page.expect_navigation():
        button.click()


def go(page: Page, value: str = "next") -> None:
    """Press a button of the guided form."""
    press(page.locator(f"main button[name=go][value='{value}']").first)


def step(page: Page) -> str:
    """On which page of the guided form we are."""
    return page.locator("input[name=step]").first.input_value()


def choose_category(page: Page, code: str) -> None:
    """Open the group and pick the category in it."""
    choice = page.locator(f"input[name=category][value='{code}']")
    choice.wait_for(state="attached")
    group = page.locator("details.more", has=choice)
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    choice.check()


def fill_petition(page: Page, title: str, *, photo: bool = False, until: str = "review") -> None:
    """Through the guided form as it stands open, to the last look before sending or to an earlier page."""
    while (here := step(page)) != until:
        if here == "what":
            page.locator("[name=body]").fill(BODY)
            page.locator("[name=title]").fill(title)
        elif here == "category":
            choose_category(page, "corruption.money" if "/denunciation" in page.url else "roads.surface")
        elif here == "where":
            page.locator("select[name=commune]").select_option("01447")
            page.locator("[name=place]").fill("Cổng trường tiểu học Trùng Khánh")
        elif here == "denounced":
            page.locator("select[name=denounced_unit]").select_option("01447")
            page.locator("[name=against]").fill("Kế toán xã")
        elif here == "files" and photo:
            file = {"name": "ngập.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
            page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        elif here == "with":
            page.locator("[name=unit_choice][value=here]").check()
        elif here == "group":
            page.locator("[name=party][value=group]").check()
            fill_fields(page, ASKED["group"])
        else:
            fill_fields(page, ASKED.get(here, {}))
        go(page)


ASKED = {
    "deed": {"body": "Nhận tiền của các hộ. Tôi tên là Nông Văn Thắng, SĐT: 0912 000 018.", "place": "Trụ sở xã"},
    "against": {"against": "Quyết định số 12/QĐ-UBND", "known_on": "2026-01-05", "request": "Hủy quyết định."},
    "group": {"people": "40", "representatives": "Lương Thị Slao\nHà Văn Đô"},
    "you": {"name": "Lương Thị Slao", "phone": "0912 000 018", "address": "Xóm Bản Viết", "is_public": "no"},
}
"""What is typed on the other pages of the form, where it is asked at all."""


def fill_fields(page: Page, fields: dict[str, str]) -> None:
    """Fill in the fields that this page has."""
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]:not([type=hidden])")
        if name == "is_public":
            page.locator(f"[name={name}][value={value}]").check()
        elif field.count():
            field.fill(value)


def send_petition(page: Page) -> str:
    """Agree and send; the receipt code that is shown."""
    page.locator("[name=agree]").check()
    go(page, "send")
    page.wait_for_url("**/receipt")
    return receipt_code(page)


def receipt_code(page: Page) -> str:
    """The code on the receipt, as somebody copies it down."""
    return re.sub(r"\s", "", page.locator("#receipt-code").inner_text())


def file_petition(page: Page, title: str) -> str:
    """A whole petition, without detours."""
    page.goto("/submit/feedback")
    fill_petition(page, title)
    return send_petition(page)


def follow(page: Page, code: str) -> None:
    """Open a case by its code, at the door."""
    page.goto("/follow")
    page.locator("main [name=code]").fill(code)
    press(page.locator("main form").filter(has=page.locator("[name=code]")).locator("[type=submit]"))
    page.wait_for_url("**/follow/case")


def act(page: Page, reference: str, action: str, **fields: str) -> None:
    """Do one verb at the desk as the case page offers it: in its open form, or on the page of its own."""
    page.goto(f"/desk/cases/{reference}")
    form = form_of(page, reference, action)
    if not form.count():
        press(page.locator(f"main a[href$='/{reference}/{action}']"))
    fill_verb(form_of(page, reference, action), fields)
    press(form_of(page, reference, action).locator("[type=submit]:not([formaction])"))
    page.wait_for_url(re.compile(rf"/desk/(cases/{reference}|)(\?.*)?$"))


def sign(page: Page, reference: str, password: str) -> None:
    """Give the password to the answer on the case page."""
    page.goto(f"/desk/cases/{reference}")
    form = form_of(page, reference, "approve")
    form.locator("[name=password]").fill(password)
    press(form.locator("[type=submit]"))


def form_of(page: Page, reference: str, action: str) -> Locator:
    """The form of a verb on this page."""
    return page.locator(f"main form[action$='/{reference}/{action}']")


def fill_verb(form: Locator, fields: dict[str, Any]) -> None:
    """Fill the fields of a verb; choices by their value."""
    for name, value in fields.items():
        control = form.locator(f"[name={name}]").first
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def offered(page: Page, reference: str) -> set[str]:
    """The verbs that this page offers for the case."""
    prefix = f"/desk/cases/{reference}/"
    found = page.locator(
        f"main a[href*='{prefix}'], main form[action*='{prefix}'], main button[formaction*='{prefix}']"
    )
    targets = found.evaluate_all(
        "all => all.map(e => e.getAttribute('formaction') || e.getAttribute('action') || e.getAttribute('href'))"
    )
    return {re.sub(r"[?#].*", "", target.rsplit("/", 1)[1]) for target in targets}
