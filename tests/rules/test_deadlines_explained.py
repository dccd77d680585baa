"""The proof of a due date: said in one sentence, stored, and held against a slow second count."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.deadlines import CalendarDay, Derivation, Pause, counted_days, due, explain
from tests.rules.deadline_samples import VN, D, limit, the
from tests.rules.oracle import slow_due

EXPLAINED = [
    (due(the("feedback.street.answer"), D("2026-11-19"), VN),
     "5 ngày làm việc, không tính thứ Bảy, Chủ nhật và ngày nghỉ 24/11.",
     "5 working days, not counting the weekend and the 24 Nov holiday."),
    (due(the("feedback.street.receive"), D("2026-11-18"), VN), "1 ngày làm việc.", "1 working day."),
    (due(limit(5), D("2026-02-12"), VN),
     "5 ngày làm việc, không tính thứ Bảy, Chủ nhật và các ngày nghỉ 16/02 đến 20/02.",
     "5 working days, not counting weekends and the holidays of 16 Feb to 20 Feb."),
    (due(limit(3), D("2026-01-08"), VN),
     "3 ngày làm việc, không tính Chủ nhật, tính cả ngày làm bù 10/01.",
     "3 working days, not counting Sunday, counting the make-up working day 10 Jan."),
    (due(the("petition.process"), D("2026-11-11"), VN),
     "10 ngày, tính cả ngày nghỉ, ngày cuối 21/11 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo 23/11.",
     "10 calendar days, the last day, 21 Nov, is a day off and moves to the next working day, 23 Nov."),
    (due(the("complaint1.settle"), D("2026-08-03"), VN, [Pause(D("2026-08-10"), D("2026-08-17"))]),
     "30 ngày, tính cả ngày nghỉ, không tính thời gian tạm dừng từ 10/08 đến hết 16/08.",
     "30 calendar days, not counting the pause from 10 Aug to 16 Aug."),
    (due(the("denunciation.settle"), D("2026-10-01"), VN, [Pause(D("2026-10-05"))], today=D("2026-10-14")),
     "30 ngày, tính cả ngày nghỉ, không tính thời gian tạm dừng từ 05/10 đến nay.",
     "30 calendar days, not counting the pause since 5 Oct."),
    (due(the("denunciation.settle"), D("2026-10-01"), VN, extensions=[the("denunciation.extend.complex")]),
     "30 ngày, tính cả ngày nghỉ, gia hạn thêm 30 ngày.",
     "30 calendar days, extended by 30 calendar days."),
    (due(the("dialogue.commune.announce"), D("2026-11-29"), VN),
     "Chậm nhất 7 ngày trước ngày 29/11.", "At least 7 calendar days before 29 Nov."),
    (due(the("privacy.breach_notice"), D("2026-11-20"), VN), "72 giờ liên tục.", "72 consecutive hours."),
]  # fmt: skip


@pytest.mark.parametrize(("found", "vi", "en"), EXPLAINED)
def test_one_sentence_says_how_the_date_was_counted(found, vi, en):
    assert explain(found, "vi") == vi
    assert explain(found, "en") == en


@pytest.mark.parametrize("found", [row[0] for row in EXPLAINED])
def test_a_stored_derivation_comes_back_the_same(found):
    text = json.dumps(found.to_json(), ensure_ascii=False)
    assert Derivation.from_json(text) == Derivation.from_json(json.loads(text)) == found
    assert len(text) < 1000


# --- against the oracle

DAYS = st.dates(D("2024-01-01"), D("2027-12-31"))


@settings(max_examples=300, deadline=None)
@given(
    start=DAYS,
    length=st.integers(1, 90),
    unit=st.sampled_from(["calendar_days", "working_days"]),
    roll=st.sampled_from(["next_working_day", "none"]),
    pauses=st.lists(st.tuples(st.integers(-10, 120), st.integers(0, 40)), max_size=3),
    own=st.dictionaries(st.integers(1, 150), st.sampled_from(["off", "work"]), max_size=12),
)
def test_any_due_date_agrees_with_a_diary_struck_out_by_hand(start, length, unit, roll, pauses, own):
    calendar = VN.merged(CalendarDay(start + timedelta(n), kind, "x", "x") for n, kind in own.items())
    suspended = [Pause(start + timedelta(n), start + timedelta(n + days)) for n, days in pauses]
    off = {day.on for day in calendar.days.values() if day.kind == "off"}
    worked = {day.on for day in calendar.days.values() if day.kind == "work"}
    paused = {pause.from_on + timedelta(n) for pause in suspended for n in range((pause.to_on - pause.from_on).days)}

    found = due(limit(length, unit, roll=roll, pause=True), start, calendar, suspended)

    expected = slow_due(length, unit == "working_days", roll == "next_working_day", start, off, worked, paused)
    assert found.due_on == expected
    assert len(found.counted) == length
    last = found.counted[-1]
    assert counted_days(start, last, calendar, unit, suspended) == length
    told = {*found.counted, *(skip.on for skip in found.skipped), found.due_on}
    assert told == {start + timedelta(n) for n in range(1, (found.due_on - start).days + 1)}
    assert Derivation.from_json(json.dumps(found.to_json())) == found
