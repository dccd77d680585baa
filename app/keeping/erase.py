"""What is taken away for good, and what stays: of a case its number, dates, units and outcome, so that figures hold.

The chain of events holds too: it is made of commitments, and facts are erased as a whole (journal/verify.py). What
the figures were counted from is sealed into the event of the erasure: a digest of the custodies as they stood and were
proved against the events a moment before. Files go after the commit; should the power fail between, the sweeper of
lost files takes them, since no row asks for them any more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from .. import clock
from ..attachments.models import Attachment
from ..cases.models import Case, Contribution, Custody, DialogueRequest, FollowLink, Person, Rating, SearchDocument
from ..dialogues.models import Attendee, Booking, BookingLink, Commitment, DialogueSession, Objection, Question
from ..documents.models import Document, HouseDocument, Paper
from ..extensions import db
from ..journal.models import Event, EventFacts, Notice
from ..journal.record import canonical, record
from ..rules.workflow import Action, Actor


def erase_person(case: Case) -> None:
    """Who wrote: the sealed row and its hashes, names beside it, letters not sent yet. The case itself stays."""
    bookings = db.session.scalars(select(Booking).where(Booking.case_id == case.id)).all()
    _forget([case.reference, *(booking.reference for booking in bookings)])
    for thing in (case, *bookings):
        db.session.expire(thing, ["person"])
    _set(DialogueRequest, DialogueRequest.case_id == case.id, representatives=[])
    _set(Attendee, Attendee.case_id == case.id, name="")
    _set(Question, Question.case_id == case.id, asker="")
    is_mail = (Notice.channel == "mail") & Notice.official_id.is_(None)
    db.session.execute(delete(Notice).where(Notice.case_id == case.id, is_mail, Notice.sent_at.is_(None)))
    db.session.execute(delete(FollowLink).where(FollowLink.case_id == case.id))


def _forget(references: Iterable[str]) -> None:
    db.session.execute(delete(Person).where(Person.about.in_(list(references))))


def _set(table: Any, where: ColumnElement[bool], **values: Any) -> None:
    db.session.execute(update(table).where(where).values(**values))


def erase_case(case: Case, actor: Actor, now: datetime, **why: Any) -> list[str]:
    """Everything a case says; the keys of its files, to be deleted after the commit. The caller asked all questions.

    A second time it changes nothing.
    """
    if case.erased_on is not None:
        return []
    erase_person(case)
    keys = [*_erase_files(case), *_erase_heard(case)]
    _erase_said(case)
    _erase_facts(case)
    case.erased_on = clock.day_of(now)
    db.session.flush()
    record(Action.ERASE, case, actor, now, custodies=digest(case.id), **why)
    return keys


def digest(case_id: int) -> str:
    """SHA-256 over the custodies of a case: what the figures count, proved by the event of the erasure afterwards."""
    columns = [column for column in Custody.__table__.columns if column.name != "id"]
    rows = db.session.execute(select(*columns).where(Custody.case_id == case_id).order_by(Custody.number))
    return hashlib.sha256(canonical([[str(value) for value in row] for row in rows])).hexdigest()


def _erase_files(case: Case) -> list[str]:
    """The files of a case and its signed papers; of a paper number, day and SHA-256 stay, to check a copy by."""
    keys = list(db.session.scalars(select(Attachment.storage_key).where(Attachment.case_id == case.id)))
    db.session.execute(delete(Attachment).where(Attachment.case_id == case.id))
    for paper in db.session.scalars(select(Paper).where(Paper.case_id == case.id)):
        paper.fields, paper.cargo, paper.remark = {}, {}, ""
    return keys + list(db.session.scalars(select(Document.storage_key).where(Document.case_id == case.id)))


def _erase_said(case: Case) -> None:
    """The words of everybody; a list shows the number where the title stood."""
    case.title = case.reference
    for name in ("body", "place", "against", "request", "draft_text", "answer_text", "withdrawn_part", "paper_file",
                 "content_hash"):  # fmt: skip
        setattr(case, name, "")
    case.latitude = case.longitude = case.known_on = None
    if case.eligibility:
        case.eligibility = {key: value for key, value in case.eligibility.items() if isinstance(value, bool)}
    case.files_count = 0
    db.session.execute(delete(SearchDocument).where(SearchDocument.case_id == case.id))
    _set(Rating, Rating.case_id == case.id, text="")
    _set(Contribution, Contribution.case_id == case.id, question="", answer="")
    _set(DialogueRequest, DialogueRequest.case_id == case.id, wanted_times="", shared_title="", shared_text="",
         offered_times=[])  # fmt: skip
    _set(Notice, Notice.case_id == case.id, last_error="")


def _erase_heard(case: Case) -> list[str]:
    """Visits that led to the case, the session within its settlement, objections: who and what, not that it was."""
    for booking in db.session.scalars(select(Booking).where(Booking.case_id == case.id)):
        erase_booking(booking, case.closed_at or case.submitted_at)
    _set(Objection, Objection.case_id == case.id, text="")
    _set(Question, Question.case_id == case.id, text="", public_text="", answer="")
    keys: list[str] = []
    for session in db.session.scalars(select(DialogueSession).where(DialogueSession.case_id == case.id)):
        session.title = session.number
        session.agenda = session.minutes = session.conclusion = session.remark = session.public_text = ""
        subject = f"session:{session.id}"
        _erase_facts_of(Event.subject == subject)
        keys += db.session.scalars(select(HouseDocument.storage_key).where(HouseDocument.subject == subject))
        keys += db.session.scalars(select(Attachment.storage_key).where(Attachment.subject == subject))
        db.session.execute(delete(Attachment).where(Attachment.subject == subject))
    return keys


def erase_booking(booking: Booking, on: datetime) -> None:
    """Who came and what was said; day, unit, kind and direction stay for the register's figures."""
    _forget([booking.reference])
    for name in ("subject", "reason", "said", "answer", "settled_by", "follow_up", "content_hash"):
        setattr(booking, name, "")
    booking.erased_on = clock.day_of(on)
    db.session.execute(delete(BookingLink).where(BookingLink.booking_id == booking.id))
    _erase_facts_of(Event.subject == booking.about)


def _erase_facts(case: Case) -> None:
    promised = select(Commitment.id).where(Commitment.case_id == case.id)
    for number in db.session.scalars(promised):
        _erase_facts_of(Event.subject == f"commitment:{number}")
    _erase_facts_of(Event.case_id == case.id)


def _erase_facts_of(where: ColumnElement[bool]) -> None:
    """What events carried, with the salt: nothing can be tried against the commitment that stays in the chain."""
    seqs = select(Event.seq).where(where)
    _set(EventFacts, EventFacts.seq.in_(seqs) & (EventFacts.salt != ""), salt="", facts={})
