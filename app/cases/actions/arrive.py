"""How a case comes in: submitted, registered, received, accepted, corrected."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select

from ... import clock
from ...extensions import db
from ...journal.models import Event
from ...journal.record import head_for_update
from ...refusals import Invalid, NotAllowed, WrongStep
from ...rules.workflow import N_, Action, Actor, Kind, Status, is_held_by, step_of
from ...units.models import Category, Unit
from ...units.queries import first_unit, next_number, setting
from ..folding import nfc
from ..models import Case, Custody
from ..receipts import hashed
from ..search import index
from . import clocks
from .perform import custody_of, done, must, needed

PREFIX = {Kind.FEEDBACK: "PA", Kind.COMPLAINT: "KN"}
CONTENT = ("kind", "title", "body", "category_code", "commune_code", "wanted_unit_code", "place", "name", "phone",
           "email", "address", "is_public", "against", "known_on", "request")  # fmt: skip


@dataclass(frozen=True)
class NewCase:
    """What a resident typed, or a clerk typed for them; texts as typed, codes of units and categories."""

    kind: Kind
    title: str
    body: str
    category_code: str
    commune_code: str = ""
    wanted_unit_code: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    is_public: bool = False
    against: str = ""
    known_on: date | None = None
    request: str = ""
    language: str = "vi"
    channel: str = "web"
    signed_on: date | None = None
    """Counter: the day the signed original of a complaint was handed in."""
    content: str = field(default="", repr=False)

    def fingerprint(self) -> str:
        """SHA-256 of the content: the same form sent twice is told from another text under the same token."""
        values = {name: str(getattr(self, name)) for name in CONTENT}
        return sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def already_sent(token: str, new: NewCase) -> Case | None:
    """The case this form made before, if it did; another text under the same token is refused."""
    case = db.session.scalar(select(Case).where(Case.token_hash == hashed(token)))
    if case is not None and case.content_hash != new.fingerprint():
        raise Invalid(N_("Biểu mẫu này đã gửi một lần với nội dung khác. Mở biểu mẫu mới để gửi việc khác."))
    return case


def submit(new: NewCase, actor: Actor, now: datetime, *, token: str, code: str, at: Unit | None = None) -> Case:
    """A petition arrives; the same token twice gives the same case. `at` is the counter that enters it.

    Raises Invalid for an unknown category or a missing text. The receipt code itself is never stored.
    """
    head_for_update(now)  # senders of one form meet here, on PostgreSQL too; the second finds the first's case
    known = already_sent(token, new)
    if known is not None:
        return known
    row = step_of(Action.SUBMIT, new.kind)
    if not is_held_by(actor, row, None):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    case = _write(new, actor, now, token, code, at)
    _start(case, now, new)
    event = done(Action.SUBMIT, case, actor, now, row, channel=case.channel, text=case.body)
    if new.signed_on is not None and case.registered_on is None and new.kind == Kind.COMPLAINT:
        register(case, new.signed_on, actor, now)
    index(case)
    case.today = clock.day_of(event.at)
    return case


def _write(new: NewCase, actor: Actor, now: datetime, token: str, code: str, at: Unit | None) -> Case:
    day = clock.day_of(now)
    category = _category(new)
    commune, wanted = _unit(new.commune_code, day), _unit(new.wanted_unit_code, day)
    unit = first_unit(
        category, commune, wanted or (at if commune in (None, at) and not new.wanted_unit_code else None), day
    )
    case = Case(
        reference=reference(new.kind, day.year), kind=new.kind, status=Status.RECEIVED, channel=new.channel,
        language=new.language, title=needed(new.title, "title", 200), body=needed(new.body, "body"),
        category=category, unit=unit, commune=commune, wanted_unit=wanted, place=nfc(new.place).strip(),
        latitude=new.latitude, longitude=new.longitude, is_public=new.is_public,
        contact_name=nfc(new.name).strip(), contact_phone=new.phone.strip(), contact_email=new.email.strip(),
        contact_address=nfc(new.address).strip(), against=nfc(new.against).strip(), known_on=new.known_on,
        request=nfc(new.request).strip(), submitted_at=now, entered_by_id=actor.official_id,
        code_hash=hashed(code), token_hash=hashed(token), content_hash=new.fingerprint(),
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    db.session.add(
        Custody(case_id=case.id, number=1, unit_id=unit.id, kind=case.kind, category_id=category.id,
                commune_id=commune.id if commune else None, began_at=now)
    )  # fmt: skip
    db.session.flush()
    return case


def _start(case: Case, now: datetime, new: NewCase) -> None:
    """Start the clocks that arrival starts; a complaint by web waits for its signed original (Law 02/2011 art. 8)."""
    day = clock.day_of(now)
    stages = step_of(Action.SUBMIT, case.kind).starts
    if case.kind == Kind.COMPLAINT and case.channel == "web" and setting("web_complaint_counts"):
        case.registered_on = day
        stages = step_of(Action.REGISTER, case.kind).starts
    for stage in stages:
        clocks.start(case, stage, day)
    clocks.show(case)
    custody_of(case).due_on = case.due_on if case.due_stage == "answer" else None


def reference(kind: Kind, year: int) -> str:
    """The public number: prefix of the kind, year, running number; it opens nothing."""
    return f"{PREFIX[kind]}-{year}-{next_number(f'reference:{kind}:{year}'):06d}"


def _category(new: NewCase) -> Category:
    category = db.session.scalar(select(Category).where(Category.code == new.category_code))
    if category is None or new.kind not in category.kinds:
        raise Invalid(N_("Chọn lĩnh vực của việc này."), "category")
    return category


def _unit(code: str, day: date) -> Unit | None:
    if not code:
        return None
    unit = db.session.scalar(select(Unit).where(Unit.code == code))
    if unit is None or not unit.is_valid(day):
        raise Invalid(N_("Đơn vị này không còn trong danh sách. Chọn lại."), "commune")
    return unit


def register(case: Case, signed_on: date, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The signed original of a complaint is in the register: its acceptance clock starts."""
    step = must(Action.REGISTER, case, actor, now, version)
    if signed_on > clock.day_of(now):
        raise Invalid(N_("Ngày nhận bản gốc không thể ở tương lai."), "signed_on")
    case.registered_on = signed_on
    for stage in step.starts:
        clocks.start(case, stage, signed_on)
    return done(Action.REGISTER, case, actor, now, step, registered_on=signed_on)


def receive(case: Case, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Intake confirms: the case is entered in the register of this unit."""
    step = must(Action.RECEIVE, case, actor, now, version)
    case.received_at = now
    return done(Action.RECEIVE, case, actor, now, step)


def accept(case: Case, actor: Actor, now: datetime, *, is_complex: bool = False, version: int | None = None) -> Event:
    """The head accepts a complaint for settlement (Law 02/2011/QH13 art. 27): the settlement clock starts."""
    step = must(Action.ACCEPT, case, actor, now, version)
    case.accepted_on, case.is_complex = clock.day_of(now), is_complex
    for stage in step.starts:
        started = clocks.start(case, stage, case.accepted_on)
        if started is not None:
            custody_of(case).due_on = started.due_on
    return done(Action.ACCEPT, case, actor, now, step, is_complex=is_complex)


def correct(case: Case, changes: dict[str, object], reason: str, actor: Actor, now: datetime,
            version: int | None = None) -> Event:  # fmt: skip
    """Put kind, category, place, deadline variant or public flag right; the clock keeps its start day.

    `changes` maps kind, category_code, commune_code, place, is_public, deadline_variant to their new values.
    """
    step = must(Action.CORRECT, case, actor, now, version)
    reason = needed(reason, "reason", 2000)
    facts = _apply(case, changes, clock.day_of(now))
    if not facts:
        raise Invalid(N_("Chưa sửa gì."), "category")
    if "kind" in facts:
        raise_if_late_for_kind(case)
        clocks.end_all(case, now)
        case.due_on, case.due_stage = None, ""
        _start(case, case.submitted_at, NewCase(Kind(case.kind), case.title, case.body, case.category.code))
    else:
        clocks.restart_closing(case, custody_of(case), now)
    custody = custody_of(case)
    custody.kind, custody.category_id, custody.commune_id = case.kind, case.category_id, case.commune_id
    index(case)
    return done(Action.CORRECT, case, actor, now, step, reason=reason, changes=facts)


def raise_if_late_for_kind(case: Case) -> None:
    """The kind may change only before the case was accepted or answered once."""
    if case.is_accepted or case.first_answered_at is not None:
        raise WrongStep(N_("Việc đã thụ lý hoặc đã trả lời, không đổi loại được nữa."))


def _apply(case: Case, changes: dict[str, object], day: date) -> dict[str, list[object]]:
    """Apply what differs; returns {field: [old, new]} for the event."""
    facts: dict[str, list[object]] = {}

    def put(field_name: str, old: object, new: object) -> bool:
        if new is None or new == old:
            return False
        facts[field_name] = [old, new]
        return True

    if put("kind", case.kind, changes.get("kind")):
        case.kind = str(changes["kind"])
    if put("category", case.category.code, changes.get("category_code")):
        case.category = _category(NewCase(Kind(case.kind), "", "", str(changes["category_code"])))
    if put("commune", case.commune.code if case.commune else "", changes.get("commune_code")):
        case.commune = _unit(str(changes["commune_code"]), day)
    for name in ("place", "is_public", "deadline_variant"):
        if put(name, getattr(case, name), changes.get(name)):
            setattr(case, name, changes[name])
    db.session.flush()
    return facts
