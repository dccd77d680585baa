"""The office's reception pages over HTTP: days, the day's sheet, each verb, the case with its receipt, the register."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from app import clock
from app.accounts.models import Official
from app.cases.models import Case
from app.cases.queries import by_code
from app.cases.receipts import code_of, new_token
from app.dialogues.actions.visits import Heard, check_in, hear
from app.dialogues.models import Booking, ReceptionDay
from app.extensions import db, writing
from app.journal.models import Event
from tests.desk.conftest import Town, town  # noqa: F401  (a fixture)
from tests.dialogues.receptions import EIGHT, HALF_PAST, make_booking
from tests.dialogues.test_days import WED, at, opened
from tests.factories import MONDAY, actor

SECRET = "a-key-for-tests-only-not-used-anywhere"
CARD = "004089001234"
SAID = "Mương thủy lợi hỏng từ tháng 8."


@pytest.fixture
def day(town: Town) -> Iterator[int]:  # noqa: F811
    """A reception day with a visit at 8 o'clock; the clock stands at five past eight on that day."""
    with writing():
        clerk = db.session.get_one(Official, town.people["clerk"])
        row = opened(clerk)
        make_booking(row, EIGHT, category_code="roads.surface")
        db.session.commit()
        day_id = row.id
    with clock.fixed(at(WED, 8, 5)):
        yield day_id


def visit(reference: str = "LH-2026-000001") -> Booking:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Booking).filter_by(reference=reference).one()


def act(town: Town, verb: str, who: str = "clerk", reference: str = "LH-2026-000001", **typed: Any) -> Any:  # noqa: F811
    form = {"version": visit(reference).version, **typed}
    return town.browser(who).post(f"/desk/reception/bookings/{reference}/{verb}", data=form)


HEARD = {"petition_kind": "feedback", "said": SAID, "direction": "accepted", "answer": "Cho kiểm tra."}


def heard(town: Town) -> None:  # noqa: F811
    assert act(town, "check-in", identity_number=CARD).status_code == 303
    assert act(town, "hear", **HEARD).status_code == 303


def test_a_visitor_is_booked_checked_in_heard_and_becomes_a_case_with_its_receipt(town: Town, day: int) -> None:  # noqa: F811
    browser = town.browser("clerk")
    sheet = browser.get(f"/desk/reception/days/{day}").text
    assert "Nông Thị Sen" in sheet and "Đã đến" in sheet and "Còn 1 chỗ" in sheet
    assert act(town, "check-in", identity_number="").status_code == 422
    heard(town)
    page = browser.get("/desk/reception/bookings/LH-2026-000001")
    assert SAID in page.text and "Lập vụ việc và in biên nhận" in page.text and "1/2026" in page.text
    token = new_token()
    typed = {"version": visit().version, "token": token, "kind": "feedback", "title": "Đường vào xóm",
             "category": "roads.surface", "commune": "01447"}  # fmt: skip
    made = browser.post("/desk/reception/bookings/LH-2026-000001/case", data=typed)
    assert made.status_code == 303
    case = by_code(code_of(token, SECRET))
    assert case is not None and (case.channel, case.reference) == ("reception", visit().case.reference)  # type: ignore[union-attr]
    receipt = browser.get(made.location)
    assert receipt.status_code == 200 and code_of(token, SECRET)[:4] in receipt.text
    assert browser.post("/desk/reception/bookings/LH-2026-000001/case", data=typed).location == made.location
    assert db.session.query(Case).count() == 1
    page = browser.get(f"/desk/cases/{case.reference}").text
    assert "Từ buổi tiếp công dân" in page and "LH-2026-000001" in page and "Buổi tiếp công dân" in page


def test_who_booked_under_a_group_gets_a_case_in_the_field_that_whoever_listened_chose(town: Town) -> None:  # noqa: F811
    with writing():
        clerk = db.session.get_one(Official, town.people["clerk"])
        make_booking(opened(clerk), EIGHT, category_code="roads")
        db.session.commit()
    one_click = "Lập vụ việc và in biên nhận"
    with clock.fixed(at(WED, 8, 5)):
        act(town, "check-in", identity_number=CARD)
        form = town.browser("clerk").get("/desk/reception/bookings/LH-2026-000001/hear").text
        assert 'value="roads.surface"' in form and 'value="roads"' not in form
        assert act(town, "hear", **HEARD, category="no-such-field").status_code == 422
        heard_in = {"category": "roads.surface", **HEARD}
        assert act(town, "hear", **heard_in).status_code == 303
        assert one_click in town.browser("clerk").get("/desk/reception/bookings/LH-2026-000001").text
        assert visit().category.code == "roads.surface"  # type: ignore[union-attr]


def test_a_group_of_fields_is_too_wide_for_a_case_with_one_click(town: Town) -> None:  # noqa: F811
    with writing():
        clerk = db.session.get_one(Official, town.people["clerk"])
        make_booking(opened(clerk), EIGHT, category_code="roads")
        db.session.commit()
    with clock.fixed(at(WED, 8, 5)):
        heard(town)
        page = town.browser("clerk").get("/desk/reception/bookings/LH-2026-000001").text
    assert "Lập vụ việc và in biên nhận" not in page and "Lập vụ việc" in page


def test_a_complaint_asks_for_what_the_law_asks_and_nothing_typed_is_lost(town: Town, day: int) -> None:  # noqa: F811
    act(town, "check-in", identity_number=CARD)
    act(town, "hear", **{**HEARD, "petition_kind": "complaint"})
    address, browser = "/desk/reception/bookings/LH-2026-000001/case", town.browser("clerk")
    assert "Đường vào xóm Lũng Đính" in browser.get(address).text
    typed = {"version": visit().version, "token": new_token(), "kind": "complaint", "title": "Khiếu nại thu hồi đất",
             "category": "land.dispute", "commune": "01447"}  # fmt: skip
    answer = browser.post(address, data=typed)
    assert answer.status_code == 422 and "Khiếu nại cần ghi" in answer.text and "Khiếu nại thu hồi đất" in answer.text
    full = {"against": "Quyết định 12", "known_on": "2026-11-02", "request": "Hủy", "address": "Bản Viết"}
    assert browser.post(address, data={**typed, **full}).status_code == 303
    assert db.session.query(Case).one().contact_address == "Bản Viết"


def test_two_clerks_check_in_one_visitor_and_the_second_is_told(town: Town, day: int) -> None:  # noqa: F811
    version = visit().version
    assert act(town, "check-in", identity_number=CARD).status_code == 303
    answer = act(town, "check-in", who="officer", version=version, identity_number=CARD)
    assert answer.status_code == 409 and "Người khác vừa sửa" in answer.text
    assert db.session.query(Event).filter_by(action="check_in").count() == 1


def test_a_text_written_while_somebody_else_was_faster_stays_and_can_be_sent_again(town: Town, day: int) -> None:  # noqa: F811
    version = visit().version
    act(town, "check-in", identity_number=CARD)
    answer = act(town, "hear", version=version, **HEARD)
    assert answer.status_code == 409 and SAID in answer.text
    assert f'name="version" type="hidden" value="{visit().version}"' in answer.text


def test_who_is_turned_away_gets_a_notice_and_who_was_not_has_none(town: Town, day: int) -> None:  # noqa: F811
    address = "/desk/reception/refusals/LH-2026-000001.pdf"
    assert town.browser("clerk").get(address).status_code == 404
    wrong = act(town, "turn-away", reason="Đập bàn, dọa đánh.")
    assert wrong.status_code == 422 and "Đập bàn, dọa đánh." in wrong.text
    assert act(town, "turn-away", ground="threat", reason="Đập bàn, dọa đánh.").status_code == 303
    assert town.browser("clerk").get(address).data.startswith(b"%PDF")
    assert town.browser("supervisor").get(address).status_code == 403


def test_a_denunciation_typed_into_the_register_is_sent_to_its_own(town: Town, day: int) -> None:  # noqa: F811
    act(town, "check-in", identity_number=CARD)
    answer = act(town, "hear", **{**HEARD, "petition_kind": "denunciation"})
    assert answer.status_code == 422 and "sổ tố cáo" in answer.text and visit().said == ""


def test_the_rest_of_the_verbs_and_their_refusals(town: Town, day: int) -> None:  # noqa: F811
    with clock.fixed(at(WED, 7, 40)):
        early = act(town, "miss")
        assert early.status_code == 409 and "Chưa đến giờ hẹn" in early.text
    assert act(town, "miss").status_code == 303 and visit().state == "no_show"
    assert act(town, "dance").status_code == 404 and act(town, "check_in").status_code == 404
    assert act(town, "hear", **HEARD).status_code == 409
    heard(town)
    assert act(town, "notify-result", on="2026-11-30").status_code == 422
    assert act(town, "notify-result", on="2026-11-18").status_code == 303 and visit().notified_on == WED


def test_a_booking_by_phone_gets_its_code_told_and_a_walk_in_is_here_at_once(town: Town, day: int) -> None:  # noqa: F811
    browser, token = town.browser("clerk"), new_token()
    typed = {"token": token, "channel": "phone", "slot": "09:00", "name": "Hà Văn Tú", "phone": "0912000018",
             "people": "1", "subject": "Xin nước sạch"}  # fmt: skip
    address = f"/desk/reception/days/{day}/book"
    assert "09:00" in browser.get(address).text
    answer = browser.post(address, data=typed)
    assert answer.status_code == 303 and code_of(token, SECRET)[:4] in browser.get(answer.location).text
    assert browser.post(address, data=typed).location == answer.location
    assert code_of(token, SECRET)[:4] not in town.browser("officer").get(answer.location).text
    taken = browser.post(address, data={**typed, "token": new_token(), "phone": "0912000019"})
    assert taken.status_code == 422 and "Hà Văn Tú" in taken.text
    walk = {"token": new_token(), "channel": "walk_in", "name": "Lý Thị Mảy", "people": "6", "identity_number": CARD}
    group = browser.post(address, data=walk)
    assert group.status_code == 422 and "cử người đại diện" in group.text
    assert browser.post(address, data={**walk, "representatives": "Lý Thị Mảy\nHoàng Văn Sự"}).status_code == 303
    assert visit("LH-2026-000003").state == "checked_in"
    sealed = browser.post(address, data={"token": new_token(), "channel": "counter", "slot": "10:00", "people": "1",
                                         "is_sealed": "y", "name": "Không ghi"})  # fmt: skip
    page = browser.get(sealed.location).text
    assert "sổ tố cáo" in page and "Không ghi" not in page and visit("LH-2026-000004").name == ""


def test_a_booking_is_moved_and_cancelled_at_the_counter(town: Town, day: int) -> None:  # noqa: F811
    assert act(town, "move-booking", slot=f"{day} 07:30").status_code == 422  # that hour has passed
    assert act(town, "move-booking", slot=f"{day} 09:00").status_code == 303 and visit().slot is not None
    assert f"{visit().slot:%H:%M}" == "09:00"
    assert act(town, "cancel-booking").status_code == 303 and visit().state == "cancelled"


def test_a_day_is_opened_moved_and_held_over_http(town: Town, day: int) -> None:  # noqa: F811
    browser = town.browser("clerk")
    typed = {"unit": "01447", "kind": "periodic", "on": "26/11/2026", "starts": "07:30", "ends": "11:30",
             "slot_minutes": "30", "capacity": "1", "mode": "in_person", "place": "Phòng tiếp công dân"}  # fmt: skip
    wrong = browser.post("/desk/reception/days/new", data={**typed, "on": "2026-11-24"})
    assert wrong.status_code == 422 and "cơ quan nghỉ" in wrong.text and "Phòng tiếp công dân" in wrong.text
    made = browser.post("/desk/reception/days/new", data=typed)
    assert made.status_code == 303 and browser.post("/desk/reception/days/new", data=typed).location == made.location
    line = browser.get("/desk/reception").text
    assert "Chủ tịch đã tiếp 0 trên 2 ngày của tháng 11/2026." in line and "Còn 2 buổi đã lên lịch." in line
    version = db.session.get_one(ReceptionDay, day).version
    typed = {"version": version, "received_by": town.people["head"]}
    held = browser.post(f"/desk/reception/days/{day}/hold", data=typed)
    assert held.status_code == 422 and "Còn lịch hẹn chưa ghi kết quả" in held.text
    stale = {"version": version + 5, "received_by": town.people["head"], "missed": "y"}
    assert browser.post(f"/desk/reception/days/{day}/hold", data=stale).status_code == 409
    done = browser.post(f"/desk/reception/days/{day}/hold", data={**stale, "version": version})
    assert done.status_code == 303 and "Có, người đứng đầu đã tiếp" in browser.get(done.location).text
    assert "Chủ tịch đã tiếp 1 trên 2 ngày" in browser.get("/desk/reception").text
    address = made.location
    move = {"version": 1, "on": "2026-11-27", "starts": "07:30", "ends": "11:30", "reason": ""}
    assert "Ghi vì sao dời" in browser.post(f"{address}/move", data=move).text
    moved = browser.post(f"{address}/move", data={**move, "reason": "Họp tỉnh"})
    assert moved.status_code == 303 and "Họp tỉnh" in browser.get(address).text
    assert browser.post(f"{address}/move", data={**move, "reason": "Lại"}).status_code == 409


def test_a_recurring_calendar_is_said_in_words_makes_its_days_and_is_stopped(town: Town) -> None:  # noqa: F811
    browser = town.browser("head")
    typed = {"unit": "01447", "way": "weekdays", "which": ["1", "3"], "weekdays": ["1"], "from_on": "2026-11-17",
             "kind": "periodic", "starts": "07:30", "ends": "11:30", "slot_minutes": "30", "capacity": "1",
             "mode": "in_person", "place": "Phòng 1"}  # fmt: skip
    wrong = browser.post("/desk/reception/calendar", data={**typed, "which": []})
    assert wrong.status_code == 422 and "Chọn tuần nào trong tháng." in wrong.text and "Phòng 1" in wrong.text
    bad = browser.post("/desk/reception/calendar", data={**typed, "way": "days", "days": "31"})
    assert bad.status_code == 422 and "từ 1 đến 28" in bad.text
    assert browser.post("/desk/reception/calendar", data=typed).status_code == 303
    page = browser.get("/desk/reception").text
    assert "thứ Ba đầu tiên và thứ ba trong tháng" in page and "01/12/2026" in page
    count = db.session.query(ReceptionDay).count()
    assert count == 6
    assert browser.post("/desk/reception/calendar/1", data={"do": "make"}).status_code == 303
    assert db.session.query(ReceptionDay).count() == count
    assert browser.post("/desk/reception/calendar/1", data={"do": "stop"}).status_code == 303
    assert browser.post("/desk/reception/calendar/1", data={"do": "stop"}).status_code == 409
    assert town.browser("stranger").post("/desk/reception/calendar/1", data={"do": "make"}).status_code == 404


def test_an_unscheduled_reception_of_a_group_is_one_form(town: Town) -> None:  # noqa: F811
    browser, token = town.browser("clerk"), new_token()
    typed = {"token": token, "unit": "01447", "on": "2026-11-17", "starts": "08:00", "ends": "09:00",
             "place": "Hội trường xã", "reason": "Sạt lở, 30 hộ mất nhà", "host": town.people["head"],
             "name": "Lý Thị Mảy", "people": "30", "representatives": "Lý Thị Mảy\nHoàng Văn Sự",
             "identity_number": CARD, "petition_kind": "feedback", "said": SAID, "direction": "accepted"}  # fmt: skip
    assert browser.get("/desk/reception/unscheduled").status_code == 200
    wrong = browser.post("/desk/reception/unscheduled", data={**typed, "reason": ""})
    assert wrong.status_code == 422 and "điều 18" in wrong.text and db.session.query(ReceptionDay).count() == 0
    made = browser.post("/desk/reception/unscheduled", data=typed)
    assert made.status_code == 303, made.text
    assert browser.post("/desk/reception/unscheduled", data=typed).location == made.location
    assert db.session.query(Booking).count() == 1 and "30 người" in browser.get(made.location).text


PERIOD = "unit=01447&first=2026-11-01&last=2026-11-30"


def registered(town: Town, day: int) -> None:  # noqa: F811
    """One visit heard whose words would be a formula, and one of a denouncer."""
    with writing():
        clerk = actor(db.session.get_one(Official, town.people["clerk"]))
        row = db.session.get_one(ReceptionDay, day)
        first = db.session.query(Booking).one()
        check_in(first, CARD, clerk, clock.now())
        hear(first, Heard("=1+1 không phải công thức", "", "forwarded", "feedback", "UBND huyện"), clerk, clock.now())
        first.subject = ""
        other = make_booking(row, HALF_PAST, is_sealed=True, now=MONDAY)
        check_in(other, "", clerk, clock.now())
        hear(other, Heard(), clerk, clock.now())
        db.session.commit()


def test_the_register_has_the_laws_columns_and_is_taken_in_three_forms(town: Town, day: int) -> None:  # noqa: F811
    registered(town, day)
    browser = town.browser("clerk")
    page = browser.get(f"/desk/reception/register?{PERIOD}").text
    for words in ("Nông Thị Sen", CARD, "=1+1 không phải", "UBND huyện", "Nội dung kín", "Xem sổ tố cáo",
                  "Thụ lý để giải quyết", "Cơ quan đã giải quyết", "trước hết ngày 30/11/2026"):  # fmt: skip
        assert words in page, words
    assert browser.get(f"/desk/reception/register.pdf?{PERIOD}").data.startswith(b"%PDF")
    text = browser.get(f"/desk/reception/register.csv?{PERIOD}").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 3 and len(rows[0]) == 12 and rows[1][4] == "'=1+1 không phải công thức"
    assert rows[1][0] == "1" and rows[1][9] == "x" and rows[2][2:5] == ["", "", ""]
    book = load_workbook(io.BytesIO(browser.get(f"/desk/reception/register.xlsx?{PERIOD}").data))
    sheet = book.active
    assert sheet is not None and sheet.max_row == 3 and sheet.max_column == 12
    assert sheet["E2"].value == "=1+1 không phải công thức" and sheet["E2"].data_type == "s"
    assert sheet["D2"].value == CARD and sheet["D2"].data_type == "s" and sheet["C3"].value in ("", None)
    assert db.session.query(Event).filter_by(action="exported").count() == 3
    before = PERIOD.replace("-11-", "-10-")
    assert "Không tiếp lượt nào" in browser.get(f"/desk/reception/register?{before}").text
    assert browser.get("/desk/reception/register").status_code == 200


@pytest.mark.parametrize("more", [
    {"first": "2026-11-30", "last": "2026-11-01"}, {"first": "2020-01-01"}, {"first": "hôm qua"}, {"last": ""},
    {"unit": "04"},
])  # fmt: skip
def test_a_period_that_makes_no_sense_is_refused_beside_its_field(town: Town, day: int, more: Any) -> None:  # noqa: F811
    typed = {"unit": "01447", "first": "2026-11-01", "last": "2026-11-30", **more}
    assert town.browser("clerk").get("/desk/reception/register", query_string=typed).status_code == 422
    assert town.browser("clerk").get("/desk/reception/register.csv", query_string=typed).status_code == 400
    assert db.session.query(Event).filter_by(action="exported").count() == 0


def test_from_above_names_are_covered_and_strangers_see_nothing(town: Town, day: int) -> None:  # noqa: F811
    registered(town, day)
    for address in (f"/desk/reception/register?{PERIOD}", f"/desk/reception/days/{day}",
                    "/desk/reception/bookings/LH-2026-000001", f"/desk/reception/register.csv?{PERIOD}"):  # fmt: skip
        text = town.browser("supervisor").get(address).get_data(as_text=True)
        assert "Nông Thị Sen" not in text and CARD not in text and "0912" not in text, address
    assert "Nông Thị Sen" in town.browser("inspector").get(f"/desk/reception/register?{PERIOD}").text
    for address in (f"/desk/reception/days/{day}", "/desk/reception/bookings/LH-2026-000001",
                    "/desk/reception?unit=01447", "/desk/reception/days/999",
                    "/desk/reception/bookings/LH-2026-009999"):  # fmt: skip
        assert town.browser("stranger").get(address).status_code == 404, address
    for who, status in (("inspector", 403), ("stranger", 404)):
        assert act(town, "notify-result", who=who, on="2026-11-18").status_code == status
        assert town.browser(who).get("/desk/reception/bookings/LH-2026-000001/case").status_code == status
        assert town.browser(who).get(f"/desk/reception/days/{day}/move").status_code == status
    assert town.browser("administrator").get("/desk/reception").status_code == 403
    assert "Tiếp dân" in town.browser("clerk").get("/desk/").text


def test_the_old_address_of_the_register_leads_to_the_new_one(town: Town) -> None:  # noqa: F811
    for ending in ("", ".pdf", ".csv"):
        answer = town.browser("clerk").get(f"/desk/registers{ending}?what=reception&{PERIOD}")
        assert answer.status_code == 302 and answer.location.startswith(f"/desk/reception/register{ending}?unit=01447")


def test_results_still_owed_stand_on_the_page_with_their_last_day(town: Town, day: int) -> None:  # noqa: F811
    heard(town)
    assert "trước hết 30/11/2026" in town.browser("clerk").get("/desk/reception").text
    with clock.fixed(at(WED + timedelta(days=20), 8)):
        assert "is-late" in town.browser("clerk").get("/desk/reception").text
