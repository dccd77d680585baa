"""The supervisor's walk: a case that was answered and judged moves its unit's figures, and every figure opens."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Locator, Page

from app.cases.models import Case

from .. import factories
from .steps import act, file_petition, follow, press, sign
from .visitors import Visitors, sign_in

UNIT = "/statistics/01447"
FIGURES = ("received", "finished", "open", "judged", "responded", "rated")


def tile(page: Page, figure: str) -> Locator:
    """The tile whose link opens the cases of that figure."""
    return page.locator(".tile", has=page.locator(f"a[href*='figure={figure}&'], a[href$='figure={figure}']")).first


def number(text: str) -> int:
    """The first number in a text, in either language's writing."""
    return int(re.sub(r"[.,\u202f\u00a0]", "", re.findall(r"\d[\d.,\u202f\u00a0]*", text)[0]))


def figures(page: Page) -> dict[str, list[int]]:
    """Of each tile the numbers behind it: the count, or numerator and denominator."""
    page.goto(UNIT)
    return {
        name: [int(n) for n in re.findall(r"\d+", tile(page, name).locator(".of").inner_text())] for name in FIGURES
    }


def answer_one(visitors: Visitors, name: str) -> None:
    """A whole case within minutes: sent, taken, answered, signed, judged with the best mark."""
    resident, officer, head = visitors.page(), visitors.page("mai"), visitors.page("khanh")
    code = file_petition(resident, name)
    reference = visitors.town.find(name).reference
    act(officer, reference, "take")
    act(officer, reference, "propose", text="Đã làm xong trong buổi sáng.", outcome="resolved")
    sign(head, reference, factories.PASSWORD)
    head.wait_for_url(f"**/{reference}")
    follow(resident, code)
    press(resident.locator("#rate button[value='5']"))
    resident.wait_for_url("**/follow/case#rate")


def test_one_answered_case_moves_the_figures_of_its_unit_and_stands_behind_them(visitors: Visitors) -> None:
    name, page = f"Biển báo ở dốc Mã Phục bị đổ ({visitors.manner})", visitors.page()
    sign_in(page, "sinh")
    page.wait_for_url("**/statistics/04")
    visitors.read(page, "/statistics/04")
    press(page.locator(".compare a[href*='/statistics/01447']").first)
    page.wait_for_url(f"**{UNIT}?*")
    before = figures(page)
    assert page.locator(".mast .ways a[aria-current]").first.get_attribute("href") == "/statistics/"
    answer_one(visitors, name)
    after = figures(page)
    for figure in ("received", "finished", "responded"):
        assert after[figure] == [before[figure][0] + 1]
    assert after["open"] == before["open"]
    for figure in ("judged", "rated"):
        assert after[figure] == [count + 1 for count in before[figure]]
    assert after["rated"][1] >= 20 and "%" in tile(page, "rated").locator(".value").inner_text()

    press(tile(page, "finished").locator("a"))
    page.wait_for_url("**/cases?figure=finished*")
    assert number(page.locator("main .soft").first.inner_text()) == after["finished"][0]
    press(page.locator("a.title", has_text=name))
    page.wait_for_url("**/desk/cases/*")
    assert page.locator("h1").inner_text() == name
    seen = page.locator("main").inner_text()
    assert "Lương Thị Slao" not in seen and "0912 000 018" not in seen


def test_the_table_is_downloaded_with_the_figures_of_the_page(visitors: Visitors) -> None:
    page = visitors.page("sinh")
    visitors.read(page, UNIT)
    shown = figures(page)
    with page.expect_download() as download:
        page.locator("main a[href*='.csv']").click()
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if visitors.manner.language == "vi" else ","))
    row = next(row for row in rows if row[0] == "01447")
    assert [int(value) for value in row[4:7]] == [shown[name][0] for name in ("received", "finished", "open")]


def test_days_and_kind_narrow_the_question_in_the_address(visitors: Visitors) -> None:
    page = visitors.page("sinh")
    visitors.read(page, UNIT)
    page.locator("main select[name=kind]").select_option("complaint")
    press(page.locator("main form", has=page.locator("select[name=kind]")).locator("[type=submit]"))
    assert "kind=complaint" in page.url
    planted = visitors.town.count(Case.kind == "complaint", Case.unit_id == visitors.town.unit_id("01447"))
    assert number(tile(page, "received").locator(".of").inner_text()) == planted
    page.goto(f"{UNIT}?from=2026-05-02&to=2026-05-01")
    assert page.locator("[role=alert]").is_visible()


def test_an_inspector_reads_the_journal_and_every_number_has_its_formula(visitors: Visitors) -> None:
    page = visitors.page("van")
    visitors.read(page, "/journal")
    assert page.locator("main tbody tr").count() >= 20
    visitors.read(page, UNIT)
    press(page.locator("main a[href='/how-we-count']").first)
    page.wait_for_url("**/how-we-count*")
    assert page.locator("#on_time").count() == 1


def test_from_the_province_to_one_late_case_in_three_clicks(visitors: Visitors) -> None:
    page = visitors.page("sinh")
    visitors.read(page, "/statistics/04")
    press(page.locator(".compare a[href*='/statistics/01447']").first)
    shown = number(tile(page, "overdue").locator(".of").inner_text())
    press(tile(page, "overdue").locator("a"))
    assert shown and page.locator("tbody tr").count() == min(shown, 25)
    title = page.locator("a.title").first.inner_text()
    press(page.locator("a.title").first)
    assert page.locator("h1").inner_text() == title
    assert page.locator(".is-late").first.is_visible()


def test_every_view_opens_from_the_overview_and_keeps_the_question(visitors: Visitors) -> None:
    page = visitors.page("sinh")
    visitors.read(page, f"{UNIT}?kind=feedback&from=2026-01-01&to=2026-12-31")
    ways = page.locator("main .views a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(ways) >= 13
    for way in ways[1:-2]:
        page.goto(way)
        assert "kind=feedback" in page.url and "from=2026-01-01" in page.url
        assert page.locator("main .views a[aria-current]").count() == 1
        assert page.locator("main select[name=kind]").input_value() == "feedback"
        for ending, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
            with page.expect_download() as download:
                page.locator(f".page-head a[href*='.{ending}']").click()
            assert Path(download.value.path()).read_bytes().startswith(begins)
