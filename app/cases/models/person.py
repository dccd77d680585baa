"""Who wrote or comes: the personal data of a case or a booking, in one row, sealed with a key outside the database.

Nothing of a person stands anywhere else in the tables. What lists and rules must know without opening the seal are
two kinds of marks: whether there is a name, and keyed hashes of mail address, telephone and identity number, by which
a person who names them is found again. Of a denunciation, and of a visit to denounce, there is no row at all.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, overload

from flask import current_app
from sqlalchemy import String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from ...extensions import Model
from ...keys import key
from ...sealing import seal, unseal

BLOCK = 128
"""The sealed text is filled up to a multiple of this, so that its length says nothing of a name."""


class Person(Model):
    """The person of one case or booking. `about` is its reference, to which the seal is bound: rows cannot be swapped.

    `sealed` holds JSON {name, phone, email, address, identity_number, representatives}; only what was given.
    """

    __tablename__ = "person"
    __allow_unmapped__ = True
    about: Mapped[str] = mapped_column(String(24), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    has_name: Mapped[bool] = mapped_column(default=False)
    email_hash: Mapped[str | None] = mapped_column(String(32), index=True)
    phone_hash: Mapped[str | None] = mapped_column(String(32), index=True)
    identity_hash: Mapped[str | None] = mapped_column(String(32), index=True)

    _opened: tuple[str, dict[str, Any]] | None = None
    """The seal that was opened last, and what it held; never stored."""
    _given: dict[str, Any] | None = None
    """What was given before it was known for what; sealed when the row is written."""

    def said(self) -> dict[str, Any]:
        """What was given, by field."""
        if self._given is not None:
            return self._given
        if self._opened is None or self._opened[0] != self.sealed:
            self._opened = (self.sealed, opened(self.about, self.sealed))
        return self._opened[1]

    def give(self, field: str, value: Any) -> None:
        """Set one field; an empty value takes it away."""
        given = {name: kept for name, kept in self.said_so_far().items() if name != field}
        self._given = {**given, field: value} if value else given
        if self.about:
            self.close()

    def said_so_far(self) -> dict[str, Any]:
        """The same as said(), also for a row that has nothing yet."""
        return self.said() if self._given is not None or self.sealed else {}

    def close(self) -> None:
        """Seal what was given and set the marks."""
        given = self.said()
        for name, value in person_row(self.about, given).items():
            setattr(self, name, value)
        self._opened, self._given = (self.sealed, given), None


def person_row(about: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a person, for whoever writes many at once; `given` by field, empty ones left out."""
    kept = {name: value for name, value in given.items() if value}
    plain = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
    filled = plain + b" " * (-len(plain) % BLOCK)
    return {
        "about": about, "sealed": seal(current_app.config, filled, _bound(about)), "has_name": bool(kept.get("name")),
        "email_hash": mark("email", kept.get("email", "")), "phone_hash": mark("phone", kept.get("phone", "")),
        "identity_hash": mark("identity", kept.get("identity_number", "")),
    }  # fmt: skip


def opened(about: str, sealed: str) -> dict[str, Any]:
    """What a sealed row holds; Unreadable where it was changed, or belongs to another reference."""
    return dict(json.loads(unseal(current_app.config, sealed, _bound(about)))) if sealed else {}


def _bound(about: str) -> bytes:
    return f"person:{about}".encode()


def mark(kind: str, value: str) -> str | None:
    """The keyed hash by which an address, a number or a form's content is found again; None where there is none."""
    plain = _plain(kind, value)
    return keyed(kind, plain)[:32] if plain else None


def keyed(kind: str, plain: str) -> str:
    """HMAC-SHA256 under the installation's personal key; the kind keeps hashes of different things apart."""
    return hmac.new(key(current_app.config, "personal"), f"{kind}:{plain}".encode(), hashlib.sha256).hexdigest()


def _plain(kind: str, value: str) -> str:
    """One spelling: an address in small letters; of a telephone the last nine digits, so that +84 and 0 are one."""
    if kind == "phone":
        digits = "".join(letter for letter in value if letter.isdigit())
        return digits[-9:] if len(digits) >= 6 else ""
    return "".join(value.split()).casefold()


class Personal:
    """An attribute of a case or booking that stands in its person's row: read and set as if it were its own."""

    def __init__(self, field: str, empty: Any = "") -> None:
        self._field, self._empty = field, empty

    @overload
    def __get__(self, thing: None, owner: type) -> Personal: ...
    @overload
    def __get__(self, thing: Any, owner: type) -> Any: ...
    def __get__(self, thing: Any, owner: type) -> Any:
        if thing is None:
            return self
        found = thing.person.said_so_far().get(self._field) if thing.person is not None else None
        return self._empty if found is None else found

    def __set__(self, thing: Any, value: Any) -> None:
        if thing.person is None:
            if not value:
                return
            thing.person = Person()
        thing.person.give(self._field, value)


@event.listens_for(Person, "before_insert")
def _seal_new(_mapper: Any, _connection: Any, person: Person) -> None:
    if person._given is not None:
        person.close()
