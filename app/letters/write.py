"""Writes one letter: a plain text in the resident's language, with a single-use link and never the receipt code.

The subject names nothing but the public reference: a phone shows it to whoever looks. What the case is about and what
the office said stand behind the link.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale

from ..cases.links import make_link
from ..cases.models import Case
from ..cases.windows import appeal_until
from ..dialogues.calendar_file import session_calendar
from ..dialogues.models import DialogueSession
from ..extensions import db
from ..journal.models import Event, Notice
from ..rules import contact
from ..rules.workflow import CLOSING, OPEN, Action, Kind
from ..units.models import Unit
from ..units.queries import government, setting, unit_by_code
from ..words import Government
from . import texts
from .gather import told_by
from .sms import Text
from .whom import NothingToSend, language_of_resident, way_now

SUBJECTS = {"vi": "Tin về việc số {}", "en": "News about case {}"}

INVITING = frozenset({Action.SCHEDULE, Action.CHOOSE_TIME, Action.RESCHEDULE})
"""Letters with a calendar file."""


@dataclass(frozen=True)
class Letter:
    """A letter ready to go: the notice it settles, the one address it goes to, and the message."""

    notice_id: int
    to: str
    message: EmailMessage
    complete: Callable[[EmailMessage], None] | None = None
    """Puts in what takes long to make, right before it is sent."""


def write(notice: Notice, event: Event, case: Case, now: datetime) -> Letter | Text:
    """The letter or SMS a notice owes, addressed and linked as things stand now. Makes the link; the caller commits.

    Raises NothingToSend where the resident was erased or wants no news, and always of a denunciation; ValueError
    (UndeliverableAddress) when what stands there is not one mail address.
    """
    notice.channel = way_now(notice, case, case.contact_email, case.contact_phone)
    if notice.channel == contact.SMS:
        link = link_of(notice, case, now)
        return texts.text_to(case.contact_phone, notice, texts.text_of_case(notice, event, case, link))
    language = language_of_resident(case.language)
    to = address_of(case.contact_email)
    with force_locale(language):
        text = text_of(notice, event, case, language, link_of(notice, case, now))
        calendar = invitation(event, case)
    return framed(notice, to, SUBJECTS[language].format(case.reference), text, language, now, calendar)


def invitation(event: Event, case: Case) -> bytes | None:
    """The calendar file that goes with an invitation to a dialogue; None with any other letter."""
    asked = case.asked_to_meet
    if event.action not in INVITING or asked is None or asked.session_id is None:
        return None
    session = db.session.get(DialogueSession, asked.session_id)
    return session_calendar(session, str(current_app.config["BASE_URL"]), event.at) if session else None


def framed(notice: Notice, to: Address, subject: str, text: str, language: str, now: datetime,
           calendar: bytes | None = None) -> Letter:  # fmt: skip
    """The message around the words, as every letter of this house has it; with a calendar file where there is one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender(Government(government(), language).name)
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(notice.id)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text)
    if calendar is not None:
        enclose(message, calendar)
    message["Content-Language"] = language
    return Letter(notice.id, to.addr_spec, message)


def enclose(message: EmailMessage, calendar: bytes) -> None:
    """Add the file as phones and mail programs read it: a part text/calendar, method PUBLISH (RFC 5546)."""
    message.add_attachment(calendar.decode(), subtype="calendar", charset="utf-8", filename="lich-hen.ics",
                           params={"method": "PUBLISH"})  # fmt: skip
    message.set_boundary(f"gan-dan-{hashlib.sha256(calendar).hexdigest()[:24]}")


class UndeliverableAddress(ValueError):
    """What stands there is not one address; trying again will not help."""


def address_of(typed: str) -> Address:
    """Exactly one mail address; a line break, a second address or a header smuggled in is none.

    NothingToSend where there is none at all, UndeliverableAddress where it is not one.
    """
    if not typed.strip():
        raise NothingToSend(NothingToSend.NO_ADDRESS)
    try:
        return Address(addr_spec=typed.strip())
    except Exception as error:
        raise UndeliverableAddress from error


def sender(name: str) -> Address:
    """Who the letter is from: the setting MAIL_FROM under the government's name."""
    own_name, address = parseaddr(str(current_app.config["MAIL_FROM"]))
    return Address(display_name=one_line(own_name or f"Gần Dân, {name}"), addr_spec=address or "no-reply@localhost")


def message_id(notice_id: int) -> str:
    """The same for every try, so that a letter sent twice is read once."""
    return f"<notice-{notice_id}@{urlsplit(str(current_app.config['BASE_URL'])).hostname or 'localhost'}>"


def link_of(notice: Notice, case: Case, now: datetime) -> str:
    """The address with the single-use key of this event's link, good for 7 days."""
    key = make_link(case.id, notice.event_seq, now, str(current_app.config["SECRET_KEY"]))
    return page("petitions.use_link", key=key)


def page(endpoint: str, **values: Any) -> str:
    """The full address of a page, as a mail needs it."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['BASE_URL']}{path}"


def text_of(notice: Notice, event: Event, case: Case, language: str, link: str) -> str:
    """The words, from templates/letters/<language>/<action>_<role>.txt; typed text is never read as a template."""
    name = f"{notice.action}_{notice.role}" if not notice.gathers else "gathered_resident"
    template = current_app.jinja_env.get_template(f"letters/{language}/{name}.txt")
    text = template.render(
        told=told_by(notice) if notice.gathers else (), frame=f"letters/{language}/_letter.txt",
        case=case, name=one_line(case.contact_name), link=link,
        door=page("petitions.door"), lost=page("petitions.lost"), facts=event.facts, event=event,
        government=Government(government(), language),
        is_complaint=case.kind == Kind.COMPLAINT, is_owed=case.status in OPEN and case.due_on is not None,
        is_closing=case.due_stage in CLOSING, again=_again(case), day_of=date.fromisoformat,
        window=int(setting("answer_window_days", case.unit_id)),
        promiser=unit_by_code(str(event.facts.get("unit", ""))), **offices(event, case), **wishes(case),
    )  # fmt: skip
    return tidied(text)


def tidied(text: str) -> str:
    """Without the empty lines that a template's branches leave."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _again(case: Case) -> date | None:
    """The last day to complain a second time, where the case has come to a first decision."""
    is_first = case.kind == Kind.COMPLAINT and case.instance == 1 and case.has_answer
    return appeal_until(case) if is_first else None


def wishes(case: Case) -> dict[str, Any]:
    """Of a request for a dialogue: the times to choose from, and whether its sender may still insist on meeting."""
    asked = case.asked_to_meet
    return {"is_dialogue": asked is not None, "offers": asked.offered_times if asked else [],
            "may_insist": case.reopen_until is not None and not case.has_insisted}  # fmt: skip


def offices(event: Event, case: Case) -> dict[str, Unit | None]:
    """Who did it, who had the case before (a forward, a merger), and who holds it now."""
    did = case.unit if event.unit_id == case.unit_id else db.session.get(Unit, event.unit_id or 0)
    before = event.facts.get("before")
    return {"office": did or case.unit, "before": unit_by_code(str(before)) if before else None, "holder": case.unit}


def one_line(words: str) -> str:
    """A name on one line, whatever was typed."""
    return " ".join(words.split())
