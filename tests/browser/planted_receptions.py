"""Reception days of the town: one to come with its bookings, one unscheduled today with whoever was received there."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app import clock
from app.accounts.models import Official
from app.cases.receipts import code_of, new_token
from app.dialogues.actions.bookings import NewBooking, book
from app.dialogues.actions.days import NewDay, open_day
from app.dialogues.actions.made_case import receive_walk_in
from app.dialogues.actions.patterns import NewPattern, make_days, save_pattern
from app.dialogues.actions.visits import Heard, turn_away
from app.dialogues.models import Booking, ReceptionDay
from app.extensions import db
from app.rules.dialogues.recurrence import Recurrence
from app.rules.workflow import RESIDENT_NOBODY, Actor

from .. import factories

CARD = "004089001234"
ROOM = "Phòng tiếp công dân, tầng 1, trụ sở Ủy ban nhân dân xã"
SAID = "Mương thủy lợi xóm Bản Viết hỏng từ tháng 8, hơn 20 hộ không có nước cấy vụ đông."


def plant_receptions(people: dict[str, int], cases: dict[str, tuple[str, str]], now: datetime) -> None:
    """Days and visits; their numbers stand among the planted cases, for the addresses."""
    today = clock.day_of(now)
    clerk = factories.actor(db.session.get_one(Official, people["thom"]), today)
    head = db.session.get_one(Official, people["khanh"])
    row = save_pattern(
        NewPattern(Recurrence("weekdays", which=(1, 3), weekdays=(1, 3)), today, time(7, 30), time(11, 30), place=ROOM),
        factories.unit(), clerk, now,
    )  # fmt: skip
    coming = make_days(row, today + timedelta(days=62), clerk, now)[-1]
    cases["day"] = (str(coming.id), "")
    booked = [
        NewBooking(name="Nông Thị Sen", phone="0912 000 017", email="sen@example.vn", channel="web",
                   subject="Đường vào xóm Lũng Đính sạt lở, xe cấp cứu không vào được", category_code="roads.surface",
                   interpreter="tay", wheelchair=True),
        NewBooking(name="Lý Thị Mảy", phone="0912 000 018", people=30, subject="Xin bố trí nơi ở sau sạt lở",
                   representatives=("Lý Thị Mảy", "Hoàng Văn Sự"), channel="phone"),
        NewBooking(channel="counter", is_sealed=True),
    ]  # fmt: skip
    for place, new in enumerate(booked):
        visit = _booked(new, coming, time(8 + place), clerk, now)
        cases[f"visit-{place}"] = (visit.reference, "")
    _today(head, cases, clerk, now)


def _booked(new: NewBooking, day: ReceptionDay, slot: time, clerk: Actor, now: datetime) -> Booking:
    token = new_token()
    who = RESIDENT_NOBODY if new.channel == "web" else clerk
    return book(new, day, slot, who, now, token=token, code=code_of(token, "none"))


def _today(head: Official, cases: dict[str, tuple[str, str]], clerk: Actor, now: datetime) -> None:
    """Somebody received, somebody waiting, somebody turned away."""
    day = open_day(
        NewDay(clock.day_of(now), time(7, 30), time(11, 30), place=ROOM, kind="unscheduled", host=head,
               reason="Sạt lở đêm qua ở xóm Lũng Đính, 30 hộ mất nhà."),
        factories.unit(), clerk, now,
    )  # fmt: skip
    cases["day-today"] = (str(day.id), "")
    heard = Heard(SAID, "Cho kiểm tra trong tuần này, sửa xong trước vụ cấy.", "accepted", "feedback")
    for name, said in (("heard", heard), ("waiting", None), ("refused", None)):
        token = new_token()
        new = NewBooking(name="Hà Văn Tú", subject="Mương thủy lợi hỏng", channel="walk_in", address="Xóm Bản Viết",
                         category_code="roads.surface")  # fmt: skip
        visit = receive_walk_in(day, new, CARD, said, clerk, now, token=token, code=code_of(token, "none"))
        cases[f"visit-{name}"] = (visit.reference, "")
        if name == "refused":
            turn_away(visit, "threat", "Đập bàn, dọa đánh cán bộ tiếp dân.", clerk, now)
