"""Check 29 and erasure: of a denunciation nothing is owed or sent whatever happens; an erased person is not written to.

What is owed is closed then, which is no failure and stands on no list.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases import actions
from app.cases.models import Case
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.journal.record import Told, record
from app.letters.deliver import drain
from app.letters.queries import depth
from app.rules.workflow import STEPS, THE_SYSTEM, Action, Kind, Role

from ..dialogues.receptions import make_booking
from ..factories import MONDAY, actor, make_case, make_denunciation, make_official
from .conftest import Mailbox


def outgoing() -> list[Notice]:
    return list(db.session.scalars(select(Notice).where(Notice.channel.in_(("mail", "sms")))))


def sealed() -> Case:
    """A denunciation in whose row somebody left an address, which nothing here ever does."""
    case = make_denunciation()
    case.contact_email, case.contact_phone, case.contact_channel = "sen@example.vn", "0912 000 017", "sms"
    db.session.flush()
    return case


def test_what_really_happens_to_a_denunciation_owes_its_writer_nothing(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMS_SENDER"] = "file"
    with writing():
        case = sealed()
        registrar, handler = make_official(Role.REGISTRAR, case.unit.code), make_official(Role.OFFICER, case.unit.code)
        actions.register(case, MONDAY.date(), actor(registrar), MONDAY, paper_file="Tủ 1")
        actions.name_handler(case, handler, actor(registrar), MONDAY)
        db.session.commit()
    assert db.session.scalar(select(Event.seq).where(Event.case_id == case.id, Event.action == "name_handler"))
    assert outgoing() == []


@pytest.mark.parametrize("step", [s for s in STEPS if Role.RESIDENT in s.tells and Kind.DENUNCIATION in s.kinds],
                         ids=lambda step: f"{step.action}-{'-'.join(step.kinds)}")  # fmt: skip
def test_no_step_of_a_denunciation_tells_a_resident(app: Flask, write: None, step: object) -> None:
    from app.cases.actions.perform import _told

    app.config["SMS_SENDER"] = "file"
    assert [told for told in _told(step, sealed(), MONDAY) if told.role == Role.RESIDENT] == []  # type: ignore[arg-type]


@pytest.mark.parametrize("action", list(Action))
def test_a_notice_that_stands_there_all_the_same_is_closed_and_nothing_leaves(
    app: Flask, mailbox: Mailbox, action: Action
) -> None:
    app.config["SMS_SENDER"] = "file"
    with writing():
        record(action, sealed(), THE_SYSTEM, MONDAY, [Told(Role.RESIDENT)])
        db.session.commit()
    drain(MONDAY)
    assert mailbox.letters == [] and not (app.config["DATA_DIR"] / "outgoing-sms").exists()
    [closed] = outgoing()
    assert (closed.closed_at, closed.dead_at, closed.last_error) == (MONDAY, None, "sealed")


@pytest.mark.parametrize("sms", ["off", "file"])
def test_a_person_whose_address_was_erased_is_not_written_to_and_no_list_complains(
    app: Flask, mailbox: Mailbox, sms: str
) -> None:
    app.config["SMS_SENDER"] = sms
    with writing():
        case, booking = make_case(), make_booking()
        db.session.commit()
    with writing():
        case.contact_email = case.contact_phone = booking.email = booking.phone = ""
        db.session.commit()
    drain(MONDAY)
    assert mailbox.letters == []
    assert {(n.closed_at, n.dead_at, n.last_error) for n in outgoing()} == {(MONDAY, None, "no_address")}
    assert depth(MONDAY).waiting == depth(MONDAY).dead == 0
    assert drain(MONDAY + timedelta(days=2)) == 0
