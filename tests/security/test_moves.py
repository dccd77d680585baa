"""Posts move with dates, and the next request obeys: moved in mid-session, the last day of a post, a deputation's
first and last day, a case handed on, a handler dismissed (checks 13, 15, 19)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.accounts.models import Deputation, Official
from app.cases import actions
from app.cases.models import Case
from app.desk import house
from app.dialogues.queries.named import named
from app.extensions import db, writing
from app.journal.models import Digest
from app.journal.record import Told
from app.letters.morning import in_sight
from app.rules.workflow import THE_SYSTEM, Action, Kind, Role
from tests import factories
from tests.dialogues import promised
from tests.factories import MONDAY, actor, unit

TUESDAY = MONDAY + timedelta(days=1)
MIDNIGHT = MONDAY.replace(hour=17)
"""The town's midnight between Monday and Tuesday, in UTC."""


@pytest.fixture
def case(app: Flask) -> Case:
    with writing():
        made = factories.make_case(now=MONDAY, category_code="land.dispute")
        db.session.commit()
    return made


def came_in(app: Flask, official: Official, at: datetime) -> FlaskClient:
    """A browser in which the official signed in at that moment."""
    with clock.fixed(at), writing():
        browser = factories.sign_in(app.test_client(), db.session.get_one(Official, official.id))
        db.session.commit()
    return browser


def status(browser: FlaskClient, url: str, at: datetime) -> int:
    with clock.fixed(at):
        db.session.expire_all()
        return browser.get(url).status_code


def test_a_post_that_ends_today_sees_until_midnight_and_not_a_minute_longer(app: Flask, case: Case) -> None:
    with writing():
        officer = factories.make_official(Role.OFFICER, "01447")
        officer.posts[0].ended_on = MONDAY.date()
        db.session.commit()
    url = f"/desk/cases/{case.reference}"
    browser = came_in(app, officer, MIDNIGHT - timedelta(minutes=10))
    assert status(browser, url, MIDNIGHT - timedelta(minutes=1)) == 200
    assert status(browser, url, MIDNIGHT) in (403, 404)
    assert status(browser, f"/desk/search?q={case.reference}", MIDNIGHT + timedelta(minutes=1)) == 403


def test_a_post_begins_at_midnight_and_not_a_minute_earlier(app: Flask, case: Case) -> None:
    with writing():
        officer = factories.make_official(Role.OFFICER, "01273")
        factories.add_post(officer, Role.OFFICER, "01447", TUESDAY.date())
        db.session.commit()
    url = f"/desk/cases/{case.reference}"
    browser = came_in(app, officer, MIDNIGHT - timedelta(minutes=10))
    assert status(browser, url, MIDNIGHT - timedelta(minutes=1)) == 404
    assert status(browser, url, MIDNIGHT) == 200


@pytest.mark.parametrize(("minutes", "expected"), [(-1, 404), (0, 200), (24 * 60 - 1, 200), (24 * 60, 404)])
def test_a_deputy_sees_from_the_first_to_the_last_day(app: Flask, case: Case, minutes: int, expected: int) -> None:
    with writing():
        head, deputy = factories.make_official(Role.HEAD), factories.make_official(Role.OFFICER, "so-y-te")
        db.session.add(Deputation(unit_id=unit().id, head_id=head.id, deputy_id=deputy.id, from_on=TUESDAY.date(),
                                  to_on=TUESDAY.date()))  # fmt: skip
        db.session.commit()
    at = MIDNIGHT + timedelta(minutes=minutes)
    browser = came_in(app, deputy, at)
    assert status(browser, f"/desk/cases/{case.reference}", at) == expected


def test_whoever_is_moved_in_mid_session_no_longer_sees_the_old_units_case(app: Flask, case: Case) -> None:
    with writing():
        officer = factories.make_official(Role.OFFICER, "01447")
        db.session.commit()
    browser = came_in(app, officer, MONDAY)
    url = f"/desk/cases/{case.reference}"
    assert status(browser, url, MONDAY) == 200
    with clock.fixed(MONDAY), writing():
        moved = db.session.get_one(Official, officer.id)
        house.move(moved.posts[0], unit("01273"), Role.OFFICER, house.Choice(), THE_SYSTEM, TUESDAY)
        db.session.commit()
    later = TUESDAY + timedelta(minutes=5)
    assert status(browser, url, later) in (302, 404), "signed out, or no such case"
    again = came_in(app, officer, later)
    for door in (url, f"{url}/note"):
        assert status(again, door, later) == 404
    with clock.fixed(later):
        assert case.reference not in again.get("/desk/").text
        assert "/desk/cases/" not in again.get("/desk/search?q=sạt+lở").text


def test_a_case_handed_to_another_unit_is_read_until_then_and_worked_on_no_more(app: Flask, case: Case) -> None:
    with writing():
        officer, head = factories.make_official(Role.OFFICER), factories.make_official(Role.HEAD)
        factories.assign(case, officer, head)
        db.session.commit()
    browser, url = came_in(app, officer, MONDAY), f"/desk/cases/{case.reference}"
    assert status(browser, f"{url}/note", MONDAY) == 200
    with writing():
        loaded = db.session.get_one(Case, case.id)
        actions.forward(loaded, unit("01273"), "Thuộc phường.", actor(head), MONDAY)
        db.session.commit()
    assert status(browser, f"{url}/note", MONDAY) == 403
    with clock.fixed(MONDAY):
        page = browser.get(url).text
    assert "0912" not in page and "sen@example.vn" not in page


def test_a_dismissed_handler_is_out_with_the_next_request(app: Flask) -> None:
    with writing():
        registrar = factories.make_official(Role.REGISTRAR, "04")
        handler = factories.make_official(Role.OFFICER, "04")
        sealed = factories.make_denunciation()
        actions.register(sealed, MONDAY.date(), actor(registrar), MONDAY, paper_file="Tủ B")
        actions.name_handler(sealed, handler, actor(registrar), MONDAY)
        db.session.commit()
    browser, url = came_in(app, handler, MONDAY), f"/desk/cases/{sealed.reference}"
    assert status(browser, url, MONDAY) == 200
    with writing():
        loaded = db.session.get_one(Case, sealed.id)
        actions.dismiss_handler(loaded, handler, "Đổi người.", actor(registrar), MONDAY)
        db.session.commit()
    assert status(browser, url, MONDAY) == 404


# what was told stays told, but is shown only while it is in sight


@pytest.fixture
def moved(app: Flask) -> dict[str, Any]:
    """Somebody who worked at the commune and today works next door, told of a promise and a case before."""
    with writing():
        who = promised.people()
        officer = factories.make_official(Role.HEAD, "01447", email="ai@example.vn")
        promise = promised.promised(who)
        found = {"officer": officer, "promise": promise.about, "case": promise.case_id}
        officer.posts[0].ended_on = MONDAY.date()
        factories.add_post(officer, Role.HEAD, "01273", TUESDAY.date())
        db.session.commit()
    return found


def test_the_lines_of_a_digest_are_those_in_sight_when_the_letter_goes_out(moved: dict[str, Any]) -> None:
    lines = [{"why": "yours", "case": moved["case"], "stage": "closing"}, {"why": "sealed", "case": moved["case"]},
             {"why": "yours", "about": moved["promise"], "stage": "promise"}, {"why": "nobody", "unit": 3}]  # fmt: skip
    here, gone = moved["officer"].actor(MONDAY.date()), moved["officer"].actor(TUESDAY.date())
    assert in_sight(lines, here) == lines
    assert in_sight(lines, gone) == [{"why": "nobody", "unit": 3}]
    assert named([moved["promise"]])[moved["promise"]].is_in_sight(here)


def test_the_box_at_the_desk_counts_nothing_that_went_out_of_sight(app: Flask) -> None:
    from app.desk.morning import box

    with writing():
        registrar = factories.make_official(Role.REGISTRAR, "04")
        sealed = factories.make_denunciation()
        row = Digest(official_id=registrar.id, on=MONDAY.date(), lines=[{"why": "sealed", "case": sealed.id}],
                     late_open=0, tells_late=False)  # fmt: skip
        db.session.add(row)
        db.session.commit()
    seen = box(actor(registrar), MONDAY.date())
    assert seen is not None and seen.sealed == 1
    with writing():
        registrar.posts[0].ended_on = date(2026, 11, 1)
        factories.add_post(registrar, Role.REGISTRAR, "01447")
        db.session.commit()
    assert box(actor(registrar), MONDAY.date()) is None


def test_the_badges_count_no_promise_of_a_unit_one_has_left(moved: dict[str, Any]) -> None:
    from app.desk.queries import news
    from app.journal.record import Thing, record

    with writing():
        record(Action.REPORT_DONE, Thing(moved["promise"], unit().id), THE_SYSTEM, MONDAY,
               [Told(Role.OFFICER, moved["officer"].id)])  # fmt: skip
        db.session.commit()
    assert news(moved["officer"].actor(MONDAY.date()))[1] == 1
    assert news(moved["officer"].actor(TUESDAY.date()))[1] == 0


def test_a_colleagues_load_counts_only_the_cases_of_the_unit(app: Flask, case: Case) -> None:
    from app.desk.queries import colleagues

    with writing():
        officer, head = factories.make_official(Role.OFFICER), factories.make_official(Role.HEAD)
        factories.assign(case, officer, head)
        factories.add_post(officer, Role.OFFICER, "01273")
        db.session.commit()
    assert [one.open_cases for one in colleagues(unit("01447").id, MONDAY.date())] == [1]
    assert [one.open_cases for one in colleagues(unit("01273").id, MONDAY.date())] == [0]


def test_a_case_that_went_out_of_sight_is_not_named_beside_its_kin(app: Flask) -> None:
    from app.desk.queries import kin

    with writing():
        clerk, officer = factories.make_official(Role.CLERK), factories.make_official(Role.OFFICER)
        first = factories.make_case(Kind.COMPLAINT, now=MONDAY, category_code="land.dispute")
        second = factories.make_case(Kind.COMPLAINT, now=MONDAY, category_code="health", commune_code="01273")
        second.appeal_of_id = first.id
        db.session.flush()
        db.session.commit()
    assert second.unit.code != "01447"
    assert kin(first, actor(officer)) == [] and kin(first, actor(clerk)) == []


def test_the_register_covers_who_sent_a_case_that_went_on(app: Flask, case: Case) -> None:
    from app.desk.registers import entries, register_of

    with writing():
        head = factories.make_official(Role.HEAD)
        db.session.commit()
    day = MONDAY.date()

    def senders() -> list[str]:
        with app.test_request_context():
            rows = register_of(unit(), day, day, day, entries(unit(), day, day)).rows
        return [str(getattr(row, "sender", "")) for row in rows]

    assert "Nông Thị Sen" in senders()[0]
    with writing():
        actions.forward(db.session.get_one(Case, case.id), unit("01273"), "Thuộc phường.", actor(head), MONDAY)
        db.session.commit()
    assert senders() == ["(đã che)"]


def test_the_number_of_a_first_complaint_out_of_reach_reads_like_none(app: Flask) -> None:
    from app.cases.actions.places import first_complaint
    from app.refusals import Invalid

    with writing():
        clerk = factories.make_official(Role.CLERK, "01273")
        there = factories.make_case(Kind.COMPLAINT, now=MONDAY, category_code="land.dispute")
        db.session.commit()
    said = []
    for reference in (there.reference, "KN-2026-999999"):
        new = factories.new_case(Kind.COMPLAINT, appeal_of=reference)
        with pytest.raises(Invalid) as refused:
            first_complaint(new, actor(clerk), MONDAY)
        said.append((refused.value.reason, refused.value.field))
    assert said[0] == said[1]
