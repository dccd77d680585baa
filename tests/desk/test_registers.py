"""The registers of a unit, and the workflow read aloud."""

from __future__ import annotations

from typing import Any

import pytest

from app.extensions import db
from app.journal.models import Event
from app.rules.workflow import TABLES, Kind
from app.words import VERBS

from .conftest import Town, do, fresh

PERIOD = "from=x&what=petitions&unit=01447&first=2026-11-01&last=2026-11-30"


def test_every_petition_of_the_period_stands_in_the_register_with_what_became_of_it(town: Town, feedback: str) -> None:
    do(town, "head", feedback, "forward", unit="so-xay-dung", reason="Đường tỉnh.")
    complaint = fresh(town, kind=Kind.COMPLAINT)
    text = town.browser("clerk").get(f"/desk/registers?{PERIOD}").text
    assert feedback in text and complaint in text and "Chuyển Sở Xây dựng" in text and "Nông Thị Sen" in text
    before = town.browser("clerk").get("/desk/registers?what=petitions&unit=01447&first=2026-10-01&last=2026-10-31")
    assert feedback not in before.text and "Không có việc nào" in before.text
    assert complaint in town.browser("clerk").get("/desk/registers").text  # this month, where nothing is asked


def test_it_is_taken_as_pdf_and_spreadsheet_and_who_took_it_is_remembered(town: Town, feedback: str) -> None:
    fresh(town, title="=1+1 không phải công thức")
    browser = town.browser("clerk")
    assert browser.get(f"/desk/registers.pdf?{PERIOD}").data.startswith(b"%PDF")
    table = browser.get(f"/desk/registers.csv?{PERIOD}").get_data(as_text=True)
    assert feedback in table and "'=1+1" in table and table.count("\n") == 3
    assert db.session.query(Event).filter_by(action="exported").count() == 2


@pytest.mark.parametrize(("more", "words"), [
    ({"first": "2026-11-30", "last": "2026-11-01"}, "Ngày cuối đứng trước ngày đầu."),
    ({"first": "2020-01-01"}, "Mỗi lần nhiều nhất một năm."), ({"first": "hôm qua"}, "Ghi đúng ngày"),
    ({"last": ""}, "Ghi ngày, tháng, năm."),
])  # fmt: skip
def test_a_period_that_makes_no_sense_is_said_beside_its_field(town: Town, more: Any, words: str) -> None:
    typed = {"what": "petitions", "unit": "01447", "first": "2026-11-01", "last": "2026-11-30", **more}
    answer = town.browser("clerk").get("/desk/registers", query_string=typed)
    assert answer.status_code == 422 and words in answer.text
    assert town.browser("clerk").get("/desk/registers.csv", query_string=typed).status_code == 400


def test_only_the_units_own_desk_and_inspectors_read_its_register(town: Town, feedback: str) -> None:
    assert town.browser("stranger").get(f"/desk/registers?{PERIOD}").status_code == 422
    assert town.browser("stranger").get(f"/desk/registers.csv?{PERIOD}").status_code == 400
    for who in ("supervisor", "administrator"):
        assert town.browser(who).get("/desk/registers").status_code == 403
    assert feedback not in town.browser("inspector").get("/desk/registers").text


def test_every_official_reads_the_workflow_of_every_kind(town: Town) -> None:
    for kind, steps in TABLES.items():
        text = town.browser("administrator").get(f"/workflow?kind={kind}").text
        for step in steps:
            assert str(VERBS[step.action]) in text, step.action
    everything = town.browser("clerk").get("/workflow").text
    assert "Giải quyết lần đầu" in everything and "Quyết định giải quyết khiếu nại" in everything
    assert town.app.test_client().get("/workflow").status_code == 302


def test_the_command_prints_the_same_for_each_kind(town: Town) -> None:
    run = town.app.test_cli_runner().invoke
    said = run(args=["show-workflow", "--kind", "denunciation"]).output
    assert "== denunciation" in said and "extend" in said and "pauses: settlement" in said
    assert "papers: denunciation_conclusion" in said and "== feedback" not in said
    assert all(f"== {kind}" in run(args=["show-workflow"]).output for kind in TABLES)
