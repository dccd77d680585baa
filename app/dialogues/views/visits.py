"""One visit at the office: its facts, each verb, a booking at the counter or by phone, an unscheduled reception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from ... import clock
from ...cases.queries import sight_of
from ...cases.receipts import code_of, new_token
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing, NotAllowed, Stale, WrongStep
from ...rules.dialogues import reception
from ...rules.dialogues.reception import BookingState
from ...rules.visibility import Sight, registers_sealed
from ...rules.workflow import N_, Action
from ...words import show_date, word
from .. import showing
from ..actions import visits as acts
from ..actions.bookings import book, cancel_booking, change_slot
from ..actions.made_case import receive_unscheduled, receive_walk_in, title_of
from ..actions.perform import remember
from ..forms.parts import category_choices
from ..forms.visits import FORMS, BookHereForm, UnscheduledForm, begin, is_exact
from ..models import Booking, ReceptionDay
from ..queries import days as queries
from ..queries.hosts import heads, who_may_receive
from ..refusal_paper import refusal_pdf
from . import bp
from .desk import DESK, READERS, code_here, keep_code, may_work, must_work, official, refused, secret, unit_of
from .taken import taken


@bp.get("/desk/reception/bookings/<reference>")
@role(*READERS)
def visit(reference: str) -> Any:
    """Everything of one visit on one page, and what may be done now."""
    return _visit_page(*queries.get_visit(reference, g.actor))


def _visit_page(row: Booking, seen: Any, is_shown: bool = False) -> str:
    """`is_shown`: with how to reach who comes and the number of their card, after that was written down."""
    return render_template(
        "dialogues/visit.html", row=row, day=row.day, is_masked=seen.value == "masked", is_shown=is_shown,
        verbs=verbs_of(row, seen),
        events=showing.lines(queries.events_of(row.about)), code=code_here(session, row), token=new_token(),
        can_work=may_work(seen, g.actor, row.unit_id), today=clock.today(), case_title=title_of(row),
        in_one_click=row.petition_kind == "feedback" and is_exact(row),
        keeps_register=registers_sealed(g.actor),
        case_in_sight=row.case is not None and sight_of(row.case, g.actor) != Sight.NOTHING,
    )  # fmt: skip


@bp.post("/desk/reception/bookings/<reference>/contact/show")
@role(*READERS)
def show_visitor(reference: str) -> Any:
    """The same page with telephone, mail, address and card number, this once: who looked stands in the journal."""
    row, seen = queries.get_visit(reference, g.actor)
    if seen.value == "masked" or row.is_sealed:
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    remember(Action.CONTACT_SHOWN, row.about, row.unit_id, g.actor, clock.now(), status=row.state)
    db.session.commit()
    return _visit_page(*queries.get_visit(reference, g.actor), is_shown=True)


def verbs_of(row: Booking, seen: Any) -> list[str]:
    """What may be done with the visit now, the most likely first."""
    if not may_work(seen, g.actor, row.unit_id):
        return []
    if row.state == BookingState.DONE:
        return ["notify_result"] if row.notify_due_on and not row.notified_on else []
    if row.day.state != "open":
        return []
    on_the_day = (Action.CHECK_IN, Action.HEAR, Action.TURN_AWAY, Action.MISS)
    names = [str(verb) for verb in on_the_day if not reception.why_not(verb, row.state)]
    if row.day.on > clock.today():
        names = []
    return names + (["move_booking", "cancel_booking"] if row.state == BookingState.BOOKED else [])


@bp.route("/desk/reception/bookings/<reference>/<verb>", methods=["GET", "POST"])
@role(*DESK)
def visit_act(reference: str, verb: str) -> Any:
    """The form of one verb; done, refused with its reason, nothing typed is lost."""
    name = verb.replace("-", "_")
    row, seen = queries.get_visit(reference, g.actor)
    must_work(seen, row.unit_id)
    if name not in FORMS or verb != name.replace("_", "-"):
        raise Missing
    form: Any = FORMS[name]()
    if name == "hear":
        form.category.choices = category_choices()
    if name == "move_booking":
        form.slot.choices = [("", _("Chưa chọn")), *_free_slots(row)]
    if request.method == "GET":
        begin(form, name, row, clock.today())
        return _act_page(form, row, name)
    if not form.validate():
        return _act_page(form, row, name), 422
    try:
        VERBS[name](row, form, clock.now())
        db.session.commit()
    except (Invalid, Stale, WrongStep) as error:
        status = refused(form, error, row)
        return _act_page(form, row, name), status
    flash(f"{word(name, 'happened')}: {row.reference}.", "ok")
    leads_to_day = name in ("check_in", "miss", "cancel_booking")
    return redirect(url_for("dialogues.day", day_id=row.day_id) if leads_to_day
                    else url_for("dialogues.visit", reference=row.reference), 303)  # fmt: skip


def _act_page(form: Any, row: Booking, name: str) -> str:
    return render_template("dialogues/visit_act.html", form=form, row=row, verb=name)


def _free_slots(row: Booking) -> list[tuple[str, str]]:
    """Free slots still to come of the unit's days."""
    wall = clock.local(clock.now()).replace(tzinfo=None)
    found = []
    for line in queries.coming(row.unit_id, clock.today()):
        if line.day.state == "open" and line.day.on >= wall.date():
            for slot in queries.sheet(line.day):
                if slot.at is not None and slot.free and datetime.combine(line.day.on, slot.at) > wall:
                    said = f"{show_date(line.day.on, 'long')}, {slot.at:%H:%M}"
                    found.append((f"{line.day.id} {slot.at:%H:%M}", said))
    return found


def _move(row: Booking, form: Any, now: datetime) -> None:
    day_id, _space, hour = str(form.slot.data).partition(" ")
    day = db.session.get(ReceptionDay, int(day_id))
    if day is None:
        raise Missing
    change_slot(row, day, time.fromisoformat(hour), g.actor, now, form.version.data)


VERBS: dict[str, Callable[[Booking, Any, datetime], Any]] = {
    "check_in": lambda row, form, now: acts.check_in(row, form.identity_number.data or "", g.actor, now,
                                                     form.version.data),
    "turn_away": lambda row, form, now: acts.turn_away(row, form.ground.data, form.reason.data or "", g.actor, now,
                                                       form.version.data),
    "miss": lambda row, form, now: acts.miss(row, g.actor, now, form.version.data),
    "hear": lambda row, form, now: acts.hear(row, form.heard(), g.actor, now, form.version.data),
    "notify_result": lambda row, form, now: acts.notify_result(row, form.on.data, g.actor, now, form.version.data),
    "cancel_booking": lambda row, form, now: cancel_booking(row, g.actor, now, form.version.data),
    "move_booking": _move,
}  # fmt: skip


@bp.get("/desk/reception/refusals/<reference>.pdf", endpoint="refusal_pdf")
@role(*DESK)
def refusal_notice(reference: str) -> Any:
    """The notice of refusal to print and sign, for who was turned away."""
    row, seen = queries.get_visit(reference, g.actor)
    must_work(seen, row.unit_id)
    if row.state != BookingState.REFUSED:
        raise Missing
    taken(f"booking:{row.reference}", row.unit_id, "refusal")
    answer = Response(refusal_pdf(row, clock.today()), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.reference}-tu-choi.pdf"'
    return answer


@bp.route("/desk/reception/days/<int:day_id>/book", methods=["GET", "POST"])
@role(*DESK)
def book_here(day_id: int) -> Any:
    """A booking at the counter or by phone; or somebody who stands there, checked in at once."""
    day, seen = queries.get_day(day_id, g.actor)
    must_work(seen, day.unit_id)
    form: Any = BookHereForm()
    form.offer([line.at for line in queries.sheet(day) if line.at and line.free])
    if request.method == "GET":
        form.token.data, form.channel.data = new_token(), request.args.get("channel", "counter")
        form.slot.data = request.args.get("slot", "")
        return _book_page(form, day)
    if not form.validate():
        return _book_page(form, day), 422
    try:
        row = _book(form, day, clock.now())
        db.session.commit()
    except (Invalid, WrongStep) as error:
        status = refused(form, error)
        return _book_page(form, day), status
    keep_code(session, row.reference, form.token.data)
    return redirect(url_for("dialogues.visit", reference=row.reference), 303)


def _book(form: Any, day: ReceptionDay, now: datetime) -> Booking:
    token, channel = form.token.data, form.channel.data
    here = {"identity_number": form.identity_number.data or ""} if channel == "walk_in" else {}
    new = form.new_booking(channel, is_sealed=bool(form.is_sealed.data), **here)
    code = code_of(token, secret())
    if channel == "walk_in":
        return receive_walk_in(day, new, form.identity_number.data or "", None, g.actor, now, token=token, code=code)
    return book(new, day, form.chosen(), g.actor, now, token=token, code=code)


def _book_page(form: BookHereForm, day: ReceptionDay) -> str:
    return render_template("dialogues/book_here.html", form=form, day=day, today=clock.today())


@bp.route("/desk/reception/unscheduled", methods=["GET", "POST"])
@role(*DESK)
def unscheduled() -> Any:
    """An unscheduled reception, of one person or a group, written down in one form."""
    form: Any = UnscheduledForm()
    units, today = queries.own_units(g.actor), clock.today()
    unit = next((one for one in units if one.code == request.values.get("unit")), units[0])
    form.offer(units, who_may_receive(unit.id, today), heads(unit.id, today))
    if request.method == "GET":
        _begin_unscheduled(form, unit.code, today)
        return _unscheduled_page(form)
    if not form.validate():
        return _unscheduled_page(form), 422
    token = form.token.data
    try:
        row = receive_unscheduled(
            form.new_day(official(form.host.data)), form.new_booking("walk_in"), form.identity_number.data or "",
            form.heard(), unit_of(form.unit.data), g.actor, clock.now(), token=token, code=code_of(token, secret()),
        )  # fmt: skip
        db.session.commit()
    except (Invalid, WrongStep) as error:
        status = refused(form, error)
        return _unscheduled_page(form), status
    flash(_("Đã ghi vào sổ tiếp công dân, số %(number)s.", number=row.entered_number), "ok")
    return redirect(url_for("dialogues.visit", reference=row.reference), 303)


def _begin_unscheduled(form: Any, code: str, today: date) -> None:
    form.token.data, form.unit.data, form.on.data = new_token(), code, today


def _unscheduled_page(form: UnscheduledForm) -> str:
    return render_template("dialogues/unscheduled.html", form=form)
