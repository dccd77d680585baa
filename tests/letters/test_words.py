"""Every letter in both languages, made by the real actions, read back from a real mail server."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.cases import actions
from app.cases.links import good_link, send_links
from app.cases.models import Case
from app.cases.receipts import spelled
from app.extensions import db, writing
from app.letters.deliver import drain
from app.rules.workflow import STEPS, THE_SYSTEM, Action, Kind, Role

from ..factories import MONDAY, accept, actor, answer, assign, make_case, make_official, staff, unit
from .conftest import Mailbox

LINK = re.compile(r"http://localhost/link/([0-9a-f]{32})")
Make = Callable[[str], Case]


def submitted(language: str) -> Case:
    return make_case(language=language)


def registered(language: str) -> Case:
    case = make_case(Kind.COMPLAINT, language=language)
    actions.register(case, MONDAY.date(), actor(make_official(Role.CLERK)), MONDAY)
    return case


def accepted(language: str) -> Case:
    case = registered(language)
    accept(case, make_official(Role.HEAD), MONDAY)
    return case


def received(language: str) -> Case:
    case = submitted(language)
    actions.receive(case, actor(make_official(Role.CLERK)), MONDAY)
    return case


def refused(language: str) -> Case:
    case = submitted(language)
    actions.refuse(case, "not_competent", "Việc của tòa án", actor(make_official(Role.CLERK)), MONDAY)
    return case


def duplicate(language: str) -> Case:
    case = submitted(language)
    actions.mark_duplicate(case, submitted(language), actor(make_official(Role.CLERK)), MONDAY)
    return case


def forwarded(language: str) -> Case:
    case = submitted(language)
    actions.forward(case, unit("so-xay-dung"), "Đường tỉnh", actor(make_official(Role.CLERK)), MONDAY)
    return case


def asked(language: str) -> Case:
    case, (_clerk, officer, head) = submitted(language), staff()
    assign(case, officer, head)
    actions.ask(case, "Từ cây số nào", actor(officer), MONDAY)
    return case


def reminded(language: str) -> Case:
    case = asked(language)
    actions.remind(case, THE_SYSTEM, MONDAY + timedelta(days=16))
    return case


def closed(language: str) -> Case:
    case = reminded(language)
    officer = case.assigned_to
    assert officer is not None
    late = MONDAY + timedelta(days=33)
    actions.close(case, "", officer.actor(late.date()), late)
    return case


def answered(language: str) -> Case:
    _clerk, officer, head = staff()
    return answer(submitted(language), officer, head)


def succeeded(language: str) -> Case:
    case = submitted(language)
    actions.succeed(case, unit("01273"), THE_SYSTEM, MONDAY)
    return case


def lost(language: str) -> Case:
    case = submitted(language)
    send_links(case.contact_email, MONDAY, "any")
    return case


LETTERS: dict[Action, tuple[Make, str, str]] = {
    Action.SUBMIT: (submitted, "Phải trả lời trước hết", "An answer is due"),
    Action.REGISTER: (registered, "đã vào sổ của", "is in the register of"),
    Action.RECEIVE: (received, "đã vào sổ tiếp nhận", "entered your case in its register"),
    Action.ACCEPT: (accepted, "đã thụ lý khiếu nại", "accepted your complaint"),
    Action.REFUSE: (refused, "vì việc không thuộc thẩm quyền", "outside its competence"),
    Action.MARK_DUPLICATE: (duplicate, "giải quyết cùng việc đến trước", "together with the earlier one"),
    Action.FORWARD: (forwarded, "đến Sở Xây dựng", "to Sở Xây dựng"),
    Action.ASK: (asked, "có một câu hỏi", "has one question"),
    Action.REMIND: (reminded, "lần nhắc duy nhất", "the only reminder"),
    Action.APPROVE: (answered, "văn bản số 1/UBND-TL", "document no. 1/UBND-TL"),
    Action.CLOSE: (closed, "chưa có trả lời sau lần nhắc", "no answer after the reminder"),
    Action.SUCCEED: (succeeded, "tiếp quản từ Ủy ban nhân dân xã Trùng Khánh", "taken over from"),
    Action.LINK_SENT: (lost, "bỏ qua thư này", "ignore this letter"),
}


def test_every_step_told_to_the_resident_has_a_case_here() -> None:
    assert {step.action for step in STEPS if Role.RESIDENT in step.tells} <= set(LETTERS)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("action", LETTERS, ids=str)
def test_each_letter_says_what_happened_and_opens_the_case(
    app: Flask, mailbox: Mailbox, action: Action, language: str
) -> None:
    make, vietnamese, english = LETTERS[action]
    with writing():
        case = make(language)
        case_id, reference = case.id, case.reference
        db.session.commit()
    later = MONDAY + timedelta(days=40)
    while drain(later):
        pass
    letters = [letter for letter in mailbox.letters if reference in str(letter["Subject"])]
    text = str(letters[-1].get_content())
    assert (vietnamese if language == "vi" else english) in text
    assert letters[-1]["Content-Language"] == language
    assert "{" not in text and "None" not in text and "\n\n\n" not in text
    found = LINK.search(text)
    assert found is not None
    link = good_link(found[1], later)
    assert link is not None and link.case_id == case_id


@pytest.mark.parametrize("action", LETTERS, ids=str)
def test_no_letter_carries_the_receipt_code_or_what_the_case_says(app: Flask, mailbox: Mailbox, action: Action) -> None:
    with writing():
        case = LETTERS[action][0]("vi")
        secrets = [case.code, spelled(case.code), case.title, case.body, "Từ cây số nào", "Đã dọn xong"]  # type: ignore[attr-defined]
        db.session.commit()
    drain(MONDAY + timedelta(days=40))
    assert mailbox.letters
    for letter in mailbox.letters:
        whole = str(letter.get_content()) + "".join(f"{name}: {value}" for name, value in letter.items())
        assert not any(secret in whole for secret in secrets)


def test_a_letter_says_it_was_sent_by_a_machine_under_the_governments_name(app: Flask, mailbox: Mailbox) -> None:
    with writing():
        submitted("vi")
        db.session.commit()
    drain(MONDAY)
    letter = mailbox.letters[0]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert str(letter["From"]) == "Gần Dân, Tỉnh Cao Bằng <khong-tra-loi@gandan.example>".replace(
        "Gần Dân, Tỉnh Cao Bằng", '"Gần Dân, Tỉnh Cao Bằng"'
    )
    assert letter["To"] == "sen@example.vn"
    assert clock.day_of(letter["Date"].datetime) == MONDAY.date()


def test_a_name_with_line_breaks_and_template_marks_prints_as_typed_on_one_line(app: Flask, mailbox: Mailbox) -> None:
    name = "{{ 7*7 }} <b>Sen</b>\r\nBcc: all@example.vn"
    with writing():
        make_case(name=name)
        db.session.commit()
    drain(MONDAY)
    assert "{{ 7*7 }} <b>Sen</b> Bcc: all@example.vn" in mailbox.text()
    assert mailbox.letters[0]["Bcc"] is None
    assert mailbox.envelopes == [["sen@example.vn"]]


@pytest.mark.parametrize(
    "address",
    ["a@example.vn\r\nBcc: all@example.vn", "a@example.vn, b@example.vn", "a@example.vn\nSubject: x", "khong phai thu",
     "<a@example.vn> b@example.vn", ""],
)  # fmt: skip
def test_a_smuggled_address_is_given_up_and_nothing_is_sent(app: Flask, mailbox: Mailbox, address: str) -> None:
    with writing():
        case = submitted("vi")
        db.session.flush()
        case.contact_email = address
        db.session.commit()
    assert drain(MONDAY) == 1
    assert mailbox.letters == []
    from app.journal.models import Notice

    notice = db.session.scalars(select(Notice).where(Notice.channel == "mail")).one()
    assert notice.dead_at == MONDAY
    assert notice.last_error == "UndeliverableAddress"
