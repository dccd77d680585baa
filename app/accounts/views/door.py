"""Sign in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user

from ... import clock
from ...extensions import begin_write, db
from ...guards import public, signed_in
from ...rules.visibility import holds
from ...rules.workflow import Actor, Role
from .. import door, factor, passwords
from ..attempts import network
from ..forms import CodeForm, SignInForm
from ..models import Official
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
    if request.method == "POST":
        passwords.refuse_if_full()
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
    return enter(official, now, _wanted(), new_hash)


def enter(official: Official, now: datetime, wanted: str, new_hash: str = "", by: str = "") -> Any:
    """Let in whom a password or a provider vouches for, `wanted` a path of ours; first to the code where one is set up.

    Commits. `by` says what vouched where it was no password.
    """
    if official.second_factor:
        return _second_page(official, now, wanted, new_hash)
    return _admit(official, now, wanted, new_hash, by)


def _wanted() -> str:
    return local_path(request.args.get("next", ""))


def _admit(official: Official, now: datetime, wanted: str, new_hash: str = "", by: str = "") -> Any:
    key = door.admit(official, now, new_hash, by)
    db.session.commit()
    return _welcome(door.SignedIn(official, key), wanted)


def _second_page(official: Official, now: datetime, wanted: str, new_hash: str) -> Any:
    """What this browser may do from here is to give the code."""
    key = door.wait_for_code(official, now, new_hash)
    db.session.commit()
    _empty_session()
    session["step"] = key
    return redirect(url_for("accounts.second_step", next=wanted or None), 303)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_step() -> Any:
    """The code of the second factor, from the telephone or, with ?paper=1, from the paper."""
    now = clock.now()
    step = door.step_with(session.get("step", ""), now)
    if current_user.is_authenticated or step is None:
        return redirect(url_for("accounts.sign_in"))
    form, official = CodeForm(), step.official
    if form.validate_on_submit():
        if factor.check(official, form.code.data, now):
            db.session.delete(step)
            return _admit(official, now, _wanted())
        db.session.commit()
        form.code.errors = [_("Mã không đúng, đã dùng rồi hoặc đã hết hạn. Chờ mã mới rồi ghi lại.")]
    page = render_template("accounts/second_step.html", form=form, is_paper="paper" in request.args)
    return page, 422 if form.errors else 200


def _door(form: SignInForm) -> Any:
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200


def _welcome(visitor: door.SignedIn, wanted: str) -> Any:
    """A new session under the new key: nothing that was in the browser before is taken over but the language."""
    take_in(visitor)
    return redirect(wanted or first_room(visitor.actor(clock.today())), 303)


def take_in(visitor: door.SignedIn) -> None:
    """From here on this browser goes by the new key."""
    _empty_session()
    login_user(visitor)
    session.pop("_id", None)  # a fingerprint of address and browser: not ours to keep


def _empty_session() -> None:
    """Nothing stays in the browser's session but the language."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def first_room(actor: Actor) -> str:
    """The page on which this official's day begins."""
    return next((url_for(endpoint) for wanted, endpoint in ROOMS if holds(actor, *wanted)), url_for("accounts.me"))


def local_path(target: str) -> str:
    """The target if it is a path of this site, else nothing: a sign-in must not lead to a stranger's page."""
    is_local = target.startswith("/") and not target.startswith("//")
    is_plain = "\\" not in target and " " not in target and target.isprintable()
    return target if is_local and is_plain else ""


@bp.post("/sign-out")
@signed_in
def sign_out() -> Any:
    """End this browser's sign-in; what the browser kept of it is cleared."""
    door.leave(current_user, clock.now())
    db.session.commit()
    _empty_session()
    flash(_("Đã đăng xuất khỏi máy này."), "ok")
    response = make_response(redirect(url_for("accounts.sign_in"), 303))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
