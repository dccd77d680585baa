"""The law's own ways, each due date worked out by hand: complaints decided twice, denunciations, parts of a letter."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.accounts.models import Official
from app.cases import actions, queries
from app.cases.actions.sort import CHECKS
from app.cases.models import Case, Deadline
from app.extensions import db
from app.journal.models import Notice
from app.journal.queries import timeline
from app.journal.verify import verify
from app.refusals import Invalid, NotAllowed, WrongStep
from app.rules.workflow import Action, Kind, Outcome, Role, Status
from tests.conftest import both_engines
from tests.factories import (
    MONDAY,
    accept,
    actor,
    assign,
    decide,
    issue,
    make_case,
    make_denunciation,
    make_official,
    new_case,
    registered,
    resident_of,
    staff,
    unit,
)


def at(day: int, month: int, year: int = 2026) -> datetime:
    """Ten o'clock in the town on that day."""
    return datetime(year, month, day, 3, 0, tzinfo=UTC)


def dates(case: Case) -> dict[str, date]:
    """The due date of the newest clock of each stage that was not replaced."""
    return {row.stage: row.due_on for row in queries.deadlines_of(case) if row.ended_at is None}


def complaint(now: datetime = MONDAY, **more: object) -> tuple[Case, Official, Official, Official]:
    """A complaint at Trùng Khánh with its clerk, officer and head."""
    clerk, officer, head = staff()
    return make_case(Kind.COMPLAINT, now, category_code="land.dispute", **more), clerk, officer, head


@both_engines
def test_a_complaint_is_suspended_made_complex_decided_late_and_decided_again_above(app: Flask, write: None) -> None:
    case, clerk, officer, head = complaint()
    # The original came on Tuesday 17/11: ten days later is Friday 27/11.
    actions.register(case, date(2026, 11, 17), actor(clerk), at(17, 11))
    assert (case.due_stage, case.due_on) == ("classify_and_process", date(2026, 11, 27))
    assert dates(case)["acceptance_first"] == date(2026, 11, 27)
    assign(case, officer, head, at(18, 11))
    # Accepted on Wednesday 25/11: thirty days later is Friday 25/12.
    accept(case, head, at(25, 11))
    assert (case.due_stage, case.due_on) == ("settlement_first", date(2026, 12, 25))
    issue(case, "verification_decision", head, at(26, 11))
    assert case.status == Status.VERIFYING
    issue(case, "suspension_decision", head, at(2, 12), on="2026-12-02")
    assert (case.status, case.due_on) == (Status.SUSPENDED, None)
    # Seven days (2/12 to 8/12) stood still: 25/12 becomes 1/1/2027, a holiday; then Saturday, Sunday: Monday 4/1.
    issue(case, "resumption_decision", head, at(9, 12), on="2026-12-09")
    assert (case.status, case.due_on) == (Status.VERIFYING, date(2027, 1, 4))
    assert queries.custodies_of(case)[0].waited_seconds == 7 * 24 * 3600
    # Complex: 45 days from 25/11 are 9/1/2027, and the seven days: Saturday 16/1, so Monday 18/1.
    issue(case, "complex_notice", head, at(15, 12))
    assert case.due_on == date(2027, 1, 18)
    with pytest.raises(WrongStep, match="phức tạp rồi"):
        issue(case, "complex_notice", head, at(16, 12))
    decide(case, head, at(19, 1, 2027), verdict="wrong")
    closing = next(row for row in queries.deadlines_of(case) if row.is_closing and row.ended_at is None)
    assert closing.met_at is not None and closing.met_at.date() > closing.due_on, "a day late"
    assert (case.verdict, case.outcome, case.status) == ("wrong", Outcome.EXPLAINED, Status.ANSWERED)
    # Three working days from Tuesday 19/1: Friday 22/1. Publication fifteen days: Wednesday 3/2. Effect 30 days: 18/2.
    assert dates(case)["send_decision_first"] == date(2027, 1, 22)
    assert dates(case)["publish_decision"] == date(2027, 2, 3)
    assert dates(case)["decision_takes_effect_first"] == date(2027, 2, 18)
    actions.send(case, date(2027, 1, 20), "Giao tận tay người khiếu nại.", actor(officer), at(20, 1, 2027))
    assert dates(case)["filing_limit_second"] == date(2027, 2, 19), "thirty days from the 20th"

    above_clerk, above_officer, above_head = staff("04")
    new = new_case(Kind.COMPLAINT, category_code="land.dispute", appeal_of=case.reference, channel="letter")
    second = actions.submit(new, actor(above_clerk), at(1, 2, 2027), token="b" * 32, code="C" * 16)
    assert (second.instance, second.unit.code, second.appeal_of_id) == (2, "04", case.id)
    actions.register(second, date(2027, 2, 1), actor(above_clerk), at(1, 2, 2027))
    # Ten days from 1/2 are Thursday 11/2, the first working day after Tết.
    assert dates(second)["acceptance_second"] == date(2027, 2, 11)
    accept(second, above_head, at(3, 2, 2027))
    # Forty-five days from 3/2 are Saturday 20/3: Monday 22/3.
    assert (second.due_stage, second.due_on) == ("settlement_second", date(2027, 3, 22))
    assign(second, above_officer, above_head, at(3, 2, 2027))
    with pytest.raises(WrongStep, match="đối thoại"):
        decide(second, above_head, at(10, 3, 2027))
    actions.hold_dialogue(second, date(2027, 3, 5), "Hai bên chưa thống nhất.", actor(above_officer), at(8, 3, 2027))
    decide(second, above_head, at(10, 3, 2027), verdict="partly_right")
    # Seven days from Wednesday 10/3: Wednesday 17/3.
    assert dates(second)["send_decision_second"] == date(2027, 3, 17)
    assert [e.action for e in timeline(case.id)][-1] == Action.APPEAL
    with pytest.raises(WrongStep):
        actions.submit(
            new_case(Kind.COMPLAINT, category_code="land.dispute", appeal_of=case.reference, channel="letter"),
            actor(above_clerk),
            at(11, 3, 2027),
            token="d" * 32,
            code="E" * 16,
        )
    assert verify()[1] is None


def test_a_suspension_begun_before_july_2026_does_not_stop_the_clock(app: Flask, write: None) -> None:
    case, clerk, officer, head = complaint(at(1, 6))
    actions.register(case, date(2026, 6, 1), actor(clerk), at(1, 6))
    assign(case, officer, head, at(1, 6))
    accept(case, head, at(8, 6))
    due = case.due_on
    issue(case, "suspension_decision", head, at(30, 6), on="2026-06-30")
    assert (case.status, case.due_on) == (Status.SUSPENDED, due)
    assert timeline(case.id)[-1].facts["is_counted"] is True
    issue(case, "resumption_decision", head, at(6, 7), on="2026-07-06")
    assert case.due_on == due
    assert queries.custodies_of(case)[0].waited_seconds == 0, "net time leaves out only what the law leaves out"


def test_a_day_of_suspension_outside_the_settlement_is_refused_and_changes_nothing(app: Flask, write: None) -> None:
    case, clerk, officer, head = complaint()
    actions.register(case, MONDAY.date(), actor(clerk), MONDAY)
    assign(case, officer, head, MONDAY)
    accept(case, head, at(18, 11))
    for day in ("2026-11-17", "2026-11-20", "", "hôm qua"):
        with db.session.begin_nested() as inner, pytest.raises(Invalid) as refused:
            issue(case, "suspension_decision", head, at(19, 11), on=day)
        assert refused.value.field == "on"
        inner.rollback() if inner.is_active else None
        db.session.refresh(case)
        assert case.status == Status.ASSIGNED


@both_engines
def test_a_denunciation_is_registered_from_paper_extended_and_concluded(app: Flask, write: None) -> None:
    registrar = make_official(Role.REGISTRAR, "04")
    head, officer = make_official(Role.HEAD, "04"), make_official(Role.OFFICER, "04")
    case = make_denunciation()
    assert (case.unit.code, case.denounced_unit.code, case.contact_name, case.due_on) == ("04", "01447", "", None)
    assert case.submitted_at.minute == case.submitted_at.second == 0
    with pytest.raises(WrongStep, match="bản gốc"):
        actions.name_handler(case, officer, actor(registrar), MONDAY)
    registered(case, registrar)
    # Seven working days from Monday 16/11, 24/11 off: 17 18 19 20 23 25 26.
    assert dates(case)["initial_verification"] == date(2026, 11, 26)
    for person in (officer, head):
        actions.name_handler(case, person, actor(registrar), MONDAY)
    assert case.status == Status.ASSIGNED
    accept(case, head, at(26, 11))
    # Thirty days from 26/11: Saturday 26/12, so Monday 28/12. Notice within five working days: Thursday 3/12.
    assert (case.due_stage, case.due_on) == ("settlement", date(2026, 12, 28))
    assert dates(case)["notify_acceptance"] == date(2026, 12, 3)
    # Complex: thirty days from the due date before, 28/12: Wednesday 27/1/2027. Once.
    issue(case, "extension_decision", head, at(20, 12), variant="complex")
    assert case.due_on == date(2027, 1, 27)
    with pytest.raises(Invalid, match="hết số lần"):
        issue(case, "extension_decision", head, at(21, 12), variant="complex")
    decide(case, head, at(20, 1, 2027), verdict="right")
    assert case.status == Status.ANSWERED
    # Wednesday 20/1/2027: five working days are 27/1, seven are 29/1.
    assert dates(case)["send_conclusion"] == date(2027, 1, 27)
    assert dates(case)["handle_conclusion"] == dates(case)["publish_conclusion"] == date(2027, 1, 29)
    assert db.session.query(Notice).filter(Notice.channel == "mail", Notice.case_id == case.id).count() == 0


def test_a_specially_complex_denunciation_is_extended_twice_and_never_more(app: Flask, write: None) -> None:
    registrar, head = make_official(Role.REGISTRAR, "04"), make_official(Role.HEAD, "04")
    case = registered(make_denunciation(), registrar)
    actions.name_handler(case, head, actor(registrar), MONDAY)
    accept(case, head, at(26, 11))
    for _time in range(2):
        issue(case, "extension_decision", head, at(1, 12), variant="specially_complex")
    # 28/12, then 27/1/2027, then Friday 26/2/2027.
    assert case.due_on == date(2027, 2, 26)
    for variant in ("specially_complex", "complex"):
        with pytest.raises(Invalid, match="hết số lần"):
            issue(case, "extension_decision", head, at(2, 12), variant=variant)


def test_a_late_denunciation_is_asked_about_once_and_reported_in_five_working_days(app: Flask, write: None) -> None:
    registrar, head = make_official(Role.REGISTRAR, "04"), make_official(Role.HEAD, "04")
    case = registered(make_denunciation(), registrar)
    actions.name_handler(case, head, actor(registrar), MONDAY)
    accept(case, head, at(26, 11))
    with pytest.raises(WrongStep, match="điều 38"):
        actions.request_report(case, "Vì sao chậm?", actor(registrar), at(28, 12))
    # Due Monday 28/12; asked on Tuesday 29/12: 30, 31, then 1/1 off and a weekend, 4, 5, 6/1: Wednesday 6/1/2027.
    actions.request_report(case, "Vì sao chậm?", actor(registrar), at(29, 12))
    assert dates(case)["handler_reports"] == date(2027, 1, 6)
    with pytest.raises(WrongStep, match="đang chờ"):
        actions.request_report(case, "Vì sao chậm?", actor(registrar), at(30, 12))
    actions.give_report(case, "Chờ kết quả giám định, xong trước 20/01.", actor(head), at(4, 1, 2027))
    met = [row for row in queries.deadlines_of(case) if row.stage == "handler_reports"]
    assert met[0].met_at is not None
    assert case.due_on == date(2026, 12, 28), "the case's own date stays"
    with pytest.raises(WrongStep, match="chưa yêu cầu"):
        actions.give_report(case, "Nữa.", actor(head), at(5, 1, 2027))


def test_only_named_heads_sign_and_only_the_registrar_names(app: Flask, write: None) -> None:
    registrar = make_official(Role.REGISTRAR, "04")
    head, other, denounced = (make_official(Role.HEAD, code) for code in ("04", "04", "01447"))
    case = registered(make_denunciation(), registrar)
    with pytest.raises(Invalid, match="bị tố"):
        actions.name_handler(case, denounced, actor(registrar), MONDAY)
    with pytest.raises(NotAllowed):
        actions.name_handler(case, head, actor(head), MONDAY)
    actions.name_handler(case, head, actor(registrar), MONDAY)
    with pytest.raises(NotAllowed):
        accept(case, other, MONDAY)
    actions.dismiss_handler(case, head, "Chuyển công tác.", actor(registrar), MONDAY)
    with pytest.raises(NotAllowed):
        accept(case, head, MONDAY)


def test_a_denunciation_of_the_top_is_not_taken(app: Flask, write: None) -> None:
    before = db.session.query(Case).count()
    with pytest.raises(Invalid, match="Trung ương"):
        make_denunciation(denounced="04")
    assert db.session.query(Case).count() == before


def test_a_paper_is_returned_with_a_remark_and_signed_only_when_complete(app: Flask, write: None) -> None:
    case, clerk, officer, head = complaint()
    actions.register(case, MONDAY.date(), actor(clerk), MONDAY)
    assign(case, officer, head, MONDAY)
    empty = actions.write(case, "acceptance_refusal", {}, {}, actor(officer), MONDAY)
    with pytest.raises(Invalid) as missing:
        actions.submit_paper(empty, case, actor(officer), MONDAY)
    assert missing.value.field
    actions.drop_paper(empty, case, actor(officer), MONDAY)
    texts = dict.fromkeys(_fields("acceptance_refusal"), "Theo điều 11, khoản 3.")
    paper = actions.write(case, "acceptance_refusal", texts, {}, actor(officer), MONDAY)
    actions.submit_paper(paper, case, actor(officer), MONDAY)
    with pytest.raises(NotAllowed):
        actions.sign(paper, case, actor(officer), MONDAY)
    actions.return_paper(paper, case, "Ghi rõ khoản nào.", actor(head), MONDAY)
    assert (paper.state, paper.remark) == ("returned", "Ghi rõ khoản nào.")
    actions.rewrite(paper, case, texts, {}, actor(officer), MONDAY)
    actions.submit_paper(paper, case, actor(officer), MONDAY)
    event = actions.sign(paper, case, actor(head), MONDAY)
    assert (event.action, case.status, case.outcome) == (Action.NOT_ACCEPT, Status.CLOSED, Outcome.NOT_ACCEPTED)
    assert paper.document is not None and event.facts["sha256"] == paper.document.sha256
    met = [row for row in queries.deadlines_of(case) if row.stage == "acceptance_first"]
    assert met[0].met_at is not None
    with pytest.raises(WrongStep):
        actions.rewrite(paper, case, texts, {}, actor(officer), MONDAY)


def _fields(form_id: str) -> list[str]:
    from app.documents.paper_forms import form

    return [field.id for field in form(form_id).fields]


def test_an_ineligible_petition_says_what_lacks_and_is_kept_for_a_year(app: Flask, write: None) -> None:
    case, clerk, _officer, head = complaint()
    checks = dict.fromkeys(CHECKS[Kind.COMPLAINT], True) | {"is_signed": False}
    with pytest.raises(Invalid) as refused:
        actions.classify(case, checks, "", actor(clerk), MONDAY)
    assert refused.value.field == "remark"
    actions.classify(case, checks, "Đơn chưa ký.", actor(clerk), MONDAY)
    assert case.is_ineligible
    actions.register(case, MONDAY.date(), actor(clerk), MONDAY)
    with pytest.raises(WrongStep, match="điều kiện"):
        accept(case, head, MONDAY)
    actions.archive(case, "Đơn không ký, người gửi không bổ sung.", actor(head), MONDAY)
    assert (case.status, dates(case)["archived_ineligible"]) == (Status.ARCHIVED, date(2027, 11, 16))


def test_a_mixed_letter_is_split_and_each_part_counts_from_its_arrival(app: Flask, write: None) -> None:
    clerk, _officer, _head = staff()
    case = make_case()
    part = actions.Part(Kind.FEEDBACK, "Đèn đường hỏng", "Ba bóng đèn ở ngã ba không sáng.", "roads.lighting")
    actions.split(case, part, "Đơn có hai việc.", actor(clerk), at(18, 11))
    made = db.session.query(Case).filter(Case.split_from_id == case.id).one()
    assert (made.contact_name, made.submitted_at, made.code_hash) == (case.contact_name, case.submitted_at, None)
    assert [row.start_on for row in queries.deadlines_of(made) if row.is_closing] == [MONDAY.date()]
    with pytest.raises(Invalid, match="tố cáo"):
        secret = actions.Part(Kind.DENUNCIATION, "x", "x", "corruption.money", denounced_unit_code="01447")
        actions.split(case, secret, "x", actor(clerk), at(18, 11))


def test_the_lead_asks_another_unit_and_answers_alone(app: Flask, write: None) -> None:
    _clerk, officer, head = staff()
    case = assign(make_case(), officer, head)
    there = make_official(Role.OFFICER, "so-xay-dung")
    with pytest.raises(Invalid) as refused:
        actions.request_part(case, unit("so-xay-dung"), "Cấp đường?", date(2026, 12, 20), actor(officer), MONDAY)
    assert refused.value.field == "due_on", "the part comes before the case's own due date"
    actions.request_part(case, unit("so-xay-dung"), "Cấp đường?", date(2026, 11, 19), actor(officer), MONDAY)
    assert queries.sight_of(case, actor(there)).value == "part"
    actions.give_part(case, "Đường huyện, cấp VI.", actor(there), at(17, 11))
    assert queries.sight_of(case, actor(there)).value == "nothing"
    assert case.contributions[0].answer == "Đường huyện, cấp VI."
    resident_sees = queries.events_for(case, resident_of(case), queries.sight_of(case, resident_of(case)))
    assert not [event for event in resident_sees if event.action in (Action.REQUEST_PART, Action.GIVE_PART)]


def test_a_forward_leaves_the_clock_and_drops_what_was_asked(app: Flask, write: None) -> None:
    clerk, _officer, _head = staff()
    case = make_case()
    due = case.due_on
    there, _officer, _head = staff("01294")
    actions.forward(case, unit("01294"), "Thuộc nơi kia.", actor(clerk), MONDAY)
    actions.forward(case, unit("so-xay-dung"), "Thuộc nơi kia.", actor(there), MONDAY)
    assert (case.unit.code, case.due_on) == ("so-xay-dung", due)
    assert len(queries.custodies_of(case)) == 3


def test_every_running_clock_is_derived_and_every_derivation_ends_on_its_date(app: Flask, write: None) -> None:
    case, clerk, officer, head = complaint()
    actions.register(case, MONDAY.date(), actor(clerk), MONDAY)
    assign(case, officer, head, MONDAY)
    accept(case, head, MONDAY)
    for row in db.session.query(Deadline).filter(Deadline.case_id == case.id):
        assert row.derivation["due_on"] == row.due_on.isoformat()
