"""Pages about what is kept of people: own data, requests about it, files held back, what is past its term, erased."""

from __future__ import annotations

from playwright.sync_api import Page
from sqlalchemy import select

from app import clock
from app.cases.models import Case, Erasure
from app.dialogues.models import Booking, VisitErasure
from app.extensions import db, writing
from app.keeping import requests
from app.keeping.erase import erase_case
from app.rules.workflow import THE_SYSTEM, Kind, Role

from .. import factories
from .looks import Look
from .steps import follow, press
from .town import Town


def own_data(page: Page, town: Town) -> None:
    """The resident reads what is kept, with a request that was refused."""
    asked_about(page, town, "refused")
    follow(page, town.code("answered"))
    page.goto("/follow/case/my-data")


def asked_of_nothing(page: Page, town: Town) -> None:
    """The same, the form sent empty."""
    own_data(page, town)
    press(page.locator("main form [type=submit]").last)


def asked_about(page: Page, town: Town, state: str = "open") -> None:
    """The head reads one request."""
    with town.app.app_context(), writing():
        case = db.session.scalars(select(Case).where(Case.reference == town.cases["answered"][0])).one()
        asked = requests.open_of(case, "erase") or requests.ask(
            case, "erase", "", factories.resident_of(case), clock.now()
        )
        if state == "refused":
            asked.state, asked.reason, asked.decided_at = "refused", "Đang có khiếu nại.", clock.now()
        db.session.commit()
        number = asked.id
    if state == "open":
        page.goto(f"/desk/data-requests/{number}")


def decided_without_words(page: Page, town: Town) -> None:
    """A refusal without its reason."""
    asked_about(page, town)
    page.locator("[name=decision][value=refuse]").check()
    press(page.locator("main form [type=submit]").last)


def past_its_term(page: Page, town: Town) -> None:
    """The head of the province before the list of what may be erased."""
    with town.app.app_context(), writing():
        case = db.session.scalars(select(Case).where(Case.kind == Kind.FEEDBACK).limit(1)).one()
        if db.session.get(Erasure, case.id) is None:
            db.session.add(Erasure(case_id=case.id, case=case, term_on=clock.today(), proposed_at=clock.now()))
        came = db.session.scalars(select(Booking).where(Booking.case_id.is_(None)).limit(1)).first()
        if came is not None and db.session.get(VisitErasure, came.id) is None:
            db.session.add(
                VisitErasure(booking_id=came.id, booking=came, term_on=clock.today(), proposed_at=clock.now())
            )
        head = factories.make_official(Role.HEAD, "04", name="Trần Văn Chu")
        db.session.commit()
        client = town.app.test_client()
        factories.sign_in(client, head)
        body = client.get("/desk/retention").text
    shown(page, body)


def shown(page: Page, body: str) -> None:
    """A page as the server made it for somebody who is not in the town's list of accounts."""
    page.route("**/by-hand", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto("/by-hand")


def erased_at_the_desk(page: Page, town: Town) -> None:
    """A case of which only number, dates and outcome are left."""
    page.goto(f"/desk/cases/{_erased(town)[0]}")


def erased_for_its_sender(page: Page, town: Town) -> None:
    """The same, for whoever has the code."""
    follow(page, _erased(town)[1])


def _erased(town: Town) -> tuple[str, str]:
    with town.app.app_context(), writing():
        case = factories.make_case(now=clock.now())
        code = str(case.code)  # type: ignore[attr-defined]
        erase_case(case, THE_SYSTEM, clock.now())
        db.session.commit()
        return case.reference, code


def held_back(page: Page, town: Town) -> None:
    """The form that keeps a file from being erased."""
    page.goto(f"/desk/cases/{town.cases['overdue'][0]}/hold")


def contact_shown(page: Page, town: Town) -> None:
    """The case page after the button was pressed."""
    page.goto(f"/desk/cases/{town.cases['overdue'][0]}")
    press(page.locator("form[action$='/contact/show'] [type=submit]"))


RESIDENT = [
    Look("my-data", "petitions/my_data.html", own_data),
    Look("my-data-wrong", "petitions/my_data.html", asked_of_nothing),
    Look("erased", "petitions/erased.html", erased_for_its_sender),
]
DESK = [
    Look("case-contact", "desk/case.html", contact_shown, "thom"),
    Look("case-erased", "desk/erased.html", erased_at_the_desk, "khanh"),
    Look("data-requests", "desk/data_requests.html", "/desk/data-requests", "khanh"),
    Look("data-request", "desk/data_request.html", asked_about, "khanh"),
    Look("data-request-wrong", "desk/data_request.html", decided_without_words, "khanh"),
    Look("retention", "desk/retention.html", past_its_term, "khanh", by_hand=True),
    Look("hold", "desk/hold.html", held_back, "khanh"),
]
