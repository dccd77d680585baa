"""Finding a reception day and booking a visit: no account, no JavaScript, one form and one slip."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import Response, current_app, g, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts import attempts
from ...cases import tokens
from ...cases.receipts import code_of
from ...extensions import db, end_write
from ...guards import admit_booker, public
from ...refusals import Invalid, TooMany
from ...units.models import Unit
from ...units.queries import areas, unit_by_code
from ...words import is_vietnamese, named
from ..actions.bookings import already_booked, book
from ..forms.booking import BookingForm
from ..models import Booking
from ..queries.bookable import OpenDay, coming, day_by_id, near, units_with_days, with_slots
from . import bp


@bp.get("/reception")
@public
def reception() -> Any:
    """The next reception days near a place: of the commune, and of those above it."""
    now, today = clock.now(), clock.today()
    unit = unit_by_code(request.args.get("commune", ""))
    unit = unit if unit is not None and unit.is_valid(today) else None
    is_all, is_sealed = "all" in request.args, _is_sealed()
    found = coming(near(unit) if unit and not is_all else None, now) if unit or is_all else []
    page = render_template(
        "dialogues/reception.html", unit=unit, days=found, is_all=is_all, is_sealed=is_sealed,
        choices=_choices(now, today), typed=request.args.get("commune", ""),
    )  # fmt: skip
    return _quiet(page, is_sealed)


def _choices(now: datetime, today: date) -> list[tuple[str, list[Unit]]]:
    """Every commune and ward, and whoever else receives: in two groups."""
    places = areas(today)
    others = [unit for unit in units_with_days(now) if not unit.is_area]
    return [(_("Xã, phường"), places), (_("Tỉnh, sở, ngành"), others)]


def _is_sealed() -> bool:
    """Whether the visitor said to come to denounce; it stands in the address, so that it works without JavaScript."""
    return request.args.get("sealed") == "1"


def _quiet(page: str, is_sealed: bool, status: int = 200) -> Response:
    """Of a page on which somebody comes to denounce no other page learns the address."""
    response = make_response(page, status)
    if is_sealed:
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.route("/reception/days/<int:day_id>/book", methods=["GET", "POST"], endpoint="book")
@public
def book_visit(day_id: int) -> Any:
    """Choose a slot, say who comes; sent twice it is one booking."""
    day, now = day_by_id(day_id), clock.now()
    [found] = with_slots([day], now)
    form = BookingForm()
    form.open_for(found, _is_sealed())
    if request.method == "GET":
        form.token.data = tokens.issue(session, _secret(), now)
        return _show(form, found)
    token = tokens.read(str(form.token.data or ""), session, _secret(), now)
    if token is None:
        form.form_errors = [_("Biểu mẫu mở đã lâu. Nội dung còn nguyên, bấm Đặt lịch lần nữa.")]
        return _show(_renewed(form, now), found, 422)
    if not form.validate():
        return _show(form, found, 422)
    try:
        booking = _write(form, found, token, now)
        admit_booker(booking.id)
        db.session.commit()
    except Invalid as refused:
        return _refused(form, day_id, refused, now)
    except TooMany as refused:
        return _wait(form, day_id, refused, now)
    session["booked"] = {"token": token, "at": int(now.timestamp())}
    return redirect(url_for("dialogues.booking_receipt"), 303)


def _write(form: BookingForm, found: OpenDay, token: str, now: datetime) -> Booking:
    new = form.new_booking("vi" if is_vietnamese() else "en", _is_sealed())
    slot = _time(str(form.slot.data))
    if slot is None:
        raise Invalid(_("Buổi này không có khung giờ đó. Chọn một giờ trong danh sách."), "slot")
    known = already_booked(token, new, found.day, slot)
    if known is not None:
        return known
    attempts.count_sending("book", request.remote_addr, now, is_veiled=_is_sealed())
    return book(new, found.day, slot, g.actor, now, token=token, code=code_of(token, _secret()))


def _time(typed: str) -> time | None:
    try:
        return time.fromisoformat(typed)
    except ValueError:
        return None


def _refused(form: BookingForm, day_id: int, refused: Invalid, now: datetime) -> Any:
    """Somebody was faster, or it cannot be: said beside the field, everything typed stays, the slots as they are."""
    end_write()
    field = form[refused.field] if refused.field and refused.field in form else None
    if field is None:
        form.form_errors = [_(refused.reason)]
        form = _renewed(form, now)
    else:
        field.errors = [_(refused.reason)]
    return _again(form, day_id, now, 422)


def _wait(form: BookingForm, day_id: int, refused: TooMany, now: datetime) -> Any:
    """Too many from this network in an hour: everything typed stays."""
    end_write()
    minutes = -(-refused.retry_after // 60)
    form.form_errors = [_("Mạng này vừa đặt nhiều lịch. Nội dung còn nguyên: đợi %(n)s phút rồi bấm Đặt lịch lại.",
                          n=minutes)]  # fmt: skip
    response = _again(form, day_id, now, 429)
    response.headers["Retry-After"] = str(refused.retry_after)
    return response


def _again(form: BookingForm, day_id: int, now: datetime, status: int) -> Response:
    """The page as the day stands now; what nobody can book any more is not chosen."""
    [found] = with_slots([day_by_id(day_id)], now)
    if form.slot.data not in {f"{slot.at:%H:%M}" for slot in found.slots if slot.can_book}:
        form.slot.data = None
    return _show(form, found, status)


def _renewed(form: BookingForm, now: datetime) -> BookingForm:
    form.token.data = tokens.issue(session, _secret(), now)
    return form


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


def _show(form: BookingForm, found: OpenDay, status: int = 200) -> Response:
    is_sealed = _is_sealed()
    page = render_template(
        "dialogues/book.html", form=form, found=found, day=found.day, is_sealed=is_sealed, unit=named(found.day.unit),
        taken=[f"{slot.at:%H:%M}" for slot in found.slots if not slot.can_book], now_on=clock.today(),
        words={f"{slot.at:%H:%M}": _words(slot.is_free, slot.is_past) for slot in found.slots},
    )  # fmt: skip
    return _quiet(page, is_sealed, status)


def _words(is_free: bool, is_past: bool) -> str:
    if is_past:
        return _("Đã qua")
    return _("Còn chỗ") if is_free else _("Hết chỗ")
