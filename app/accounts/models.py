"""Tables of the officials, their posts, their deputies, their sign-ins and what they prove themselves with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..extensions import FLAT, Model, UtcDateTime
from ..rules.workflow import Actor, PostFact, Role
from ..units.models import Unit


class Official(Model):
    """Somebody who works for the government here. Never deleted: events name them."""

    __tablename__ = "official"
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    is_disabled: Mapped[bool] = mapped_column(default=False)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(8), default="vi")
    has_keys: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    posts: Mapped[list[Post]] = relationship(back_populates="official", lazy="selectin", order_by="Post.id")
    deputations: Mapped[list[Deputation]] = relationship(
        lazy="selectin", foreign_keys="Deputation.deputy_id", viewonly=True
    )
    second_factor: Mapped[SecondFactor | None] = relationship(viewonly=True)

    def posts_on(self, day: date) -> list[Post]:
        """The posts held on that day."""
        return [p for p in self.posts if p.began_on <= day and (p.ended_on is None or day <= p.ended_on)]

    def actor(self, day: date) -> Actor:
        """This official as the rules see them on that day: the posts held and the heads stood in for, nothing else."""
        own = [PostFact(Role(p.role), p.unit_id, p.unit.path) for p in self.posts_on(day)]
        lent = [PostFact(Role.HEAD, d.unit_id, d.unit.path, d.head_id) for d in self.deputations if d.covers(day)]
        role = own[0].role if own else Role.OFFICER
        return Actor(role, official_id=self.id, posts=() if self.is_disabled else (*own, *lent), name=self.name)


class Post(Model):
    """A role at a unit from a day on; moving somebody ends one post and begins another."""

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_unit_role", "unit_id", "role"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(16))
    began_on: Mapped[date]
    ended_on: Mapped[date | None]

    official: Mapped[Official] = relationship(back_populates="posts")
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=FLAT)


class Deputation(Model):
    """A head names a deputy from one day to another, who then approves in the head's name."""

    __tablename__ = "deputation"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    head_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    deputy_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    document: Mapped[str] = mapped_column(String(200), default="")

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=FLAT)
    head: Mapped[Official] = relationship(foreign_keys=[head_id])
    deputy: Mapped[Official] = relationship(foreign_keys=[deputy_id], overlaps="deputations")

    def covers(self, day: date) -> bool:
        """Whether the deputy stands in for the head on that day."""
        return self.from_on <= day <= self.to_on


class SignIn(Model):
    """One browser in which an official is signed in; only the hash of its key is kept."""

    __tablename__ = "sign_in"
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    code_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a code of the second factor was last given here for a signature."""

    official: Mapped[Official] = relationship(lazy="joined", innerjoin=FLAT)


class SecondFactor(Model):
    """An official's telephone that makes codes: its secret, sealed, and the last half minute whose code was used."""

    __tablename__ = "second_factor"
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), primary_key=True, autoincrement=False)
    secret: Mapped[str] = mapped_column(String(200))
    last_step: Mapped[int]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecoveryCode(Model):
    """A code on paper for the day the telephone is lost; only its hash is kept, and it opens once."""

    __tablename__ = "recovery_code"
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInStep(Model):
    """A browser in which the password was right and the code of the second factor is still awaited."""

    __tablename__ = "sign_in_step"
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)

    official: Mapped[Official] = relationship(lazy="joined", innerjoin=FLAT)


class PasswordLink(Model):
    """A link that lets an official choose a password, once and not for long; only the hash of its key is kept."""

    __tablename__ = "password_link"
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True)
    good_until: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    official: Mapped[Official] = relationship(lazy="joined", innerjoin=FLAT)


class OutsideIdentity(Model):
    """Whom an official is at the government's provider of accounts: issuer and subject, pinned; never a name."""

    __tablename__ = "outside_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"), UniqueConstraint("official_id", "issuer"))
    id: Mapped[int] = mapped_column(primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    official: Mapped[Official] = relationship(lazy="joined", innerjoin=FLAT)


class SingleStep(Model):
    """What a browser on its way to the provider and back must come back with; sealed, gone after ten minutes."""

    __tablename__ = "single_step"
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    good_until: Mapped[datetime] = mapped_column(UtcDateTime)


class ChangeRequest(Model):
    """A change of great consequence that one administrator asked for and another has to approve.

    `facts` hold what to do, in codes and numbers; `outcome` is empty while nobody decided, else approved or declined.
    """

    __tablename__ = "change_request"
    __table_args__ = (Index("ix_change_request_open", "outcome", "asked_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    verb: Mapped[str] = mapped_column(String(16))
    official_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(8), default="")

    official: Mapped[Official | None] = relationship(foreign_keys=[official_id])
    asked_by: Mapped[Official] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Official | None] = relationship(foreign_keys=[decided_by_id])
    unit: Mapped[Unit] = relationship()


class Attempt(Model):
    """Failed tries at a door (sign-in, receipt code), counted per keyed hash of who tries; no raw address at rest."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_door", "door", "who", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(String(16))
    who: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
