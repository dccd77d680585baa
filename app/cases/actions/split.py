"""A mixed letter holds several matters: each becomes a case of its own, counted from the day the letter came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ... import clock
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid
from ...rules.workflow import N_, Action, Actor, Kind, Status, step_of
from ...units.queries import first_unit
from ..models import Case
from ..search import index
from .arrive import about, reference, start_clocks
from .perform import done, must, needed
from .places import begin_custody, category_of, unit_of


@dataclass(frozen=True)
class Part:
    """One matter taken out of a mixed letter."""

    kind: Kind
    title: str
    body: str
    category_code: str
    unit_code: str = ""
    denounced_unit_code: str = ""
    appeal_of: str = ""


def split(case: Case, part: Part, reason: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Take one matter out (Circular 05/2021/TT-TTCP art. 6.1); the sender's code opens both.

    A denunciation is never made this way: the letter's sender would stand beside it.
    """
    step = must(Action.SPLIT, case, actor, now, version)
    reason = needed(reason, "reason", 2000)
    if part.kind == Kind.DENUNCIATION:
        raise Invalid(N_("Phần tố cáo không tách trên hệ thống: chuyển đơn giấy cho người giữ sổ tố cáo."), "kind")
    made = _part_of(case, part, actor, now)
    return done(Action.SPLIT, case, actor, now, step, reason=reason, part=made.reference, title=made.title)


def _part_of(case: Case, part: Part, actor: Actor, now: datetime) -> Case:
    day = clock.day_of(now)
    category = category_of(part)
    unit = unit_of(part.unit_code, day, "unit") or first_unit(category, case.commune, None, day)
    made = Case(
        reference=reference(part.kind, day.year), kind=part.kind, status=Status.RECEIVED, channel=case.channel,
        language=case.language, title=needed(part.title, "title", 200), body=needed(part.body, "body"),
        category=category, unit=unit, commune=case.commune, wanted_unit=None, place=case.place,
        is_public=case.is_public, contact_name=case.contact_name, contact_phone=case.contact_phone,
        contact_email=case.contact_email, contact_address=case.contact_address,
        contact_channel=case.contact_channel, submitted_at=case.submitted_at,
        entered_by_id=actor.official_id, split_from=case.split_from or case, registered_on=None,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    begin_custody(made)
    start_clocks(made, made.submitted_at)
    done(Action.SUBMIT, made, actor, now, step_of(Action.SUBMIT, part.kind), text=made.body, of=case.reference,
         submitted_at=made.submitted_at.isoformat(), **about(made))  # fmt: skip
    index(made)
    return made
