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
    proof: tuple[str, ...] = ()
    """The signed place in the journal, in short lines: together they are the file that anybody can check."""
    check_at: str = ""
    """The page on which it is checked."""


@dataclass(frozen=True)
class BookingSlipData:
    """The slip of a booked visit; with the code that opens it, or without. It says nothing of what it is about."""

    government: str
    unit: str
    reference: str
    code: str
    """In groups of four; empty: the part with the code is left out."""
    url: str
    when: str
    host: str
    place: str
    people: int = 1
    needs: str = ""
    advice: tuple[str, ...] = ()
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
    instance: int = 1
    """2: complained of again, to the next level up (art. 33)."""
    language: str = "vi"


@dataclass(frozen=True)
class DenunciationLetterData:
    """A denunciation to complete and sign by hand (Law 25/2018/QH14 art. 23). Who writes is never typed.

    All may be empty: then it is a form to fill in.
    """

    unit: str = ""
    reference: str = ""
    denounced: str = ""
    """The unit denounced, or in which the person denounced serves."""
    against: str = ""
    content: str = ""
    place: str = ""
    happened_on: date | None = None
    language: str = "vi"


@dataclass(frozen=True)
class AnswerData:
    """A signed answer: a letter to whoever sent feedback, or asked for a dialogue and is answered in writing.

    Complaints are decided by papers of forms.toml.
    """

    unit: str
    above: str
    """The body directly above, printed over the unit's name; empty for a People's Committee (Decree 30/2020)."""
    place: str
    number: str
    signed_on: date
    reference: str
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
    reopen_until: date | None = None
    """Until when it may be reopened; of a dialogue, insisted on."""
    kind: str = "feedback"
    language: str = "vi"
    """Official letters are in Vietnamese; where the resident reads English, it stands beneath, smaller."""
    is_bilingual: bool = False
    unit_en: str = ""
    place_en: str = ""


@dataclass(frozen=True)
class PetitionRow:
    """One line of the petition register; words as they are printed."""

    received_on: str
    reference: str
    sender: str
    """Name and address; left blank on paper for a denunciation, whatever stands here."""
    kind: str
    summary: str
    handler: str
    direction: str
    """What was done with it: accepted, guided, forwarded, returned, filed."""
    due_on: str = ""
    result: str = ""
    note: str = ""
    is_sealed: bool = False
    """A denunciation: neither sender nor summary is printed."""


@dataclass(frozen=True)
class ReceptionRow:
    """One line of the citizen reception register (form 03 of Circular 04/2021/TT-TTCP)."""

    day: str
    sender: str
    identity: str
    """The paper shown and its number, as the register may hold it."""
    content: str
    kind: str
    """Kind of petition and number of people."""
    settled_by: str = ""
    accepted: str = ""
    guided: str = ""
    forwarded: str = ""
    result: str = ""
    note: str = ""
    is_sealed: bool = False
    """A denunciation: neither sender, identity nor content is printed."""
    number: str = ""
    """Running number in the register of the year."""
    visit: str = ""
    """Number of the booking; not printed."""


@dataclass(frozen=True)
class RegisterData:
    """A register of one unit for a period: the petition register, or the reception register, by its rows."""

    unit: str
    from_on: date
    to_on: date
    printed_on: date
    rows: tuple[PetitionRow, ...] | tuple[ReceptionRow, ...]
    kind: str = "petitions"
    """petitions or reception."""
    above: str = ""
    language: str = "vi"
