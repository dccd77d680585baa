"""Commitments: each verb, what it changes and records, whom it tells, and what it refuses in which words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases import actions as cases
from app.cases.models import DialogueRequest
from app.dialogues.actions.commitments import default_verifier, drop, promise, stand
from app.dialogues.actions.findings import confirm_kept, find_broken, object_to, report_done
from app.dialogues.actions.replacing import replace
from app.dialogues.models import Commitment
from app.extensions import db
from app.journal.models import Event, Notice
from app.journal.queries import about, timeline
from app.journal.verify import verify
from app.refusals import Invalid, Missing, NotAllowed, Refusal, Stale, WrongStep
from app.rules.workflow import Action, Kind, Role
from app.units.models import Setting
from tests.conftest import both_engines
from tests.factories import (
    MONDAY,
    actor,
    add_post,
    assign,
    make_case,
    make_denunciation,
    make_official,
    resident_of,
    staff,
    unit,
)

from .promised import ANSWERED, DUE, IN_TIME, LATE, answered, booker_of, heard, held, new, people, promised

pytestmark = both_engines


def _last(commitment: Commitment) -> Event:
    return about(commitment.about)[-1]


def test_a_promise_in_an_answer_gets_a_number_a_verifier_and_is_told_to_its_asker(app: Flask, write: None) -> None:
    who = people()
    case = answered(who)
    found = promised(who, case, responsible=who.officer)
    assert found.number == "CK-2026-000001"
    assert (found.unit.code, found.verifier.code, found.state) == ("01447", "04", "open")
    assert (found.made_on, found.due_on) == (ANSWERED.date(), DUE)
    told = timeline(case.id)[-1]
    assert (told.action, told.status, told.unit_id, told.due_on) == ("promise", case.status, case.unit_id, case.due_on)
    assert told.facts["commitment"] == found.number
    mail = db.session.scalars(select(Notice).where(Notice.event_seq == told.seq)).all()
    assert [(notice.role, notice.channel) for notice in mail] == [("resident", "mail")]
    desk = db.session.scalars(select(Notice.official_id).where(Notice.event_seq == _last(found).seq)).all()
    assert {who.officer.id, who.head.id, who.looker.id} <= set(desk)
    assert verify()[1] is None


def test_numbers_run_on_within_a_year(app: Flask, write: None) -> None:
    who = people()
    case = answered(who)
    numbers = [promised(who, case).number for _ in range(3)]
    assert numbers == ["CK-2026-000001", "CK-2026-000002", "CK-2026-000003"]


@pytest.mark.parametrize(
    ("more", "field", "reason"),
    [
        ({"what": "  "}, "what", "Ghi rõ sẽ làm việc gì."),
        ({"what": "x" * 2001}, "what", "Nội dung dài quá. Rút gọn lại."),
        ({"due_on": None}, "due_on", "Ghi ngày sẽ làm xong."),
        ({"due_on": ANSWERED.date() - timedelta(days=1)}, "due_on",
         "Ngày hẹn đã qua. Chọn ngày từ hôm nay trở đi."),
        ({"due_on": date(2032, 1, 1)}, "due_on", "Ngày hẹn xa quá năm năm. Kiểm tra lại giúp."),
        ({"unit_code": "không-có"}, "unit_code", "Chọn một đơn vị trong danh sách."),
        ({"verifier_code": "không-có"}, "verifier_code", "Chọn một đơn vị trong danh sách."),
        ({"verifier_code": "01447"}, "verifier_code", "Đơn vị đã cam kết không tự xác nhận. Chọn đơn vị khác."),
    ],
)  # fmt: skip
def test_what_cannot_be_promised_is_refused_beside_its_field(
    app: Flask, write: None, more: dict[str, object], field: str, reason: str
) -> None:
    who = people()
    case = answered(who)
    before = db.session.query(Event).count()
    with pytest.raises(Invalid) as refused:
        promised(who, case, **more)
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert db.session.query(Commitment).count() == 0
    assert db.session.query(Event).count() == before


def test_today_is_still_in_time(app: Flask, write: None) -> None:
    assert promised(people(), due_on=ANSWERED.date()).due_on == ANSWERED.date()


def test_only_the_head_promises_for_a_unit_that_is_not_below(app: Flask, write: None) -> None:
    who = people()
    case = answered(who)
    with pytest.raises(Invalid) as refused:
        promise(new(unit_code="so-xay-dung"), case, actor(who.officer), ANSWERED)
    assert refused.value.reason == "Chỉ lãnh đạo đơn vị mới ghi cam kết cho đơn vị không trực thuộc."
    assert promise(new(unit_code="so-xay-dung"), case, actor(who.head), ANSWERED).unit.code == "so-xay-dung"


def test_a_unit_promises_for_one_below_it_and_may_not_be_judged_by_it(app: Flask, write: None) -> None:
    _clerk, officer, _head = staff("04")
    session = held("04")
    found = promise(new(unit_code="01447"), session, actor(officer), ANSWERED)
    assert (found.unit.code, found.verifier.code) == ("01447", "04")


def test_somebody_named_works_at_the_unit_that_promises(app: Flask, write: None) -> None:
    who = people()
    with pytest.raises(Invalid) as refused:
        promised(who, responsible=who.looker)
    assert refused.value.reason == "Người này không làm việc ở đơn vị sẽ thực hiện cam kết."


def test_who_is_no_worker_of_the_unit_promises_nothing(app: Flask, write: None) -> None:
    who = people()
    case = answered(who)
    for stranger in (who.clerk, who.looker, who.supervisor, make_official(Role.HEAD, "01294")):
        with pytest.raises(NotAllowed):
            promise(new(), case, actor(stranger), ANSWERED)


def test_the_verifier_is_the_inspectorate_else_the_unit_above_never_the_unit_itself(app: Flask, write: None) -> None:
    today, province, commune = ANSWERED.date(), unit("04"), unit("01447")
    assert default_verifier(commune, today) == province
    assert default_verifier(province, today) is None
    db.session.add(Setting(key="inspectorate_unit", unit_id=None, value="ban-tiep-cong-dan"))
    board = unit("ban-tiep-cong-dan")
    assert default_verifier(commune, today) == board
    assert default_verifier(board, today) == province
    assert default_verifier(province, today) == board, "nobody stands above the province"


def test_a_province_without_an_inspectorate_has_to_name_who_looks(app: Flask, write: None) -> None:
    _clerk, officer, _head = staff("04")
    session = held("04")
    with pytest.raises(Invalid) as refused:
        promise(new(), session, actor(officer), ANSWERED)
    assert refused.value.reason == "Chưa biết đơn vị nào xác nhận. Chọn một đơn vị khác."
    assert promise(new(verifier_code="so-y-te"), session, actor(officer), ANSWERED).verifier.code == "so-y-te"


@pytest.mark.parametrize(
    ("stage", "reason"),
    [
        ("received", "Cam kết đi cùng câu trả lời: vụ việc này chưa đến lúc trả lời."),
        ("sealed", "Việc tố cáo không ghi cam kết ở đây."),
        ("booked", "Chưa tiếp xong thì chưa ghi được cam kết."),
        ("sealed booking", "Việc tố cáo không ghi cam kết ở đây."),
        ("planned", "Buổi đối thoại chưa diễn ra thì chưa ghi được cam kết."),
        ("called off", "Buổi đối thoại chưa diễn ra thì chưa ghi được cam kết."),
    ],
)
def test_there_must_be_something_to_promise_in(app: Flask, write: None, stage: str, reason: str) -> None:
    who = people()
    source = {
        "received": make_case, "sealed": lambda: make_denunciation("so-y-te"), "booked": lambda: heard(state="booked"),
        "sealed booking": lambda: heard(is_sealed=True), "planned": lambda: held(held_at=None),
        "called off": lambda: held(called_off_at=MONDAY),
    }[stage]()  # fmt: skip
    head = make_official(Role.HEAD, source.unit.code) if stage == "sealed" else who.head
    with pytest.raises(WrongStep) as refused:
        promise(new(), source, actor(head), ANSWERED)
    assert refused.value.reason == reason


def test_a_promise_in_an_unsigned_answer_stands_only_with_the_signature(app: Flask, write: None) -> None:
    who = people()
    case = assign(make_case(), who.officer, who.head)
    found = promise(new(), case, actor(who.officer), MONDAY)
    assert found.state == "draft"
    assert [event.action for event in timeline(case.id)][-1] == "assign", "nothing is told before the head signs"
    cases.propose(case, "Sẽ làm.", "explained", actor(who.officer), MONDAY)
    cases.approve(case, actor(who.head), ANSWERED)
    assert stand(case, actor(who.head), ANSWERED) == [found]
    assert (found.state, found.made_on) == ("open", ANSWERED.date())
    assert [event.action for event in timeline(case.id)][-2:] == ["approve", "promise"]
    assert stand(case, actor(who.head), ANSWERED) == []


def test_an_answer_is_not_signed_with_a_promise_whose_day_has_passed(app: Flask, write: None) -> None:
    who = people()
    case = assign(make_case(), who.officer, who.head)
    found = promise(new(due_on=MONDAY.date()), case, actor(who.officer), MONDAY)
    with pytest.raises(Invalid) as refused:
        stand(case, actor(who.head), ANSWERED)
    assert refused.value.reason.startswith("Một cam kết trong câu trả lời đã qua ngày hẹn.")
    assert drop(found, actor(who.officer), ANSWERED).status == "dropped"
    assert stand(case, actor(who.head), ANSWERED) == []


def test_what_stands_is_not_dropped(app: Flask, write: None) -> None:
    who = people()
    found = promised(who)
    with pytest.raises(WrongStep) as refused:
        drop(found, actor(who.head), ANSWERED)
    assert refused.value.reason == "Cam kết đã có hiệu lực thì không bỏ được, chỉ thay bằng cam kết khác."


def test_a_promise_is_reported_done_then_confirmed_by_another_unit(app: Flask, write: None) -> None:
    who = people()
    case = answered(who)
    found = promised(who, case)
    report_done(found, "Đã thông đường ngày 22/11.", actor(who.officer), IN_TIME)
    assert (found.state, found.reported_on) == ("reported", IN_TIME.date())
    confirm_kept(found, "Đã đến xem, đường thông.", actor(who.looker), LATE)
    assert (found.state, found.found_by_id, found.finding) == ("kept", who.looker.id, "Đã đến xem, đường thông.")
    assert [event.action for event in timeline(case.id)][-3:] == ["promise", "report_done", "confirm_kept"]
    assert [event.action for event in about(found.about)] == ["promise", "report_done", "confirm_kept"]
    last = timeline(case.id)[-1]
    assert (last.status, last.unit_id, last.due_on) == (case.status, case.unit_id, case.due_on)


def test_not_done_before_the_date_sends_it_back_to_work_with_the_finding(app: Flask, write: None) -> None:
    who = people()
    found = promised(who)
    report_done(found, "Xong rồi.", actor(who.officer), IN_TIME)
    find_broken(found, "Còn một đoạn chưa dọn.", actor(who.looker), IN_TIME)
    assert (found.state, found.reported_on, found.finding) == ("open", None, "Còn một đoạn chưa dọn.")
    assert timeline(found.case_id or 0)[-1].facts["is_back_to_work"] is True
    report_done(found, "Nay đã dọn nốt.", actor(who.officer), IN_TIME)
    confirm_kept(found, "Đúng.", actor(who.looker), IN_TIME)
    assert found.state == "kept"


def test_not_done_after_the_date_is_broken_reported_or_not(app: Flask, write: None) -> None:
    who = people()
    reported, silent = promised(who), promised(who)
    report_done(reported, "Xong rồi.", actor(who.officer), IN_TIME)
    for found in (reported, silent):
        find_broken(found, "Đường vẫn tắc.", actor(who.looker), LATE)
        assert found.state == "broken"


def test_what_is_not_reported_is_not_found_broken_in_time(app: Flask, write: None) -> None:
    who = people()
    found = promised(who)
    with pytest.raises(WrongStep) as refused:
        find_broken(found, "Chưa thấy làm.", actor(who.looker), IN_TIME)
    assert refused.value.reason == "Chưa hết hạn của cam kết, chưa kết luận là không giữ được."


def test_a_finding_needs_words_and_a_report_needs_words(app: Flask, write: None) -> None:
    who = people()
    found = promised(who)
    with pytest.raises(Invalid) as refused:
        report_done(found, " ", actor(who.officer), IN_TIME)
    assert refused.value.field == "evidence"
    report_done(found, "Xong.", actor(who.officer), IN_TIME)
    with pytest.raises(Invalid) as refused:
        confirm_kept(found, "", actor(who.looker), IN_TIME)
    assert (refused.value.field, found.state) == ("finding", "reported")


def test_nobody_of_the_promising_unit_looks_nor_who_reported_nor_a_supervisor(app: Flask, write: None) -> None:
    who = people()
    found = promised(who)
    both = make_official(Role.OFFICER, "04")
    add_post(both, Role.OFFICER, "01447")
    report_done(found, "Xong.", actor(who.officer), IN_TIME)
    for person in (who.officer, who.head, who.supervisor, make_official(Role.HEAD, "01294"), both):
        for verb in (confirm_kept, find_broken):
            with pytest.raises(NotAllowed):
                verb(found, "Đã xem.", actor(person), IN_TIME)
    found.reported_by_id = who.looker.id
    with pytest.raises(NotAllowed) as refused:
        confirm_kept(found, "Đã xem.", actor(who.looker), IN_TIME)
    assert refused.value.reason == "Người thực hiện hoặc đã báo xong không tự xác nhận việc của mình."
    assert found.state == "reported"


def test_an_inspector_of_the_verifying_unit_looks_too(app: Flask, write: None) -> None:
    who = people()
    found = promised(who)
    report_done(found, "Xong.", actor(who.officer), IN_TIME)
    confirm_kept(found, "Đã xem.", actor(make_official(Role.INSPECTOR, "04")), IN_TIME)
    assert found.state == "kept"


def test_a_head_replaces_a_promise_in_time_with_a_reason_that_its_asker_reads(app: Flask, write: None) -> None:
    who = people()
    case = answered(who)
    old = promised(who, case)
    other = replace(old, new(what="Làm kè rọ đá.", due_on=LATE.date()), "Mưa kéo dài.", actor(who.head), IN_TIME)
    assert (old.state, old.reason, old.replaced_by_id) == ("replaced", "Mưa kéo dài.", other.id)
    assert (other.state, other.case_id, other.verifier_id) == ("open", case.id, old.verifier_id)
    told = timeline(case.id)[-1]
    assert (told.action, told.facts["by"], told.facts["reason"]) == ("replace_promise", other.number, "Mưa kéo dài.")


def test_a_missed_promise_stays_broken_though_another_takes_its_place(app: Flask, write: None) -> None:
    who = people()
    old = promised(who)
    later = LATE.date() + timedelta(days=9)
    other = replace(old, new(due_on=later), "Thiếu kinh phí.", actor(who.head), LATE)
    assert (old.state, old.replaced_by_id) == ("broken", other.id)
    with pytest.raises(WrongStep) as refused:
        replace(old, new(due_on=later), "Lại thay.", actor(who.head), LATE)
    assert refused.value.reason == "Cam kết này đã được thay bằng cam kết khác."


def test_replacing_is_for_the_head_with_a_reason_and_not_of_what_is_said_to_be_done(app: Flask, write: None) -> None:
    who = people()
    old = promised(who)
    with pytest.raises(NotAllowed):
        replace(old, new(), "Vì sao.", actor(who.officer), ANSWERED)
    with pytest.raises(Invalid) as refused:
        replace(old, new(), "  ", actor(who.head), ANSWERED)
    assert refused.value.field == "reason"
    report_done(old, "Xong.", actor(who.officer), IN_TIME)
    with pytest.raises(WrongStep) as waiting:
        replace(old, new(), "Vì sao.", actor(who.head), IN_TIME)
    assert waiting.value.reason == "Đã báo xong, đang chờ đơn vị khác xác nhận."


def test_its_asker_says_not_done_once_and_the_other_unit_looks_anew(app: Flask, write: None) -> None:
    who = people()
    case = answered(who)
    found = promised(who, case)
    report_done(found, "Xong.", actor(who.officer), IN_TIME)
    confirm_kept(found, "Đã xem ảnh.", actor(who.looker), IN_TIME)
    event = object_to(found, "Xe vẫn không qua được.", resident_of(case), LATE)
    assert (found.state, found.objections[0].text) == ("reported", "Xe vẫn không qua được.")
    assert timeline(case.id)[-1].action == "object"
    told = db.session.scalars(select(Notice.official_id).where(Notice.event_seq == event.seq)).all()
    assert {who.looker.id, who.head.id} <= set(told)
    with pytest.raises(WrongStep) as refused:
        object_to(found, "Nhắc lại.", resident_of(case), LATE)
    assert refused.value.reason == "Ông/bà đã báo chưa xong. Đơn vị xác nhận đang xem lại."
    find_broken(found, "Đúng là chưa xong.", actor(who.looker), LATE)
    assert (found.state, found.objections[0].answered_at) == ("broken", LATE)


def test_after_a_new_finding_the_asker_may_object_again(app: Flask, write: None) -> None:
    who = people()
    case = answered(who)
    found = promised(who, case)
    report_done(found, "Xong.", actor(who.officer), IN_TIME)
    for _round in range(2):
        object_to(found, "Chưa xong.", resident_of(case), IN_TIME)
        confirm_kept(found, "Xong thật.", actor(who.looker), IN_TIME)
    assert len(found.objections) == 2


def test_whom_it_was_not_promised_to_cannot_even_know_of_it(app: Flask, write: None) -> None:
    who = people()
    found = promised(who)
    report_done(found, "Xong.", actor(who.officer), IN_TIME)
    for stranger in (resident_of(make_case()), booker_of(heard())):
        with pytest.raises(Missing):
            object_to(found, "Chưa xong.", stranger, LATE)


def test_nothing_is_doubted_before_somebody_says_it_is_done(app: Flask, write: None) -> None:
    who = people()
    case = answered(who)
    with pytest.raises(WrongStep) as refused:
        object_to(promised(who, case), "Chưa xong.", resident_of(case), LATE)
    assert refused.value.reason == "Đơn vị chưa báo là đã làm xong."


def test_a_promise_made_at_a_reception_is_told_to_the_booker_on_the_booking(app: Flask, write: None) -> None:
    who = people()
    booking = heard()
    found = promised(who, booking)
    report_done(found, "Xong.", actor(who.officer), IN_TIME)
    object_to(found, "Chưa xong.", booker_of(booking), LATE)
    find_broken(found, "Chưa xong thật.", actor(who.looker), LATE)
    told = about(booking.about)
    assert [event.action for event in told] == ["promise", "report_done", "object", "find_broken"]
    mail = db.session.scalars(select(Notice.action).where(Notice.role == "resident", Notice.case_id.is_(None))).all()
    assert sorted(mail) == ["find_broken", "promise", "report_done"]


def test_all_whose_request_a_session_answers_are_told_and_each_may_object(app: Flask, write: None) -> None:
    who = people()
    session = held()
    askers = [make_case(Kind.FEEDBACK) for _ in range(2)]
    for case in askers:
        db.session.add(DialogueRequest(case_id=case.id, session_id=session.id))
    stranger = make_case()
    db.session.flush()
    found = promised(who, session)
    assert [[e.action for e in timeline(c.id)].count("promise") for c in (*askers, stranger)] == [1, 1, 0]
    report_done(found, "Xong.", actor(who.officer), IN_TIME)
    for case in askers:
        object_to(found, "Chưa xong.", resident_of(case), IN_TIME)
    assert {objection.case_id for objection in found.objections} == {case.id for case in askers}


def test_a_page_that_is_older_than_the_row_changes_nothing(app: Flask, write: None) -> None:
    who = people()
    found = promised(who)
    with pytest.raises(Stale):
        report_done(found, "Xong.", actor(who.officer), IN_TIME, version=found.version + 1)


def test_every_refused_verb_leaves_no_trace(app: Flask, write: None) -> None:
    who = people()
    found = promised(who)
    db.session.commit()
    tries = [
        lambda: confirm_kept(found, "Xem rồi.", actor(who.looker), ANSWERED),
        lambda: find_broken(found, "Chưa.", actor(who.looker), ANSWERED),
        lambda: report_done(found, "Xong.", actor(who.clerk), ANSWERED),
        lambda: replace(found, new(due_on=None), "Vì sao.", actor(who.head), ANSWERED),
        lambda: replace(found, new(unit_code="01294"), "Vì sao.", actor(who.head), ANSWERED),
        lambda: drop(found, actor(who.officer), ANSWERED),
    ]
    before = db.session.query(Event).count()
    for attempt in tries:
        with pytest.raises(Refusal):
            attempt()
        assert not db.session.dirty
        assert db.session.query(Event).count() == before
    assert db.session.query(Commitment).count() == 1
    assert {str(action) for action in Action} >= {event.action for event in about(found.about)}
