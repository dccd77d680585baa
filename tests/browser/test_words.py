"""In English every word is English, but for what people and places are called and what people wrote."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.accounts.models import Official
from app.attachments.models import Attachment
from app.cases.models import Case, DialogueRequest, Person, Rating
from app.desk.models import Phrase
from app.dialogues.models import (
    Attendee,
    Booking,
    Commitment,
    ConferenceCall,
    DialogueSession,
    Objection,
    Question,
    ReceptionDay,
    ReceptionPattern,
    Voice,
)
from app.extensions import db
from app.journal.models import Event, EventFacts
from app.units.models import GovernmentFact, Unit

from .looks import Look, come_to
from .steps import BODY
from .town import Town
from .visitors import Visitors
from .visits import DESK, HOUSE, RESIDENT

VIETNAMESE = re.compile(r"\w*[ăâđêôơưĂÂĐÊÔƠƯáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ\u1ea0-\u1ef9]\w*")
CHOSEN = {
    "home", "start", "sheet-what", "sheet-against", "sheet-category", "sheet-where", "sheet-unit", "sheet-files",
    "sheet-you-wrong", "sheet-review", "receipt", "receipt-complaint", "door-wrong", "follow-waiting", "follow-rated",
    "follow-duplicate", "follow-registered", "withdraw", "lost-sent", "link", "formulas", "sign-in-wrong", "error-404",
    "sign-in-code-wrong", "sign-in-paper", "forgotten", "forgotten-sent", "new-password-wrong", "new-password-gone",
    "enrol-wrong", "recovery-codes", "second-factor-wrong", "requests", "link-once", "new-official",
    "queue", "queue-sifted-empty", "case-received", "case-writing", "case-approve", "case-answered",
    "act-correct-wrong", "act-refuse", "act-forward-similar", "bulk-forward", "bulk-preview", "bulk-done", "phrases",
    "new-phrase-wrong", "keys", "queue-kept", "intake-wrong", "intake-receipt", "renew", "search-found", "error-409",
    "error-403", "statistics-province", "statistics-channels", "statistics-durations", "statistics-time",
    "statistics-trend", "statistics-backlog", "statistics-backlog-past", "statistics-due", "statistics-due-past",
    "statistics-cases-age",
    "statistics-subjects", "statistics-places-on-time", "statistics-satisfaction", "statistics-reopened",
    "statistics-workload-cases",
    "statistics-cases", "journal", "me", "deputies", "officials", "official",
    "leave", "units", "category", "calendar", "settings", "dead-letters",
    "reception", "book-wrong", "booking-receipt", "booking", "sheet-group-wrong", "sheet-review-dialogue",
    "shared-request-wrong", "case-agreed", "case-met", "act-schedule-wrong", "reception-days", "reception-day",
    "reception-day-new-wrong", "reception-day-move-wrong", "reception-book-wrong", "reception-visit-heard",
    "reception-act-wrong", "reception-register", "promises", "promise-published", "promise-owed", "promise-make-wrong",
    "talks", "talk-wrong", "talk-published", "conference-wrong", "sessions", "session-soon", "session-past",
    "new-session-wrong", "session-move-wrong", "heard-province", "heard-terms", "forms", "form-petitions",
    "form-sealed", "form-empty", "form-cases",
}  # fmt: skip
PAGES = [look for look in [*RESIDENT, *DESK, *HOUSE] if look.name in CHOSEN]
ALWAYS = (
    "Tày",
    "Nùng",
    "H'Mông",
    "Mường",
    "Ngôn ngữ / Language",
    "Tiếng Việt",
    "Gần Dân",
    "Lũng Đính",
    "QĐ-UBND",
    "UBND-TL",
    "UBND",
)
"""Languages by their own names, the switch itself, the product's name, and examples of signs and places."""
TYPED = (BODY, "Nước ngập trước cổng trường", "Cổng trường tiểu học Trùng Khánh", "Lương Thị Slao", "ngập.jpg",
         "Bản kia, viết trước.", "Bản này, viết sau.")  # fmt: skip
"""What the visitor writes on the way."""


def test_every_page_that_is_to_be_read_exists() -> None:
    assert {look.name for look in PAGES} == CHOSEN


def written(value: object) -> list[str]:
    """The texts in a row's facts."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in written(part)]


def names_and_texts(town: Town) -> list[str]:
    """What people wrote and what places are called, the longest first."""
    with town.app.app_context():
        columns = (Case.title, Case.body, Case.place, Case.against, Case.request, Case.draft_text)
        cases = [text or "" for row in db.session.execute(select(*columns)) for text in row]
        cases += [word for one in db.session.scalars(select(Person)) for word in written(one.said())]
        cases += [place.split(",")[0] for place in db.session.scalars(select(Case.place))]
        units = [f"{u.name_en}\n{u.short_en}" for u in db.session.scalars(select(Unit))]
        people = [f"{o.name}\n{o.title}" for o in db.session.scalars(select(Official))]
        facts = [text for row in db.session.scalars(select(EventFacts)) for text in written(row.facts)]
        phrases = [*db.session.scalars(select(Phrase.title)), *db.session.scalars(select(Phrase.text))]
        more = [*phrases, *db.session.scalars(select(GovernmentFact.value)), *db.session.scalars(select(Rating.text)),
                *db.session.scalars(select(Attachment.name)), *_heard()]  # fmt: skip
        assert db.session.scalar(select(Event.seq))
    lines = {
        line.strip() for text in [*cases, *units, *people, *facts, *more, *ALWAYS, *TYPED] for line in text.split("\n")
    }
    return sorted((line for line in lines if VIETNAMESE.search(line)), key=len, reverse=True)


HEARD: tuple[tuple[type, tuple[str, ...]], ...] = (
    (ReceptionDay, ("place", "reason")), (ReceptionPattern, ("place",)),
    (Booking, ("name", "address", "subject", "reason", "said", "answer", "settled_by", "follow_up",
               "representatives")),
    (DialogueRequest, ("wanted_times", "representatives", "shared_title", "shared_text")),
    (DialogueSession, ("title", "agenda", "area", "place", "chair", "reason", "presided_by", "minutes", "conclusion",
                       "remark", "public_text")),
    (Attendee, ("name",)), (Question, ("asker", "text", "public_text", "answer", "answered_by")),
    (Commitment, ("what", "evidence_wanted", "evidence", "finding", "reason")), (Objection, ("text",)),
    (ConferenceCall, ("subject",)), (Voice, ("note",)),
)  # fmt: skip


def _heard() -> list[str]:
    """What was said and written at receptions and in dialogues."""
    return [
        text
        for model, names in HEARD
        for row in db.session.scalars(select(model))
        for name in names
        for text in written(getattr(row, name))
    ]


@pytest.mark.parametrize("look", PAGES, ids=str)
def test_a_page_in_english_is_english(look: Look, desk_visitors: Visitors) -> None:
    page = desk_visitors.page(look.account)
    desk_visitors.read(page, "/account" if look.account else "/")
    come_to(page, look, desk_visitors.town)
    assert page.locator("html").get_attribute("lang") == "en"
    text = f"{page.title()}\n{page.evaluate(TEXTS)}"
    for name in names_and_texts(desk_visitors.town):
        text = text.replace(name, "")
    left = [line.strip() for line in text.split("\n") if VIETNAMESE.search(line)]
    assert not left, "\n".join(left)


TEXTS = """() => [document.body.textContent, ...[...document.querySelectorAll('[aria-label], [placeholder], [alt]')]
  .map(e => [e.ariaLabel, e.placeholder, e.alt].filter(Boolean).join('\\n'))].join('\\n')"""
