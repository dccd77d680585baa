"""The forms as files: the workbook read by a real reader, the print, the report; and the reception form."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from docx import Document
from flask import Flask

from app import clock
from app.extensions import db, writing
from app.reports import tree
from app.reports.heard.figures import Question, gather
from app.reports.official.check import parsed
from app.reports.official.count import fill
from app.reports.official.layout import layout_of
from app.reports.official.rates import rates_of
from app.reports.official.show import plain
from app.reports.span import Span
from app.rules.statistics.windows import window_of
from tests.conftest import both_engines
from tests.documents.reading import text_of

from . import heard_bulk
from .bulk import NOW
from .conftest import Province, people
from .test_official import sheet, window

ASKED = "year=2026&window=m9"


def book_of(body: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(body), data_only=True).worksheets[0]


def rows_of(page: Any) -> dict[str, dict[int, Any]]:
    """The lines of a form's sheet by unit, each value by the number printed over its column."""
    rows = list(page.iter_rows(values_only=True))
    at = next(n for n, row in enumerate(rows) if row[1] == "(1)")
    numbers = {place: int(text.strip("()")) for place, text in enumerate(rows[at]) if place and text}
    end = next(n for n, row in enumerate(rows) if row[0] == "Tổng")
    return {row[0]: {number: row[place] for place, number in numbers.items()} for row in rows[at + 1 : end + 1]}


def holds(check: str, values: dict[int, Any]) -> bool:
    """A printed sum, added up here from the cells that were read."""
    sides = [sum(t.sign * (values[t.number] or 0) for t in side) for side in parsed(check).sides
             if not any(t.form for t in side)]  # fmt: skip
    return len(set(sides)) == 1


@pytest.mark.parametrize("slug", ["01-xld", "03-kqgq", "01-tcd"])
def test_the_workbook_holds_the_forms_figures_and_its_sums(province: Province, slug: str) -> None:
    found = sheet(slug, province.actor("inspector"))
    rows = rows_of(book_of(province.browser("inspector").get(f"/statistics/04/forms/{slug}.xlsx?{ASKED}").data))
    assert len(rows) == len(found.rows) + 1
    for row in [*found.rows, found.total]:
        name = "Tổng" if row is found.total else next(n for n in rows if n.startswith(row.node.short_vi))
        expected = {number: plain(value) for number, value in row.values.items()}
        assert {n: value if value != "" else None for n, value in rows[name].items()} == expected
        for check in found.layout.checks:
            assert holds(check.text, {n: v or 0 for n, v in rows[name].items()}), (name, check.text)


def test_only_what_the_system_keeps_nothing_of_may_be_typed_into_the_workbook(province: Province) -> None:
    body = province.browser("inspector").get(f"/statistics/04/forms/01-xld.xlsx?{ASKED}").data
    page = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    assert page.protection.sheet
    open_cells = {cell.column - 1 for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert open_cells == {3, 6, 25, 26}
    formulas = [cell.value for row in page.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert any(re.fullmatch(r"=\d+-SUM\(D\d+,E\d+\)", formula) for formula in formulas), "what is typed is taken out"


@pytest.mark.parametrize("slug", ["01-xld", "03-kqgq", "01-tcd"])
def test_the_print_says_what_the_form_says(province: Province, slug: str) -> None:
    found = sheet(slug, province.actor("inspector"))
    pdf = province.browser("inspector").get(f"/statistics/04/forms/{slug}.pdf?{ASKED}").data
    words = re.sub(r"\s+", "", text_of(pdf))
    for text in (
        found.layout.title.vi.upper(),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "15/12/2025",
        "14/09/2026",
        f"Biểu số: {found.layout.form}",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
    ):
        assert re.sub(r"\s+", "", text) in words, text
    total = "".join(str(plain(v)) for v in found.total.values.values() if v is not None)
    assert f"Tổng{total}" in words
    assert "Phépkiểmtra:(1)=" in words


def words_of(body: bytes) -> str:
    """All text of a DOCX, its tables too, line by line."""
    doc = Document(io.BytesIO(body))
    rows = [" | ".join(cell.text for cell in row.cells) for table in doc.tables for row in table.rows]
    return "\n".join([*(paragraph.text for paragraph in doc.paragraphs), *rows])


def test_the_reports_numbers_are_the_pages(province: Province) -> None:
    body = province.browser("inspector").get(f"/statistics/04/report-letter.docx?{ASKED}").data
    words, xld = words_of(body), sheet("01-xld", province.actor("inspector")).total.values
    rates = rates_of(tree.place("04"), Span(window().first, window().last), NOW)
    assert f"Tổng số đơn phải xử lý: {xld[1]}; kỳ trước chuyển sang {xld[2]}, tiếp nhận trong kỳ {xld[5]}." in words
    assert f"đủ điều kiện xử lý: {xld[9]} đơn, {xld[10]} vụ việc" in words
    assert f"({rates.in_time.part} trên {rates.in_time.whole})" in words
    assert f"({rates.satisfied.part} trên {rates.satisfied.whole})" in words
    for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "Nơi nhận:", "Tồn tại, hạn chế và nguyên nhân",
                 "Biểu số: 01/XLD", "Biểu số: 03/KQGQ", "Biểu số: 01/TCD"):  # fmt: skip
        assert text in words, text
    line = next(row for row in words.splitlines() if row.startswith("Tổng | ") and f"| {xld[1]} |" in row)
    expected = ["" if value is None else str(plain(value)) for value in xld.values()]
    assert [cell.strip() for cell in line.split("|")][1:] == expected


@both_engines
def test_the_reception_form_is_the_page_of_being_heard_in_columns(app: Flask) -> None:
    with clock.fixed(NOW):
        with writing():
            who = people()
            heard_bulk.plant(25)
            db.session.commit()
        watcher = Province(app, who).actor("supervisor")
        seen = set()
        for code in ("q1", "q2", "q3", "q4", "h1", "m9", "year"):
            at = window_of(2026, code)
            assert at is not None
            layout = layout_of("01-tcd", at.last)
            assert layout is not None
            found = fill(layout, tree.place("04"), at, watcher, NOW)
            heard = gather(tree.place("04"), Question(Span(at.first, at.last)), NOW, with_months=False).total
            values = found.total.values
            assert [values[n] for n in (1, 2, 30, 31)] == [heard.visits, heard.people, heard.days_owed,
                                                           heard.days_counted], code  # fmt: skip
            assert found.broken == []
            for groups, inside in ((8, 4), (17, 13), (26, 22)):
                assert (values[groups] or 0) <= (values[inside] or 0)
                assert (values[groups + 1] or 0) >= 5 * (values[groups] or 0)
            seen |= {number for number, value in values.items() if value}
        assert seen >= {1, 4, 6, 7, 8, 12, 13, 15, 21, 22, 24, 30}
