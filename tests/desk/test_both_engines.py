"""The desk's lists and its case page on SQLite and PostgreSQL: the same rows from the same statements."""

from __future__ import annotations

from ..conftest import both_engines
from .conftest import Town, answered, assigned, fresh


@both_engines
def test_lists_search_and_case_page_are_the_same_on_both_engines(town: Town) -> None:
    first, other = fresh(town), fresh(town, title="Xe không qua được, đường vào xóm Lũng Đính lại sạt")
    answered(town, first)
    assigned(town, other)
    head = town.browser("head")
    assert other in head.get("/desk/?view=unit&category=roads&q=lung+dinh").text
    assert first in head.get("/desk/search?q=DUONG+vao").text
    page = head.get(f"/desk/cases/{other}").text
    assert "Việc gần giống" in page and first in page
    assert head.get("/desk/intake").status_code == 200
