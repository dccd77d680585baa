"""The officials of an administrator's units. Pages that also move cases (somebody leaves) stand in desk/house_views."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import clock
from ...extensions import db
from ...guards import role
from ...journal.record import record
from ...refusals import Invalid, Missing
from ...rules.workflow import Action, Role
from ...units.fields import say
from ...units.models import Unit
from ...units.queries import unit_by_code, valid_units
from .. import actions, door, password_links, queries, reach, two_person
from ..forms import FactsForm, NewOfficialForm, PostForm
from ..models import Official
from ..two_person import Verb
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
@role(Role.ADMINISTRATOR)
def new_official() -> Any:
    """Create an official, who chooses the password by a link: mailed, or shown on the answer and nowhere else."""
    form = NewOfficialForm().offer(_units())
    if form.validate_on_submit():
        try:
            return _create(form)
        except Invalid as refusal:
            db.session.rollback()
            say(form, refusal)
    return render_template("accounts/new_official.html", form=form), 422 if form.errors else 200


def _create(form: NewOfficialForm) -> Any:
    now, unit, given = clock.now(), _unit(form.unit.data), Role(form.role.data)
    facts = {"account": actions.free_account(form.account.data), "name": form.name.data,
             "title": form.title.data or "", "email": form.email.data or ""}  # fmt: skip
    if two_person.touches([given]):
        two_person.ask(Verb.CREATE, None, unit, {**facts, "role": str(given)}, g.actor, now)
        return _asked("accounts.officials")
    person, key = password_links.create(facts, unit, given, g.actor, now)
    db.session.commit()
    return _link(person, key, is_new=True)


def _asked(endpoint: str, **values: Any) -> Any:
    """Nothing changed yet: another administrator has to approve."""
    db.session.commit()
    flash(_("Đã ghi đề nghị. Một quản trị khác duyệt trong bảy ngày thì mới có hiệu lực."), "ok")
    return redirect(url_for(endpoint, **values), 303)


def _link(person: Official, key: str, is_new: bool) -> Any:
    """The link to hand over, or word that it went out by mail."""
    if key:
        return render_template("accounts/link_once.html", official=person, is_new=is_new,
                               url=password_links.address(key), lasts=password_links.GOOD_FOR)  # fmt: skip
    flash(_("Đã gửi đường dẫn chọn mật khẩu đến %(email)s.", email=person.email), "ok")
    return redirect(url_for("accounts.official", official_id=person.id), 303)


@bp.route("/admin/officials/<int:official_id>", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR)
def official(official_id: int) -> Any:
    """One official: facts to correct, posts held and past, sign-ins. No case is shown here."""
    person = _official(official_id)
    form = FactsForm(obj=person)
    if form.validate_on_submit():
        facts = {"name": form.name.data, "title": form.title.data or "", "email": form.email.data or ""}
        if facts["email"] != person.email and two_person.guards(person, clock.today()):
            return _ask_about(Verb.ADDRESS, person, facts)
        actions.change_facts(person, facts, g.actor, clock.now())
        db.session.commit()
        flash(_("Đã lưu."), "ok")
        return redirect(url_for("accounts.official", official_id=person.id), 303)
    return _page(person, form, PostForm(formdata=None))


def _home(person: Official) -> Unit:
    """The unit whose administrators a request about this official goes to."""
    held = person.posts_on(clock.today()) or person.posts
    return held[0].unit


def _page(person: Official, form: FactsForm, post_form: PostForm) -> Any:
    has_errors = form.errors or post_form.errors
    today = clock.today()
    page = render_template("accounts/official.html", person=person, form=form, post_form=post_form.offer(_units()),
                           factor=person.second_factor, needs_two=two_person.guards(person, today), today=today,
                           is_self=person.id == current_user.id, rows=door.sign_ins(person.id, clock.now()),
                           reaches=lambda path: reach.reaches_path(g.actor, path))  # fmt: skip
    return page, 422 if has_errors else 200


@bp.post("/admin/officials/<int:official_id>/posts")
@role(Role.ADMINISTRATOR)
def begin_post(official_id: int) -> Any:
    """Give one more post, from today on."""
    person = _official(official_id)
    form = PostForm().offer(_units())
    if form.validate():
        unit, given, now = _unit(form.unit.data), Role(form.role.data), clock.now()
        try:
            if two_person.touches([given]):
                actions.may_begin(person, unit, given, g.actor, now)
                two_person.ask(Verb.BEGIN, person, unit, {"role": str(given)}, g.actor, now)
                return _asked("accounts.official", official_id=person.id)
            actions.begin_post(person, unit, given, g.actor, now)
            db.session.commit()
        except Invalid as refusal:
            say(form, refusal)
        else:
            flash(_("Đã giao nhiệm vụ. Cán bộ này đăng nhập lại để bắt đầu."), "ok")
            return redirect(url_for("accounts.official", official_id=person.id), 303)
    return _page(person, FactsForm(formdata=None, obj=person), form)


@bp.post("/admin/officials/<int:official_id>/password")
@role(Role.ADMINISTRATOR)
def reset_password(official_id: int) -> Any:
    """The old password is void; the official chooses a new one by a link, mailed or shown on the answer."""
    person = _official(official_id)
    if two_person.guards(person, clock.today()):
        return _ask_about(Verb.PASSWORD, person)
    key = password_links.start_over(person, g.actor, clock.now())
    db.session.commit()
    return _link(person, key, is_new=False)


@bp.post("/admin/officials/<int:official_id>/second-factor/remove")
@role(Role.ADMINISTRATOR)
def drop_factor(official_id: int) -> Any:
    """The official lost telephone and paper: the second factor is taken away, to be set up anew."""
    person = _official(official_id)
    if two_person.guards(person, clock.today()):
        return _ask_about(Verb.FACTOR, person)
    actions.drop_factor(person, g.actor, clock.now())
    db.session.commit()
    flash(_("Đã bỏ xác thực hai lớp của %(name)s. Lần đăng nhập tới đặt lại từ đầu.", name=person.name), "ok")
    return redirect(url_for("accounts.official", official_id=person.id), 303)


@bp.post("/admin/officials/<int:official_id>/enable")
@role(Role.ADMINISTRATOR)
def enable(official_id: int) -> Any:
    """Let a disabled official in again."""
    person = _official(official_id)
    if two_person.guards(person, clock.today()):
        return _ask_about(Verb.ENABLE, person)
    actions.enable(person, g.actor, clock.now())
    db.session.commit()
    flash(_("%(name)s đăng nhập lại được từ bây giờ.", name=person.name), "ok")
    return redirect(url_for("accounts.official", official_id=person.id), 303)


def _ask_about(verb: Verb, person: Official, facts: dict[str, str] | None = None) -> Any:
    """Two are needed for this: the request is kept, and said so; a second one like it is not."""
    reach.must_reach_all(g.actor, person)
    try:
        two_person.ask(verb, person, _home(person), facts or {}, g.actor, clock.now())
    except Invalid as refusal:
        flash(_(refusal.reason), "late")
        return redirect(url_for("accounts.official", official_id=person.id), 303)
    return _asked("accounts.official", official_id=person.id)


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
