"""What happens to a visit: come, received, turned away, missed; what follows; and the case that is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts.models import Official
from app.cases.models import Case
from app.cases.receipts import code_of, hashed, new_token
from app.dialogues.actions.bookings import NewBooking
from app.dialogues.actions.days import NewDay
from app.dialogues.actions.made_case import FromVisit, make_case, receive_unscheduled, receive_walk_in
from app.dialogues.actions.moving import hold_day
from app.dialogues.actions.visits import Heard, check_in, hear, miss, notify_result, turn_away
from app.dialogues.models import Booking, ReceptionDay
from app.dialogues.queries.days import of_case
from app.extensions import db
from app.journal.models import Event
from app.refusals import Invalid, NotAllowed, Stale, WrongStep
from app.rules.workflow import Role
from tests.conftest import both_engines
from tests.dialogues.receptions import EIGHT, HALF_PAST, make_booking
from tests.dialogues.test_days import MORNING, ROOM, WED, at, count, opened
from tests.factories import MONDAY, actor, make_official, staff, unit

CARD = "004 089 001 234"
SAID = "Mương thủy lợi xóm Bản Viết hỏng từ tháng 8, 20 hộ không có nước cấy."
HEARD = Heard(SAID, "Cho kiểm tra trong tuần này.", "accepted", "feedback", "", "Phòng Kinh tế kiểm tra")
MOMENT = at(WED, 8, 5)


def booked(**more: Any) -> tuple[Official, Booking]:
    """A clerk, and a visit at 8 o'clock."""
    clerk, _officer, _head = staff()
    return clerk, make_booking(opened(clerk), EIGHT, category_code="roads.surface", **more)


def come(**more: Any) -> tuple[Official, Booking]:
    clerk, row = booked(**more)
    check_in(row, CARD, actor(clerk), MOMENT)
    return clerk, row


def heard(**more: Any) -> tuple[Official, Booking]:
    clerk, row = come(**more)
    hear(row, HEARD, actor(clerk), MOMENT)
    return clerk, row


@both_engines
@pytest.mark.usefixtures("write")
def test_a_visitor_comes_shows_who_they_are_and_is_heard(app: Flask) -> None:
    clerk, row = come()
    assert (row.state, row.identity_number, row.checked_in_at) == ("checked_in", "004089001234", MOMENT)
    assert hear(row, HEARD, actor(clerk), MOMENT, row.version) == 1
    assert (row.state, row.entered_number, row.said, row.direction) == ("done", 1, SAID, "accepted")
    assert row.notify_due_on == date(2026, 11, 30)  # ten days end on a Saturday: the Monday after
    assert row.notified_on is None
    said = [event.action for event in db.session.query(Event).filter_by(subject=row.about)]
    assert said == ["book", "check_in", "hear"]
    facts = str([event.facts for event in db.session.query(Event)])
    assert "004089001234" not in facts and SAID not in facts


@both_engines
@pytest.mark.usefixtures("write")
def test_numbers_of_the_register_run_by_unit_and_year(app: Flask) -> None:
    clerk, row = heard()
    other = make_booking(row.day, HALF_PAST, phone="0912000002")
    check_in(other, CARD, actor(clerk), MOMENT)
    assert hear(other, replace(HEARD, is_told=True), actor(clerk), MOMENT) == 2
    assert other.notified_on == WED
    ward = make_official(Role.CLERK, "01273")
    make_official(Role.HEAD, "01273")
    there = make_booking(opened(ward, code="01273"), phone="0912000003")
    check_in(there, CARD, actor(ward), MOMENT)
    assert hear(there, HEARD, actor(ward), MOMENT) == 1


@both_engines
@pytest.mark.usefixtures("write")
@pytest.mark.parametrize("number", ["", "12", "không mang theo", "0" * 21])
def test_nobody_is_checked_in_without_a_number_of_a_paper(app: Flask, number: str) -> None:
    clerk, row = booked()
    with pytest.raises(Invalid) as refusal:
        check_in(row, number, actor(clerk), MOMENT)
    assert refusal.value.field == "identity_number" and row.state == "booked"


@both_engines
@pytest.mark.usefixtures("write")
def test_two_clerks_who_check_in_one_visitor_do_it_once(app: Flask) -> None:
    clerk, row = booked()
    version = row.version
    check_in(row, CARD, actor(clerk), MOMENT, version)
    db.session.flush()
    with pytest.raises(Stale):
        check_in(row, CARD, actor(make_official(Role.CLERK)), MOMENT, version)
    with pytest.raises(WrongStep, match="đã đến rồi"):
        check_in(row, CARD, actor(clerk), MOMENT)
    assert count(Event, action="check_in") == 1


@both_engines
@pytest.mark.usefixtures("write")
def test_who_comes_late_after_all_is_received(app: Flask) -> None:
    clerk, row = booked()
    with pytest.raises(WrongStep, match="Chưa đến giờ hẹn"):
        miss(row, actor(clerk), at(WED, 7, 59))
    miss(row, actor(clerk), MOMENT)
    assert row.state == "no_show" and row.ended_at == MOMENT
    check_in(row, CARD, actor(clerk), at(WED, 9))
    assert row.state == "checked_in" and row.ended_at is None


@both_engines
@pytest.mark.usefixtures("write")
def test_somebody_is_turned_away_on_a_ground_of_the_law_with_what_happened(app: Flask) -> None:
    clerk, row = come()
    for ground, reason, field in (("", "x", "ground"), ("ugly", "x", "ground"), ("threat", " ", "reason")):
        with pytest.raises(Invalid) as refusal:
            turn_away(row, ground, reason, actor(clerk), MOMENT)
        assert refusal.value.field == field and row.state == "checked_in"
    turn_away(row, "threat", "Đập bàn, dọa đánh cán bộ tiếp dân.", actor(clerk), MOMENT, row.version)
    assert (row.state, row.ground) == ("refused", "threat") and "Đập bàn" in row.reason


VERBS: dict[str, Callable[[Booking, Any], Any]] = {
    "check_in": lambda row, who: check_in(row, CARD, who, MOMENT),
    "turn_away": lambda row, who: turn_away(row, "threat", "Dọa đánh", who, MOMENT),
    "miss": lambda row, who: miss(row, who, MOMENT),
    "hear": lambda row, who: hear(row, HEARD, who, MOMENT),
    "notify_result": lambda row, who: notify_result(row, WED, who, MOMENT),
}
REFUSED = [
    ("booked", ("hear", "notify_result")), ("checked_in", ("check_in", "miss", "notify_result")),
    ("done", ("check_in", "turn_away", "miss", "hear")), ("refused", ("check_in", "turn_away", "miss", "hear")),
    ("no_show", ("turn_away", "miss", "hear")), ("cancelled", tuple(VERBS)),
]  # fmt: skip


@both_engines
@pytest.mark.usefixtures("write")
@pytest.mark.parametrize(("state", "verbs"), REFUSED)
def test_a_verb_that_does_not_fit_where_the_visit_stands_changes_nothing(
    app: Flask, state: str, verbs: tuple[str, ...]
) -> None:
    clerk, row = booked()
    row.state = state
    db.session.flush()
    events = count(Event)
    for verb in verbs:
        with pytest.raises(WrongStep):
            VERBS[verb](row, actor(clerk))
    assert (row.state, count(Event)) == (state, events)


@pytest.mark.usefixtures("write")
@pytest.mark.parametrize("verb", VERBS)
def test_only_the_units_own_desk_does_it_on_the_day_and_while_the_day_is_open(app: Flask, verb: str) -> None:
    clerk, row = booked()
    for stranger in (make_official(Role.CLERK, "01273"), make_official(Role.SUPERVISOR, "04")):
        with pytest.raises(NotAllowed):
            VERBS[verb](row, actor(stranger))
    row.day.state = "held"
    row.state = {"hear": "checked_in", "notify_result": "done"}.get(verb, "booked")
    db.session.flush()
    if verb != "notify_result":
        with pytest.raises(WrongStep):
            VERBS[verb](row, actor(clerk))


@pytest.mark.usefixtures("write")
def test_nothing_is_written_of_a_day_that_has_not_come(app: Flask) -> None:
    clerk, row = booked()
    for verb in (check_in, turn_away):
        with pytest.raises(WrongStep, match="Chưa đến ngày tiếp"):
            verb(row, "threat" if verb is turn_away else CARD, *(("Vì",) if verb is turn_away else ()), actor(clerk),
                 MONDAY)  # type: ignore[operator]  # fmt: skip


@both_engines
@pytest.mark.usefixtures("write")
@pytest.mark.parametrize(("more", "field"), [
    ({"said": ""}, "said"), ({"said": "x" * 20_001}, "said"), ({"direction": ""}, "direction"),
    ({"petition_kind": ""}, "petition_kind"), ({"petition_kind": "denunciation"}, "petition_kind"),
    ({"settled_by": "x" * 201}, "settled_by"), ({"answer": "x" * 20_001}, "answer"),
])  # fmt: skip
def test_what_the_register_needs_is_asked_beside_its_field(app: Flask, more: dict[str, str], field: str) -> None:
    clerk, row = come()
    with pytest.raises(Invalid) as refusal:
        hear(row, replace(HEARD, **more), actor(clerk), MOMENT)
    db.session.refresh(row)
    assert refusal.value.field == field and (row.state, row.said, row.entered_number) == ("checked_in", "", None)


@both_engines
@pytest.mark.usefixtures("write")
def test_of_somebody_who_comes_to_denounce_no_word_is_taken(app: Flask) -> None:
    clerk, row = booked(is_sealed=True)
    check_in(row, CARD, actor(clerk), MOMENT)
    assert hear(row, HEARD, actor(clerk), MOMENT) == 1
    assert (row.identity_number, row.said, row.answer, row.direction, row.petition_kind) == ("",) * 5
    assert row.notify_due_on is None and SAID not in str([event.facts for event in db.session.query(Event)])
    for refused in (lambda: notify_result(row, WED, actor(clerk), MOMENT), lambda: made(row, clerk)):
        with pytest.raises(WrongStep):
            refused()
    other = make_booking(row.day, HALF_PAST, is_sealed=True)
    turn_away(other, "threat", "Ông A dọa đánh", actor(clerk), MOMENT)
    assert other.reason == ""


@both_engines
@pytest.mark.usefixtures("write")
def test_the_visitor_is_told_what_came_of_it_once(app: Flask) -> None:
    clerk, row = heard()
    for day in (WED - timedelta(days=1), WED + timedelta(days=1)):
        with pytest.raises(Invalid):
            notify_result(row, day, actor(clerk), MOMENT)
    notify_result(row, WED, actor(clerk), MOMENT, row.version)
    assert row.notified_on == WED
    with pytest.raises(WrongStep, match="rồi"):
        notify_result(row, WED, actor(clerk), MOMENT)


def made(row: Booking, clerk: Official, token: str = "", **more: Any) -> Case:
    token = token or new_token()
    return make_case(row, FromVisit(**more), actor(clerk), MOMENT, token=token, code=code_of(token, "test"))


@both_engines
@pytest.mark.usefixtures("write")
def test_what_was_said_becomes_a_case_with_the_receptions_facts(app: Flask) -> None:
    clerk, row = heard()
    token = new_token()
    case = made(row, clerk, token)
    assert (case.channel, case.contact_name, case.contact_phone, case.contact_email) == (
        "reception", "Nông Thị Sen", "0912 000 017", "sen@example.vn",
    )  # fmt: skip
    assert case.title == "Đường vào xóm Lũng Đính" and SAID in case.body and "Cho kiểm tra trong tuần" in case.body
    assert (case.category.code, case.entered_by_id, case.unit.code) == ("roads.surface", clerk.id, "01447")
    assert case.code_hash == hashed(code_of(token, "test")) and of_case(case.id) is row
    assert row.case_id == case.id and case.due_on is not None
    assert made(row, clerk, token).id == case.id and count(Case) == 1
    with pytest.raises(WrongStep, match="đã có vụ việc"):
        made(row, clerk)
    assert count(Case) == 1


@both_engines
@pytest.mark.usefixtures("write")
def test_a_complaint_carries_what_the_law_asks_and_nothing_comes_of_what_was_not_heard(app: Flask) -> None:
    clerk, row = come()
    with pytest.raises(WrongStep, match="Ghi nội dung tiếp trước"):
        made(row, clerk)
    hear(row, replace(HEARD, petition_kind="complaint"), actor(clerk), MOMENT)
    with pytest.raises(Invalid):
        made(row, clerk, category_code="nothing")
    case = made(row, clerk, against="Quyết định 12", known_on=date(2026, 11, 2), request="Hủy")
    assert (case.kind, case.against, case.request, case.known_on) == (
        "complaint",
        "Quyết định 12",
        "Hủy",
        date(2026, 11, 2),
    )


REASON = "Sạt lở đêm qua, 30 hộ mất nhà"


@both_engines
@pytest.mark.usefixtures("write")
def test_an_unscheduled_reception_of_a_group_is_written_down_in_one_go(app: Flask) -> None:
    clerk, _officer, head = staff()
    token = new_token()
    day = NewDay(WED, *MORNING, place=ROOM, kind="unscheduled", reason=REASON, host=head)
    group = NewBooking(name="Lý Thị Mảy", people=30, representatives=("Lý Thị Mảy", "Hoàng Văn Sự"),
                       channel="walk_in", subject="Xin bố trí nơi ở")  # fmt: skip

    def write(new: NewBooking = group) -> Booking:
        return receive_unscheduled(day, new, CARD, HEARD, unit(), actor(clerk), at(WED, 12), token=token,
                                   code=code_of(token, "test"))  # fmt: skip

    row = write()
    assert (row.state, row.people, row.day.kind, row.day.reason) == ("done", 30, "unscheduled", REASON)
    assert row.representatives == ["Lý Thị Mảy", "Hoàng Văn Sự"] and row.entered_number == 1
    assert write().id == row.id and count(ReceptionDay) == count(Booking) == 1
    hold_day(row.day, head, actor(clerk), at(WED, 13))
    assert row.day.state == "held"


@both_engines
@pytest.mark.usefixtures("write")
def test_a_group_that_walks_in_without_representatives_is_refused(app: Flask) -> None:
    clerk, _officer, _head = staff()
    day = opened(clerk)
    with pytest.raises(Invalid) as refusal:
        receive_walk_in(day, NewBooking(name="A", people=8, channel="walk_in"), CARD, None, actor(clerk), MOMENT,
                        token=new_token(), code="y")  # fmt: skip
    assert refusal.value.field == "representatives"
    row = receive_walk_in(day, NewBooking(name="A", channel="walk_in"), CARD, None, actor(clerk), MOMENT,
                          token=new_token(), code="y")  # fmt: skip
    assert (row.state, row.slot, row.channel) == ("checked_in", None, "walk_in")
