"""The sums printed on a form ("1 = 2+3+4"): read, computed for every row, and the broken ones named with both sides.

A tiny language: column numbers joined by + and -, sides joined by =; `01/XLD:20` is a column of another form. Nothing
else is understood, so a layout file can do nothing but add.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

TERM = re.compile(r"\s*([+-]?)\s*(?:(\d{2}/[A-Z]{3,4}):)?(\d{1,3})\s*")
Values = Mapping[int, Fraction | int | None]


@dataclass(frozen=True)
class Term:
    """One column in a sum, of this form or of another."""

    sign: int
    number: int
    form: str = ""

    def __str__(self) -> str:
        return f"({self.number})" + (f" {self.form}" if self.form else "")


@dataclass(frozen=True)
class Check:
    """Sides that must be equal, as the form prints them."""

    text: str
    sides: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True)
class Broken:
    """A sum that does not hold in one row: the two sides as they are written, and what each comes to."""

    row: str
    left: str
    left_value: Fraction | int
    right: str
    right_value: Fraction | int


def parsed(text: str) -> Check:
    """Read a check. Raises ValueError for anything but column numbers, +, - and =."""
    sides = tuple(_side(side, text) for side in text.split("="))
    if len(sides) < 2:
        raise ValueError(f"not a sum: {text!r}")
    return Check(text, sides)


def _side(text: str, whole: str) -> tuple[Term, ...]:
    terms: list[Term] = []
    at = 0
    while at < len(text):
        found = TERM.match(text, at)
        if found is None or (terms and not found[1]):
            raise ValueError(f"not a sum: {whole!r}")
        terms.append(Term(-1 if found[1] == "-" else 1, int(found[3]), found[2] or ""))
        at = found.end()
    if not terms:
        raise ValueError(f"not a sum: {whole!r}")
    return tuple(terms)


def columns_of(check: Check) -> set[int]:
    """The columns of its own form that a check names."""
    return {term.number for side in check.sides for term in side if not term.form}


def forms_of(check: Check) -> set[str]:
    """The other forms that a check names."""
    return {term.form for side in check.sides for term in side if term.form}


def broken(check: Check, row: str, values: Values, others: Mapping[str, Values]) -> list[Broken]:
    """The sides that differ from the first. A column without a figure counts as nought.

    A side with a form that was not counted is left out: nothing is said of what was not looked at.
    """
    sides = [side for side in check.sides if all(not term.form or term.form in others for term in side)]
    first, *rest = [(_written(side), _sum(side, values, others)) for side in sides]
    return [Broken(row, *first, *other) for other in rest if other[1] != first[1]]


def _sum(side: tuple[Term, ...], values: Values, others: Mapping[str, Values]) -> Fraction | int:
    found: Fraction | int = 0
    for term in side:
        found += term.sign * ((others[term.form] if term.form else values).get(term.number) or 0)
    return found


def _written(side: tuple[Term, ...]) -> str:
    words = "".join(f" {'-' if term.sign < 0 else '+'} {term}" for term in side)
    return words[3:] if side[0].sign > 0 else words[1:]
