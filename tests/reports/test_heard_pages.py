"""The page of receptions, dialogues and promises: who sees it, what it says, its rows, its downloads."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select, update

from app import clock
from app.dialogues.models import Booking, Commitment
from app.extensions import db, writing
from app.journal.models import Event
from app.reports import tree
from app.reports.heard.figures import HeardFigures, Question, gather
from app.reports.heard.listing import FIGURES
from app.reports.heard.names import FORMULA_OF, NAMES
from app.reports.span import Span
from app.rules.statistics import FORMULAS
from app.rules.workflow import Action
from app.units.models import Setting, Unit
from tests.conftest import both_engines

from .conftest import Province, people, statements
from .heard_bulk import plant
from .test_heard_agreement import NOW
from .test_pages import table, words

YEAR = "from=2026-01-01&to=2026-12-31"
SPAN = Span(clock.date(2026, 1, 1), clock.date(2026, 12, 31))  # type: ignore[attr-defined]


@pytest.fixture
def heard(app: Flask) -> Iterator[Province]:
    """Thursday 26 November 2026, after 500 days of receptions and dialogues."""
    with clock.fixed(NOW):
        with writing():
            province = Province(app, people())
            plant(25)
        yield province


def counted(code: str = "04") -> HeardFigures:
    return gather(tree.place(code), Question(SPAN), NOW)


def number(figures: HeardFigures, figure: str) -> int:
    """How many rows stand behind a figure."""
    t, p = figures.total, figures.total.promises
    terms = {"head_days": "reception_day", "conference": "dialogue_conference"}
    if figure in terms:
        return sum(row.term.duty.what == terms[figure] for row in figures.terms)
    sealed = select(Booking.id).where(Booking.is_sealed, Booking.state == "done")
    hidden = len(
        [b for b in db.session.scalars(sealed) if SPAN.first <= db.session.get(Booking, b).day.on <= NOW.date()]
    )
    special = {"visits": t.visits - hidden, "told_late": t.tellable - t.told_in_time}
    if figure in special:
        return special[figure]
    return int(getattr(t, figure) if hasattr(t, figure) else getattr(p, figure))


@both_engines
def test_every_figure_opens_as_many_rows_as_it_says_but_for_sealed_visits(heard: Province) -> None:
    browser, figures = heard.browser("supervisor"), counted()
    for figure in FIGURES:
        page = browser.get(f"/statistics/04/being-heard/rows?figure={figure}&{YEAR}")
        assert page.status_code == 200, figure
        if figure != "objected":
            assert f"{number(figures, figure)} dòng ·" in words(page.text), figure


def test_rows_turn_over_until_the_last(heard: Province) -> None:
    browser, url, count = heard.browser("supervisor"), f"/statistics/04/being-heard/rows?figure=due&{YEAR}", 0
    while url:
        page = browser.get(url).text
        count += page.count('<tr role="row">') - ("<thead" in page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        url = onward.group(1).replace("&amp;", "&") if onward else ""
    assert count == counted().total.promises.due
    assert "Về trang đầu" in browser.get(f"/statistics/04/being-heard/rows?figure=due&page=99&{YEAR}").text
    empty = browser.get("/statistics/04/being-heard/rows?figure=due&from=2020-01-01&to=2020-01-02").text
    assert "Không có dòng nào" in empty


def test_names_of_visitors_are_for_the_unit_and_those_above_it_not_for_supervisors(heard: Province) -> None:
    address = f"/statistics/01447/being-heard/rows?figure=visits&{YEAR}"
    for who in ("head", "inspector"):
        assert "Nông Thị Kín" in heard.browser(who).get(address).text, who
    masked = heard.browser("supervisor").get(address).text
    assert "Nông Thị Kín" not in masked
    for who in ("head", "supervisor", "inspector"):
        assert "0912000999" not in heard.browser(who).get(address).text


def test_a_sealed_visit_is_counted_and_never_listed(heard: Province) -> None:
    sealed = db.session.scalars(select(Booking.reference).where(Booking.is_sealed)).all()
    assert sealed
    browser = heard.browser("inspector")
    for figure in ("visits", "no_shows", "turned_away", "became_cases", "tellable", "told_in_time", "told_late"):
        url = f"/statistics/04/being-heard/rows?figure={figure}&{YEAR}"
        while url:
            page = browser.get(url).text
            assert not [reference for reference in sealed if reference in page], figure
            onward = re.search(r'rel="next" href="([^"]+)"', page)
            url = onward.group(1).replace("&amp;", "&") if onward else ""
    with writing():
        db.session.execute(update(Booking).values(is_sealed=False))
        before = counted().total
        db.session.execute(update(Booking).values(is_sealed=True))
        after = counted().total
        db.session.rollback()
    assert (after.visits, after.people) == (before.visits, before.people)
    assert after == replace(before, no_shows=0, turned_away=0, became_cases=0, tellable=0, told_in_time=0)


def test_the_page_is_for_those_who_watch_over_the_unit(heard: Province) -> None:
    doors = [f"/statistics/{{}}/being-heard{door}" for door in ("", "/rows?figure=visits", ".csv", ".xlsx")]
    for door in doors:
        for who, code, status in (("head", "01447", 200), ("head", "04", 404), ("head", "01273", 404),
                                  ("supervisor", "01447", 200), ("local inspector", "04", 404),
                                  ("officer", "01447", 403), ("supervisor", "nowhere", 404)):  # fmt: skip
            assert heard.browser(who).get(door.format(code)).status_code == status, (who, door, code)
        assert heard.app.test_client().get(door.format("01447")).status_code == 302


def test_a_wrong_question_is_answered_beside_the_field(heard: Province) -> None:
    browser = heard.browser("supervisor")
    wrong = "from=2026-10-02&to=2026-10-01"
    answer = browser.get(f"/statistics/04/being-heard?{wrong}")
    assert answer.status_code == 422
    assert "Ngày cuối đứng trước ngày đầu" in answer.text
    assert browser.get(f"/statistics/04/being-heard/rows?{wrong}").status_code == 404
    assert browser.get("/statistics/04/being-heard/rows?figure=nonsense").status_code == 404
    for ending in ("csv", "xlsx"):
        assert browser.get(f"/statistics/04/being-heard.{ending}?{wrong}").status_code == 400


def test_page_csv_and_workbook_say_the_same(heard: Province) -> None:
    browser, figures = heard.browser("supervisor"), counted()
    page = words(browser.get(f"/statistics/04/being-heard?{YEAR}").text)
    rows = list(csv.reader(io.StringIO(browser.get(f"/statistics/04/being-heard.csv?{YEAR}").data.decode("utf-8-sig")),
                           delimiter=";"))  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/statistics/04/being-heard.xlsx?{YEAR}").data))
    assert book.sheetnames == ["Từng đơn vị", "Theo tháng", "Từ điển", "Về bảng này"]
    sheet = [[cell.value for cell in row] for row in book["Từng đơn vị"].iter_rows()]
    assert [row[:2] for row in rows] == [[str(value) for value in row[:2]] for row in sheet]
    assert rows[0] == sheet[0]
    for text_row, row in zip(rows[1:], sheet[1:], strict=True):
        assert [_plain(value) for value in text_row] == [_plain(value) for value in row]
    head = dict(zip(rows[0], rows[1], strict=True))
    t = figures.total
    assert head["Ngày người đứng đầu tiếp công dân: tử số"] == str(t.days_counted)
    assert head["Ngày người đứng đầu tiếp công dân: mẫu số"] == str(t.days_owed)
    assert head["Giữ cam kết: tử số"] == str(t.promises.kept)
    assert f"{t.days_counted} trên {t.days_owed} ngày phải tiếp" in page
    assert f"{t.promises.kept} trên {t.promises.due} cam kết đến hạn" in page
    assert f"{t.told_in_time} trên {t.tellable} lượt đến hạn báo" in page
    assert len(book["Theo tháng"]["A"]) == 13
    explained = [row[1].value for row in book["Từ điển"].iter_rows(min_row=2)]
    assert explained == rows[0][4:], "every column of figures is explained"


def _plain(value: Any) -> str:
    """A cell as both files mean it: 0,00 in the text is the number 0 in the workbook."""
    said = "" if value is None else str(value).replace(",", ".")
    return f"{float(said):.2f}" if re.fullmatch(r"\d+(\.\d+)?", said) else said


def test_no_text_of_a_download_is_a_formula(heard: Province) -> None:
    with writing():
        db.session.execute(update(Unit).where(Unit.code == "01447").values(name_vi='=HYPERLINK("http://x","y")'))
        db.session.commit()
    browser = heard.browser("supervisor")
    assert "'=HYPERLINK" in browser.get(f"/statistics/04/being-heard.csv?{YEAR}").data.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/statistics/04/being-heard.xlsx?{YEAR}").data))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert '=HYPERLINK("http://x","y")' in [cell.value for cell in book.worksheets[0]["B"]]


def test_whoever_takes_a_download_is_remembered(heard: Province) -> None:
    heard.browser("supervisor").get(f"/statistics/04/being-heard.xlsx?{YEAR}")
    taken = db.session.scalars(select(Event).where(Event.action == Action.EXPORTED)).one()
    assert taken.subject == "being-heard:04"


@pytest.mark.parametrize("order", ["shortfall", "name", "nonsense"])
def test_the_table_of_units_is_sorted_by_what_is_missing_or_by_name(heard: Province, order: str) -> None:
    page = (
        heard.browser("supervisor").get(f"/statistics/04/being-heard?{YEAR}&sort={order}").text.split('id="units"')[1]
    )
    names_shown = re.findall(r'<th scope="row"><a class="tap" href="[^"]+">([^<]+)</a>', page)
    rows = counted().rows
    if order == "name":
        assert names_shown[1:] == [node.short_vi for node, _heard in rows][1:]
    else:
        missing = [heard.shortfall for _node, heard in sorted(rows, key=lambda row: -row[1].shortfall)]
        shown = [int(n) for n in re.findall(r"thiếu (\d+)", page)]
        assert shown[: len(missing)] == sorted(shown, reverse=True)


def test_small_numbers_give_no_rate_anywhere(heard: Province) -> None:
    with writing():
        db.session.add(Setting(key="minimum_denominator", value=100_000))
        db.session.commit()
    browser, total = heard.browser("supervisor"), counted().total
    page = words(browser.get(f"/statistics/04/being-heard?{YEAR}").text)
    assert f"{total.days_counted} / {total.days_owed}" in page
    assert "khoảng" not in page
    rows = table(browser.get(f"/statistics/04/being-heard.csv?{YEAR}").data)
    assert {row["Giữ cam kết: %"] for row in rows} == {""}


def test_every_list_has_a_name_and_a_formula_on_the_page_how_we_count(heard: Province) -> None:
    published = {formula.code for formula in FORMULAS}
    assert set(NAMES) == set(FIGURES)
    assert {FORMULA_OF.get(figure, figure) for figure in FIGURES} <= published


def test_the_units_page_leads_here_and_back(heard: Province) -> None:
    browser = heard.browser("head")
    assert "/statistics/01447/being-heard?" in browser.get("/statistics/01447").text
    assert 'href="/statistics/01447?' in browser.get("/statistics/01447/being-heard").text


def test_requests_for_a_dialogue_are_the_same_number_in_both_rooms(heard: Province) -> None:
    page = heard.browser("supervisor").get(f"/statistics/04/cases?figure=received&kind=dialogue&{YEAR}").text
    assert f"{counted().total.requests} vụ việc ·" in words(page)


def asked(heard: Province, address: str) -> int:
    """Statements of one page."""
    browser = heard.browser("supervisor")
    with statements() as sent:
        assert browser.get(address).status_code == 200
    return len(sent)


PAGES = ("/statistics/04/being-heard", "/statistics/04/being-heard/rows?figure=head_days",
         "/statistics/04/being-heard/rows?figure=days_held", "/statistics/04/being-heard/rows?figure=visits",
         "/statistics/04/being-heard/rows?figure=sessions", "/statistics/04/being-heard/rows?figure=due")  # fmt: skip
MOST = 11


@both_engines
def test_a_page_asks_few_questions_whatever_the_number_of_units_and_rows(app: Flask) -> None:
    with clock.fixed(NOW):
        with writing():
            province = Province(app, people())
            plant(2)
        few = [asked(province, page) for page in PAGES]
        with writing():
            _more_units(30)
            db.session.query(Commitment).update({"what": "Khác"})
            db.session.commit()
        many = [asked(province, page) for page in PAGES]
    assert few == many
    assert max(many) <= MOST, many


def _more_units(count: int) -> None:
    top = db.session.scalars(select(Unit).where(Unit.code == "04")).one()
    for n in range(count):
        unit = Unit(code=f"x{n}", name_vi=f"Xã {n}", name_en=f"X {n}", short_vi=f"Xã {n}", short_en=f"X {n}",
                    level="commune", parent_id=top.id, path=f"x{n}", valid_from=top.valid_from)  # fmt: skip
        db.session.add(unit)
        db.session.flush()
        unit.path = f"{top.path}{unit.id}/"
