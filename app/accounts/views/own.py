"""An official's own account: password, language, keys, and where they are signed in."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import clock
from ...extensions import begin_write, db
from ...guards import signed_in
from ...refusals import Missing
from .. import actions, attempts, door, passwords, single
from ..forms import PasswordForm, PreferencesForm
from . import bp

TRIES, WINDOW = 10, 15 * 60
"""Wrong current passwords an official may type in 15 minutes (seconds)."""


@bp.route("/account", methods=["GET", "POST"])
@signed_in(late=True)
def me() -> Any:
    """The own account; a POST changes the password."""
    form = PasswordForm()
    if request.method == "POST" and form.validate():
        changed = _change_password(form)
        if changed is not None:
            return changed
    tastes = PreferencesForm(formdata=None, language=current_user.language, has_keys=current_user.has_keys)
    rows = door.sign_ins(current_user.id, clock.now())
    here = door.hash_of(current_user.key)
    linked = single.linked(current_user.id) if single.is_on(current_app.config) else None
    page = render_template("accounts/me.html", form=form, tastes=tastes, rows=rows, here=here, now=clock.today(),
                           linked=linked)  # fmt: skip
    return page, 422 if form.errors else 200


def _change_password(form: PasswordForm) -> Any:
    """Hash outside the write turn; None when something typed was wrong (the form says what)."""
    now, who = clock.now(), f"official:{current_user.id}"
    if len(form.new.data) > passwords.LONGEST:  # said at once, before anything slow
        form.new.errors = passwords.check_new(form.new.data, current_user.official)
        return None
    attempts.refuse_if_over("password", who, now, TRIES, WINDOW)
    if not passwords.verify(current_user.official, form.current.data):
        begin_write()
        attempts.count("password", who, now)
        db.session.commit()
        form.current.errors = [_("Mật khẩu đang dùng không đúng.")]
        return None
    form.new.errors = passwords.check_new(form.new.data, current_user.official)
    if not form.new.errors and form.new.data == form.current.data:
        form.new.errors = [_("Mật khẩu mới phải khác mật khẩu đang dùng.")]
    if form.new.errors:
        return None
    hashed = passwords.hash_password(form.new.data)
    begin_write()
    actor = current_user.actor(clock.today())
    actions.change_password(current_user.official, hashed, current_user.key, actor, now)
    db.session.commit()
    flash(_("Đã đổi mật khẩu. Các máy khác đã bị đăng xuất."), "ok")
    return redirect(url_for("accounts.me"), 303)


@bp.post("/account/preferences")
@signed_in
def preferences() -> Any:
    """Language of the pages, single keys on or off."""
    form = PreferencesForm()
    if form.validate():
        actions.prefer(current_user.official, form.language.data, form.has_keys.data)
        db.session.commit()
        session["language"] = form.language.data
        flash(_("Đã lưu."), "ok")
    return redirect(url_for("accounts.me"), 303)


@bp.post("/account/sign-ins/end")
@signed_in
def end_sign_in() -> Any:
    """Sign out of another browser (field `which`: the start of its hash), or of all others (`which` empty)."""
    now, here = clock.now(), door.hash_of(current_user.key)
    which = request.form.get("which", "")
    if which and len(which) < 16:
        raise Missing
    count = door.end(door.sign_ins(current_user.id, now), now, only=which, but=here)
    db.session.commit()
    flash(_("Đã đăng xuất %(n)s máy khác.", n=count), "ok")
    return redirect(url_for("accounts.me"), 303)
