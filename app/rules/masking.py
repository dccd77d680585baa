"""A resident's own words without what would say who they are: each such place is covered, and it is said with what.

Leaders read what people thought of an answer, not who they are (Law 91/2025/QH15 on personal data). The finder is the
one that looks through denunciations and minutes (rules/identity.py, rules/dialogues/exposed.py); it does not know every
name, so masked texts are still only for those who may see the unit's figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .dialogues.exposed import exposed
from .identity import Trace

DOTS = "•••"


def covered_phone(number: str) -> str:
    """A telephone number by its first two and last three digits, enough to tell two apart."""
    digits = "".join(letter for letter in number if letter.isdigit())
    return f"{digits[:2]}•• {DOTS} {digits[-3:]}" if len(digits) >= 8 else DOTS if number else ""


def covered_mail(address: str) -> str:
    """A mail address by its first letter and its domain."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}{DOTS}@{domain}" if name and domain else DOTS if address else ""


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `covers` says what stood there where it is covered, and then `words` is empty."""

    words: str = ""
    covers: Trace | None = None


def masked(text: str, known: Iterable[str] = ()) -> list[Piece]:
    """The text in pieces; `known` are names and addresses of the sender, covered wherever they stand."""
    found, at = [], 0
    for place in exposed(text, [words for words in known if words.strip()]):
        if place.start > at:
            found.append(Piece(text[at : place.start]))
        found.append(Piece(covers=place.trace))
        at = place.end
    if at < len(text):
        found.append(Piece(text[at:]))
    return found
