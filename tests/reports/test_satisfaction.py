"""Satisfaction: levels, reasons and response against a recount; the texts masked, linked only where one may look."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.cases.models import Case, Custody, Rating
from app.extensions import db, writing
from app.reports import tree
from app.reports.answers.satisfaction import LEVELS, SATISFACTION
from app.reports.asked import Question
from app.reports.cells import keep
from app.reports.cells.judgement import MORE, reopening_seconds, second_answer_seconds
from app.reports.said import FIRST, PAGE, texts
from app.reports.span import Span
from app.rules.statistics import Share, judgement
from app.rules.statistics.formulas import MEASURES, rated, satisfied
from app.rules.workflow import Kind, Outcome
from app.words import REASONS
from tests.conftest import both_engines

from .bulk import NOW, plant
from .conftest import Province
from .plain import QUARTER, Stay, answered, count, hrefs, sheet_of, stays, values
from .test_pages import words

DAYS = "from=2026-09-01&to=2026-11-26"


@both_engines
def test_the_columns_say_what_the_pure_formulas_say(app: Flask, write: None) -> None:
    plant(500, seed=51)
    asked, _answer = answered(app, SATISFACTION, Question(QUARTER))
    m, p, all_stays = asked.measured, asked.period, stays()
    assert int(m.mask("answer_rated").sum()) == count(all_stays, judgement.answer_rated, p) > 20
    assert int(m.mask("answered_again").sum()) == count(all_stays, judgement.answered_again, p) > 5
    after = [judgement.reopening_seconds(s.fact) for s in all_stays if MEASURES["reopened"](s.fact, p)]
    second = [judgement.second_answer_seconds(s.fact) for s in all_stays if judgement.answered_again(s.fact, p)]
    assert sorted(reopening_seconds(m)[0].tolist()) == sorted(after)
    assert sorted(second_answer_seconds(m)[0].tolist()) == sorted(second)
    for code in REASONS:
        ticked = sum(rated(s.fact, p) and code in s.reasons for s in all_stays)
        assert int(m.mask(f"reason_{code}").sum()) == ticked, code
    assert {name for name in MORE if name.startswith("reason_")} == {f"reason_{code}" for code in REASONS}


@both_engines
def test_levels_reasons_and_response_are_a_recount(app: Flask, write: None) -> None:
    plant(500, seed=52)
    asked, answer = answered(app, SATISFACTION, Question(QUARTER))
    mine = [s for s in stays() if rated(s.fact, asked.period)]
    levels = list(values(sheet_of(answer, "levels"), "ratings").values())
    assert levels == [sum(s.fact.rating_level == n for s in mine) for n in LEVELS]
    reasons = sheet_of(answer, "reasons")
    for code, name in REASONS.items():
        for n in LEVELS:
            ticked = sum(code in s.reasons and s.fact.rating_level == n for s in mine)
            assert values(reasons, f"level_{n}")[str(name)] == ticked, (code, n)


@both_engines
def test_each_unit_channel_and_subject_is_its_own_recount(app: Flask, write: None) -> None:
    plant(500, seed=53)
    asked, answer = answered(app, SATISFACTION, Question(QUARTER))
    nodes = {n.id: n for n in tree.nodes()}

    def agree(code: str, name: str, mine: list[Stay]) -> None:
        sheet, p = sheet_of(answer, code), asked.period
        whole = Share(count(mine, satisfied, p), count(mine, rated, p))
        back = Share(count(mine, judgement.answer_rated, p), count(mine, MEASURES["answered"], p))
        assert values(sheet, "satisfied")[name] == whole, name
        assert values(sheet, "response")[name] == back, name

    for unit_id, node in nodes.items():
        own = [s for s in stays() if s.fact.unit_id == unit_id]
        agree("units", node.short_vi if node.parent_id else "Tỉnh Cao Bằng trực tiếp giải quyết", own)
    for channel, name in (("web", "Qua mạng"), ("phone", "Điện thoại")):
        label = next((n for n in values(sheet_of(answer, "channels"), "satisfied") if n == name), None)
        if label:
            agree("channels", label, [s for s in stays() if s.channel == channel])
    totals = [c.value for row in sheet_of(answer, "subjects").rows for c in row[1:2]]
    assert sum(t.whole for t in totals) == count(stays(), rated, asked.period)  # type: ignore[union-attr]


def test_the_months_are_a_recount(app: Flask, write: None) -> None:
    plant(400, seed=54)
    _asked, answer = answered(app, SATISFACTION, Question(QUARTER))
    found = values(sheet_of(answer, "months"), "satisfied")
    assert len(found) == 12
    for span in QUARTER.months(NOW.date()):
        p = span.period(NOW)
        whole = Share(count(stays(), satisfied, p), count(stays(), rated, p))
        assert found[f"{span.first.month}/{span.first.year}"] == whole


def test_every_count_opens_exactly_its_cases(province: Province, app: Flask) -> None:
    _asked, answer = answered(app, SATISFACTION, Question(QUARTER))
    browser, found = province.browser("supervisor"), hrefs(answer)
    assert any("reason_" in href for _n, href in found)
    for number, href in found:
        if number:
            assert f"{number} vụ việc ·" in words(browser.get(href).text), href


def pages_of(browser: object, address: str) -> list[str]:
    """The texts of all pages, as they are read."""
    said: list[str] = []
    url = address
    while url:
        page = browser.get(url).text  # type: ignore[attr-defined]
        said += [words(one).strip() for one in re.findall(r'<p class="said mb-1">(.*?)</p>', page, re.S)]
        onward = re.search(r'rel="next" href="([^"#]+)', page)
        url = onward[1].replace("&amp;", "&") if onward else ""
    return said


@both_engines
def test_the_texts_are_those_of_the_counted_ratings_page_by_page(province: Province) -> None:
    browser = province.browser("supervisor")
    for more, kept in (("", lambda s: True), ("&channel=phone", lambda s: s.channel == "phone"),
                       ("&commune=none", lambda s: s.commune_id is None)):  # fmt: skip
        p = QUARTER.period(NOW)
        mine = [s for s in stays() if rated(s.fact, p) and s.text and kept(s)]
        said = pages_of(browser, f"/statistics/04/satisfaction?{DAYS}{more}")
        assert len(said) == len(mine), more
    assert len(pages_of(browser, f"/statistics/04/satisfaction?{DAYS}")) > PAGE


@both_engines
def test_far_pages_of_texts_are_as_exact_as_the_first(app: Flask, write: None) -> None:
    plant(1800, seed=55)
    span = Span(date(2025, 11, 1), NOW.date())
    asked, _answer = answered(app, SATISFACTION, Question(span))
    mine = [s for s in stays() if rated(s.fact, asked.period)]
    assert len(mine) > 2 * FIRST
    moments = sorted((s.fact.rated_at for s in mine if s.text), reverse=True)
    pages = [texts(asked.measured, asked.actor, n) for n in range(1, len(moments) // PAGE + 3)]
    assert [said.at for page in pages for said in page.rows] == moments
    assert [page.has_more for page in pages] == [len(moments) > n * PAGE for n in range(1, len(pages) + 1)]
    assert all(said.reference for page in pages for said in page.rows)


@pytest.mark.parametrize("who", ["supervisor", "inspector", "head", "local inspector"])
def test_texts_show_neither_telephone_nor_name_to_anybody(province: Province, who: str) -> None:
    code = "04" if who in ("supervisor", "inspector") else "01447"
    browser = province.browser(who)
    said = pages_of(browser, f"/statistics/{code}/satisfaction?{DAYS}")
    whole = browser.get(f"/statistics/{code}/satisfaction?{DAYS}").text
    assert any("[đã che: số điện thoại]" in one for one in said)
    assert any("[đã che: tên hoặc địa chỉ]" in one for one in said)
    for secret in ("0912 345 678", "0912000999", "Nông Thị Kín"):
        assert secret not in whole
        assert all(secret not in one for one in said)


def test_downloads_hold_no_texts_at_all(province: Province) -> None:
    browser = province.browser("supervisor")
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(browser.get(f"/statistics/04/satisfaction.xlsx?{DAYS}").data))
    cells = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    for said in ("Trả lời rõ, cảm ơn", "0912 345 678", "nhờ xem lại"):
        assert said not in cells
    for sheet in ("levels", "reasons", "months", "units", "channels", "subjects"):
        text = browser.get(f"/statistics/04/satisfaction.csv?{DAYS}&sheet={sheet}").data.decode("utf-8-sig")
        assert "cảm ơn" not in text
    assert browser.get(f"/statistics/04/satisfaction.csv?{DAYS}&sheet=texts").status_code == 404


def test_no_denunciation_has_its_text_here(province: Province) -> None:
    with writing():
        case_id = db.session.scalar(select(Rating.case_id).where(Rating.text == "Trả lời rõ, cảm ơn."))
        db.session.execute(update(Case).where(Case.id == case_id).values(kind=Kind.DENUNCIATION))
        db.session.execute(update(Custody).where(Custody.case_id == case_id).values(kind=Kind.DENUNCIATION))
        db.session.execute(update(Rating).where(Rating.case_id == case_id).values(text="Kẻ ấy lại đe dọa."))
        keep.rebuild()
        db.session.commit()
    for who in ("supervisor", "inspector"):
        said = pages_of(province.browser(who), "/statistics/04/satisfaction?from=2025-10-01&to=2026-11-26")
        assert said
        assert "Kẻ ấy lại đe dọa." not in said


def test_a_case_out_of_sight_is_neither_named_nor_linked_beside_its_text(province: Province) -> None:
    page = province.browser("local inspector").get("/statistics/01447/satisfaction?from=2025-10-01&to=2026-11-26").text
    cards = re.findall(r'<li class="card mb-2">(.*?)</li>', page, re.S)
    hidden = [card for card in cards if "ngoài phạm vi được xem" in card]
    assert all("PA-2026-" not in card and "Việc số" not in card for card in hidden)
    assert any("PA-2026-" in card for card in cards if card not in hidden)


def test_a_page_of_texts_that_is_not_there_says_so(province: Province) -> None:
    browser = province.browser("supervisor")
    for page in ("900", "0", "-1", "x", "99999999999999999999"):
        answer = browser.get(f"/statistics/04/satisfaction?{DAYS}&page={page}")
        assert answer.status_code == 200
    assert "Trang này không có dòng nào." in browser.get(f"/statistics/04/satisfaction?{DAYS}&page=900").text


def test_who_does_not_rate_may_think_otherwise(province: Province) -> None:
    page = words(province.browser("supervisor").get(f"/statistics/04/satisfaction?{DAYS}").text)
    assert "Người không đánh giá có thể nghĩ khác." in page
    assert Outcome.RESOLVED not in page
