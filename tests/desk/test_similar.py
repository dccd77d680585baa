"""Similar cases beside the text: open ones of the place, answered ones with how they were answered, nothing unseen."""

from __future__ import annotations

import pytest

from app.cases.models import Case
from app.desk.similar import alike, first_lines
from app.extensions import db, writing
from app.rules.workflow import Kind

from ..conftest import both_engines
from .conftest import Town, answered, assigned, case_of, do, fresh

LIKE = "Xe không qua được, đường vào xóm Lũng Đính lại sạt"


@both_engines
def test_open_and_answered_cases_stand_beside_the_text_with_the_answer_begun(town: Town) -> None:
    done = answered(town, fresh(town, title=LIKE))
    still, here = fresh(town, title=LIKE), assigned(town, fresh(town))
    rows = alike(case_of(here), town.actor("officer"))
    assert [row.case.reference for row in rows] == [still, done]
    assert rows[0].answer == "" and rows[1].answer.startswith("Ngày 17/11 đã dọn xong")
    for path in (f"/desk/cases/{here}", f"/desk/cases/{here}/forward"):
        text = town.browser("officer").get(path).text
        assert done in text and still in text and "Trả lời:" in text and "Ngày 17/11 đã dọn xong" in text


@pytest.mark.parametrize(("who", "verb"), [("clerk", "refuse"), ("clerk", "forward"), ("clerk", "mark_duplicate")])
def test_verbs_that_compare_show_them_and_others_do_not(town: Town, feedback: str, who: str, verb: str) -> None:
    other = fresh(town, title=LIKE)
    assert other in town.browser(who).get(f"/desk/cases/{feedback}/{verb}").text
    assert other not in town.browser(who).get(f"/desk/cases/{feedback}/note").text


def test_an_answer_of_another_commune_is_shown_only_to_who_sees_that_commune(town: Town, feedback: str) -> None:
    with writing():
        case = db.session.query(Case).filter_by(reference=answered(town, fresh(town, title=LIKE))).one()
        case.unit_id = case.commune_id = 6
        db.session.commit()
    assert alike(case_of(feedback), town.actor("head")) == []
    assert len(alike(case_of(feedback), town.actor("supervisor"))) == 1


def test_a_past_custodian_is_told_neither_state_nor_answer(town: Town, feedback: str) -> None:
    gone = fresh(town, title=LIKE)
    do(town, "head", gone, "forward", unit="so-xay-dung", reason="Đường tỉnh.")
    rows = alike(case_of(feedback), town.actor("head"))
    assert [(row.case.reference, row.state, row.answer) for row in rows] == [(gone, None, "")]
    text = town.browser("head").get(f"/desk/cases/{feedback}").text
    assert gone in text and "Đã chuyển đơn vị khác" in text


def test_a_denunciation_is_never_shown_and_nothing_is_shown_beside_one(town: Town, feedback: str) -> None:
    other = fresh(town, title=LIKE)
    with writing():
        db.session.query(Case).filter_by(reference=other).one().kind = Kind.DENUNCIATION
        db.session.commit()
    assert alike(case_of(feedback), town.actor("inspector")) == []
    assert alike(case_of(other), town.actor("inspector")) == []


def test_the_first_lines_are_cut_between_words() -> None:
    assert first_lines("Đã làm\n\nxong.") == "Đã làm xong."
    cut = first_lines("một hai ba bốn, " * 40)
    assert len(cut) <= 221 and cut.endswith("…") and " ".join(cut[:-1].split()[-1:]) in ("một", "hai", "ba", "bốn")


@pytest.mark.parametrize("is_moved", [False, True], ids=["in sight", "elsewhere"])
def test_a_case_sent_twice_says_so_and_names_the_first_where_it_is_in_sight(town: Town, is_moved: bool) -> None:
    first, second = fresh(town), fresh(town, same_as="PA-2026-000001")
    assert first == "PA-2026-000001"
    if is_moved:
        with writing():
            case = db.session.query(Case).filter_by(reference=first).one()
            case.unit_id = case.commune_id = 6
            db.session.commit()
    text = town.browser("clerk").get(f"/desk/cases/{second}").text
    assert "Có thể là đơn gửi hai lần" in text
    assert (f"/desk/cases/{first}" in text) is not is_moved
    assert ("Đơn trước ở đơn vị khác." in text) is is_moved
    assert "Có thể là đơn gửi hai lần" not in town.browser("supervisor").get(f"/desk/cases/{first}").text
