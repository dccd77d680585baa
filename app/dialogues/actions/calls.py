"""Voters of a commune ask for a dialogue conference: each counted once, on the web or on paper lists.

At a tenth of the voters the commune owes one (Law 72/2025/QH15 art. 43): an event, and a notice to its head.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select

from ... import clock
from ...cases.folding import nfc
from ...extensions import db
from ...refusals import Invalid, Missing
from ...rules.dialogues import duties, voters
from ...rules.workflow import N_, Action, Actor
from ...units.calendar import law
from ...units.models import Unit
from ...units.queries import setting
from ..models import ConferenceCall, DialogueSession, Voice
from .perform import heads_of, must_at, remember
from .voices import person_key

COMMUNE = "commune_peoples_committee"
"""Who owes the conference, in the words of deadlines.toml."""


def share(on: date) -> float | None:
    """Which share of a commune's voters obliges it on that day, by the law's own figure; None where no law says."""
    owed = duties.of(duties.read(law().duties), [COMMUNE], duties.CONFERENCE)
    return next((duty.voter_share for duty in owed if duty.voter_share and duty.in_force(on)), None)


def open_call(unit: Unit) -> ConferenceCall | None:
    """The call that runs at this unit; one that a session answers is closed."""
    return db.session.scalar(
        select(ConferenceCall)
        .where(ConferenceCall.unit_id == unit.id, ConferenceCall.closed_on.is_(None))
        .order_by(ConferenceCall.id.desc())
        .limit(1)
    )


def ask_for_conference(unit: Unit, phone: str, about: str, secret: str, now: datetime,
                       actor: Actor) -> tuple[ConferenceCall, bool]:  # fmt: skip
    """One voter's voice by the public page; whether it was new. The telephone itself is not kept.

    Missing for a unit that owes no conference; Invalid for no telephone.
    """
    person_key("", phone, secret)
    call = _running(unit, clock.day_of(now))
    return call, _count(call, person_key(call.about, phone, secret), 1, nfc(about).strip()[:200], actor, now)


def enter_list(unit: Unit, number: str, count: int, where: str, actor: Actor, now: datetime) -> ConferenceCall:
    """A signed paper list, by a clerk: its number, how many signed, where it lies. Invalid for one entered before."""
    must_at(Action.CALL_CONFERENCE, unit, actor)
    number, where = nfc(number).strip(), nfc(where).strip()
    if not number or len(number) > 60:
        raise Invalid(N_("Ghi số của danh sách, không quá 60 chữ cái."), "number")
    if not where or len(where) > 200:
        raise Invalid(N_("Ghi danh sách giấy nằm ở đâu, không quá 200 chữ cái."), "where")
    if not 1 <= count <= voters.MOST_ON_A_LIST:
        raise Invalid(N_("Ghi số cử tri đã ký, từ 1 trở lên."), "count")
    call = _running(unit, clock.day_of(now))
    if call.voters and call.counted + count > call.voters:
        raise Invalid(N_("Cộng lại nhiều hơn số cử tri của xã. Kiểm tra lại giúp."), "count")
    if not _count(call, number, count, where, actor, now):
        raise Invalid(N_("Danh sách số này đã nhập rồi."), "number")
    return call


def _running(unit: Unit, today: date) -> ConferenceCall:
    """The unit's call, opened with the first voice. Whoever counts waits for the unit's row, so that one is opened."""
    part = share(today)
    if part is None or not unit.is_area:
        raise Missing
    db.session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())
    call, known = open_call(unit), int(setting("voters", unit.id) or 0)
    if call is None:
        call = ConferenceCall(unit_id=unit.id, subject="", voters=known, needed=voters.needed(known, part),
                              counted=0, opened_on=today)  # fmt: skip
        call.unit = unit
        db.session.add(call)
        db.session.flush()
    else:
        db.session.refresh(call)
    if call.voters == 0 and known:
        call.voters, call.needed = known, voters.needed(known, part)
    return call


def _count(call: ConferenceCall, person: str, count: int, note: str, actor: Actor, now: datetime) -> bool:
    """Count it unless it was counted before; at the threshold the head is told, once."""
    if db.session.scalar(select(func.count()).where(Voice.subject == call.about, Voice.person == person)):
        return False
    db.session.add(Voice(subject=call.about, person=person, count=count, at=now, note=note,
                         entered_by_id=actor.official_id))  # fmt: skip
    call.counted += count
    is_reached = call.reached_at is None and voters.reached(call.counted, call.needed)
    if is_reached:
        call.reached_at = now
    tell = heads_of(call.unit_id, clock.day_of(now)) if is_reached else []
    remember(Action.CALL_CONFERENCE, call.about, call.unit_id, actor, now, tell, added=count, counted=call.counted,
             needed=call.needed, reached=is_reached, by_list=person if actor.official_id else "")  # fmt: skip
    return True


def answer_call(session: DialogueSession, today: date) -> None:
    """A conference is planned because voters asked: their call is answered by it, and new voices start another."""
    call = open_call(session.unit)
    if call is not None:
        call.session_id, call.closed_on = session.id, today


def owe_again(session: DialogueSession) -> None:
    """The conference was called off: what voters asked for is owed again, unless they have begun to ask anew."""
    call = db.session.scalar(select(ConferenceCall).where(ConferenceCall.session_id == session.id))
    if call is not None:
        call.session_id = None
        if open_call(session.unit) is None:
            call.closed_on = None
