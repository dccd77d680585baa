"""Whether a promise was kept: reported done by who made it, found by another unit, doubted by who was promised."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ... import clock
from ...attachments.clean import Cleaned
from ...cases.models import Case
from ...journal.models import Event
from ...journal.record import Thing, record
from ...refusals import Missing, NotAllowed, WrongStep
from ...rules.dialogues.commitments import OPEN, State
from ...rules.workflow import N_, Action, Actor
from ..models import Commitment, Objection
from .askers import Askers, askers_of, facts_of, keepers_of, tell_askers, verifiers_of
from .commitments import LONGEST, must
from .enclosures import enclose, must_have_room
from .perform import must_at, remember
from .texts import needed


def report_done(commitment: Commitment, evidence: str, actor: Actor, now: datetime, version: int | None = None, *,
                files: Iterable[Cleaned] = ()) -> Event:  # fmt: skip
    """The promising unit says that it is done, with what shows it; the verifying unit is told to look."""
    must_at(Action.REPORT_DONE, commitment.unit, actor, commitment, version)
    after, files = must(Action.REPORT_DONE, commitment, now), list(files)
    evidence = needed(evidence, "evidence", LONGEST, N_("Ghi việc gì đã làm xong, ở đâu, ngày nào."))
    must_have_room(commitment.about, files)
    commitment.state, commitment.evidence = str(after), evidence
    commitment.reported_on, commitment.reported_by_id = clock.day_of(now), actor.official_id
    event = remember(
        Action.REPORT_DONE, commitment.about, commitment.unit_id, actor, now, verifiers_of(commitment, now),
        status=commitment.state, due_on=commitment.due_on, text=evidence, unit=commitment.unit.code,
        **facts_of(commitment),
    )  # fmt: skip
    enclose(files, commitment.about, event, actor, now)
    tell_askers(Action.REPORT_DONE, commitment, actor, now, text=evidence, unit=commitment.unit.code)
    return event


def confirm_kept(commitment: Commitment, finding: str, actor: Actor, now: datetime,
                 version: int | None = None) -> Event:  # fmt: skip
    """The other unit looked, and it is done; open objections are answered by the finding."""
    return _find(Action.CONFIRM_KEPT, commitment, finding, actor, now, version)


def find_broken(commitment: Commitment, finding: str, actor: Actor, now: datetime,
                version: int | None = None) -> Event:  # fmt: skip
    """The other unit looked, and it is not done: back to work while there is time, broken after the date."""
    return _find(Action.FIND_BROKEN, commitment, finding, actor, now, version)


def _find(action: Action, commitment: Commitment, finding: str, actor: Actor, now: datetime,
          version: int | None) -> Event:  # fmt: skip
    must_at(action, commitment.verifier, actor, commitment, version)
    if refused := not_another(commitment, actor):
        raise NotAllowed(refused)
    after = must(action, commitment, now)
    finding = needed(finding, "finding", LONGEST, N_("Ghi đã kiểm tra thế nào và thấy gì."))
    commitment.state, commitment.finding = str(after), finding
    commitment.found_at, commitment.found_by_id = now, actor.official_id
    if after == State.OPEN:
        commitment.reported_on, commitment.reported_by_id = None, None
    for objection in commitment.objections:
        objection.answered_at = objection.answered_at or now
    event = remember(
        action, commitment.about, commitment.unit_id, actor, now, keepers_of(commitment, now),
        status=commitment.state, due_on=commitment.due_on, text=finding, unit=commitment.verifier.code,
        is_back_to_work=after in OPEN, **facts_of(commitment),
    )  # fmt: skip
    tell_askers(action, commitment, actor, now, text=finding, unit=commitment.verifier.code,
                is_back_to_work=after in OPEN)  # fmt: skip
    return event


def not_another(commitment: Commitment, actor: Actor) -> str | None:
    """Why this official would judge their own work: who reported it, was to do it, or serves where it was promised."""
    if actor.official_id is not None and actor.official_id in (commitment.reported_by_id, commitment.responsible_id):
        return N_("Người thực hiện hoặc đã báo xong không tự xác nhận việc của mình.")
    if any(post.unit_id == commitment.unit_id for post in actor.posts):
        return N_("Người của đơn vị đã cam kết không xác nhận cho chính đơn vị mình.")
    return None


def object_to(commitment: Commitment, text: str, actor: Actor, now: datetime) -> Event:
    """An asker says "not done": the verifying unit must look anew. One open objection each.

    Missing for whoever it was not promised to: it is not theirs to know. WrongStep where nobody said that it is done.
    """
    askers = askers_of(commitment)
    if not askers.has(actor) or commitment.state in (State.DRAFT, State.DROPPED):
        raise Missing
    after = must(Action.OBJECT, commitment, now)
    if any(is_theirs(objection, actor) and objection.answered_at is None for objection in commitment.objections):
        raise WrongStep(N_("Ông/bà đã báo chưa xong. Đơn vị xác nhận đang xem lại."))
    text = needed(text, "text", LONGEST, N_("Ghi điều gì chưa xong."))
    commitment.state = str(after)
    commitment.objections.append(Objection(case_id=actor.case_id if askers.cases else None, text=text, at=now,
                                           booking_id=actor.booking_id if askers.bookings else None))  # fmt: skip
    told = dict.fromkeys([*verifiers_of(commitment, now), *keepers_of(commitment, now)])
    event = remember(Action.OBJECT, commitment.about, commitment.unit_id, actor, now, told, status=commitment.state,
                     due_on=commitment.due_on, text=text, **facts_of(commitment))  # fmt: skip
    record(Action.OBJECT, _own(askers, actor), actor, now, text=text, **facts_of(commitment))
    return event


def is_theirs(objection: Objection, actor: Actor) -> bool:
    """Whether that resident made this objection."""
    if objection.case_id is not None:
        return objection.case_id == actor.case_id
    return objection.booking_id == actor.booking_id


def _own(askers: Askers, actor: Actor) -> Case | Thing:
    """The objector's own case or booking, whose page tells of it."""
    case = next((case for case in askers.cases if case.id == actor.case_id), None)
    if case is not None:
        return case
    booking = next(booking for booking in askers.bookings if booking.id == actor.booking_id)
    return Thing(booking.about, booking.unit_id, booking.state)
