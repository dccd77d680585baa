"""Cases merged into an earlier one keep their receipt, their voice, their judgement, and are told how it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.accounts.models import Official
from app.cases import actions
from app.cases.models import Case, Rating
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.rules.workflow import Kind
from tests import factories
from tests.factories import MONDAY, actor
from tests.issued import decide
from tests.petitions.test_follow import enter, the

People = tuple[Official, Official, Official]


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.fixed(MONDAY + timedelta(hours=1)):
        yield


def merged(count: int = 1, kind: Kind = Kind.FEEDBACK) -> tuple[int, list[tuple[int, str]], People]:
    """A main case with its officer, and the cases that go along with it: ids and codes."""
    with writing():
        people = factories.staff()
        clerk, officer, head = people
        main = factories.make_case(kind, name="Lý Văn Tài", email="tai@example.vn", title="Việc chung")
        others = [factories.make_case(kind, title=f"Cùng việc {n}") for n in range(count)]
        for other in others:
            actions.mark_duplicate(other, main, actor(clerk), MONDAY)
        if kind == Kind.FEEDBACK:
            factories.assign(main, officer, head)
        kept = main.id, [(other.id, str(other.code)) for other in others]  # type: ignore[attr-defined]
        db.session.commit()
    return (*kept, people)


def mails(case_id: int) -> list[str]:
    """The letters owed to the resident of a case, oldest first."""
    rows = db.session.scalars(select(Notice).where(Notice.case_id == case_id, Notice.channel == "mail"))
    return [row.action for row in sorted(rows, key=lambda row: row.id)]


def test_the_sender_of_a_duplicate_is_heard_by_whoever_works_on_the_main_case(client: FlaskClient) -> None:
    main_id, [(case_id, code)], (_clerk, officer, _head) = merged()
    enter(client, code)
    page = client.get("/follow/case").text
    assert "Nhắn thêm cho đơn vị" in page and 'type="file"' not in page
    assert client.post("/follow/case/reply", data={"text": "Sáng nay sạt thêm 5 mét."}).status_code == 303
    assert the(case_id).status == "closed"
    assert "Sáng nay sạt thêm 5 mét." in client.get("/follow/case").text
    heard = db.session.scalars(select(Event).where(Event.case_id == main_id, Event.action == "note")).one()
    assert heard.facts["text"] == "Sáng nay sạt thêm 5 mét." and heard.facts["of"] == the(case_id).reference
    told = db.session.scalars(select(Notice).where(Notice.event_seq == heard.seq)).all()
    assert [notice.official_id for notice in told] == [officer.id]


def test_the_main_cases_resident_reads_nothing_of_it_and_the_officer_reads_whose_it_is(client: FlaskClient) -> None:
    main_id, [(case_id, code)], (_clerk, officer, _head) = merged()
    enter(client, code)
    client.post("/follow/case/reply", data={"text": "LỜI-CỦA-NGƯỜI-SAU"})
    factories.open_case(client, the(main_id))
    assert "LỜI-CỦA-NGƯỜI-SAU" not in client.get("/follow/case").text
    desk = factories.sign_in(client, officer).get(f"/desk/cases/{the(main_id).reference}").text
    assert "LỜI-CỦA-NGƯỜI-SAU" in desk and "Người gửi việc trùng nhắn" in desk and the(case_id).reference in desk


def test_the_answer_is_told_shown_masked_and_judged_by_each_sender_for_themselves(client: FlaskClient) -> None:
    main_id, others, (_clerk, officer, head) = merged(2)
    with writing():
        factories.answer(the(main_id), officer, head, MONDAY)
        db.session.commit()
    for (case_id, code), level in zip(others, (2, 5), strict=True):
        assert mails(case_id)[-1] == "approve"
        enter(client, code)
        page = client.get("/follow/case").text
        assert "Câu trả lời cho việc chung" in page and f"Theo việc chung {the(main_id).reference}" in page
        assert "Lý Văn Tài" not in page
        assert client.post("/follow/case/rate", data={"level": str(level), "text": "Xong một nửa"}).status_code == 303
        assert "Cảm ơn. Đã ghi" in client.get("/follow/case").text
    rated = {rating.case_id: rating.level for rating in db.session.scalars(select(Rating))}
    assert rated == {others[0][0]: 2, others[1][0]: 5}
    assert the(main_id).rating_level is None, "the first sender has not judged yet"
    assert client.post("/follow/case/reply", data={"text": "Muộn"}).status_code == 409, "answered: nothing to add"


def test_a_decision_is_told_to_those_who_complained_of_the_same(client: FlaskClient) -> None:
    main_id, [(case_id, code)], _people = merged(kind=Kind.COMPLAINT)
    with writing():
        decide(the(main_id))
        db.session.commit()
    assert mails(case_id)[-1] == "decide"
    enter(client, code)
    page = client.get("/follow/case").text
    assert "Tình trạng: Đã ra quyết định." in page and "Nội dung kín của văn bản." in page
    assert "/follow/documents/" not in page, "the paper names its own addressee"


def test_an_end_without_an_answer_is_told_as_well(client: FlaskClient) -> None:
    main_id, [(case_id, code)], (clerk, _officer, _head) = merged()
    with writing():
        actions.refuse(the(main_id), "not_competent", "Việc của tòa án", actor(clerk), MONDAY)
        db.session.commit()
    assert mails(case_id)[-1] == "close"
    enter(client, code)
    assert "Việc giải quyết chung đã kết thúc" in client.get("/follow/case").text
    assert "Việc của tòa án" not in client.get("/follow/case").text, "the reason is written to somebody else"


def test_nobody_is_left_with_a_case_withdrawn_by_another(client: FlaskClient) -> None:
    main_id, [(heir_id, code), (other_id, _code)], _people = merged(2)
    with writing():
        main = the(main_id)
        actions.withdraw(main, "Thôi", factories.resident_of(main), MONDAY)
        db.session.commit()
    heir, other = the(heir_id), the(other_id)
    assert (heir.status, heir.duplicate_of_id, heir.outcome, heir.closed_at) == ("received", None, None, None)
    assert heir.due_stage == "answer" and heir.due_on is not None, "counted from its own arrival"
    assert (other.status, other.duplicate_of_id) == ("closed", heir_id)
    assert (mails(heir_id)[-1], mails(other_id)[-1]) == ("reopen", "mark_duplicate")
    enter(client, code)
    page = client.get("/follow/case").text
    assert "Việc này lại được giải quyết riêng" in page and "Thôi" not in page


def test_what_was_merged_into_a_case_follows_it_into_the_next(client: FlaskClient) -> None:
    main_id, [(case_id, _code)], (clerk, _officer, _head) = merged()
    with writing():
        eldest = factories.make_case(title="Việc đầu tiên")
        actions.mark_duplicate(the_live(main_id), eldest, actor(clerk), MONDAY)
        kept = eldest.id
        db.session.commit()
    assert the(case_id).duplicate_of_id == kept
    assert mails(case_id)[-1] == "mark_duplicate"


def the_live(case_id: int) -> Case:
    """The case inside the write that is going on."""
    return db.session.get_one(Case, case_id)
