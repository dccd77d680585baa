"""What administrators change about the house: units, categories, the calendar, settings. Each leaves an event.

Closing a unit also moves its cases and people: desk/house.py does that around `close` here. The caller commits.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from .. import clock
from ..extensions import db
from ..journal.record import record
from ..refusals import Invalid, Missing
from ..rules.visibility import lies_in
from ..rules.workflow import N_, Action, Actor
from .calendar import shipped
from .load import sort_key
from .models import CalendarOverride, Category, Setting, Unit
from .queries import category_by_code, children_of, unit_by_code
from .reach import must_reach_all, must_reach_unit

NEW_UNIT = ("name_vi", "name_en", "short_vi", "short_en", "level", "valid_from", "is_remote", "area_code")
"""What is said of a new unit besides its code and parent."""


def _differences(row: Any, facts: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What would change: the old and the new values."""
    changed = [key for key, value in facts.items() if getattr(row, key) != value]
    return {key: getattr(row, key) for key in changed}, {key: facts[key] for key in changed}


def _apply(row: Any, facts: dict[str, Any]) -> None:
    for key, value in facts.items():
        setattr(row, key, value)


def create_unit(code: str, parent: Unit, facts: dict[str, Any], actor: Actor, now: datetime) -> Unit:
    """A new unit below `parent`; `facts` as named in NEW_UNIT."""
    must_reach_unit(actor, parent)
    if unit_by_code(code):
        raise Invalid(N_("Mã này đã có đơn vị khác dùng."), "code")
    unit = Unit(code=code, parent=parent, path=f"new:{code}", former=[], **facts)
    unit.sort_key = sort_key(unit)
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path}{unit.id}/"
    record(Action.UNIT_CHANGED, None, actor, now, about=f"unit:{code}", created=unit.name_vi, parent=parent.code)
    return unit


def change_unit(unit: Unit, facts: dict[str, Any], actor: Actor, now: datetime) -> None:
    """Correct names or the remote-area flag; nothing is remembered where nothing changed."""
    must_reach_unit(actor, unit)
    old, new = _differences(unit, facts)
    if not new:
        return
    _apply(unit, facts)
    unit.sort_key = sort_key(unit)
    record(Action.UNIT_CHANGED, None, actor, now, about=f"unit:{unit.code}", old=old, new=new)


def close(unit: Unit, successor: Unit, from_on: date, actor: Actor, now: datetime) -> None:
    """The unit ends and `successor` works in its place from a day on, today or earlier; categories follow."""
    must_reach_unit(actor, unit)
    must_reach_unit(actor, successor)
    _may_close(unit, successor, from_on, clock.day_of(now))
    unit.valid_to, unit.successor = from_on - timedelta(days=1), successor
    db.session.execute(update(Category).where(Category.unit_id == unit.id).values(unit_id=successor.id))
    special = select(Setting).where(Setting.key.in_(("intake_unit", "inspectorate_unit")), Setting.unit_id.is_(None))
    for row in db.session.scalars(special):
        if row.value == unit.code:
            row.value = successor.code
    db.session.flush()
    record(Action.UNIT_CHANGED, None, actor, now, about=f"unit:{unit.code}", closed=unit.valid_to,
           successor=successor.code)  # fmt: skip


def _may_close(unit: Unit, successor: Unit, from_on: date, today: date) -> None:
    if unit.parent_id is None:
        raise Invalid(N_("Đơn vị đứng đầu không đóng được."))
    if not unit.is_valid(today):
        raise Invalid(N_("Đơn vị này đã đóng rồi."))
    if not successor.is_valid(today) or lies_in(successor.path, unit.path):
        raise Invalid(N_("Đơn vị kế thừa phải đang hoạt động và không nằm bên dưới đơn vị bị đóng."), "successor")
    if any(child.is_valid(today) for child in children_of(unit)):
        raise Invalid(N_("Còn đơn vị đang hoạt động bên dưới. Đóng hoặc sáp nhập các đơn vị đó trước."))
    if from_on > today:
        raise Invalid(N_("Ngày này chưa đến. Đóng đơn vị vào đúng ngày, việc không nằm giữa hai nơi."), "from_on")
    if from_on <= unit.valid_from:
        raise Invalid(N_("Ngày này đứng trước ngày đơn vị bắt đầu hoạt động."), "from_on")


def create_category(code: str, parent: Category | None, facts: dict[str, Any], actor: Actor, now: datetime) -> Category:
    """A new category at the end of its group."""
    must_reach_all(actor)
    if category_by_code(code):
        raise Invalid(N_("Mã này đã có lĩnh vực khác dùng."), "code")
    position = _end_of(parent)
    db.session.execute(update(Category).where(Category.position >= position).values(position=Category.position + 1))
    category = Category(code=code, parent_id=parent.id if parent else None, position=position, **facts)
    db.session.add(category)
    db.session.flush()
    record(Action.SETTING_CHANGED, None, actor, now, about=f"category:{code}", created=category.name_vi)
    return category


def _end_of(parent: Category | None) -> int:
    """The place behind a parent and its children, or behind all."""
    last = select(func.max(Category.position))
    if parent is not None:
        last = last.where((Category.id == parent.id) | (Category.parent_id == parent.id))
    return (db.session.scalar(last) or 0) + 1


def change_category(category: Category, facts: dict[str, Any], actor: Actor, now: datetime) -> None:
    """Change who handles a category, its deadline variant, names, or whether residents may choose it.

    A group that is put away takes its categories along. Cases that have it keep it.
    """
    must_reach_all(actor)
    old, new = _differences(category, facts)
    if not new:
        return
    _apply(category, facts)
    if new.get("is_active") is False:
        db.session.execute(update(Category).where(Category.parent_id == category.id).values(is_active=False))
    db.session.flush()
    record(Action.SETTING_CHANGED, None, actor, now, about=f"category:{category.code}", old=old, new=new)


def override_day(on: date, kind: str, reason: str, document: str, actor: Actor, now: datetime) -> CalendarOverride:
    """Make a day off or working here, against the shipped calendar; clocks that already run keep their due dates.

    Invalid for a decision that contradicts another or changes nothing, that comes too late or too early, or that
    stands on no reason or document.
    """
    must_reach_all(actor)
    _may_decide(on, kind, now)
    for field, text, missing in (
        ("reason", reason, N_("Chưa ghi lý do.")), ("document", document, N_("Chưa ghi số và ngày của quyết định.")),
    ):  # fmt: skip
        if not text.strip():
            raise Invalid(missing, field)
    row = CalendarOverride(on=on, kind=kind, reason=reason.strip(), document=document.strip())
    db.session.add(row)
    db.session.flush()
    record(Action.SETTING_CHANGED, None, actor, now, about=f"day:{on}", new=kind, reason=row.reason,
           document=row.document)  # fmt: skip
    return row


LATEST = timedelta(days=31)
"""How far back a decision may still be entered. A storm closes the offices first and the decision is signed days
later; but what ran a month ago has mostly been met, and was judged by the date that was told."""
LAST_YEAR_AHEAD = 2
"""Years ahead of this one for which days may be decided: beyond, it is a slip of the pen."""


def _may_decide(on: date, kind: str, now: datetime) -> None:
    """Refuse a decision on that day which contradicts another, changes nothing, or comes too late or too early."""
    if kind not in ("off", "work"):
        raise Invalid(N_("Chọn nghỉ hoặc làm việc."), "kind")
    if db.session.get(CalendarOverride, on):
        raise Invalid(N_("Ngày này đã có quyết định riêng. Bỏ quyết định cũ trước."), "on")
    _in_time(on, now)
    if on.year > clock.day_of(now).year + LAST_YEAR_AHEAD:
        raise Invalid(N_("Ngày này còn xa hơn hai năm nữa. Xem lại năm."), "on")
    is_working = shipped().calendar.is_working(on)
    if kind == "work" and is_working:
        raise Invalid(N_("Theo lịch chung ngày này đã là ngày làm việc, quyết định không đổi gì."), "kind")
    if kind == "off" and not is_working:
        raise Invalid(N_("Theo lịch chung ngày này đã là ngày nghỉ, quyết định không đổi gì."), "kind")


def _in_time(on: date, now: datetime) -> None:
    if on < clock.day_of(now) - LATEST:
        raise Invalid(
            N_("Ngày này đã qua hơn 31 ngày. Các hạn chạy qua ngày đó đã được tính và báo, lịch cũ giữ nguyên."), "on"
        )


def remove_override(on: date, actor: Actor, now: datetime) -> None:
    """Let the shipped calendar decide on that day again; not of a day long past, like any decision."""
    must_reach_all(actor)
    row = db.session.get(CalendarOverride, on)
    if row is None:
        raise Missing
    _in_time(on, now)
    db.session.delete(row)
    db.session.flush()
    record(Action.SETTING_CHANGED, None, actor, now, about=f"day:{on}", old=row.kind, new=None)


def set_setting(key: str, unit: Unit | None, value: Any, actor: Actor, now: datetime) -> None:
    """Change a setting for the whole government (unit None) or one unit; value None lets the wider one count again."""
    must_reach_unit(actor, unit) if unit else must_reach_all(actor)
    same_unit = Setting.unit_id == unit.id if unit else Setting.unit_id.is_(None)
    row = db.session.scalar(select(Setting).where(Setting.key == key, same_unit))
    old = row.value if row else None
    if old == value:
        return
    if row is None:
        db.session.add(Setting(key=key, unit_id=unit.id if unit else None, value=value))
    elif value is None:
        db.session.delete(row)
    else:
        row.value = value
    db.session.flush()
    record(Action.SETTING_CHANGED, None, actor, now, about=f"setting:{key}", unit=unit.code if unit else "", old=old,
           new=value)  # fmt: skip
