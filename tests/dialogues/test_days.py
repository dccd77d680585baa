"""Reception days: opened, made from a calendar, moved with everybody who booked, held; and by whom."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Deputation, Official
from app.dialogues.actions.bookings import cancel_booking
from app.dialogues.actions.days import NO_DEPUTY, NewDay, open_day, will_not_count
from app.dialogues.actions.moving import NewTime, hold_day, move_day
from app.dialogues.actions.patterns import NewPattern, make_all_days, make_days, save_pattern, stop_pattern
from app.dialogues.actions.visits import check_in
from app.dialogues.models import Booking, ReceptionDay, ReceptionPattern
from app.dialogues.queries.hosts import standing
from app.extensions import db, end_write, writing
from app.journal.models import Event, Notice
from app.refusals import Invalid, NotAllowed, Stale, WrongStep
from app.rules.dialogues.recurrence import Recurrence
from app.rules.workflow import THE_SYSTEM, Role
from app.units.models import CalendarOverride
from tests.conftest import both_engines
from tests.dialogues.receptions import EIGHT, HALF_PAST, make_booking
from tests.factories import MONDAY, actor, add_post, make_official, staff, unit

WED, THU = date(2026, 11, 18), date(2026, 11, 19)
MORNING = (time(7, 30), time(11, 30))
ROOM = "Phòng tiếp công dân"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour of the town's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def new_day(on: date = WED, **more: Any) -> NewDay:
    return NewDay(**{"on": on, "starts": MORNING[0], "ends": MORNING[1], "place": ROOM, **more})


def opened(clerk: Official, on: date = WED, now: datetime = MONDAY, code: str = "01447", **more: Any) -> ReceptionDay:
    return open_day(new_day(on, **more), unit(code), actor(clerk), now)


def count(model: type, **by: Any) -> int:
    return len(list(db.session.scalars(select(model).filter_by(**by))))


def deputise(head: Official, deputy: Official) -> None:
    post = head.posts[0]
    db.session.add(Deputation(unit_id=post.unit_id, head_id=head.id, deputy_id=deputy.id, from_on=date(2026, 11, 1),
                              to_on=date(2027, 11, 30)))  # fmt: skip
    db.session.flush()
    db.session.refresh(deputy)


@both_engines
@pytest.mark.usefixtures("write")
def test_the_heads_day_is_opened_with_the_head_as_host_and_remembered(app: Flask) -> None:
    clerk, _officer, head = staff()
    day = opened(clerk)
    assert (day.host_id, day.kind, day.state) == (head.id, "periodic", "open") and not will_not_count(day)
    event = db.session.scalars(select(Event)).one()
    assert (event.action, event.subject, event.facts["on"]) == ("open_day", f"day:{day.id}", "2026-11-18")
    assert opened(clerk).id == day.id and count(ReceptionDay) == 1  # the same form twice


@both_engines
@pytest.mark.usefixtures("write")
@pytest.mark.parametrize(("more", "field"), [
    ({"on": date(2026, 11, 16), "starts": time(8), "ends": time(8, 30)}, "on"), ({"on": date(2026, 11, 21)}, "on"),
    ({"on": date(2026, 11, 24)}, "on"), ({"on": date(9999, 1, 4)}, "on"), ({"ends": time(7)}, "ends"),
    ({"slot_minutes": 3}, "slot_minutes"), ({"capacity": 0}, "capacity"), ({"place": " "}, "place"),
    ({"place": "x" * 301}, "place"), ({"mode": "online"}, "link"), ({"mode": "dream"}, "mode"),
    ({"kind": "party"}, "kind"), ({"kind": "unscheduled"}, "reason"),
    ({"kind": "unscheduled", "reason": "Đông người", "on": date(2020, 1, 6)}, "on"),
])  # fmt: skip
def test_a_day_that_cannot_be_is_refused_beside_its_field(app: Flask, more: dict[str, Any], field: str) -> None:
    clerk, _officer, _head = staff()
    with pytest.raises(Invalid) as refusal:
        opened(clerk, **more)
    assert refusal.value.field == field and count(ReceptionDay) == count(Event) == 0


@both_engines
@pytest.mark.usefixtures("write")
def test_an_unscheduled_day_may_be_on_a_day_off_or_past_with_its_reason(app: Flask) -> None:
    clerk, _officer, _head = staff()
    day = opened(clerk, date(2026, 11, 15), kind="unscheduled", reason="Sạt lở, 30 hộ phải dời khẩn cấp")
    assert day.reason.startswith("Sạt lở") and day.host_id is None


@both_engines
@pytest.mark.usefixtures("write")
def test_the_provinces_own_day_off_and_a_swapped_saturday_are_kept(app: Flask) -> None:
    clerk, _officer, _head = staff()
    for on, kind in ((WED, "off"), (date(2026, 11, 21), "work")):
        db.session.add(CalendarOverride(on=on, kind=kind, reason="Lễ hội", document="1/QĐ"))
    db.session.flush()
    with pytest.raises(Invalid, match="cơ quan nghỉ"):
        opened(clerk)
    assert opened(clerk, date(2026, 11, 21)).on.weekday() == 5


@both_engines
@pytest.mark.usefixtures("write")
def test_no_deputy_receives_on_a_communes_statutory_day(app: Flask) -> None:
    clerk, officer, head = staff()
    deputise(head, officer)
    with pytest.raises(Invalid) as refusal:
        opened(clerk, host=officer)
    assert (refusal.value.field, refusal.value.reason) == ("host", NO_DEPUTY)
    with pytest.raises(Invalid, match="chính người đứng đầu"):
        opened(clerk, host=clerk)
    assert opened(clerk, kind="regular", host=clerk).host_id == clerk.id
    with pytest.raises(Invalid, match="không giữ vị trí nào"):
        opened(clerk, THU, kind="regular", host=make_official(Role.OFFICER, "01273"))


@both_engines
@pytest.mark.usefixtures("write")
def test_where_the_law_lets_a_deputy_receive_it_is_warned_of_and_fills_no_duty(app: Flask) -> None:
    clerk, officer, head = staff("so-y-te")
    deputise(head, officer)
    day = opened(clerk, code="so-y-te", host=officer)
    assert will_not_count(day)
    hold_day(day, officer, actor(clerk), at(WED, 12))
    here = standing(unit("so-y-te"), WED)
    assert here is not None and (here.held, here.term.owed) == (0, 1)


@both_engines
@pytest.mark.usefixtures("write")
def test_two_heads_want_one_of_them_named_and_none_leaves_nobody(app: Flask) -> None:
    clerk = make_official(Role.CLERK)
    with pytest.raises(Invalid, match="Chọn người đứng đầu"):
        opened(clerk)
    first, second = make_official(Role.HEAD), make_official(Role.HEAD)
    with pytest.raises(Invalid, match="Chọn người đứng đầu"):
        opened(clerk)
    assert opened(clerk, host=first).host_id == first.id
    assert opened(clerk, host=second).host_id == second.id  # each has a room of the own


@both_engines
@pytest.mark.usefixtures("write")
def test_two_days_of_one_host_never_overlap(app: Flask) -> None:
    clerk, _officer, _head = staff()
    opened(clerk)
    with pytest.raises(Invalid) as refusal:
        opened(clerk, starts=time(11), ends=time(12))
    assert refusal.value.field == "starts"
    assert opened(clerk, starts=time(11, 30), ends=time(12)).id


@both_engines
@pytest.mark.usefixtures("write")
def test_only_the_units_own_desk_opens_its_days(app: Flask) -> None:
    _clerk, _officer, _head = staff()
    for role, code in ((Role.CLERK, "01273"), (Role.SUPERVISOR, "04"), (Role.HEAD, "04"), (Role.ADMINISTRATOR, "04")):
        with pytest.raises(NotAllowed):
            opened(make_official(role, code))


def pattern(clerk: Official, now: datetime = MONDAY, **more: Any) -> ReceptionPattern:
    given = {"recurrence": Recurrence("days", days=(10, 25)), "from_on": now.date(), "starts": MORNING[0],
             "ends": MORNING[1], "place": ROOM, **more}  # fmt: skip
    return save_pattern(NewPattern(**given), unit(), actor(clerk), now)


@both_engines
@pytest.mark.usefixtures("write")
def test_days_are_made_from_a_calendar_once_and_around_tet_2027_none_is_lost(app: Flask) -> None:
    clerk, _officer, head = staff()
    row = pattern(clerk, recurrence=Recurrence("days", days=(5, 6)))
    made = make_days(row, date(2027, 3, 31), actor(clerk), MONDAY)
    february = [day.on for day in made if day.on.month == 2]
    assert len(february) == 2 and len(set(february)) == 2
    from app.units.calendar import law

    assert all(law().calendar.is_working(day.on) for day in made) and {day.host_id for day in made} == {head.id}
    assert february[0] > date(2027, 2, 6)  # Tết 2027 begins on 6 February: the fifth and the sixth go after it
    assert make_days(row, date(2027, 3, 31), actor(clerk), MONDAY) == []
    assert pattern(clerk, recurrence=Recurrence("days", days=(5, 6))).id == row.id


@both_engines
@pytest.mark.usefixtures("write")
def test_a_day_moved_by_hand_is_not_made_again_and_one_opened_by_hand_not_doubled(app: Flask) -> None:
    clerk, _officer, _head = staff()
    opened(clerk, date(2026, 12, 10))
    row = pattern(clerk)
    made = make_days(row, date(2026, 12, 31), actor(clerk), MONDAY)
    assert [day.on for day in made] == [date(2026, 11, 25), date(2026, 12, 25)]
    move_day(made[0], NewTime(date(2026, 11, 26), *MORNING), "Họp tỉnh", actor(clerk), MONDAY)
    assert make_days(row, date(2026, 12, 31), actor(clerk), MONDAY) == []
    assert make_all_days(date(2027, 1, 31), THE_SYSTEM, MONDAY) == 2


@both_engines
@pytest.mark.usefixtures("write")
def test_a_calendar_that_was_stopped_makes_no_more_and_keeps_what_stands(app: Flask) -> None:
    clerk, _officer, _head = staff()
    row = pattern(clerk, kind="regular", host=clerk, recurrence=Recurrence("weekly", weekdays=(1,)))
    assert len(make_days(row, date(2026, 12, 15), actor(clerk), MONDAY)) == 5  # the 24th is a holiday: the 25th
    stop_pattern(row, actor(clerk), MONDAY)
    for again in (lambda: make_days(row, THU, actor(clerk), MONDAY), lambda: stop_pattern(row, actor(clerk), MONDAY)):
        with pytest.raises(WrongStep):
            again()
    assert count(ReceptionDay, state="open") == 5 and make_all_days(date(2027, 1, 1), THE_SYSTEM, MONDAY) == 0


@both_engines
@pytest.mark.usefixtures("write")
def test_the_heads_days_end_where_nobody_is_head_and_go_on_when_somebody_is(app: Flask) -> None:
    clerk, head = make_official(Role.CLERK), make_official(Role.HEAD)
    head.posts[0].ended_on = date(2026, 11, 30)
    row = pattern(clerk)
    assert [day.on for day in make_days(row, date(2026, 12, 31), actor(clerk), MONDAY)] == [date(2026, 11, 25)]
    heir = make_official(Role.CLERK)
    add_post(heir, Role.HEAD, "01447", date(2026, 12, 1))
    made = make_days(row, date(2026, 12, 31), actor(clerk), MONDAY)
    assert [(day.on.day, day.host_id) for day in made] == [(10, heir.id), (25, heir.id)]


@pytest.mark.usefixtures("write")
@pytest.mark.parametrize(("more", "field"), [
    ({"recurrence": Recurrence("days", days=(31,))}, "days"), ({"kind": "unscheduled"}, "kind"),
    ({"from_on": date(2020, 1, 1)}, "from_on"), ({"until_on": date(2026, 11, 1)}, "until_on"),
    ({"ends": time(7)}, "ends"), ({"place": ""}, "place"),
])  # fmt: skip
def test_a_calendar_that_makes_no_sense_is_refused(app: Flask, more: dict[str, Any], field: str) -> None:
    clerk, _officer, _head = staff()
    with pytest.raises(Invalid) as refusal:
        pattern(clerk, **more)
    assert refusal.value.field == field and count(ReceptionPattern) == 0


def full_day(clerk: Official) -> tuple[ReceptionDay, list[Booking]]:
    """A day with two bookings by mail, one by phone only, one denouncer's and one cancelled."""
    day = opened(clerk)
    rows = [make_booking(day, time(7, 30)), make_booking(day, EIGHT, phone="0912000001", email="b@example.vn"),
            make_booking(day, HALF_PAST, phone="0912000002", email=""), make_booking(day, time(9), is_sealed=True),
            make_booking(day, time(10), phone="0912000003")]  # fmt: skip
    cancel_booking(rows[4], actor(clerk), MONDAY)
    return day, rows


@both_engines
@pytest.mark.usefixtures("write")
def test_a_day_moves_with_everybody_who_booked_and_each_is_told_once(app: Flask) -> None:
    clerk, _officer, head = staff()
    day, rows = full_day(clerk)
    before = count(Notice)
    to = move_day(day, NewTime(THU, time(13, 30), time(17)), "Chủ tịch họp tỉnh", actor(clerk), MONDAY, day.version)
    assert (day.state, day.moved_to_id, day.reason, to.host_id) == ("moved", to.id, "Chủ tịch họp tỉnh", head.id)
    assert [row.slot for row in rows[:4]] == [time(13, 30), time(14), time(14, 30), time(15)]
    assert [row.day_id for row in rows] == [to.id] * 4 + [day.id] and {row.seat for row in rows[:4]} == {1}
    events = list(db.session.scalars(select(Event).where(Event.action == "move_booking")))
    assert {event.subject for event in events} == {row.about for row in rows[:4]} and len(events) == 4
    assert count(Notice) - before == 2 and count(Notice, action="move_booking", role="resident") == 2
    assert events[0].facts["reason"] == "Chủ tịch họp tỉnh" and events[0].facts["from_slot"] == "07:30"
    with pytest.raises(WrongStep, match="đã dời"):
        move_day(day, NewTime(date(2026, 11, 20), *MORNING), "Lần nữa", actor(clerk), MONDAY)
    assert count(Notice) - before == 2


@both_engines
@pytest.mark.usefixtures("write")
@pytest.mark.parametrize(("to", "reason", "field"), [
    (NewTime(THU, *MORNING), " ", "reason"), (NewTime(THU, *MORNING), "x" * 1001, "reason"),
    (NewTime(WED, *MORNING), "Vì", "on"), (NewTime(date(2026, 11, 24), *MORNING), "Vì", "on"),
    (NewTime(date(2026, 11, 13), *MORNING), "Vì", "on"), (NewTime(THU, time(14), time(15)), "Vì", "ends"),
    (NewTime(THU, time(14), time(13)), "Vì", "ends"),
])  # fmt: skip
def test_a_move_without_reason_or_to_no_possible_day_changes_nothing(
    app: Flask, to: NewTime, reason: str, field: str
) -> None:
    clerk, _officer, _head = staff()
    day, rows = full_day(clerk)
    events = count(Event)
    with pytest.raises(Invalid) as refusal:
        move_day(day, to, reason, actor(clerk), MONDAY)
    assert refusal.value.field == field and day.state == "open"
    assert (count(Event), count(ReceptionDay)) == (events, 1) and {row.day_id for row in rows} == {day.id}


@both_engines
@pytest.mark.usefixtures("write")
def test_a_day_on_which_somebody_waits_is_not_moved_and_another_of_the_host_not_met(app: Flask) -> None:
    clerk, _officer, _head = staff()
    day, rows = full_day(clerk)
    opened(clerk, THU)
    with pytest.raises(Invalid, match="buổi tiếp khác"):
        move_day(day, NewTime(THU, time(9), time(12)), "Vì", actor(clerk), MONDAY)
    check_in(rows[0], "004089001234", actor(clerk), at(WED, 7, 30))
    with pytest.raises(WrongStep, match="không dời được"):
        move_day(day, NewTime(date(2026, 11, 20), *MORNING), "Vì", actor(clerk), at(WED, 7, 40))
    with pytest.raises(Stale):
        move_day(day, NewTime(date(2026, 11, 20), *MORNING), "Vì", actor(clerk), MONDAY, day.version + 1)
    with pytest.raises(NotAllowed):
        move_day(day, NewTime(date(2026, 11, 20), *MORNING), "Vì", actor(make_official(Role.HEAD, "04")), MONDAY)


@both_engines
def test_a_crash_in_the_middle_of_a_move_leaves_everything_as_it_was(app: Flask) -> None:
    """The process dies before the commit; afterwards the move is done, and each is told once."""
    with writing():
        clerk, _officer, _head = staff()
        day, _rows = full_day(clerk)
        day_id, clerk_id = day.id, clerk.id
        db.session.commit()
    notices = count(Notice)

    def move() -> None:
        official, row = db.session.get_one(Official, clerk_id), db.session.get_one(ReceptionDay, day_id)
        move_day(row, NewTime(THU, *MORNING), "Họp tỉnh", actor(official), MONDAY)

    _die_after(move)
    assert (count(ReceptionDay), count(Notice), count(Event, action="move_booking")) == (1, notices, 0)
    assert db.session.get_one(ReceptionDay, day_id).state == "open"
    for error in (None, WrongStep):
        with writing():
            if error:
                with pytest.raises(error):
                    move()
            else:
                move()
                db.session.commit()
    assert (count(ReceptionDay), count(Notice), count(Event, action="move_booking")) == (2, notices + 2, 4)


def _die_after(work: Callable[[], None]) -> None:
    """Do it in a process that is gone before it can commit."""
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        try:
            with writing():
                work()
                db.session.flush()
                os._exit(7)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    end_write()


@both_engines
@pytest.mark.usefixtures("write")
def test_a_day_is_held_by_the_head_and_fills_the_duty_of_the_month(app: Flask) -> None:
    clerk, officer, head = staff()
    day, rows = full_day(clerk)
    opened(clerk, THU)
    with pytest.raises(WrongStep, match="Chưa đến giờ"):
        hold_day(day, head, actor(clerk), at(WED, 7))
    check_in(rows[0], "004089001234", actor(clerk), at(WED, 7, 30))
    with pytest.raises(WrongStep, match="chưa ghi nội dung"):
        hold_day(day, head, actor(clerk), at(WED, 12))
    rows[0].state = "done"
    with pytest.raises(Invalid) as refusal:
        hold_day(day, head, actor(clerk), at(WED, 12))
    assert refusal.value.field == "missed"
    with pytest.raises(Invalid, match="không giữ vị trí nào"):
        hold_day(day, make_official(Role.HEAD, "01273"), actor(clerk), at(WED, 12), missed=True)
    assert hold_day(day, head, actor(clerk), at(WED, 12), day.version, missed=True) == 3
    assert [row.state for row in rows] == ["done", "no_show", "no_show", "no_show", "cancelled"]
    here = standing(unit(), WED)
    assert here is not None and (here.held, here.planned, here.term.owed, here.is_short) == (1, 1, 2, False)
    with pytest.raises(WrongStep, match="đã diễn ra"):
        hold_day(day, head, actor(clerk), at(WED, 13), missed=True)
    other = opened(clerk, date(2026, 11, 20))
    hold_day(other, officer, actor(clerk), at(date(2026, 11, 20), 12))
    assert (standing(unit(), WED) or here).held == 1, "somebody else received: the duty is not filled"


def test_a_unit_whose_level_owes_nothing_has_no_duty_line(app: Flask) -> None:
    from app.units.models import Level

    level = db.session.get_one(Level, "department")
    level.duties = []
    assert standing(unit("so-y-te"), WED) is None
    db.session.rollback()
