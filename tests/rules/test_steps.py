"""A due date unfolded row by row, the law as it was told, and why a new count differs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.rules.deadlines import CalendarDay, Derivation, Pause, Rules, as_told, differences, due, steps
from app.rules.deadlines.words import EVENTS, PAPERS
from tests.rules.deadline_samples import RULES, VN, D, the

WORKING = due(the("feedback.street.answer"), D("2026-11-19"), VN)
STREET_VI = [
    ("Bắt đầu", "thứ Năm, 19/11/2026, ngày nhận đơn; ngày này chưa tính"),
    ("Quy định", "Thời hạn đề xuất, chờ tỉnh quy định; luật chưa đặt thời hạn (feedback.street.answer)"),
    ("Độ dài", "5 ngày làm việc"),
    ("Ngày được tính", "20/11, 23/11, 25/11 đến 27/11/2026 (tất cả 5 ngày)"),
    ("Không tính", "21/11 đến 22/11/2026: thứ Bảy, Chủ nhật"),
    ("Không tính", "24/11/2026: Ngày Văn hóa Việt Nam"),
    ("Hạn", "thứ Sáu, 27/11/2026"),
]
STREET_EN = [
    ("Start", "Thursday, 19 Nov 2026, the day the petition was received; this day is not counted"),
    ("Rule", "Proposed limit, for the province to decide; no statute sets one (feedback.street.answer)"),
    ("Length", "5 working days"),
    ("Days counted", "20 Nov, 23 Nov, 25 Nov to 27 Nov 2026 (5 in all)"),
    ("Not counted", "21 Nov to 22 Nov 2026: Saturday, Sunday"),
    ("Not counted", "24 Nov 2026: Vietnam Culture Day"),
    ("Due", "Friday, 27 Nov 2026"),
]


@pytest.mark.parametrize(("lang", "rows"), [("vi", STREET_VI), ("en", STREET_EN)])
def test_every_day_counted_and_left_out_has_its_row_and_its_reason(lang, rows):
    assert steps(WORKING, lang, RULES) == rows


def values(found, label, lang="vi", **more):
    return [row.value for row in steps(found, lang, RULES, **more) if row.label == label]


def test_a_make_up_day_is_named_with_the_day_it_stands_for():
    found = due(the("denunciation.initial"), D("2025-12-30"), VN)
    assert values(found, "Ngày làm bù được tính") == ["10/01/2026: Làm bù cho ngày nghỉ 02/01"]
    # The year stands where it changes and at the end.
    assert values(found, "Ngày được tính") == ["31/12/2025, 05/01 đến 10/01/2026 (tất cả 7 ngày)"]


def test_a_roll_names_each_day_of_rest_it_passed():
    found = due(the("complaint1.settle"), D("2025-12-02"), VN)
    assert values(found, "Ngày cuối là ngày nghỉ") == [
        "01/01/2026: Tết Dương lịch; 02/01/2026: Nghỉ hoán đổi, làm bù 10/01; 03/01/2026: thứ Bảy; "
        "04/01/2026: Chủ nhật, nên chuyển sang ngày làm việc tiếp theo"
    ]


def test_pauses_say_from_when_to_when_and_why():
    found = due(the("complaint1.settle"), D("2026-08-03"), VN, [Pause(D("2026-08-10"), D("2026-08-17"))])
    reasons = {D("2026-08-10"): "chờ kết quả đo đạc"}
    assert values(found, "Tạm dừng", reasons=reasons) == [
        "từ 10/08/2026 đến hết 16/08/2026, 7 ngày: chờ kết quả đo đạc"
    ]
    assert values(found, "Paused", "en") == ["from 10 Aug 2026 to 16 Aug 2026, 7 in all"]


def test_a_clock_that_stands_still_has_no_due_date_but_the_one_before():
    found = due(the("complaint1.settle"), D("2026-08-03"), VN)
    told = steps(found, "vi", RULES, paused_on=D("2026-08-10"))
    assert told[-2:] == [
        ("Tạm dừng", "từ 10/08/2026 đến nay; thời gian này không tính vào hạn"),
        ("Hạn trước khi tạm dừng", "thứ Năm, 03/09/2026"),
    ]


def test_extensions_say_by_which_decision_and_article():
    grants = [the("denunciation.extend.special")] * 2
    found = due(the("denunciation.settle"), D("2026-10-01"), VN, extensions=grants)
    first, second = values(found, "Gia hạn", papers=["12/QĐ-UBND"])
    assert first == ("thêm 30 ngày, từ 02/11/2026 đến 02/12/2026; Luật Tố cáo 25/2018/QH14, khoản 3 Điều 30 "
                     "(denunciation.extend.special); quyết định gia hạn số 12/QĐ-UBND")  # fmt: skip
    assert second.endswith("quyết định gia hạn")
    assert values(found, "Không tính") == ["01/11/2026: ngày nghỉ ở cuối kỳ trước gia hạn"]
    assert values(found, "Extended", "en")[1].startswith("by 30 calendar days, from 2 Dec 2026 to 4 Jan 2027; Law on")


def test_a_notice_ahead_of_a_date_is_counted_backwards():
    found = due(the("dialogue.commune.announce"), D("2026-11-29"), VN)
    assert values(found, "Length", "en") == ["7 calendar days, counted backwards"]


def test_a_day_off_that_the_calendar_no_longer_knows_is_still_told():
    without = replace(RULES, calendar=replace(VN, days={}))
    assert ("Không tính", "24/11/2026: ngày nghỉ theo lịch lúc tính") in steps(WORKING, "vi", without)


def test_every_event_and_paper_of_the_shipped_file_has_words():
    assert {rule.starts_from for rule in RULES.rules} <= set(EVENTS)
    assert {rule.requires_document for rule in RULES.rules if rule.requires_document} <= set(PAPERS)


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_every_rule_unfolds_in_both_languages_with_nothing_left_open(rule):
    for start in ("2025-01-15", "2026-02-10", "2026-12-20", "2028-02-20"):
        found = due(rule, D(start), VN)
        for lang in ("vi", "en"):
            rows = steps(Derivation.from_json(json.dumps(found.to_json())), lang, RULES)
            assert all(row.label and row.value and "{" not in row.value for row in rows)
            assert rows[-1].label in ("Hạn", "Due")


# --- the law as it was told, and what differs since

OWN_DAY = CalendarDay(D("2026-11-26"), "off", "Bão", "Storm")


MADE_UP = CalendarDay(D("2026-11-21"), "work", "Bù", "Make-up")


def with_days(*days):
    return Rules(RULES.rules, VN.merged(days))


def with_length(rule_id, length):
    return Rules(tuple(replace(r, length=length) if r.id == rule_id else r for r in RULES.rules), VN)


def test_counted_on_by_the_law_as_told_a_clock_ignores_what_changed_since():
    rule = the("denunciation.settle")
    before = due(rule, D("2026-10-01"), VN)
    # Since then the due date itself, 02/11, became a day off and the law gave 60 days.
    changed = Rules(with_length("denunciation.settle", 60).rules, VN.merged([replace(OWN_DAY, on=D("2026-11-02"))]))
    told = as_told(changed, before)
    assert due(told.by_id(rule.id), D("2026-10-01"), told.calendar).due_on == before.due_on == D("2026-11-02")
    extended = due(told.by_id(rule.id), D("2026-10-01"), told.calendar, extensions=[the("denunciation.extend.complex")])
    assert extended.due_on == D("2026-12-02")


def test_a_day_that_the_count_never_needed_is_todays():
    told = as_told(
        with_days(replace(OWN_DAY, on=D("2026-12-02"))), due(the("denunciation.settle"), D("2026-10-01"), VN)
    )
    assert not told.calendar.is_working(D("2026-12-02"))


def test_a_pause_once_heeded_stays_heeded():
    rule = the("complaint1.settle")
    before = due(rule, D("2026-08-03"), VN, [Pause(D("2026-08-10"), D("2026-08-17"))])
    stricter = Rules(tuple(replace(r, pause=False, pause_effective_from=None) for r in RULES.rules), VN)
    told = as_told(stricter, before)
    assert due(told.by_id(rule.id), D("2026-08-03"), told.calendar, before.pauses).due_on == before.due_on


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        (with_days(OWN_DAY), ["2026-11-26 is a day off now: Storm"]),
        (with_days(MADE_UP), ["2026-11-21 is a working day now: Make-up"]),
        (with_length("feedback.street.answer", 3), [
            "rule feedback.street.answer: 3 working days now, 5 working days before"]),
    ],
)  # fmt: skip
def test_a_difference_names_the_days_and_the_rule(rules, why):
    now = due(rules.by_id("feedback.street.answer"), D("2026-11-19"), rules.calendar)
    assert now.due_on != WORKING.due_on
    assert differences(WORKING, now, rules) == why


def test_a_roll_that_changes_names_its_day():
    rule, rules = the("petition.process"), with_days(MADE_UP)
    old = due(rule, D("2026-11-11"), VN)
    new = due(rule, D("2026-11-11"), rules.calendar)
    assert (old.due_on, new.due_on) == (D("2026-11-23"), D("2026-11-21"))
    assert differences(old, new, rules) == ["2026-11-21 is a working day now: Make-up"]


def test_the_same_date_differs_in_nothing():
    assert differences(WORKING, WORKING, RULES) == []
