"""Takes the times: pages cold and warm, a page right after something happened, the memory, the counting of cells."""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.accounts.models import Official
from app.cases.models import Case, Custody
from app.extensions import db, writing
from app.reports.cells import keep
from app.reports.models import Cell, CellsHead

from .. import factories
from .ground import NOW, WATCHER, app_on
from .pages import PERIODS, Page, pages

TIMES = 5
WARM = "/statistics/04?from={}&to={}".format(*PERIODS["90 days"])
AFTER_EVENT = 1.0
"""Seconds that the page after an event may take: the cell that changed is counted while it is made."""


def timed(deed: Callable[[], Any]) -> tuple[float, Any]:
    """How long it took, and what came of it."""
    began = time.perf_counter()
    found = deed()
    return time.perf_counter() - began, found


def memory() -> dict[str, float]:
    """What this process holds and at most held, in MB."""
    status = Path("/proc/self/status")
    if not status.exists():
        return {}
    found = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", status.read_text()))
    return {"now": int(found["VmRSS"]) / 1024, "peak": int(found["VmHWM"]) / 1024}


def get(browser: FlaskClient, address: str) -> str:
    """A page that must be there."""
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True) if answer.mimetype.startswith("text/html") else ""


def signed_in(app: Flask) -> FlaskClient:
    """The supervisor's browser."""
    official = db.session.scalars(select(Official).where(Official.account == WATCHER)).one()
    with writing():
        return factories.sign_in(app.test_client(), official)


def warm(browser: FlaskClient, page: Page) -> dict[str, Any]:
    """Median and worst of a page after one visit that does not count; and the processor's own time."""
    get(browser, page.address)
    busy, took = time.process_time(), [timed(lambda: get(browser, page.address))[0] for _ in range(TIMES)]
    return entry(page.name, page.address, page.budget, took, (time.process_time() - busy) / TIMES)


def entry(name: str, address: str, budget: float, took: list[float], cpu: float) -> dict[str, Any]:
    """What is kept of a page. On a machine that others use, its load stands beside, and the processor's time."""
    median = statistics.median(took)
    return {"name": name, "address": address, "budget": budget, "median": median, "worst": max(took), "cpu": cpu,
            "load": os.getloadavg()[0], "kept": median <= budget}  # fmt: skip


def after_event(browser: FlaskClient) -> dict[str, Any]:
    """Something happens through a real verb: the next load must show it. Fails where it does not."""
    with clock.fixed(clock.now() + timedelta(seconds=1)):  # a page counts what was before it
        before = received(get(browser, WARM))
        with writing():
            factories.make_case(now=NOW, category_code="roads", commune_code="01447")
            db.session.commit()
        busy = time.process_time()
        took, text = timed(lambda: get(browser, WARM))
        busy = time.process_time() - busy
    assert received(text) == before + 1, f"{before} received before, {received(text)} after one more"
    return entry("overview, province, 90 days, right after an event", WARM, AFTER_EVENT, [took], busy)


def received(text: str) -> int:
    """How many cases came in, as the page says it."""
    found = re.search(r'class="value">([\d.]+)</p><p class="of"><a href="[^"]*figure=received', text)
    assert found, "the page shows no received cases"
    return int(found[1].replace(".", ""))


def counting() -> dict[str, float]:
    """How long the worker counts 2000 events, and the command everything."""
    with writing():
        db.session.get_one(CellsHead, 1).seq = keep.latest() - keep.EVENTS
        db.session.commit()
    with writing():
        caught, _more = timed(lambda: (keep.catch_up(), db.session.commit()))
    with writing():
        rebuilt, _done = timed(lambda: (keep.rebuild(), db.session.commit()))
    return {"catch_up of 2000 events": caught, "rebuild": rebuilt}


def sizes() -> dict[str, int]:
    """How much there is."""
    kept = func.coalesce(func.sum(func.length(Cell.facts)), 0)
    asked = {"cases": select(func.count()).select_from(Case), "custodies": select(func.count()).select_from(Custody),
             "cells": select(func.count()).select_from(Cell), "bytes in cells": select(kept)}  # fmt: skip
    return {name: int(db.session.scalar(statement) or 0) for name, statement in asked.items()}


def measure(url: str, data_dir: str, only: str = "") -> dict[str, Any]:
    """Everything, in a process that has done nothing before."""
    app = app_on(url, Path(data_dir))
    found: dict[str, Any] = {"engine": url.split(":")[0], "cores": os.cpu_count(), "load at start": os.getloadavg()}
    with app.app_context(), clock.fixed(NOW):
        browser, idle = signed_in(app), memory()
    with clock.fixed(NOW):
        cold, _text = timed(lambda: get(browser, WARM))
        found["cold"] = {"first request": cold, "second": timed(lambda: get(browser, WARM))[0]}
        found["pages"] = []
        for page in pages(app):
            if only in page.name:
                found["pages"].append(warm(browser, page))
                click.echo(line(found["pages"][-1]), err=True)
        with app.app_context():
            found["sizes"] = sizes()
            found["pages"].append(after_event(browser))
            click.echo(line(found["pages"][-1]), err=True)
            found["memory"] = {"before": idle, "after all pages": memory()}
            found["counting"] = {} if only else counting()
    return found


def line(page: dict[str, Any]) -> str:
    """A page's line of the table."""
    verdict = "" if page["kept"] else "  TOO SLOW"
    median, worst, cpu, budget = (round(page[name] * 1000) for name in ("median", "worst", "cpu", "budget"))
    return (f"{page['name']:<58} {median:6} ms  worst {worst:6}  cpu {cpu:6}  budget {budget:5}"
            f"  load {page['load']:.1f}{verdict}")  # fmt: skip
