"""The calendar by which clocks count: every official reads it, the province's administrators decide on days."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from ... import clock
from ...extensions import db
from ...guards import role, signed_in
from ...refusals import Invalid
from ...rules.workflow import Role
from ...words import is_vietnamese, named
from .. import actions, reach
from ..calendar import law, moved_by
from ..fields import say
from ..forms import DayForm
from ..models import CalendarOverride
from ..months import months
from . import bp

COMMAND = "flask --app wsgi recompute-deadlines"


@bp.route("/admin/calendar", methods=["GET", "POST"])
@role(Role.ADMINISTRATOR)
def calendar() -> Any:
    """The year's months and the days that differ, with the government's own decisions, and a form for one more."""
    form = DayForm()
    if form.validate_on_submit():
        try:
            actions.override_day(form.on.data, form.kind.data, form.reason.data, form.document.data, g.actor,
                                 clock.now())  # fmt: skip
        except Invalid as refusal:
            say(form, refusal)
        else:
            moved = moved_by(form.on.data)
            db.session.commit()
            flash(_("Đã ghi. %(moved)s", moved=_moved(moved)), "ok")
            return redirect(url_for("units.calendar", year=form.on.data.year), 303)
    page = render_template("units/calendar.html", form=form, may_change=reach.reaches_all(g.actor), **_year())
    return page, 422 if form.errors else 200


@bp.get("/calendar")
@signed_in
def working_days() -> Any:
    """The same calendar for every official, to read: by it each due date is counted."""
    return render_template("units/working_days.html", **_year())


@bp.post("/admin/calendar/<day>/remove")
@role(Role.ADMINISTRATOR)
def remove_day(day: str) -> Any:
    """Let the shipped calendar decide on a day again."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return redirect(url_for("units.calendar"), 303)
    try:
        actions.remove_override(on, g.actor, clock.now())
    except Invalid as refusal:
        flash(_(refusal.reason), "late")
    else:
        moved = moved_by(on)
        db.session.commit()
        flash(_("Đã bỏ, ngày này lại theo lịch chung. %(moved)s", moved=_moved(moved)), "ok")
    return redirect(url_for("units.calendar", year=on.year), 303)


def _moved(count: int) -> str:
    """What the decision means for clocks that run: they stay, until somebody recomputes them on purpose."""
    if not count:
        return _("Không hạn nào đang chạy bị khác đi.")
    return ngettext(
        "%(num)s hạn đang chạy sẽ khác đi nếu tính lại. Chưa hạn nào bị dời. Muốn xem và dời: %(command)s",
        "%(num)s hạn đang chạy sẽ khác đi nếu tính lại. Chưa hạn nào bị dời. Muốn xem và dời: %(command)s",
        count, command=COMMAND,
    )  # fmt: skip


def _year() -> dict[str, Any]:
    """The year asked for: its months, and its days that differ from their weekday, with our own decision behind each.

    Years that no calendar can hold show this year.
    """
    this_year, working = clock.today().year, law().calendar
    asked = request.args.get("year", this_year, type=int)
    year = asked if 2000 <= asked <= 2100 else this_year
    own = {row.on: row for row in db.session.scalars(select(CalendarOverride))}
    listed = sorted((day for day in working.days.values() if day.on.year == year), key=lambda day: day.on)
    return {
        "year": year, "years": range(this_year - 1, this_year + 3),
        "months": months(year, working, set(own), "vi" if is_vietnamese() else "en"),
        "days": [(day.on, day.kind, named(day), own.get(day.on)) for day in listed],
        "still_open": clock.today() - actions.LATEST,
    }  # fmt: skip
