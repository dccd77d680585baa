"""The own second factor: set up with a picture to scan, codes for paper, another telephone."""

from __future__ import annotations

import io
from typing import Any

import segno
from flask import Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import clock
from ...extensions import begin_write, db
from ...guards import signed_in
from ...refusals import Missing
from ...units.queries import government
from .. import actions, door, factor
from ..forms import EnrolForm, FactorForm
from . import bp
from .door import take_in


def _secret() -> str:
    return factor.proposed(current_app.config, current_user.key)


@bp.route("/account/second-factor", methods=["GET", "POST"])
@signed_in(late=True)
def second_factor() -> Any:
    """Set it up; or, once there is one, look after it."""
    if current_user.has_second_factor:
        return _page(FactorForm(formdata=None))
    form = EnrolForm()
    if form.validate_on_submit():
        codes = _enrol(form)
        if codes is not None:
            return _codes(codes, is_new=True)
    page = render_template("accounts/enrol.html", form=form, secret=_in_fours(_secret()))
    return page, 422 if form.errors else 200


def _in_fours(secret: str) -> str:
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _enrol(form: EnrolForm) -> list[str] | None:
    """None when something typed was wrong (the form says what)."""
    now = clock.now()
    factor.refuse_crowd(current_user.official, now)
    if not door.confirms(current_user, form.password.data, now):
        form.password.errors = [_("Mật khẩu đang dùng không đúng.")]
        return None
    secret = _secret()
    step = factor.step_of(secret, form.code.data, now)
    begin_write()
    if step is None:
        factor.turn_away(current_user.official, now)
        db.session.commit()
        form.code.errors = [_("Mã không đúng. Xem giờ trên điện thoại có đúng không, rồi ghi mã đang hiện.")]
        return None
    official, actor = current_user.official, current_user.actor(clock.today())
    codes = factor.enrol(official, secret, step, actor, now)
    door.end(door.sign_ins(official.id, now), now, but=door.hash_of(current_user.key))
    db.session.commit()
    return codes


@bp.get("/account/second-factor/qr.svg")
@signed_in
def second_factor_qr() -> Any:
    """The picture that the telephone scans; gone once there is a second factor."""
    if current_user.has_second_factor:
        raise Missing
    picture = io.BytesIO()
    issuer = f"Gần Dân, {government().get('name_vi', '')}".strip(", ")
    address = factor.address(_secret(), current_user.official, issuer)
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=True, svgns=True)
    return Response(picture.getvalue(), mimetype="image/svg+xml")


def _page(form: FactorForm) -> Any:
    row = current_user.official.second_factor
    page = render_template("accounts/second_factor.html", form=form, row=row,
                           left=factor.codes_left(current_user.id))  # fmt: skip
    return page, 422 if form.errors else 200


def _codes(codes: list[str], is_new: bool) -> Any:
    return render_template("accounts/recovery_codes.html", codes=codes, is_new=is_new, today=clock.today())


def _proved(form: FactorForm) -> bool:
    """Whether password and code are right; the write turn is taken when the answer comes."""
    if not current_user.has_second_factor or not form.validate_on_submit():
        return False
    now = clock.now()
    if not door.confirms(current_user, form.password.data, now):
        form.password.errors = [_("Mật khẩu đang dùng không đúng.")]
        return False
    begin_write()
    if factor.check(current_user.official, form.code.data, now):
        return True
    db.session.commit()
    form.code.errors = [_("Mã không đúng, đã dùng rồi hoặc đã hết hạn. Chờ mã mới rồi ghi lại.")]
    return False


@bp.post("/account/second-factor/codes")
@signed_in(late=True)
def renew_codes() -> Any:
    """Ten new codes for paper, shown on the answer and nowhere else."""
    form = FactorForm()
    if _proved(form):
        codes = factor.renew_codes(current_user.official, current_user.actor(clock.today()), clock.now())
        db.session.commit()
        return _codes(codes, is_new=False)
    return _page(form) if form.errors else redirect(url_for("accounts.second_factor"), 303)


@bp.post("/account/second-factor/remove")
@signed_in(late=True)
def remove_second_factor() -> Any:
    """Another telephone: the old one is forgotten, every browser signed out but this one, under a new key."""
    form = FactorForm()
    if _proved(form):
        official, now = current_user.official, clock.now()
        factor.drop(official, current_user.actor(clock.today()), now)
        actions.end_sign_ins(official, now)
        key = door.admit(official, now)
        db.session.commit()
        take_in(door.SignedIn(official, key))
        flash(_("Đã bỏ điện thoại cũ. Đặt điện thoại mới ngay bây giờ."), "ok")
        return redirect(url_for("accounts.second_factor"), 303)
    return _page(form) if form.errors else redirect(url_for("accounts.second_factor"), 303)
