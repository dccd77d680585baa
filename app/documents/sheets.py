"""What each paper is filled with: plain facts, already in the reader's language where they are sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ReceiptData:
    """The resident's proof that the government holds the petition; the only paper that carries the receipt code."""

    government: str
    unit: str
    reference: str
    code: str
    """In groups of four, as `cases.receipts.spelled` writes it."""
    url: str
    """What the QR code opens; the code stands in its fragment, which reaches no server."""
    title: str
    submitted: str
    due: str
    """One sentence: the due date and how it was computed."""
    next: tuple[str, ...] = ()
    """What happens now, one sentence each."""
    phone: str = ""
    language: str = "vi"


@dataclass(frozen=True)
class ComplaintLetterData:
    """A complaint to print and sign (Law 02/2011/QH13 art. 8: day, name and address, content, demand, signature)."""

    unit: str
    reference: str
    name: str
    address: str
    phone: str
    against: str
    known_on: date | None
    content: str
    request: str
    place: str = ""
    """Where it is signed, for the dotted date line, e.g. a commune's name."""
    language: str = "vi"


@dataclass(frozen=True)
class AnswerData:
    """A signed answer: a letter to whoever sent feedback, a decision on a complaint (Law 02/2011/QH13 art. 31)."""

    government: str
    unit: str
    above: str
    """The body directly above, printed over the unit's name; empty for a People's Committee (Decree 30/2020)."""
    place: str
    number: str
    signed_on: date
    reference: str
    kind: str
    title: str
    text: str
    outcome: str
    name: str
    address: str
    submitted_on: date
    signer: str
    signer_title: str
    deputises: str = ""
    """The title of the head in whose name a deputy signs, for the line "KT."."""
    signed_at: str = ""
    """The moment of signing as the town writes it, e.g. 15:42 26/11/2026."""
    against: str = ""
    reopen_until: date | None = None
    language: str = "vi"
