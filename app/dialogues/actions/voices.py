"""Voices: somebody joins a request for a dialogue that was made public. Each telephone number counts once.

Of the number only a keyed hash is kept, another one for each request, so that nobody can be read off it or followed
from one request to the next.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from enum import StrEnum

from flask import current_app
from sqlalchemy import func, select

from ...cases.models import Case
from ...extensions import db
from ...journal.record import head_for_update, record
from ...refusals import Invalid, Missing, WrongStep
from ...rules.dialogues import voters
from ...rules.workflow import N_, OPEN, Action, Actor, Status
from ..models import Voice


class Joined(StrEnum):
    """How it went: counted now, counted already, or the number of whoever asked first."""

    COUNTED = "counted"
    ALREADY = "already"
    OWN = "own"


def normalised(phone: str) -> str | None:
    """A telephone number in its one international spelling, or None where it cannot be one."""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone, "VN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def person_of(subject: str, number: str) -> str:
    """What is kept of a voice: HMAC-SHA256 of the subject and the normalised number under SECRET_KEY."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"voice:{subject}:{number}".encode(), hashlib.sha256).hexdigest()


def person_key(subject: str, phone: str, secret: str) -> str:
    """The same for a call for a conference; Invalid for what cannot be a telephone of this country."""
    plain = voters.plain_phone(phone)
    if not plain:
        raise Invalid(N_("Ghi số điện thoại Việt Nam, ví dụ 0912 000 017."), "phone")
    return hmac.new(secret.encode(), f"voice:{subject}:{plain}".encode(), hashlib.sha256).hexdigest()


def is_joinable(case: Case) -> bool:
    """Whether a request stands open to others: made public, and not decided otherwise than by a time."""
    return case.is_shared and (case.status in OPEN or case.status == Status.SCHEDULED)


def join(case: Case, phone: str, actor: Actor, now: datetime) -> Joined:
    """One more person asks with them; the same number twice changes nothing, nor does that of who asked first.

    Missing where it is not public, WrongStep where it is no longer open, Invalid for what is no number.
    """
    request = case.asked_to_meet
    if request is None or not case.is_shared:
        raise Missing
    if not is_joinable(case):
        raise WrongStep(N_("Đề nghị này đã xong, không cùng đề nghị được nữa."))
    number = normalised(phone)
    if number is None:
        raise Invalid(N_("Số này không gọi được. Kiểm tra lại giúp."), "phone")
    if case.contact_phone and normalised(case.contact_phone) == number:
        return Joined.OWN
    head_for_update(now)  # two at once meet here, on PostgreSQL too: the second finds the first's voice
    subject = f"case:{case.id}"
    person = person_of(subject, number)
    if db.session.scalar(select(Voice.id).where(Voice.subject == subject, Voice.person == person)) is not None:
        return Joined.ALREADY
    db.session.add(Voice(subject=subject, person=person, at=now))
    db.session.flush()
    request.joined = db.session.scalar(select(func.sum(Voice.count)).where(Voice.subject == subject)) or 0
    record(Action.JOIN, case, actor, now, joined=request.joined)
    return Joined.COUNTED
