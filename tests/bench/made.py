"""Invented cases by the ten thousand: columns of numbers in which the facts of each case fit together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .ground import NOW, Ground

Column = NDArray[Any]
Columns = dict[str, Column]
HOUR, DAY, YEARS = 3_600_000_000, 86_400_000_000, 5
"""Moments are microseconds since 1970, 0 for never; days are counted from 1970, 0 for none."""
END = int(NOW.timestamp()) * 1_000_000
TOWN = 7 * HOUR
KINDS, KIND_SHARES = ("feedback", "complaint", "dialogue", "denunciation"), (0.80, 0.165, 0.03, 0.005)
CHANNELS, CHANNEL_SHARES = (
    ("web", "counter", "phone", "letter", "reception", "other"),
    (0.5, 0.2, 0.15, 0.1, 0.03, 0.02),
)
OUTCOMES = ("resolved", "explained", "partly_resolved", "not_competent", "duplicate", "withdrawn")
OUTCOME_SHARES = (0.66, 0.15, 0.1, 0.04, 0.03, 0.02)
STAY_SHARES = (0.80, 0.15, 0.04, 0.01)
"""How many cases know one, two, three, four units."""
REASONS = ('["not_done", "vague"]', '["late"]', '["attitude", "late"]', '["clear", "fast"]', "[]")
STEPS = ("submit", "forward", "receive", "assign", "ask", "reply", "propose", "approve", "reopen", "approve", "rate")
STATUSES = ("received", "received", "received", "assigned", "waiting", "assigned", "pending_approval", "answered",
            "assigned", "answered", "answered")  # fmt: skip
"""What an event of each step leaves the case as."""


@dataclass
class Batch:
    """Some cases with everything that belongs to them, as columns."""

    cases: Columns
    stays: Columns
    events: Columns


def batch(random: np.random.Generator, ground: Ground, first: int, first_stay: int, size: int, total: int) -> Batch:
    """Cases `first` to `first + size` of `total`: they come evenly over five years, in the order of their numbers."""
    cases = _cases(random, ground, first, size, total)
    parts, count = _wanderings(random, ground, cases)
    stays = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.lexsort((stays["number"], stays["case_id"]))
    stays = {name: column[order] for name, column in stays.items()}
    stays["id"] = first_stay + np.arange(len(order))
    last = stays["number"] == count[stays["case_id"] - first]
    _answer(random, stays, last)
    _conclude(cases, {name: column[last] for name, column in stays.items()})
    return Batch(cases, stays, _events(cases, stays, last))


def _cases(random: np.random.Generator, ground: Ground, first: int, size: int, total: int) -> Columns:
    number = np.arange(first, first + size)
    span = YEARS * 365 * DAY
    at = END - span + ((number - 1 + random.random(size)) / total * (span - HOUR)).astype(np.int64)
    communes = np.array(ground.communes)
    return {
        "id": number, "submitted_at": at,
        "kind": random.choice(len(KINDS), size, p=KIND_SHARES),
        "channel": random.choice(len(CHANNELS), size, p=CHANNEL_SHARES),
        "category_id": random.choice(ground.categories, size),
        "commune_id": np.where(random.random(size) < 0.1, 0, random.choice(communes, size)),
        "due_on": np.where(random.random(size) < 0.12, 0, day_of(at) + random.choice([3, 7, 15, 30], size)),
    }  # fmt: skip


def day_of(at: Column) -> Column:
    """The town's day of a moment; none of none."""
    return np.where(at > 0, (at + TOWN) // DAY, 0)


def _wanderings(random: np.random.Generator, ground: Ground, cases: Columns) -> tuple[list[Columns], Column]:
    """The stays of each case at one unit after the other, and how many there were until now."""
    size = len(cases["id"])
    weights = 1 / (1 + np.arange(len(ground.units)) % 29)
    shares = weights / weights.sum()
    wanted, began = random.choice(np.arange(1, 5), size, p=STAY_SHARES), cases["submitted_at"].copy()
    count, alive, parts = np.zeros(size, np.int64), np.ones(size, np.bool_), []
    for number in range(1, 5):
        ended = began + (random.exponential(2.5, size) * DAY).astype(np.int64) + HOUR
        leaves = alive & (wanted > number) & (ended < END)
        part = {name: cases[name][alive] for name in ("kind", "category_id", "commune_id", "due_on")}
        part |= {
            "case_id": cases["id"][alive],
            "number": np.full(int(alive.sum()), number),
            "began_at": began[alive],
            "unit_id": random.choice(ground.units, size, p=shares)[alive],
            "ended_at": np.where(leaves, ended, 0)[alive],
        }
        parts.append(part)
        count += alive
        began, alive = np.where(leaves, ended, began), leaves
    return parts, count


def _until(at: Column, mask: Column) -> Column:
    """The moments that lie before now, where they happen at all."""
    return np.where(mask & (at < END), at, 0)


def _answer(random: np.random.Generator, stays: Columns, last: Column) -> None:
    """What happened at the unit where the case stayed: a first word, an answer, another try, a judgement."""
    size = len(last)

    def days(mean: float) -> Column:
        return (random.gamma(1.6, mean / 1.6, size) * DAY).astype(np.int64) + HOUR

    began, answers = stays["began_at"], last & (random.random(size) > 0.007)
    done = began + days(11)
    finished = _until(done, answers)
    first = _until(np.minimum(began + days(3), done), last)
    outcome = np.where(finished > 0, 1 + random.choice(len(OUTCOMES), size, p=OUTCOME_SHARES), 0)
    reopened = _until(done + days(6), (finished > 0) & (outcome == 1) & (random.random(size) < 0.06))
    again = _until(reopened + days(9), reopened > 0)
    resolved = np.where(reopened > 0, again, finished)
    rated = _until(resolved + days(4), (resolved > 0) & (random.random(size) < 0.35))
    asked = random.random(size) < 0.2
    stays.update(
        first_response_at=first, finished_at=finished, resolved_at=resolved, reopened_at=reopened, rated_at=rated,
        outcome=outcome, waited_seconds=np.where(asked & (resolved > 0), random.integers(3600, 900_000, size), 0),
        rating_level=np.where(rated > 0, random.choice([1, 2, 3, 4, 4, 5, 5], size), 0),
        reasons=random.integers(0, len(REASONS), size), is_open=(last & (resolved == 0)).astype(np.int64),
        asked=asked.astype(np.int64), is_reopening=np.zeros(size, np.int64),
    )  # fmt: skip


def _conclude(cases: Columns, last: Columns) -> None:
    """The present of each case: where it is and how it stands."""
    for name in ("unit_id", "outcome", "rating_level", "first_response_at"):
        cases[name] = last[name]
    cases["answered_at"] = last["resolved_at"]
    cases["status"] = np.where(last["resolved_at"] > 0, STATUSES.index("answered"), STATUSES.index("assigned"))


def _events(cases: Columns, stays: Columns, last: Column) -> Columns:
    """The journal's lines, six or seven a case, in the order of time."""
    end = {name: column[last] for name, column in stays.items()}
    asked, began, done = end["asked"] > 0, end["began_at"], end["finished_at"]
    part = np.where(done > 0, done, began + 4 * DAY) - began
    at = {
        0: cases["submitted_at"], 2: began + HOUR // 4, 3: began + part // 8, 4: np.where(asked, began + part // 4, 0),
        5: np.where(asked, began + part // 2, 0), 6: np.where(done > 0, done - part // 16, 0), 7: done,
        8: end["reopened_at"], 9: np.where(end["reopened_at"] > 0, end["resolved_at"], 0), 10: end["rated_at"],
    }  # fmt: skip
    left = stays["number"] > 1
    rows = [(stays["began_at"][left], stays["case_id"][left], stays["unit_id"][left], 1)]
    rows += [(moments, end["case_id"], end["unit_id"], step) for step, moments in at.items()]
    first = stays["unit_id"][stays["number"] == 1]
    rows[1] = (rows[1][0], rows[1][1], first, 0)
    whole = {
        "at": np.concatenate([row[0] for row in rows]), "case_id": np.concatenate([row[1] for row in rows]),
        "unit_id": np.concatenate([row[2] for row in rows]),
        "step": np.concatenate([np.full(len(row[0]), row[3]) for row in rows]),
    }  # fmt: skip
    happened = (whole["at"] > 0) & (whole["at"] < END)
    whole = {name: column[happened] for name, column in whole.items()}
    order = np.lexsort((whole["step"], whole["at"]))
    return {name: column[order] for name, column in whole.items()}
