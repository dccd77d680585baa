"""How long each custody stood in which status: rules/statistics/stages.py over whole columns, from plain event rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Integer, Select, and_, case, cast, func, literal, select

from ...extensions import db
from ...journal.models import Event as _Event
from ...rules.statistics.stages import TIMED
from ...rules.workflow import Action, Role
from .pack import SPENT, STATUSES, Rows

Marks = NDArray[np.int64]
"""Events as rows of five numbers: case, seq, second, unit, and status with what it says of an import (see `_code`)."""
NUMBERS = 5
IMPORTED, ENDED = 1, 2
EVENT = _Event.__table__.c
"""Plain columns: a million events are no objects."""
_TIMED = np.array([STATUSES.index(status) for status in TIMED])


def marks(of_cases: Any) -> Marks:
    """The events of these cases (a list of ids or a query for them), as far as dwell needs them; one statement."""
    rows = db.session.execute(statement(of_cases)).all()
    return np.array([tuple(row) for row in rows], np.int64).reshape(-1, NUMBERS)


def statement(of_cases: Any) -> Select[Any]:
    """Their events as plain numbers, in no order."""
    return select(EVENT.case_id, EVENT.seq, _second(), func.coalesce(EVENT.unit_id, 0), _code()).where(
        EVENT.case_id.in_(of_cases)
    )


def _second() -> Any:
    """The second of an event, cut and never rounded, as pack.second does it."""
    if db.engine.dialect.name == "postgresql":
        return cast(func.floor(func.extract("epoch", EVENT.at)), Integer)
    return cast(func.strftime("%s", func.substr(EVENT.at, 1, 19)), Integer)


def _code() -> Any:
    """The status by its number, times four; one more for an import, two more for an end that the system wrote."""
    status = case({word: number * 4 for number, word in enumerate(STATUSES) if word}, value=EVENT.status, else_=0)
    ended = and_(EVENT.action == Action.CLOSE, EVENT.actor_role == Role.SYSTEM)
    return status + case((EVENT.action == Action.IMPORTED, IMPORTED), (ended, ENDED), else_=literal(0))


def fill(rows: Rows, found: Marks) -> Rows:
    """Write status, since and the seconds spent into the rows, from all events of their cases."""
    if not len(rows) or not len(found):
        return rows
    found = found[np.lexsort((found[:, 1], found[:, 0]))]
    place, ours = _places(rows, found)
    at, status = found[:, 2].copy(), found[:, 4] >> 2
    elsewhere = _ended_elsewhere(found)
    at, status, elsewhere = at[ours], status[ours], elsewhere[ours]
    if not len(at):
        return rows
    at[elsewhere] = rows["finished_at"][place][elsewhere]
    _spend(rows, place, at, status)
    return rows


def _places(rows: Rows, found: Marks) -> tuple[Marks, Any]:
    """For each event the row of the custody in which it happened, and which events have one here.

    A case changes its unit with each custody, so that the number of the custody is that of the changes before.
    """
    cases = found[:, 0]
    is_first = np.r_[True, cases[1:] != cases[:-1]]
    changes = np.cumsum(np.r_[False, found[1:, 3] != found[:-1, 3]] & ~is_first)
    number = 1 + changes - np.repeat(changes[is_first], np.diff(np.r_[np.flatnonzero(is_first), len(cases)]))
    keys = rows["case_id"].astype(np.int64) << 16 | rows["number"]
    order = np.argsort(keys)
    wanted = cases << 16 | number
    at = np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)
    place = order[at]
    ours = keys[place] == wanted
    return place[ours], ours


def _ended_elsewhere(found: Marks) -> Any:
    """Ends of imported cases: written down when they were imported, they lie in the past."""
    flag, cases = found[:, 4] & 3, found[:, 0]
    follows = np.r_[False, (flag[:-1] == IMPORTED) & (cases[:-1] == cases[1:])]
    return (flag == ENDED) & follows


def _spend(rows: Rows, place: Marks, at: Marks, status: Marks) -> None:
    """Runs of one status within one custody, each until the next or the custody's end."""
    is_new = np.r_[True, place[1:] != place[:-1]]
    begins = np.flatnonzero(is_new | np.r_[True, status[1:] != status[:-1]])
    place, status, is_new = place[begins], status[begins], is_new[begins]
    since = np.where(is_new, rows["began_at"][place], at[begins])
    is_last = np.r_[is_new[1:], True]
    ended = rows["ended_at"][place].astype(np.int64)
    until = np.where(is_last, np.where(ended > 0, ended, since), np.r_[since[1:], 0])
    took = np.maximum(until - since, 0)
    for number, name in zip(_TIMED, SPENT, strict=True):
        mine = status == number
        rows[name] = np.bincount(place[mine], took[mine], len(rows))
    np.bitwise_or.at(rows["stood"], place, (1 << status).astype("<u2"))
    rows["status"][place[is_last]] = status[is_last]
    rows["since"][place[is_last]] = since[is_last]
