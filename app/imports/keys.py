"""Reads a mapping's tables key by key; whatever is wrong is said with the key and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
NEEDED: Any = object()
"""The default of a key that must be there."""


class MappingError(ValueError):
    """The mapping cannot be meant like this; nothing was written. `key` says where, the message why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key, self.reason = key, reason


class Keys:
    """One table of the mapping; keys that nobody asked for are mistakes."""

    def __init__(self, values: Mapping[str, Any], path: str = "") -> None:
        self._values, self._path, self._asked = values, path, set[str]()

    def name(self, key: str) -> str:
        """The key with the tables around it, `unit.level`."""
        return f"{self._path}.{key}" if self._path else key

    def wrong(self, key: str, reason: str) -> MappingError:
        """The mistake at a key."""
        return MappingError(self.name(key), reason)

    def _take(self, key: str, kind: type[T], default: Any) -> T:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is NEEDED:
            raise self.wrong(key, "is missing")
        if value is not default and (not isinstance(value, kind) or (kind is not bool and isinstance(value, bool))):
            raise self.wrong(key, f"must be {_called(kind)}, not {value!r}")
        return value

    def text(self, key: str, default: Any = NEEDED) -> str:
        """A text; one that must be there says something."""
        value = self._take(key, str, default).strip()
        if default is NEEDED and not value:
            raise self.wrong(key, "is empty")
        return value

    def code(self, key: str, default: Any = NEEDED) -> str:
        """A code as units have it, or its beginning."""
        value = self.text(key, default)
        if value and not CODE.fullmatch(value):
            raise self.wrong(key, f"{value!r} is no code: up to 40 letters a-z, digits, '.', '_' and '-'")
        return value

    def sign(self, key: str, default: str) -> str:
        """A single character, spaces and tabs too."""
        value = self._take(key, str, default)
        if len(value) != 1:
            raise self.wrong(key, "must be one character")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        return self._take(key, bool, default)

    def day(self, key: str, default: Any = NEEDED) -> date:
        """A date."""
        return self._take(key, date, default)

    def texts(self, key: str, default: Any = NEEDED) -> tuple[str, ...]:
        """A list of texts."""
        found = self._take(key, list, default)
        if not all(isinstance(item, str) for item in found):
            raise self.wrong(key, "must be a list of texts")
        return tuple(found)

    def pairs(self, key: str) -> dict[str, str]:
        """A table of texts: a value in the file, and what it means here."""
        found = self._take(key, dict, {})
        if not all(isinstance(item, str) for item in found.values()):
            raise self.wrong(key, "must give a text for each value")
        return dict(found)

    def table(self, key: str, is_needed: bool = False) -> Keys:
        """A table inside this one; empty if it may be left out."""
        return Keys(self._take(key, dict, NEEDED if is_needed else {}), self.name(key))

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def one_of(self, key: str, choices: Iterable[str], default: Any = NEEDED) -> str:
        """A text out of a fixed set."""
        value, known = self.text(key, default), list(choices)
        if value not in known:
            raise self.wrong(key, f"{value!r} is none of {', '.join(known)}")
        return value

    def end(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                raise self.wrong(key, "is not a key of the mapping")


def _called(kind: type[Any]) -> str:
    names: dict[type[Any], str] = {str: "a text", bool: "true or false", date: "a date (2015-01-01)", list: "a list",
                                   dict: "a table"}  # fmt: skip
    return names[kind]
