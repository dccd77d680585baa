"""The figures of imported cases equal a recount that knows nothing of this program: pandas over the raw file."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask import Flask

from app import clock
from app.imports import parse
from app.reports import tree
from app.reports.cells import prove
from app.reports.figures import Question, gather
from app.reports.span import month_of
from tests.conftest import both_engines

from .conftest import real, take_in

TOWN = "Asia/Ho_Chi_Minh"
CUT = 5000


@dataclass(frozen=True)
class City:
    """A real file, and how to read it without this program's help."""

    mapping: str
    file: str
    number: str
    unit: str
    came: str
    ended: str
    format: str
    zone: str
    parent: str
    every: int
    """A cut file is compared in every so many months; the whole one in all of them."""


CITIES = [
    City("la311", "la311-2020.csv.xz", "srnumber", "owner", "createddate", "closeddate", "%m/%d/%y %H:%M",
         "America/Los_Angeles", "la311", 1),
    City("nyc-casework", "nyc-casework-2015-2018.csv.xz", "unique_key", "account", "opendate", "closedate",
         "%Y-%m-%d", "America/New_York", "nyc", 4),
]  # fmt: skip
each_city = pytest.mark.parametrize("city", CITIES, ids=lambda city: city.mapping)


def raw(city: City) -> pd.DataFrame:
    """The rows as they stand in the file."""
    return pd.read_csv(real(city.file), dtype=str, keep_default_na=False)


def believed(city: City, rows: pd.DataFrame) -> pd.DataFrame:
    """Unit, arrival and end of each row that can be a case, in the town's time, and whether it counts as resolved."""
    rows = rows.drop_duplicates(city.number)
    left = pd.Series(True, index=rows.index)
    ended = rows[city.ended].where(rows[city.ended] != "")
    if city.mapping == "la311":
        left = ~((rows["status"] == "Closed") & ended.isna())
        ended = ended.where(rows["status"].isin(["Closed", "Cancelled", "Referred Out"]))
    came = _moments(rows[city.came], city)
    found = pd.DataFrame({"unit": rows[city.unit], "came": came, "ended": _moments(ended, city)})[left]
    found["is_resolved"] = found["ended"].notna()
    if city.mapping == "la311":
        found["is_resolved"] &= rows["status"] != "Cancelled"
    return found


def _moments(texts: pd.Series, city: City) -> pd.Series:
    return pd.to_datetime(texts, format=city.format).dt.tz_localize(city.zone).dt.tz_convert(TOWN)


def recount(rows: pd.DataFrame, first: date) -> dict[str, dict[str, Any]]:
    """By unit: what came, ended and was open in a month, and how long it took, in seconds."""
    start = pd.Timestamp(first, tz=TOWN)
    end = start + pd.offsets.MonthBegin(1)
    has_ended = (rows["ended"] >= start) & (rows["ended"] < end)
    took = (rows["ended"] - rows["came"]).dt.total_seconds().where(has_ended & rows["is_resolved"])
    by_unit = took.groupby(rows["unit"])
    figures = pd.DataFrame({
        "received": ((rows["came"] >= start) & (rows["came"] < end)).groupby(rows["unit"]).sum(),
        "finished": has_ended.groupby(rows["unit"]).sum(),
        "open": ((rows["came"] < end) & ~(rows["ended"] < end)).groupby(rows["unit"]).sum(),
        "resolved": by_unit.count(), "median": by_unit.median(), "p90": by_unit.quantile(0.9),
    })  # fmt: skip
    return {
        str(unit): {name: None if value != value else value for name, value in row.items()}
        for unit, row in figures.to_dict("index").items()
    }


def counted(city: City, first: date) -> dict[str, dict[str, Any]]:
    """The same from this program, as its pages show it."""
    figures = gather(tree.place(city.parent), Question(month_of(first)), clock.now(), with_months=False)
    return {
        node.code.removeprefix(f"{city.parent}."): {
            "received": row.received, "finished": row.finished, "open": row.open, "resolved": row.resolved,
            "median": row.elapsed.median, "p90": row.elapsed.ninetieth,
        }
        for node, row in figures.rows
    }  # fmt: skip


def months(rows: pd.DataFrame) -> Iterator[date]:
    """Every month in which something came or ended."""
    moments = pd.concat([rows["came"], rows["ended"].dropna()])
    for year, month in sorted({(moment.year, moment.month) for moment in moments}):
        yield date(year, month, 1)


def compare(city: City, rows: pd.DataFrame, every: int = 1) -> int:
    """Assert that every unit agrees in all months, or in every so many; returns how many cells were compared."""
    expected_rows = believed(city, rows)
    cells = 0
    for first in list(months(expected_rows))[::every]:
        mine, theirs = counted(city, first), recount(expected_rows, first)
        for unit, expected in theirs.items():
            found = mine.get(unit.lower(), dict.fromkeys(("received", "finished", "open", "resolved"), 0))
            assert {key: found.get(key) for key in expected} == pytest.approx(expected, abs=0.01), f"{unit} {first}"
            cells += 1
    return cells


def cut(city: City, rows: pd.DataFrame, folder: Path) -> tuple[Path, pd.DataFrame]:
    """Five thousand rows from all over the file, so that every unit and many months occur."""
    few = rows.iloc[:: max(len(rows) // CUT, 1)].head(CUT)
    path = folder / "cut.csv"
    few.to_csv(path, index=False)
    return path, few


@both_engines
@each_city
def test_figures_of_a_cut_of_a_real_file_equal_an_independent_recount(app: Flask, city: City, tmp_path: Path) -> None:
    path, few = cut(city, raw(city), tmp_path)
    tally = take_in(path, parse.read(parse.find(city.mapping)))
    assert tally.added == len(believed(city, few))
    assert tally.rejected.total() == len(few) - tally.added
    assert compare(city, few, every=city.every) > 10
    assert list(prove.of_custodies()) == [], "their events alone say the same"


@pytest.mark.soak
@each_city
def test_figures_of_a_whole_real_file_equal_an_independent_recount(app: Flask, city: City, tmp_path: Path) -> None:
    began = time.process_time()
    tally = take_in(real(city.file), parse.read(parse.find(city.mapping)), tmp_path / "left-out.csv")
    seconds = time.process_time() - began  # of this program's own work, however busy the machine is
    rows = raw(city)
    assert tally.added == len(believed(city, rows))
    assert compare(city, rows) > 10
    assert tally.added / seconds >= 1000, f"{tally.added / seconds:.0f} rows a second"
    again = take_in(real(city.file), parse.read(parse.find(city.mapping)), tmp_path / "left-out.csv")
    assert (again.added, again.known) == (0, tally.added)
