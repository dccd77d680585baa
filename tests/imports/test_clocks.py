"""Times of another place become moments: where clocks are moved too, and where only days are known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Case
from app.extensions import db
from app.imports.mapping import Plan
from tests.conftest import both_engines

from .conftest import GOOD, take_in

Write, Make = Callable[..., Path], Callable[..., Plan]
FORMATS = '["%Y-%m-%d %H:%M", "%Y-%m-%d"]'
LOS_ANGELES = ('time_zone = "America/Halifax"', 'time_zone = "America/Los_Angeles"')
MOMENTS = [
    ("2020-01-06 09:00", datetime(2020, 1, 6, 17, 0, tzinfo=UTC), "winter, eight hours behind"),
    ("2020-07-06 09:00", datetime(2020, 7, 6, 16, 0, tzinfo=UTC), "summer, seven hours behind"),
    ("2020-07-06", datetime(2020, 7, 6, 7, 0, tzinfo=UTC), "a day alone begins at midnight there"),
    ("2020-03-08 02:30", datetime(2020, 3, 8, 10, 30, tzinfo=UTC), "a time left out in spring is 03:30"),
    ("2020-11-01 01:30", datetime(2020, 11, 1, 8, 30, tzinfo=UTC), "a time that comes twice is the first"),
]


@both_engines
@pytest.mark.parametrize(("written", "moment"), [m[:2] for m in MOMENTS], ids=[m[2] for m in MOMENTS])
def test_a_time_is_that_of_the_place(app: Flask, plan: Make, write_file: Write, written: str, moment: datetime) -> None:
    row = GOOD.replace("2020-03-02 09:30", written).replace("2020-03-05 14:00", "2021-01-01")
    assert take_in(write_file(row), plan(LOS_ANGELES)).added == 1
    assert db.session.scalars(select(Case.submitted_at)).one() == moment


def test_an_offset_in_the_file_counts_more_than_the_zone(app: Flask, plan: Make, write_file: Write) -> None:
    row = GOOD.replace("2020-03-02 09:30", "2020-03-02 09:30+0700").replace("2020-03-05 14:00", "2020-03-05 14:00Z")
    take_in(write_file(row), plan((FORMATS, '["%Y-%m-%d %H:%M%z"]')))
    case = db.session.scalars(select(Case)).one()
    assert case.submitted_at == datetime(2020, 3, 2, 2, 30, tzinfo=UTC)
    assert case.closed_at == datetime(2020, 3, 5, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("written", ["0001-01-01", "2020-02-30", "2020-13-01", "32"])
def test_a_day_that_no_calendar_has_leaves_the_row_out(app: Flask, plan: Make, write_file: Write, written: str) -> None:
    east = plan(('time_zone = "America/Halifax"', 'time_zone = "Asia/Ho_Chi_Minh"'))
    tally = take_in(write_file(GOOD.replace("2020-03-02 09:30", written)), east)
    assert tally.rejected == {"came is no date": 1}
