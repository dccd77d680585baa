"""A visit once it is booked: the slip with its code, the door by code or link, and what its owner may do."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from flask import Response, current_app, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from ... import clock, open_doors
from ...accounts import attempts
from ...cases import tokens
from ...cases.links import good_link
from ...cases.receipts import code_of, read
from ...documents.render import booking_slip_pdf, qr_picture
from ...extensions import db, end_write
from ...guards import admit_booker, booker, public
from ...refusals import Invalid, Missing
from ...rules.dialogues.reception import BookingState
from .. import slips
from ..actions import bookings
from ..calendar_file import booking_calendar as calendar_of
from ..forms.booking import BookingCodeForm, CancelForm, ChangeForm
from ..models import Booking, BookingLink
from ..queries.bookable import by_code, day_by_id, is_over, other_days, own_booking
from . import bp

TRIES, SECONDS = 10, 60
"""Wrong codes taken from one network within so many seconds, as at the door of a case."""


def _code() -> str | None:
    """The code that this browser's last booking earned, while its day lasts."""
    kept = session.get("booked") or {}
    if clock.now().timestamp() - kept.get("at", 0) >= tokens.GOOD_FOR.total_seconds() or not kept.get("token"):
        return None
    return code_of(str(kept["token"]), str(current_app.config["SECRET_KEY"]))


def _must() -> tuple[Booking, str]:
    code = _code()
    booking = by_code(code) if code else None
    if booking is None or code is None:
        raise Missing
    return booking, code


def _base_url() -> str:
    return str(current_app.config["BASE_URL"])


@bp.get("/reception/receipt")
@public
def booking_receipt() -> Any:
    """Keep this code. Without it in this browser: the door, where it can be typed."""
    code = _code()
    booking = by_code(code) if code else None
    if booking is None:
        return redirect(url_for("dialogues.booking_door"), 303)
    return render_template("dialogues/receipt.html", booking=booking, code=code, rows=slips.rows(booking),
                           advice=slips.advice(booking), when=slips.when(booking))  # fmt: skip


@bp.get("/reception/receipt.svg")
@public
def booking_qr() -> Any:
    """The QR code that opens the booking, from our own origin."""
    _booking, code = _must()
    return Response(qr_picture(slips.door_url(_base_url(), code)), mimetype="image/svg+xml")


@bp.get("/reception/receipt.pdf")
@public
def booking_slip() -> Any:
    """The slip to keep or print: the only file that carries the code."""
    booking, code = _must()
    return _pdf(booking, code)


@bp.get("/reception/receipt.ics")
@public
def receipt_calendar() -> Any:
    """The same visit for the phone's own calendar."""
    return _calendar(_must()[0])


@bp.route("/reception/booking", methods=["GET", "POST"])
@public
def booking_door() -> Any:
    """Type the code of a booking; it opens that one."""
    form = BookingCodeForm()
    if request.method == "GET":
        return render_template("dialogues/door.html", form=form, has_left="left" in request.args)
    if form.validate():
        booking_id = _try(str(form.code.data))
        if booking_id is not None:
            admit_booker(booking_id)
        db.session.commit()
        if booking_id is not None:
            return redirect(url_for("dialogues.booking"), 303)
        form.code.errors = [_("Không mở được lịch hẹn nào bằng mã này. So lại từng ký tự với phiếu hẹn.")]
    return render_template("dialogues/door.html", form=form, has_left=False), 422


def _try(typed: str) -> int | None:
    """The booking a code opens; ten wrong ones a minute and the door stays shut. The caller commits."""
    code = read(typed)
    booking, who = by_code(code) if code else None, attempts.network(request.remote_addr)
    found = attempts.guess("booking-code", booking, who, clock.now(), TRIES, SECONDS)
    return None if found is None else found.id


@bp.post("/reception/leave")
@public
def leave_booking() -> Any:
    """Close the booking in this browser and leave nothing of it behind."""
    open_doors.shut(session.pop("booking", None))
    session.pop("booked", None)
    db.session.commit()
    response = redirect(url_for("dialogues.booking_door", left=1), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.route("/reception/link/<key>", methods=["GET", "POST"])
@public
def use_booking_link(key: str) -> Any:
    """Open a booking by the link from a mail: looking shows a button, pressing it uses the link up."""
    now = clock.now()
    link = good_link(BookingLink, key, now)
    if request.method == "GET" or link is None:
        return render_template("dialogues/link.html", is_good=link is not None, key=key), 200 if link else 410
    link.used_at, booking_id = now, link.booking_id
    admit_booker(booking_id)
    db.session.commit()
    return redirect(url_for("dialogues.booking"), 303)


@bp.get("/reception/my-booking")
@booker
def booking() -> Any:
    """When and where, what may still be changed, and afterwards what came of it."""
    mine, now = own_booking(g.actor), clock.now()
    return render_template(
        "dialogues/booking.html", booking=mine, rows=slips.rows(mine), when=slips.when(mine),
        advice=slips.advice(mine), can_change=_can_change(mine, now), is_over=is_over(mine.day.on, mine.slot, now),
    )  # fmt: skip


def _can_change(mine: Booking, now: datetime) -> bool:
    return mine.state == BookingState.BOOKED and not is_over(mine.day.on, mine.slot, now)


@bp.get("/reception/my-booking/visit.ics")
@booker
def booking_calendar() -> Any:
    """The visit for the phone's own calendar, as it stands now."""
    return _calendar(own_booking(g.actor))


@bp.get("/reception/my-booking/slip.pdf")
@booker
def own_slip() -> Any:
    """The slip once more; without the code, which is kept nowhere."""
    return _pdf(own_booking(g.actor), "")


@bp.route("/reception/my-booking/change", methods=["GET", "POST"])
@booker
def change_booking() -> Any:
    """Another slot of this day, or of another day of the same unit."""
    mine, now = own_booking(g.actor), clock.now()
    form = ChangeForm()
    if not _can_change(mine, now):
        return redirect(url_for("dialogues.booking"), 303)
    if request.method == "GET":
        form.version.data = str(mine.version)
        return _show_change(form, mine, now)
    chosen = _chosen(str(form.slot.data or ""))
    if not form.validate() or chosen is None:
        form.slot.errors = form.slot.errors or [_("Chọn một khung giờ còn chỗ.")]
        return _show_change(form, mine, now, 422)
    try:
        bookings.change_slot(mine, day_by_id(chosen[0]), chosen[1], g.actor, now, _version(form))
        db.session.commit()
    except Invalid as refused:
        end_write()
        form.slot.errors = [_(refused.reason)]
        return _show_change(form, own_booking(g.actor), now, 422)
    return redirect(url_for("dialogues.booking"), 303)


def _chosen(typed: str) -> tuple[int, time] | None:
    """The day and the slot in "12-08:30"."""
    day_id, _dash, at = typed.partition("-")
    try:
        return (int(day_id), time.fromisoformat(at)) if day_id.isascii() and len(day_id) < 10 else None
    except ValueError:
        return None


def _version(form: Any) -> int | None:
    typed = str(form.version.data or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _show_change(form: ChangeForm, mine: Booking, now: datetime, status: int = 200) -> Any:
    days = other_days(mine, now)
    form.slot.choices = [
        SelectChoice(f"{found.day.id}-{slot.at:%H:%M}", f"{slot.at:%H:%M}")
        for found in days for slot in found.slots if slot.can_book
    ]  # fmt: skip
    return render_template("dialogues/change.html", form=form, booking=mine, when=slips.when(mine), days=days), status


@bp.route("/reception/my-booking/cancel", methods=["GET", "POST"])
@booker
def cancel_booking() -> Any:
    """Asked once more, then off: the slot is free for somebody else. A second press finds it cancelled."""
    mine, now, form = own_booking(g.actor), clock.now(), CancelForm()
    if mine.state == BookingState.CANCELLED or (request.method == "GET" and not _can_change(mine, now)):
        return redirect(url_for("dialogues.booking"), 303)
    if request.method == "GET" or not form.validate():
        form.version.data = str(mine.version)
        return render_template("dialogues/cancel.html", form=form, booking=mine, when=slips.when(mine))
    bookings.cancel_booking(mine, g.actor, now, _version(form))
    db.session.commit()
    return redirect(url_for("dialogues.booking"), 303)


def _pdf(mine: Booking, code: str) -> Response:
    name = slips.file_name(mine, "phieu-hen", "pdf")
    return Response(booking_slip_pdf(slips.slip_of(mine, code, _base_url())), mimetype="application/pdf",
                    headers={"Content-Disposition": f'attachment; filename="{name}"'})  # fmt: skip


def _calendar(mine: Booking) -> Response:
    if mine.slot is None:
        raise Missing
    name = slips.file_name(mine, "lich-hen", "ics")
    return Response(calendar_of(mine, _base_url(), clock.now()), mimetype="text/calendar",
                    headers={"Content-Disposition": f'attachment; filename="{name}"'})  # fmt: skip
