"""The supervisor's pages: who sees which figures, that page, CSV and command agree, and the cases behind each."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.extensions import db, writing
from app.journal.models import Event
from app.reports import tree
from app.reports.cells.measures import Measures
from app.reports.figures import Figures, Question, gather
from app.reports.listing import FIGURES
from app.reports.names import NAMES, formula_of, name_of
from app.reports.span import Span
from app.rules.statistics import FORMULAS
from app.rules.workflow import Action, Role
from app.units.models import Setting, Unit
from tests.conftest import both_engines
from tests.factories import make_official, sign_in

from .bulk import NOW
from .conftest import QUARTER, Province

SPAN = Span(*(clock.date.fromisoformat(part[-10:]) for part in QUARTER.split("&")))  # type: ignore[attr-defined]


def counted(code: str = "04") -> Figures:
    return gather(tree.place(code), Question(SPAN), NOW, with_months=False)


def words(page: str) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def table(body: bytes, delimiter: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=delimiter))


def as_json(app: Flask, *more: str) -> dict[str, Any]:
    result = app.test_cli_runner().invoke(args=["unit-statistics", "--from", "2026-08-29", "--to", "2026-11-26", *more])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@both_engines
def test_page_sheet_and_command_say_the_same(province: Province, app: Flask) -> None:
    browser = province.browser("supervisor")
    page = words(browser.get(f"/statistics/04?{QUARTER}").text)
    sheet = table(browser.get(f"/statistics/04.csv?{QUARTER}").data)
    printed = as_json(app, "--recount")
    whole, below = printed["unit"], printed["below"]
    assert [row["Mã đơn vị"] for row in sheet] == [whole["code"], *(unit["code"] for unit in below)]
    for row, unit in zip(sheet, [whole, *below], strict=True):
        assert [row[name] for name in ("Mới nhận", "Đã xong", "Đang mở", "Đang quá hạn")] == [
            str(unit[name]) for name in ("received", "finished", "open", "overdue")
        ]
        for name, key in (("Đúng hạn", "on_time"), ("Hài lòng", "satisfaction"), ("Mở lại", "reopened")):
            assert [row[f"{name}: tử số"], row[f"{name}: mẫu số"]] == [
                str(unit[key]["numerator"]), str(unit[key]["denominator"])
            ]  # fmt: skip
            line = "{} trên {}" if unit is whole else "{} / {}"
            assert line.format(unit[key]["numerator"], unit[key]["denominator"]) in page
    rate = f"{whole['on_time']['percent']:.1f}".replace(".", ",")
    median = f"{whole['first_response']['median_seconds'] / 86400:.1f}".replace(".", ",")
    assert f"Đúng hạn {rate} %" in page.replace("\u00a0", " ")
    assert f"Trả lời lần đầu {median} ngày" in page.replace("\u00a0", " ")
    assert f"{whole['on_time']['numerator']} trên {whole['on_time']['denominator']} lẽ ra phải xong" in page


@both_engines
@pytest.mark.parametrize("who", ["supervisor", "head"])
def test_every_figure_opens_exactly_its_cases(province: Province, who: str) -> None:
    code = "04" if who == "supervisor" else "01447"
    found, browser = counted(code), province.browser(who)
    measured = Measures(found.facts, found.period)
    for figure in FIGURES:
        number = int(measured.mask(figure).sum())
        assert number == getattr(found.total, figure, number)
        if figure in ("received", "judged", "overdue", "late"):
            assert rows_of(browser, code, figure) == number, figure
        page = browser.get(f"/statistics/{code}/cases?figure={figure}&{QUARTER}").text
        assert f"{number} vụ việc ·" in words(page), figure


def rows_of(browser: Any, code: str, figure: str) -> int:
    """Rows on all pages of a list."""
    count, url = 0, f"/statistics/{code}/cases?figure={figure}&{QUARTER}"
    while url:
        page = browser.get(url).text
        count += page.count('<tr role="row">') - ("<thead" in page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        url = html.unescape(onward.group(1)) if onward else ""
    return count


def test_every_listed_figure_has_a_name(app: Flask) -> None:
    assert set(NAMES) <= set(FIGURES)
    with app.test_request_context():
        assert not [figure for figure in FIGURES if "_" in name_of(figure) or name_of(figure) == figure]


def test_every_listed_figure_is_explained() -> None:
    assert {formula_of(figure) for figure in FIGURES} <= {formula.code for formula in FORMULAS}


def test_a_list_never_shows_who_the_resident_is_nor_a_case_out_of_sight(province: Province) -> None:
    for who in ("supervisor", "head"):
        code = "04" if who == "supervisor" else "01447"
        page = province.browser(who).get(f"/statistics/{code}/cases?figure=received&{QUARTER}").text
        assert "Nông Thị Kín" not in page
        assert "0912000999" not in page
    alone = province.browser("local inspector").get(f"/statistics/01447/cases?figure=judged&{QUARTER}").text
    assert "ngoài phạm vi được xem" in alone, "cases that moved on are counted, but neither titled nor linked"
    hidden = alone.split("ngoài phạm vi được xem")[0].rsplit("<tr", 1)[1]
    assert "PA-2026-" not in hidden
    assert "Việc số" not in hidden


def test_figures_are_for_those_who_watch_over_the_unit(province: Province) -> None:
    head, supervisor, officer = (province.browser(who) for who in ("head", "supervisor", "officer"))
    assert head.get("/statistics/").location == "/statistics/01447"
    assert supervisor.get("/statistics/").location == "/statistics/04"
    for address in ("/statistics/04", "/statistics/01273", "/statistics/04/cases", "/statistics/04.csv"):
        assert head.get(address).status_code == 404, address
        assert officer.get(address).status_code == 403, address
    assert supervisor.get("/statistics/nowhere").status_code == 404
    for address in ("/statistics/01447", "/statistics/01447/cases", "/statistics/01447.csv"):
        assert head.get(address).status_code == 200, address
        assert province.app.test_client().get(address).status_code == 302, address


def test_a_small_number_gives_no_rate_and_says_so(province: Province) -> None:
    with writing():
        db.session.add(Setting(key="minimum_denominator", value=100_000))
        db.session.commit()
    browser = province.browser("supervisor")
    page = browser.get(f"/statistics/04?{QUARTER}").text
    assert "quá ít để tính" in page
    assert "Số nhỏ" in page
    assert "p90:" not in words(page)
    sheet = table(browser.get(f"/statistics/04.csv?{QUARTER}").data)
    assert {row["Đúng hạn: %"] for row in sheet} == {row["Trả lời lần đầu: p90, ngày"] for row in sheet} == {""}
    assert as_json(province.app)["unit"]["on_time"]["percent"] is None


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("from=2026-10-02&to=2026-10-01", "Ngày cuối đứng trước ngày đầu"),
        ("from=2026-02-30&to=2026-10-01", "Ngày này không có thật"),
        ("from=hom-qua", "Ngày này không có thật"),
        ("from=0001-01-01&to=9999-12-31", "từ năm 2000 đến năm 2099"),
        ("kind=denunciation", "Chọn một dòng trong danh sách"),
    ],
)
def test_a_wrong_question_is_answered_beside_the_field(province: Province, query: str, says: str) -> None:
    browser = province.browser("supervisor")
    answer = browser.get(f"/statistics/04?{query}")
    assert answer.status_code == 422
    assert says in answer.text
    assert "<title>Lỗi:" in answer.text
    assert browser.get(f"/statistics/04/cases?{query}").status_code == 404
    assert browser.get(f"/statistics/04.csv?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["from=2026-11-01", "to=2026-01-31", "from=2027-01-01", "kind=complaint", "below=0", ""]
)
def test_whatever_is_left_out_of_a_question_has_a_usual_value(province: Province, query: str) -> None:
    assert province.browser("supervisor").get(f"/statistics/04?{query}").status_code == 200


@pytest.mark.parametrize("order", ["on-time", "first-response", "satisfaction", "received", "nonsense"])
@pytest.mark.parametrize("level", ["", "department", "nonsense"])
def test_the_table_of_units_is_sorted_and_narrowed(province: Province, order: str, level: str) -> None:
    page = province.browser("supervisor").get(f"/statistics/04?{QUARTER}&sort={order}&level={level}").text
    assert "Sở Xây dựng" in page.split('id="units"')[1]
    assert ("Xã Trùng Khánh" in page.split('id="units"')[1]) is (level != "department")


def test_a_period_without_anything_says_why_it_is_empty(province: Province) -> None:
    page = province.browser("head").get("/statistics/01447?from=2020-01-01&to=2020-01-31").text
    assert "Không có vụ việc nào trong kỳ này" in page


def test_a_list_of_nothing_and_a_page_too_far_say_so(province: Province) -> None:
    browser = province.browser("head")
    assert "Con số là 0" in browser.get("/statistics/01447/cases?figure=received&from=2020-01-01&to=2020-01-02").text
    assert "Về trang đầu" in browser.get(f"/statistics/01447/cases?figure=received&page=99&{QUARTER}").text
    assert browser.get("/statistics/01447/cases?figure=nonsense").status_code == 404
    assert browser.get("/statistics/01447/cases?category=nonsense").status_code == 404


def test_a_list_narrowed_to_a_subject_holds_what_its_chart_counts(province: Province) -> None:
    figures = gather(tree.place("04"), Question(SPAN), NOW)
    first, last = figures.months[0][0].first, figures.months[-1][0].last
    for subject in figures.subjects:
        number = sum(subject.on_time) + sum(subject.late)
        page = province.browser("supervisor").get(
            f"/statistics/04/cases?figure=judged_finish&category={subject.code}&from={first}&to={last}"
        )
        assert f"{number} vụ việc ·" in words(page.text), subject.code


def test_the_sheet_cannot_carry_a_formula_and_is_remembered(province: Province) -> None:
    with writing():
        unit = db.session.scalars(select(Unit).where(Unit.code == "01294")).one()
        unit.name_vi = '=HYPERLINK("http://nowhere.example")'
        db.session.commit()
    answer = province.browser("supervisor").get(f"/statistics/04.csv?{QUARTER}")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["Content-Disposition"]
    names = {row["Mã đơn vị"]: row["Đơn vị"] for row in table(answer.data)}
    assert names["01294"] == '\'=HYPERLINK("http://nowhere.example")'
    event = db.session.scalars(select(Event).where(Event.action == Action.EXPORTED)).one()
    assert (event.official_id, event.subject) == (province.people["supervisor"], "statistics:04")
    assert event.facts == {"view": "", "file": "csv", "first": "2026-08-29", "last": "2026-11-26", "kind": ""}


def test_an_english_sheet_has_commas_and_points(province: Province) -> None:
    browser = province.browser("supervisor")
    with browser.session_transaction() as session:
        session["language"] = "en"
    first = browser.get(f"/statistics/04.csv?{QUARTER}").data.decode("utf-8-sig").splitlines()[1]
    assert first.startswith("04,")
    assert re.search(r",\d+\.\d\d,", first)


def test_the_command_refuses_what_cannot_be_asked(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["unit-statistics", "--from", "2026-10-02", "--to", "2026-10-01"]).exit_code == 2
    assert run(args=["unit-statistics", "--from", "2026-10-01", "--to", "2026-10-02", "--unit", "none"]).exit_code == 2


def test_the_command_counts_a_unit_alone_and_one_kind(province: Province, app: Flask) -> None:
    whole, alone = as_json(app), as_json(app, "--alone", "--recount")
    complaints = as_json(app, "--kind", "complaint", "--recount")
    assert alone["below"] == []
    assert alone["unit"]["received"] < whole["unit"]["received"]
    assert complaints["unit"]["received"] < whole["unit"]["received"]
    assert as_json(app, "--unit", "01447")["unit"] == next(u for u in whole["below"] if u["code"] == "01447")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_how_we_count_is_public_and_explains_every_figure(app: Flask, language: str) -> None:
    from app.rules.statistics import FORMULAS, GENERAL

    browser = app.test_client()
    with browser.session_transaction() as session:
        session["language"] = language
    page = html.unescape(browser.get("/how-we-count").text)
    for formula in FORMULAS:
        assert f'id="{formula.code}"' in page
        for text in (formula.name, formula.sentence, formula.numerator, formula.denominator, *formula.left_out):
            assert text is None or getattr(text, language) in page
    assert all(getattr(text, language) in page for text in GENERAL)


def test_a_list_points_at_its_formula(province: Province) -> None:
    browser = province.browser("supervisor")
    page = browser.get("/how-we-count").text
    for figure in FIGURES:
        found = re.search(r'how-we-count#(\w+)"', browser.get(f"/statistics/04/cases?figure={figure}&{QUARTER}").text)
        assert found is not None
        assert f'id="{found.group(1)}"' in page, figure


def test_somebody_with_posts_at_two_units_begins_at_the_higher(province: Province) -> None:
    from tests.factories import add_post

    with writing():
        official = make_official(Role.HEAD, "01447")
        add_post(official, Role.SUPERVISOR, "04")
        db.session.commit()
        browser = sign_in(province.app.test_client(), official)
    assert browser.get("/statistics/").location == "/statistics/04"
