"""Good rows become cases, bad ones are left out with their reason, and twice is once."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.cases.models import Case, Custody, Deadline, SearchDocument
from app.cases.search import matches
from app.extensions import db
from app.imports.mapping import Plan
from app.imports.read import BrokenFile
from app.journal.models import Event, Notice
from app.journal.verify import verify
from app.units.models import Category, Unit
from tests.conftest import both_engines

from .conftest import GOOD, take_in

Write, Make = Callable[..., Path], Callable[..., Plan]
OPEN = "8;2020-03-02 09:30;;Open;Lamps;;Works;Oak St;;"


@both_engines
@pytest.mark.parametrize("name", ["city.csv", "city.csv.gz", "city.csv.xz"])
def test_a_row_becomes_a_case_with_custody_and_events(app: Flask, plan: Make, write_file: Write, name: str) -> None:
    tally = take_in(write_file(GOOD, OPEN, name=name), plan())
    assert (tally.added, tally.known, tally.rejected.total()) == (2, 0, 0)
    case = db.session.scalars(select(Case).where(Case.external_id == "7")).one()
    assert (case.title, case.status, case.outcome, case.channel) == ("Trees, Elm St", "closed", "resolved", "other")
    assert case.submitted_at == datetime(2020, 3, 2, 13, 30, tzinfo=UTC)
    assert case.closed_at == datetime(2020, 3, 5, 18, 0, tzinfo=UTC)
    assert (case.due_on, case.due_stage, case.code_hash, case.contact_name) == (None, "", None, "")
    assert (case.unit.code, case.unit.name_vi, case.category.code) == ("city.pk", "Parks", "city.trees.fallen")
    assert case.reference == "NK-2020-000001"
    custody = db.session.scalars(select(Custody).where(Custody.case_id == case.id)).one()
    assert (custody.began_at, custody.finished_at, custody.is_open) == (case.submitted_at, case.closed_at, False)
    events = db.session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.seq)).all()
    assert [(event.action, event.status) for event in events] == [("imported", "received"), ("close", "closed")]
    assert db.session.scalar(select(func.count()).select_from(Deadline)) == 0
    assert db.session.scalar(select(func.count()).select_from(Notice)) == 0
    assert verify()[1] is None


@both_engines
def test_an_open_row_keeps_its_unit_and_category_and_can_be_searched(app: Flask, plan: Make, write_file: Write) -> None:
    take_in(write_file(OPEN), plan())
    clause = matches("oak lamps")
    assert clause is not None
    case = db.session.scalars(select(Case).where(clause)).one()
    assert (case.status, case.unit.code, case.category.code) == ("received", "so-xay-dung", "roads.lighting")
    custody = db.session.scalars(select(Custody)).one()
    assert (custody.is_open, custody.finished_at, custody.due_on) == (True, None, None)


def test_created_units_stand_in_the_tree_and_created_categories_are_not_offered(
    app: Flask, plan: Make, write_file: Write
) -> None:
    change = ('level = "department"\nvalid', 'level = "department"\nparent = "city"\nparent_name = "City"\nvalid')
    take_in(write_file(GOOD), plan(change))
    unit = db.session.scalars(select(Unit).where(Unit.code == "city.pk")).one()
    assert unit.parent is not None
    assert (unit.parent.code, unit.parent.parent.code if unit.parent.parent else "") == ("city", "04")
    assert unit.path == f"{unit.parent.path}{unit.id}/"
    category = db.session.scalars(select(Category).where(Category.code == "city.trees.fallen")).one()
    assert category.parent is not None
    assert (category.parent.code, category.is_active, category.kinds) == ("city.trees", False, ["feedback"])


BAD = [
    (GOOD.replace("7;", ";", 1), "no number of its own"),
    (GOOD.replace("7;", "x" * 81 + ";", 1), "its number is longer than 80 characters"),
    (GOOD.replace("2020-03-02 09:30", "2.3.2020"), "came is no date: '2.3.2020'"),
    (GOOD.replace("2020-03-02 09:30", ""), "came is empty"),
    (GOOD.replace("2020-03-02 09:30", "2920-03-02"), "came lies in the future: 2920-03-02"),
    (GOOD.replace("2020-03-05 14:00", "2020-03-01"), "closed before it came"),
    (GOOD.replace("2020-03-05 14:00", ""), "closed without a closing time"),
    (GOOD.replace("Done", "Gone"), "unknown status 'Gone'"),
    (GOOD.replace("PK", ""), "office is empty"),
    (GOOD.replace("44.6", "north"), "lat is no number: 'north'"),
    (GOOD.replace("44.6", "91"), "lat lies outside the earth: 91"),
    (GOOD.replace("-63.5", "nan"), "lon lies outside the earth: nan"),
    (GOOD + ";more", "11 fields where the header has 10"),
    (GOOD.replace(";44.6;-63.5", ""), "8 fields where the header has 10"),
    (GOOD.replace("Elm", "E\0m"), "letters that are not of the encoding"),
]


@pytest.mark.parametrize(("row", "reason"), BAD, ids=[reason[:30] for _row, reason in BAD])
def test_a_bad_row_is_left_out_with_line_and_reason(
    app: Flask, plan: Make, write_file: Write, tmp_path: Path, row: str, reason: str
) -> None:
    rejects = tmp_path / "left-out.csv"
    tally = take_in(write_file(OPEN, row), plan(), rejects)
    assert (tally.added, tally.rejected.total()) == (1, 1)
    with rejects.open(encoding="utf-8", newline="") as file:
        header, left_out = list(csv.reader(line.replace("\0", "") for line in file))
    assert header[:3] == ["line", "reason", "number"]
    assert left_out[:2] == ["3", reason]


def test_units_and_categories_that_may_not_be_created_leave_the_row_out(
    app: Flask, plan: Make, write_file: Write
) -> None:
    closed = plan(("create = true\nlevel", "create = false\nlevel"))
    tally = take_in(write_file(GOOD, OPEN), closed)
    assert (tally.added, dict(tally.rejected)) == (1, {"there is no unit for": 1})


def test_lines_are_counted_as_an_editor_does_over_quoted_line_breaks(
    app: Flask, plan: Make, write_file: Write, tmp_path: Path
) -> None:
    rejects = tmp_path / "left-out.csv"
    long = OPEN.replace("Oak St", '"Oak\nSt"')
    take_in(write_file(long, "", GOOD.replace("Done", "Gone")), plan(), rejects)
    assert rejects.read_text(encoding="utf-8").splitlines()[1].startswith("5,unknown status")


def test_letters_of_another_encoding_are_told_apart(app: Flask, plan: Make, tmp_path: Path) -> None:
    header = "number;came;ended;state;subject;detail;office;street;lat;lon\n"
    path = tmp_path / "old.csv"
    path.write_bytes(header.encode() + (OPEN.replace("Oak St", "Café") + "\n").encode("latin-1"))
    assert take_in(path, plan()).rejected == {"letters that are not of the encoding": 1}
    latin = plan(('delimiter = ";"', 'delimiter = ";"\nencoding = "latin-1"'))
    assert take_in(path, latin).added == 1
    assert db.session.scalars(select(Case.place)).one() == "Café"


def test_a_byte_order_mark_is_no_part_of_the_first_column(app: Flask, plan: Make, tmp_path: Path) -> None:
    path = tmp_path / "marked.csv"
    text = f"number;came;ended;state;subject;detail;office;street;lat;lon\n{GOOD}\n"
    path.write_text(text, encoding="utf-8-sig")
    assert take_in(path, plan()).added == 1


@both_engines
def test_a_second_run_adds_nothing_and_changes_nothing(app: Flask, plan: Make, write_file: Write) -> None:
    take_in(write_file(GOOD, OPEN), plan())
    before = [tuple(row) for row in db.session.execute(select(Case.__table__).order_by(Case.id))]
    db.session.remove()
    tally = take_in(write_file(GOOD.replace("Elm", "Ash"), OPEN), plan())
    assert (tally.added, tally.known) == (0, 2)
    assert [tuple(row) for row in db.session.execute(select(Case.__table__).order_by(Case.id))] == before


def test_the_same_number_twice_in_a_file_counts_once(app: Flask, plan: Make, write_file: Write) -> None:
    for _run in range(2):
        tally = take_in(write_file(GOOD, GOOD.replace("Elm", "Ash")), plan())
        assert tally.rejected == {"the number stands twice": 1}
    assert db.session.scalar(select(func.count()).select_from(Case)) == 1


class BrokenOff(Exception):
    """Somebody pressed Ctrl-C."""


def test_a_run_that_is_broken_off_keeps_whole_batches_and_is_finished_by_the_next(
    app: Flask, plan: Make, write_file: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.imports import load as loading
    from app.imports.read import opened

    monkeypatch.setattr(loading, "BATCH", 3)
    rows = [GOOD.replace("7;", f"{number};", 1) for number in range(1, 9)]
    file, made = write_file(*rows), plan()
    tally, steps = loading.Tally(), []

    def step() -> None:
        steps.append(tally.added)
        if len(steps) == 2:
            raise BrokenOff

    with opened(file, made.form) as table, pytest.raises(BrokenOff):
        loading.load(table, made, loading.Rejects(tmp_path / "r.csv", table.header, tally), tally, step)
    assert db.session.scalar(select(func.count()).select_from(Case)) == 6
    rest = take_in(file, made)
    assert (rest.added, rest.known) == (2, 6)
    assert db.session.scalar(select(func.count()).select_from(SearchDocument)) == 8
    assert verify()[1] is None


def test_a_file_that_is_cut_off_says_so(app: Flask, plan: Make, write_file: Write) -> None:
    path = write_file(*[GOOD.replace("7;", f"{n};", 1) for n in range(500)], name="city.csv.gz")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BrokenFile):
        take_in(path, plan())
