"""Who of the residents is told of an event, and how: by what they chose and what they gave."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from flask import current_app

from ..journal.models import Event
from ..journal.record import Told, record
from ..refusals import Invalid
from ..rules import contact
from ..rules.workflow import N_, Action, Actor, Role
from .models import Case


class Reachable(Protocol):
    """Whoever may be written to, as their case or booking knows them."""

    @property
    def contact_channel(self) -> str: ...
    @property
    def is_sealed(self) -> bool: ...


def sms_is_on() -> bool:
    """Whether this installation sends SMS at all (setting SMS_SENDER)."""
    return str(current_app.config.get("SMS_SENDER", "off")) != "off"


def way_to(person: Reachable, email: str, phone: str, action: str) -> str:
    """contact.MAIL, contact.SMS, or '' where they are not to be told; never of a denunciation."""
    if person.is_sealed:
        return ""
    return contact.way(
        person.contact_channel, bool(email.strip()), bool(contact.mobile(phone)), action, sms_is_on()
    )  # fmt: skip


def told(person: Reachable, email: str, phone: str, action: str) -> list[Told]:
    """The notice owed to them, if any."""
    found = way_to(person, email, phone, action)
    return [Told(Role.RESIDENT, by_sms=found == contact.SMS)] if found else []


def told_of(case: Case, action: str) -> list[Told]:
    """The notice owed to a case's resident, if any."""
    return told(case, case.contact_email, case.contact_phone, action)


def lacks(wanted: str, email: str, phone: str) -> str | None:
    """Why they cannot hear of it in the way chosen, as a sentence to show; None where they can."""
    if wanted == contact.MAIL and not email.strip():
        return N_("Ghi thư điện tử, hoặc chọn cách khác.")
    if wanted == contact.SMS and not contact.mobile(phone):
        return N_("Tin nhắn cần số điện thoại di động. Ghi số, hoặc chọn cách khác.")
    return None


def choose_channel(case: Case, wanted: str, actor: Actor, now: datetime) -> Event | None:
    """The resident says how to hear of this case from now on; what is owed already follows the new choice.

    Raises Invalid for a way that is not offered, or to which no address was given. None where nothing changes.
    """
    if wanted not in contact.WANTED or case.is_sealed:
        raise Invalid(N_("Chọn một mục trong danh sách."), "contact_channel")
    missing = lacks(wanted, case.contact_email, case.contact_phone)
    if missing:
        raise Invalid(missing, "contact_channel")
    if wanted == case.contact_channel:
        return None
    case.contact_channel = wanted
    return record(Action.CHOOSE_CHANNEL, case, actor, now, way=wanted)
