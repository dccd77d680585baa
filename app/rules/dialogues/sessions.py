"""A dialogue session from plan to publication: the stage read off its facts, and what each verb still lacks.

Law 72/2025/QH15 art. 43: a commune's conference is announced at least 7 days before and its results published within
10 days after.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from ..workflow.vocabulary import N_, Action


class SessionKind(StrEnum):
    """The yearly conference, a theme, a request that was granted, a dialogue within a complaint's settlement."""

    CONFERENCE = "conference"
    THEME = "theme"
    REQUEST = "request"
    COMPLAINT = "complaint"


class Stage(StrEnum):
    """How far a session is."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    CALLED_OFF = "called_off"
    HELD = "held"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"


ANNOUNCED_KINDS = frozenset({SessionKind.CONFERENCE, SessionKind.THEME})
"""Sessions that anybody may come to: they are announced and their results published."""
WAYS = ("portal", "posting", "loudspeaker", "village_heads", "letter", "media")
"""Ways of announcing and publishing (Law 72/2025/QH15 art. 43; Law 10/2022/QH15 art. 12)."""
ROLES = ("asker", "representative", "office", "front", "council", "guest")
INVITED = ROLES[2:]
"""Whom the office invites; askers and who speaks for them come with their requests."""


def days_late(due_on: date | None, done_on: date | None) -> int:
    """By how many days a duty with a last day was done late; 0 in time, or where there was no such duty."""
    return max((done_on - due_on).days, 0) if due_on is not None and done_on is not None else 0


class Held(Protocol):
    """What of a session the rules look at."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def announced_on(self) -> date | None: ...
    @property
    def called_off_at(self) -> datetime | None: ...
    @property
    def held_at(self) -> datetime | None: ...
    @property
    def is_public(self) -> bool: ...
    @property
    def minutes(self) -> str: ...
    @property
    def submitted_at(self) -> datetime | None: ...
    @property
    def approved_at(self) -> datetime | None: ...
    @property
    def published_on(self) -> date | None: ...


def stage_of(session: Held | Any) -> Stage:
    """How far the session is."""
    if session.called_off_at is not None:
        return Stage.CALLED_OFF
    for fact, stage in (
        (session.published_on, Stage.PUBLISHED), (session.approved_at, Stage.APPROVED),
        (session.submitted_at, Stage.SUBMITTED), (session.held_at, Stage.HELD),
        (session.announced_on, Stage.ANNOUNCED),
    ):  # fmt: skip
        if fact is not None:
            return stage
    return Stage.PLANNED


COMING = frozenset({Stage.PLANNED, Stage.ANNOUNCED})
WRITTEN = frozenset({Stage.HELD})

IN_PUBLIC = frozenset({Action.ANNOUNCE_SESSION, Action.PUBLISH_MINUTES})
"""Verbs that put a session before everybody: never one within a complaint, which is not public."""

SOURCES: dict[Action, frozenset[Stage]] = {
    Action.CHANGE_SESSION: COMING,
    Action.ANNOUNCE_SESSION: frozenset({Stage.PLANNED}),
    Action.MOVE_SESSION: COMING,
    Action.CALL_OFF_SESSION: COMING,
    Action.HOLD_SESSION: COMING,
    Action.PUT_QUESTION: COMING | {Stage.HELD},
    Action.ANSWER_QUESTION: COMING | {Stage.HELD, Stage.APPROVED, Stage.PUBLISHED},
    Action.WRITE_MINUTES: frozenset({Stage.HELD}),
    Action.SUBMIT_MINUTES: frozenset({Stage.HELD}),
    Action.RETURN_MINUTES: frozenset({Stage.SUBMITTED}),
    Action.APPROVE_MINUTES: frozenset({Stage.SUBMITTED}),
    Action.PUBLISH_MINUTES: frozenset({Stage.APPROVED}),
}
"""At which stages a verb may be done."""


def why_not(action: Action, session: Held | Any, today: date) -> str | None:
    """Why this cannot be done with the session today, or None."""
    stage = stage_of(session)
    if action == Action.PUBLISH_MINUTES and not session.minutes.strip():
        return N_("Chưa có biên bản, chưa công khai được.")
    if action in IN_PUBLIC and not session.is_public:
        return N_("Buổi này không công khai. Muốn công khai thì đổi ở phần chương trình trước.")
    if stage not in SOURCES[action]:
        return _out_of_order(action, stage)
    if action == Action.HOLD_SESSION:
        if session.on > today:
            return N_("Chưa đến ngày đối thoại.")
        if session.kind == SessionKind.CONFERENCE and session.announced_on is None:
            return N_("Hội nghị chưa được thông báo cho dân (Luật 72/2025/QH15, điều 43).")
    if action == Action.SUBMIT_MINUTES and not session.minutes.strip():
        return N_("Chưa ghi biên bản.")
    return None


def _out_of_order(action: Action, stage: Stage) -> str:
    if stage == Stage.CALLED_OFF:
        return N_("Buổi này đã hủy.")
    if stage in COMING:
        return N_("Buổi đối thoại chưa diễn ra.")
    if action == Action.PUBLISH_MINUTES and stage in (Stage.HELD, Stage.SUBMITTED):
        return N_("Biên bản chưa được duyệt, chưa công khai được.")
    if action in (Action.WRITE_MINUTES, Action.SUBMIT_MINUTES) and stage == Stage.SUBMITTED:
        return N_("Biên bản đang chờ duyệt.")
    if action in (Action.RETURN_MINUTES, Action.APPROVE_MINUTES) and stage == Stage.HELD:
        return N_("Biên bản chưa được trình.")
    return N_("Buổi đối thoại đã qua bước này.")
