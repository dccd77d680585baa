"""The office's reception days: coming ones with the duty of the month, one opened, moved, held; the day's sheet."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ... import clock
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing, Stale, WrongStep
from ...rules.dialogues import reception
from ...units.models import Unit
from ...words import show_date
from .. import showing
from ..actions.days import open_day, will_not_count
from ..actions.moving import bookings_of, hold_day, move_day
from ..forms.days import DayForm, HoldForm, MoveForm
from ..models import ReceptionDay
from ..queries import days as queries
from ..queries.hosts import counts, heads, next_term, standing, who_may_receive
from . import bp
from .desk import DESK, READERS, may_work, must_work, official, refused, unit_of


@bp.get("/desk/reception")
@role(*READERS)
def days() -> Any:
    """Coming days of one unit, with its duty, the results still owed, and past days."""
    units, today = queries.seen_units(g.actor), clock.today()
    unit = _asked(units, request.args.get("unit", ""))
    own = [one.id for one in queries.own_units(g.actor)]
    return render_template(
        "dialogues/days.html", unit=unit, units=units, lines=queries.coming(unit.id, today),
        past=queries.past(unit.id, today), today=today, can_work=unit.id in own,
        duties=showing.duty_lines([standing(unit, today), next_term(unit, today)], today),
        patterns=[row for row in queries.patterns_of(unit.id) if row.is_active and (row.until_on or today) >= today],
        said=showing.pattern_said,
        owed=queries.owed_results([unit.id], today) if unit.id in own else [],
    )  # fmt: skip


def _asked(units: list[Unit], code: str) -> Unit:
    if (code and code not in {unit.code for unit in units}) or not units:
        raise Missing
    return next(unit for unit in units if not code or unit.code == code)


@bp.route("/desk/reception/days/new", methods=["GET", "POST"])
@role(*DESK)
def new_day() -> Any:
    """Open one day."""
    form: Any = DayForm()
    units, today = queries.own_units(g.actor), clock.today()
    unit = next((one for one in units if one.code == request.values.get("unit")), units[0])
    form.offer(units, who_may_receive(unit.id, today), heads(unit.id, today))
    if request.method == "GET":
        form.unit.data = unit.code
        return _new_page(form)
    if not form.validate():
        return _new_page(form), 422
    try:
        day = open_day(form.new_day(official(form.host.data)), unit_of(form.unit.data), g.actor, clock.now())
        warns = will_not_count(day)
        db.session.commit()
    except Invalid as error:
        status = refused(form, error)
        return _new_page(form), status
    flash(_("Đã mở buổi tiếp công dân %(day)s.", day=show_date(day.on, "long")), "ok")
    if warns:
        flash(_("Cấp phó tiếp thì buổi này không tính vào số ngày người đứng đầu phải tiếp."), "soon")
    return redirect(url_for("dialogues.day", day_id=day.id), 303)


def _new_page(form: DayForm) -> str:
    return render_template("dialogues/day_new.html", form=form)


@bp.get("/desk/reception/days/<int:day_id>")
@role(*READERS)
def day(day_id: int) -> Any:
    """The sheet of a day: its slots in order, who comes, what may be done."""
    row, seen = queries.get_day(day_id, g.actor)
    return render_template(
        "dialogues/day.html", day=row, slots=queries.sheet(row), is_masked=seen.value == "masked",
        can_work=may_work(seen, g.actor, row.unit_id), events=showing.lines(queries.events_of(row.about)),
        has_begun=showing.has_begun(row, clock.now()), today=clock.today(), warns=will_not_count(row),
        fills=counts(row), local=clock.local(clock.now()).time(),
    )  # fmt: skip


@bp.route("/desk/reception/days/<int:day_id>/move", methods=["GET", "POST"], endpoint="move_day")
@role(*DESK)
def move(day_id: int) -> Any:
    """To another date, with a reason and everybody who booked."""
    row, seen = queries.get_day(day_id, g.actor)
    must_work(seen, row.unit_id)
    form: Any = MoveForm()
    if request.method == "GET":
        form.begin(row)
        return _move_page(form, row)
    if not form.validate():
        return _move_page(form, row), 422
    try:
        to = move_day(row, form.new_time(), form.reason.data or "", g.actor, clock.now(), form.version.data)
        told = len(bookings_of(to, [reception.BookingState.BOOKED]))
        db.session.commit()
    except (Invalid, Stale) as error:
        status = refused(form, error, row)
        return _move_page(form, row), status
    flash(_("Đã dời sang %(day)s.", day=show_date(to.on, "long")), "ok")
    if told:
        flash(ngettext("%(num)s lịch hẹn đi theo. Ai có thư điện tử thì nhận thư báo; người khác cần gọi điện.",
                       "%(num)s lịch hẹn đi theo. Ai có thư điện tử thì nhận thư báo; người khác cần gọi điện.",
                       told), "soon")  # fmt: skip
    return redirect(url_for("dialogues.day", day_id=to.id), 303)


def _move_page(form: MoveForm, row: ReceptionDay) -> str:
    booked = bookings_of(row, [reception.BookingState.BOOKED])
    return render_template("dialogues/day_move.html", form=form, day=row, booked=booked)


@bp.route("/desk/reception/days/<int:day_id>/hold", methods=["GET", "POST"], endpoint="hold_day")
@role(*DESK)
def hold(day_id: int) -> Any:
    """The day took place; who in fact received."""
    row, seen = queries.get_day(day_id, g.actor)
    must_work(seen, row.unit_id)
    form: Any = HoldForm()
    form.offer(who_may_receive(row.unit_id, row.on), heads(row.unit_id, row.on))
    if request.method == "GET":
        form.version.data, form.received_by.data = row.version, str(row.host_id or "")
        return _hold_page(form, row)
    who = official(form.received_by.data) if form.validate() else None
    if who is None:
        return _hold_page(form, row), 422
    try:
        hold_day(row, who, g.actor, clock.now(), form.version.data, missed=bool(form.missed.data))
        db.session.commit()
    except (Invalid, Stale, WrongStep) as error:
        status = refused(form, error, row)
        return _hold_page(form, row), status
    flash(_("Đã ghi buổi tiếp công dân đã diễn ra."), "ok")
    return redirect(url_for("dialogues.day", day_id=row.id), 303)


def _hold_page(form: HoldForm, row: ReceptionDay) -> str:
    left = bookings_of(row, [reception.BookingState.BOOKED])
    return render_template("dialogues/day_hold.html", form=form, day=row, left=left)
