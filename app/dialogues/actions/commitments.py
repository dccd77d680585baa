"""A promise is made, stands with its answer, or is dropped before the signature. Later: replacing.py, findings.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from ... import clock
from ...accounts.models import Official
from ...accounts.queries import holder_ids
from ...cases.folding import nfc
from ...cases.models import Case
from ...cases.receipts import hashed
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid, WrongStep
from ...rules.dialogues import commitments, may_at
from ...rules.dialogues.commitments import State
from ...rules.dialogues.reception import BookingState
from ...rules.visibility import DESK, lies_in
from ...rules.workflow import N_, Action, Actor, Status
from ...units.models import Unit
from ...units.queries import next_number, setting, unit_by_code
from ..models import Booking, Commitment, DialogueSession
from .askers import facts_of, keepers_of, tell_askers, verifiers_of
from .perform import must_at, remember
from .texts import needed

Source = Case | Booking | DialogueSession
ANSWERED = (Status.ANSWERED, Status.ENFORCING, Status.CLOSED)
ANSWERING = (Status.ASSIGNED, Status.VERIFYING, Status.WAITING, Status.PENDING_APPROVAL)
"""While an answer is written: what is promised then stands once the head has signed (design: nothing unsigned)."""
LONGEST = 2000
KEEPERS = DESK


@dataclass(frozen=True)
class NewPromise:
    """What somebody typed: what is promised, who does it (empty: the unit itself), by when, what will show it."""

    what: str
    due_on: date | None
    unit_code: str = ""
    evidence_wanted: str = ""
    responsible: Official | None = None
    verifier_code: str = ""
    is_public: bool | None = None
    """Whether it may stand on the public page; None: of a public session yes, else no."""


def promise(new: NewPromise, source: Source, actor: Actor, now: datetime, *, token: str = "") -> Commitment:
    """Make a commitment in an answer, at a reception or in a session; the askers are told.

    In an answer that is still written it is a draft, until `stand`. NotAllowed for who may not at the source's unit,
    WrongStep before there is anything to promise in, Invalid for a day that has passed, a unit out of reach, or a
    verifier that could not be impartial. The same form sent twice (`token`) gives the same commitment.
    """
    must_at(Action.PROMISE, source.unit, actor)
    if (sent := _sent_before(token)) is not None:
        return sent
    state = _state_for(source)
    commitment = _made(new, source, state, actor, now)
    if (sent := _sent_before(token)) is not None:  # while this one waited for its number
        return sent
    commitment.token_hash = _hash(token)
    db.session.add(commitment)
    db.session.flush()
    remember_made(commitment, actor, now)
    if state == State.OPEN:
        tell_askers(Action.PROMISE, commitment, actor, now, unit=commitment.unit.code)
    return commitment


def _hash(token: str) -> str | None:
    return hashed(f"promise:{token}") if token else None


def _sent_before(token: str) -> Commitment | None:
    """What the same form made, if it came before."""
    found = _hash(token)
    return db.session.scalar(select(Commitment).where(Commitment.token_hash == found)) if found else None


def _state_for(source: Source) -> State:
    """Whether the promise stands at once; WrongStep where there is nothing yet in which to make one."""
    refused = None
    if isinstance(source, Booking):
        refused = None if source.state == BookingState.DONE else N_("Chưa tiếp xong thì chưa ghi được cam kết.")
        if source.is_sealed:
            refused = N_("Việc tố cáo không ghi cam kết ở đây.")
    elif isinstance(source, DialogueSession):
        is_held = source.held_at is not None and source.called_off_at is None
        refused = None if is_held else N_("Buổi đối thoại chưa diễn ra thì chưa ghi được cam kết.")
    else:
        return _state_in_answer(source)
    if refused:
        raise WrongStep(refused)
    return State.OPEN


def is_ready(source: Source) -> bool:
    """Whether something can be promised in it now."""
    try:
        _state_for(source)
    except WrongStep:
        return False
    return True


def _state_in_answer(case: Case) -> State:
    if case.is_sealed:
        raise WrongStep(N_("Việc tố cáo không ghi cam kết ở đây."))
    if case.status in ANSWERED and case.answer_number:
        return State.OPEN
    if case.status in ANSWERING:
        return State.DRAFT
    raise WrongStep(N_("Cam kết đi cùng câu trả lời: vụ việc này chưa đến lúc trả lời."))


def _made(new: NewPromise, source: Source, state: State, actor: Actor, now: datetime) -> Commitment:
    today = clock.day_of(now)
    what = needed(new.what, "what", LONGEST, N_("Ghi rõ sẽ làm việc gì."))
    unit = _keeper(new.unit_code, source.unit, actor, today)
    verifier = _verifier(new.verifier_code, unit, today)
    made = Commitment(
        number=numbered(today.year), unit_id=unit.id,
        verifier_id=verifier.id, what=what, evidence_wanted=nfc(new.evidence_wanted).strip()[:LONGEST],
        due_on=ahead(new.due_on, today), responsible_id=responsible_at(new.responsible, unit, today), made_on=today,
        made_by_id=actor.official_id, state=str(state), is_public=_is_public(new, source), **made_in(source),
    )  # fmt: skip
    made.unit, made.verifier = unit, verifier
    return made


def numbered(year: int) -> str:
    """The next public number of a commitment."""
    return f"CK-{year}-{next_number(f'commitment:{year}'):06d}"


def made_in(source: Source) -> dict[str, Any]:
    """The one column that says where it was promised."""
    name = {Booking: "booking", DialogueSession: "session"}.get(type(source), "case")
    return {name: source, f"{name}_id": source.id}


def _is_public(new: NewPromise, source: Source) -> bool:
    if isinstance(source, Booking):
        return False
    return source.is_public if new.is_public is None and isinstance(source, DialogueSession) else bool(new.is_public)


def ahead(due_on: date | None, today: date) -> date:
    """A day to come, today included, that somebody can still be asked about; Invalid otherwise."""
    if due_on is None:
        raise Invalid(N_("Ghi ngày sẽ làm xong."), "due_on")
    if due_on < today:
        raise Invalid(N_("Ngày hẹn đã qua. Chọn ngày từ hôm nay trở đi."), "due_on")
    if due_on.year > today.year + 5:
        raise Invalid(N_("Ngày hẹn xa quá năm năm. Kiểm tra lại giúp."), "due_on")
    return due_on


def _keeper(code: str, source: Unit, actor: Actor, today: date) -> Unit:
    """The unit that must keep it: the source's own, one below it, or any other by a head's word."""
    if not code or code == source.code:
        return source
    unit = unit_by_code(code)
    if unit is None or not unit.is_valid(today):
        raise Invalid(N_("Chọn một đơn vị trong danh sách."), "unit_code")
    if not lies_in(unit.path, source.path) and not may_at(actor, Action.REPLACE_PROMISE, source.id, source.path):
        raise Invalid(N_("Chỉ lãnh đạo đơn vị mới ghi cam kết cho đơn vị không trực thuộc."), "unit_code")
    return unit


def default_verifier(unit: Unit, today: date) -> Unit | None:
    """Who looks whether that unit kept its word: the inspectorate, else the unit above; never itself.

    One below it only where nobody else is left: the inspectorate of a province stands below the province.
    """
    found = [unit_by_code(str(setting("inspectorate_unit") or "")), unit.parent]
    others = [other for other in found if other is not None and other.id != unit.id and other.is_valid(today)]
    beyond = [other for other in others if not lies_in(other.path, unit.path)]
    return next(iter(beyond or others), None)


def _verifier(code: str, unit: Unit, today: date) -> Unit:
    if not code:
        found = default_verifier(unit, today)
        if found is None:
            raise Invalid(N_("Chưa biết đơn vị nào xác nhận. Chọn một đơn vị khác."), "verifier_code")
        return found
    chosen = unit_by_code(code)
    if chosen is None or not chosen.is_valid(today):
        raise Invalid(N_("Chọn một đơn vị trong danh sách."), "verifier_code")
    if chosen.id == unit.id:
        raise Invalid(N_("Đơn vị đã cam kết không tự xác nhận. Chọn đơn vị khác."), "verifier_code")
    if lies_in(chosen.path, unit.path) and unit.parent_id is not None:
        raise Invalid(N_("Đơn vị cấp dưới không xác nhận cho cấp trên. Chọn đơn vị khác."), "verifier_code")
    return chosen


def responsible_at(official: Official | None, unit: Unit, today: date) -> int | None:
    """The id of the person named, who works at that unit; Invalid otherwise."""
    if official is None:
        return None
    if official.id not in holder_ids(unit.id, KEEPERS, today):
        raise Invalid(N_("Người này không làm việc ở đơn vị sẽ thực hiện cam kết."), "responsible")
    return official.id


def remember_made(commitment: Commitment, actor: Actor, now: datetime) -> Event:
    """The event of a promise made; who must keep it and who will look are told at the desk once it stands."""
    told = [*keepers_of(commitment, now), *verifiers_of(commitment, now)] if commitment.state == State.OPEN else ()
    return remember(
        Action.PROMISE, commitment.about, commitment.unit_id, actor, now, told, status=commitment.state,
        due_on=commitment.due_on, unit=commitment.unit.code, verifier=commitment.verifier.code, **facts_of(commitment),
    )  # fmt: skip


def stand(case: Case, actor: Actor, now: datetime) -> list[Commitment]:
    """The answer is signed: what was promised in it stands from this day, and the asker is told.

    Invalid, so that nothing is signed, where a promise in it was to be kept by a day that has passed meanwhile.
    """
    drafts = select(Commitment).where(Commitment.case_id == case.id, Commitment.state == State.DRAFT)
    found = list(db.session.scalars(drafts.order_by(Commitment.id)))
    today = clock.day_of(now)
    if any(commitment.due_on < today for commitment in found):
        raise Invalid(N_("Một cam kết trong câu trả lời đã qua ngày hẹn. Bỏ cam kết đó hoặc ghi lại ngày khác."))
    for commitment in found:
        commitment.state, commitment.made_on = str(State.OPEN), today
        remember_made(commitment, actor, now)
        tell_askers(Action.PROMISE, commitment, actor, now, unit=commitment.unit.code)
    return found


def must(action: Action, commitment: Commitment, now: datetime) -> State:
    """Where the verb leads, or WrongStep with the reason."""
    today = clock.day_of(now)
    refused = commitments.why_not(action, commitment.state, commitment.due_on, today)
    if refused:
        raise WrongStep(refused)
    return commitments.leads_to(action, commitment.state, commitment.due_on, today)


def drop(commitment: Commitment, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Take a promise out of an answer that is not signed; nobody outside the unit ever heard of it."""
    must_at(Action.DROP_PROMISE, source_unit(commitment), actor, commitment, version)
    commitment.state = str(must(Action.DROP_PROMISE, commitment, now))
    return remember(Action.DROP_PROMISE, commitment.about, commitment.unit_id, actor, now, status=commitment.state,
                    **facts_of(commitment))  # fmt: skip


def source_unit(commitment: Commitment) -> Unit:
    """The unit in whose answer, reception or session it was promised."""
    source = commitment.case or commitment.booking or commitment.session
    return source.unit if source is not None else commitment.unit


def source_of(commitment: Commitment) -> Source:
    """The answer, the reception or the session in which it was promised."""
    source = commitment.case or commitment.booking or commitment.session
    assert source is not None, "a commitment is always made in something"
    return source
