"""A resident asks to have their own data erased, corrected or no longer used: granted, extended, or refused.

Law 91/2025/QH15 and Decree 356/2025/NĐ-CP. The answer of the page itself is the reply of the first two working days:
it says what was asked and until when it is carried out.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from .. import clock
from ..cases.actions.perform import needed
from ..cases.models import Case, PrivacyRequest
from ..extensions import db
from ..journal.models import Event
from ..journal.record import Told, head_for_update, record
from ..refusals import Invalid, NotAllowed, WrongStep
from ..rules import deadlines
from ..rules.deadlines import Derivation, Rule
from ..rules.visibility import decides_on_data
from ..rules.workflow import N_, Action, Actor, Role
from ..units.calendar import law
from .erase import erase_person

VARIANTS = {"erase": "withdraw_restrict_object", "object": "withdraw_restrict_object", "correct": "access_or_edit"}
"""What may be asked, and by which clock of the law it is carried out."""
KINDS = tuple(VARIANTS)


def ask(case: Case, kind: str, text: str, actor: Actor, now: datetime) -> PrivacyRequest:
    """The resident asks; one of a kind at a time. Invalid for an unknown kind, an open one, or a correction unsaid.

    Of a denunciation there is nothing to ask for: the server holds nothing of who wrote it (NotAllowed).
    """
    head_for_update(now)  # two clicks meet here: the second finds the first's request
    if case.is_sealed or actor.case_id != case.id:
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    if kind not in VARIANTS:
        raise Invalid(N_("Chọn một mục trong danh sách."), "kind")
    if open_of(case, kind) is not None:
        raise Invalid(N_("Yêu cầu này đang được xem xét. Không phải gửi lại."), "kind")
    words = needed(text, "text", 2000) if kind == "correct" else text.strip()[:2000]
    day = clock.day_of(now)
    reply, carry_out = _clock("reply", "", day), _clock("carry_out", VARIANTS[kind], day)
    request = PrivacyRequest(case_id=case.id, case=case, kind=kind, text=words, asked_at=now,
                             derivation=carry_out.to_json(), reply_due_on=reply.due_on,
                             due_on=carry_out.due_on)  # fmt: skip
    db.session.add(request)
    db.session.flush()
    tell = [Told(Role.RESIDENT)] if case.contact_email else []
    record(Action.DATA_ASKED, case, actor, now, tell=tell, kind=kind, text=words, until=carry_out.due_on.isoformat())
    return request


def _clock(stage: str, variant: str, day: date) -> Derivation:
    rules = law()
    rule = rules.find("privacy", stage, variant, day)
    if rule is None:
        raise WrongStep(N_("Quy định về yêu cầu này chưa có hiệu lực."))
    return deadlines.due(rule, day, rules.calendar)


def open_of(case: Case, kind: str) -> PrivacyRequest | None:
    """The request of that kind that waits for its decision."""
    return db.session.scalar(
        select(PrivacyRequest).where(
            PrivacyRequest.case_id == case.id, PrivacyRequest.kind == kind, PrivacyRequest.state == "open"
        )
    )


def may_decide(case: Case, actor: Actor) -> bool:
    """The head of the unit that holds the case, or of a unit above it."""
    return decides_on_data(actor, case.unit_path)


def extension_of(request: PrivacyRequest, on: date) -> Rule | None:
    """By which rule the clock of an open request may still be made longer: once, and before it has run out."""
    proof, rules = Derivation.from_json(request.derivation), law()
    if request.state != "open" or proof.extensions or on > request.due_on:
        return None
    return next((rule for rule in rules.rules if rule.extends == proof.rule_id and rule.in_force(on)), None)


def extend(request: PrivacyRequest, reason: str, actor: Actor, now: datetime) -> Event:
    """More time, as far as the decree gives it, with the reason: the resident is told of both days.

    WrongStep where it was made longer before, or has run out; Invalid without a reason.
    """
    case = _to_decide(request, actor, now)
    words, more = needed(reason, "reason", 2000), extension_of(request, clock.day_of(now))
    before, rules = Derivation.from_json(request.derivation), law()
    rule = rules.by_id(before.rule_id)
    if more is None or rule is None:
        raise WrongStep(N_("Thời hạn của yêu cầu này không kéo dài được nữa."))
    after = deadlines.due(rule, before.start_on, rules.calendar, extensions=[more])
    request.derivation, request.due_on = after.to_json(), after.due_on
    db.session.flush()
    tell = [Told(Role.RESIDENT)] if case.contact_email else []
    return record(Action.DATA_EXTENDED, case, actor, now, tell=tell, kind=request.kind, reason=words,
                  was=before.due_on.isoformat(), until=after.due_on.isoformat())  # fmt: skip


def grant(request: PrivacyRequest, note: str, actor: Actor, now: datetime) -> Event:
    """Carry it out: an erasure at once; a correction or an end of use has been seen to, as the note says.

    WrongStep where it was decided, or the case is held for a court or an inspection: then it is refused with that.
    """
    case = _to_decide(request, actor, now)
    if request.kind == "erase" and case.hold_reason:
        raise WrongStep(N_("Hồ sơ đang được giữ theo yêu cầu pháp lý, chưa xóa được. Bỏ lệnh giữ trước, hoặc từ chối."))
    words = note.strip() if request.kind == "erase" else needed(note, "reason", 2000)
    tell = [Told(Role.RESIDENT)] if case.contact_email and request.kind != "erase" else []
    if request.kind == "erase":
        erase_person(case)
    _decide(request, "granted", words, actor, now)
    return record(Action.DATA_GRANTED, case, actor, now, tell=tell, kind=request.kind, reason=words)


def refuse(request: PrivacyRequest, reason: str, actor: Actor, now: datetime) -> Event:
    """Say no, always with the reason: the resident reads it on the page and by letter. Invalid without one."""
    case = _to_decide(request, actor, now)
    words = needed(reason, "reason", 2000)
    _decide(request, "refused", words, actor, now)
    tell = [Told(Role.RESIDENT)] if case.contact_email else []
    return record(Action.DATA_REFUSED, case, actor, now, tell=tell, kind=request.kind, reason=words)


def _to_decide(request: PrivacyRequest, actor: Actor, now: datetime) -> Case:
    head_for_update(now)
    db.session.refresh(request)
    if not may_decide(request.case, actor):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    if request.state != "open":
        raise WrongStep(N_("Yêu cầu này đã được quyết định."))
    return request.case


def _decide(request: PrivacyRequest, state: str, words: str, actor: Actor, now: datetime) -> None:
    request.state, request.reason = state, words
    request.decided_at, request.decided_by_id = now, actor.official_id
    db.session.flush()
