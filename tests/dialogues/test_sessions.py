"""Each verb of a session by the law's days; each refusal changes nothing. On both engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.cases.actions import withdraw
from app.cases.models import Case
from app.dialogues.actions import holding, minutes, moving_session, people, questions, sessions
from app.dialogues.actions.sessions import Programme
from app.dialogues.models import DialogueSession, Question
from app.dialogues.queries import sessions as asks
from app.documents.queries import find_by_sha, storage_keys
from app.extensions import db
from app.journal.models import Event, Notice
from app.journal.queries import timeline
from app.refusals import Invalid, NotAllowed, Refusal, Stale, WrongStep
from app.rules.dialogues.sessions import stage_of
from app.rules.workflow import RESIDENT_NOBODY, Action, Kind, Role, why_not
from tests import factories, issued
from tests.conftest import both_engines
from tests.documents.reading import text_of
from tests.factories import MONDAY, actor, make_official

from .sessions_of import (
    DAY,
    MORNING,
    NOON,
    SIGNED,
    announced,
    at,
    held,
    join,
    meeting,
    plan,
    request,
    seen_again,
    signed,
    whole,
    written,
)

pytestmark = pytest.mark.usefixtures("write")


@pytest.fixture
def officer(app: Flask) -> Any:
    return make_official(Role.OFFICER, name="Hoàng Thị Mai")


@pytest.fixture
def head(app: Flask) -> Any:
    return make_official(Role.HEAD, name="Nông Văn Khánh", title="Chủ tịch Ủy ban nhân dân xã")


def events_of(session: DialogueSession) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.subject == session.about).order_by(Event.seq)))


def told(action: Action) -> int:
    return db.session.scalar(select(func.count()).select_from(Notice).where(Notice.action == str(action))) or 0


def unchanged(session: DialogueSession, deed: Callable[[], Any], refusal: type[Refusal], field: str = "") -> str:
    """The deed is refused with its reason and leaves row, list, questions and journal as they were."""
    db.session.flush()
    before = _state(session)
    with pytest.raises(refusal) as caught:
        deed()
    db.session.expire_all()
    assert _state(session) == before
    if field:
        assert getattr(caught.value, "field", "") == field
    return caught.value.reason


def _state(session: DialogueSession) -> list[Any]:
    row = {c.key: getattr(session, c.key) for c in DialogueSession.__table__.columns}
    return [row, [(a.name, a.came) for a in session.attendees], [(q.text, q.answer) for q in session.questions],
            db.session.scalar(select(func.count()).select_from(Event))]  # fmt: skip


@both_engines
def test_the_clocks_of_a_conference_are_seven_days_before_and_ten_days_after_by_the_law_engine(officer: Any) -> None:
    session = plan(officer)
    assert session.announce_due_on == date(2026, 11, 26)
    # The tenth day after 3 December is Sunday the 13th: it ends on Monday (Civil Code 2015 art. 148).
    assert session.publish_due_on == date(2026, 12, 14)
    assert session.announce_derivation["rule_id"] == "dialogue.commune.announce"
    assert session.publish_derivation["rule_id"] == "dialogue.commune.publish"


def test_a_meeting_on_request_has_neither_clock(officer: Any) -> None:
    session = plan(officer, "request", is_public=False)
    assert (session.announce_due_on, session.publish_due_on) == (None, None)


@pytest.mark.parametrize(("changed", "field"), [
    ({"on": date(2026, 11, 15)}, "on"), ({"ends": MORNING}, "ends"), ({"agenda": " "}, "agenda"),
    ({"place": ""}, "place"), ({"mode": "online", "link": ""}, "link"), ({"link": "javascript:alert(1)"}, "link"),
    ({"kind": "party"}, "kind"), ({"mode": "dream"}, "mode"), ({"title": " "}, "title"),
    ({"kind": "complaint"}, "kind"),
])  # fmt: skip
def test_a_plan_that_cannot_be_is_refused(officer: Any, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        plan(officer, **changed)
    assert caught.value.field == field
    assert db.session.scalar(select(func.count()).select_from(DialogueSession)) == 0


def test_a_clerk_and_another_unit_plan_nothing(app: Flask) -> None:
    for by in (make_official(Role.CLERK), make_official(Role.OFFICER, "01273"), make_official(Role.SUPERVISOR, "04")):
        with pytest.raises(NotAllowed):
            plan(by)


@both_engines
def test_announced_in_time_is_counted_in_time_and_late_is_done_and_said(officer: Any) -> None:
    soon = announced(officer)
    assert (soon.announced_on, soon.announced_by) == (MONDAY.date(), ["portal", "village_heads"])
    late = plan(officer)
    event = sessions.announce(late, ["posting"], actor(officer), at(date(2026, 11, 28)))
    assert event.facts["days_late"] == 2
    assert late.announced_by == ["portal", "posting"]
    assert events_of(soon)[-1].facts["days_late"] == 0


def test_an_announcement_needs_a_way_and_a_day_between_plan_and_today(officer: Any) -> None:
    session = plan(officer)
    for ways, on, field in (([], None, "ways"), (["smoke"], None, "ways"), (["posting"], date(2026, 11, 15), "on"),
                            (["posting"], date(2026, 11, 17), "on")):  # fmt: skip
        unchanged(
            session, lambda w=ways, o=on: sessions.announce(session, w, actor(officer), MONDAY, o), Invalid, field
        )
    sessions.announce(session, ["posting"], actor(officer), at(date(2026, 11, 20)), date(2026, 11, 18))
    assert session.announced_on == date(2026, 11, 18)
    unchanged(session, lambda: sessions.announce(session, ["posting"], actor(officer), MONDAY), WrongStep)


def test_what_is_not_public_is_neither_announced_nor_published(officer: Any, head: Any) -> None:
    session = plan(officer, "request", is_public=False)
    unchanged(session, lambda: sessions.announce(session, ["portal"], actor(officer), MONDAY), WrongStep)
    signed(written(held(session, officer), officer), head)
    unchanged(session, lambda: minutes.publish_minutes(session, "Xong.", ["portal"], actor(officer), at(DAY, 18)),
              WrongStep)  # fmt: skip


@both_engines
def test_the_programme_changes_and_what_was_announced_stays_public(officer: Any) -> None:
    session = announced(officer)
    unchanged(session, lambda: sessions.change_session(session, Programme("Đối thoại", ""), actor(officer), MONDAY),
              Invalid, "agenda")  # fmt: skip
    hidden = Programme("Đối thoại", "1. Đường", is_public=False)
    unchanged(session, lambda: sessions.change_session(session, hidden, actor(officer), MONDAY), Invalid, "is_public")
    unchanged(session, lambda: sessions.change_session(session, hidden, actor(officer), MONDAY, 99), Stale)
    sessions.change_session(
        session, Programme("Đối thoại về đường", "1. Đường", "Cụm 2", "Chủ tịch"), actor(officer), MONDAY
    )
    assert (session.title, session.area, session.chair) == ("Đối thoại về đường", "Cụm 2", "Chủ tịch")


def test_a_meeting_becomes_public_only_if_each_asker_agreed(officer: Any) -> None:
    session = plan(officer, "request", is_public=False)
    join(request(), session, officer)
    public = Programme("Đối thoại", is_public=True)
    unchanged(session, lambda: sessions.change_session(session, public, actor(officer), MONDAY), Invalid, "is_public")


@both_engines
def test_moving_sets_the_clocks_anew_announces_anew_and_tells_each_asker_once(officer: Any) -> None:
    session = announced(officer)
    cases = [join(request(name=f"Người {n}"), session, officer) for n in range(3)]
    moving_session.move_session(session, meeting(date(2026, 12, 10)), "Mưa lũ", actor(officer), at(date(2026, 12, 1)))
    assert (session.on, session.announce_due_on, session.publish_due_on) == (
        date(2026, 12, 10), date(2026, 12, 3), date(2026, 12, 21))  # fmt: skip
    assert (session.announced_on, session.announced_by) == (date(2026, 12, 1), ["portal", "village_heads"])
    for case in cases:
        moved = [event for event in timeline(case.id) if event.action == Action.RESCHEDULE]
        assert [(e.facts["on"], e.facts["reason"], e.facts["session"]) for e in moved] == [
            ("2026-12-10", "Mưa lũ", session.number)]  # fmt: skip
    assert told(Action.RESCHEDULE) == 3
    assert events_of(session)[-1].facts["before"]["on"] == "2026-12-03"


def test_moving_into_the_past_without_a_reason_or_to_the_same_hour_changes_nothing(officer: Any) -> None:
    session = announced(officer)
    join(request(), session, officer)
    move = moving_session.move_session
    unchanged(session, lambda: move(session, meeting(date(2026, 11, 10)), "Mưa", actor(officer), MONDAY), Invalid, "on")
    unchanged(
        session, lambda: move(session, meeting(date(2026, 12, 9)), " ", actor(officer), MONDAY), Invalid, "reason"
    )
    unchanged(session, lambda: move(session, meeting(DAY), "Mưa", actor(officer), MONDAY), Invalid, "on")
    unchanged(session, lambda: move(session, meeting(DAY, NOON, NOON), "Mưa", actor(officer), MONDAY), Invalid, "ends")
    assert told(Action.RESCHEDULE) == 0


def test_the_head_calls_off_with_a_reason_and_not_while_people_wait(officer: Any, head: Any) -> None:
    session = announced(officer)
    unchanged(session, lambda: moving_session.call_off(session, "Lũ", actor(officer), MONDAY), NotAllowed)
    unchanged(session, lambda: moving_session.call_off(session, "", actor(head), MONDAY), Invalid, "reason")
    case = join(request(), session, officer)
    reason = unchanged(session, lambda: moving_session.call_off(session, "Lũ", actor(head), MONDAY), WrongStep)
    assert "Dời" in reason
    withdraw(case, "Đã xong", factories.resident_of(case), MONDAY)
    moving_session.call_off(session, "Lũ", actor(head), MONDAY)
    assert stage_of(session) == "called_off"

    def again() -> object:
        return moving_session.move_session(session, meeting(date(2026, 12, 9)), "x", actor(officer), MONDAY)

    unchanged(session, again,
              WrongStep)  # fmt: skip


@pytest.mark.parametrize(("kind", "others", "gone"), [("request", 0, True), ("request", 1, False), ("theme", 0, False)])
def test_a_request_taken_back_takes_the_session_planned_for_it_alone(
    officer: Any, kind: str, others: int, gone: bool
) -> None:
    session = plan(officer, kind)
    case = join(request(), session, officer)
    for n in range(others):
        join(request(name=f"Lò Văn {n}"), session, officer)
    withdraw(case, "Đã xong", factories.resident_of(case), MONDAY)
    moving_session.let_nobody_wait(case, MONDAY)
    assert (stage_of(session) == "called_off") is gone
    assert [event.actor_role for event in events_of(session)][1:].count("system") == int(gone)


def test_offices_and_guests_are_invited_once_each_and_askers_are_not_struck_out(officer: Any) -> None:
    session = announced(officer)
    join(request(people=40), session, officer)
    people.invite(session, "front", "Mặt trận xã\nMặt trận xã\n Hội Phụ nữ ", actor(officer), MONDAY)
    people.invite(session, "front", "mặt trận xã", actor(officer), MONDAY)
    db.session.flush()
    assert [(a.role, a.name) for a in session.attendees] == [
        ("asker", "Nông Thị Sen"), ("representative", "Lý Văn Páo"),
        ("front", "Mặt trận xã"), ("front", "Hội Phụ nữ")]  # fmt: skip
    unchanged(session, lambda: people.invite(session, "asker", "Ai đó", actor(officer), MONDAY), Invalid, "role")
    unchanged(session, lambda: people.strike_out(session, session.attendees[0].id, actor(officer), MONDAY), Refusal)
    people.strike_out(session, session.attendees[-1].id, actor(officer), MONDAY)
    assert "Hội Phụ nữ" not in [a.name for a in session.attendees]


@both_engines
def test_questions_come_ahead_by_the_page_at_the_counter_and_there(officer: Any) -> None:
    session = plan(officer)
    put = questions.put_question
    unchanged(session, lambda: put(session, "Bao giờ?", "", "web", RESIDENT_NOBODY, MONDAY), WrongStep)
    sessions.announce(session, ["portal"], actor(officer), MONDAY)
    first = put(session, "Bao giờ sửa cầu?", "Bế Thị Lan", "web", RESIDENT_NOBODY, MONDAY)
    assert put(session, "Bao giờ sửa cầu? ", "Bế Thị Lan", "web", RESIDENT_NOBODY, MONDAY).id == first.id
    clerk = make_official(Role.CLERK)
    put(session, "Nước sạch?", "", "counter", actor(clerk), MONDAY)
    unchanged(session, lambda: put(session, "Ở đây?", "", "session", actor(clerk), MONDAY), Invalid, "channel")
    unchanged(session, lambda: put(session, " ", "", "web", RESIDENT_NOBODY, MONDAY), Invalid, "text")
    unchanged(session, lambda: put(session, "x" * 3001, "", "web", RESIDENT_NOBODY, MONDAY), Invalid, "text")
    held(session, officer)
    put(session, "Ở đây?", "", "session", actor(clerk), at(DAY))
    unchanged(session, lambda: put(session, "Muộn?", "", "web", RESIDENT_NOBODY, at(DAY)), WrongStep)
    assert [(q.channel, q.asked_before) for q in session.questions] == [
        ("web", True), ("counter", True), ("session", False)]  # fmt: skip


def test_an_answer_is_published_only_in_words_that_name_nobody_or_were_looked_at(officer: Any) -> None:
    session = announced(officer)
    question = questions.put_question(session, "Cầu?", "Bế Thị Lan", "web", RESIDENT_NOBODY, MONDAY)
    args = (question, session, "Quý hai sửa.", "Phó chủ tịch")
    unchanged(session, lambda: questions.answer_question(*args, "Bế Thị Lan hỏi cầu", actor(officer), MONDAY), Invalid,
              "public_text")  # fmt: skip
    unchanged(session, lambda: questions.answer_question(*args, "Gọi 0912 345 678", actor(officer), MONDAY), Invalid,
              "public_text")  # fmt: skip
    questions.answer_question(*args, "Gọi 0912 345 678", actor(officer), MONDAY, seen=True)
    questions.answer_question(*args, "Bao giờ sửa cầu?", actor(officer), MONDAY)
    assert (question.public_text, question.answered_by) == ("Bao giờ sửa cầu?", "Phó chủ tịch")


def test_it_is_not_held_before_its_day_nor_without_notice_chair_people_or_conclusion(officer: Any) -> None:
    hold = holding.hold_session
    silent = plan(officer)
    assert "chưa được thông báo" in unchanged(
        silent, lambda: hold(silent, actor=actor(officer), now=at(DAY), **SIGNED), WrongStep)  # fmt: skip
    session = announced(officer)
    assert "Chưa đến ngày" in unchanged(
        session, lambda: hold(session, actor=actor(officer), now=at(DAY - timedelta(days=1)), **SIGNED), WrongStep
    )
    for field, wrong in (("presided_by", " "), ("conclusion", ""), ("attended", 0)):
        given = {**SIGNED, field: wrong}
        unchanged(session, lambda g=given: hold(session, actor=actor(officer), now=at(DAY), **g), Invalid, field)
    unchanged(session, lambda: hold(session, actor=actor(officer), now=at(DAY), came=[999], **SIGNED), Invalid, "came")


@both_engines
def test_a_group_of_forty_is_heard_from_its_request_to_the_published_minutes(officer: Any, head: Any) -> None:
    session = announced(officer)
    group = join(request(people=40, is_public=True), session, officer)
    lone = join(request(title="Trạm y tế", name="Bế Thị Lan"), session, officer)
    gone = join(request(title="Đã thôi"), session, officer)
    withdraw(gone, "Đã xong", factories.resident_of(gone), MONDAY)
    spokesman = next(a for a in session.attendees if a.name == "Lý Văn Páo")
    held(session, officer, came=[spokesman.id], texts={group.id: "Sửa đường vào xóm trước Tết."})
    assert (group.status, group.answer_text, group.dialogue_on) == ("answered", "Sửa đường vào xóm trước Tết.", DAY)
    assert (lone.status, lone.answer_text) == ("answered", SIGNED["conclusion"])
    assert gone.status == "closed"
    assert (spokesman.came, session.attended) == (True, 120)
    factories.actions.rate(group, 5, factories.resident_of(group), at(DAY, 16))
    signed(written(session, officer), head)
    minutes.publish_minutes(
        session, "Xã sửa đường trước Tết.", ["portal", "posting"], actor(officer), at(date(2026, 12, 8))
    )
    assert (session.published_on, session.published_by) == (date(2026, 12, 8), ["portal", "posting"])
    assert [case.published_on for case in (group, lone, gone)] == [date(2026, 12, 8), date(2026, 12, 8), None]
    assert told(Action.PUBLISH) == 2
    assert stage_of(seen_again(session)) == "published"


def _complaint(officer: Any, head: Any) -> Case:
    case = factories.make_case(Kind.COMPLAINT, now=MONDAY - timedelta(days=7))
    clerk = make_official(Role.CLERK)
    factories.actions.register(case, (MONDAY - timedelta(days=7)).date(), actor(clerk), MONDAY - timedelta(days=6))
    factories.assign(case, officer, head, MONDAY - timedelta(days=6))
    return factories.accept(case, head, MONDAY - timedelta(days=5))


@both_engines
def test_a_dialogue_within_a_complaint_is_written_down_in_its_settlement_and_never_public(
    officer: Any, head: Any
) -> None:
    case = _complaint(officer, head)
    session = plan(officer, "complaint", case=case, title="Đối thoại", agenda="")
    assert (session.is_public, session.publish_due_on) == (False, None)
    unchanged(session, lambda: sessions.announce(session, ["portal"], actor(officer), MONDAY), WrongStep)
    held(session, officer)
    assert (case.dialogue_on, case.status) == (DAY, "assigned")
    assert timeline(case.id)[-1].facts["text"] == SIGNED["conclusion"]
    signed(written(session, officer), head)
    assert "điều 30" in text_of(_bytes(session)).lower()


def test_a_complaint_that_is_not_accepted_has_no_dialogue(officer: Any, head: Any) -> None:
    case = factories.make_case(Kind.COMPLAINT)
    with pytest.raises(WrongStep):
        plan(officer, "complaint", case=case, agenda="")


@both_engines
def test_a_second_complaint_is_decided_once_its_dialogue_was_held(app: Flask) -> None:
    first = factories.make_case(Kind.COMPLAINT)
    clerk, _head = issued.decide(first)
    factories.actions.send(first, MONDAY.date(), "Trao tận tay.", actor(clerk), MONDAY)
    case = issued.appeal(first)
    head = issued.accept(case)
    officer = issued.hand(case, head)
    assert "điều 39" in str(why_not(actor(head), Action.DECIDE, case))
    session = plan(officer, "complaint", case=case, agenda="", at_unit=case.unit.code)
    held(session, officer)
    assert why_not(actor(head), Action.DECIDE, case) is None
    signed(written(session, officer), head)
    assert "Điều39" in text_of(_bytes(session)).replace(" ", "")


def _bytes(session: DialogueSession) -> bytes:
    from app.attachments.storage import default_storage

    assert session.document is not None
    return default_storage().path(session.document.storage_key).read_bytes()


@both_engines
def test_minutes_are_frozen_numbered_and_found_by_their_sha(officer: Any, head: Any) -> None:
    session = announced(officer)
    join(request(people=40), session, officer)
    questions.put_question(session, "Bao giờ sửa cầu?", "Bế Thị Lan", "web", RESIDENT_NOBODY, MONDAY)
    held(session, officer, came=[session.attendees[0].id])
    signed(written(session, officer), head)
    paper = session.document
    assert paper is not None and (paper.number, paper.subject) == ("1/BB-UBND", session.about)
    text = " ".join(text_of(_bytes(session)).split())
    for words in ("BIÊN BẢN ĐỐI THOẠI", "Ủy ban nhân dân xã Trùng Khánh", "Người chủ trì", "Nông Văn Khánh, Chủ tịch",
                  "Tổng số người dự: 120", "Bao giờ sửa cầu?", "Sửa đường trước Tết.", "72/2025/QH15"):  # fmt: skip
        assert words.replace(" ", "") in text.replace(" ", ""), words
    event = events_of(session)[-1]
    assert event.facts["sha256"] == paper.sha256 and find_by_sha(paper.sha256.upper()) is paper
    assert paper.storage_key in storage_keys()


def test_minutes_go_back_with_a_remark_and_only_the_head_signs_them(officer: Any, head: Any) -> None:
    session = held(announced(officer), officer)
    when = at(DAY, 17)
    unchanged(session, lambda: minutes.submit_minutes(session, actor(officer), when), WrongStep)
    unchanged(session, lambda: minutes.approve_minutes(session, actor(head), when), WrongStep)
    written(session, officer)
    assert told(Action.SUBMIT_MINUTES) == 1
    unchanged(session, lambda: minutes.write_minutes(session, "x", "y", actor(officer), when), WrongStep)
    unchanged(session, lambda: minutes.approve_minutes(session, actor(officer), when), NotAllowed)
    unchanged(session, lambda: minutes.return_minutes(session, "", actor(head), when), Invalid, "remark")
    minutes.return_minutes(session, "Ghi rõ ai hứa.", actor(head), when)
    assert (stage_of(session), session.remark) == ("held", "Ghi rõ ai hứa.")
    signed(written(session, officer), head)
    unchanged(session, lambda: minutes.approve_minutes(session, actor(head), when), WrongStep)


def test_a_deputy_signs_in_the_heads_name(officer: Any, head: Any) -> None:
    from dataclasses import replace

    session = written(held(announced(officer), officer), officer)
    deputy = make_official(Role.HEAD, name="Lý Thị Hoa", title="Phó Chủ tịch Ủy ban nhân dân xã")
    acting = actor(deputy)
    acting = replace(acting, posts=tuple(replace(post, in_name_of=head.id) for post in acting.posts))
    minutes.approve_minutes(session, acting, at(DAY, 18))
    assert session.document is not None and session.document.in_name_of_id == head.id
    assert "KT.CHỦTỊCH" in text_of(_bytes(session)).replace(" ", "")


@both_engines
def test_nothing_is_published_without_signed_minutes_and_late_is_counted(officer: Any, head: Any) -> None:
    publish = minutes.publish_minutes
    session = announced(officer)
    when = at(date(2026, 12, 16))
    assert "chưa công khai được" in unchanged(
        session, lambda: publish(session, "Kết quả", ["portal"], actor(officer), when), WrongStep)  # fmt: skip
    held(session, officer)
    written(session, officer)
    assert "chưa được duyệt" in unchanged(
        session, lambda: publish(session, "Kết quả", ["portal"], actor(officer), when), WrongStep)  # fmt: skip
    signed(session, head)
    unchanged(session, lambda: publish(session, " ", ["portal"], actor(officer), when), Invalid, "public_text")
    unchanged(session, lambda: publish(session, "Kết quả", [], actor(officer), when), Invalid, "ways")
    event = publish(session, "Kết quả", ["portal"], actor(officer), when)
    assert event.facts["days_late"] == 2


def test_published_words_point_at_nobody_unless_whoever_publishes_stands_by_them(officer: Any, head: Any) -> None:
    session = announced(officer)
    join(request(), session, officer)
    signed(written(held(session, officer), officer), head)
    publish, when = minutes.publish_minutes, at(DAY, 18)
    for words in ("Bà Nông Thị Sen hỏi về đường.", "Gọi 0912 000 017.", "CCCD 004187001234."):
        unchanged(
            session, lambda w=words: publish(session, w, ["portal"], actor(officer), when), Invalid, "public_text"
        )
    publish(session, "Gọi 0912 000 017.", ["portal"], actor(officer), when, seen=True)
    assert events_of(session)[-1].facts["seen"] is True


def test_the_desks_list_goes_from_coming_to_past(officer: Any, head: Any) -> None:
    coming, past = announced(officer), whole(officer, head)
    minutes.publish_minutes(past, "Kết quả", ["portal"], actor(officer), at(DAY, 18))
    to_publish, to_approve = whole(officer, head), written(held(announced(officer), officer), officer)
    to_write = held(announced(officer), officer)
    found = asks.desk_list(actor(officer))
    assert {group: [s.id for s in rows] for group, rows in found.items()} == {
        "coming": [coming.id], "to_write": [to_write.id], "to_approve": [to_approve.id],
        "to_publish": [to_publish.id], "past": [past.id]}  # fmt: skip
    stranger = make_official(Role.OFFICER, "01273")
    assert not any(asks.desk_list(actor(stranger)).values())


def test_the_public_sees_what_was_announced_and_never_a_complaints_dialogue(officer: Any, head: Any) -> None:
    shown, hidden = announced(officer), plan(officer)
    within = plan(officer, "complaint", case=_complaint(officer, head), agenda="")
    assert [s.id for s in asks.public_coming(MONDAY.date())] == [shown.id]
    for session in (hidden, within):
        with pytest.raises(Refusal):
            asks.public_session(session.number)
    assert list(asks.public_coming(MONDAY.date(), factories.unit("01273"))) == []


def test_requests_that_could_join_come_with_the_same_category_first(officer: Any) -> None:
    session = announced(officer)
    join(request(category_code="health.clinic", commune_code="01447", wanted_unit_code="01447"), session, officer)
    other, same = request(), request(category_code="health.clinic", wanted_unit_code="01447")
    elsewhere = request(commune_code="01273", wanted_unit_code="01273")
    found = asks.could_join(session, actor(officer))
    assert [case.id for case in found] == [same.id, other.id] and elsewhere.id not in found


def test_a_session_that_is_full_of_strange_words_is_printed_as_letters(officer: Any, head: Any) -> None:
    session = announced(officer, title='#import "x" <b>Đường</b>', agenda="#{1+1} $x$")
    signed(written(held(session, officer), officer), head)
    assert "#import" in text_of(_bytes(session)) and time(8, 30) == session.starts
    assert db.session.scalar(select(func.count()).select_from(Question)) == 0
