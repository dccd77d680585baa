"""How a case comes in: submitted, registered, received, accepted, corrected."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from ... import clock
from ...extensions import db
from ...journal.models import Event
from ...journal.record import head_for_update
from ...refusals import Invalid, NotAllowed
from ...rules import contact
from ...rules.dialogues import groups
from ...rules.workflow import CLOSING, N_, Action, Actor, Kind, Status, is_held_by, step_of
from ...units.models import Unit
from ...units.queries import first_unit, next_number, setting
from ..folding import nfc
from ..models import Case, DialogueRequest
from ..models.person import keyed
from ..receipts import hashed
from ..search import index
from . import clocks
from .perform import custody_of, done, must, needed
from .places import begin_custody, category_of, denounced_in, first_complaint, note_appeal, one_above, unit_of

PREFIX = {Kind.FEEDBACK: "PA", Kind.COMPLAINT: "KN", Kind.DENUNCIATION: "TC", Kind.DIALOGUE: "DN"}
CONTENT = ("kind", "title", "body", "category_code", "commune_code", "wanted_unit_code", "place", "name", "phone",
           "email", "address", "is_public", "against", "known_on", "request", "denounced_unit_code",
           "appeal_of", "wish", "contact_channel")  # fmt: skip

ALWAYS = frozenset(CONTENT) - {"denounced_unit_code", "appeal_of", "wish", "contact_channel"}
"""What every fingerprint holds; the rest only where it is said, so that older ones stay true."""


@dataclass(frozen=True)
class MeetingWish:
    """What a request for a dialogue says besides its subject."""

    with_level: str = "any"
    people: int = 1
    representatives: tuple[str, ...] = ()
    wanted_times: str = ""
    mode: str = "in_person"
    interpreter: str = ""
    wheelchair: bool = False


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
    contact_channel: str = ""
    """How they want to hear of it; '' whichever was given."""
    is_public: bool = False
    against: str = ""
    known_on: date | None = None
    request: str = ""
    language: str = "vi"
    channel: str = "web"
    signed_on: date | None = None
    """Counter: the day the signed original of a complaint was handed in."""
    denounced_unit_code: str = ""
    """Denunciation: the unit denounced, or in which the person denounced serves."""
    appeal_of: str = ""
    """Second complaint: the reference of the first."""
    is_discipline: bool = False
    wish: MeetingWish | None = None
    """Dialogue: with whom, when, how many come."""
    same_as: str = ""
    """The reference of a case that reads the same and came from the same network a moment ago."""

    def fingerprint(self) -> str:
        """SHA-256 of the content: the same form sent twice is told from another text under the same token."""
        values = {name: str(value) for name in CONTENT if (value := getattr(self, name)) or name in ALWAYS}
        return sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def already_sent(token: str, new: NewCase) -> Case | None:
    """The case this form made before, if it did; another text under the same token is refused."""
    case = db.session.scalar(select(Case).where(Case.token_hash == hashed(token)))
    if case is not None and case.content_hash and case.content_hash != keyed("content", new.fingerprint()):
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
    start_clocks(case, now)
    facts = about(case) | ({"same_as": new.same_as} if new.same_as else {})
    event = done(Action.SUBMIT, case, actor, _arrival(new, now), row, text=case.body, **facts)
    if case.appeal_of is not None:
        note_appeal(case.appeal_of, case, actor, now)
    if new.signed_on is not None and case.registered_on is None and new.kind == Kind.COMPLAINT:
        register(case, new.signed_on, actor, now)
    if not case.is_sealed:
        index(case)
    case.today = clock.day_of(event.at)
    return case


def _write(new: NewCase, actor: Actor, now: datetime, token: str, code: str, at: Unit | None) -> Case:
    day = clock.day_of(now)
    category = category_of(new)
    commune, wanted = unit_of(new.commune_code, day), unit_of(new.wanted_unit_code, day)
    denounced, first = denounced_in(new, day), first_complaint(new, actor, now)
    unit = first_unit(
        category, commune, wanted or (at if commune in (None, at) and not new.wanted_unit_code else None), day
    )
    if denounced is not None:
        unit = one_above(denounced, day)
    elif first is not None:
        unit = one_above(first.unit, day)
    case = Case(
        reference=reference(new.kind, day.year), kind=new.kind, status=Status.RECEIVED, channel=new.channel,
        language=new.language, title=needed(new.title, "title", 200), body=needed(new.body, "body"),
        category=category, unit=unit, commune=commune, wanted_unit=wanted, place=nfc(new.place).strip(),
        latitude=new.latitude, longitude=new.longitude, is_public=new.is_public and denounced is None,
        against=nfc(new.against).strip(), known_on=new.known_on, request=nfc(new.request).strip(),
        submitted_at=_arrival(new, now), entered_by_id=actor.official_id, code_hash=hashed(code),
        token_hash=hashed(token), content_hash=keyed("content", new.fingerprint()),
        denounced_unit=denounced, appeal_of=first,
        instance=2 if first is not None else 1, is_discipline=new.is_discipline, **_contact(new),
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    if new.kind == Kind.DIALOGUE:
        case.asked_to_meet = _wish(new.wish or MeetingWish(), case)
    begin_custody(case)
    return case


def _wish(wish: MeetingWish, case: Case) -> DialogueRequest:
    """The request's own part; Invalid where a group is not one the rules know."""
    refused = groups.why_not(wish.people, wish.representatives)
    if refused:
        raise Invalid(refused[1], refused[0])
    if wish.with_level not in groups.LEVELS or wish.mode not in groups.MODES:
        raise Invalid(N_("Chọn một mục trong danh sách."), "with_level")
    return DialogueRequest(
        case_id=case.id, with_level=wish.with_level, people=wish.people, mode=wish.mode,
        representatives=[nfc(name).strip()[:120] for name in wish.representatives if name.strip()],
        wanted_times=nfc(wish.wanted_times).strip()[:1000], wheelchair=wish.wheelchair,
        interpreter=wish.interpreter if wish.interpreter in groups.INTERPRETERS else "",
    )  # fmt: skip


def _contact(new: NewCase) -> dict[str, str]:
    """Who writes; of a denunciation nothing is kept (Decision 774/QD-TTg: a state secret)."""
    if new.kind == Kind.DENUNCIATION:
        return {}
    return {"contact_name": nfc(new.name).strip(), "contact_phone": new.phone.strip(),
            "contact_email": new.email.strip(), "contact_address": nfc(new.address).strip(),
            "contact_channel": new.contact_channel if new.contact_channel in contact.WANTED else ""}  # fmt: skip


def _arrival(new: NewCase, now: datetime) -> datetime:
    """The moment of arrival; of a denunciation only the hour, so that no log of a network tells who was writing."""
    return now.replace(minute=0, second=0, microsecond=0) if new.kind == Kind.DENUNCIATION else now


def start_clocks(case: Case, now: datetime) -> None:
    """Start the clocks that arrival starts; a complaint by web waits for its signed original (Law 02/2011 art. 8)."""
    day = clock.day_of(now)
    stages = step_of(Action.SUBMIT, case.kind).starts
    if case.kind == Kind.COMPLAINT and case.channel == "web" and setting("web_complaint_counts"):
        case.registered_on = day
        stages = step_of(Action.REGISTER, case.kind).starts
    for stage in stages:
        clocks.start(case, stage, day)
    clocks.show(case)
    clocks.aim(case, custody_of(case), case.due_on if case.due_stage in CLOSING else None)


def about(case: Case) -> dict[str, Any]:
    """What the event of an arrival says for the figures: how it came, what it is, about what and where."""
    facts = {"channel": case.channel, "kind": str(case.kind), "category": case.category.code}
    return facts | ({"commune": case.commune.code} if case.commune is not None else {})


def reference(kind: Kind, year: int) -> str:
    """The public number: prefix of the kind, year, running number; it opens nothing."""
    return f"{PREFIX[kind]}-{year}-{next_number(f'reference:{kind}:{year}'):06d}"


def register(case: Case, signed_on: date, actor: Actor, now: datetime, version: int | None = None, *,
             paper_file: str = "") -> Event:  # fmt: skip
    """The signed original is in the register: the first clocks start.

    A denunciation also says where the paper lies (`paper_file`); who wrote it stands there and nowhere here.
    """
    step = must(Action.REGISTER, case, actor, now, version)
    if signed_on > clock.day_of(now):
        raise Invalid(N_("Ngày nhận bản gốc không thể ở tương lai."), "signed_on")
    if case.is_sealed:
        case.paper_file = needed(paper_file, "paper_file", 120)
        case.received_at = case.received_at or now
    case.registered_on = signed_on
    for stage in step.starts:
        clocks.start(case, stage, signed_on)
    return done(Action.REGISTER, case, actor, now, step, registered_on=signed_on)


def receive(case: Case, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Intake confirms: the case is entered in the register of this unit."""
    step = must(Action.RECEIVE, case, actor, now, version)
    case.received_at = now
    return done(Action.RECEIVE, case, actor, now, step)
