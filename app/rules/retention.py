"""For how long a case is kept after it ended, by what it is. What is over is proposed, never erased by itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .workflow import Kind, Outcome

FILE = Path(__file__).parent / "data" / "retention.toml"
INELIGIBLE, VISIT = "ineligible", "visit"


@dataclass(frozen=True)
class Term:
    """How many years, by which law, and how sure we are of it (confirmed, unconfirmed, proposal)."""

    what: str
    years: int
    legal_basis: str
    legal_basis_en: str
    confidence: str
    note: str = ""

    @property
    def setting(self) -> str:
        """The setting by which an administrator changes the number."""
        return f"keep_years_{self.what}"


TERMS = {row["what"]: Term(**row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["term"]}


def what_of(kind: str, outcome: str | None, is_ineligible: bool) -> str:
    """Which term counts: petitions that could not be taken up are kept shortest; a denunciation always as one."""
    is_short = is_ineligible or outcome == Outcome.NOT_ACCEPTED
    return INELIGIBLE if is_short and kind != Kind.DENUNCIATION else str(kind)


def first_free_day(ended_on: date, years: int) -> date:
    """The first day on which it need not be kept: whole years later; a 29 February gives way to 1 March."""
    try:
        return ended_on.replace(year=ended_on.year + years)
    except ValueError:
        return date(ended_on.year + years, 3, 1)
