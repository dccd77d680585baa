"""Denunciations in the official forms: counted exactly for the register's keepers, absent for everybody else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest
from flask import Flask

from app import clock
from app.accounts.models import Official
from app.cases import actions
from app.cases.models import Case
from app.extensions import db, writing
from app.reports import tree
from app.reports.official.count import Sheet, fill
from app.reports.official.layout import layout_of
from app.reports.views import official as pages
from app.rules.statistics.windows import Window, window_of
from app.rules.workflow import Kind, Role
from tests import factories
from tests.conftest import both_engines
from tests.factories import MONDAY, actor, make_case, make_denunciation, make_official, registered

from .conftest import Province

NOW = MONDAY + timedelta(days=60)
"""15 January 2027: everything below happened in the fourth quarter of 2026 or after it."""
PLAIN = ("supervisor", "head", "named head")
KEEPERS = ("inspector", "keeping supervisor")


def window(code: str = "q4", year: int = 2026) -> Window:
    found = window_of(year, code)
    assert found is not None
    return found


def later(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


class Story:
    """Denunciations of a commune, held by the province, each at another end."""

    def __init__(self) -> None:
        self.registrar = make_official(Role.REGISTRAR, "04")
        self.head = make_official(Role.HEAD, "04", name="named head")
        self.officer = make_official(Role.OFFICER, "04")

    def named(self, at: datetime) -> Case:
        case = registered(make_denunciation(now=at), self.registrar, at)
        actions.name_handler(case, self.head, actor(self.registrar), at)
        return case

    def accepted(self, at: datetime) -> Case:
        case = self.named(at)
        factories.accept(case, self.head, at)
        return case

    def concluded(self, at: datetime, verdict: str, done: datetime) -> None:
        factories.decide(self.accepted(at), self.head, done, verdict)

    def tell(self) -> None:
        before = MONDAY - timedelta(days=70)  # 7 September: carried into the fourth quarter
        self.concluded(before, "right", later(1))  # late: 30 days had long passed
        self.accepted(before)
        for verdict in ("right", "wrong", "partly_right"):
            self.concluded(MONDAY, verdict, later(5))
        factories.issue(self.accepted(MONDAY), "termination_decision", self.head, later(3))
        case = self.named(MONDAY)
        actions.record_withdrawal(case, MONDAY.date(), "Người tố cáo tự nguyện rút.", actor(self.head), later(2))
        factories.issue(self.named(MONDAY), "transfer_slip", self.head, later(2), body="Công an tỉnh")
        make_denunciation(now=MONDAY)  # nobody has looked at it yet
        self.concluded(later(35), "wrong", later(40))  # 21 December: the year after


EXPECTED = {1: 7, 2: 2, 3: 5, 4: 7, 6: 6, 7: 4, 9: 1, 10: 1, 24: 2, 26: 1, 28: 1, 30: 5, 31: 1}


@pytest.fixture
def town(app: Flask) -> Iterator[Province]:
    with clock.fixed(NOW):
        with writing():
            people = {
                "supervisor": make_official(Role.SUPERVISOR, "04"), "head": make_official(Role.HEAD, "04"),
                "inspector": make_official(Role.INSPECTOR, "04"), "local inspector": make_official(Role.INSPECTOR),
                "keeping supervisor": make_official(Role.SUPERVISOR, "04"),
            }  # fmt: skip
            factories.add_post(people["keeping supervisor"], Role.REGISTRAR, "04")
            story = Story()
            story.tell()
            people["named head"] = story.head
            for kind in (Kind.FEEDBACK, Kind.COMPLAINT, Kind.FEEDBACK):
                make_case(kind)
            db.session.commit()
        yield Province(app, {name: official.id for name, official in people.items()})


def sheet(slug: str, who: Any, at: Window | None = None, code: str = "04") -> Sheet:
    at = at or window()
    layout = layout_of(slug, at.last)
    assert layout is not None
    return fill(layout, tree.place(code), at, who, NOW)


def official(town: Province, who: str) -> Any:
    return db.session.get_one(Official, town.people[who]).actor(NOW.date())


@both_engines
def test_keepers_of_the_register_read_every_end_of_a_denunciation(town: Province) -> None:
    for who in KEEPERS:
        found = sheet("03-kqgq", official(town, who))
        assert {n: v for n, v in found.total.values.items() if v is not None and n in EXPECTED} == EXPECTED, who
        assert found.broken == []
        xld = sheet("01-xld", official(town, who))
        assert [xld.total.values[n] for n in (1, 12, 20, 24)] == [9 + 3, 8, 7, 1]
        assert xld.broken == []
        assert found.total.values[1] == xld.total.values[20], "as the form prints it: (1) is column (20) of 01/XLD"


@both_engines
def test_what_followed_the_window_stands_in_the_next(town: Province) -> None:
    found = sheet("03-kqgq", official(town, "inspector"), window("q1", 2027))
    assert [found.total.values[n] for n in (1, 2, 3, 6, 26)] == [2, 1, 1, 1, 1], "one is still carried over"


@pytest.mark.parametrize("who", PLAIN)
def test_without_the_register_no_denunciation_stands_anywhere(town: Province, who: str) -> None:
    browser = town.browser(who)
    found = sheet("01-xld", official(town, who))
    assert found.hides_sealed
    assert [found.total.values[n] for n in (1, 12, 20, 24)] == [3, 0, 0, 0]
    page = browser.get("/statistics/04/forms/01-xld?year=2026&window=q4").text
    assert "Không có tố cáo nào trong biểu này" in page
    assert page.count("không hiện") == 2 * (len(found.rows) + 1)
    sealed = browser.get("/statistics/04/forms/03-kqgq?year=2026&window=q4").text
    assert "Biểu này chỉ có số liệu tố cáo" in sealed
    assert not re.search(r'<td class="num">(<a[^>]*>)?[1-9]', sealed)
    for column in (1, 4, 6, 24):
        answer = browser.get(f"/statistics/04/forms/03-kqgq/cases?year=2026&window=q4&column={column}")
        assert "0 đơn ·" in answer.text and "TC-2026" not in answer.text


def every_number(browser: Any) -> str:
    """All that somebody can read of the forms: pages, lists behind cells, workbooks, reports, the figures beside."""
    said = []
    for year, code in ((2026, "q4"), (2026, "year"), (2027, "q1"), (2026, "h1")):
        asked = f"year={year}&window={code}"
        for unit in ("04", "01447", "01273"):
            said.append(browser.get(f"/statistics/{unit}/forms?{asked}").text)
            for slug in ("01-xld", "03-kqgq", "01-tcd"):
                said.append(browser.get(f"/statistics/{unit}/forms/{slug}?{asked}").text)
                said.append(cells(browser.get(f"/statistics/{unit}/forms/{slug}.xlsx?{asked}").data))
            listed = f"/statistics/{unit}/forms/01-xld/cases?{asked}"
            said += [browser.get(f"{listed}&column={column}").text for column in (1, 8, 18)]
        said.append(browser.get(f"/statistics/04?from=2025-12-15&to={NOW.date()}&{asked}").text)
    return re.sub(r'nonce="[^"]*"|value="[^"]{40,}"', "", "\n".join(said))


def cells(body: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(body), data_only=True)
    return "\n".join(str(row) for page in book for row in page.iter_rows(values_only=True))


@pytest.mark.parametrize("who", ["supervisor", "head"])
def test_no_subtraction_tells_of_one_denunciation_more(town: Province, who: str) -> None:
    """Whatever is read before and after five more came, were accepted and concluded is the same, letter for letter."""
    browser = town.browser(who)
    before = every_number(browser)
    with writing():
        story = Story()
        for number in range(5):
            story.concluded(later(number), "right", later(number + 8))
        db.session.commit()
    after = every_number(browser)
    quarter = re.compile(r".*(?:Tố cáo|tố cáo).*quý.*", re.I)  # the one figure that is published: reports/sealed.py
    assert [line for line in before.splitlines() if not quarter.match(line)] == [
        line for line in after.splitlines() if not quarter.match(line)
    ]


def test_an_inspector_of_the_denounced_commune_learns_nothing_of_them(town: Province) -> None:
    found = sheet("03-kqgq", official(town, "local inspector"), code="01447")
    assert not found.hides_sealed
    assert not any(found.total.values.values()), "they lie one level above, and they are about this commune"


def test_the_report_speaks_of_denunciations_only_to_keepers(town: Province) -> None:
    from .test_official_papers import words_of

    for who, speaks in (("inspector", True), ("supervisor", False)):
        body = town.browser(who).get("/statistics/04/report-letter.docx?year=2026&window=q4").data
        words = words_of(body)
        assert ("03/KQGQ" in words) == speaks, who
        assert ("Tố cáo thuộc thẩm quyền: 7 vụ việc; đã giải quyết 6" in words) == speaks
        assert ("Số liệu dưới đây không có tố cáo." in words) != speaks


def test_the_list_behind_a_cell_names_no_content(town: Province) -> None:
    page = town.browser("inspector").get("/statistics/04/forms/03-kqgq/cases?year=2026&window=q4&column=6").text
    assert "6 đơn ·" in page and page.count("Nội dung kín") == 6
    assert "Nhận tiền" not in page and "Kế toán" not in page
    assert pages.may_count_sealed(official(town, "inspector"), "/1/")
