"""The way in by an account kept elsewhere: out to its provider and back, and the link to the own account."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound

from ... import clock
from ...extensions import begin_write, db
from ...guards import public, signed_in
from ...refusals import Invalid
from .. import attempts, door, single
from ..attempts import network
from . import bp
from .door import enter, local_path

DOOR, PER_NETWORK, WINDOW = "single", 60, 15 * 60
"""Ways out begun from one network in 15 minutes (seconds)."""


@bp.post("/sign-in/single")
@public(late=True)
def single_out() -> Any:
    """Leave for the provider."""
    _must_be_on()
    return _out(single.SIGN_IN, wanted=local_path(request.args.get("next", "")))


@bp.post("/account/single")
@signed_in(late=True)
def single_link() -> Any:
    """Leave for the provider to link the account there with the own one here."""
    _must_be_on()
    return _out(single.LINK, official_id=current_user.id)


@bp.post("/account/single/end")
@signed_in
def single_end() -> Any:
    """Link no longer."""
    _must_be_on()
    single.unlink(current_user.official, current_user.actor(clock.today()), clock.now())
    db.session.commit()
    flash(_("Đã gỡ nối. Từ nay đăng nhập bằng mật khẩu."), "ok")
    return redirect(url_for("accounts.me"), 303)


@bp.get("/sign-in/single/back")
@public(late=True)
def single_back() -> Any:
    """Back from the provider. The step is taken up once; whom it vouches for is asked outside of any write."""
    _must_be_on()
    said = request.args.to_dict()
    begin_write()
    step = single.take_up(said)
    db.session.commit()
    if step is None:
        return _refused(_("Lượt đăng nhập này đã cũ hoặc mở ở máy khác. Bắt đầu lại từ đây."))
    try:
        who = single.vouched(step, said)
    except single.ProviderFailed as failed:
        current_app.logger.warning("single sign-on failed: %s", failed)
        return _refused(_(single.REFUSED))
    begin_write()
    return _link(who) if who.purpose == single.LINK else _come_in(who)


def _must_be_on() -> None:
    if not single.is_on(current_app.config):
        raise NotFound


def _out(purpose: str, official_id: int | None = None, wanted: str = "") -> Any:
    """A page that leads on by itself: a redirect after a form would need the provider in our content policy."""
    now = clock.now()
    begin_write()
    try:
        attempts.count_and_check(DOOR, network(request.remote_addr), now, PER_NETWORK, WINDOW)
        there = single.begin(purpose, official_id, wanted)
    except single.ProviderFailed as failed:
        current_app.logger.warning("single sign-on cannot begin: %s", failed)
        return _refused(_(single.REFUSED), official_id)
    db.session.commit()
    response = make_response(render_template("accounts/single_out.html", there=there))
    response.headers["Refresh"] = f"0; url={there}"
    return response


def _come_in(who: single.Vouched) -> Any:
    official = single.official_of(who)
    if official is None:
        door.turn_away(None, f"{who.issuer} {who.subject}", network(request.remote_addr), clock.now())
        db.session.commit()
        return _refused(_(single.UNKNOWN))
    return enter(official, clock.now(), local_path(who.wanted), by="single_sign_on")


def _link(who: single.Vouched) -> Any:
    """Only the official who began it, still signed in, in the same browser."""
    if not current_user.is_authenticated or current_user.id != who.official_id:
        return _refused(_("Lượt đăng nhập này đã cũ hoặc mở ở máy khác. Bắt đầu lại từ đây."))
    try:
        single.link(current_user.official, who.issuer, who.subject, current_user.actor(clock.today()), clock.now())
    except Invalid as refused:
        db.session.rollback()
        return _refused(_(refused.reason), who.official_id)
    db.session.commit()
    flash(_("Đã nối. Lần sau có thể đăng nhập bằng tài khoản đó."), "ok")
    return redirect(url_for("accounts.me"), 303)


def _refused(reason: str, official_id: int | None = None) -> Any:
    db.session.rollback()
    flash(reason, "late")
    return redirect(url_for("accounts.me" if official_id else "accounts.sign_in"), 303)
