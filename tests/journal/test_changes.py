"""Checks 57 and 63: settings, sign-outs and exports are an event each; a deadline moves by its paper only."""

from __future__ import annotations

import email
import threading
from email.policy import default

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.cases import actions
from app.desk.verbs import VERBS
from app.documents import paper_forms
from app.extensions import db, writing
from app.journal.models import Event
from app.journal.queries import timeline
from app.letters.deliver import drain
from app.rules.workflow import Action, Role
from app.worker.chores import mail_checkpoint
from tests.factories import (
    MONDAY,
    accept,
    actor,
    make_case,
    make_denunciation,
    make_official,
    registered,
    sign_in,
)

ASKED = {"due_on": "2030-01-01", "due_at": "2030-01-01", "received_at": "2020-01-01", "submitted_at": "2020-01-01",
         "deadline": "2030-01-01", "status": "closed", "unit_id": "1"}  # fmt: skip
"""What a browser may add to any form."""


def count() -> int:
    """Events in the journal."""
    return db.session.scalar(select(func.count()).select_from(Event)) or 0


def test_no_verb_has_a_field_for_a_deadline_and_none_takes_one(app: Flask) -> None:
    for action, verb in VERBS.items():
        with app.test_request_context():
            names = {field.name for field in verb.form(str(action))}
        assert not names & {"due_on", "due_at", "deadline", "received_at", "submitted_at"} or action in {
            Action.REQUEST_PART, Action.PROMISE,
        }, action  # fmt: skip


def test_a_deadline_typed_into_a_form_is_not_stored(app: Flask, client: FlaskClient) -> None:
    with writing():
        case, head = make_case(), make_official(Role.HEAD)
        db.session.commit()
    before = (case.due_on, case.submitted_at, case.received_at, case.status, case.unit_id)
    with clock.fixed(MONDAY):
        sign_in(client, head)
        data = {"text": "Đã xem.", "version": case.version, **ASKED}
        assert client.post(f"/desk/cases/{case.reference}/note", data=data).status_code == 303
    db.session.expire_all()
    assert (case.due_on, case.submitted_at, case.received_at, case.status, case.unit_id) == before


def test_an_extension_says_old_and_new_date_reason_who_asked_and_who_granted(app: Flask, write: None) -> None:
    registrar = make_official(Role.REGISTRAR, "04")
    head, officer = make_official(Role.HEAD, "04"), make_official(Role.OFFICER, "04")
    case = registered(make_denunciation(), registrar)
    for person in (officer, head):
        actions.name_handler(case, person, actor(registrar), MONDAY)
    accept(case, head)
    old = case.due_on
    texts = {field.id: "Thêm 30 ngày." for field in paper_forms.form("extension_decision").fields}
    texts["reason"] = "Phải giám định."
    paper = actions.write(case, "extension_decision", texts, {"variant": "complex"}, actor(officer), MONDAY)
    actions.submit_paper(paper, case, actor(officer), MONDAY)
    facts = actions.sign(paper, case, actor(head), MONDAY).facts
    assert (facts["old_due_on"], facts["new_due_on"]) == (str(old), str(case.due_on))
    assert facts["old_due_on"] < facts["new_due_on"]
    assert (facts["reason"], facts["requested_by"], facts["approved_by"]) == (
        "Phải giám định.", officer.name, head.name,
    )  # fmt: skip
    assert timeline(case.id)[-1].action == Action.EXTEND


def test_ending_somebodys_sign_ins_is_an_event(app: Flask, client: FlaskClient) -> None:
    with writing():
        admin, other = make_official(Role.ADMINISTRATOR, "04"), make_official(Role.OFFICER)
        db.session.commit()
    with clock.fixed(MONDAY):
        sign_in(app.test_client(), other)
        sign_in(client, admin)
        before = count()
        assert client.post(f"/admin/officials/{other.id}/sign-ins/end").status_code == 303
        assert count() == before + 1
        assert client.post(f"/admin/officials/{other.id}/sign-ins/end").status_code == 303
        assert count() == before + 1


@pytest.mark.parametrize("query", ["", "?action=submit", "?official=inspector", "?from=2026-11-16&to=2026-11-16"])
def test_the_journal_as_a_list_is_an_event_itself(app: Flask, client: FlaskClient, query: str) -> None:
    with writing():
        make_case(title="=1+1")
        inspector = make_official(Role.INSPECTOR, "04", name="=cmd")
        db.session.commit()
    with clock.fixed(MONDAY):
        sign_in(client, inspector)
        before = count()
        answer = client.get(f"/journal.csv{query}")
        assert (answer.status_code, answer.mimetype, count()) == (200, "text/csv", before + 1)
        assert client.get(f"/journal{query}").status_code == 200
        assert client.get("/journal.csv?from=2026-11-17&to=2026-11-16").status_code == 400
    assert not any(line.startswith(("=", "+", "@")) for line in answer.text.split(";"))
    event = db.session.scalars(select(Event).order_by(Event.seq.desc())).first()
    assert event is not None
    assert (event.action, event.subject) == (Action.EXPORTED, "journal")


def test_each_day_one_checkpoint_goes_by_mail_to_the_inspectors_of_the_top(app: Flask) -> None:
    with writing():
        make_case(email="")
        make_official(Role.INSPECTOR, "04", email="thanh.tra@example.vn")
        make_official(Role.INSPECTOR, "01447", email="xa@example.vn")
        db.session.commit()
    for _again in range(3):
        with clock.fixed(MONDAY):
            mail_checkpoint(threading.Event())
            drain(MONDAY)
    sent = list(app.config["DATA_DIR"].rglob("*.eml"))
    assert len(sent) == 1
    letter = email.message_from_bytes(sent[0].read_bytes(), policy=default)
    assert letter["To"] == "thanh.tra@example.vn"
    assert "localhost/gan-dan\n1\n" in letter.get_content().replace("\r\n", "\n")
    assert "— localhost/gan-dan " in letter.get_content()
