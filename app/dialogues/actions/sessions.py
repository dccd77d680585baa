"""A session before it is held: planned, its programme changed, announced. Moving and calling off: moving.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from ... import clock
from ...cases.folding import nfc
from ...cases.models import Case
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid, WrongStep
from ...rules import deadlines
from ...rules.deadlines import Derivation
from ...rules.dialogues import sessions
from ...rules.workflow import N_, Action, Actor, Kind, why_not
from ...units.calendar import law
from ...units.models import Unit
from ...units.queries import next_number
from ..models import DialogueSession
from .calls import answer_call
from .perform import must_at, remember
from .stages import check_place, must_do, said, waiting
from .texts import needed, text


@dataclass(frozen=True)
class NewSession:
    """What somebody typed about a session; wall times of the town."""

    kind: str
    title: str
    on: date
    starts: time
    ends: time
    agenda: str = ""
    area: str = ""
    mode: str = "in_person"
    place: str = ""
    link: str = ""
    chair: str = ""
    on_request: bool = False
    is_public: bool = True
    case: Case | None = field(default=None, repr=False)
    """Of kind complaint: the complaint within which it is held."""


def plan_session(new: NewSession, unit: Unit, actor: Actor, now: datetime) -> DialogueSession:
    """Put a session in the calendar, and work out by when it is to be announced.

    Invalid for a time that has passed, an end before the beginning, a conference with no agenda. The resident who
    chooses a time that the unit proposed plans it in the unit's name.
    """
    if actor.case_id is None:
        must_at(Action.PLAN_SESSION, unit, actor)
    check_new(new, now)
    _of_a_complaint(new, actor)
    session = DialogueSession(
        number=session_number(new.on.year), unit_id=unit.id, kind=new.kind, case_id=new.case.id if new.case else None,
        title=needed(new.title, "title", 200), agenda=nfc(new.agenda).strip(), area=nfc(new.area).strip(),
        on_request=new.on_request, on=new.on, starts=new.starts, ends=new.ends, mode=new.mode,
        place=nfc(new.place).strip(), link=new.link.strip(), chair=nfc(new.chair).strip(),
        is_public=new.is_public and new.kind != sessions.SessionKind.COMPLAINT, planned_by_id=actor.official_id,
        planned_at=now,
    )  # fmt: skip
    session.unit = unit
    db.session.add(session)
    set_clocks(session)
    db.session.flush()
    remember(Action.PLAN_SESSION, session.about, unit.id, actor, now, status="planned", number=session.number,
             on=session.on, starts=f"{session.starts:%H:%M}", kind=session.kind, title=session.title)  # fmt: skip
    if session.on_request:
        answer_call(session, clock.day_of(now))
    return session


def _of_a_complaint(new: NewSession, actor: Actor) -> None:
    """Within a complaint's settlement only while a dialogue may be written down in it; WrongStep with the reason."""
    if (new.kind == sessions.SessionKind.COMPLAINT) != (new.case is not None):
        raise Invalid(N_("Mở vụ việc khiếu nại rồi lên lịch đối thoại từ đó."), "kind")
    if new.case is not None:
        refused = why_not(actor, Action.HOLD_DIALOGUE, new.case)
        if refused or new.case.kind != Kind.COMPLAINT:
            raise WrongStep(refused or N_("Mở vụ việc khiếu nại rồi lên lịch đối thoại từ đó."))


def check_new(new: NewSession, now: datetime) -> None:
    """Invalid, unless a session can be planned like this: a known kind and way, a time to come, a place or a link."""
    if new.kind not in list(sessions.SessionKind):
        raise Invalid(N_("Chọn một mục trong danh sách."), "kind")
    check_time(new.on, new.starts, new.ends, now)
    if new.kind == sessions.SessionKind.CONFERENCE and not new.agenda.strip():
        raise Invalid(N_("Hội nghị cần có chương trình để thông báo cho dân."), "agenda")
    check_place(new.mode, new.place, new.link)


def check_time(on: date, starts: time, ends: time, now: datetime) -> None:
    """Invalid, unless the time is still to come and ends after it begins."""
    if datetime.combine(on, starts) <= clock.local(now).replace(tzinfo=None):
        raise Invalid(N_("Giờ này đã qua. Chọn giờ khác."), "on")
    if ends <= starts:
        raise Invalid(N_("Giờ kết thúc phải sau giờ bắt đầu."), "ends")


def session_number(year: int) -> str:
    """The public number of a session."""
    return f"DT-{year}-{next_number(f'session:{year}'):06d}"


def set_clocks(session: DialogueSession) -> None:
    """By when a conference or theme is announced, and by when its results are published: law, from its day.

    Law 72/2025/QH15 art. 43. Sessions on request or within a complaint have neither clock.
    """
    session.announce_due_on, session.announce_derivation = None, None
    session.publish_due_on, session.publish_derivation = None, None
    if session.kind not in sessions.ANNOUNCED_KINDS:
        return
    if (announce := _count("announce", session.on)) is not None:
        session.announce_due_on, session.announce_derivation = announce.due_on, announce.to_json()
    if (publish := _count("publish_results", session.on)) is not None:
        session.publish_due_on, session.publish_derivation = publish.due_on, publish.to_json()


@dataclass(frozen=True)
class Programme:
    """What may be changed without moving the session: everything but when and where."""

    title: str
    agenda: str = ""
    area: str = ""
    chair: str = ""
    is_public: bool = True


def change_session(session: DialogueSession, new: Programme, actor: Actor, now: datetime,
                   version: int | None = None) -> Event:  # fmt: skip
    """Change the programme. Invalid for a conference without one, or a session made public against an asker's will.

    When and where are changed by moving it, so that everybody who was told is told again.
    """
    must_do(Action.CHANGE_SESSION, session, actor, now, version)
    title, agenda = needed(new.title, "title", 200), text(new.agenda, "agenda")
    if session.kind == sessions.SessionKind.CONFERENCE and not agenda:
        raise Invalid(N_("Hội nghị cần có chương trình để thông báo cho dân."), "agenda")
    if new.is_public and not session.is_public:
        _may_be_public(session)
    if session.announced_on and not new.is_public:
        raise Invalid(N_("Buổi này đã thông báo cho dân, không rút lại được. Không tổ chức nữa thì hủy."), "is_public")
    area, chair = text(new.area, "area", 200), text(new.chair, "chair", 200)
    session.title, session.agenda, session.area, session.chair = title, agenda, area, chair
    session.is_public = new.is_public
    return said(Action.CHANGE_SESSION, session, actor, now, title=session.title, is_public=session.is_public)


def _may_be_public(session: DialogueSession) -> None:
    if session.kind == sessions.SessionKind.COMPLAINT:
        raise Invalid(N_("Đối thoại trong giải quyết khiếu nại không công khai ở đây."), "is_public")
    if any(not case.is_public for case in waiting(session)):
        raise Invalid(N_("Có người đề nghị không đồng ý công khai. Buổi này không công khai được."), "is_public")


def announce(session: DialogueSession, ways: Sequence[str], actor: Actor, now: datetime, on: date | None = None,
             version: int | None = None) -> Event:  # fmt: skip
    """Tell the people of it: from that day it stands on the public page. Later than the law allows is still better
    than never: it is done, said plainly, and counted as late (Law 72/2025/QH15 art. 43: at least 7 days before).

    `on` is the day it was made known, where that was before today; never before it was planned.
    """
    must_do(Action.ANNOUNCE_SESSION, session, actor, now, version)
    chosen, day = ways_of(ways), on or clock.day_of(now)
    if not clock.day_of(session.planned_at) <= day <= clock.day_of(now):
        raise Invalid(N_("Ngày thông báo từ ngày lên lịch đến hôm nay."), "on")
    if day > session.on:
        raise Invalid(N_("Ngày thông báo không thể sau ngày đối thoại."), "on")
    session.announced_on, session.announced_by = day, chosen
    return said(Action.ANNOUNCE_SESSION, session, actor, now, on=day, ways=chosen,
                days_late=sessions.days_late(session.announce_due_on, day))  # fmt: skip


def ways_of(ways: Sequence[str]) -> list[str]:
    """By which ways, in the list's order; this page is always one of them. Invalid for none or an unknown one."""
    if not ways or set(ways) - set(sessions.WAYS):
        raise Invalid(N_("Chọn ít nhất một cách báo cho dân."), "ways")
    return [way for way in sessions.WAYS if way in ways or way == "portal"]


def _count(stage: str, on: date) -> Derivation | None:
    rules = law()
    rule = rules.find(Kind.DIALOGUE, stage, "", on)
    return deadlines.due(rule, on, rules.calendar) if rule else None
