"""Figures of the official forms that officials type: who may, how they are read, what they do to the sums."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from app.extensions import db
from app.journal.models import Event
from app.reports.models import OfficialFigure
from app.reports.official.forms import read_number
from app.rules.workflow import Action
from tests.factories import unit

from .conftest import Province
from .test_official import sheet
from .test_official_papers import book_of, holds, rows_of

FIGURES = "/statistics/01447/forms/01-xld/figures?year=2026&window=m9"


def test_a_head_types_what_is_missing_and_the_form_adds_it_up(province: Province) -> None:
    head = province.browser("head")
    assert "Ghi số còn thiếu của đơn vị" in head.get("/statistics/01447/forms/01-xld?year=2026&window=m9").text
    before = sheet("01-xld", province.actor("head"), "01447").total.values
    answer = head.post(FIGURES, data={"c3": "", "c6": "4", "c25": "2", "c26": "1.250"})
    assert (answer.status_code, answer.location) == (303, "/statistics/01447/forms/01-xld?year=2026&window=m9")
    above = province.browser("supervisor").get("/statistics/04/forms/01-xld.xlsx?year=2026&window=m9").data
    rows = rows_of(book_of(above))
    own = next(row for name, row in rows.items() if name.startswith(unit("01447").short_vi))
    assert [own[n] for n in (1, 5, 6, 24, 25, 26)] == [before[1], before[5] - 4, 4, before[24] - 2, 2, 1250]
    assert [rows["Tổng"][n] for n in (6, 25, 26)] == [4, 2, 1250]
    for check in ("1 = 2+3+4+5+6+7", "22 = 23+24+25"):
        assert holds(check, own) and holds(check, rows["Tổng"])
    page = head.get("/statistics/01447/forms/01-xld?year=2026&window=m9").text
    assert "Cột (3):" in page
    events = db.session.scalars(select(Event).where(Event.action == Action.FIGURE_TYPED).order_by(Event.seq)).all()
    assert [event.subject for event in events] == [f"figure:01-xld:01447:{n}" for n in (6, 25, 26)]
    assert head.post(FIGURES, data={"c6": "4", "c25": "", "c26": "1.250"}).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(OfficialFigure)) == 2
    other = head.get("/statistics/01447/forms/01-xld?year=2026&window=q1").text
    assert "Cột (3), (6), (25), (26):" in other, "another window is another report"


@pytest.mark.parametrize("typed", ["-1", "1,5", "nhiều", "1.25", "9" * 14, "1e3", "=1+1", "１２", "100.000"])
def test_what_is_no_figure_is_refused_beside_its_line_and_nothing_changes(province: Province, typed: str) -> None:
    answer = province.browser("head").post(FIGURES, data={"c6": typed, "c26": "5"})
    assert (answer.status_code, answer.text.count('aria-invalid="true"')) == (422, 1)
    assert f'value="{typed}"' in answer.text and 'value="5"' in answer.text
    assert db.session.scalar(select(func.count()).select_from(OfficialFigure)) == 0


def test_numbers_are_read_as_the_readers_language_writes_them(app: Flask) -> None:
    for language, text, value in (("vi", "1.250,5", Fraction(2501, 2)), ("en", "1,250.5", Fraction(2501, 2)),
                                  ("vi", "1,250.5", None), ("en", "1.250,5", None), ("vi", "12.5", None),
                                  ("en", "12.5", Fraction(25, 2)), ("vi", "0", Fraction(0))):  # fmt: skip
        with app.test_request_context(), force_locale(language):
            assert read_number(text, 2) == value, (language, text)


def test_only_keepers_of_the_register_type_figures_of_denunciations(province: Province) -> None:
    url = "/statistics/04/forms/03-kqgq/figures?year=2026&window=m9"
    assert province.browser("supervisor").get(url).status_code == 403
    inspector = province.browser("inspector")
    assert inspector.post(url, data={"c11": "1.250,75", "c19": "3"}).status_code == 303
    assert "1.250,75" in inspector.get("/statistics/04/forms/03-kqgq?year=2026&window=m9").text
    assert "1.250,75" not in province.browser("supervisor").get("/statistics/04/forms/03-kqgq?year=2026&window=m9").text
    assert inspector.post(url, data={"c8": "1"}).status_code == 422, "none was concluded, so none was a repeated one"
