"""The queue and the search: the right groups, filters with addresses, few statements."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from app.extensions import db, writing

from .. import factories
from ..factories import MONDAY
from .conftest import Town, assigned, counted, do, fresh, proposed

STATEMENTS = 16


def many(count: int) -> None:
    with writing():
        for number in range(count):
            factories.make_case(title=f"Đèn đường số {number} không sáng", category_code="roads.lighting")
        db.session.commit()


def queue(town: Town, who: str = "head", query: str = "") -> str:
    answer = town.browser(who).get(f"/desk/{query}")
    assert answer.status_code == 200
    return str(answer.text)


def test_each_role_starts_where_its_work_is(town: Town, feedback: str) -> None:
    assert '<h1 class="mb-0">Chưa phân công</h1>' in queue(town, "clerk")
    assert '<h1 class="mb-0">Cả đơn vị</h1>' in queue(town, "head")
    proposed(town, feedback)
    assert '<h1 class="mb-0">Chờ tôi duyệt</h1>' in queue(town, "head")
    assigned(town, fresh(town))
    assert '<h1 class="mb-0">Việc của tôi</h1>' in queue(town, "officer")


def test_groups_hold_what_they_say_with_counts(town: Town, feedback: str) -> None:
    assigned(town, fresh(town, title="Nước máy đục sau mưa lớn"))
    mine = queue(town, "officer", "?view=mine")
    assert "Nước máy đục" in mine and feedback not in mine and "Chờ tôi duyệt" not in mine
    assert feedback in queue(town, "head", "?view=unassigned")
    with clock.fixed(MONDAY + timedelta(days=90)):
        late = queue(town, "head", "?view=overdue")
        assert feedback in late and "Quá hạn" in late


def test_rows_are_sorted_by_due_date_and_say_how_many_days_are_left(town: Town) -> None:
    with clock.fixed(MONDAY - timedelta(days=4)):
        early = fresh(town, now=MONDAY - timedelta(days=4))
    later = fresh(town)
    text = queue(town, "head", "?view=unit")
    assert text.index(early) < text.index(later) and "Còn " in text and '<svg class="ruler"' in text


@pytest.mark.parametrize(("query", "found"), [
    ("kind=feedback", True), ("kind=complaint", False), ("category=roads", True), ("category=roads.surface", True),
    ("category=health", False), ("commune=01447", True), ("commune=01294", False), ("status=received", True),
    ("status=waiting", False), ("q=duong+vao", True), ("q=%C4%90%C6%AF%E1%BB%9CNG", True), ("q=khong+co", False),
])  # fmt: skip
def test_filters_narrow_the_group_and_stand_in_the_address(town: Town, feedback: str, query: str, found: bool) -> None:
    text = queue(town, "head", f"?view=unit&{query}")
    assert (feedback in text) == found
    assert found or ("khớp bộ lọc" in text and "Bỏ lọc" in text)


def test_an_empty_group_says_why_and_what_comes_next(town: Town, feedback: str) -> None:
    assert "Không có việc quá hạn." in queue(town, "head", "?view=overdue")
    assert "Việc gần nhất đến hạn ngày" in queue(town, "head", "?view=overdue")


def test_a_page_has_25_rows_and_a_way_on(town: Town) -> None:
    many(27)
    first = queue(town, "head", "?view=unit&category=roads")
    assert first.count('class="c-what"') == 25 + 1 and "category=roads&amp;page=2" in first
    second = queue(town, "head", "?view=unit&page=2")
    assert second.count('class="c-what"') == 2 + 1 and "Trang trước" in second and 'rel="next"' not in second


@pytest.mark.parametrize("path", ["/desk/?view=unit", "/desk/search?q=den+duong"])
def test_a_list_asks_few_statements_whatever_its_length(town: Town, path: str) -> None:
    asked = []
    for count in (5, 55):
        many(count)
        browser = town.browser("head")
        db.session.rollback()
        db.session.expire_all()
        with counted() as said:
            assert browser.get(path).status_code == 200
        asked.append(said)
    assert len(asked[0]) == len(asked[1]) <= STATEMENTS, "\n".join(asked[1])


@pytest.mark.parametrize("typed", ["duong", "đường", "ĐƯỜNG", "lung dinh", "đất đá", "sat"])
def test_search_finds_words_with_and_without_diacritics(town: Town, feedback: str, typed: str) -> None:
    assert feedback in town.browser("officer").get("/desk/search", query_string={"q": typed}).text


def test_search_finds_only_what_is_in_sight(town: Town, feedback: str) -> None:
    assert feedback not in town.browser("stranger").get("/desk/search?q=duong").text
    assert feedback in town.browser("supervisor").get("/desk/search?q=duong").text
    assert town.browser("administrator").get("/desk/search?q=duong").status_code == 403


def test_a_reference_typed_exactly_opens_its_case(town: Town, feedback: str) -> None:
    answer = town.browser("officer").get("/desk/search", query_string={"q": f" {feedback.lower()} "})
    assert (answer.status_code, answer.location) == (303, f"/desk/cases/{feedback}")
    assert town.browser("stranger").get(f"/desk/search?q={feedback}").status_code == 200


def test_a_case_that_went_on_is_found_without_its_present_state(town: Town, feedback: str) -> None:

    do(town, "head", feedback, "forward", unit="so-xay-dung", reason="Đường tỉnh.")
    text = town.browser("officer").get("/desk/search?q=duong").text
    assert feedback in text and "Đã chuyển đơn vị khác" in text and "Còn " not in text


def test_only_people_with_a_desk_have_a_queue(town: Town) -> None:
    for who in ("supervisor", "inspector", "administrator"):
        assert town.browser(who).get("/desk/").status_code == 403
