"""Places: a row for each commune and one for none; the map draws what the table says, at the communes' points."""

from __future__ import annotations

import re
from math import cos, pi, radians
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.extensions import db, writing
from app.reports.answers.map import LARGEST, SMALLEST, WIDTH, Spot, drawn
from app.reports.answers.places import PLACES
from app.reports.asked import NOWHERE, Question
from app.rules.statistics import summarise
from app.units.models import Unit
from tests.conftest import both_engines

from .bulk import plant
from .conftest import Province
from .plain import QUARTER, answered, hrefs, sheet_of, stays, values
from .test_pages import words

POINTS = {"01447": (22.83, 106.52), "01273": (22.66, 106.26), "01294": (22.90, 105.60)}
DAYS = "from=2026-09-01&to=2026-11-26"


def points() -> None:
    for code, (latitude, longitude) in POINTS.items():
        db.session.execute(update(Unit).where(Unit.code == code).values(latitude=latitude, longitude=longitude))
    db.session.commit()


@both_engines
def test_each_place_says_what_a_recount_says(app: Flask, write: None) -> None:
    plant(500, seed=41)
    asked, answer = answered(app, PLACES, Question(QUARTER))
    sheet = sheet_of(answer, "places")
    known = {u.id: u.short_vi for u in db.session.scalars(select(Unit).where(Unit.area_code != ""))}
    assert len(sheet.rows) == 4
    for commune_id, name in [*known.items(), (None, "Không ghi địa bàn")]:
        whole = summarise([s.fact for s in stays() if s.commune_id == commune_id], asked.period)
        for code in ("received", "finished", "open", "overdue"):
            assert values(sheet, code)[name] == getattr(whole, code), (name, code)
        assert values(sheet, "on_time")[name] == whole.on_time_share
        assert values(sheet, "elapsed")[name] == whole.elapsed
    assert sheet.rows[-1][0].value == "Không ghi địa bàn", "it stands last, whatever its size"


def test_every_count_opens_exactly_its_cases(province: Province, app: Flask) -> None:
    _asked, answer = answered(app, PLACES, Question(QUARTER))
    browser, found = province.browser("supervisor"), hrefs(answer)
    assert any(f"commune={NOWHERE}" in href for _n, href in found)
    for number, href in found:
        if number:
            assert f"{number} vụ việc ·" in words(browser.get(href).text), href


def test_the_filter_asks_for_cases_without_a_place(app: Flask, write: None) -> None:
    plant(200, seed=42)
    _asked, whole = answered(app, PLACES, Question(QUARTER))
    _asked, alone = answered(app, PLACES, Question(QUARTER, commune=NOWHERE))
    name = "Không ghi địa bàn"
    assert values(sheet_of(alone, "places"), "received") == {name: values(sheet_of(whole, "places"), "received")[name]}


def test_a_place_that_is_no_more_keeps_its_row_without_lists(app: Flask, write: None) -> None:
    plant(200, seed=43)
    db.session.execute(update(Unit).where(Unit.code == "01294").values(valid_to=QUARTER.first))
    db.session.commit()
    _asked, answer = answered(app, PLACES, Question(QUARTER))
    row = next(row for row in sheet_of(answer, "places").rows if row[1].value == "01294")
    assert all(not cell.href for cell in row)


def test_the_map_draws_what_the_table_says(province: Province, app: Flask) -> None:
    with writing():
        points()
    for show, code in (("received", "received"), ("overdue", "overdue")):
        _asked, answer = answered(app, PLACES, Question(QUARTER), show=show)
        known = values(sheet_of(answer, "places"), code)
        circles = answer.drawn["map"]["circles"]
        assert {c["name"]: c["count"] for c in circles} == {
            name: n for name, n in known.items() if n and name != "Không ghi địa bàn"
        }
    _asked, answer = answered(app, PLACES, Question(QUARTER), show="on_time")
    known = values(sheet_of(answer, "places"), "on_time")
    for circle in answer.drawn["map"]["circles"]:
        share = known[circle["name"]]
        assert circle["count"] == share.whole
        assert abs((circle["inner"] / circle["r"]) ** 2 - share.part / share.whole) < 0.05
        assert f"{share.part} trên {share.whole} đúng hạn" in circle["words"]


def test_the_page_draws_it_without_javascript_and_each_circle_is_a_link_with_words(province: Province) -> None:
    with writing():
        points()
    browser = province.browser("supervisor")
    for show in ("received", "on_time", "overdue", "nonsense"):
        page = browser.get(f"/statistics/04/places?{DAYS}&show={show}").text
        found = re.search(r'<svg class="chart map".*?</svg>', page, re.S)
        assert found, show
        tree = ElementTree.fromstring(found[0])
        links = tree.findall("a")
        assert links
        assert all(a.get("href") and a.get("aria-label") and a.find("title") is not None for a in links)
        if show == "received":
            for a in links:
                number = re.search(r": (\d+) mới nhận", str(a.get("aria-label")))
                assert number
                assert f"{number[1]} vụ việc ·" in words(browser.get(str(a.get("href"))).text)


def test_without_points_the_page_says_so_and_the_table_stands(province: Province) -> None:
    page = words(province.browser("supervisor").get(f"/statistics/04/places?{DAYS}").text)
    assert "Chưa xã, phường nào có tọa độ" in page
    assert "Xã Trùng Khánh" in page


def spot(name: str, latitude: float, longitude: float, count: int) -> Spot:
    return Spot(name, latitude, longitude, count, 0, "", name)


def test_areas_go_with_counts_and_kilometres_are_as_long_in_both_directions() -> None:
    found = drawn([spot("a", 22.5, 105.5, 100), spot("b", 22.5, 106.5, 25), spot("c", 23.0, 105.5, 4)], "received")
    assert found
    a, b, c = sorted(found["circles"], key=lambda x: -x["count"])
    assert a["r"] == LARGEST
    assert abs(pi * b["r"] ** 2 * 4 - pi * a["r"] ** 2) < 30
    assert c["r"] >= SMALLEST
    east, north = b["x"] - a["x"], a["y"] - c["y"]
    assert abs(east / north - cos(radians(22.75)) / 0.5) < 0.01
    assert all(0 < x["x"] < WIDTH and 0 < x["y"] < found["height"] for x in found["circles"])


def test_one_point_alone_and_none_are_drawn_or_not_without_harm() -> None:
    assert drawn([], "received") is None
    assert drawn([spot("a", 22.5, 105.5, 0)], "received")["circles"] == []  # type: ignore[index]
    assert len(drawn([spot("a", 22.5, 105.5, 3)], "received")["circles"]) == 1  # type: ignore[index]


@pytest.mark.parametrize(("which", "letter", "line"), [("names", 7, 15), ("phone_names", 12, 25)])
def test_printed_names_are_of_the_largest_and_never_cover_each_other(which: str, letter: int, line: int) -> None:
    spots = [spot(f"Trùng Khánh {n}", 22.5 + n * 0.02, 105.5 + n % 5 * 0.1, 50 - n) for n in range(20)]
    spots += [spot("Far", 23.0, 106.9, 40), spot("Small", 22.4, 106.9, 1)]
    names = drawn(spots, "received")[which]  # type: ignore[index]
    assert len(names) >= 2
    assert "Small" not in {name["name"] for name in names}
    for one in names:
        for other in names:
            apart = (len(one["name"]) + len(other["name"])) * letter / 2
            if one is not other and abs(one["x"] - other["x"]) < apart:
                assert abs(one["y"] - other["y"]) >= line
