"""Letters to who booked a visit: made by the real actions, read from a real mail server; told once, across a crash."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
import vobject
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from app import clock
from app.accounts.models import Official
from app.cases.links import good_link
from app.dialogues.actions import findings, visits
from app.dialogues.actions.bookings import cancel_booking, change_slot
from app.dialogues.actions.commitments import promise
from app.dialogues.actions.moving import NewTime, move_day
from app.dialogues.actions.perform import remember
from app.dialogues.models import Booking, BookingLink, ReceptionDay
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.journal.record import Told
from app.letters import deliver
from app.letters.deliver import LEASE, drain, lease
from app.letters.post import post_office
from app.rules.workflow import THE_SYSTEM, Action, Role

from ..conftest import both_engines
from ..dialogues.promised import IN_TIME, heard, new, people
from ..dialogues.receptions import HALF_PAST, WEDNESDAY, booker_of, make_booking, make_day
from ..factories import MONDAY, actor, make_official, sign_in
from .conftest import Mailbox, calendars, words_of

LINK = re.compile(r"http://localhost/reception/link/([0-9a-f]{32})")
THURSDAY = date(2026, 11, 19)
Make = Callable[[str], Booking]


def booked(language: str) -> Booking:
    return make_booking(language=language)


def booked_online(language: str) -> Booking:
    day = make_day(mode="online", place="", link="https://hop.example.vn/kin")
    return make_booking(day, language=language)


def moved_by_the_office(language: str) -> Booking:
    head = make_official(Role.HEAD)
    booking = make_booking(make_day(host_id=head.id), language=language)
    move_day(booking.day, NewTime(THURSDAY, time(7, 30), time(11, 30)), "Chủ tịch đi họp tỉnh", actor(head), MONDAY)
    return booking


def moved_by_the_booker(language: str) -> Booking:
    booking = booked(language)
    change_slot(booking, booking.day, HALF_PAST, booker_of(booking), MONDAY)
    return booking


def cancelled(language: str) -> Booking:
    booking = booked(language)
    cancel_booking(booking, booker_of(booking), MONDAY)
    return booking


def told(action: Action, **facts: object) -> Make:
    """What is told of a visit that is over or near."""

    def make(language: str) -> Booking:
        booking = heard(language=language, entered_number=7, notify_due_on=date(2026, 11, 24), said="Nói về đường")
        remember(action, booking.about, booking.unit_id, THE_SYSTEM, MONDAY, [Told(Role.RESIDENT)],
                 on=booking.day.on, slot="08:00", **facts)  # fmt: skip
        return booking

    return make


def pledged(*verbs: str) -> Make:
    """A commitment made at a reception."""

    def make(language: str) -> Booking:
        who = people()
        booking = heard(language=language)
        commitment = promise(new(), booking, actor(who.head), IN_TIME)
        for verb in verbs:
            by = who.officer if verb == "report_done" else who.looker
            getattr(findings, verb)(commitment, "Đã đi xem tận nơi", actor(by), IN_TIME)
        return booking

    return make


LETTERS: dict[str, tuple[Make, str, str]] = {
    "book": (booked, "đã giữ chỗ cho ông/bà đến gặp: 08:00, thứ Tư, 18/11/2026, tại Phòng tiếp", "keeps a place for"),
    "book_online": (booked_online, "nằm sau liên kết dưới đây", "stands behind the link below"),
    "move_booking": (
        moved_by_the_office,
        "Giờ cũ: 08:00, thứ Tư, 18/11/2026. Giờ này không còn nữa.\nGiờ mới: 08:00, thứ Năm, 19/11/2026, tại",
        "Old time: 08:00, Wednesday 18 Nov 2026. It no longer stands.\nNew time: 08:00, Thursday 19 Nov 2026, at",
    ),
    "moved_reason": (moved_by_the_office, "Lý do: Chủ tịch đi họp tỉnh", "Reason: Chủ tịch đi họp tỉnh"),
    "moved_by_the_booker": (moved_by_the_booker, "Giờ hẹn của ông/bà đã đổi.", "The time of your visit has changed."),
    "cancel_booking": (cancelled, "Ông/bà đã hủy lịch hẹn 08:00", "You cancelled the visit of 08:00"),
    "remind_booking": (told(Action.REMIND_BOOKING), "nhắc lịch hẹn của ông/bà: 08:00", "reminds you of your visit"),
    "turn_away": (told(Action.TURN_AWAY), "đã ghi là không tiếp ông/bà", "did not receive you"),
    "hear": (told(Action.HEAR), "số vào sổ tiếp công dân 7", "number 7 of its reception register"),
    "notify_result": (told(Action.NOTIFY_RESULT), "Đã có kết quả của lần", "There is a result of your visit"),
    "promise": (pledged(), "đã cam kết với ông/bà một việc, số CK-", "promised you something, commitment CK-"),
    "report_done": (pledged("report_done"), "báo đã làm xong cam kết", "says that commitment CK-"),
    "confirm_kept": (pledged("report_done", "confirm_kept"), "đã làm xong. Nếu việc chưa", "is done. If it is not"),
    "find_broken": (pledged("report_done", "find_broken"), "chưa làm xong. Đơn vị", "is not done yet. The unit"),
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("which", LETTERS)
def test_each_letter_says_what_happened_and_opens_the_visit(
    app: Flask, mailbox: Mailbox, which: str, language: str
) -> None:
    make, vietnamese, english = LETTERS[which]
    with writing():
        booking = make(language)
        booking_id, reference = booking.id, booking.reference
        secrets = [getattr(booking, "code", "no code"), "Lũng Đính", "hop.example", "tận nơi", "đất đá", "Nói về đường"]
        db.session.commit()
    later = MONDAY + timedelta(days=20)
    drain(later)
    letter = mailbox.letters[-1]
    text = words_of(letter)
    assert (vietnamese if language == "vi" else english) in text
    assert (
        str(letter["Subject"])
        == {"vi": f"Tin về lịch hẹn số {reference}", "en": f"News about visit {reference}"}[language]
    )
    assert letter["Content-Language"] == language
    assert "{" not in text and "None" not in text and "\n\n\n" not in text
    found = LINK.search(text)
    assert found is not None
    link = good_link(BookingLink, found[1], later)
    assert link is not None and link.booking_id == booking_id
    assert not any(secret in letter.as_string() + text for secret in secrets)


def test_a_visitor_who_was_heard_and_then_told_the_result_has_a_letter_of_each(app: Flask, mailbox: Mailbox) -> None:
    there = MONDAY + timedelta(days=2)
    with writing():
        booking, clerk = booked("vi"), actor(make_official(Role.CLERK))
        visits.check_in(booking, "004089001234", clerk, there)
        heard_ = visits.Heard("Nói về đường", "", "accepted", "feedback")
        visits.hear(booking, heard_, clerk, there)
        visits.notify_result(booking, there.date(), clerk, there)
        db.session.commit()
    drain(there)
    assert ["đã giữ chỗ" in words_of(mailbox.letters[0]), "đã tiếp ông/bà ngày 18/11/2026" in mailbox.text(1),
            "Đã có kết quả" in mailbox.text(2), len(mailbox.letters)] == [True, True, True, 3]  # fmt: skip
    assert [len(calendars(letter)) for letter in mailbox.letters] == [0, 0, 0]  # sent when all was over


def test_a_visit_comes_as_a_calendar_entry_that_a_later_letter_moves_or_strikes_out(
    app: Flask, mailbox: Mailbox
) -> None:
    with writing():
        booking = booked("vi")
        db.session.commit()
        drain(MONDAY)
    with writing():
        change_slot(booking, booking.day, HALF_PAST, booker_of(booking), MONDAY)
        db.session.commit()
        drain(MONDAY)
    with writing():
        cancel_booking(booking, booker_of(booking), MONDAY)
        db.session.commit()
        drain(MONDAY)
    entries = [vobject.readOne(str(calendars(letter)[0].get_content())).vevent for letter in mailbox.letters]
    assert [entry.dtstart.value.astimezone(clock.zone()).time() for entry in entries] == [
        time(8), time(8, 30), time(8, 30),
    ]  # fmt: skip
    assert len({entry.uid.value for entry in entries}) == 1
    assert [entry.status.value for entry in entries] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert entries == sorted(entries, key=lambda entry: int(entry.sequence.value))


def test_the_link_of_a_letter_opens_the_visit_once(app: Flask, client: FlaskClient, mailbox: Mailbox) -> None:
    with writing():
        booked("vi")
        db.session.commit()
    with clock.fixed(MONDAY):
        drain(MONDAY)
        found = LINK.search(mailbox.text())
        assert found is not None
        path = f"/reception/link/{found[1]}"
        assert client.get(path).status_code == 200
        assert client.post(path).status_code == 303
        assert client.get(path).status_code == 410


def test_whoever_comes_to_denounce_gets_no_letter_even_where_one_is_owed(app: Flask, mailbox: Mailbox) -> None:
    with writing():
        booking = make_booking(is_sealed=True)
        assert db.session.scalar(select(func.count()).select_from(Notice)) == 0
        booking.email = "sen@example.vn"
        remember(Action.REMIND_BOOKING, booking.about, booking.unit_id, THE_SYSTEM, MONDAY, [Told(Role.RESIDENT)])
        db.session.commit()
    drain(MONDAY)
    assert mailbox.letters == []
    closed = db.session.scalars(select(Notice)).one()
    assert (closed.closed_at, closed.dead_at, closed.last_error) == (MONDAY, None, "sealed")


class Killed(BaseException):
    """The worker is gone; nothing below catches it."""


def killed_after(sent: int, now: datetime) -> None:
    """A worker that leases a batch, hands over so many letters, and dies before it settles the last of them."""
    leased = lease(now, deliver.BATCH)
    with pytest.raises(Killed), post_office(_config()) as post:
        for number, item in enumerate(leased, 1):
            error = deliver._send(post, item)
            if number == sent:
                raise Killed
            deliver.settle(item, error, now)
    db.session.rollback()


def _config() -> dict[str, object]:
    from flask import current_app

    return dict(current_app.config)


def thirty_booked() -> tuple[int, int]:
    """A day with thirty bookings whose receipts have gone out, and its head."""
    head = make_official(Role.HEAD)
    day = make_day(slot_minutes=15, capacity=2, host_id=head.id)
    for number in range(30):
        slot = (datetime.combine(WEDNESDAY, time(7, 30)) + timedelta(minutes=15 * (number // 2))).time()
        make_booking(day, slot, phone=f"0912 000 {number:03d}", email=f"nguoi{number}@example.vn")
    make_booking(day, time(11, 15), phone="0912 999 999", email="")
    make_booking(day, time(11, 15), is_sealed=True)
    db.session.execute(update(Notice).values(sent_at=MONDAY))
    return day.id, head.id


@both_engines
def test_a_day_that_moves_is_told_to_all_thirty_exactly_once_though_the_worker_is_killed_between_letters(
    app: Flask, mailbox: Mailbox
) -> None:
    with writing():
        day_id, head_id = thirty_booked()
        db.session.commit()
    with writing():
        day, head = db.session.get_one(ReceptionDay, day_id), db.session.get_one(Official, head_id)
        move_day(day, NewTime(THURSDAY, time(7, 30), time(11, 30)), "Chủ tịch đi họp tỉnh", actor(head), MONDAY)
        db.session.commit()
    killed_after(7, MONDAY)
    assert len(mailbox.letters) == 7
    now = MONDAY + LEASE
    while drain(now):
        pass
    notices = db.session.scalars(select(Notice).where(Notice.action == Action.MOVE_BOOKING)).all()
    assert len(notices) == 30 == len({notice.event_seq for notice in notices}) and all(n.sent_at for n in notices)
    moved = select(func.count()).select_from(Event).where(Event.action == Action.MOVE_BOOKING)
    assert db.session.scalar(moved) == 32  # with who left no address, and who comes to denounce
    ids = [str(letter["Message-ID"]) for letter in mailbox.letters]
    assert len(ids) == 31 and len(set(ids)) == 30  # the one accepted before the crash went twice, under one name
    twice = [letter for letter in mailbox.letters if ids.count(str(letter["Message-ID"])) == 2]
    assert words_of(twice[0]) == words_of(twice[1])
    assert calendars(twice[0])[0].get_content() == calendars(twice[1])[0].get_content()
    assert sorted({to for envelope in mailbox.envelopes for to in envelope}) == sorted(
        f"nguoi{number}@example.vn" for number in range(30)
    )
    assert all("Giờ mới" in words_of(letter) for letter in mailbox.letters)
    with writing(), pytest.raises(Exception, match="đã dời"):
        move_day(day, NewTime(THURSDAY, time(8), time(11)), "Lần nữa", actor(head), MONDAY)
    db.session.rollback()
    assert drain(now + timedelta(days=1)) == 0


def test_the_page_of_dead_letters_masks_the_bookers_address(app: Flask, client: FlaskClient, mailbox: Mailbox) -> None:
    mailbox.refuse = "550 5.1.1 no such user"
    with writing():
        booked("vi")
        there = make_official(Role.ADMINISTRATOR, "01447")
        elsewhere = make_official(Role.ADMINISTRATOR, "01273")
        db.session.commit()
    drain(MONDAY)
    page = sign_in(client, there).get("/admin/letters").text
    assert "s***@example.vn" in page and "sen@example" not in page
    assert "example.vn" not in sign_in(client, elsewhere).get("/admin/letters").text


def test_a_letter_owed_again_has_a_link_for_seven_more_days(app: Flask, client: FlaskClient, mailbox: Mailbox) -> None:
    mailbox.refuse = "550 5.1.1 no such user"
    with writing():
        booked("vi")
        admin = make_official(Role.ADMINISTRATOR, "04")
        db.session.commit()
    drain(MONDAY)
    later = MONDAY + timedelta(days=30)
    mailbox.refuse = ""
    notice = db.session.scalars(select(Notice)).one()
    with clock.fixed(later):
        assert sign_in(client, admin).post(f"/admin/letters/{notice.id}/retry").status_code == 303
        drain(later)
    assert db.session.scalars(select(BookingLink.made_at)).one() == later
    assert len(mailbox.letters) == 1
