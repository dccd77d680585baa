"""Requests for a dialogue in the figures: a time that stands is an answer in time, and both ways of counting agree."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from app.cases import actions
from app.dialogues.actions import requests
from app.reports import tree
from app.reports.facts import recount
from app.reports.figures import Question, gather
from app.reports.span import Span
from app.rules.workflow import THE_SYSTEM
from tests.conftest import both_engines
from tests.factories import MONDAY, actor, answer, make_request, meeting, resident_of, staff
from tests.reports.test_agreement import differences

DAY = timedelta(days=1)
NOW = MONDAY + 40 * DAY
LATE = MONDAY + 20 * DAY


@both_engines
def test_a_time_in_time_counts_and_the_database_agrees_with_the_formulas(app: Flask, write: None) -> None:
    _clerk, officer, head = staff()
    on_time, late, chosen, insisted, silent, gone, held = (make_request(name=f"Hà Thị {n}") for n in range(7))
    requests.schedule(on_time, meeting(30), actor(officer), MONDAY + 2 * DAY)
    requests.schedule(held, meeting(5), actor(officer), MONDAY + 2 * DAY)
    for case in (chosen, silent):
        requests.offer_times(case, [meeting(30)], "", actor(officer), MONDAY + 3 * DAY)
    answer(insisted, officer, head, MONDAY + 4 * DAY)
    actions.meet(held, date(2026, 11, 21), "Thống nhất.", actor(head), MONDAY + 5 * DAY)
    actions.insist(insisted, "Vẫn muốn gặp.", resident_of(insisted), MONDAY + 6 * DAY)
    actions.remind(silent, THE_SYSTEM, MONDAY + 18 * DAY)
    requests.choose_time(chosen, 0, resident_of(chosen), LATE)
    requests.schedule(late, meeting(30), actor(officer), LATE)
    actions.withdraw(gone, "", resident_of(gone), LATE)
    actions.close(silent, "", actor(officer), MONDAY + 36 * DAY)
    for kind in ("dialogue", ""):
        for days in (7, 21, 40):
            question = Question(Span(MONDAY.date(), (MONDAY + days * DAY).date()), kind)
            found = gather(tree.place("01447"), question, NOW)
            assert differences(found.total, recount(found.place.ids(True), question, NOW)) == [], (kind, days)
    whole = gather(tree.place("01447"), Question(Span(MONDAY.date(), NOW.date()), "dialogue"), NOW).total
    # Judged: on_time, held, chosen, insisted in time, late; silent stood still and has no target, gone was withdrawn.
    assert (whole.on_time, whole.judged) == (4, 5)
    assert (whole.received, whole.reopened) == (7, 1)
