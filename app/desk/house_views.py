"""Pages where people or units leave and their open cases go on. Cases show reference and status, nothing of content."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField

from .. import clock
from ..accounts import reach, two_person
from ..accounts.forms import PostForm
from ..accounts.models import Official, Post
from ..accounts.queries import by_id
from ..cases.models import Case
from ..extensions import db
from ..guards import role
from ..refusals import Invalid, Missing
from ..rules.workflow import N_, Role
from ..units.fields import Choice, Day, say
from ..units.models import Unit
from ..units.queries import unit_by_code, valid_units
from ..units.reach import must_reach_unit, reaches_path
from ..words import named
from . import house, second

bp = Blueprint("house", __name__)
WAYS_OUT = ("disable", "end", "move")
"""Shut out; relieved of one post; moved from one post to another."""
UNASSIGNED, AS_ABOVE = "unassigned", ""


def _leaver(official_id: int) -> tuple[Official, str, Post | None]:
    """Who leaves, in which way, and which post (none when shut out)."""
    person, way = reach.must_reach(g.actor, by_id(official_id)), request.args.get("do", "")
    if way not in WAYS_OUT:
        raise Missing
    reach.must_not_be_self(g.actor, person)
    if way == "disable":
        reach.must_reach_all(g.actor, person)
        return person, way, None
    number = request.args.get("post", type=int)
    post = next((post for post in person.posts_on(clock.today()) if post.id == number), None)
    if post is None:
        raise Missing
    must_reach_unit(g.actor, post.unit)
    return person, way, post


def _leave_form(cases: list[Case], able: dict[int, list[Official]], way: str) -> Any:
    """One choice per unit, one per case, and where a move goes to."""
    fields: dict[str, Any] = {}
    for unit_id, officers in able.items():
        choices = [("", _l("Chọn người nhận")), *((str(o.id), o.name) for o in officers),
                   (UNASSIGNED, _l("Chưa giao ai, để đơn vị tự giao"))]  # fmt: skip
        fields[f"unit_{unit_id}"] = Choice(_l("Ai nhận các việc này"), _l("Chọn ai nhận các việc."), choices=choices)
    for case in cases:
        own = [(AS_ABOVE, _l("Như đã chọn ở trên")), *((str(o.id), o.name) for o in able[case.unit_id]),
               (UNASSIGNED, _l("Chưa giao ai"))]  # fmt: skip
        fields[f"case_{case.id}"] = Choice(case.reference, choices=own)
    return type("LeaveForm", (PostForm if way == "move" else FlaskForm,), fields)()


def _chosen(form: Any, cases: list[Case]) -> house.Choice:
    def read(name: str) -> int | None:
        value = form[name].data
        return None if value == UNASSIGNED else int(value)

    units = {case.unit_id: read(f"unit_{case.unit_id}") for case in cases}
    return house.Choice(None, units, {c.id: read(f"case_{c.id}") for c in cases if form[f"case_{c.id}"].data})


@bp.route("/admin/officials/<int:official_id>/leave", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR)
def leave(official_id: int) -> Any:
    """Somebody leaves: who takes the open cases? (?do=disable, or do=end or move with &post=number)"""
    person, way, post = _leaver(official_id)
    cases = house.cases_at(person, post) if post else house.cases_of(person)
    able = house.takers(cases, person, clock.today())
    form = _leave_form(cases, able, way)
    if way == "move":
        form.offer([unit for unit in valid_units(clock.today()) if reaches_path(g.actor, unit.path)])
    if form.validate_on_submit():
        try:
            _ask_or_do(form, person, way, post, _chosen(form, cases))
        except Invalid as refusal:
            say(form, refusal)
        else:
            return redirect(url_for("accounts.official", official_id=person.id), 303)
    page = render_template("house/leave.html", form=form, person=person, way=way, post=post, cases=cases, able=able)
    return page, 422 if form.errors else 200


def _ask_or_do(form: Any, person: Official, way: str, post: Post | None, choice: house.Choice) -> None:
    """Done at once; or, where a role that watches or gives power is touched, asked of a second administrator."""
    roles = [p.role for p in person.posts_on(clock.today())] if post is None else [post.role]
    target = {"unit": form.unit.data, "role": form.role.data} if way == "move" else {}
    if not two_person.touches([*roles, *filter(None, [target.get("role")])]):
        _do_leave(form, person, way, post, choice)
        return
    second.ask_to_leave(way, person, post, target, choice, g.actor, clock.now())
    db.session.commit()
    flash(_("Đã ghi đề nghị. Một quản trị khác duyệt trong bảy ngày thì mới có hiệu lực."), "ok")


def _do_leave(form: Any, person: Official, way: str, post: Post | None, choice: house.Choice) -> None:
    now = clock.now()
    if way == "disable":
        count = house.disable(person, choice, g.actor, now)
        said = _("Đã khóa tài khoản của %(name)s.", name=person.name)
    elif way == "end" and post:
        count = house.end_post(post, choice, g.actor, now)
        said = _("%(name)s thôi giữ nhiệm vụ này từ hôm nay.", name=person.name)
    else:
        assert post is not None
        count = house.move(post, _unit(form.unit.data), Role(form.role.data), choice, g.actor, now)
        said = _("%(name)s nhận nhiệm vụ mới từ hôm nay.", name=person.name)
    db.session.commit()
    flash(said + (" " + _("Đã bàn giao %(n)s việc.", n=count) if count else ""), "ok")


def _unit(code: str) -> Unit:
    unit = unit_by_code(code)
    if unit is None:
        raise Missing
    return unit


WATCHERS_FIRST = N_("Đơn vị còn người giám sát, thanh tra hoặc quản trị: chuyển các nhiệm vụ đó trước.")


class CloseForm(FlaskForm):
    """Into which unit, from which day, with its people or without."""

    successor = Choice(_l("Đơn vị kế thừa"), _l("Chọn đơn vị kế thừa."))
    from_on = Day(
        _l("Đơn vị kế thừa làm thay từ ngày"),
        _l("Chưa ghi ngày."),
        description=_l("Hôm nay, hoặc một ngày đã qua theo quyết định sáp nhập."),
    )
    takes_people = BooleanField(_l("Cán bộ của đơn vị chuyển sang đơn vị kế thừa, giữ nguyên vai trò"))


@bp.route("/admin/units/<code>/close", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR)
def close(code: str) -> Any:
    """Close a unit or merge it into another: its open cases move, with an event each."""
    unit = _unit(code)
    if not reaches_path(g.actor, unit.path):
        raise Missing
    form = CloseForm(from_on=clock.today(), takes_people=True)
    others = [u for u in valid_units(clock.today()) if u.id != unit.id and reaches_path(g.actor, u.path)]
    form.successor.offer(("", _("Chọn đơn vị")), *((u.code, named(u, True)) for u in others))
    if form.validate_on_submit():
        try:
            if two_person.touches(post.role for post in house.posts_at(unit, clock.today())):
                raise Invalid(WATCHERS_FIRST, "successor")
            count = house.close(unit, _unit(form.successor.data), form.from_on.data, form.takes_people.data, g.actor,
                                clock.now())  # fmt: skip
            db.session.commit()
        except Invalid as refusal:
            say(form, refusal)
        else:
            flash(_("Đã đóng đơn vị. %(n)s việc đang mở đã sang đơn vị kế thừa.", n=count), "ok")
            return redirect(url_for("units.edit", code=unit.code), 303)
    page = render_template("house/close.html", form=form, unit=unit, open_count=house.count_open(unit),
                           people=len(house.posts_at(unit, clock.today())))  # fmt: skip
    return page, 422 if form.errors else 200
