"""The settings that officials may change."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...extensions import db
from ...guards import role
from ...rules.retention import TERMS
from ...rules.workflow import Role
from ...words import named
from .. import actions, queries, reach
from ..forms import GovernmentSettingsForm, UnitSettingsForm
from ..models import Unit
from . import bp
from .tree import own_unit

GOVERNMENT = ("web_complaint_counts", "intake_unit", "inspectorate_unit", "reopen_days", "answer_window_days",
              "digest_time", "monthly_report", "large_group", "report_window_day", "report_window_month",
              *(term.setting for term in TERMS.values()))  # fmt: skip
OF_A_UNIT = ("reopen_days", "answer_window_days", "voters", "alert_on_time_below", "alert_overdue_above")


@bp.route("/admin/settings", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR)
def settings() -> Any:
    """Settings of the whole government, and those a unit has of its own (?unit=code, field `of`)."""
    today = clock.today()
    units = [unit for unit in queries.valid_units(today) if reach.reaches_path(g.actor, unit.path)]
    chosen = next((unit for unit in units if unit.code == request.values.get("unit")), None)
    is_own = request.form.get("of") == "unit"
    general = _general_form(units, filled=request.method == "POST" and not is_own)
    own = _unit_form(units, chosen, filled=is_own)
    form = own if is_own else general
    if request.method == "POST" and form.validate():
        _save(own_unit(own.unit.data) if is_own else None, form)
        return redirect(url_for("units.settings", unit=own.unit.data if is_own else None), 303)
    rows = [row for row in queries.units_with_settings() if reach.reaches_path(g.actor, row[0].path)]
    page = render_template("units/settings.html", form=form, general=general, own=own, rows=rows, chosen=chosen,
                           defaults=queries.DEFAULTS, may_change=reach.reaches_all(g.actor))  # fmt: skip
    return page, 422 if request.method == "POST" else 200


def _general_form(units: list[Unit], filled: bool) -> GovernmentSettingsForm:
    values = {key: queries.DEFAULTS[key] for key in GOVERNMENT} | queries.settings_of(None)
    form = GovernmentSettingsForm(None if not filled else request.form, data=values)
    form.intake_unit.offer(("", _("Bộ phận tiếp nhận của đơn vị đứng đầu")),
                           *((unit.code, named(unit, True)) for unit in units))  # fmt: skip
    form.inspectorate_unit.offer(("", _("Không có")), *((unit.code, named(unit, True)) for unit in units))
    return form


def _unit_form(units: list[Unit], chosen: Unit | None, filled: bool) -> UnitSettingsForm:
    values = queries.settings_of(chosen.id) if chosen else {}
    data = {"unit": chosen.code if chosen else "", **{key: values.get(key) for key in OF_A_UNIT}}
    form = UnitSettingsForm(None if not filled else request.form, data=data, prefix="own")
    form.unit.offer(("", _("Chọn đơn vị")), *((unit.code, named(unit, True)) for unit in units))
    return form


def _save(unit: Unit | None, form: Any) -> None:
    for key in OF_A_UNIT if unit else GOVERNMENT:
        value = form[key].data
        if unit is None and value in (None, ""):
            value = None if not key.endswith("_unit") else ""
        actions.set_setting(key, unit, _as_kept(key, unit, value), g.actor, clock.now())
    db.session.commit()
    flash(_("Đã lưu. Áp dụng cho các việc từ nay."), "ok")


def _as_kept(key: str, unit: Unit | None, value: Any) -> Any:
    """The default of the whole government is not written down: it may change with the program."""
    return None if unit is None and value == queries.DEFAULTS[key] else value
