"""How one comes to the pages of the door: between password and code, a forgotten password, the second factor."""

from __future__ import annotations

from datetime import timedelta

import pyotp
from playwright.sync_api import Page
from sqlalchemy import delete

from app import clock
from app.accounts import door, factor, password_links
from app.accounts.models import Attempt, Official
from app.extensions import db, writing

from .. import factories
from .looks import Reach
from .steps import press
from .town import Town


def between_password_and_code(on_paper: bool = False, is_wrong: bool = False) -> Reach:
    """The second page of the door: asked for the telephone's code or for one from the paper."""

    def reach(page: Page, town: Town) -> None:
        with town.app.app_context(), writing():
            person = db.session.get_one(Official, town.people["thom"])
            if person.second_factor is None:
                factor.enrol(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", 0, person.actor(clock.today()), clock.now())
            db.session.execute(delete(Attempt).where(Attempt.door == factor.DOOR))
            db.session.commit()
        page.goto("/sign-in")
        page.locator("[name=account]").fill("thom")
        page.locator("[name=password]").fill(factories.PASSWORD)
        press(page.locator("main form [type=submit]"))
        page.wait_for_url("**/sign-in/code*")
        if on_paper:
            page.goto("/sign-in/code?paper=1")
        if is_wrong:
            page.locator("main [name=code]").fill("000000")
            press(page.locator("main form [type=submit]"))

    return reach


def forgot(page: Page, _town: Town) -> None:
    """A link was asked for."""
    page.goto("/sign-in/forgotten")
    page.locator("[name=who]").fill("ai-do@example.vn")
    press(page.locator("main form [type=submit]"))


def choosing(is_wrong: bool = False) -> Reach:
    """The page of the link by which a password is chosen."""

    def reach(page: Page, town: Town) -> None:
        key = "a" * 64
        with town.app.app_context(), writing():
            password_links.make(town.people["thom"], key, clock.now() + timedelta(minutes=30))
            db.session.commit()
        page.goto(f"/sign-in/new-password/{key}")
        if is_wrong:
            page.locator("main [name=new]").fill("quá ngắn")
            press(page.locator("main form [type=submit]"))

    return reach


def enrolled(then: str = "") -> Reach:
    """Somebody without a telephone sets it up: the codes for paper; then looks after it, or types something wrong."""

    def reach(page: Page, town: Town) -> None:
        with town.app.app_context(), writing():
            person = db.session.get_one(Official, town.people["thom"])
            factor.drop(person, person.actor(clock.today()), clock.now())
            db.session.execute(delete(Attempt).where(Attempt.door.in_((factor.DOOR, door.SIGN_DOOR))))
            db.session.commit()
        page.goto("/account/second-factor")
        secret = page.locator("#secret").inner_text().replace(" ", "")
        page.locator("main [name=password]").fill(factories.PASSWORD)
        page.locator("main [name=code]").fill(pyotp.TOTP(secret).now())
        press(page.locator("main form[method=post] [type=submit]"))
        if then:
            page.goto("/account/second-factor")
        if then == "wrong":
            page.locator("main [name=password]").fill(factories.PASSWORD)
            page.locator("main [name=code]").fill("000000")
            press(page.locator("main form[method=post] [type=submit]").first)

    return reach


def asked_of_two(page: Page, town: Town) -> None:
    """What waits for a second administrator: asked by this one, and by another."""
    page.goto("/admin/requests")
    if page.locator("main form[action$=withdraw]").count() == 0:
        page.goto(f"/admin/officials/{town.people['van']}")
        press(page.locator("main form[action$=password] [type=submit]"))
        page.goto("/admin/requests")
