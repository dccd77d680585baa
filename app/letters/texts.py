"""Writes one SMS: unaccented, at most 160 characters, with the single-use link where it fits, and never the code.

Without a link it says to look it up by the code, which the resident holds and no message ever carries.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import current_app

from ..cases.models import Case
from ..dialogues.models import Booking
from ..journal.models import Event, Notice
from ..rules import contact
from ..rules.workflow import OPEN, Kind
from .sms import Text
from .whom import NothingToSend, language_of_resident

_D = str.maketrans("đĐ", "dD")


def text_to(phone: str, notice: Notice, words: str) -> Text:
    """The SMS to that number; NothingToSend where none can arrive there (any more)."""
    number = contact.mobile(phone)
    if not number:
        raise NothingToSend("no_phone")
    return Text(notice.id, number, words)


def text_of_case(notice: Notice, event: Event, case: Case, link: str) -> str:
    """The SMS about a case."""
    due = case.due_on if case.status in OPEN and event.action == "submit" else None
    return _fitting(notice, language_of_resident(case.language), link, event, reference=case.reference, due=due,
                    is_complaint=case.kind == Kind.COMPLAINT, is_dialogue=case.kind == Kind.DIALOGUE)  # fmt: skip


def text_of_booking(notice: Notice, event: Event, booking: Booking, link: str) -> str:
    """The SMS about a visit."""
    return _fitting(notice, language_of_resident(booking.language), link, event, reference=booking.reference)


def _fitting(notice: Notice, language: str, link: str, event: Event, **more: Any) -> str:
    """The words with the link, or without it where the address of this installation is too long for one SMS."""
    name = f"{notice.action}_{notice.role}" if not notice.gathers else "gathered_resident"
    template = current_app.jinja_env.get_template(f"letters/{language}/{name}.sms.txt")

    def words(link: str) -> str:
        return plain(
            template.render(link=link, facts=event.facts, day=day_in(language), count=notice.gathers + 1, **more)
        )

    with_link = words(link)
    return with_link if contact.sms_length(with_link) <= contact.AT_MOST else words("")


def plain(text: str) -> str:
    """On one line and without diacritics, which would halve the room in an SMS."""
    apart = unicodedata.normalize("NFD", text.translate(_D))
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())


def day_in(language: str) -> Callable[[str | date], str]:
    """Dates as short as they go: 07/12/2026, or 7 Dec 2026."""

    def shown(on: str | date) -> str:
        found = date.fromisoformat(on) if isinstance(on, str) else on
        return f"{found:%d/%m/%Y}" if language == "vi" else f"{found.day} {MONTHS[found.month - 1]} {found.year}"

    return shown


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
