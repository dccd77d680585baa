"""Looks each working morning whether a unit's figures crossed a threshold set for it, and tells who answers for it.

The state stands in the journal: the last event about "alert:<unit>:<what>" is an alert, or that it is over. So it is
told once, and again only after it was well in between.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from .. import clock
from ..accounts.queries import standing
from ..extensions import db, writing
from ..journal.models import Event, Notice
from ..journal.record import Thing, head_for_update, record
from ..reports import tree
from ..reports.asked import Question, facts_of_units
from ..reports.span import usual
from ..rules.alerts import ON_TIME, WHATS, Limits, crossing, is_bad
from ..rules.statistics import Summary
from ..rules.warnings import line_up
from ..rules.workflow import THE_SYSTEM, Action, Role
from ..units.models import Setting
from ..units.queries import setting
from .monthly import told
from .watch import is_time

ABOUT = "alert:"
KEYS = {"alert_on_time_below": "on_time_below", "alert_overdue_above": "overdue_above"}


@dataclass(frozen=True)
class Look:
    """One unit's figure on this morning, its threshold, and whether it lies beyond (None: cannot be said)."""

    unit: tree.Node
    what: str
    figures: Summary
    limits: Limits
    is_bad: bool | None

    @property
    def about(self) -> str:
        """The name of the alert in the journal."""
        return f"{ABOUT}{self.unit.code}:{self.what}"


def watch_thresholds(now: datetime, stop: threading.Event | None = None) -> int:
    """Tell of what crossed its threshold, if this is a morning that was not told yet; how many events."""
    if not is_time(now):
        return 0
    written = 0
    for look in looks(now):
        if stop is not None and stop.is_set():
            break
        if crossing(is_running(look.about), look.is_bad) is not None:
            with writing():
                written += _tell(look, now)
    return written


def thresholds() -> dict[int, Limits]:
    """The units that have any, by id."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = db.session.scalars(select(Setting).where(Setting.key.in_(sorted(KEYS)), Setting.unit_id.is_not(None)))
    for row in rows:
        found[row.unit_id or 0][KEYS[row.key]] = int(row.value)
    return {unit_id: Limits(**limits) for unit_id, limits in found.items()}


def looks(now: datetime) -> Iterator[Look]:
    """Every figure that has a threshold, or had one when it was told of."""
    limits, nodes = thresholds(), tree.nodes()
    running = {subject.split(":")[1] for subject in _ever_told()}
    minimum = int(setting("minimum_denominator"))
    for node in nodes:
        if node.id in limits or node.code in running:
            figures = figures_of(tree.Place(node, nodes), now)
            mine = limits.get(node.id, Limits())
            for what in WHATS:
                bad = is_bad(what, mine, figures.on_time_share, figures.overdue, minimum)
                yield Look(node, what, figures, mine, bad)


def figures_of(place: tree.Place, now: datetime) -> Summary:
    """The unit's last 90 days, with all below it."""
    span = usual(clock.day_of(now))
    return facts_of_units(Question(span), place.ids(with_below=True)).measured(span.period(now)).counted()[0]


def _ever_told() -> list[str]:
    beginning = Event.subject.startswith(ABOUT, autoescape=True)
    return list(db.session.scalars(select(Event.subject).where(beginning, Event.action == Action.ALERT).distinct()))


def is_running(about: str) -> bool:
    """Whether the last thing said of it is that it is bad."""
    last = select(Event.action).where(Event.subject == about).order_by(Event.seq.desc()).limit(1)
    return db.session.scalar(last) == Action.ALERT


def _tell(look: Look, now: datetime) -> bool:
    """The event and whom it tells, unless another worker was first. That it is over is remembered and told nobody."""
    head_for_update(now)
    became_bad = crossing(is_running(look.about), look.is_bad)
    if became_bad is None:
        db.session.rollback()
        return False
    thing = Thing(look.about, look.unit.id)
    if became_bad:
        record(Action.ALERT, thing, THE_SYSTEM, now, told(_readers(look.unit, now)), **_facts(look))
    else:
        record(Action.ALERT_OVER, thing, THE_SYSTEM, now, **_facts(look))
        _clear(look.about, now)
    db.session.commit()
    return True


def _facts(look: Look) -> dict[str, Any]:
    share, limits = look.figures.on_time_share, look.limits
    if look.what == ON_TIME:
        return {"what": look.what, "part": share.part, "whole": share.whole, "limit": limits.on_time_below}
    return {"what": look.what, "overdue": look.figures.overdue, "limit": limits.overdue_above}


def _readers(unit: tree.Node, now: datetime) -> list[int]:
    """The unit's heads with their deputies, and the supervisors set over it, however far above."""
    held = standing([Role.HEAD, Role.SUPERVISOR], clock.day_of(now))
    above = {i for unit_id in line_up(unit.path) for i in held[Role.SUPERVISOR].get(unit_id, ())}
    return sorted(held[Role.HEAD].get(unit.id, set()) | above)


def _clear(about: str, now: datetime) -> None:
    """What is over waits at nobody's desk any more."""
    events = select(Event.seq).where(Event.subject == about)
    db.session.execute(update(Notice).where(Notice.event_seq.in_(events), Notice.read_at.is_(None))
                       .values(read_at=now).execution_options(synchronize_session=False))  # fmt: skip
