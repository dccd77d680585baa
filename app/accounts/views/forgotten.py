"""A password that was forgotten, or never chosen yet: a link by mail, and the page it leads to."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...extensions import begin_write, db
from ...guards import public
from .. import attempts, password_links, passwords
from ..forms import ForgottenForm, NewPasswordForm
from ..models import PasswordLink
from . import bp

DOOR, ASKED, HOUR = "forgotten", 30, 3600
"""Links asked for from one network in an hour (seconds)."""


@bp.route("/sign-in/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Any:
    """Ask for a link by mail; the answer is the same whether there is such an account or not."""
    form = ForgottenForm()
    is_sent = form.validate_on_submit()
    if is_sent:
        now = clock.now()
        attempts.count_and_check(DOOR, attempts.network(request.remote_addr), now, ASKED, HOUR)
        password_links.ask(form.who.data, now)
        db.session.commit()
    page = render_template("accounts/forgotten.html", form=form, is_sent=is_sent)
    return page, 422 if form.errors else 200


@bp.route("/sign-in/new-password/<key>", methods=["GET", "POST"])
@public(late=True)
def new_password(key: str) -> Any:
    """Choose a password by the link; it opens no session, so the code of the second factor is asked for as ever."""
    link = password_links.good(key, clock.now())
    form = NewPasswordForm()
    if link is not None and form.validate_on_submit():
        form.new.errors = passwords.check_new(form.new.data, link.official)
        if not form.new.errors:
            link = _choose(key, form.new.data)
            if link is not None:
                flash(_("Đã đặt mật khẩu mới. Đăng nhập bằng mật khẩu đó."), "ok")
                return redirect(url_for("accounts.sign_in"), 303)
    page = render_template("accounts/new_password.html", form=form, link=link, lasts=password_links.GOOD_FOR)
    answer = make_response(page, 410 if link is None else 422 if form.errors else 200)
    answer.headers["Referrer-Policy"] = "no-referrer"  # the key stands in the address
    return answer


def _choose(key: str, password: str) -> PasswordLink | None:
    """Hash outside the write turn; None where the link was used meanwhile."""
    hashed = passwords.hash_password(password)
    begin_write()
    now = clock.now()
    link = password_links.good(key, now)
    if link is None or not password_links.use(link, hashed, now):
        return None
    db.session.commit()
    return link
