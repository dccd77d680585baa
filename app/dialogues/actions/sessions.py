"""A session from plan to call-off: planned, changed, announced, moved. Holding it stands in holding.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from ... import clock
from ...cases.folding import nfc
from ...cases.models import Case
from ...extensions import db
from ...refusals import Invalid
from ...rules import deadlines
from ...rules.deadlines import Derivation
from ...rules.dialogues import groups, sessions
from ...rules.workflow import N_, Action, Actor, Kind
from ...units.calendar import law
from ...units.models import Unit
from ...units.queries import next_number
from ..models import DialogueSession
from .perform import must_at, remember


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
    session = DialogueSession(
        number=session_number(new.on.year), unit_id=unit.id, kind=new.kind, case_id=new.case.id if new.case else None,
        title=_needed(new.title, "title", 200), agenda=nfc(new.agenda).strip(), area=nfc(new.area).strip(),
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
    return session


def _needed(text: str, name: str, longest: int) -> str:
    tidy = nfc(text).strip()
    if not tidy:
        raise Invalid(N_("Chưa ghi nội dung."), name)
    if len(tidy) > longest:
        raise Invalid(N_("Nội dung dài quá. Rút gọn lại hoặc gửi kèm tệp."), name)
    return tidy


def check_new(new: NewSession, now: datetime) -> None:
    """Invalid, unless a session can be planned like this: a known kind and way, a time to come, a place or a link."""
    if new.kind not in list(sessions.SessionKind):
        raise Invalid(N_("Chọn một mục trong danh sách."), "kind")
    if new.mode not in groups.MODES:
        raise Invalid(N_("Chọn một mục trong danh sách."), "mode")
    check_time(new.on, new.starts, new.ends, now)
    if new.kind == sessions.SessionKind.CONFERENCE and not new.agenda.strip():
        raise Invalid(N_("Hội nghị cần có chương trình để thông báo cho dân."), "agenda")
    if new.mode == "in_person" and not new.place.strip():
        raise Invalid(N_("Ghi nơi đối thoại."), "place")
    if new.mode == "online" and not new.link.strip():
        raise Invalid(N_("Ghi đường dẫn để vào họp trực tuyến."), "link")


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


def _count(stage: str, on: date) -> Derivation | None:
    rules = law()
    rule = rules.find(Kind.DIALOGUE, stage, "", on)
    return deadlines.due(rule, on, rules.calendar) if rule else None
