"""Sign in and out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user

from ... import clock
from ...extensions import begin_write, db
from ...guards import public, signed_in
from ...rules.visibility import holds
from ...rules.workflow import Actor, Role
from .. import door, passwords
from ..attempts import network
from ..forms import SignInForm
from ..queries import by_account
from . import bp

ROOMS = (
    ((Role.CLERK, Role.OFFICER, Role.HEAD), "desk.queue"),
    ((Role.SUPERVISOR, Role.INSPECTOR), "reports.overview"),
    ((Role.ADMINISTRATOR,), "accounts.officials"),
)
"""Where somebody begins the day, by role."""


@bp.route("/sign-in", methods=["GET", "POST"])
@public(late=True)
def sign_in() -> Any:
    """The door. Unknown account, wrong password and disabled account read the same."""
    if current_user.is_authenticated:
        return redirect(first_room(current_user.actor(clock.today())))
    form = SignInForm()
    if not form.validate_on_submit():
        return _door(form)
    now, account, place = clock.now(), form.account.data.strip().lower(), network(request.remote_addr)
    door.refuse_crowd(account, place, now)
    official = by_account(account)
    if not door.knows(official, form.password.data):
        begin_write()
        door.turn_away(official, account, place, now)
        db.session.commit()
        form.password.errors = [_("Tài khoản hoặc mật khẩu không đúng. Kiểm tra chữ hoa và bộ gõ tiếng Việt.")]
        return _door(form)
    assert official is not None
    is_old = passwords.is_outdated(official.password_hash)
    new_hash = passwords.hash_password(form.password.data) if is_old else ""
    begin_write()
    key = door.admit(official, now, new_hash)
    db.session.commit()
    return _welcome(door.SignedIn(official, key))


def _door(form: SignInForm) -> Any:
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200


def _welcome(visitor: door.SignedIn) -> Any:
    """A new session under the new key: nothing that was in the browser before is taken over but the language."""
    language = session.get("language")
    session.clear()
    login_user(visitor)
    session.pop("_id", None)  # a fingerprint of address and browser: not ours to keep
    if language:
        session["language"] = language
    wanted = local_path(request.args.get("next", ""))
    return redirect(wanted or first_room(visitor.actor(clock.today())), 303)


def first_room(actor: Actor) -> str:
    """The page on which this official's day begins."""
    return next((url_for(endpoint) for wanted, endpoint in ROOMS if holds(actor, *wanted)), url_for("accounts.me"))


def local_path(target: str) -> str:
    """The target if it is a path of this site, else nothing: a sign-in must not lead to a stranger's page."""
    parts = urlsplit(target)
    is_local = target.startswith("/") and not target.startswith("//") and not parts.scheme and not parts.netloc
    is_plain = "\\" not in target and " " not in target and target.isprintable()
    return target if is_local and is_plain else ""


@bp.post("/sign-out")
@signed_in
def sign_out() -> Any:
    """End this browser's sign-in; what the browser kept of it is cleared."""
    door.leave(current_user, clock.now())
    db.session.commit()
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    flash(_("Đã đăng xuất khỏi máy này."), "ok")
    response = make_response(redirect(url_for("accounts.sign_in"), 303))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
