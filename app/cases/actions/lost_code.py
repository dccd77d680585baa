"""A lost receipt code: who asks is identified by an official, a new code takes the old one's place."""

from __future__ import annotations

from datetime import datetime

from ...extensions import db
from ...journal.models import Event
from ...journal.record import record
from ...open_doors import shut_all
from ...refusals import Invalid, NotAllowed, Stale
from ...rules.visibility import Sight, may_renew_at, sight
from ...rules.workflow import N_, Action, Actor
from ..models import Case
from ..receipts import hashed
from .perform import needed

CHECKS = ("papers", "call_back", "known")
"""How the resident was identified: papers seen at the counter, called back on the number given, known in person."""


def may_renew(case: Case, actor: Actor) -> bool:
    """Clerks, officers and heads who see the whole case; an inspector reads it but changes nothing.

    Never of a denunciation: whoever asked for a new code would have to say here who wrote it.
    """
    return not case.is_sealed and sight(actor, case) == Sight.FULL and may_renew_at(actor, case.unit_path)


def renew_code(case: Case, code: str, check: str, statement: str, actor: Actor, now: datetime,
               version: int | None = None) -> Event:  # fmt: skip
    """Give the case a new receipt code; the old one opens nothing from now on. How the resident was identified stays.

    The code itself is never stored. Raises NotAllowed, Stale, or Invalid for a missing statement.
    """
    if not may_renew(case, actor):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    if version is not None and version != case.version:
        raise Stale(N_("Người khác vừa sửa vụ việc này. Cả hai bản đều còn, chọn cách ghép."))
    if check not in CHECKS:
        raise Invalid(N_("Chọn cách đã đối chiếu."), "checked")
    statement = needed(statement, "statement", 2000)
    case.code_hash = hashed(code)
    shut_all(case_id=case.id)
    db.session.flush()
    return record(Action.CODE_RENEWED, case, actor, now, check=check, statement=statement)
