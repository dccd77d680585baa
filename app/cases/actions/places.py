"""Where a new case lies: its category, its place, the unit one level above who is denounced or first decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select

from ...extensions import db
from ...refusals import Invalid
from ...rules.workflow import N_, Action, Actor, Kind, is_ever_held_by, step_of
from ...units.models import Category, Unit
from ...units.queries import root, setting, unit_by_code
from ..models import Case, Custody
from .perform import done, must


class Asked(Protocol):
    """What somebody typed about a new case, as far as it says where the case lies."""

    @property
    def kind(self) -> Kind: ...
    @property
    def category_code(self) -> str: ...
    @property
    def denounced_unit_code(self) -> str: ...
    @property
    def appeal_of(self) -> str: ...


def category_of(new: Asked) -> Category:
    """The category named, if this kind of petition may have it; Invalid otherwise."""
    category = db.session.scalar(select(Category).where(Category.code == new.category_code))
    if category is None or new.kind not in category.kinds:
        raise Invalid(N_("Chọn lĩnh vực của việc này."), "category")
    return category


def unit_of(code: str, day: date, field: str = "commune") -> Unit | None:
    """The unit with that code, if it exists on that day; None for no code."""
    if not code:
        return None
    unit = unit_by_code(code)
    if unit is None or not unit.is_valid(day):
        raise Invalid(N_("Đơn vị này không còn trong danh sách. Chọn lại."), field)
    return unit


def one_above(unit: Unit, day: date) -> Unit:
    """The next unit up that exists on that day, itself if it is the top."""
    above = unit.parent
    while above is not None and not above.is_valid(day):
        above = above.parent
    return above or unit


def denounced_in(new: Asked, day: date) -> Unit | None:
    """Denunciation: the unit denounced.

    Invalid where it is the leadership of the whole government or its Inspectorate: the body above them is competent,
    and nothing is kept here (Law 25/2018/QH14 art. 13).
    """
    if new.kind != Kind.DENUNCIATION:
        return None
    unit = unit_of(new.denounced_unit_code, day, "denounced_unit")
    if unit is None:
        raise Invalid(N_("Chọn đơn vị bị tố cáo, hoặc nơi người bị tố cáo làm việc."), "denounced_unit")
    if is_out_of_reach(unit):
        raise Invalid(N_("Việc này thuộc thẩm quyền của cơ quan Trung ương. Ở đây không lưu gì."), "denounced_unit")
    return unit


def is_out_of_reach(unit: Unit) -> bool:
    """Whether a denunciation of this unit may not be kept here: the top, or the inspectorate (a setting)."""
    top = root()
    return unit.parent_id is None or unit == top or unit.code == str(setting("inspectorate_unit"))


def first_complaint(new: Asked, actor: Actor, now: datetime) -> Case | None:
    """Second complaint: the first one, which must be a complaint that was settled once or ran out of time.

    Refused when its window is shut. One that is not this actor's to complain of again reads like none at all.
    """
    if not new.appeal_of:
        return None
    case = db.session.scalar(select(Case).where(Case.reference == new.appeal_of.strip().upper()))
    is_first = case is not None and case.kind == Kind.COMPLAINT and case.instance == 1
    if case is None or not is_first or new.kind != Kind.COMPLAINT or not is_ever_held_by(actor, Action.APPEAL, case):
        raise Invalid(N_("Không có khiếu nại lần đầu nào mang số này."), "appeal_of")
    must(Action.APPEAL, case, actor, now)
    return case


def note_appeal(first: Case, second: Case, actor: Actor, now: datetime) -> None:
    """Remember on the first complaint that it was complained of again; the caller asked whether it may be."""
    done(Action.APPEAL, first, actor, now, step_of(Action.APPEAL, first.kind), second=second.reference)


def begin_custody(case: Case) -> Custody:
    """The first stay of a new case, at the unit it came to."""
    stay = Custody(case_id=case.id, number=1, unit_id=case.unit.id, kind=case.kind, category_id=case.category.id,
                   commune_id=case.commune.id if case.commune else None, began_at=case.submitted_at)  # fmt: skip
    db.session.add(stay)
    db.session.flush()
    return stay
