"""Metrics for Prometheus, on a listener of its own on 127.0.0.1 (METRICS_PORT): the public address has no such page.

Where several processes serve, whichever gets the port answers for all of them (PROMETHEUS_MULTIPROC_DIR); when it
ends another takes over. Numbers of cases are of the whole government and leave denunciations out.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from typing import Any

from flask import Flask
from prometheus_client import CollectorRegistry, multiprocess, start_http_server
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import func, select

from .. import clock, space
from ..cases.models import Case
from ..extensions import db
from ..journal.models import ChainHead
from ..meters import REGISTRY
from ..rules.workflow import OPEN, Kind
from . import standing
from .heartbeat import last, look

TRY_AGAIN = 5.0
"""Seconds between two tries for the port, while another process has it."""
COUNTED_FOR = 60.0
"""Seconds for which a count of cases is good enough."""
log = logging.getLogger("gan_dan.metrics")


def listen(app: Flask) -> None:
    """Offer metrics, if METRICS_PORT says so; returns at once."""
    if app.config["METRICS_PORT"]:
        threading.Thread(target=_listen, args=(app,), name="metrics", daemon=True).start()


def _listen(app: Flask) -> None:
    registry = registry_of(app)
    while True:
        try:
            start_http_server(int(app.config["METRICS_PORT"]), addr="127.0.0.1", registry=registry)
        except OSError:
            time.sleep(TRY_AGAIN)
        else:
            return


def registry_of(app: Flask) -> CollectorRegistry:
    """All there is to tell: what the processes counted, and the house as it stands."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)
    else:
        registry.register(REGISTRY)  # type: ignore[arg-type]
    registry.register(House(app))
    return registry


class House:
    """The house at the moment of asking: from files, and from a few cheap questions to the database."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._counted: tuple[float, int, int] | None = None

    def describe(self) -> list[Any]:
        """Nothing is read before it is asked for."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Every gauge; without an answer of the database those that need none."""
        yield from self._files()
        with self.app.app_context():
            try:
                yield from [*self._outbox(), *self._cases(), *self._journal()]
                is_up = 1
            except Exception:
                db.session.rollback()
                log.warning("the database did not answer")
                is_up = 0
        yield _gauge("database_up", "Whether the database answered", is_up)

    def _files(self) -> Iterator[GaugeMetricFamily]:
        config, now = self.app.config, time.time()
        ages = {"worker": getattr(last(config), "at", None), "backup": standing.backup_at(config),
                "checkpoint": standing.checkpoint_at(config)}  # fmt: skip
        for what, at in ages.items():
            if at is not None:
                yield _gauge(f"{what}_age_seconds", f"Seconds since the last sign of the {what}", now - at)
        yield _gauge("space_low", "Whether the disk of the data folder is nearly full", space.standing(config).is_low)
        yield _gauge("degraded", "Whether /healthz says degraded", bool(standing.reasons(config, now)))

    def _outbox(self) -> Iterator[GaugeMetricFamily]:
        seen = look()
        yield _gauge("outbox_owed", "Letters that wait to be sent", seen.owed)
        yield _gauge("outbox_oldest_seconds", "Age of the oldest of them", seen.at - seen.oldest if seen.oldest else 0)
        yield _gauge("outbox_dead", "Letters given up", seen.dead)

    def _cases(self) -> Iterator[GaugeMetricFamily]:
        now = time.monotonic()
        if self._counted is None or now - self._counted[0] > COUNTED_FOR:
            is_open = (Case.status.in_(OPEN), Case.kind != Kind.DENUNCIATION)
            of_cases = select(func.count()).select_from(Case)
            late = db.session.scalar(of_cases.where(*is_open, Case.due_on < clock.today())) or 0
            self._counted = (now, db.session.scalar(of_cases.where(*is_open)) or 0, late)
        yield _gauge("cases_open", "Open cases, denunciations left out", self._counted[1])
        yield _gauge("cases_overdue", "Open cases past their due date, denunciations left out", self._counted[2])

    def _journal(self) -> Iterator[GaugeMetricFamily]:
        seq = db.session.scalar(select(func.max(ChainHead.seq))) or 0
        yield _gauge("journal_events", "Events in the chain", seq)


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"gandan_{name}", about, value=float(value))
