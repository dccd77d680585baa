"""The officials of an administrator's units. Pages that also move cases (somebody leaves) stand in desk/house_views."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import clock
from ...extensions import begin_write, db
from ...guards import role
from ...journal.record import record
from ...refusals import Invalid, Missing
from ...rules.workflow import Action, Role
from ...units.fields import say
from ...units.models import Unit
from ...units.queries import unit_by_code, valid_units
from .. import actions, door, passwords, queries, reach
from ..forms import FactsForm, NewOfficialForm, PostForm
from ..models import Official
from . import bp


def _units() -> list[Unit]:
    """Units of today in which the visitor may give posts."""
    return [unit for unit in valid_units(clock.today()) if reach.reaches_path(g.actor, unit.path)]


def _unit(code: str) -> Unit:
    unit = unit_by_code(code)
    if unit is None:
        raise Missing
    return unit


def _official(official_id: int) -> Official:
    return reach.must_reach(g.actor, queries.by_id(official_id))


@bp.get("/admin/officials")
@role(Role.ADMINISTRATOR)
def officials() -> Any:
    """Everybody who works in the visitor's units, searchable by name and unit."""
    words, code = request.args.get("q", "").strip(), request.args.get("unit", "")
    units, page = _units(), max(1, request.args.get("page", 1, type=int))
    chosen = next((unit for unit in units if unit.code == code), None)
    paths = [chosen.path] if chosen else reach.paths(g.actor)
    found = queries.directory(paths, words, page)
    return render_template("accounts/officials.html", found=found, units=units, chosen=chosen, words=words,
                           today=clock.today())  # fmt: skip


@bp.route("/admin/officials/new", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR, late=True)
def new_official() -> Any:
    """Create an official; the one-time password is shown on the answer and nowhere else."""
    form = NewOfficialForm().offer(_units())
    if form.validate_on_submit():
        try:
            return _create(form)
        except Invalid as refusal:
            db.session.rollback()
            say(form, refusal)
    return render_template("accounts/new_official.html", form=form), 422 if form.errors else 200


def _create(form: NewOfficialForm) -> Any:
    password = passwords.one_time()
    hashed = passwords.hash_password(password)
    begin_write()
    person = actions.create(form.account.data, form.name.data, _unit(form.unit.data), Role(form.role.data), hashed,
                            g.actor, clock.now(), title=form.title.data or "", email=form.email.data or "")  # fmt: skip
    db.session.commit()
    return render_template("accounts/password_once.html", official=person, password=password, is_new=True)


@bp.route("/admin/officials/<int:official_id>", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR)
def official(official_id: int) -> Any:
    """One official: facts to correct, posts held and past, sign-ins. No case is shown here."""
    person = _official(official_id)
    form = FactsForm(obj=person)
    if form.validate_on_submit():
        facts = {"name": form.name.data, "title": form.title.data or "", "email": form.email.data or ""}
        actions.change_facts(person, facts, g.actor, clock.now())
        db.session.commit()
        flash(_("Đã lưu."), "ok")
        return redirect(url_for("accounts.official", official_id=person.id), 303)
    return _page(person, form, PostForm(formdata=None))


def _page(person: Official, form: FactsForm, post_form: PostForm) -> Any:
    has_errors = form.errors or post_form.errors
    page = render_template("accounts/official.html", person=person, form=form, post_form=post_form.offer(_units()),
                           is_self=person.id == current_user.id, today=clock.today(),
                           rows=door.sign_ins(person.id, clock.now()),
                           reaches=lambda path: reach.reaches_path(g.actor, path))  # fmt: skip
    return page, 422 if has_errors else 200


@bp.post("/admin/officials/<int:official_id>/posts")
@role(Role.ADMINISTRATOR)
def begin_post(official_id: int) -> Any:
    """Give one more post, from today on."""
    person = _official(official_id)
    form = PostForm().offer(_units())
    if form.validate():
        try:
            actions.begin_post(person, _unit(form.unit.data), Role(form.role.data), g.actor, clock.now())
            db.session.commit()
        except Invalid as refusal:
            say(form, refusal)
        else:
            flash(_("Đã giao nhiệm vụ. Cán bộ này đăng nhập lại để bắt đầu."), "ok")
            return redirect(url_for("accounts.official", official_id=person.id), 303)
    return _page(person, FactsForm(formdata=None, obj=person), form)


@bp.post("/admin/officials/<int:official_id>/password")
@role(Role.ADMINISTRATOR, late=True)
def reset_password(official_id: int) -> Any:
    """A new one-time password, shown on the answer and nowhere else."""
    password = passwords.one_time()
    hashed = passwords.hash_password(password)
    begin_write()
    person = _official(official_id)
    actions.reset_password(person, hashed, g.actor, clock.now())
    db.session.commit()
    return render_template("accounts/password_once.html", official=person, password=password, is_new=False)


@bp.post("/admin/officials/<int:official_id>/enable")
@role(Role.ADMINISTRATOR)
def enable(official_id: int) -> Any:
    """Let a disabled official in again."""
    person = _official(official_id)
    actions.enable(person, g.actor, clock.now())
    db.session.commit()
    flash(_("%(name)s đăng nhập lại được từ bây giờ.", name=person.name), "ok")
    return redirect(url_for("accounts.official", official_id=person.id), 303)


@bp.post("/admin/officials/<int:official_id>/sign-ins/end")
@role(Role.ADMINISTRATOR)
def end_sign_ins(official_id: int) -> Any:
    """Sign the official out of every browser."""
    person, now = _official(official_id), clock.now()
    count = actions.end_sign_ins(person, now)
    if count:
        record(Action.OFFICIAL_CHANGED, None, g.actor, now, about=f"official:{person.id}", signed_out=count)
    db.session.commit()
    flash(_("Đã đăng xuất %(name)s khỏi %(n)s máy.", name=person.name, n=count), "ok")
    return redirect(url_for("accounts.official", official_id=person.id), 303)
