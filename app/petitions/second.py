"""The second complaint as the case room takes it: whom it is about, what was decided, and who may be asked again."""

from __future__ import annotations

from datetime import date

from .. import clock
from ..cases import queries
from ..cases.actions import NewCase
from ..cases.models import Case
from ..refusals import WrongStep
from ..rules.visibility import Sight
from ..rules.workflow import N_, Action, Actor, Kind, why_not
from ..words import is_vietnamese
from .answers import answered_by


def must_be_open(first: Case, actor: Actor) -> None:
    """WrongStep, with the reason, where this case cannot be complained of again, or not through this system."""
    refused = why_not(actor, Action.APPEAL, first)
    if refused is None and first.unit.parent_id is None:
        refused = N_("Cơ quan giải quyết lần hai không dùng trang này. Gửi đơn giấy đến cơ quan cấp trên trực tiếp.")
    if refused:
        raise WrongStep(refused)


def number_of(first: Case, actor: Actor) -> str:
    """The number of the first decision; empty where the time passed without one."""
    event = answered_by(queries.events_for(first, actor, Sight.FULL))
    return str(event.facts.get("number", "")) if event is not None else ""


def against(first: Case, number: str) -> str:
    """What is complained of, in Vietnamese like the letter it will stand in (Law 02/2011/QH13 art. 33)."""
    unit = first.unit.name_vi
    if first.answered_at is None:
        due = f"{first.due_on:%d/%m/%Y}" if first.due_on else ""
        return f"Khiếu nại số {first.reference} không được {unit} giải quyết lần đầu trong thời hạn (hạn {due})."
    day = f"{clock.day_of(first.answered_at):%d/%m/%Y}"
    named = f"Quyết định số {number}" if number else "Quyết định"
    return f"{named} ngày {day} của {unit} giải quyết khiếu nại lần đầu (số tiếp nhận {first.reference})."


def known_on(first: Case) -> date | None:
    """The day the first decision was received (taken as sent, else signed), or on which its time ran out."""
    return first.sent_on or (clock.day_of(first.answered_at) if first.answered_at else first.due_on)


def new_case(first: Case, number: str, body: str, request: str, today: date) -> NewCase:
    """The second complaint: the same sender, place and matter, against the first decision."""
    commune = first.commune if first.commune is not None and first.commune.is_valid(today) else None
    return NewCase(
        kind=Kind.COMPLAINT, title=first.title, body=body, category_code=first.category.code,
        commune_code=commune.code if commune else "", place=first.place, latitude=first.latitude,
        longitude=first.longitude, name=first.contact_name, phone=first.contact_phone, email=first.contact_email,
        address=first.contact_address, contact_channel=first.contact_channel,
        is_public=first.is_public, against=against(first, number),
        known_on=known_on(first), request=request, language="vi" if is_vietnamese() else "en", channel="web",
        appeal_of=first.reference, is_discipline=first.is_discipline,
    )  # fmt: skip
