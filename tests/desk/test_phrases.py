"""Phrases: whose they are, where they are offered, and that inserting one loses nothing and changes nothing."""

from __future__ import annotations

import pytest

from app.desk import actions
from app.desk.models import Phrase
from app.desk.phrases import PURPOSES, fill, seed
from app.extensions import db, writing
from app.journal.models import Event
from app.rules.workflow import THE_SYSTEM

from .. import factories
from .conftest import TUESDAY, Town, assigned, case_of, do, fresh

TYPED = {"purpose": "ask", "title": "Hỏi vị trí", "text": "Đơn {reference}: ở đoạn nào?", "language": "vi",
         "is_active": "y"}  # fmt: skip


def planted() -> None:
    with writing():
        actions.plant_phrases(TUESDAY)
        db.session.commit()


def own(town: Town, at: str = "01447", **more: str) -> int:
    """A phrase of that unit, as its head would write it."""
    who = "head" if at == "01447" else "administrator"
    answer = town.browser(who).post("/desk/phrases/new", data={**TYPED, "unit": at, **more})
    assert answer.status_code == 303, answer.text
    db.session.rollback()
    return max(row.id for row in db.session.query(Phrase))


def test_a_head_keeps_the_units_phrases_and_each_change_is_remembered(town: Town) -> None:
    number = own(town)
    head = town.browser("head")
    assert head.post(f"/desk/phrases/{number}", data={**TYPED, "title": "Hỏi chỗ"}).status_code == 303
    assert head.post(f"/desk/phrases/{number}", data={**TYPED, "is_active": ""}).status_code == 303
    events = [event for event in db.session.query(Event).order_by(Event.seq) if event.action == "phrase_changed"]
    assert [event.subject for event in events] == [f"phrase:{number}"] * 3
    assert events[1].facts["old"] == {"title": "Hỏi vị trí"} and events[1].facts["unit"] == "01447"
    assert events[2].facts["new"]["is_active"] is False


def test_everybody_at_the_desk_reads_the_units_and_the_governments_only(town: Town) -> None:
    planted()
    own(town)
    assert "Hỏi vị trí" in town.browser("clerk").get("/desk/phrases").text
    other = town.browser("stranger").get("/desk/phrases").text
    assert "Hỏi vị trí" not in other.replace("Hỏi vị trí và ảnh", "") and "Hỏi vị trí và ảnh" in other
    assert town.browser("supervisor").get("/desk/phrases").status_code == 403


def test_what_is_put_away_is_seen_by_its_keeper_and_offered_to_nobody(town: Town, feedback: str) -> None:
    number = own(town)
    town.browser("head").post(f"/desk/phrases/{number}", data={**TYPED, "is_active": ""})
    assert "Đã cất" in town.browser("head").get("/desk/phrases").text
    assert "Hỏi vị trí" not in town.browser("officer").get("/desk/phrases").text
    assigned(town, feedback)
    assert "Hỏi vị trí" not in town.browser("officer").get(f"/desk/cases/{feedback}/ask").text


def test_administrators_keep_the_governments_and_no_units(town: Town) -> None:
    number = own(town, at="-")
    assert db.session.get(Phrase, number).unit_id is None
    assert town.browser("administrator").post("/desk/phrases/new", data={**TYPED, "unit": "01447"}).status_code == 422
    assert town.browser("head").get(f"/desk/phrases/{number}").status_code == 403
    assert town.browser("administrator").get(f"/desk/phrases/{own(town)}").status_code == 404
    assert town.browser("officer").get("/desk/phrases/new").status_code == 403


def test_a_wrong_phrase_is_said_beside_its_field_and_stays(town: Town) -> None:
    answer = town.browser("head").post("/desk/phrases/new", data={**TYPED, "unit": "01447", "text": "Đơn {ma_so} này"})
    assert answer.status_code == 422 and "Không có chỗ điền sẵn nào tên {ma_so}." in answer.text
    assert "Đơn {ma_so} này" in answer.text and db.session.query(Phrase).count() == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_places_are_filled_from_the_case_and_other_braces_stay(town: Town, feedback: str, language: str) -> None:
    case = case_of(feedback)
    said = fill("{reference}|{name}|{unit}|{due}|{khác}", case, language)
    name = "Sir or Madam" if language == "en" else "ông/bà"
    due = {"vi": "23/11/2026", "en": "23 Nov 2026"}[language]
    assert said == f"{feedback}|{name}|Ủy ban nhân dân xã Trùng Khánh|{due}|{{khác}}"


def test_inserting_without_a_script_keeps_what_is_typed_and_changes_nothing(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    number, version = own(town), case_of(feedback).version
    officer = town.browser("officer")
    page = officer.get(f"/desk/cases/{feedback}/ask").text
    assert f'data-text="Đơn {feedback}: ở đoạn nào?"' in page and "Của đơn vị" in page
    typed = {"version": version, "text": "Chào ông/bà.", "phrase": number, "insert": "y"}
    answer = officer.post(f"/desk/cases/{feedback}/ask", data=typed)
    assert answer.status_code == 200
    assert f"Chào ông/bà.\n\nĐơn {feedback}: ở đoạn nào?</textarea>" in answer.text.replace("\r", "")
    assert (case_of(feedback).version, case_of(feedback).status) == (version, "assigned")


@pytest.mark.parametrize("phrase", ["", "999", "x"])
def test_inserting_nothing_is_said_and_keeps_what_is_typed(town: Town, feedback: str, phrase: str) -> None:
    own(town)
    assigned(town, feedback)
    answer = do(town, "officer", feedback, "ask", text="Chào ông/bà.", phrase=phrase, insert="y")
    assert answer.status_code == 422 and "Chọn một mẫu câu trước khi chèn." in answer.text
    assert "Chào ông/bà.</textarea>" in answer.text and case_of(feedback).status == "assigned"


def test_a_phrase_for_another_purpose_or_of_another_unit_is_not_inserted(town: Town, feedback: str) -> None:
    assigned(town, feedback)
    answers = own(town, purpose="answer")
    with writing():
        strange = Phrase(unit_id=factories.unit("01273").id, purpose="ask", title="Khác", text="Khác.")
        db.session.add(strange)
        db.session.commit()
    for number in (answers, strange.id):
        assert do(town, "officer", feedback, "ask", text="A", phrase=number, insert="y").status_code == 422


def test_the_open_letter_offers_phrases_of_answers_in_the_residents_language_first(town: Town) -> None:
    planted()
    reference = assigned(town, fresh(town, language="en"))
    text = town.browser("officer").get(f"/desk/cases/{reference}").text
    assert "Dear Sir or Madam" in text and text.index("Work is done") < text.index("Đã làm xong")
    answer = do(town, "officer", reference, "propose", text="Bản đang viết.", insert="y",
                phrase=db.session.query(Phrase).filter_by(title="Work is done").one().id)  # fmt: skip
    assert "Bản đang viết.\n\nDear" in answer.text.replace("\r", "") and "Lưu bản nháp" in answer.text


def test_a_government_starts_with_phrases_for_every_purpose_once(town: Town) -> None:
    planted()
    with writing():
        assert actions.plant_phrases(TUESDAY) == 0
    assert {row["purpose"] for row in seed()} == set(PURPOSES)
    assert {row["language"] for row in seed()} == {"vi", "en"}
    assert THE_SYSTEM.role == db.session.query(Event).filter_by(action="phrase_changed").one().actor_role
