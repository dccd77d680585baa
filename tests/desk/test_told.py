"""Officials without mail read at the desk what others get by mail: the month's report, a threshold crossed."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db, writing
from app.journal.record import Thing, Told, record
from app.rules.workflow import THE_SYSTEM, Action, Role

from ..factories import MONDAY, make_official, sign_in, unit


def test_the_desk_shows_reports_and_alerts_of_who_has_no_address(app: Flask, client: FlaskClient) -> None:
    with writing():
        head, other = make_official(Role.HEAD, "01447", email=""), make_official(Role.HEAD, "01273", email="")
        here = unit("01447").id
        told = [Told(Role.OFFICER, head.id), Told(Role.OFFICER, other.id)]
        record(Action.MONTHLY_REPORT, Thing("report:01447:2026-10", here), THE_SYSTEM, MONDAY, told)
        record(Action.ALERT, Thing("alert:01447:overdue", here), THE_SYSTEM, MONDAY, told, what="overdue", limit=5)
        sign_in(client, head)
        db.session.commit()
    text = client.get("/desk/").get_data(as_text=True)
    assert 'data-testid="told"' in text and "Báo cáo tháng 10/2026" in text and "số việc quá hạn trên ngưỡng 5" in text
    assert "/01447/" in text
    with writing():
        browser = app.test_client()
        sign_in(browser, other)
        db.session.commit()
    assert 'data-testid="told"' not in browser.get("/desk/").get_data(as_text=True)


def test_a_desk_with_no_such_news_has_no_such_box(app: Flask, client: FlaskClient) -> None:
    with writing():
        sign_in(client, make_official(Role.CLERK, "01447"))
        db.session.commit()
    assert 'data-testid="told"' not in client.get("/desk/").get_data(as_text=True)
