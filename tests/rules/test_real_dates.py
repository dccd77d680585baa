"""Due dates of the shipped rules worked out by hand on real calendars; the remark shows the counting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.rules.deadlines import Pause, Rules, due
from tests.rules.deadline_samples import RULES, VN, D, the

CALENDAR = [
    # rule, start, due, the counting
    ("complaint1.settle", "2024-12-27", "2025-02-03",
     "4 days to 31/12, 26 more: 26/01/2025, Sunday; 27/01-01/02 Tết, 02/02 Sunday"),
    ("complaint1.settle.complex", "2024-12-16", "2025-02-03", "15 to 31/12, 30 more: 30/01, in Tết; back on 03/02"),
    ("complaint1.settle.remote", "2026-01-05", "2026-02-23", "26 to 31/01, 19 more: 19/02, in Tết; 21-22 weekend"),
    ("complaint1.settle.remote_complex", "2025-12-19", "2026-02-23",
     "12 to 31/12, 31 to 31/01, 17 more: 17/02, New Year's Day; back on 23/02"),
    ("complaint2.settle", "2026-12-22", "2027-02-11", "9 to 31/12, 31 to 31/01, 5 more: 05/02, New Year's Eve"),
    ("complaint2.settle.complex", "2026-03-02", "2026-05-04", "29 to 31/03, 30 to 30/04, 1 more: 01/05; weekend"),
    ("complaint2.settle.remote", "2025-03-03", "2025-05-05", "28 to 31/03, 30 to 30/04, 2 more: 02/05, swapped off"),
    ("complaint2.settle.remote_complex", "2026-06-22", "2026-09-03",
     "8 to 30/06, 31 to 31/07, 31 to 31/08, swapped off; 01-02/09 National Day"),
    ("complaint_discipline.settle", "2026-01-20", "2026-02-23", "11 to 31/01, 19 more: 19/02, in Tết"),
    ("complaint1.settle", "2028-01-30", "2028-02-29", "1 to 31/01, 29 more: the leap day, a Tuesday"),
    ("complaint1.settle", "2027-01-30", "2027-03-01", "1 to 31/01, 28 to 28/02, 1 more: 01/03, no leap day"),
    ("complaint1.accept", "2028-02-19", "2028-02-29", "10 days to the leap day"),
    ("petition.archive_retention", "2027-03-01", "2028-02-29", "366 days would be 01/03/2028"),
    ("petition.process", "2025-12-23", "2026-01-05", "8 to 31/12, 2 more: 02/01, swapped off; 03-04 weekend"),
    ("petition.process", "2025-12-31", "2026-01-10", "10 days to Saturday 10/01, which is worked: no roll"),
    ("complaint1.accept", "2026-08-12", "2026-08-22", "10 days to Saturday 22/08, which is worked: no roll"),
    ("complaint1.accept", "2026-08-21", "2026-09-03", "10 days to 31/08, swapped off; 01-02/09 National Day"),
    ("complaint1.accept", "2027-04-20", "2027-05-04", "10 days to 30/04; 01/05 Saturday, 02 Sunday, 03 given back"),
    ("petition.process", "2025-08-23", "2025-09-03", "10 days to 02/09/2025, National Day"),
    ("denunciation.settle", "2025-12-03", "2026-01-05", "28 to 31/12, 2 more: 02/01, swapped off; weekend"),
]  # fmt: skip

WORKING = [
    ("denunciation.initial", "2025-01-24", "2025-02-11", "Tết 27-31/01; 03 04 05 06 07 10 11"),
    ("denunciation.initial", "2026-02-12", "2026-03-02", "13, Tết 16-20; 23 24 25 26 27, 02/03"),
    ("denunciation.initial.several_places", "2027-02-02", "2027-02-23",
     "03, Tết 04-10; 11 12, 15 16 17 18 19, 22 23"),
    ("denunciation.initial", "2025-12-30", "2026-01-10", "31, 01 and 02/01 off; 05 06 07 08 09, Saturday 10 worked"),
    ("denunciation.initial", "2026-08-20", "2026-08-28", "21, Saturday 22 worked, 24 25 26 27 28"),
    ("denunciation.initial", "2026-08-24", "2026-09-07", "25 26 27 28; 31/08-02/09 off; 03 04, 07"),
    ("denunciation.notify_acceptance", "2026-04-23", "2026-05-05", "24, 27 given back, 28 29, 30/04-01/05; 04 05"),
    ("denunciation.send_conclusion", "2028-02-24", "2028-03-02", "25, 28 29 (leap day), 01 02/03"),
    ("denunciation.send_conclusion", "2025-04-24", "2025-05-05", "25, Saturday 26 worked, 28 29, 30/04-02/05; 05"),
    ("feedback.street.answer", "2026-12-28", "2027-01-05", "29 30 31, 01/01 off, 04 05"),
    ("complaint1.send", "2025-08-29", "2025-09-05", "weekend, 01-02/09 off; 03 04 05"),
    ("complaint1.send", "2026-08-28", "2026-09-07", "weekend, 31/08-02/09 off; 03 04, 07"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "start", "due_on", "counting"), CALENDAR + WORKING)
def test_a_due_date_is_the_one_counted_by_hand(rule: str, start: str, due_on: str, counting: str) -> None:
    assert due(the(rule), D(start), VN).due_on == D(due_on), counting


EXTENDED = [
    # accepted, extensions, due after each, the counting
    ("2026-10-01", ["special", "special"], ["2026-11-02", "2026-12-02", "2027-01-04"],
     "30: 31/10 Saturday, so 02/11; 30: 02/12; 30: 01/01/2027, Friday off, so Monday 04/01"),
    ("2025-10-03", ["complex"], ["2025-11-03", "2025-12-03"], "30: 02/11 Sunday, so 03/11; 30: 03/12"),
    ("2025-11-17", ["special", "special"], ["2025-12-17", "2026-01-16", "2026-02-23"],
     "30: 17/12; 30: 16/01; 30: 15/02 Sunday, then Tết 16-20, so 23/02"),
    ("2026-07-24", ["special"], ["2026-08-24", "2026-09-23"], "30: 23/08 Sunday, so 24/08; 30: 23/09"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "grants", "dates", "counting"), EXTENDED)
def test_a_denunciation_is_extended_from_the_due_date_before(
    start: str, grants: list[str], dates: list[str], counting: str
) -> None:
    extensions = [the(f"denunciation.extend.{name}") for name in grants]
    found = due(the("denunciation.settle"), D(start), VN, extensions=extensions)
    assert [found.extensions[0].previous_due_on, *(one.due_on for one in found.extensions)] == [*map(D, dates)], (
        counting
    )


PAUSED = [
    # rule, start, suspended from, work resumes on, due, the counting
    ("complaint1.settle", "2027-01-04", "2027-01-18", "2027-02-11", "2027-03-01",
     "05-17/01 are 13; 17 more from 11/02: 27/02, Saturday, so Monday 01/03"),
    ("complaint1.settle", "2026-06-15", "2026-06-30", "2026-07-10", "2026-07-15",
     "a suspension that began on 30/06/2026 stops nothing: 15 to 30/06, 15 more"),
    ("complaint1.settle", "2026-06-15", "2026-07-01", "2026-07-10", "2026-07-24",
     "one that began on 01/07/2026 does: 16-30/06 are 15; 15 more from 10/07"),
    ("complaint2.settle", "2026-06-01", "2026-06-30", "2026-08-31", "2026-07-16",
     "it began on 30/06, and lasting beyond 1 July changes nothing: 29 to 30/06, 16 more"),
    ("denunciation.settle", "2026-06-01", "2026-06-30", "2026-07-10", "2026-07-13",
     "denunciations always stood still: 02-29/06 are 28; 10 and 11/07, Saturday, so Monday 13/07"),
    ("denunciation.settle", "2026-10-01", "2026-10-31", "2026-11-05", "2026-11-05",
     "suspended on the last day itself: 02-30/10 are 29; 05/11 is the thirtieth"),
    ("denunciation.settle", "2026-10-01", "2026-11-01", "2026-11-05", "2026-11-05",
     "the last day is Saturday 31/10; rolling on, the clock stands still from Sunday until 05/11"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "start", "off", "on", "due_on", "counting"), PAUSED)
def test_a_suspension_keeps_its_days_from_being_counted(
    rule: str, start: str, off: str, on: str, due_on: str, counting: str
) -> None:
    assert due(the(rule), D(start), VN, [Pause(D(off), D(on))]).due_on == D(due_on), counting


def test_a_denunciation_suspended_and_then_extended() -> None:
    # 03-11/03 are 9; work resumes on 30/03: 30, 31 and 01-19/04 are 21 more; 19/04 is a Sunday, so 20/04.
    # The extension of 30 days ends on 20/05, a Wednesday.
    pause, complex_ = Pause(D("2026-03-12"), D("2026-03-30")), the("denunciation.extend.complex")
    found = due(the("denunciation.settle"), D("2026-03-02"), VN, [pause], [complex_])
    assert (found.extensions[0].previous_due_on, found.due_on) == (D("2026-04-20"), D("2026-05-20"))


def test_two_suspensions_one_after_the_other_are_both_left_out() -> None:
    # Accepted 03/08: 04-09 are 6. Off 10-13, on 14-16 (3), off 17-20, on from 21: 21 more end on 10/09, a Thursday.
    pauses = [Pause(D("2026-08-10"), D("2026-08-14")), Pause(D("2026-08-17"), D("2026-08-21"))]
    assert due(the("complaint1.settle"), D("2026-08-03"), VN, pauses).due_on == D("2026-09-10")


def test_a_suspension_after_the_due_date_is_known_still_when_the_clock_is_extended() -> None:
    # Due 02/11; suspended 05-09/11, too late to stop it. Extended: 03 and 04/11 are 2, then 28 from 10/11: 07/12.
    rule, pause = the("denunciation.settle"), Pause(D("2026-11-05"), D("2026-11-10"))
    alone = due(rule, D("2026-10-01"), VN, [pause])
    assert (alone.due_on, alone.pauses, alone.idle) == (D("2026-11-02"), (), (pause,))
    extended = due(rule, D("2026-10-01"), VN, alone.idle, [the("denunciation.extend.complex")])
    assert (extended.due_on, extended.pauses, extended.idle) == (D("2026-12-07"), (pause,), ())


def test_the_rule_in_force_on_the_start_day_is_the_clocks_own() -> None:
    old = replace(the("complaint1.accept"), effective_to=D("2026-12-31"))
    new = replace(old, id="complaint1.accept.2027", length=7, effective_from=D("2027-01-01"), effective_to=None)
    rules = Rules((old, new), VN)
    before = rules.find("complaint", "acceptance_first", "", D("2026-12-31"))
    after = rules.find("complaint", "acceptance_first", "", D("2027-01-01"))
    assert before == old and after == new
    # 10 days from 31/12: Sunday 10/01, so Monday 11/01; 7 days from 01/01: Friday 08/01.
    assert due(before, D("2026-12-31"), VN).due_on == D("2027-01-11")
    assert due(after, D("2027-01-01"), VN).due_on == D("2027-01-08")


def test_every_variant_of_settling_a_complaint_has_its_own_length() -> None:
    lengths = {rule.id: rule.length for rule in RULES.rules if rule.stage in ("settlement_first", "settlement_second")}
    assert lengths == {
        "complaint1.settle": 30, "complaint1.settle.complex": 45, "complaint1.settle.remote": 45,
        "complaint1.settle.remote_complex": 60, "complaint2.settle": 45, "complaint2.settle.complex": 60,
        "complaint2.settle.remote": 60, "complaint2.settle.remote_complex": 70,
    }  # fmt: skip
