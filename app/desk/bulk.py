"""One verb for many cases: first what would happen to each and why not, then one by one, each with its own event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.exc import StaleDataError

from .. import clock
from ..accounts.models import Official
from ..accounts.queries import holder_ids
from ..cases import actions
from ..cases.models import Case
from ..cases.queries import visible_to
from ..extensions import db
from ..refusals import Refusal
from ..rules.visibility import Sight, sight
from ..rules.workflow import N_, Action, Actor, Kind, Role, why_not
from ..units.models import Category, Unit
from .phrases import fill

MOST = 100
"""Cases in one go."""
ACTIONS = (Action.ASSIGN, Action.FORWARD)
GONE = N_("Không thấy việc này trong phạm vi được xem.")
WENT_ON = N_("Việc đã chuyển đơn vị khác, chỉ còn xem được đến lúc chuyển.")
OVERTAKEN = N_("Người khác vừa sửa vụ việc này. Mở ra xem rồi làm lại.")
HELD = N_("Người này đang giữ việc rồi.")
NOT_THEIRS = N_("Người này không phải cán bộ xử lý của đơn vị đang giữ việc.")
SAME_UNIT = N_("Việc đang ở chính đơn vị này.")
CLOSED_UNIT = N_("Đơn vị này không còn trong danh sách. Chọn lại.")


@dataclass(frozen=True)
class Aim:
    """What is to be done to all of them: given to an officer, or passed to a unit for a reason."""

    action: Action
    officer: Official | None = None
    unit: Unit | None = None
    reason: str = ""

    def reason_for(self, case: Case) -> str:
        """The reason with this case's own words in the places of a phrase."""
        return fill(self.reason, case, case.language)


@dataclass
class Done:
    """How it went: the cases done, and those not, each with the reason."""

    cases: list[Case] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


def asked(values: Iterable[str]) -> dict[str, int | None]:
    """References chosen, each once, with the version the page was made from ('PA-2026-000123@4'), in their order."""
    found: dict[str, int | None] = {}
    for value in values:
        reference, _at, version = value.partition("@")
        if reference.strip():
            found[reference.strip()[:24]] = int(version) if version.isdecimal() and len(version) < 10 else None
    return found


def find(references: Iterable[str], actor: Actor, today: date, for_write: bool = False) -> dict[str, Case]:
    """The cases in sight among these. A denunciation is never one of many: it is not found.

    `for_write` locks the rows in one order (PostgreSQL), before the journal is locked: two of these never wait for
    each other.
    """
    statement = (
        select(Case)
        .options(joinedload(Case.unit), joinedload(Case.commune), joinedload(Case.wanted_unit),
                 joinedload(Case.category).joinedload(Category.unit), joinedload(Case.assigned_to).lazyload("*"),
                 selectinload(Case.contributions))
        .where(Case.reference.in_(list(references)), Case.kind != Kind.DENUNCIATION, visible_to(actor))
        .order_by(Case.id)
    )  # fmt: skip
    if for_write:
        statement = statement.with_for_update(of=Case).execution_options(populate_existing=True)
    cases = list(db.session.scalars(statement))
    for case in cases:
        case.today = today
    return {case.reference: case for case in cases}


class Judge:
    """Says of each case why the verb may not be done to it, asking each unit's officers once."""

    def __init__(self, aim: Aim, actor: Actor, day: date) -> None:
        self._aim, self._actor, self._day = aim, actor, day
        self._officers: dict[int, list[int]] = {}

    def obstacle(self, case: Case) -> str | None:
        """The sentence to translate, or None: then it will be done."""
        if sight(self._actor, case) == Sight.NOTHING:
            return WENT_ON
        refused = why_not(self._actor, self._aim.action, case)
        return refused or self._wrong_officer(case) or self._wrong_unit(case)

    def _wrong_officer(self, case: Case) -> str | None:
        officer = self._aim.officer
        if officer is None:
            return None
        if case.assigned_to_id == officer.id:
            return HELD
        if case.unit_id not in self._officers:
            self._officers[case.unit_id] = holder_ids(case.unit_id, (Role.OFFICER,), self._day)
        return None if officer.id in self._officers[case.unit_id] else NOT_THEIRS

    def _wrong_unit(self, case: Case) -> str | None:
        unit = self._aim.unit
        if unit is None:
            return None
        if unit.id == case.unit_id:
            return SAME_UNIT
        return None if unit.is_valid(self._day) else CLOSED_UNIT


def perform(aim: Aim, wanted: Mapping[str, int | None], actor: Actor, now: datetime) -> Done:
    """Do it to each, one by one; what one refuses or somebody else changed meanwhile stays as it was, the others go on.

    The caller holds the write turn and commits.
    """
    day, done = clock.day_of(now), Done()
    cases, judge = find(wanted, actor, day, for_write=True), Judge(aim, actor, day)
    for reference, version in wanted.items():
        case = cases.get(reference)
        failed = GONE if case is None else _one(aim, case, version, judge, actor, now)
        if failed:
            done.failed.append((reference, failed))
        elif case is not None:
            done.cases.append(case)
    return done


def _one(aim: Aim, case: Case, version: int | None, judge: Judge, actor: Actor, now: datetime) -> str | None:
    """One case, in a savepoint of its own; the reason it was not done."""
    if version is None or version != case.version:
        return OVERTAKEN
    obstacle = judge.obstacle(case)
    if obstacle:
        return obstacle
    try:
        with db.session.begin_nested():
            if aim.officer is not None:
                actions.assign(case, aim.officer, actor, now, version)
            elif aim.unit is not None:
                actions.forward(case, aim.unit, aim.reason_for(case), actor, now, version)
    except Refusal as refusal:
        return refusal.reason or GONE
    except StaleDataError:
        return OVERTAKEN
    return None
