"""What people do to be heard: book a visit, keep a session, look after a promise; and the letters they get."""

from __future__ import annotations

import email
import re
from datetime import date
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from flask_babel import force_locale
from playwright.sync_api import Page

from app import worker
from app.words import word

from .steps import press, receipt_code
from .still_town import Days
from .town import Town

ROOM = "Phòng tiếp công dân, tầng 1, trụ sở xã"
SUBJECT = "Đường vào xóm Lũng Đính sạt lở, xe cấp cứu không vào được"
SEN = {"name": "Nông Thị Sen", "phone": "0912 000 017", "email": "sen@example.vn", "subject": SUBJECT}


def written(day: date) -> re.Pattern[str]:
    """A day as either language writes it."""
    return re.compile(f"{day:%d/%m/%Y}|\\b{day.day} {day:%b} {day.year}")


def says(page: Page, day: date, path: str = "") -> bool:
    """Whether a page names this day: the one at that address, or the one that is open."""
    if path:
        page.goto(path)
    return written(day).search(page.locator("main").inner_text()) is not None


def in_words(days: Days, code: str, table: str) -> str:
    """The word for a state, in the language of this journey."""
    with days.town.app.test_request_context("/"), force_locale(days.visitors.manner.language):
        return word(code, table)


def fill(page: Page, **fields: str) -> None:
    """Type into the fields of the page, choose in its lists, tick its boxes; each by its name."""
    for name, value in fields.items():
        box = page.locator(f"main [name='{name}']:not([type=hidden])")
        kind = box.first.evaluate("e => e.type")
        if kind in ("radio", "checkbox"):
            page.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "select-one":
            box.first.select_option(value)
        else:
            box.first.fill(value)


def send(page: Page, action: str = "") -> None:
    """Press the button of the page's form, or of the one that is sent to an address with that ending."""
    form = page.locator(f"main form[action$='{action}']" if action else "main form[method=post]")
    press(form.last.locator("[type=submit]").first)


def downloaded(page: Page, ending: str) -> bytes:
    """The file behind a link of the page."""
    with page.expect_download() as download:
        page.locator(f"main a[href$='{ending}']").first.click()
    return Path(download.value.path()).read_bytes()


def open_day(page: Page, on: date, starts: str = "08:00", ends: str = "10:00", **more: str) -> int:
    """The clerk opens a day of the chair; its number."""
    page.goto("/desk/reception")
    press(page.locator("main a[href*='/desk/reception/days/new']"))
    fill(page, on=on.isoformat(), starts=starts, ends=ends, place=ROOM, **more)
    send(page)
    page.wait_for_url(re.compile(r"/desk/reception/days/\d+$"))
    return int(page.url.rsplit("/", 1)[1])


def to_book(page: Page, day_id: int) -> None:
    """From the public list of days near the commune to the form of that day."""
    page.goto("/reception")
    page.locator("main [name=commune]").select_option("01447")
    press(page.locator("main form", has=page.locator("[name=commune]")).locator("[type=submit]"))
    press(page.locator(f"main a[href*='/reception/days/{day_id}/book']"))


def book(page: Page, day_id: int, slot: str, **who: str) -> str:
    """A whole booking without an account; its code."""
    to_book(page, day_id)
    fill_booking(page, slot, **who)
    send(page)
    page.wait_for_url("**/reception/receipt")
    return receipt_code(page)


def fill_booking(page: Page, slot: str, **who: str) -> None:
    """Slot, who comes and about what."""
    fill(page, slot=slot, **{**SEN, **who})
    page.locator("main [name=agree]").check()


def open_booking(page: Page, code: str) -> str:
    """By the code, at the door: what one's own page says."""
    page.goto("/reception/booking")
    page.locator("main [name=code]").fill(code)
    press(page.locator("main form", has=page.locator("[name=code]")).locator("[type=submit]"))
    page.wait_for_url("**/reception/my-booking")
    return page.locator("main").inner_text()


def do_visit(page: Page, reference: str, verb: str, **fields: str) -> None:
    """One verb of a visit, from its page at the desk."""
    page.goto(f"/desk/reception/bookings/{reference}")
    press(page.locator(f"main a[href$='/{reference}/{verb}']").first)
    fill(page, **fields)
    send(page)
    page.wait_for_url(re.compile(rf"/desk/reception/(days/\d+|bookings/{reference})$"))


def do_session(page: Page, number: str, verb: str, **fields: str) -> None:
    """One verb of a session, from its page at the desk."""
    to_session_verb(page, number, verb)
    fill(page, **fields)
    send(page)
    page.wait_for_url(f"**/desk/sessions/{number}")


def to_session_verb(page: Page, number: str, verb: str) -> None:
    """The form of a verb of a session, by its link."""
    page.goto(f"/desk/sessions/{number}")
    press(page.locator(f"main a[href$='/{number}/{verb}']").locator("visible=true").first)


def promise(page: Page, number: str, what: str, due_on: date) -> str:
    """Something is promised in a session; the commitment's number."""
    page.goto(f"/desk/sessions/{number}")
    press(page.locator(f"main a[href$='/desk/promises/session/{number}']"))
    fill(page, what=what, due_on=due_on.isoformat(), evidence_wanted="Ảnh chụp, biên bản nghiệm thu.")
    page.locator("main [name=is_public]").check()
    send(page)
    page.wait_for_url("**/desk/commitments/CK-*")
    return page.url.rsplit("/", 1)[1]


def judge(page: Page, number: str, action: str, finding: str) -> None:
    """The other unit says what it saw."""
    page.goto(f"/desk/commitments/{number}")
    page.locator("main [name=finding]").fill(finding)
    press(page.locator(f"main button[formaction$='/{action}']"))
    page.wait_for_url(f"**/desk/commitments/{number}")


def work(days: Days) -> None:
    """One round of the worker, as it is that day."""
    worker.run(days.town.app, once=True)


def letters(town: Town, to: str) -> list[EmailMessage]:
    """What left the house for somebody, the oldest first."""
    folder = Path(str(town.app.config["DATA_DIR"])) / "outgoing-mail"
    found = sorted(folder.glob("notice-*.eml"), key=lambda file: int(file.stem.split("-")[1]))
    read: list[Any] = [email.message_from_bytes(file.read_bytes(), policy=default) for file in found]
    return [message for message in read if to in str(message["To"])]


def text_of(message: EmailMessage) -> str:
    """The words of a letter."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def calendar_in(message: EmailMessage) -> bytes:
    """The calendar file that goes with a letter."""
    [found] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    payload = found.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload
