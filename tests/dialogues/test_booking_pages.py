"""Booking on the web without JavaScript: find a day, take a slot, find the visit again by its code."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from app import clock
from app.cases.receipts import code_of, hashed, spelled
from app.dialogues.links import make_booking_link
from app.dialogues.models import Booking, BookingLink, ReceptionDay
from app.extensions import db, writing
from app.journal.models import Event
from app.rules.workflow import RESIDENT_NOBODY
from tests.conftest import both_engines
from tests.dialogues.receptions import EIGHT, HALF_PAST, WEDNESDAY, make_booking, make_day
from tests.documents.reading import text_of
from tests.factories import MONDAY, make_denunciation
from tests.petitions.counted import statements
from tests.petitions.walk import Form, forms

TYPED = {"slot": "08:00", "name": "Nông Thị Sen", "phone": "0912 000 017", "email": "sen@example.vn",
         "subject": "Đường vào xóm Lũng Đính", "coming": "alone", "agree": "y"}  # fmt: skip


@pytest.fixture(autouse=True)
def monday() -> Any:
    """It is Monday, 9 o'clock."""
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def day(app: Flask) -> int:
    """A morning at the commune, in two days."""
    return planted()


def planted(**more: Any) -> int:
    with writing():
        number = make_day(**more).id
        db.session.commit()
    return number


def form_of(page: TestResponse, field: str = "slot") -> Form:
    return next(f for f in forms(page) if "token" in f.fields or "version" in f.fields or field in f.fields)


def send(client: FlaskClient, day: int, query: str = "", **typed: str) -> TestResponse:
    url = f"/reception/days/{day}/book{query}"
    return client.post(url, data={**form_of(client.get(url)).fields, **TYPED, **typed})


def rows() -> list[Booking]:
    db.session.rollback()
    return list(db.session.scalars(select(Booking).order_by(Booking.id)))


def test_a_visit_is_booked_without_an_account_and_the_slip_shows_its_code_once(
    app: Flask, client: FlaskClient, day: int
) -> None:
    page = send(client, day)
    assert (page.status_code, page.location) == (303, "/reception/receipt")
    [booking] = rows()
    with client.session_transaction() as session:
        code = code_of(session["booked"]["token"], app.config["SECRET_KEY"])
    assert (booking.code_hash, booking.channel, booking.slot) == (hashed(code), "web", EIGHT)
    receipt = client.get("/reception/receipt")
    for words in (booking.reference, "08:00, thứ Tư, 18/11/2026", "Phòng tiếp công dân", spelled(code)[:4]):
        assert words in receipt.text
    assert spelled(code) in text_of(client.get("/reception/receipt.pdf").data).replace("\n", "").replace(" ", "")
    assert client.get("/reception/receipt.svg").mimetype == "image/svg+xml"
    file = client.get("/reception/receipt.ics")
    assert icalendar.Calendar.from_ical(file.data).walk("VEVENT")[0].start.time() == EIGHT
    with clock.fixed(MONDAY + timedelta(hours=25)):
        assert client.get("/reception/receipt").location == "/reception/booking"
        assert client.get("/reception/receipt.pdf").status_code == 404


@both_engines
def test_a_form_sent_twice_is_one_booking(app: Flask, client: FlaskClient) -> None:
    url = f"/reception/days/{planted()}/book"
    fields = {**form_of(client.get(url)).fields, **TYPED}
    first, second = client.post(url, data=fields), client.post(url, data=fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert len(rows()) == 1
    other = client.post(url, data={**fields, "subject": "Việc khác"})
    assert other.status_code == 422
    assert "đã gửi một lần với nội dung khác" in other.text
    assert len(rows()) == 1


WRONG: list[tuple[dict[str, str], str]] = [
    ({"slot": ""}, "Chọn một khung giờ còn chỗ."),
    ({"slot": "08:10"}, "Buổi này không có khung giờ đó."),
    ({"slot": "lúc nào cũng được"}, "Buổi này không có khung giờ đó."),
    ({"name": " "}, "Ghi họ và tên người đến."),
    ({"phone": "0912"}, "Số này có 4 chữ số, cần 10."),
    ({"email": "sen@"}, "Địa chỉ thư chưa đúng"),
    ({"subject": ""}, "Ghi một hai câu"),
    ({"subject": "đ" * 301}, "Thừa 1 chữ cái"),
    ({"coming": "group", "people": ""}, "Ghi số người cùng đến"),
    ({"coming": "group", "people": "bốn mươi"}, "Ghi số người cùng đến"),
    ({"coming": "group", "people": "40"}, "Đoàn từ 5 người trở lên cần cử người đại diện."),
    ({"coming": "group", "people": "99999"}, "Ghi số người từ 1 đến 10.000."),
    ({"coming": "group", "people": "40", "representatives": "\n".join(f"Người {n}" for n in range(6))}, "năm người"),
    ({"category": "không có"}, "Chọn một mục trong danh sách."),
    ({"agree": ""}, "Đánh dấu vào ô này"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG, ids=[f"{next(iter(w))}-{n}" for n, (w, _s) in enumerate(WRONG)])
def test_what_is_wrong_is_said_and_everything_typed_stays(
    client: FlaskClient, day: int, wrong: dict[str, str], said: str
) -> None:
    if "agree" in wrong:
        url = f"/reception/days/{day}/book"
        typed = {name: value for name, value in TYPED.items() if name != "agree"}
        page = client.post(url, data={**form_of(client.get(url)).fields, **typed})
    else:
        page = send(client, day, **wrong)
    assert page.status_code == 422
    assert said in page.text
    kept = form_of(page).fields
    for name, value in {**TYPED, **wrong}.items():
        if name not in ("slot", "category", "agree"):
            assert kept[name] == value, name
    assert "Lỗi:" in page.text
    assert not rows()


def test_a_group_comes_with_those_who_speak_for_it(client: FlaskClient, day: int) -> None:
    send(client, day, coming="group", people="40", representatives="Hoàng Văn Dìn\n\nLý Thị Mẩy\n",
         interpreter="hmong", wheelchair="y")  # fmt: skip
    [booking] = rows()
    assert (booking.people, booking.representatives) == (40, ["Hoàng Văn Dìn", "Lý Thị Mẩy"])
    assert (booking.interpreter, booking.wheelchair) == ("hmong", True)
    assert "Tiếng Mông, Lối đi cho xe lăn" in client.get("/reception/receipt").text


def test_who_came_second_is_told_and_shown_what_is_still_free(client: FlaskClient, day: int) -> None:
    url = f"/reception/days/{day}/book"
    fields = {**form_of(client.get(url)).fields, **TYPED}
    with writing():
        make_booking(db.session.get(ReceptionDay, day), phone="0912 000 099")
        db.session.commit()
    page = client.post(url, data=fields)
    assert page.status_code == 422
    assert "Khung giờ này vừa có người đặt. Chọn giờ khác." in page.text
    assert form_of(page).fields["name"] == "Nông Thị Sen"
    assert "slot" not in form_of(page).fields, "the slot that is gone is not chosen any more"
    again = client.post(url, data={**form_of(page).fields, **TYPED, "slot": "08:30"})
    assert again.status_code == 303


def test_a_form_that_lay_open_for_a_day_is_not_lost(client: FlaskClient, day: int) -> None:
    url = f"/reception/days/{day}/book"
    fields = {**form_of(client.get(url)).fields, **TYPED}
    with clock.fixed(MONDAY + timedelta(hours=25)):
        page = client.post(url, data=fields)
        assert (page.status_code, form_of(page).fields["name"]) == (422, "Nông Thị Sen")
        assert client.post(url, data={**form_of(page).fields, "agree": "y"}).status_code == 303


def test_so_many_bookings_from_one_network_wait_with_everything_typed(app: Flask, client: FlaskClient) -> None:
    app.config["SUBMISSIONS_PER_HOUR"] = 2
    day = planted(capacity=9)
    for number in range(2):
        assert send(client, day, phone=f"0912 000 02{number}").status_code == 303
    page = send(client, day, phone="0912 000 029")
    assert page.status_code == 429
    assert page.headers["Retry-After"]
    assert form_of(page).fields["phone"] == "0912 000 029"


def test_somebody_who_comes_to_denounce_is_asked_nothing_and_nothing_sent_is_kept(
    client: FlaskClient, day: int
) -> None:
    page = client.get(f"/reception/days/{day}/book?sealed=1")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    for name in ("name", "phone", "email", "subject", "people", "representatives"):
        assert f'name="{name}"' not in page.text
    assert send(client, day, "?sealed=1", interpreter="tay").status_code == 303
    [booking] = rows()
    assert booking.is_sealed
    kept = " ".join(
        str(value)
        for table in ("booking", "event", "event_facts", "attempt", "notice")
        for found in db.session.execute(text(f"SELECT * FROM {table}")) for value in found
    )  # fmt: skip
    for word in ("Sen", "0912", "example.vn", "Lũng", "127.0.0.1"):
        assert word not in kept
    assert "Sen" not in client.get("/reception/receipt").text
    assert "Sen" not in text_of(client.get("/reception/receipt.pdf").data)


def test_the_days_near_a_place_stand_as_leaves_full_ones_too(app: Flask, client: FlaskClient) -> None:
    planted()
    planted(on=date(2026, 11, 20), at="04", place="Trụ sở Ban Tiếp công dân")
    planted(at="01294", place="Trụ sở Lý Bôn")
    full = planted(on=date(2026, 11, 25), starts=time(8), ends=time(8, 30))
    with writing():
        make_booking(db.session.get(ReceptionDay, full))
        db.session.commit()
    page = client.get("/reception?commune=01447")
    for words in ("Còn chỗ: 8 khung giờ", "Trụ sở Ban Tiếp công dân", "Hết chỗ.", "Thứ Tư, 25/11/2026", "chờ lượt"):
        assert words in page.text
    assert "Trụ sở Lý Bôn" not in page.text
    assert "Trụ sở Lý Bôn" in client.get("/reception?all=1").text
    assert f"/reception/days/{full}/book" not in page.text


def test_a_moved_day_says_where_it_went_and_a_day_off_takes_nobody(app: Flask, client: FlaskClient) -> None:
    with writing():
        new = make_day(date(2026, 11, 19))
        make_day(state="moved", reason="Bão số 12", moved_to_id=new.id)
        make_day(date(2026, 11, 22), at="04")
        db.session.commit()
    page = client.get("/reception?commune=01447").text
    for words in ("Buổi này đã dời.", "Ngày mới: thứ Năm, 19/11/2026.", "Bão số 12", "Ngày nghỉ, không tiếp."):
        assert words in page


@pytest.mark.parametrize("commune", ["01447", "04", "ban-tiep-cong-dan"])
def test_where_there_is_no_day_the_page_says_why_and_what_next(client: FlaskClient, commune: str) -> None:
    page = client.get(f"/reception?commune={commune}")
    assert "Nơi này chưa công bố buổi tiếp nào trong 45 ngày tới." in page.text
    assert "Xem mọi nơi" in page.text


@pytest.mark.parametrize("query", ["", "?commune=", "?commune=nowhere", "?commune=%00", "?all=1", "?sealed=1"])
def test_any_address_of_the_list_is_answered(client: FlaskClient, query: str) -> None:
    assert client.get(f"/reception{query}").status_code == 200


def test_the_list_asks_the_database_as_often_for_many_days_as_for_few(app: Flask, client: FlaskClient) -> None:
    def look() -> None:
        assert client.get("/reception?all=1").status_code == 200

    planted()
    few = statements(app, look)
    for number in range(12):
        planted(on=WEDNESDAY + timedelta(days=number))
    assert statements(app, look) <= few + 1


def opened(client: FlaskClient, booking: Booking) -> TestResponse:
    return client.post("/reception/booking", data={"code": booking.code})  # type: ignore[attr-defined]


@pytest.fixture
def booking(app: Flask) -> Booking:
    """A visit booked from another phone."""
    with writing():
        found = make_booking()
        db.session.commit()
    return found


def test_the_code_opens_the_visit_which_can_be_moved_and_cancelled(client: FlaskClient, booking: Booking) -> None:
    assert opened(client, booking).location == "/reception/my-booking"
    assert "08:00, thứ Tư, 18/11/2026" in client.get("/reception/my-booking").text
    change = client.get("/reception/my-booking/change")
    fields = form_of(change, "version").fields
    moved = client.post("/reception/my-booking/change", data={**fields, "slot": f"{booking.day_id}-08:30"})
    again = client.post("/reception/my-booking/change", data={**fields, "slot": f"{booking.day_id}-08:30"})
    assert (moved.status_code, again.status_code) == (303, 303)
    assert rows()[0].slot == HALF_PAST
    for wrong in ("", "x", "1-", "-08:00", f"{booking.day_id}-25:00", f"{booking.day_id}-08:10", "999999-08:00"):
        page = client.post("/reception/my-booking/change", data={"version": "2", "slot": wrong})
        assert page.status_code in (404, 422), wrong
    confirm = client.get("/reception/my-booking/cancel")
    assert "Hủy lịch hẹn này?" in confirm.text
    for _turn in range(2):
        page = client.post("/reception/my-booking/cancel", data=form_of(confirm, "version").fields)
        assert page.status_code == 303
    assert rows()[0].state == "cancelled"
    assert [e.action for e in db.session.scalars(select(Event).order_by(Event.seq))] == [
        "book", "move_booking", "cancel_booking"
    ]  # fmt: skip
    assert "Đã hủy" in client.get("/reception/my-booking").text
    file = icalendar.Calendar.from_ical(client.get("/reception/my-booking/visit.ics").data)
    assert file.walk("VEVENT")[0]["STATUS"] == "CANCELLED"


def test_an_old_page_cancels_nothing(client: FlaskClient, booking: Booking) -> None:
    opened(client, booking)
    fields = form_of(client.get("/reception/my-booking/cancel"), "version").fields
    change = form_of(client.get("/reception/my-booking/change"), "version").fields
    client.post("/reception/my-booking/change", data={**change, "slot": f"{booking.day_id}-08:30"})
    assert client.post("/reception/my-booking/cancel", data=fields).status_code == 409
    assert rows()[0].state == "booked"


def test_what_came_of_a_visit_is_read_with_the_code(client: FlaskClient, booking: Booking) -> None:
    with writing():
        found = db.session.get_one(Booking, booking.id)
        found.state, found.direction, found.answer = "done", "forwarded", "Chuyển Sở Xây dựng xem xét."
        found.notify_due_on = date(2026, 12, 2)
        db.session.commit()
    opened(client, booking)
    page = client.get("/reception/my-booking").text
    for words in ("Kết quả buổi tiếp", "Chuyển nơi có thẩm quyền", "Chuyển Sở Xây dựng xem xét.", "02/12/2026"):
        assert words in page
    assert "/reception/my-booking/cancel" not in page
    assert client.get("/reception/my-booking/change").status_code == 303


@pytest.mark.parametrize("state", ["checked_in", "refused", "no_show"])
def test_every_state_of_a_visit_has_its_page(client: FlaskClient, booking: Booking, state: str) -> None:
    with writing():
        found = db.session.get_one(Booking, booking.id)
        found.state, found.ground = state, "settled" if state == "refused" else ""
        db.session.commit()
    opened(client, booking)
    assert client.get("/reception/my-booking").status_code == 200


def test_wrong_codes_are_counted_and_the_door_shuts_for_a_while(client: FlaskClient, booking: Booking) -> None:
    for _turn in range(10):
        page = client.post("/reception/booking", data={"code": "0000-0000-0000-0000"})
        assert page.status_code == 422
        assert "Không mở được lịch hẹn nào bằng mã này." in page.text
    shut = opened(client, booking)
    assert (shut.status_code, bool(shut.headers["Retry-After"])) == (429, True)
    with clock.fixed(MONDAY + timedelta(seconds=61)):
        assert opened(client, booking).status_code == 303


def test_the_door_closes_after_20_idle_minutes_and_when_asked(client: FlaskClient, booking: Booking) -> None:
    opened(client, booking)
    with clock.fixed(MONDAY + timedelta(minutes=21)):
        assert client.get("/reception/my-booking").location == "/reception/booking"
    opened(client, booking)
    assert client.post("/reception/leave").location == "/reception/booking?left=1"
    assert client.get("/reception/my-booking").status_code == 302


@both_engines
def test_a_link_from_a_mail_opens_the_visit_once(app: Flask, client: FlaskClient) -> None:
    with writing():
        booking = make_booking()
        key = make_booking_link(booking.id, 7, MONDAY, app.config["SECRET_KEY"])
        assert make_booking_link(booking.id, 7, MONDAY, app.config["SECRET_KEY"]) == key
        db.session.commit()
    assert client.get(f"/reception/link/{key}").status_code == 200
    assert client.get(f"/reception/link/{key}").status_code == 200, "looking uses nothing up"
    assert client.post(f"/reception/link/{key}").location == "/reception/my-booking"
    assert client.post(f"/reception/link/{key}").status_code == 410
    assert key not in str([row.key_hash for row in db.session.scalars(select(BookingLink))])
    with writing():
        late = make_booking_link(booking.id, 8, MONDAY - timedelta(days=7), app.config["SECRET_KEY"])
        db.session.commit()
    assert client.get(f"/reception/link/{late}").status_code == 410


def test_home_and_the_end_of_a_denunciation_lead_to_the_reception(app: Flask, client: FlaskClient) -> None:
    assert 'href="/reception"' in client.get("/").text
    with writing():
        case = make_denunciation("01447", token="a" * 32)
        case.code_hash = hashed(code_of("a" * 32, app.config["SECRET_KEY"]))
        db.session.commit()
    with client.session_transaction() as session:
        session["receipt"] = {"token": "a" * 32, "at": int(MONDAY.timestamp())}
    page = client.get("/receipt")
    assert "/reception?commune=04&amp;sealed=1" in page.text, "the top's own days: above whoever is denounced"


def test_a_day_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    assert client.get("/reception/days/4711/book").status_code == 404
    assert RESIDENT_NOBODY.booking_id is None
