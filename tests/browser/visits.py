"""Every page of the house and how one comes to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, render_template
from playwright.sync_api import Page

from app import errors

from .. import factories
from . import kept
from .at_the_door import asked_of_two, between_password_and_code, choosing, enrolled, forgot
from .looks import Look, Reach
from .promised import judged_with_nothing_said, listed, objecting
from .steps import BODY, file_petition, fill_petition, follow, go, press, send_petition
from .town import Town


def at_step(wanted: str, kind: str = "feedback") -> Reach:
    """The guided form, filled in up to that page; the last but one pages hold a photo."""

    def reach(page: Page, town: Town) -> None:
        page.goto(f"/submit/{kind}")
        fill_petition(page, "Nước ngập trước cổng trường", photo=True, until=wanted)
        if wanted == "files":
            fill_petition(page, "", photo=True, until="you")
            go(page, "back")

    return reach


def wrong_step(page: Page, _town: Town) -> None:
    """The page of names and contacts, with something wrong in each field."""
    at_step("you")(page, _town)  # type: ignore[operator]
    page.locator("[name=name]").fill("")
    page.locator("[name=phone]").fill("0912 000")
    page.locator("[name=email]").fill("sen@")
    go(page)


def empty_step(page: Page, _town: Town) -> None:
    """The first page, sent empty."""
    page.goto("/submit/feedback")
    go(page)


def no_category(page: Page, _town: Town) -> None:
    """The second page, sent without a choice."""
    page.goto("/submit/feedback")
    page.locator("[name=body]").fill(BODY)
    page.locator("[name=title]").fill("Nước ngập")
    go(page)
    go(page)


def receipt(page: Page, _town: Town) -> None:
    """A receipt just earned."""
    file_petition(page, "Nước ngập trước cổng trường tiểu học")


def complaint_receipt(page: Page, _town: Town) -> None:
    """The receipt of a complaint, which still needs a signature."""
    page.goto("/submit/complaint")
    fill_petition(page, "Khiếu nại quyết định thu hồi đất")
    send_petition(page)


def case_of(name: str) -> Reach:
    """The resident's page of a planted case."""

    def reach(page: Page, town: Town) -> None:
        follow(page, town.code(name))

    return reach


def withdrawing(page: Page, town: Town) -> None:
    """Asked once more before a petition is taken back."""
    follow(page, town.code("fresh-0"))
    page.goto("/follow/case/withdraw")


def choosing_news(page: Page, town: Town) -> None:
    """How they want to hear of their case from now on."""
    follow(page, town.code("fresh-0"))
    page.goto("/follow/case/news")


def withdrawing_a_complaint(page: Page, town: Town) -> None:
    """A registered complaint is taken back on paper; the page says how."""
    follow(page, town.code("registered"))
    page.goto("/follow/case/withdraw")


def appealing(page: Page, town: Town) -> None:
    """The form of a second complaint."""
    follow(page, town.code("decided"))
    page.goto("/follow/case/appeal")


def appealing_empty(page: Page, town: Town) -> None:
    """The same, sent empty."""
    appealing(page, town)
    press(page.locator("main form [type=submit]").last)


def wrong_code(page: Page, _town: Town) -> None:
    """A code that opens nothing."""
    page.goto("/follow")
    page.locator("main [name=code]").fill("0000-0000-0000-0000")
    press(page.locator("main form [type=submit]"))


def link(page: Page, town: Town) -> None:
    """What a link from a mail shows before it is used."""
    page.goto(f"/link/{town.links['waiting']}")


def asked_for_a_link(page: Page, _town: Town) -> None:
    """A link was asked for by mail."""
    page.goto("/follow/lost")
    page.locator("[name=email]").fill("ai-do@example.vn")
    press(page.locator("main form [type=submit]"))


def wrong_password(page: Page, _town: Town) -> None:
    """The officials' door, not opened."""
    page.goto("/sign-in")
    page.locator("[name=account]").fill("mai")
    page.locator("[name=password]").fill("không phải")
    press(page.locator("main form [type=submit]"))


def day_off_twice(page: Page, _town: Town) -> None:
    """A holiday decided to be a day off once more, without a document."""
    page.goto("/admin/calendar")
    page.locator("[name=on]").fill("2026-11-24")
    page.locator("[name=reason]").fill("Ngày Văn hóa Việt Nam")
    page.locator("[name=document]").fill("1245/QĐ-UBND")
    press(page.locator("main form:has([name=reason]) [type=submit]"))


def desk(path: str) -> Reach:
    """A page of the desk; {name} stands for the reference of that planted case."""

    def reach(page: Page, town: Town) -> None:
        references = {name.replace("-", "_"): reference for name, (reference, _code) in town.cases.items()}
        page.goto(path.format(**references))

    return reach


def sent_empty(path: str, button: str = "main form[method=post] [type=submit]") -> Reach:
    """A form of the staff, sent as it is."""

    def reach(page: Page, town: Town) -> None:
        desk(path)(page, town)  # type: ignore[operator]
        press(page.locator(button).last)

    return reach


def entered_at_the_counter(page: Page, _town: Town) -> None:
    """The receipt that is printed at the counter."""
    page.goto("/desk/intake")
    for name, value in (("title", "Xin cấp lại sổ hộ nghèo"), ("body", "Nói tại quầy."), ("name", "Nông Văn Páo")):
        page.locator(f"[name={name}]").fill(value)
    page.locator("select[name=category]").select_option("health.clinic")
    press(page.locator("main form [type=submit]").last)
    page.wait_for_url("**/receipt")


def like_another(page: Page, town: Town) -> None:
    """The counter is shown cases alike before one more is written."""
    page.goto("/desk/intake")
    for name, value in (("title", "Ống nước sạch xóm Bản Viết vỡ"), ("body", "Nói tại quầy."), ("name", "Sen"),
                        ("phone", "0912 000 017")):  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    page.locator("select[name=category]").select_option("roads.surface")
    page.locator("select[name=commune]").select_option("01447")
    press(page.locator("main form [type=submit]").last)


def picked(step: str = "", do: str = "forward") -> Reach:
    """Two cases chosen in the queue, taken as far as that page of the verb for many."""

    def reach(page: Page, town: Town) -> None:
        page.goto("/desk/?view=unassigned")
        for box in page.locator("[data-pick]").all()[:2]:
            box.check()
        press(page.locator(f"main button[name=do][value={do}]"))
        if step == "wrong":
            page.locator("main [name=unit]").select_option("")
            press(page.locator("main form [type=submit]:not([formaction])").last)
        if step in ("preview", "done"):
            page.locator("main [name=unit]").select_option("so-y-te")
            page.locator("main [name=reason]").fill("The department is responsible.")
            press(page.locator("main form [type=submit]:not([formaction])").last)
        if step == "done":  # somebody else was first: the versions sent are old
            page.evaluate("document.querySelectorAll('main [name=case]').forEach(e => { e.value += '9'; })")
            press(page.locator("main [name=step][value=confirm]"))

    return reach


def phrase(page: Page, town: Town) -> None:
    """The unit's own phrase, opened by its keeper."""
    page.goto("/desk/phrases")
    page.locator("main a[href*='/desk/phrases/']:not([href$=new])").first.evaluate("link => link.click()")
    page.wait_for_url(lambda url: not url.endswith("phrases"))


def two_versions(page: Page, town: Town) -> None:
    """Somebody else was first: the page of both texts."""
    desk("/desk/cases/{assigned}/draft")(page, town)  # type: ignore[operator]
    other = page.context.new_page()
    desk("/desk/cases/{assigned}/draft")(other, town)  # type: ignore[operator]
    for tab, text in ((other, "Bản kia, viết trước."), (page, "Bản này, viết sau.")):
        tab.locator("main [name=text]").fill(text)
        press(tab.locator("main form [type=submit]:not([formaction])").first)
    other.close()


def official(path: str, account: str = "mai") -> Reach:
    """A page about an official, whose number stands for {id}."""

    def reach(page: Page, town: Town) -> None:
        page.goto(path.format(id=town.people[account]))

    return reach


def leaving(page: Page, town: Town) -> None:
    """Who takes the cases of an official who leaves?"""
    page.goto(f"/admin/officials/{town.people['mai']}/leave?do=disable")


def link_once(page: Page, _town: Town) -> None:
    """A new official's link to choose a password, shown once."""
    page.goto("/admin/officials/new")
    for name, value in (("name", "Vi Thị Cúc"), ("account", "cuc"), ("email", "")):
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main [name=unit]").select_option(index=1)
    page.locator("main [name=role]").select_option("officer")
    press(page.locator("main form [type=submit]").last)


def forged(page: Page, _town: Town) -> None:
    """A form whose token is not ours."""
    page.goto("/follow")
    page.evaluate("document.querySelector('main [name=csrf_token]').value = 'x'")
    press(page.locator("main form [type=submit]"))


def too_much(page: Page, _town: Town) -> None:
    """More text than a form may carry."""
    page.goto("/submit/feedback")
    page.evaluate("document.querySelector('main [name=body]').value = 'x'.repeat(1200000)")
    go(page)


def refusal(status: int, **more: Any) -> Callable[[Page, Town], None]:
    """A page of refusal as the server would send it."""

    def reach(page: Page, town: Town) -> None:
        with town.app.test_request_context("/"):
            g.actor = factories.RESIDENT_NOBODY
            body = errors.page(status, **more).get_data(as_text=True)
        page.route("**/refused", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
        page.goto("/refused")

    return reach


def on_the_way_out(page: Page, town: Town) -> None:
    """The page that leads to the provider of accounts, as the server would send it: this town has none."""
    with town.app.test_request_context("/"):
        body = render_template("accounts/single_out.html", there="https://id.example/authorize?state=1")
    page.route("**/out", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto("/out")


def denunciation_receipt(page: Page, _town: Town) -> None:
    """After a denunciation was typed: the code, and the letter to sign."""
    at_step("review", "denunciation")(page, _town)  # type: ignore[operator]
    page.locator("[name=anyway]").check()
    send_petition(page)


def beyond(page: Page, _town: Town) -> None:
    """The top of the government is denounced: nothing is kept."""
    page.goto("/submit/denunciation")
    go(page)
    page.locator("[name=denounced_unit]").select_option("04")
    page.locator("[name=against]").fill("Lãnh đạo")
    go(page)


def registered_from_paper(page: Page, _town: Town) -> None:
    """A denunciation entered from paper: the code to hand over."""
    page.goto("/desk/sealed/new")
    page.locator("[name=denounced_unit]").select_option("01447")
    page.locator("select[name=category]").select_option("corruption.money")
    for name, value in (("against", "Kế toán xã"), ("body", "Nhận tiền của các hộ."), ("paper_file", "Tủ B")):
        page.locator(f"[name={name}]").fill(value)
    press(page.locator("main form[method=post] [type=submit]").last)
    page.wait_for_url("**/sealed-receipts/**")


def paper(go: str = "") -> Reach:
    """The editor of a paper; or what stands there once that button was pressed with nothing more said."""

    def reach(page: Page, town: Town) -> None:
        desk("/desk/cases/{suspended}/papers/new/resumption_decision")(page, town)  # type: ignore[operator]
        if go:
            press(page.locator(f"main button[name=go][value={go}]"))

    return reach


def submitted_paper(page: Page, town: Town) -> None:
    """A paper that waits for whoever signs it, read as a letter."""
    desk("/desk/cases/{decided}/papers/new/verification_record")(page, town)  # type: ignore[operator]
    for box in page.locator("main textarea").all():
        box.fill("Đã làm việc với các bên tại thực địa, có biên bản.")
    press(page.locator("main button[name=go][value=submit]"))
    desk("/desk/cases/{decided}")(page, town)  # type: ignore[operator]
    press(page.locator("main a[href*='/papers/']:not([href*='/new/'])").first)


def clock_at_the_counter(page: Page, _town: Town) -> None:
    """The clock that a petition will start, shown before it is saved."""
    page.goto("/desk/intake")
    page.locator("select[name=category]").select_option("roads.surface")
    press(page.locator("main button[name=go][value=clock]"))


def to_book(page: Page, _town: Town) -> None:
    """The page on which a visit is booked, come to from the list."""
    page.goto("/reception?commune=01447")
    press(page.locator("main .day a.btn").first)


def booking_empty(page: Page, town: Town) -> None:
    """The same, sent as it is."""
    to_book(page, town)
    press(page.locator("main form [type=submit]").last)


def booking_sealed(page: Page, town: Town) -> None:
    """The same, for somebody who comes to denounce."""
    to_book(page, town)
    page.goto(f"{page.url}?sealed=1")


def booked(page: Page, town: Town) -> None:
    """A visit just booked without a name: the slip with its code."""
    booking_sealed(page, town)
    page.locator("main [name=slot]:enabled").last.check()
    press(page.locator("main form [type=submit]").last)


def own_booking(path: str = "") -> Reach:
    """The planted visit, opened with its code."""

    def reach(page: Page, town: Town) -> None:
        page.goto("/reception/booking")
        page.locator("main [name=code]").fill(town.code("booking"))
        press(page.locator("main form [type=submit]"))
        page.wait_for_url("**/my-booking")
        if path:
            page.goto(f"/reception/my-booking/{path}")

    return reach


def wrong_booking_code(page: Page, _town: Town) -> None:
    """A code that opens no visit."""
    page.goto("/reception/booking")
    page.locator("main [name=code]").fill("0000-0000-0000-0000")
    press(page.locator("main form [type=submit]"))


def booking_link(page: Page, town: Town) -> None:
    """What a link to a visit shows before it is used."""
    page.goto(f"/reception/link/{town.links['booking']}")


BOOKING = [
    Look("reception", "dialogues/reception.html", "/reception?all=1"),
    Look("reception-unchosen", "dialogues/reception.html", "/reception"),
    Look("reception-empty", "dialogues/reception.html", "/reception?commune=so-y-te&sealed=1"),
    Look("book", "dialogues/book.html", to_book),
    Look("book-wrong", "dialogues/book.html", booking_empty),
    Look("book-sealed", "dialogues/book.html", booking_sealed),
    Look("booking-receipt", "dialogues/receipt.html", booked),
    Look("booking-door", "dialogues/door.html", "/reception/booking"),
    Look("booking-door-wrong", "dialogues/door.html", wrong_booking_code),
    Look("booking", "dialogues/booking.html", own_booking()),
    Look("booking-change", "dialogues/change.html", own_booking("change")),
    Look("booking-cancel", "dialogues/cancel.html", own_booking("cancel")),
    Look("booking-link", "dialogues/link.html", booking_link),
    Look("booking-link-used", "dialogues/link.html", "/reception/link/0123456789abcdef0123456789abcdef"),
]


def empty_group(page: Page, _town: Town) -> None:
    """A group of forty with nobody to speak for it."""
    at_step("group", "dialogue")(page, _town)  # type: ignore[operator]
    page.locator("[name=party][value=group]").check()
    page.locator("[name=people]").fill("40")
    go(page)


def shared_request(page: Page, town: Town) -> None:
    """The public page of a request that others may join."""
    page.goto(f"/dialogues/requests/{town.reference('shared')}")


def joined_wrong(page: Page, town: Town) -> None:
    """The same, with a number that is none."""
    shared_request(page, town)
    page.locator("[name=phone]").fill("12")
    press(page.locator("main form:has([name=phone]) [type=submit]"))


RESIDENT = [
    *BOOKING,
    Look("home", "petitions/home.html", "/"),
    Look("trust", "petitions/trust.html", "/trust"),
    Look("check-receipt", "petitions/check_receipt.html", "/trust/receipt"),
    Look("channel", "petitions/channel.html", choosing_news),
    Look("start", "petitions/start.html", "/submit"),
    Look("sheet-what", "petitions/sheet/what.html", "/submit/feedback"),
    Look("sheet-what-wrong", "petitions/sheet/what.html", empty_step),
    Look("sheet-what-complaint", "petitions/sheet/what.html", "/submit/complaint"),
    Look("sheet-against", "petitions/sheet/against.html", at_step("against", "complaint")),
    Look("sheet-category", "petitions/sheet/category.html", at_step("category")),
    Look("sheet-category-wrong", "petitions/sheet/category.html", no_category),
    Look("sheet-where", "petitions/sheet/where.html", at_step("where")),
    Look("sheet-unit", "petitions/sheet/unit.html", at_step("unit")),
    Look("sheet-files", "petitions/sheet/files.html", at_step("files")),
    Look("sheet-you", "petitions/sheet/you.html", at_step("you")),
    Look("sheet-you-wrong", "petitions/sheet/you.html", wrong_step),
    Look("sheet-review", "petitions/sheet/review.html", at_step("review")),
    Look("sheet-law", "petitions/sheet/law.html", "/submit/denunciation"),
    Look("sheet-denounced", "petitions/sheet/denounced.html", at_step("denounced", "denunciation")),
    Look("sheet-deed", "petitions/sheet/deed.html", at_step("deed", "denunciation")),
    Look("sheet-review-denunciation", "petitions/sheet/review.html", at_step("review", "denunciation")),
    Look("elsewhere", "petitions/elsewhere.html", beyond),
    Look("receipt-denunciation", "petitions/sealed_receipt.html", denunciation_receipt),
    Look("follow-sealed-fresh", "petitions/sealed.html", case_of("sealed-fresh")),
    Look("follow-sealed", "petitions/sealed.html", case_of("sealed")),
    Look("receipt", "petitions/receipt.html", receipt),
    Look("receipt-complaint", "petitions/receipt.html", complaint_receipt),
    Look("door", "petitions/door.html", "/follow"),
    Look("door-wrong", "petitions/door.html", wrong_code),
    *[Look(f"follow-{name}", "petitions/follow.html", case_of(name))
      for name in ("waiting", "overdue", "answered", "rated", "duplicate", "complaint", "registered", "longest",
                   "suspended", "decided", "appealed", "second", "mixed")],
    Look("appeal", "petitions/appeal.html", appealing),
    Look("appeal-wrong", "petitions/appeal.html", appealing_empty),
    Look("withdraw-on-paper", "petitions/withdraw.html", withdrawing_a_complaint),
    Look("withdraw", "petitions/withdraw.html", withdrawing),
    Look("lost", "petitions/lost.html", "/follow/lost"),
    Look("lost-sent", "petitions/lost.html", asked_for_a_link),
    Look("link", "petitions/link.html", link),
    Look("link-used", "petitions/link.html", "/link/0123456789abcdef0123456789abcdef"),
    Look("formulas", "reports/formulas.html", "/how-we-count"),
    Look("sign-in", "accounts/sign_in.html", "/sign-in"),
    Look("sign-in-wrong", "accounts/sign_in.html", wrong_password),
    Look("sign-in-code", "accounts/second_step.html", between_password_and_code()),
    Look("sign-in-code-wrong", "accounts/second_step.html", between_password_and_code(is_wrong=True)),
    Look("sign-in-paper", "accounts/second_step.html", between_password_and_code(on_paper=True)),
    Look("forgotten", "accounts/forgotten.html", "/sign-in/forgotten"),
    Look("forgotten-sent", "accounts/forgotten.html", forgot),
    Look("new-password", "accounts/new_password.html", choosing()),
    Look("new-password-wrong", "accounts/new_password.html", choosing(is_wrong=True)),
    Look("new-password-gone", "accounts/new_password.html", "/sign-in/new-password/0123456789abcdef"),
    Look("error-400", "errors/400.html", forged),
    Look("error-404", "errors/404.html", "/nowhere"),
    Look("error-413", "errors/413.html", too_much),
    Look("single-out", "accounts/single_out.html", on_the_way_out, by_hand=True),
    Look("error-429", "errors/429.html", refusal(429, retry_after=60), by_hand=True),
    Look("error-500", "errors/500.html", refusal(500), by_hand=True),
    Look("error-503", "errors/503.html", refusal(503, retry_after=5), by_hand=True),
]  # fmt: skip
# --- requests for a dialogue
RESIDENT += [
    Look("sheet-what-dialogue", "petitions/sheet/what.html", "/submit/dialogue"),
    Look("sheet-where-dialogue", "petitions/sheet/where.html", at_step("where", "dialogue")),
    Look("sheet-with", "petitions/sheet/with.html", at_step("with", "dialogue")),
    Look("sheet-group", "petitions/sheet/group.html", at_step("group", "dialogue")),
    Look("sheet-group-wrong", "petitions/sheet/group.html", empty_group),
    Look("sheet-wishes", "petitions/sheet/wishes.html", at_step("wishes", "dialogue")),
    Look("sheet-you-dialogue", "petitions/sheet/you.html", at_step("you", "dialogue")),
    Look("sheet-review-dialogue", "petitions/sheet/review.html", at_step("review", "dialogue")),
    *[Look(f"follow-{name}", "petitions/follow.html", case_of(name))
      for name in ("asked", "offered", "agreed", "met", "written", "shared")],
    Look("shared-request", "dialogues/shared_request.html", shared_request),
    Look("shared-request-wrong", "dialogues/shared_request.html", joined_wrong),
]  # fmt: skip
DESK = [
    Look("queue", "desk/queue.html", "/desk/?view=unit", "thom"),
    Look("queue-mine", "desk/queue.html", "/desk/?view=mine", "mai"),
    Look("queue-empty", "desk/queue.html", "/desk/?view=mine", "luc"),
    Look("queue-sifted-empty", "desk/queue.html", "/desk/?view=unit&q=voi&kind=complaint", "mai"),
    Look("queue-kept", "desk/queue.html", "/desk/?view=unit&category=roads", "thom"),
    Look("bulk-assign", "desk/bulk.html", picked(do="assign"), "khanh"),
    Look("bulk-forward", "desk/bulk.html", picked(), "khanh"),
    Look("bulk-forward-wrong", "desk/bulk.html", picked("wrong"), "khanh"),
    Look("bulk-preview", "desk/bulk_preview.html", picked("preview"), "khanh"),
    Look("bulk-done", "desk/bulk_done.html", picked("done"), "khanh"),
    Look("phrases", "desk/phrases.html", "/desk/phrases", "khanh"),
    Look("phrase", "desk/phrase.html", phrase, "khanh"),
    Look("new-phrase", "desk/phrase.html", "/desk/phrases/new", "khanh"),
    Look("new-phrase-wrong", "desk/phrase.html", sent_empty("/desk/phrases/new"), "khanh"),
    Look("keys", "desk/keys.html", "/desk/keys", "mai"),
    Look("case-received", "desk/case.html", desk("/desk/cases/{longest}"), "thom"),
    Look("case-writing", "desk/case.html", desk("/desk/cases/{assigned}"), "mai"),
    Look("case-waiting", "desk/case.html", desk("/desk/cases/{waiting}"), "mai"),
    Look("case-approve", "desk/case.html", desk("/desk/cases/{proposed}"), "khanh"),
    Look("case-answered", "desk/case.html", desk("/desk/cases/{rated}"), "mai"),
    Look("case-complaint", "desk/case.html", desk("/desk/cases/{registered}"), "khanh"),
    Look("case-suspended", "desk/case.html", desk("/desk/cases/{suspended}"), "khanh"),
    Look("case-decided", "desk/case.html", desk("/desk/cases/{decided}"), "khanh"),
    Look("case-mixed", "desk/case.html", desk("/desk/cases/{mixed}"), "thom"),
    *[Look(f"act-{verb}", "desk/act.html", desk(f"/desk/cases/{{{case}}}/{verb}"), account) for verb, case, account in (
        ("classify", "fresh_1", "thom"), ("split", "fresh_1", "thom"), ("request_part", "assigned", "mai"),
        ("publish", "decided", "khanh"), ("enforce", "decided", "khanh"), ("withdraw_part", "fresh_1", "thom"))],
    Look("act-split-wrong", "desk/act.html", sent_empty("/desk/cases/{fresh_1}/split"), "thom"),
    Look("paper", "desk/paper.html", paper(), "khanh"),
    Look("paper-wrong", "desk/paper.html", paper("sign"), "khanh"),
    Look("paper-read", "desk/paper_read.html", submitted_paper, "khanh"),
    Look("registers", "desk/registers.html", "/desk/registers", "thom"),
    Look("registers-wrong", "desk/registers.html", "/desk/registers?what=petitions&first=x", "thom"),
    Look("workflow", "desk/workflow.html", "/workflow", "tai"),
    Look("workflow-complaint", "desk/workflow.html", "/workflow?kind=complaint", "mai"),
    Look("intake-clock", "desk/intake.html", clock_at_the_counter, "thom"),
    Look("case-masked", "desk/case.html", desk("/desk/cases/{overdue}"), "sinh"),
    *[Look(f"act-{verb}", "desk/act.html", desk(f"/desk/cases/{{{case}}}/{verb}"), account) for verb, case, account in (
        ("assign", "fresh_0", "khanh"), ("ask", "assigned", "mai"), ("correct", "fresh_1", "thom"),
        ("forward", "fresh_1", "thom"), ("refuse", "fresh_1", "thom"), ("mark_duplicate", "fresh_1", "thom"),
        ("approve", "proposed", "khanh"), ("register", "complaint", "thom"), ("close", "rated", "mai"))],
    Look("act-forward-similar", "desk/act.html", desk("/desk/cases/{fresh_1}/forward"), "khanh"),
    Look("case-similar", "desk/case.html", desk("/desk/cases/{fresh_1}"), "khanh"),
    Look("act-ask-empty", "desk/act.html", sent_empty("/desk/cases/{assigned}/ask"), "mai"),
    Look("act-correct-wrong", "desk/act.html", sent_empty("/desk/cases/{fresh_1}/correct"), "thom"),
    Look("intake", "desk/intake.html", "/desk/intake", "thom"),
    Look("intake-wrong", "desk/intake.html", sent_empty("/desk/intake"), "thom"),
    Look("intake-alike", "desk/intake.html", like_another, "thom"),
    Look("intake-receipt", "desk/receipt.html", entered_at_the_counter, "thom"),
    Look("renew", "desk/renew.html", desk("/desk/cases/{overdue}/renew-code"), "thom"),
    Look("search", "desk/search.html", "/desk/search", "mai"),
    Look("search-found", "desk/search.html", "/desk/search?q=den+duong", "mai"),
    Look("search-nothing", "desk/search.html", "/desk/search?q=voi+bay", "mai"),
    Look("error-409", "errors/409.html", two_versions, "mai"),
    Look("error-403", "errors/403.html", "/admin/officials", "mai"),
]  # fmt: skip
DESK += [
    Look("case-asked", "desk/case.html", desk("/desk/cases/{asked}"), "khanh"),
    Look("case-shared", "desk/case.html", desk("/desk/cases/{shared}"), "mai"),
    Look("case-agreed", "desk/case.html", desk("/desk/cases/{agreed}"), "mai"),
    Look("case-met", "desk/case.html", desk("/desk/cases/{met}"), "mai"),
    *[Look(f"act-{verb}", "desk/act.html", desk(f"/desk/cases/{{asked}}/{verb}"), "khanh")
      for verb in ("schedule", "offer_times", "publish_request")],
    Look("act-schedule-wrong", "desk/act.html", sent_empty("/desk/cases/{asked}/schedule"), "khanh"),
    Look("act-offer-wrong", "desk/act.html", sent_empty("/desk/cases/{asked}/offer_times"), "khanh"),
    Look("workflow-dialogue", "desk/workflow.html", "/workflow?kind=dialogue", "mai"),
    Look("queue-scheduled", "desk/queue.html", "/desk/?view=scheduled", "mai"),
]  # fmt: skip
DESK += [
    Look("queue-sealed", "desk/queue.html", "/desk/", "kin"),
    Look("sealed-register", "desk/sealed/register.html", desk("/desk/cases/{sealed}"), "kin"),
    Look("sealed-new", "desk/sealed/new.html", sent_empty("/desk/sealed/new"), "kin"),
    Look("sealed-receipt", "desk/sealed/receipt.html", registered_from_paper, "kin"),
    Look("sealed-act", "desk/sealed/act.html", desk("/desk/sealed/{sealed_fresh}/register"), "kin"),
    Look("sealed-case", "desk/case.html", desk("/desk/cases/{sealed}"), "do"),
]  # fmt: skip
DESK += [  # the office's side of citizen reception
    Look("reception-days", "dialogues/days.html", "/desk/reception", "thom"),
    Look("reception-days-above", "dialogues/days.html", "/desk/reception?unit=01447", "sinh"),
    Look("reception-days-empty", "dialogues/days.html", "/desk/reception", "hanh"),
    Look("reception-day-new", "dialogues/day_new.html", "/desk/reception/days/new", "thom"),
    Look("reception-day-new-wrong", "dialogues/day_new.html", sent_empty("/desk/reception/days/new"), "thom"),
    Look("reception-calendar", "dialogues/patterns.html", "/desk/reception/calendar", "khanh"),
    Look("reception-day", "dialogues/day.html", desk("/desk/reception/days/{day}"), "thom"),
    Look("reception-day-today", "dialogues/day.html", desk("/desk/reception/days/{day_today}"), "thom"),
    Look("reception-day-masked", "dialogues/day.html", desk("/desk/reception/days/{day}"), "sinh"),
    Look("reception-day-move", "dialogues/day_move.html", desk("/desk/reception/days/{day}/move"), "thom"),
    Look("reception-day-move-wrong", "dialogues/day_move.html", sent_empty("/desk/reception/days/{day}/move"), "thom"),
    Look("reception-day-hold", "dialogues/day_hold.html", desk("/desk/reception/days/{day_today}/hold"), "thom"),
    Look("reception-book", "dialogues/book_here.html", desk("/desk/reception/days/{day}/book"), "thom"),
    Look("reception-book-wrong", "dialogues/book_here.html", sent_empty("/desk/reception/days/{day}/book"), "thom"),
    Look("reception-unscheduled", "dialogues/unscheduled.html", "/desk/reception/unscheduled", "thom"),
    Look("reception-visit", "dialogues/visit.html", desk("/desk/reception/bookings/{visit_0}"), "thom"),
    Look("reception-visit-heard", "dialogues/visit.html", desk("/desk/reception/bookings/{visit_heard}"), "thom"),
    Look("reception-visit-refused", "dialogues/visit.html", desk("/desk/reception/bookings/{visit_refused}"), "thom"),
    Look("reception-visit-sealed", "dialogues/visit.html", desk("/desk/reception/bookings/{visit_2}"), "thom"),
    *[Look(f"reception-act-{verb}", "dialogues/visit_act.html", desk(f"/desk/reception/bookings/{{{visit}}}/{verb}"),
           "thom") for verb, visit in (("check-in", "visit_0"), ("hear", "visit_waiting"), ("move-booking", "visit_0"),
                                       ("turn-away", "visit_waiting"), ("notify-result", "visit_heard"))],
    Look("reception-act-wrong", "dialogues/visit_act.html",
         sent_empty("/desk/reception/bookings/{visit_waiting}/hear"), "thom"),
    Look("reception-case", "desk/from_visit.html", desk("/desk/reception/bookings/{visit_heard}/case"), "thom"),
    Look("reception-register", "dialogues/register.html", "/desk/reception/register", "thom"),
    Look("reception-register-wrong", "dialogues/register.html", "/desk/reception/register?unit=01447&first=x", "thom"),
]  # fmt: skip
RESIDENT += [  # commitments
    Look("promises", "dialogues/promises.html", "/commitments"),
    Look("promises-none", "dialogues/promises.html", "/commitments?state=kept_late"),
    Look("promise-published", "dialogues/published_promise.html", listed("/commitments")),
    Look("promise-object", "dialogues/object.html", objecting),
]
DESK += [  # commitments
    Look("queue-promises", "desk/queue.html", "/desk/?view=promises", "khanh"),
    Look("promises-desk", "dialogues/commitments.html", "/desk/commitments", "khanh"),
    Look("promises-desk-none", "dialogues/commitments.html", "/desk/commitments?state=broken", "sinh"),
    Look("promise-owed", "dialogues/commitment.html", listed("/desk/commitments?view=mine"), "khanh"),
    Look("promise-judge", "dialogues/commitment.html", listed("/desk/commitments?view=verify"), "do"),
    Look("promise-judge-wrong", "dialogues/commitment.html", judged_with_nothing_said, "do"),
    Look("promise-make", "dialogues/promise.html", desk("/desk/promises/case/{answered}"), "mai"),
    Look("promise-make-wrong", "dialogues/promise.html", sent_empty("/desk/promises/case/{answered}"), "mai"),
]
# Sessions.
RESIDENT += [
    Look("talks", "dialogues/sessions.html", "/dialogues?commune=01447"),
    Look("talks-none", "dialogues/sessions.html", "/dialogues?commune=01273"),
    Look("talk", "dialogues/session.html", desk("/dialogues/{talk_soon}")),
    Look("talk-wrong", "dialogues/session.html", sent_empty("/dialogues/{talk_soon}")),
    Look("talk-published", "dialogues/session.html", desk("/dialogues/{talk_past}")),
    Look("conference", "dialogues/conference.html", "/dialogues/conferences/01447"),
    Look("conference-none", "dialogues/conference.html", "/dialogues/conferences/01273"),
    Look("conference-wrong", "dialogues/conference.html", sent_empty("/dialogues/conferences/01447")),
]  # fmt: skip
DESK += [
    Look("sessions", "dialogues/desk_sessions.html", "/desk/sessions", "khanh"),
    Look("sessions-none", "dialogues/desk_sessions.html", "/desk/sessions", "hanh"),
    Look("session-soon", "dialogues/desk_session.html", desk("/desk/sessions/{talk_soon}"), "khanh"),
    Look("session-past", "dialogues/desk_session.html", desk("/desk/sessions/{talk_past}"), "mai"),
    Look("session-masked", "dialogues/desk_session.html", desk("/desk/sessions/{talk_past}"), "sinh"),
    Look("new-session", "dialogues/new_session.html", "/desk/sessions/new", "khanh"),
    Look("new-session-wrong", "dialogues/new_session.html", sent_empty("/desk/sessions/new"), "khanh"),
    *[Look(f"session-{verb}", "dialogues/session_act.html", desk(f"/desk/sessions/{{talk_{which}}}/{verb}"), "khanh")
      for verb, which in (("attach", "soon"), ("invite", "soon"), ("move", "soon"), ("question", "soon"),
                          ("call-off", "soon"), ("change", "soon"), ("approve", "wait"), ("return", "wait"))],
    Look("session-move-wrong", "dialogues/session_act.html", sent_empty("/desk/sessions/{talk_soon}/move"), "khanh"),
    Look("desk-conference", "dialogues/desk_conference.html", "/desk/conferences/01447", "thom"),
    Look("desk-conference-wrong", "dialogues/desk_conference.html", sent_empty("/desk/conferences/01447"), "thom"),
]  # fmt: skip
HOUSE = [
    Look("statistics-province", "reports/unit.html", "/statistics/04", "sinh"),
    Look("statistics-unit", "reports/unit.html", "/statistics/01447", "sinh"),
    Look("statistics-few", "reports/unit.html", "/statistics/01273", "sinh"),
    Look("statistics-empty", "reports/unit.html", "/statistics/01294", "sinh"),
    Look("statistics-wrong", "reports/unit.html", "/statistics/01447?from=2026-05-02&to=2026-05-01", "sinh"),
    Look("statistics-durations", "reports/durations.html", "/statistics/04/durations", "sinh"),
    Look("statistics-durations-empty", "reports/durations.html", "/statistics/01294/durations", "sinh"),
    Look("statistics-time", "reports/time.html", "/statistics/04/time", "sinh"),
    Look("statistics-time-empty", "reports/time.html", "/statistics/01294/time", "sinh"),
    Look("statistics-time-wrong", "reports/time.html", "/statistics/04/time?to=2026-05-01&from=2027-01-01", "sinh"),
    Look("statistics-channels", "reports/channels.html", "/statistics/04/channels", "sinh"),
    Look("statistics-channels-empty", "reports/channels.html", "/statistics/01294/channels", "sinh"),
    Look("statistics-channels-wrong", "reports/channels.html", "/statistics/04/channels?to=2026-05-01&from=2027-01-01",
         "sinh"),
    Look("statistics-trend", "reports/trend.html", "/statistics/04/trend?from=2026-01-01&to=2026-12-31", "sinh"),
    Look("statistics-trend-empty", "reports/trend.html", "/statistics/01294/trend", "sinh"),
    Look("statistics-trend-wrong", "reports/trend.html", "/statistics/04/trend?from=2020-01-01&by=day", "sinh"),
    Look("statistics-backlog", "reports/backlog.html", "/statistics/04/backlog", "sinh"),
    Look("statistics-backlog-past", "reports/backlog.html", "/statistics/01447/backlog?from=2026-09-01&to=2026-10-31",
         "sinh"),
    Look("statistics-backlog-empty", "reports/backlog.html", "/statistics/01294/backlog", "sinh"),
    Look("statistics-backlog-wrong", "reports/backlog.html", "/statistics/04/backlog?to=2026-05-01&from=2027-01-01",
         "sinh"),
    Look("statistics-due", "reports/due.html", "/statistics/04/due", "sinh"),
    Look("statistics-due-past", "reports/due.html", "/statistics/01447/due?from=2026-09-01&to=2026-10-31", "sinh"),
    Look("statistics-due-empty", "reports/due.html", "/statistics/01294/due", "sinh"),
    Look("statistics-due-wrong", "reports/due.html", "/statistics/04/due?to=2026-05-01&from=2027-01-01", "sinh"),
    Look("statistics-cases-age", "reports/cases.html", "/statistics/04/cases?figure=open_0_5", "sinh"),
    *[Look(f"statistics-{view}", f"reports/{view}.html", f"/statistics/04/{view}", "sinh")
      for view in ("subjects", "places", "satisfaction", "reopened")],
    *[Look(f"statistics-{view}-empty", f"reports/{view}.html", f"/statistics/01294/{view}", "sinh")
      for view in ("subjects", "places", "satisfaction", "reopened")],
    *[Look(f"statistics-{view}-wrong", f"reports/{view}.html", f"/statistics/04/{view}?from=2026-05-02&to=2026-05-01",
           "sinh") for view in ("subjects", "places", "satisfaction", "reopened")],
    Look("statistics-subjects-below", "reports/subjects.html", "/statistics/04/subjects?category=roads", "sinh"),
    Look("statistics-places-on-time", "reports/places.html", "/statistics/04/places?show=on_time", "sinh"),
    Look("statistics-texts-none", "reports/satisfaction.html", "/statistics/04/satisfaction?page=9", "sinh"),
    Look("statistics-workload", "reports/workload.html", "/statistics/01447/workload", "khanh"),
    Look("statistics-workload-cases", "reports/workload.html",
         official("/statistics/01447/workload?official={id}&figure=held"), "khanh"),
    Look("statistics-workload-empty", "reports/workload.html", "/statistics/01447/workload?commune=01294", "khanh"),
    Look("statistics-workload-wrong", "reports/workload.html",
         "/statistics/01447/workload?from=2027-01-01&to=2026-05-01", "khanh"),
    Look("statistics-cases", "reports/cases.html", "/statistics/01447/cases?figure=finished", "sinh"),
    Look("statistics-no-cases", "reports/cases.html", "/statistics/01294/cases?figure=overdue", "sinh"),
    # figures: receptions, dialogues and promises of a unit
    Look("heard-province", "reports/heard.html", "/statistics/04/being-heard", "sinh"),
    Look("heard-unit", "reports/heard.html", "/statistics/01447/being-heard", "sinh"),
    Look("heard-wrong", "reports/heard.html", "/statistics/01447/being-heard?from=2026-05-02&to=2026-05-01", "sinh"),
    Look("heard-terms", "reports/heard_rows.html", "/statistics/01447/being-heard/rows?figure=head_days", "sinh"),
    Look("heard-no-rows", "reports/heard_rows.html", "/statistics/01294/being-heard/rows?figure=visits", "sinh"),
    # figures: the official forms
    Look("forms", "reports/official/forms.html", "/statistics/04/forms", "sinh"),
    Look("forms-wrong", "reports/official/forms.html", "/statistics/04/forms?year=1800", "sinh"),
    Look("form-petitions", "reports/official/form.html", "/statistics/04/forms/01-xld?year=2026&window=year", "sinh"),
    Look("form-sealed", "reports/official/form.html", "/statistics/04/forms/03-kqgq?year=2026&window=year", "van"),
    Look("form-empty", "reports/official/form.html", "/statistics/01294/forms/01-tcd?year=2020&window=q1", "sinh"),
    Look("form-cases", "reports/official/cases.html",
         "/statistics/04/forms/01-xld/cases?year=2026&window=year&column=9", "sinh"),
    Look("form-no-cases", "reports/official/cases.html",
         "/statistics/01294/forms/01-xld/cases?year=2020&window=q1&column=1", "sinh"),
    Look("form-figures", "reports/official/figures.html",
         "/statistics/01447/forms/01-xld/figures?year=2026&window=year", "khanh"),
    Look("form-figures-sealed", "reports/official/figures.html",
         "/statistics/04/forms/03-kqgq/figures?year=2026&window=year", "van"),
    Look("journal", "reports/journal.html", "/journal", "van"),
    Look("me", "accounts/me.html", "/account", "mai"),
    Look("deputies", "accounts/deputies.html", "/account/deputies", "khanh"),
    Look("officials", "accounts/officials.html", "/admin/officials", "tai"),
    Look("official", "accounts/official.html", official("/admin/officials/{id}"), "tai"),
    Look("new-official", "accounts/new_official.html", "/admin/officials/new", "tai"),
    Look("new-official-wrong", "accounts/new_official.html", sent_empty("/admin/officials/new"), "tai"),
    Look("link-once", "accounts/link_once.html", link_once, "tai"),
    Look("requests", "accounts/requests.html", asked_of_two, "tai"),
    Look("enrol", "accounts/enrol.html", "/account/second-factor", "sinh"),
    Look("enrol-wrong", "accounts/enrol.html", sent_empty("/account/second-factor"), "sinh"),
    Look("recovery-codes", "accounts/recovery_codes.html", enrolled(), "thom"),
    Look("second-factor", "accounts/second_factor.html", enrolled("look"), "thom"),
    Look("second-factor-wrong", "accounts/second_factor.html", enrolled("wrong"), "thom"),
    Look("leave", "house/leave.html", leaving, "tai"),
    Look("close", "house/close.html", "/admin/units/01447/close", "tai"),
    Look("units", "units/tree.html", "/admin/units", "tai"),
    Look("unit", "units/edit.html", "/admin/units/01447", "tai"),
    Look("new-unit", "units/new_unit.html", "/admin/units/new", "tai"),
    Look("categories", "units/categories.html", "/admin/categories", "tai"),
    Look("category", "units/category.html", "/admin/categories/roads.surface", "tai"),
    Look("calendar", "units/calendar.html", "/admin/calendar", "tai"),
    Look("calendar-wrong", "units/calendar.html", day_off_twice, "tai"),
    Look("calendar-read", "units/working_days.html", "/calendar", "mai"),
    Look("settings", "units/settings.html", "/admin/settings", "tai"),
    Look("government-phrases", "desk/phrases.html", "/desk/phrases", "tai"),
    Look("dead-letters", "letters/dead.html", "/admin/letters", "tai"),
]  # fmt: skip
RESIDENT += kept.RESIDENT
DESK += kept.DESK
