"""The table of cases: one row for everything a resident asked, whatever its kind."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from ...accounts.models import Official
from ...extensions import Model, UtcDateTime
from ...rules.workflow import OPEN, Kind
from ...units.models import Category, Unit
from .person import Person, Personal

if TYPE_CHECKING:
    from .request import DialogueRequest
    from .stays import Contribution, Handler

SEALED, DIALOGUE = text("kind = 'denunciation'"), text("kind = 'dialogue'")
OFTEN = text("reopened_count >= 2")
"""The rows of small indexes of their own."""


class Case(Model):
    """One thing a resident asked, from arrival to closing: the row every room shares.

    Its columns are the present, kept for lists; what happened stands in the journal.
    """

    __tablename__ = "petition_case"
    __table_args__ = (
        Index("ix_case_unit_due", "unit_id", "status", "due_on", "id"),
        Index("ix_case_officer_due", "assigned_to_id", "status", "due_on", "id"),
        Index("ix_case_commune", "commune_id", "status"),
        Index("ix_case_unit_submitted", "unit_id", "submitted_at"),
        Index("ix_case_sealed", "submitted_at", sqlite_where=SEALED, postgresql_where=SEALED),
        Index("ix_case_often", "reopened_count", sqlite_where=OFTEN, postgresql_where=OFTEN),
        Index("ix_case_dialogue", "unit_id", sqlite_where=DIALOGUE, postgresql_where=DIALOGUE),
        UniqueConstraint("external_source", "external_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(24))
    channel: Mapped[str] = mapped_column(String(16))
    """How it came: web, counter, phone, letter, other (imports)."""
    language: Mapped[str] = mapped_column(String(8), default="vi")
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    wanted_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    place: Mapped[str] = mapped_column(String(300), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    is_complex: Mapped[bool] = mapped_column(default=False)
    deadline_variant: Mapped[str] = mapped_column(String(40), default="")

    contact_name, contact_phone = Personal("name"), Personal("phone")
    contact_email, contact_address = Personal("email"), Personal("address")
    """Who wrote: kept in the person's own row, sealed (models/person.py)."""
    contact_channel: Mapped[str] = mapped_column(String(8), default="")
    """How the resident wants to hear of it: mail, sms, none; '' whichever was given (rules/contact.py)."""

    against: Mapped[str] = mapped_column(Text, default="")
    """Complaint: the decision or act complained of."""
    known_on: Mapped[date | None]
    request: Mapped[str] = mapped_column(Text, default="")
    registered_on: Mapped[date | None]
    """The day the signed original was registered; the first clocks of complaints and denunciations start then."""
    accepted_on: Mapped[date | None]
    instance: Mapped[int] = mapped_column(default=1)
    """Complaint: 1 first settlement, 2 complained again to the next level up (Law 02/2011/QH13 art. 33)."""
    appeal_of_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"), index=True)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"), index=True)
    """A mixed letter: the case from which this part was taken out."""
    is_discipline: Mapped[bool] = mapped_column(default=False)
    """Complaint against a disciplinary decision on an official: a settlement clock of its own (art. 50)."""
    denounced_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    """Denunciation: the unit denounced, or in which the person denounced serves; it never sees this row."""
    paper_file: Mapped[str] = mapped_column(String(120), default="")
    """Denunciation: where the signed original lies on paper; who wrote it stands there only."""

    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    content_hash: Mapped[str] = mapped_column(String(64), default="")

    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_response_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    eligibility: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What was checked when it was classified (Circular 05/2021/TT-TTCP art. 6): item -> holds."""
    classified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_status: Mapped[str] = mapped_column(String(24), default="")
    """Waiting or suspended: the status to which it comes back."""
    suspended_on: Mapped[date | None]
    dialogue_on: Mapped[date | None]
    verdict: Mapped[str] = mapped_column(String(16), default="")
    withdrawn_part: Mapped[str] = mapped_column(Text, default="")
    sent_on: Mapped[date | None]
    """The day the decision or conclusion was handed over or posted."""
    published_on: Mapped[date | None]
    enforced_on: Mapped[date | None]
    archived_on: Mapped[date | None]
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the resident owes an answer; None when not waiting."""
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
    due_on: Mapped[date | None]
    """The due date shown: of the closing clock, else of the stage running (see due_stage)."""
    due_stage: Mapped[str] = mapped_column(String(40), default="")

    draft_text: Mapped[str] = mapped_column(Text, default="")
    draft_outcome: Mapped[str] = mapped_column(String(20), default="")
    draft_number: Mapped[int] = mapped_column(default=0)
    draft_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    answer_text: Mapped[str] = mapped_column(Text, default="")
    answer_number: Mapped[int] = mapped_column(default=0)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    reopen_until: Mapped[date | None]
    reopened_count: Mapped[int] = mapped_column(default=0)
    rating_level: Mapped[int | None]
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"), index=True)
    files_count: Mapped[int] = mapped_column(default=0)
    hold_reason: Mapped[str] = mapped_column(Text, default="")
    """Legal hold: why nothing of it may be erased (a court, an inspection, a claim); empty without one."""
    erased_on: Mapped[date | None]
    """Texts, files and person are gone; reference, dates and outcome stay, and so do the figures."""
    external_source: Mapped[str | None] = mapped_column(String(40))
    external_id: Mapped[str | None] = mapped_column(String(80))

    __mapper_args__ = {"version_id_col": version}
    __allow_unmapped__ = True

    person: Mapped[Person | None] = relationship(
        primaryjoin=lambda: foreign(Person.about) == Case.reference, uselist=False, lazy="select")  # fmt: skip
    category: Mapped[Category] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    commune: Mapped[Unit | None] = relationship(foreign_keys=[commune_id])
    wanted_unit: Mapped[Unit | None] = relationship(foreign_keys=[wanted_unit_id])
    assigned_to: Mapped[Official | None] = relationship(foreign_keys=[assigned_to_id])
    draft_by: Mapped[Official | None] = relationship(foreign_keys=[draft_by_id])
    answered_by: Mapped[Official | None] = relationship(foreign_keys=[answered_by_id])
    duplicate_of: Mapped[Case | None] = relationship(remote_side=[id], foreign_keys=[duplicate_of_id])
    appeal_of: Mapped[Case | None] = relationship(remote_side=[id], foreign_keys=[appeal_of_id])
    split_from: Mapped[Case | None] = relationship(remote_side=[id], foreign_keys=[split_from_id])
    denounced_unit: Mapped[Unit | None] = relationship(foreign_keys=[denounced_unit_id])
    asked_to_meet: Mapped[DialogueRequest | None] = relationship(lazy="select", uselist=False)
    handlers: Mapped[list[Handler]] = relationship(lazy="select", order_by="Handler.id")
    contributions: Mapped[list[Contribution]] = relationship(lazy="select", order_by="Contribution.id")

    today: date | None = None
    """Set by cases.queries when the workflow is asked, so that windows can be judged; never stored."""
    report_is_owed: bool = False
    """The same: whether a superior waits for a report on why a denunciation is late (Law 25/2018/QH14 art. 38)."""
    appeal_is_open: bool = False
    """The same: whether the window of Law 02/2011/QH13 art. 33 stands open on that day."""
    aimed: dict[str, date | None] | None = None
    """Due dates that the closing clock was just given; the event that is written next says them. Never stored."""

    @property
    def unit_path(self) -> str:
        return self.unit.path

    @property
    def is_sealed(self) -> bool:
        """A denunciation: title, place and text are shown to named handlers and the inspectorate only."""
        return self.kind == Kind.DENUNCIATION

    @property
    def denounced_path(self) -> str:
        """The path of the unit denounced; '' where none is named."""
        return self.denounced_unit.path if self.denounced_unit else ""

    @property
    def handler_ids(self) -> frozenset[int]:
        """The officials named to handle a denunciation, those dismissed left out."""
        if not self.is_sealed:
            return frozenset()
        return frozenset(handler.official_id for handler in self.handlers if handler.ended_at is None)

    @property
    def part_unit_ids(self) -> frozenset[int]:
        """Units that were asked for their part and have not given it yet."""
        return frozenset(part.unit_id for part in self.contributions if part.is_open)

    @property
    def is_registered(self) -> bool:
        return self.registered_on is not None

    @property
    def is_received(self) -> bool:
        return self.received_at is not None

    @property
    def is_accepted(self) -> bool:
        return self.accepted_on is not None

    @property
    def is_ineligible(self) -> bool:
        """Classified as lacking something the law asks of a petition (Circular 05/2021/TT-TTCP art. 6)."""
        return self.eligibility is not None and not self.eligibility.get("is_eligible", True)

    @property
    def is_sent(self) -> bool:
        return self.sent_on is not None

    @property
    def is_published(self) -> bool:
        return self.published_on is not None

    @property
    def has_dialogue(self) -> bool:
        return self.dialogue_on is not None

    @property
    def is_overdue(self) -> bool:
        """Whether the date that lists show has passed; set with `today`. Derived, never stored."""
        return self.status in OPEN and self.due_on is not None and self.today is not None and self.due_on < self.today

    @property
    def can_appeal(self) -> bool:
        """Whether the complainant may complain again today; set with `today` by cases.queries."""
        return self.instance == 1 and self.appeal_is_open

    @property
    def has_reminder(self) -> bool:
        return self.reminded_at is not None

    @property
    def has_answer(self) -> bool:
        return bool(self.answer_text)

    @property
    def shares_answer(self) -> bool:
        """Whether the earlier case that this one goes along with has its answer: this sender judges it too."""
        return self.duplicate_of is not None and self.duplicate_of.has_answer

    @property
    def is_heard_elsewhere(self) -> bool:
        """Whether somebody still works on the earlier case that this one goes along with."""
        return self.duplicate_of is not None and self.duplicate_of.status in OPEN

    @property
    def has_insisted(self) -> bool:
        """A dialogue was asked for a second time, after an answer in writing."""
        return self.asked_to_meet is not None and self.asked_to_meet.insisted_at is not None

    @property
    def has_offer(self) -> bool:
        """Times were proposed from which the resident may choose."""
        return self.asked_to_meet is not None and bool(self.asked_to_meet.offered_times)

    @property
    def is_shared(self) -> bool:
        """The request for a dialogue is public and others may join it."""
        return self.asked_to_meet is not None and self.asked_to_meet.shared_on is not None

    @property
    def can_reopen(self) -> bool:
        """Whether the resident's window to reopen is still open today."""
        return self.reopen_until is not None and self.today is not None and self.today <= self.reopen_until
