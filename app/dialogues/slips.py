"""What a booking's papers and its ticket say: when, where, who receives, what to bring."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask_babel import gettext as _

from ..cases.receipts import spelled
from ..documents.sheets import BookingSlipData
from ..units.queries import government
from ..words import is_vietnamese, named, show_date, word
from .models import Booking, ReceptionDay


def door_url(base_url: str, code: str) -> str:
    """What the QR code opens: the code stands in the fragment, which reaches no server and no log."""
    return f"{base_url}/reception/booking#{spelled(code)}"


def hours(starts: time, ends: time) -> str:
    """From when to when, as the town's clock says."""
    return f"{starts:%H:%M}–{ends:%H:%M}"


def when(booking: Booking) -> str:
    """The day with its weekday, and the hour where one was booked."""
    day = show_date(booking.day.on, "long")
    return f"{booking.slot:%H:%M}, {day}" if booking.slot else day


def host(day: ReceptionDay) -> str:
    """Who is to receive, by name where one is set."""
    if day.host is not None:
        return day.host.name
    return _("Người đứng đầu đơn vị") if day.kind == "periodic" else _("Cán bộ tiếp công dân")


def place(booking: Booking) -> str:
    """Where to go, or that one need not go."""
    if booking.mode == "online":
        return _("Trực tuyến; đường dẫn hiện ở trang lịch hẹn, nhập mã để xem.")
    return booking.day.place


def advice(booking: Booking) -> tuple[str, ...]:
    """What to do before and on the day, one sentence each. A slip never tells that its holder comes to denounce."""
    if booking.is_sealed:
        return (
            _("Đến trước 10 phút. Khi đến chỉ cần đọc số lịch hẹn, không phải nói trước việc gì."),
            _("Mang theo giấy tờ tùy thân và giấy tờ có liên quan."),
            _("Không đến được thì hủy hoặc đổi giờ bằng mã, để người khác có chỗ."),
        )
    if booking.mode == "online":
        return (
            _("Vào trước 10 phút, để sẵn giấy tờ tùy thân và giấy tờ có liên quan."),
            _("Không vào được thì hủy hoặc đổi giờ bằng mã, để người khác có chỗ."),
        )
    return (
        _("Đến trước 10 phút, mang theo giấy tờ tùy thân và giấy tờ có liên quan."),
        _("Không đến được thì hủy hoặc đổi giờ bằng mã, để người khác có chỗ."),
    )


def rows(booking: Booking) -> list[tuple[Any, ...]]:
    """The facts of the ticket."""
    found: list[tuple[Any, ...]] = [
        (_("Số lịch hẹn"), {"num": booking.reference}, _("Đọc số này khi gọi điện hoặc khi đến. Số này không mở"
                                                         " được lịch.")),
        (_("Lúc"), when(booking)),
        (_("Ai tiếp"), host(booking.day), named(booking.day.unit)),
        (_("Ở đâu"), place(booking)),
    ]  # fmt: skip
    if booking.people > 1:
        found.append((_("Số người"), str(booking.people), ", ".join(booking.representatives)))
    if needs := helped(booking):
        found.append((_("Cần giúp"), needs))
    return found


def helped(booking: Booking) -> str:
    """The help that was asked for, in words."""
    asked = [word(booking.interpreter, "interpreter")] if booking.interpreter else []
    return ", ".join([*asked, *([_("Lối đi cho xe lăn")] if booking.wheelchair else [])])


def slip_of(booking: Booking, code: str, base_url: str) -> BookingSlipData:
    """The slip on paper; `code` empty: without the part that opens the booking."""
    language = "vi" if is_vietnamese() else "en"
    facts = government()
    return BookingSlipData(
        government=facts.get(f"name_{language}") or facts.get("name_vi", ""), unit=named(booking.day.unit),
        reference=booking.reference, code=spelled(code) if code else "", url=door_url(base_url, code) if code else "",
        when=when(booking), host=host(booking.day), place=place(booking), people=booking.people,
        needs=helped(booking), advice=advice(booking), phone=facts.get("phone", ""), language=language,
    )  # fmt: skip


def file_name(booking: Booking, kind: str, ending: str) -> str:
    """What a file is saved as on the phone."""
    return f"{kind}-{booking.reference}.{ending}"
