"""The recurring calendar of a unit: kept, days made from it, stopped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ... import clock
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing
from .. import showing
from ..actions.patterns import make_days, save_pattern, stop_pattern
from ..forms.days import PatternForm
from ..models import ReceptionPattern
from ..queries import days as queries
from ..queries.hosts import heads, who_may_receive
from . import bp
from .desk import DESK, official, refused, unit_of

AHEAD = timedelta(days=92)
"""How far ahead days are made at once."""


@bp.route("/desk/reception/calendar", methods=["GET", "POST"])
@role(*DESK)
def patterns() -> Any:
    """The calendars of one's units, and a form for one more; its days are made at once, three months ahead."""
    form: Any = PatternForm()
    units, today = queries.own_units(g.actor), clock.today()
    unit = next((one for one in units if one.code == request.values.get("unit")), units[0])
    form.offer(units, who_may_receive(unit.id, today), heads(unit.id, today))
    if request.method == "GET":
        form.unit.data, form.from_on.data = unit.code, today
        return _page(form, today)
    if not form.validate():
        return _page(form, today), 422
    now = clock.now()
    try:
        row = save_pattern(form.new_pattern(official(form.host.data)), unit_of(form.unit.data), g.actor, now)
        made = make_days(row, today + AHEAD, g.actor, now)
        db.session.commit()
    except Invalid as error:
        status = refused(form, error)
        return _page(form, today), status
    _said(len(made), today + AHEAD)
    return redirect(url_for("dialogues.days", unit=row.unit.code), 303)


def _page(form: PatternForm, today: date) -> str:
    rows = [row for unit in queries.own_units(g.actor) for row in queries.patterns_of(unit.id)]
    return render_template("dialogues/patterns.html", form=form, rows=rows, said=showing.pattern_said, today=today)


def _said(made: int, until: date) -> None:
    words = ngettext("Đã lập %(num)s buổi đến hết %(day)s.", "Đã lập %(num)s buổi đến hết %(day)s.", made,
                     day=until.strftime("%d/%m/%Y"))  # fmt: skip
    flash(words, "ok")


@bp.post("/desk/reception/calendar/<int:pattern_id>")
@role(*DESK)
def pattern(pattern_id: int) -> Any:
    """Make more days from a calendar, or stop it."""
    row = db.session.get(ReceptionPattern, pattern_id)
    if row is None or row.unit_id not in {unit.id for unit in queries.own_units(g.actor)}:
        raise Missing
    until = clock.today() + AHEAD
    if request.form.get("do") == "stop":
        stop_pattern(row, g.actor, clock.now())
        flash(_("Đã dừng lịch. Các buổi đã lập vẫn giữ, buổi nào không tiếp thì dời."), "ok")
    else:
        _said(len(make_days(row, until, g.actor, clock.now())), until)
    db.session.commit()
    return redirect(url_for("dialogues.patterns"), 303)
