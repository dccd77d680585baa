"""Takes the keys out of one table of a hand-written file, each as the type it must have.

What is wrong joins one list of errors, so that a person corrects the whole file in one go.
"""

import re
from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any

from app.units.unit_file.tables import LineError, Table, meant

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class Keys:
    """The keys of one table. Each method asks for one key; `done` complains about keys nobody asked for.

    A wrong or missing value is noted and its empty value handed out, so that reading can go on.
    """

    def __init__(self, table: Table, errors: list[LineError]) -> None:
        self.table = table
        self._errors = errors
        self._asked: list[str] = []
        self.failed: set[str] = set()

    def wrong(self, key: str, message: str) -> None:
        """Note that a key of this table cannot stay as it is."""
        self.failed.add(key)
        self._errors.append(self.table.error(key, message))

    def text(self, key: str, *, required: bool = True) -> str:
        """A text; a required one may not be blank."""
        value = self._take(key, required, "must be a text in quotes", lambda v: isinstance(v, str))
        if required and value is not None and not value.strip():
            self.wrong(key, "must not be empty")
        return (value or "").strip()

    def code(self, key: str, *, required: bool = True) -> str:
        """A code: it becomes part of addresses and file names."""
        value = self.text(key, required=required)
        if value and not _CODE.fullmatch(value):
            self.wrong(key, "must be at most 40 letters a-z, digits, '.', '_' or '-', without spaces")
        return value

    def choice(self, key: str, known: Collection[str], *, required: bool = True) -> str:
        """A text out of a fixed list."""
        value = self.text(key, required=required)
        if value:
            self._known(key, value, known)
        return value

    def texts(self, key: str, known: Collection[str] | None = None, *, required: bool = True) -> tuple[str, ...]:
        """A list of texts; a required one may not be empty."""
        value = self._take(key, required, 'must be a list of texts like ["a", "b"]', _is_texts)
        if required and value == []:
            self.wrong(key, "must not be empty")
        for item in (value or []) if known is not None else []:
            self._known(key, item, known or ())
        return tuple(value or ())

    def flag(self, key: str) -> bool:
        """true or false; false when it is not said."""
        return bool(self._take(key, False, "must be true or false", lambda v: isinstance(v, bool)))

    def whole(self, key: str) -> int:
        """A whole number."""
        return self._take(key, True, "must be a whole number without quotes", lambda v: type(v) is int) or 0

    def degrees(self, key: str, limit: int) -> float | None:
        """A place on the globe in degrees, from -limit to limit."""
        value: float | None = self._take(key, False, "must be a number of degrees", _is_number)
        if value is not None and not -limit <= value <= limit:
            self.wrong(key, f"must lie between -{limit} and {limit}")
        return None if value is None else float(value)

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A calendar day."""
        day: date | None = self._take(key, required, "must be a day like 2025-07-01, without quotes", _is_day)
        return day

    def done(self) -> None:
        """Complain about keys this kind of table does not have."""
        for key in self.table.values:
            if key not in self._asked:
                self.wrong(key, f"is not known here{meant(key, self._asked)}")

    def _take(self, key: str, required: bool, must: str, fits: Callable[[Any], bool]) -> Any:
        self._asked.append(key)
        if key not in self.table.values:
            if required:
                self.wrong(key, "is missing")
            return None
        value = self.table.values[key]
        if not fits(value):
            self.wrong(key, must)
            return None
        return value

    def _known(self, key: str, value: str, known: Collection[str]) -> None:
        if value not in known:
            self.wrong(key, f"'{value}' is not one of {', '.join(known)}{meant(value, known)}")


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
