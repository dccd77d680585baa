"""Checks 68 and 73 on the real server: two who save one case, fifty who change it at once, twenty who send one form."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models import Post
from app.cases.models import Case
from app.cases.receipts import hashed
from app.extensions import db, writing
from app.journal.models import Event
from app.journal.queries import timeline
from app.journal.verify import verify
from app.rules.workflow import STEPS, Role
from tests import factories
from tests.petitions.walk import FEEDBACK, Walk, forms, sheet_form

from .conftest import plant
from .house import House
from .resident import Browser, token_of


@dataclass
class Desk:
    """One case at a unit, and browsers in which its officials are signed in."""

    house: House
    reference: str
    people: dict[str, Browser]

    def page(self, who: str, verb: str) -> dict[str, str]:
        """The fields of a verb's form as that person's browser shows it now; none where it is not shown."""
        answer = self.people[who].get(f"/desk/cases/{self.reference}/{verb}")
        return next((form.fields for form in forms(answer) if "version" in form.fields), {})

    def send(self, who: str, verb: str, fields: dict[str, str]) -> Any:
        """Send it."""
        return self.people[who].post(f"/desk/cases/{self.reference}/{verb}", fields)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def open_house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house on either engine, with its server running."""
    folder = tmp_path_factory.mktemp("open")
    if request.param == "postgresql":
        house = House(folder, database=request.getfixturevalue("cluster").create("open"))
        plant(house)
    else:
        house = House(folder)
        shutil.copytree(request.getfixturevalue("planted"), house.data, dirs_exist_ok=True)
    house.start()
    yield house
    house.stop()


@pytest.fixture
def desk(open_house: House) -> Desk:
    """A fresh case, and a clerk, two officers and a head who are signed in."""
    house = open_house
    roles = {"clerk": Role.CLERK, "mai": Role.OFFICER, "luc": Role.OFFICER, "head": Role.HEAD}
    people = {}
    with house.inside() as app, writing():
        reference = factories.make_case().reference
        made = {who: factories.make_official(role) for who, role in roles.items()}
        db.session.commit()
        for who, official in made.items():
            client = factories.sign_in(app.test_client(), official)
            cookie = client.get_cookie("gan-dan")
            assert cookie is not None
            people[who] = Browser(house.url, patience=0.0)
            people[who].link.cookies.set("gan-dan", cookie.value, domain="127.0.0.1")
    return Desk(house, reference, people)


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Do everything at the same moment; what came of each."""
    ready, came = threading.Barrier(len(work)), [None] * len(work)

    def one(number: int) -> None:
        ready.wait()
        came[number] = work[number]()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def must_be_one_path(house: House, reference: str) -> list[Event]:
    """Each event stands where the workflow lets it stand after the one before; the row is what the last one says."""
    with house.inside():
        case = db.session.scalars(select(Case).where(Case.reference == reference)).one()
        path = timeline(case.id)
        for before, event in pairwise(path):
            fitting = [
                step for step in STEPS
                if step.action == event.action and case.kind in step.kinds
                and (not step.source or before.status in step.source)
                and event.status == (step.to or before.status)
            ]  # fmt: skip
            assert fitting, f"{before.status} -> {event.action} -> {event.status}"
        assert path[-1].status == case.status and verify()[1] is None
        return path


def test_the_second_of_two_officials_is_shown_both_texts(desk: Desk) -> None:
    assert desk.send("head", "assign", {**desk.page("head", "assign"), "officer": officer_of(desk)}).status_code == 303
    fields = desk.page("mai", "draft") or desk.page("luc", "draft")
    who = "mai" if desk.page("mai", "draft") else "luc"
    typed = {**fields, "outcome": "explained"}
    assert desk.send(who, "draft", {**typed, "text": "Bản của người trước."}).status_code == 303
    stale = desk.send(who, "draft", {**typed, "text": "Bản của người sau."})
    assert stale.status_code == 409
    assert "Bản của người trước." in stale.text and "Bản của người sau." in stale.text
    must_be_one_path(desk.house, desk.reference)


def officer_of(desk: Desk) -> str:
    """One of the officers the head may choose."""
    with desk.house.inside():
        officers = select(Post.official_id).where(Post.role == Role.OFFICER).order_by(Post.official_id.desc())
        return str(db.session.scalars(officers.limit(1)).one())


def test_fifty_changes_at_once_leave_one_legal_path(desk: Desk) -> None:
    verbs = [("clerk", "receive", {}), ("head", "assign", {"officer": officer_of(desk)}),
             ("clerk", "forward", {"unit": "01294", "reason": "Thuộc xã bên."}),
             ("luc", "take", {}), ("mai", "take", {})]  # fmt: skip
    shown = [(who, verb, {**desk.page(who, verb), **typed}) for who, verb, typed in verbs * 10]
    answers = at_once(*(lambda one=one: desk.send(*one) for one in shown))
    path = must_be_one_path(desk.house, desk.reference)
    done = sum(answer.status_code == 303 and "/sign-in" not in answer.headers["Location"] for answer in answers)
    assert done == len(path) - 1 == 1, "all came from one page: the first counts, the others are told"
    assert {answer.status_code for answer in answers} <= {303, 403, 404, 409, 422, 503}
    assert all("Retry-After" in answer.headers for answer in answers if answer.status_code == 503)


def test_twenty_sendings_of_one_form_make_one_case(desk: Desk) -> None:
    browser = Browser(desk.house.url, "127.0.2.1", patience=0.0)
    walk = Walk(browser).to("review", {**FEEDBACK})  # type: ignore[arg-type]
    fields = {**sheet_form(walk.page, "send").fields, "go": "send", "agree": "y"}
    cookies = browser.link.cookies.get_dict()

    def send() -> int:
        mine = Browser(desk.house.url, "127.0.2.1", patience=0.0)
        mine.link.cookies.update(cookies)
        return int(mine.post(walk.url, fields).status_code)

    assert at_once(*[send] * 20) == [303] * 20
    with desk.house.inside():
        token = hashed(token_of(walk))
        assert db.session.scalar(select(func.count()).where(Case.token_hash == token)) == 1
    other = browser.post(walk.url, {**fields, "body": "Một chuyện khác hẳn."})
    assert other.status_code == 422, "the same token with other words"
