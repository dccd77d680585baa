"""What lies unanswered: the page, its sheets and the lists behind them say the same; the history has every day."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise

from app.reports import tree
from app.reports.asked import Question, facts_of_units
from app.reports.cells.measures import Measures
from app.rules.statistics.standing import AGES, SPLITS, code_of
from tests.conftest import both_engines

from .bulk import NOW
from .conftest import QUARTER, Province
from .test_pages import SPAN, words


def sheet(province: Province, name: str, query: str = QUARTER, code: str = "04") -> list[dict[str, str]]:
    body = province.browser("supervisor").get(f"/statistics/{code}/backlog.csv?{query}&sheet={name}").data
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))


def measured(code: str = "04") -> Measures:
    return Measures(facts_of_units(Question(SPAN), tree.place(code).ids(True)), SPAN.period(NOW))


@both_engines
def test_the_ages_are_the_measures_and_open_their_cases(province: Province) -> None:
    rows, browser = sheet(province, "ages"), province.browser("supervisor")
    figures = measured()
    assert [row["Đang mở"] for row in rows[:-1]] == [
        str(int(figures.mask(f"open_{code_of(age)}").sum())) for age in AGES
    ]
    assert rows[-1]["Đang mở"] == str(int(figures.open.sum())) != "0"
    for age in AGES[:3]:
        for name in (f"open_{code_of(age)}", *(f"open_{code_of(age)}_{split}" for split in SPLITS)):
            page = words(browser.get(f"/statistics/04/cases?figure={name}&{QUARTER}").text)
            assert f"{int(figures.mask(name).sum())} vụ việc ·" in page, name


def test_the_history_in_the_sheet_has_every_day_and_its_last_is_the_page(province: Province) -> None:
    rows, figures = sheet(province, "days"), measured()
    assert len(rows) == 90
    assert [rows[0]["Ngày"], rows[-1]["Ngày"]] == ["2026-08-29", "2026-11-26"]
    assert rows[-1]["Đang mở cuối ngày"] == str(int(figures.open.sum()))
    assert rows[-1]["Quá hạn cuối ngày"] == str(int(figures.overdue.sum()))
    assert sum(int(row["Mới nhận"]) for row in rows) == int(figures.received.sum())
    for before, after in pairwise(rows):
        grown = int(after["Đang mở cuối ngày"]) - int(before["Đang mở cuối ngày"])
        assert grown == int(after["Vào trừ ra"]), after["Ngày"]


def test_a_long_period_keeps_every_day_in_the_sheet_while_the_page_shows_a_year(province: Province) -> None:
    asked = "from=2025-01-01&to=2026-11-26"
    page = province.browser("supervisor").get(f"/statistics/04/backlog?{asked}").text
    assert len(sheet(province, "days", asked)) == 695
    assert "Trang cho xem 366 ngày cuối" in words(page)
    assert "cuối mỗi tuần" in page


def test_the_units_add_up_to_the_whole(province: Province) -> None:
    rows, figures = sheet(province, "units"), measured()
    for head, name in (("Đang mở", "open"), ("Đang quá hạn", "overdue"), ("Không có hạn", "open_no_due")):
        assert sum(int(row[head]) for row in rows) == int(figures.mask(name).sum()), head
    assert sheet(province, "ages", code="01447")[-1]["Đang mở"] == str(int(measured("01447").open.sum()))


def test_a_past_period_says_that_it_speaks_of_its_end(province: Province) -> None:
    page = province.browser("supervisor").get("/statistics/04/backlog?from=2026-09-01&to=2026-09-30").text
    assert "không phải lúc này" in page
    assert "không phải lúc này" not in province.browser("supervisor").get(f"/statistics/04/backlog?{QUARTER}").text


def test_every_number_of_a_day_opens_that_days_cases(province: Province) -> None:
    browser = province.browser("supervisor")
    row = next(row for row in reversed(sheet(province, "days")) if row["Được mở lại"] != "0")
    for figure, head in (("open", "Đang mở cuối ngày"), ("reopened_in", "Được mở lại"), ("went", "Xong, chuyển đi")):
        address = f"/statistics/04/cases?figure={figure}&from={row['Ngày']}&to={row['Ngày']}"
        assert f"{row[head]} vụ việc ·" in words(browser.get(address).text), head
    page = browser.get(f"/statistics/04/backlog?{QUARTER}").text
    assert re.search(r"figure=went&amp;from=2026-11-2\d&amp;to=2026-11-2\d", page)


def test_a_period_before_everything_is_empty(province: Province) -> None:
    page = province.browser("supervisor").get("/statistics/04/backlog?from=2020-01-01&to=2020-01-31")
    assert page.status_code == 200
    assert "Không có vụ việc nào trong kỳ này" in page.text
