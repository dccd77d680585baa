"""What the complainant reads while a complaint is settled: decisions, papers, pauses, what comes next, withdrawal."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.cases import actions
from app.cases.models import Case
from app.documents import paper_forms
from app.documents.models import Document
from app.extensions import db, writing
from app.rules.workflow import Action, Kind, Role
from tests import factories
from tests.factories import MONDAY, actor
from tests.issued import accept, decide, hand, issue
from tests.petitions.counted import statements
from tests.petitions.test_follow import enter, the

PAPER = re.compile(r'href="(/follow/documents/[0-9a-f]+)"')


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.fixed(MONDAY + timedelta(hours=1)):
        yield


def complaint(*, kind: Kind = Kind.COMPLAINT, **more: Any) -> Case:
    """A complaint by web; the caller holds the turn."""
    return factories.make_case(kind, **more)


def told(client: FlaskClient, do: Any, **more: Any) -> str:
    """The follow page after something was done to a fresh complaint."""
    with writing():
        case = complaint(**more)
        do(case)
        code = str(case.code)  # type: ignore[attr-defined]
        db.session.commit()
    assert enter(client, code).status_code == 303
    return client.get("/follow/case").text


def test_the_decision_stands_first_with_verdict_signature_paper_and_the_last_day_to_complain_again(
    client: FlaskClient,
) -> None:
    def do(case: Case) -> None:
        officer, _head = decide(case)
        actions.send(case, MONDAY.date(), "Trao tận tay.", actor(officer), MONDAY)

    page = told(client, do)
    assert "Đã có quyết định giải quyết, đúng hạn." in page and "ra quyết định ngày 16/11/2026" in page
    assert "Kết luận: khiếu nại đúng một phần." in page and "Đã ra quyết định" in page
    assert "Nội dung kín của văn bản." in page.split("Mọi việc đã diễn ra")[0]
    assert "khiếu nại lần hai lên cấp trên trực tiếp được đến hết thứ Tư, 16/12/2026" in page
    assert "Xem quyết định ở trên." in page
    papers = PAPER.findall(page)
    assert papers and all(client.get(url).data.startswith(b"%PDF") for url in papers)
    assert "Công khai quyết định" in page and "chậm nhất 01/12" in page
    assert "Gửi quyết định đến ông/bà" not in page, "it was sent"
    assert "sau ngày 16/12" in page and "Quyết định có hiệu lực, nếu không khiếu nại lần hai" in page


def test_each_stage_says_what_comes_next(client: FlaskClient) -> None:
    fresh = told(client, lambda case: None)
    assert "In đơn, ký tên, nộp bản gốc" in fresh and "Quyết định thụ lý, hoặc nói rõ vì sao không" in fresh
    accepted = told(client, lambda case: accept(case))
    assert "Quyết định thụ lý, hoặc" not in accepted
    assert "Xác minh, và đối thoại khi ý kiến còn khác nhau" in accepted and "chậm nhất 16/12" in accepted

    def talk(case: Case) -> None:
        officer = hand(case, accept(case))
        actions.hold_dialogue(case, MONDAY.date(), "Hai bên thống nhất đo lại.", actor(officer), MONDAY)

    talked = told(client, talk)
    assert "đối thoại khi ý kiến" not in talked and "Hai bên thống nhất đo lại." in talked


def test_a_suspension_says_since_when_by_which_decision_and_that_the_clock_stands_still(client: FlaskClient) -> None:
    def do(case: Case) -> None:
        head = accept(case)
        hand(case, head)
        issue(case, Action.SUSPEND, head, on="2026-11-16")

    page = told(client, do)
    assert "Tạm đình chỉ từ ngày 16/11/2026." in page
    assert "Thời hạn đứng lại cho đến khi tiếp tục giải quyết." in page
    assert "Tiếp tục giải quyết khi lý do tạm đình chỉ không còn" in page
    above = page.split("Mọi việc đã diễn ra")[0]
    assert client.get(PAPER.findall(above)[0]).status_code == 200


def test_a_suspension_begun_before_the_law_said_so_still_counts(client: FlaskClient) -> None:
    early = MONDAY - timedelta(days=160)

    def do(case: Case) -> None:
        head = accept(case, early)
        hand(case, head, early)
        issue(case, Action.SUSPEND, head, early + timedelta(days=1), on=f"{(early + timedelta(days=1)).date()}")

    page = told(client, do, now=early)
    assert "Thời gian này vẫn tính vào hạn: luật trước ngày 01/7/2026 không cho trừ." in page


@pytest.mark.parametrize(
    ("action", "cargo", "words"),
    [
        (Action.GUIDE, {"body": "Tòa án nhân dân khu vực 1"}, "Nơi có thẩm quyền: Tòa án nhân dân khu vực 1."),
        (Action.NOT_ACCEPT, {}, "Kết quả: Không tiếp nhận."),
        (Action.RETURN_PETITION, {}, "Lý do ghi trong văn bản:"),
    ],
)
def test_an_ending_without_a_decision_hands_over_the_paper_that_says_why(
    client: FlaskClient, action: Action, cargo: dict[str, str], words: str
) -> None:
    def do(case: Case) -> None:
        clerk, head = factories.make_official(Role.CLERK), factories.make_official(Role.HEAD)
        actions.register(case, MONDAY.date(), actor(clerk), MONDAY)
        issue(case, action, head, **cargo)

    page = told(client, do)
    assert "Việc đã kết thúc." in page and words in page
    assert client.get(PAPER.findall(page)[0]).data.startswith(b"%PDF")


def test_papers_for_the_office_are_neither_linked_nor_handed_out(client: FlaskClient) -> None:
    inside = next(form for form in paper_forms.forms_for(Action.ISSUE, Kind.COMPLAINT) if form.shown_to == "office")
    ours = next(form for form in paper_forms.forms_for(Action.ISSUE, Kind.COMPLAINT) if form.shown_to == "resident")

    def do(case: Case) -> None:
        head = accept(case)
        factories.issue(case, inside.id, head)
        factories.issue(case, ours.id, head)

    page = told(client, do)
    papers = {paper.form: f"/follow/documents/{paper.public_id}" for paper in db.session.query(Document)}
    assert papers[ours.id] in page and client.get(papers[ours.id]).status_code == 200
    assert papers[inside.id] not in page and client.get(papers[inside.id]).status_code == 404
    assert inside.title_vi not in page


def test_a_registered_complaint_is_not_withdrawn_by_web_and_the_page_says_how(client: FlaskClient) -> None:
    page = told(client, lambda case: None)
    assert "Rút đơn này?" in client.get("/follow/case/withdraw").text, "before it is registered, nothing is signed yet"

    page = told(client, lambda case: accept(case))
    assert "/follow/case/withdraw" in page
    how = client.get("/follow/case/withdraw")
    assert how.status_code == 200 and "Rút khiếu nại cần chữ ký" in how.text and "<form method" not in how.text.split(
        "<main")[1].split("</main>")[0]  # fmt: skip
    assert client.post("/follow/case/withdraw", data={"reason": "x"}).status_code == 409


def test_officials_record_a_signed_withdrawal_until_the_complaint_is_accepted(app: Flask) -> None:
    with writing():
        clerk = factories.make_official(Role.CLERK)
        case = complaint()
        actions.register(case, MONDAY.date(), actor(clerk), MONDAY)
        actions.record_withdrawal(case, MONDAY.date(), "Đơn rút có chữ ký", actor(clerk), MONDAY)
        assert (case.status, case.outcome) == ("closed", "withdrawn")
        accepted = complaint()
        accept(accepted)
        with pytest.raises(Exception, match="quyết định đình chỉ"):
            actions.record_withdrawal(accepted, MONDAY.date(), "Đơn rút", actor(clerk), MONDAY)
        db.session.rollback()


def test_a_decision_is_judged_by_one_tap(client: FlaskClient) -> None:
    told(client, lambda case: decide(case))
    assert client.post("/follow/case/rate", data={"level": "1"}).status_code == 303
    assert "Cảm ơn. Đã ghi" in client.get("/follow/case").text


def test_the_limit_for_complaining_comes_from_the_rules(client: FlaskClient) -> None:
    from tests.petitions.walk import COMPLAINT, Walk

    walk = Walk(client, "complaint")
    walk.press(**COMPLAINT["what"])
    assert "Luật cho 90 ngày kể từ ngày này" in walk.page.text
    sheet = {**COMPLAINT, "against": {**COMPLAINT["against"], "known_on": "2026-05-01"}}
    assert "Đã quá 90 ngày kể từ ngày biết." in walk.to("review", sheet).page.text


@pytest.mark.parametrize("do", [lambda case: None, accept, decide], ids=["fresh", "accepted", "decided"])
def test_the_page_of_a_complaint_asks_the_database_little(app: Flask, client: FlaskClient, do: Any) -> None:
    told(client, do)
    db.session.rollback()
    db.session.expunge_all()
    assert statements(app, lambda: client.get("/follow/case")) <= 14


def test_a_second_decision_leads_to_the_court_only(client: FlaskClient) -> None:
    from tests.issued import appeal

    with writing():
        first = complaint()
        decide(first)
        second = appeal(first)
        decide(second)
        code, second_id = str(second.code), second.id  # type: ignore[attr-defined]
        db.session.commit()
    enter(client, code)
    page = client.get("/follow/case").text
    assert "Khiếu nại lần hai" in page and "Đây là quyết định lần hai." in page
    assert "/follow/case/appeal" not in page
    assert client.get("/follow/case/appeal").status_code == 409
    assert the(second_id).due_stage == "settlement_second"
    assert the(second_id).registered_on == date(2026, 11, 16)
