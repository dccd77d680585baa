"""One sentence that tells a resident how the due date was counted, in Vietnamese or English."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from app.rules.deadlines.calendar import SATURDAY, SUNDAY
from app.rules.deadlines.derivation import DAY, Derivation, Pause, runs
from app.rules.deadlines.table import CALENDAR_DAYS, HOURS, WORKING_DAYS

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNITS_VI = {CALENDAR_DAYS: "ngày, tính cả ngày nghỉ", WORKING_DAYS: "ngày làm việc", HOURS: "giờ liên tục"}
UNITS_EN = {CALENDAR_DAYS: "calendar day", WORKING_DAYS: "working day", HOURS: "consecutive hour"}


def explain(derivation: Derivation, lang: str) -> str:
    """The whole computation in one sentence; any language but 'vi' gets English."""
    return _vietnamese(derivation) if lang == "vi" else _english(derivation)


def _vietnamese(d: Derivation) -> str:
    parts = [f"{d.length} {UNITS_VI[d.unit]}"]
    if d.due_on < d.start_on:
        parts = [f"Chậm nhất {d.length} {UNITS_VI[d.unit].partition(',')[0]} trước ngày {_vi(d.start_on)}"]
    parts += [f"gia hạn thêm {one.length} {UNITS_VI[one.unit].partition(',')[0]}" for one in d.extensions]
    if left_out := [*_weekend_vi(d), *_holidays_vi(d), *map(_pause_vi, d.pauses)]:
        parts.append("không tính " + _listed(left_out, "và"))
    if d.made_up:
        parts.append("tính cả ngày làm bù " + _spans(d.made_up, _vi, " đến "))
    if d.rolled_from:
        parts.append(
            f"ngày cuối {_vi(d.rolled_from)} là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo {_vi(d.due_on)}"
        )
    return ", ".join(parts) + "."


def _english(d: Derivation) -> str:
    parts = [_amount_en(d.length, d.unit)]
    if d.due_on < d.start_on:
        parts = [f"At least {_amount_en(d.length, d.unit)} before {_en(d.start_on)}"]
    parts += [f"extended by {_amount_en(one.length, one.unit)}" for one in d.extensions]
    if left_out := [*_weekend_en(d), *_holidays_en(d), *map(_pause_en, d.pauses)]:
        parts.append("not counting " + _listed(left_out, "and"))
    if d.made_up:
        parts.append(f"counting the make-up working day{'s'[: len(d.made_up) > 1]} " + _spans(d.made_up, _en, " to "))
    if d.rolled_from:
        parts.append(
            f"the last day, {_en(d.rolled_from)}, is a day off and moves to the next working day, {_en(d.due_on)}"
        )
    return ", ".join(parts) + "."


def _skipped(d: Derivation, why: str) -> list[date]:
    return [skip.on for skip in d.skipped if skip.why == why]


def _weekdays(d: Derivation) -> list[int]:
    return sorted({day.weekday() for day in _skipped(d, "weekend")})


def _weekend_vi(d: Derivation) -> list[str]:
    return [WEEKDAYS_VI[weekday] for weekday in _weekdays(d)]


def _weekend_en(d: Derivation) -> list[str]:
    days = _weekdays(d)
    if days == [SATURDAY, SUNDAY]:
        return ["the weekend" if len(runs(_skipped(d, "weekend"))) == 1 else "weekends"]
    return [WEEKDAYS_EN[weekday] for weekday in days]


def _holidays_vi(d: Derivation) -> list[str]:
    days = _skipped(d, "holiday")
    return [("ngày nghỉ " if len(days) == 1 else "các ngày nghỉ ") + _spans(days, _vi, " đến ")] if days else []


def _holidays_en(d: Derivation) -> list[str]:
    days = _skipped(d, "holiday")
    if len(days) == 1:
        return [f"the {_en(days[0])} holiday"]
    return ["the holidays of " + _spans(days, _en, " to ")] if days else []


def _pause_vi(pause: Pause) -> str:
    if pause.to_on is None:
        return f"thời gian tạm dừng từ {_vi(pause.from_on)} đến nay"
    return f"thời gian tạm dừng từ {_vi(pause.from_on)} đến hết {_vi(pause.to_on - DAY)}"


def _pause_en(pause: Pause) -> str:
    if pause.to_on is None:
        return f"the pause since {_en(pause.from_on)}"
    return f"the pause from {_en(pause.from_on)} to {_en(pause.to_on - DAY)}"


def _amount_en(length: int, unit: str) -> str:
    return f"{length} {UNITS_EN[unit]}" + ("" if length == 1 else "s")


def _spans(days: Iterable[date], say: Callable[[date], str], to: str) -> str:
    return ", ".join(say(a) if a == b else f"{say(a)}{to}{say(b)}" for a, b in runs(days))


def _listed(items: list[str], last: str) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def _vi(day: date) -> str:
    return f"{day:%d/%m}"


def _en(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
