"""Check 48: line breaks in whatever is typed add no header and no recipient; read back from a real mail server."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.extensions import db, writing
from app.journal.models import Notice
from app.letters.deliver import drain
from app.letters.write import address_of, framed
from app.units.models import Unit

from ..dialogues.receptions import make_booking
from ..factories import MONDAY, make_case
from .conftest import Mailbox

EVIL = "Sen\r\nBcc: all@example.vn\r\nReply-To: evil@example.vn\r\n\r\nX"
KNOWN = {"from", "to", "subject", "date", "message-id", "auto-submitted", "x-auto-response-suppress", "content-type",
         "content-transfer-encoding", "mime-version", "content-language"}  # fmt: skip


def is_plain(mailbox: Mailbox) -> None:
    """One letter to one recipient, with the headers of this house only."""
    [letter], [envelope] = mailbox.letters, mailbox.envelopes
    assert len(envelope) == 1 and {key.lower() for key in letter} <= KNOWN
    assert not letter.get_all("Bcc") and not letter.get_all("Reply-To")
    for name in ("From", "To", "Subject", "Message-ID", "Date"):
        assert len(letter.get_all(name) or []) == 1
        assert "\r" not in str(letter[name]) and "\n" not in str(letter[name])


@pytest.mark.parametrize("field", ["name", "title", "body", "place", "phone"])
def test_line_breaks_in_what_a_resident_types_stay_in_the_text(app: Flask, mailbox: Mailbox, field: str) -> None:
    with writing():
        case = make_case()
        column = {"name": "contact_name", "phone": "contact_phone"}.get(field, field)
        setattr(case, column, EVIL[:30] if field == "phone" else EVIL)
        db.session.commit()
    drain(MONDAY)
    is_plain(mailbox)


@pytest.mark.parametrize("evil", [
    "sen@example.vn\r\nBcc: all@example.vn", "sen@example.vn\nSubject: x", "sen@example.vn,all@example.vn",
    "sen@example.vn;all@example.vn", "sen@example.vn all@example.vn", "\"a\r\nb\"@example.vn", "sen@example.vn\x00",
])  # fmt: skip
def test_an_address_with_more_in_it_reaches_nobody(app: Flask, mailbox: Mailbox, evil: str) -> None:
    with writing():
        case = make_case()
        case.contact_email = evil.replace("\x00", "\\0")
        db.session.commit()
    drain(MONDAY)
    assert mailbox.letters == [] and mailbox.envelopes == []


def test_line_breaks_in_the_name_of_the_government_or_the_sender_stay_on_one_line(app: Flask, mailbox: Mailbox) -> None:
    with writing():
        db.session.execute(update(Unit).where(Unit.parent_id.is_(None)).values(name_vi=EVIL, name_en=EVIL))
        make_case()
        db.session.commit()
    drain(MONDAY)
    is_plain(mailbox)


def test_line_breaks_in_a_subject_make_no_letter_rather_than_a_header(app: Flask, write: None) -> None:
    make_case()
    notice = db.session.scalars(select(Notice)).one()
    with pytest.raises(ValueError):
        framed(notice, address_of("sen@example.vn"), EVIL, "Kính gửi", "vi", MONDAY)


def test_line_breaks_in_a_booking_add_nothing(app: Flask, mailbox: Mailbox) -> None:
    with writing():
        booking = make_booking()
        booking.name, booking.subject = EVIL[:100], EVIL
        db.session.commit()
    drain(MONDAY)
    [letter], [envelope] = mailbox.letters, mailbox.envelopes
    assert envelope == [booking.email] and not letter.get_all("Bcc") and not letter.get_all("Reply-To")
