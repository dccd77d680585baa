"""Somebody else was first: what they did, in words, to stand beside what was typed here."""

from __future__ import annotations

from datetime import date

from ..cases.lines import OFFICIAL, thread_items
from ..cases.models import Case
from ..cases.names import names_of
from ..journal.queries import timeline


def last_said(case: Case, today: date) -> str:
    """What was done last: its heading, who, when, and what was said."""
    last = timeline(case.id)[-1:]
    item = thread_items(last, OFFICIAL, names_of(last, today))[-1]
    heading = f"{item['title']} ({item['who']}, {item['when']})"
    return "\n".join(part for part in (heading, item["summary"], item["text"]) if part)
