"""Residents choose how they hear of their case: on the form, at the counter, when booking, and later on its page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.cases.models import Case
from app.extensions import db, writing
from app.journal.models import Event, Notice

from ..factories import MONDAY, make_case, make_denunciation
from .walk import FEEDBACK, Walk

Y = FEEDBACK["you"]


def opened(client: FlaskClient, case: Case) -> FlaskClient:
    client.post("/follow", data={"code": case.code})  # type: ignore[attr-defined]
    return client


def sent(client: FlaskClient, **you: str) -> Case:
    """The form walked to its end."""
    Walk(client).to("review", {**FEEDBACK, "you": {**Y, **you}}).send()
    return db.session.scalars(select(Case)).one()


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.fixed(MONDAY + timedelta(hours=1)):
        yield


@pytest.mark.parametrize("wanted", ["", "mail", "sms", "none"])
def test_the_form_asks_how_and_keeps_it(app: Flask, client: FlaskClient, wanted: str) -> None:
    app.config["SMS_SENDER"] = "file"
    assert sent(client, contact_channel=wanted).contact_channel == wanted
    channels = list(db.session.scalars(select(Notice.channel).where(Notice.role == "resident")))
    assert channels == {"none": [], "sms": ["sms"]}.get(wanted, ["mail"])


def test_the_follow_page_leads_to_the_choice_and_keeps_it(app: Flask, client: FlaskClient) -> None:
    app.config["SMS_SENDER"] = "file"
    with writing():
        case = make_case()
        db.session.commit()
    opened(client, case)
    assert "/follow/case/news" in client.get("/follow/case").get_data(as_text=True)
    assert 'value="sms"' in client.get("/follow/case/news").get_data(as_text=True)
    assert client.post("/follow/case/news", data={"contact_channel": "none"}).status_code == 303
    assert db.session.get(Case, case.id, populate_existing=True).contact_channel == "none"  # type: ignore[union-attr]
    event = db.session.scalars(select(Event).where(Event.action == "choose_channel")).one()
    assert event.facts == {"way": "none"}
    client.post("/follow/case/news", data={"contact_channel": "none"})
    assert len(db.session.scalars(select(Event).where(Event.action == "choose_channel")).all()) == 1


@pytest.mark.parametrize(("given", "wanted"), [({"email": ""}, "mail"), ({"phone": "0206 385 2100"}, "sms"),
                                               ({}, "pigeon")])  # fmt: skip
def test_a_way_without_its_address_is_refused_beside_the_field(
    app: Flask, client: FlaskClient, given: dict[str, Any], wanted: str
) -> None:
    app.config["SMS_SENDER"] = "file"
    with writing():
        case = make_case(**given)
        db.session.commit()
    answer = opened(client, case).post("/follow/case/news", data={"contact_channel": wanted})
    assert answer.status_code == 422 and "field-bad" in answer.get_data(as_text=True)


def test_of_a_denunciation_nothing_is_asked(app: Flask, client: FlaskClient) -> None:
    with writing():
        case = make_denunciation()
        db.session.commit()
    opened(client, case)
    assert "/follow/case/news" not in client.get("/follow/case").get_data(as_text=True)
    assert client.get("/follow/case/news").status_code == 404
    assert client.post("/follow/case/news", data={"contact_channel": "mail"}).status_code == 404


def test_where_no_sms_is_sent_none_is_offered(app: Flask, client: FlaskClient) -> None:
    with writing():
        case = make_case()
        db.session.commit()
    text = opened(client, case).get("/follow/case/news").get_data(as_text=True)
    assert 'value="sms"' not in text and 'value="none"' in text
