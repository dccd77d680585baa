"""How each case of the world came to its stage: what was done, when, by whom. Told in the order of the days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from app.accounts.models import Official
from app.cases import actions
from app.cases.models import Case
from app.dialogues.actions import requests
from app.rules.workflow import THE_SYSTEM, Kind
from tests import factories
from tests.factories import MONDAY, actor, resident_of, unit

from .cast import PLACES

DAY = timedelta(days=1)
NOW = MONDAY + 36 * DAY
"""When everybody knocks: reminders are old enough to close a silent case, the answers young enough to reopen."""
LATE = NOW - DAY
People = dict[str, Official]
Step = tuple[datetime, Callable[[Case, People, datetime], Any]]


def came(kind: Kind) -> Case:
    """A petition that comes in at a commune which will pass it on to the case's unit."""
    if kind == Kind.DIALOGUE:
        return factories.make_request(
            commune_code=PLACES["past"], wanted_unit_code=PLACES["past"], category_code="land.dispute"
        )
    return factories.make_case(kind, commune_code=PLACES["past"], category_code="land.dispute")


FORWARD: Step = (
    MONDAY + DAY,
    lambda case, who, now: actions.forward(
        case, unit(PLACES["unit"]), "Thuộc địa bàn xã khác.", actor(who["clerk@past"]), now
    ),
)
ASSIGN: Step = (MONDAY + DAY, lambda case, who, now: factories.assign(case, who["officer@unit"], who["head@unit"], now))
ASK: Step = (
    MONDAY + DAY,
    lambda case, who, now: actions.ask(case, "Đoạn sạt dài bao nhiêu?", actor(who["officer@unit"]), now),
)
REMIND: Step = (MONDAY + 17 * DAY, lambda case, who, now: actions.remind(case, THE_SYSTEM, now))
PROPOSE: Step = (
    LATE,
    lambda case, who, now: actions.propose(case, "Đã dọn xong đất đá.", "resolved", actor(who["officer@unit"]), now),
)
APPROVE: Step = (LATE, lambda case, who, now: actions.approve(case, actor(who["head@unit"]), now))
CLOSE: Step = (LATE, lambda case, who, now: actions.close(case, "resolved", actor(who["officer@unit"]), now))
REFUSE: Step = (
    LATE,
    lambda case, who, now: actions.refuse(case, "spam", "Không rõ nội dung.", actor(who["clerk@unit"]), now),
)
REOPEN: Step = (LATE, lambda case, who, now: actions.reopen(case, "Vẫn sạt.", resident_of(case), now))
REGISTER: Step = (LATE, lambda case, who, now: actions.register(case, MONDAY.date(), actor(who["clerk@unit"]), now))
ACCEPT: Step = (LATE, lambda case, who, now: factories.accept(case, who["head@unit"], now))
HAND: Step = (LATE, ASSIGN[1])
VERIFY: Step = (LATE, lambda case, who, now: factories.issue(case, "verification_decision", who["head@unit"], now))
SUSPEND: Step = (
    LATE,
    lambda case, who, now: factories.issue(case, "suspension_decision", who["head@unit"], now, on=f"{now.date()}"),
)
DECIDE: Step = (LATE, lambda case, who, now: factories.decide(case, who["head@unit"], now))
ENFORCE: Step = (
    LATE,
    lambda case, who, now: actions.enforce(case, now.date(), "Sửa lại quyết định.", actor(who["officer@unit"]), now),
)
SCHEDULE: Step = (
    LATE,
    lambda case, who, now: requests.schedule(case, factories.meeting(9, NOW), actor(who["officer@unit"]), now),
)
OFFER: Step = (
    MONDAY + DAY,
    lambda case, who, now: requests.offer_times(
        case, [factories.meeting(60), factories.meeting(61)], "Ông/bà chọn giúp.", actor(who["officer@unit"]), now
    ),
)
MEET: Step = (
    NOW,
    lambda case, who, now: actions.meet(case, now.date(), "Thống nhất sửa bể nước.", actor(who["head@unit"]), now),
)
INSIST: Step = (NOW, lambda case, who, now: actions.insist(case, "Vẫn muốn gặp.", resident_of(case), now))

STORIES: dict[str, tuple[Kind, list[Step]]] = {
    "received": (Kind.FEEDBACK, [FORWARD]),
    "assigned": (Kind.FEEDBACK, [FORWARD, ASSIGN]),
    "waiting": (Kind.FEEDBACK, [FORWARD, ASSIGN, ASK]),
    "reminded": (Kind.FEEDBACK, [FORWARD, ASSIGN, ASK, REMIND]),
    "pending": (Kind.FEEDBACK, [FORWARD, ASSIGN, PROPOSE]),
    "answered": (Kind.FEEDBACK, [FORWARD, ASSIGN, PROPOSE, APPROVE]),
    "closed": (Kind.FEEDBACK, [FORWARD, ASSIGN, PROPOSE, APPROVE, CLOSE]),
    "refused": (Kind.FEEDBACK, [FORWARD, REFUSE]),
    "reopened": (Kind.FEEDBACK, [FORWARD, ASSIGN, PROPOSE, APPROVE, REOPEN]),
    "complaint": (Kind.COMPLAINT, [FORWARD]),
    "registered": (Kind.COMPLAINT, [FORWARD, REGISTER]),
    "handed": (Kind.COMPLAINT, [FORWARD, REGISTER, HAND]),
    "accepted": (Kind.COMPLAINT, [FORWARD, REGISTER, ACCEPT, HAND]),
    "verifying": (Kind.COMPLAINT, [FORWARD, REGISTER, ACCEPT, HAND, VERIFY]),
    "suspended": (Kind.COMPLAINT, [FORWARD, REGISTER, ACCEPT, HAND, SUSPEND]),
    "decided": (Kind.COMPLAINT, [FORWARD, REGISTER, ACCEPT, HAND, DECIDE]),
    "enforcing": (Kind.COMPLAINT, [FORWARD, REGISTER, ACCEPT, HAND, DECIDE, ENFORCE]),
    "asked": (Kind.DIALOGUE, [FORWARD]),
    "held": (Kind.DIALOGUE, [FORWARD, ASSIGN]),
    "offered": (Kind.DIALOGUE, [FORWARD, ASSIGN, OFFER]),
    "unchosen": (Kind.DIALOGUE, [FORWARD, ASSIGN, OFFER, REMIND]),
    "scheduled": (Kind.DIALOGUE, [FORWARD, ASSIGN, SCHEDULE]),
    "met": (Kind.DIALOGUE, [FORWARD, ASSIGN, SCHEDULE, MEET]),
    "proposed": (Kind.DIALOGUE, [FORWARD, ASSIGN, PROPOSE]),
    "written": (Kind.DIALOGUE, [FORWARD, ASSIGN, PROPOSE, APPROVE]),
    "filed": (Kind.DIALOGUE, [FORWARD, ASSIGN, PROPOSE, APPROVE, CLOSE]),
    "insisted": (Kind.DIALOGUE, [FORWARD, ASSIGN, PROPOSE, APPROVE, INSIST]),
}
THE_CASE = "reopened"
"""The case at whose doors everybody knocks: with an officer again, with files and a signed paper."""


def tell(people: People) -> dict[str, Case]:
    """Live all stories at once, day by day, as the journal's clock only runs forward."""
    cases = {stage: came(kind) for stage, (kind, _steps) in STORIES.items()}
    told = [(when, number, stage, do) for stage, (_kind, steps) in STORIES.items()
            for number, (when, do) in enumerate(steps)]  # fmt: skip
    for when, _number, stage, do in sorted(told, key=lambda step: step[:2]):
        do(cases[stage], people, when)
    return cases
