"""What residents may write about, and who handles it."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing
from ...rules.workflow import Kind, Role
from ...words import named
from .. import actions, queries, reach
from ..fields import say
from ..forms import CategoryForm, NewCategoryForm
from ..models import Category
from . import bp

FACTS = ("name_vi", "name_en", "handling_level", "deadline_variant", "is_active")


@bp.get("/admin/categories")
@role(Role.ADMINISTRATOR)
def categories() -> Any:
    """All categories in their two levels."""
    rows = queries.every_category()
    units = queries.by_ids([row.unit_id for row in rows if row.unit_id])
    levels = {level.code: level for level in queries.levels()}
    groups = [(row, [child for child in rows if child.parent_id == row.id]) for row in rows if row.parent_id is None]
    return render_template("units/categories.html", groups=groups, units=units, levels=levels,
                           may_change=reach.reaches_all(g.actor))  # fmt: skip


def _facts(form: Any, old_kinds: list[str]) -> dict[str, Any]:
    """What was chosen; kinds of petition that this form does not offer stay as they were."""
    unit = queries.unit_by_code(form.unit.data) if form.unit.data else None
    offered = {str(kind) for kind in Kind}
    kinds = [*form.kinds.data, *(kind for kind in old_kinds if kind not in offered)]
    facts = {name: form[name].data for name in FACTS}
    return {**facts, "kinds": kinds, "unit_id": unit.id if unit else None}


def _level_needs_unit(form: Any) -> bool:
    """A level that governs no places handles a category through the unit named; without one nobody would."""
    places = {unit.level for unit in queries.areas(clock.today())}
    if form.handling_level.data in places or form.unit.data:
        return False
    form.unit.errors = [_("Cấp này không gắn với địa bàn: chọn đơn vị phụ trách.")]
    return True


@bp.route("/admin/categories/new", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR)
def new_category() -> Any:
    """One more category."""
    reach.must_reach_all(g.actor)
    usual = ["feedback", "complaint", "dialogue"]
    form = NewCategoryForm(is_active=True, kinds=usual if request.method == "GET" else None)
    form.offer(queries.levels(), queries.valid_units(clock.today()))
    groups = {row.code: row for row in queries.every_category() if row.parent_id is None}
    form.parent.offer(("", _("Đây là một nhóm mới")), *((code, named(row)) for code, row in groups.items()))
    if form.validate_on_submit() and not _level_needs_unit(form):
        try:
            parent = groups.get(form.parent.data)
            made = actions.create_category(form.code.data, parent, _facts(form, []), g.actor, clock.now())
            db.session.commit()
        except Invalid as refusal:
            say(form, refusal)
        else:
            flash(_("Đã thêm lĩnh vực %(name)s.", name=made.name_vi), "ok")
            return redirect(url_for("units.categories"), 303)
    return render_template("units/category.html", form=form, category=None), 422 if form.errors else 200


@bp.route("/admin/categories/<code>", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR)
def category(code: str) -> Any:
    """Who handles a category, how fast, and whether residents may choose it."""
    reach.must_reach_all(g.actor)
    row: Category | None = queries.category_by_code(code)
    if row is None:
        raise Missing
    form = CategoryForm(obj=row, unit=row.unit.code if row.unit else "")
    units = queries.valid_units(clock.today())
    form.offer(queries.levels(), units if row.unit is None or row.unit in units else [*units, row.unit])
    if form.validate_on_submit() and not _level_needs_unit(form):
        actions.change_category(row, _facts(form, row.kinds), g.actor, clock.now())
        db.session.commit()
        flash(_("Đã lưu."), "ok")
        return redirect(url_for("units.categories"), 303)
    return render_template("units/category.html", form=form, category=row), 422 if form.errors else 200
