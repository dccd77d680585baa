"""Open commitments in the desk's queue, beside cases: what my units owe, and what they are to look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for

from ..dialogues.queries import commitments
from ..dialogues.queries.commitments import Filters
from ..dialogues.shown import rows
from ..rules.workflow import Actor

VIEW = "promises"
"""The queue's group of commitments."""


def count(actor: Actor, today: date) -> int:
    """How many commitments wait for this official's units."""
    return commitments.count(actor, "at_hand", today)


def page(actor: Actor, today: date, number: int) -> tuple[list[Mapping[str, Any]], bool]:
    """One page of them as rows of the queue, overdue first, and whether there is a next page."""
    found, has_next = commitments.listed(actor, Filters(view="at_hand"), today, number)
    urls = {one.id: url_for("dialogues.commitment", number=one.number) for one in found}
    return list(rows(found, today, urls)), has_next
