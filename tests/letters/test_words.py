"""Every letter in both languages, made by the real actions, read back from a real mail server."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
import vobject
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import Official
from app.cases import actions
from app.cases.links import good_link, send_links
from app.cases.models import Case, FollowLink
from app.cases.receipts import spelled
from app.dialogues.actions import findings, replacing
from app.dialogues.actions import requests as dialogues
from app.dialogues.models import Commitment
from app.extensions import db, writing
from app.letters.deliver import drain
from app.rules.workflow import STEPS, THE_SYSTEM, Action, Actor, Kind, Role

from ..dialogues.promised import IN_TIME, LATE, People, new, people, promised
from ..dialogues.promised import answered as answered_by
from ..factories import MONDAY, actor, answer, assign, make_case, make_official, resident_of, staff, unit
from ..issued import accept, appeal, decide, hand, issue
from .conftest import Mailbox, calendars, make_request, words_of

LINK = re.compile(r"http://localhost/link/([0-9a-f]{32})")
Make = Callable[[str], Case]


def submitted(language: str) -> Case:
    return make_case(language=language)


def registered(language: str) -> Case:
    case = make_case(Kind.COMPLAINT, language=language)
    actions.register(case, MONDAY.date(), actor(make_official(Role.CLERK)), MONDAY)
    return case


def accepted(language: str) -> Case:
    case = make_case(Kind.COMPLAINT, language=language)
    accept(case)
    return case


def second(language: str) -> Case:
    """A second complaint, accepted by the next level up."""
    first = make_case(Kind.COMPLAINT, language=language)
    decide(first)
    case = appeal(first, language=language)
    accept(case)
    return case


def by_paper(action: Action, kind: Kind = Kind.COMPLAINT, **cargo: str) -> Make:
    """A case that a signed paper moves before it is accepted."""

    def make(language: str) -> Case:
        case = make_case(kind, language=language)
        if kind == Kind.COMPLAINT:
            actions.register(case, MONDAY.date(), actor(make_official(Role.CLERK)), MONDAY)
        issue(case, action, make_official(Role.HEAD), **cargo)
        return case

    return make


def while_settled(*steps: tuple[Action, dict[str, str]]) -> Make:
    """An accepted complaint with its officer, and papers signed after that."""

    def make(language: str) -> Case:
        case = make_case(Kind.COMPLAINT, language=language)
        head = accept(case)
        hand(case, head)
        for action, cargo in steps:
            issue(case, action, head, **cargo)
        return case

    return make


def after_decision(*verbs: str) -> Make:
    """A decided complaint, and what is recorded of it after that."""

    def make(language: str) -> Case:
        case = make_case(Kind.COMPLAINT, language=language)
        officer, _head = decide(case)
        for verb in verbs:
            getattr(actions, verb)(case, MONDAY.date(), "Trao tận tay tại trụ sở.", actor(officer), MONDAY)
        return case

    return make


def talked(language: str) -> Case:
    case = while_settled()(language)
    officer = case.assigned_to
    assert officer is not None
    actions.hold_dialogue(case, MONDAY.date(), "Đã dọn xong", actor(officer), MONDAY)
    return case


def split(language: str) -> Case:
    case = submitted(language)
    part = actions.Part(Kind.FEEDBACK, "Đèn đường tắt", "Tắt ba tuần.", "roads.lighting")
    actions.split(case, part, "Hai việc khác nhau", actor(make_official(Role.CLERK)), MONDAY)
    return case


def withdrawn(language: str) -> Case:
    case = registered(language)
    actions.record_withdrawal(case, MONDAY.date(), "Đơn rút có chữ ký", actor(make_official(Role.CLERK)), MONDAY)
    return case


def shared(end: Callable[[Case, Official, Official], object]) -> Make:
    """A duplicate whose main case comes to an end."""

    def make(language: str) -> Case:
        clerk, officer, head = staff()
        main, case = make_case(name="Lý Văn Tài", email=""), submitted(language)
        actions.mark_duplicate(case, main, actor(clerk), MONDAY)
        end(main, officer, head)
        return case

    return make


def refuse_main(main: Case, _officer: Official, head: Official) -> None:
    actions.refuse(main, "not_competent", "Việc của tòa án", actor(head), MONDAY)


def withdraw_main(main: Case, _officer: Official, _head: Official) -> None:
    actions.withdraw(main, "", resident_of(main), MONDAY)


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


DAY = timedelta(days=1)
TIME = actions.Meeting(date(2026, 11, 24), time(8, 30), time(9, 30), place="Trụ sở xã Trùng Khánh", session_id=None)
ONLINE = replace(TIME, on=date(2026, 11, 26), mode="online", place="", link="https://hop.example.vn/kin")


def wished(language: str) -> Case:
    """A request for a dialogue, public if its sender may choose, with an officer."""
    _clerk, officer, head = staff()
    return assign(make_request(language=language, is_public=True), officer, head)


def officer_of(case: Case) -> Actor:
    assert case.assigned_to is not None
    return actor(case.assigned_to)


def invited(language: str) -> Case:
    case = wished(language)
    dialogues.schedule(case, TIME, officer_of(case), MONDAY)
    return case


def invited_online(language: str) -> Case:
    case = wished(language)
    dialogues.schedule(case, ONLINE, officer_of(case), MONDAY)
    return case


def offered(language: str) -> Case:
    case = wished(language)
    actions.offer_times(case, [TIME, ONLINE], "Chọn giúp một giờ", officer_of(case), MONDAY)
    return case


def chosen(language: str) -> Case:
    case = offered(language)
    dialogues.choose_time(case, 0, resident_of(case), MONDAY)
    return case


def moved(language: str) -> Case:
    case = invited(language)
    actions.reschedule(case, ONLINE, "Hội trường đang sửa", officer_of(case), MONDAY)
    return case


def shared_request(language: str) -> Case:
    case = wished(language)
    actions.publish_request(case, "Đường xóm Lũng Đính", "Cùng đề nghị đối thoại.", officer_of(case), MONDAY)
    return case


def met(language: str) -> Case:
    case = invited(language)
    actions.meet(case, TIME.on, "Đã hứa sửa đường", officer_of(case), MONDAY + 9 * DAY)
    return case


def met_and_published(language: str) -> Case:
    case = met(language)
    actions.publish(case, TIME.on + DAY, "Niêm yết tại trụ sở", officer_of(case), MONDAY + 9 * DAY)
    return case


def written(language: str) -> Case:
    """Answered in writing instead."""
    case = wished(language)
    _clerk, _officer, head = staff()
    actions.propose(case, "Đã dọn xong đất đá.", "explained", officer_of(case), MONDAY)
    actions.approve(case, actor(head), MONDAY)
    return case


def unchosen(language: str) -> Case:
    case = offered(language)
    actions.remind(case, THE_SYSTEM, MONDAY + 16 * DAY)
    return case


def unchosen_for_good(language: str) -> Case:
    case = unchosen(language)
    actions.close(case, "", officer_of(case), MONDAY + 33 * DAY)
    return case


def declined(language: str) -> Case:
    case = make_request(language=language)
    actions.refuse(case, "declined", "Việc đã đối thoại tháng trước", actor(make_official(Role.HEAD)), MONDAY)
    return case


def received_request(language: str) -> Case:
    case = make_request(language=language)
    actions.receive(case, actor(make_official(Role.CLERK)), MONDAY)
    return case


def forwarded_request(language: str) -> Case:
    case = make_request(language=language)
    actions.forward(case, unit("so-xay-dung"), "Đường tỉnh", actor(make_official(Role.CLERK)), MONDAY)
    return case


def pledged(*verbs: Callable[..., object]) -> Make:
    """A commitment made in an answer, and what became of it."""

    def make(language: str) -> Case:
        who = people()
        case = answered_by(who, language=language)
        commitment = promised(who, case)
        for verb in verbs:
            verb(commitment, who)
        return case

    return make


def reported(commitment: Commitment, who: People) -> None:
    findings.report_done(commitment, "Đã thông xe sáng nay", actor(who.officer), IN_TIME)


def kept(commitment: Commitment, who: People) -> None:
    findings.confirm_kept(commitment, "Đã đi xem tận nơi", actor(who.looker), IN_TIME)


def broken(commitment: Commitment, who: People, at: datetime = LATE) -> None:
    findings.find_broken(commitment, "Đã đi xem tận nơi", actor(who.looker), at)


def back_to_work(commitment: Commitment, who: People) -> None:
    broken(commitment, who, IN_TIME)


def replaced(commitment: Commitment, who: People) -> None:
    other = new(what="Làm xong trước Tết", due_on=date(2027, 1, 15))
    replacing.replace(commitment, other, "Mưa lũ kéo dài", actor(who.head), IN_TIME)


LETTERS: dict[Action, tuple[Make, str, str]] = {
    Action.SUBMIT: (submitted, "Phải trả lời trước hết", "An answer is due"),
    Action.REGISTER: (registered, "đã vào sổ của", "is in the register of"),
    Action.RECEIVE: (received, "đã vào sổ tiếp nhận", "entered your case in its register"),
    Action.ACCEPT: (accepted, "đã thụ lý khiếu nại", "accepted your complaint"),
    Action.SPLIT: (split, "đã tách một nội dung thành việc riêng, số PA-", "a case of its own, number PA-"),
    Action.GUIDE: (by_paper(Action.GUIDE, body="Tòa án nhân dân"), "Nơi có thẩm quyền: Tòa án", "body is Tòa án"),
    Action.TRANSFER_OUT: (
        by_paper(Action.TRANSFER_OUT, Kind.FEEDBACK, body="Điện lực tỉnh"),
        "đến Điện lực tỉnh",
        "to Điện lực tỉnh",
    ),
    Action.RETURN_PETITION: (by_paper(Action.RETURN_PETITION), "trả lại đơn của ông/bà", "returns your petition"),
    Action.NOT_ACCEPT: (by_paper(Action.NOT_ACCEPT), "không thụ lý khiếu nại", "does not accept your complaint"),
    Action.SUSPEND: (
        while_settled((Action.SUSPEND, {"on": "2026-11-16"})),
        "Thời hạn đứng lại",
        "The time limit stands still",
    ),
    Action.RESUME: (
        while_settled((Action.SUSPEND, {"on": "2026-11-16"}), (Action.RESUME, {"on": "2026-11-16"})),
        "tiếp tục giải quyết việc của ông/bà từ ngày 16/11/2026",
        "resumed the settlement of your case on 16 Nov 2026",
    ),
    Action.TERMINATE: (while_settled((Action.TERMINATE, {})), "đình chỉ giải quyết", "without deciding it"),
    Action.MAKE_COMPLEX: (
        while_settled((Action.MAKE_COMPLEX, {})),
        "hạn trước đây là 16/12/2026",
        "due date was 16 Dec 2026",
    ),
    Action.HOLD_DIALOGUE: (talked, "đã tổ chức đối thoại", "held the dialogue"),
    Action.DECIDE: (after_decision(), "khiếu nại lần hai được đến hết thứ Tư, 16/12/2026", "complain a second time"),
    Action.SEND: (after_decision("send"), "đã gửi quyết định", "sent you the decision"),
    Action.PUBLISH: (
        after_decision("publish"),
        "đã công khai quyết định",
        "decision on your complaint public",
    ),
    Action.ENFORCE: (after_decision("enforce"), "đang tổ chức thi hành", "carrying out the decision"),
    Action.WITHDRAW: (withdrawn, "đã ghi nhận ông/bà rút khiếu nại", "recorded that you withdrew"),
    Action.REFUSE: (refused, "vì việc không thuộc thẩm quyền", "outside its competence"),
    Action.MARK_DUPLICATE: (duplicate, "giải quyết cùng việc đến trước", "together with the earlier one"),
    Action.FORWARD: (forwarded, "đến Sở Xây dựng", "to Sở Xây dựng"),
    Action.ASK: (asked, "có một câu hỏi", "has one question"),
    Action.REMIND: (reminded, "lần nhắc duy nhất", "the only reminder"),
    Action.APPROVE: (answered, "văn bản số 1/UBND-TL", "document no. 1/UBND-TL"),
    Action.CLOSE: (closed, "chưa có trả lời sau lần nhắc", "no answer after the reminder"),
    Action.SUCCEED: (succeeded, "tiếp quản từ Ủy ban nhân dân xã Trùng Khánh", "taken over from"),
    Action.SCHEDULE: (
        invited,
        "mời ông/bà đến đối thoại: thứ Ba, 24/11/2026, từ 08:30 đến 09:30, tại Trụ sở xã Trùng Khánh",
        "invites you to a dialogue: Tuesday 24 Nov 2026, from 08:30 to 09:30, at Trụ sở xã Trùng Khánh",
    ),
    Action.OFFER_TIMES: (offered, "ông/bà chọn một:\n\n- thứ Ba, 24/11/2026", "choose one:\n\n- Tuesday 24 Nov 2026"),
    Action.CHOOSE_TIME: (chosen, "Giờ ông/bà chọn đã được giữ", "The time that you chose is kept for you"),
    Action.RESCHEDULE: (
        moved,
        "Giờ mới: thứ Năm, 26/11/2026, từ 08:30 đến 09:30, trực tuyến.",
        "new time: Thursday 26 Nov 2026, from 08:30 to 09:30, online.",
    ),
    Action.PUBLISH_REQUEST: (shared_request, "để người khác cùng tham gia", "so that others can join it"),
    Action.LINK_SENT: (lost, "bỏ qua thư này", "ignore this letter"),
}
TOLD_AS_WELL: dict[str, tuple[Make, str, str]] = {
    "invited_online": (invited_online, "nằm sau liên kết dưới đây", "stands behind the link below"),
    "wished": (
        lambda language: make_request(language=language),
        "đã nhận đề nghị đối thoại của ông/bà",
        "received your request for a dialogue",
    ),
    "received_request": (received_request, "đang xem đề nghị đối thoại", "your request for a dialogue in its register"),
    "declined": (declined, "không nhận đối thoại theo đề nghị này", "declines your request for a dialogue"),
    "forwarded_request": (forwarded_request, "Đề nghị đối thoại của ông/bà đã", "Your request for a dialogue went"),
    "written": (written, "đề nghị lại được một lần, đến hết ngày", "You can insist once, until"),
    "unchosen": (unchosen, "chọn một trong các giờ đối thoại", "to choose one of the times"),
    "unchosen_for_good": (unchosen_for_good, "chưa có giờ nào được chọn sau lần nhắc", "no time was chosen after"),
    "met": (met, "đã đối thoại với ông/bà ngày 24/11/2026", "held the dialogue with you on 24 Nov 2026"),
    "met_and_published": (met_and_published, "đã công khai kết quả đối thoại", "what came of the dialogue with you"),
    "promise": (pledged(), "CK-2026-000001, làm xong trước hết thứ Bảy, 28/11/2026", "CK-2026-000001, to be done by"),
    "report_done": (pledged(reported), "báo đã làm xong cam kết số CK-2026-000001", "CK-2026-000001 is done"),
    "confirm_kept": (pledged(reported, kept), "xác nhận cam kết số CK-2026", "found that commitment CK-2026"),
    "find_broken": (pledged(reported, broken), "CK-2026-000001 không được giữ", "CK-2026-000001 was not kept"),
    "back_to_work": (pledged(reported, back_to_work), "phải làm tiếp, trước hết", "must go on with it, by"),
    "replace_promise": (pledged(replaced), "bằng cam kết số CK-2026-000002", "put commitment CK-2026-000002"),
    "second": (second, "đã thụ lý khiếu nại lần hai", "accepted your second complaint"),
    "shared_answer": (
        shared(answer),
        "được giải quyết chung, đã có câu trả lời",
        "together with which",
    ),
    "shared_end": (shared(refuse_main), "Kết quả: không thuộc thẩm quyền", "has ended. Result:"),
    "shared_withdrawn": (shared(withdraw_main), "giải quyết việc của ông/bà riêng", "handles yours on its own"),
}
"""Letters that say something else in a second instance, or on a case that goes along with another."""
ALL = {str(action): told for action, told in LETTERS.items()} | TOLD_AS_WELL


def test_every_step_told_to_the_resident_has_a_case_here() -> None:
    assert {step.action for step in STEPS if Role.RESIDENT in step.tells} <= set(LETTERS)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("which", ALL)
def test_each_letter_says_what_happened_and_opens_the_case(
    app: Flask, mailbox: Mailbox, which: str, language: str
) -> None:
    make, vietnamese, english = ALL[which]
    with writing():
        case = make(language)
        case_id, reference = case.id, case.reference
        db.session.commit()
    later = MONDAY + timedelta(days=40)
    while drain(later):
        pass
    letters = [letter for letter in mailbox.letters if reference in str(letter["Subject"])]
    text = words_of(letters[-1])
    assert (vietnamese if language == "vi" else english) in text
    assert letters[-1]["Content-Language"] == language
    assert "{" not in text and "None" not in text and "\n\n\n" not in text
    found = LINK.search(text)
    assert found is not None
    link = good_link(FollowLink, found[1], later)
    assert link is not None and link.case_id == case_id


@pytest.mark.parametrize("which", ALL)
def test_no_letter_carries_the_receipt_code_or_what_the_case_says(app: Flask, mailbox: Mailbox, which: str) -> None:
    with writing():
        case = ALL[which][0]("vi")
        secrets = [case.code, spelled(case.code), case.title, case.body, "Từ cây số nào", "Đã dọn xong"]  # type: ignore[attr-defined]
        secrets += ["Nội dung kín", "Trao tận tay", "Hai việc khác nhau", "Lý Văn Tài"]
        secrets += ["hop.example.vn", "Chọn giúp", "Hội trường", "Cùng đề nghị", "hứa sửa", "đối thoại tháng trước"]
        secrets += ["thông xe", "Dọn hết đất đá", "tận nơi", "trước Tết", "Mưa lũ"]
        db.session.commit()
    drain(MONDAY + timedelta(days=40))
    assert mailbox.letters
    for letter in mailbox.letters:
        whole = words_of(letter) + "".join(f"{name}: {value}" for name, value in letter.items())
        assert not any(secret in whole for secret in secrets)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("make", [invited, chosen])
def test_an_invitation_brings_a_calendar_file_that_names_neither_person_nor_subject(
    app: Flask, mailbox: Mailbox, make: Make, language: str
) -> None:
    with writing():
        case = make(language)
        title = case.title
        db.session.commit()
    drain(MONDAY)
    letter = mailbox.letters[-1]
    assert letter.get_content_type() == "multipart/mixed" and letter["Content-Language"] == language
    (file,) = calendars(letter)
    assert file.get_content_type() == "text/calendar" and file.get_param("method") == "PUBLISH"
    text = str(file.get_content())
    entry = vobject.readOne(text).vevent
    assert entry.dtstart.value == datetime(2026, 11, 24, 8, 30, tzinfo=clock.zone())
    assert title not in text and "Sen" not in text and "hop.example" not in text
    assert not any(calendars(other) for other in mailbox.letters[:-1])


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
     "<a@example.vn> b@example.vn"],
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
