"""The government tree: who there is, since when, and who took over."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing
from ...rules.workflow import Role
from .. import actions, duties, queries, reach
from ..fields import say
from ..forms import NewUnitForm, UnitForm
from ..models import Unit
from . import bp


def own_unit(code: str) -> Unit:
    """The unit with that code within the visitor's reach; any other does not exist for them."""
    unit = queries.unit_by_code(code)
    if unit is None or not reach.reaches_path(g.actor, unit.path):
        raise Missing
    return unit


@bp.get("/admin/units")
@role(Role.ADMINISTRATOR)
def tree() -> Any:
    """Every unit in reach, level by level; closed ones apart."""
    today = clock.today()
    units = queries.all_units(reach.paths(g.actor))
    levels = {level.code: level for level in queries.levels()}
    valid = [unit for unit in units if unit.is_valid(today)]
    groups = [(levels[code], list(rows)) for code, rows in groupby(valid, key=lambda unit: unit.level)]
    closed = [unit for unit in units if not unit.is_valid(today)]
    return render_template("units/tree.html", groups=groups, closed=closed, names={u.id: u for u in units},
                           today=today, reaches_all=reach.reaches_all(g.actor))  # fmt: skip


@bp.route("/admin/units/new", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR)
def new_unit() -> Any:
    """A unit is founded, or comes out of a merger."""
    today = clock.today()
    parents = [unit for unit in queries.valid_units(today) if reach.reaches_path(g.actor, unit.path)]
    form = NewUnitForm(valid_from=today).offer(queries.levels(), parents)
    if form.validate_on_submit():
        try:
            unit = _create(form)
        except Invalid as refusal:
            say(form, refusal)
        else:
            flash(_("Đã thêm %(name)s.", name=unit.short_vi), "ok")
            return redirect(url_for("units.edit", code=unit.code), 303)
    return render_template("units/new_unit.html", form=form), 422 if form.errors else 200


def _create(form: NewUnitForm) -> Unit:
    facts = {name: form[name].data for name in actions.NEW_UNIT if name in form}
    facts["area_code"] = form.code.data if form.is_area.data else ""
    unit = actions.create_unit(form.code.data, own_unit(form.parent.data), facts, g.actor, clock.now())
    db.session.commit()
    return unit


@bp.route("/admin/units/<code>", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR)
def edit(code: str) -> Any:
    """One unit: names and flags to correct, what stands below it, and the way to close it."""
    unit = own_unit(code)
    form = UnitForm(obj=unit)
    if request.method == "POST" and form.validate():
        actions.change_unit(unit, {name: form[name].data for name in UNIT_FACTS}, g.actor, clock.now())
        db.session.commit()
        flash(_("Đã lưu."), "ok")
        return redirect(url_for("units.edit", code=unit.code), 303)
    today = clock.today()
    page = render_template("units/edit.html", form=form, unit=unit, today=today,
                           children=[child for child in queries.children_of(unit) if child.is_valid(today)],
                           level=next(level for level in queries.levels() if level.code == unit.level),
                           owed=[duties.lines(duty) for duty in duties.owed_from(unit, today)])  # fmt: skip
    return page, 422 if form.errors else 200


UNIT_FACTS = ("name_vi", "short_vi", "name_en", "short_en", "is_remote")
