"""Cells say what the formulas say, whatever is asked, and stay true when things happen."""

from __future__ import annotations

import random
import threading
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select, update

from app import clock, worker
from app.cases.models import Case, Custody
from app.extensions import db, writing
from app.journal.record import record
from app.reports.cells import keep, measures, prove, table
from app.reports.cells.pack import KINDS
from app.reports.facts import facts
from app.reports.models import Cell
from app.reports.span import Span
from app.rules.statistics import Summary, summarise
from app.rules.workflow import THE_SYSTEM, Action, Kind
from app.units.models import Unit

from .. import factories
from ..conftest import both_engines
from .bulk import NOW, plant


def by_cells(rows: dict[int, int], span: Span, kind: str = "") -> tuple[list[Summary], Summary]:
    """The figures of these units, one row each, and of all together."""
    same = {"kind": KINDS.index(kind)} if kind else {}
    found = measures.chosen(table.current(), rows, len(rows), **same)
    return measures.Measures(found, span.period(NOW)).summaries()


def planted(cases: int) -> dict[int, int]:
    """Random custodies, all counted; the units with a row each."""
    with writing():
        plant(cases)
        keep.rebuild()
        db.session.commit()
    return {unit_id: row for row, unit_id in enumerate(db.session.scalars(select(Unit.id)))}


def spans() -> list[Span]:
    dice, today = random.Random(3), clock.day_of(NOW)
    picked = [Span(today - timedelta(days=89), today), Span(date(2026, 10, 1), date(2026, 10, 31)),
              Span(date(2025, 1, 1), date(2026, 12, 31)), Span(today, today)]  # fmt: skip
    for _ in range(8):
        first = today - timedelta(days=dice.randrange(400))
        picked.append(Span(first, first + timedelta(days=dice.randrange(120))))
    return picked


@both_engines
def test_cells_say_what_the_formulas_say_for_each_unit_and_for_all(app: Flask) -> None:
    with clock.fixed(NOW):
        rows = planted(400)
        for span in spans():
            for kind in ("", "complaint"):
                each, whole = by_cells(rows, span, kind)
                assert whole == summarise(facts(list(rows), kind), span.period(NOW)), span
                for unit_id, row in rows.items():
                    assert each[row] == summarise(facts([unit_id], kind), span.period(NOW))


@both_engines
def test_what_happened_since_the_last_count_shows_at_once_and_is_counted_later(app: Flask) -> None:
    with clock.fixed(NOW):
        rows = planted(200)
        by_cells(rows, spans()[0])
        then = NOW - timedelta(days=9)
        with writing():
            for stay in db.session.scalars(select(Custody).where(Custody.is_open).limit(20)).all():
                values = {"finished_at": then, "resolved_at": then, "is_open": False}
                db.session.execute(update(Custody).where(Custody.id == stay.id).values(**values))
                record(Action.NOTE, db.session.get_one(Case, stay.case_id), THE_SYSTEM, NOW)
            db.session.commit()
        for counted in (False, True):
            if counted:
                with writing():
                    assert not keep.catch_up()
                    db.session.commit()
            assert bool(keep.behind(keep.counted_until(), keep.latest())) is not counted
            for span in spans()[:3]:
                assert by_cells(rows, span)[1] == summarise(facts(list(rows)), span.period(NOW))
            assert not list(prove.of_cells())


@both_engines
def test_a_cell_that_somebody_changed_is_named(app: Flask) -> None:
    with clock.fixed(NOW):
        planted(60)
        with writing():
            first = db.session.scalars(select(Cell).limit(1)).one()
            first.facts = first.facts[:-1] + bytes([255 - first.facts[-1]])
            db.session.commit()
        assert len(list(prove.of_cells())) == 1


def test_the_commands_count_anew_and_prove_the_cells(app: Flask) -> None:
    with writing():
        for kind in ("feedback", "complaint", "feedback"):
            factories.make_case(Kind(kind))
        keep.rebuild()
        db.session.execute(update(Cell).values(facts=b""))
        db.session.commit()
    run = app.test_cli_runner()
    wrong = run.invoke(args=["statistics", "verify"])
    assert wrong.exit_code == 1 and "unit" in wrong.output
    assert "custodies counted" in run.invoke(args=["statistics", "rebuild"]).output
    right = run.invoke(args=["statistics", "verify"])
    assert right.exit_code == 0 and "no differences" in right.output


def test_the_worker_brings_the_cells_up_to_the_last_event(app: Flask) -> None:
    with writing():
        factories.make_case()
        db.session.commit()
    assert keep.counted_until() < keep.latest()
    worker.count_figures(threading.Event())
    assert keep.counted_until() == keep.latest() and not list(prove.of_cells())
    assert db.session.scalar(select(Cell).limit(1)) is not None
