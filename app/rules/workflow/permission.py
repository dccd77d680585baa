"""May this be done now, and if not, why not: a sentence or None."""

from __future__ import annotations

from .actors import Actor, CaseFacts
from .steps import STEPS, Step
from .unready import unready
from .vocabulary import BY_PAPER, N_, Action, Kind, Reach, Role, Status


def reaches(actor: Actor, role: Role, reach: Reach, case: CaseFacts | None) -> bool:
    """Whether this actor, wearing this hat, reaches this case (None: a case that is yet to be)."""
    if role in (Role.RESIDENT, Role.SYSTEM):
        return actor.role == role and (role == Role.SYSTEM or case is None or actor.case_id == case.id)
    held = [post for post in actor.posts if post.role == role]
    if case is None:
        return bool(held)
    if _is_denounced(actor, case):
        return False
    if reach == Reach.NAMED:
        return bool(held) and actor.official_id in case.handler_ids
    if reach == Reach.PART:
        return any(post.unit_id in case.part_unit_ids for post in held)
    if reach == Reach.ASSIGNED:
        return any(p.unit_id == case.unit_id for p in held) and case.assigned_to_id == actor.official_id
    if reach == Reach.UNIT:
        return any(post.unit_id == case.unit_id for post in held)
    return any(case.unit_path.startswith(post.unit_path) for post in held)


def _is_denounced(actor: Actor, case: CaseFacts) -> bool:
    """Whoever serves in the unit denounced, or below it, has no part in the case, whatever else they are."""
    path = case.denounced_path
    return bool(path) and any(post.unit_path.startswith(path) for post in actor.posts)


def is_held_by(actor: Actor, step: Step, case: CaseFacts | None) -> bool:
    """Whether one of the step's hats fits this actor."""
    return any(reaches(actor, role, reach, case) for role, reach in step.who)


def is_ever_held_by(actor: Actor, action: Action, case: CaseFacts) -> bool:
    """Whether this verb could be this actor's on this case at any stage; who is told no learns nothing of the case."""
    return any(is_held_by(actor, step, case) for step in _rows(action, case.kind))


def _rows(action: Action, kind: str) -> list[Step]:
    return [step for step in STEPS if step.action == action and kind in step.kinds]


def find_step(actor: Actor, action: Action, case: CaseFacts) -> Step | str:
    """The row that allows it, or the sentence that says why not."""
    rows = _rows(action, case.kind)
    if not rows:
        return N_("Loại việc này không có bước đó.")
    mine = [s for s in rows if is_held_by(actor, s, case)]
    if not mine:
        return N_("Việc này không thuộc phần của vai trò hiện có.")
    return _fitting(mine, action, case, actor.role)


def _fitting(rows: list[Step], action: Action, case: CaseFacts, role: Role) -> Step | str:
    fitting = [step for step in rows if case.status in step.source]
    if not fitting:
        return N_("Tình trạng hiện nay của việc chưa cho làm bước này.")
    return unready(action, case, role) or fitting[0]


def why_not(actor: Actor, action: Action, case: CaseFacts) -> str | None:
    """A sentence saying why this may not be done now, or None if it may."""
    found = find_step(actor, action, case)
    return found if isinstance(found, str) else None


def may_prepare(actor: Actor, action: Action, case: CaseFacts) -> str | None:
    """Why this actor may not write the paper of this verb now, or None: whoever writes papers, while the verb fits."""
    refused = why_not(actor, Action.WRITE, case)
    if refused or action not in BY_PAPER:
        return refused or N_("Bước này không cần văn bản.")
    rows = _rows(action, case.kind)
    found = _fitting(rows, action, case, actor.role) if rows else N_("Loại việc này không có bước đó.")
    return found if isinstance(found, str) else None


def preparable(actor: Actor, case: CaseFacts) -> list[Action]:
    """Verbs whose paper this actor may write now, in the table's order."""
    verbs = dict.fromkeys(s.action for s in STEPS if case.kind in s.kinds and s.action in BY_PAPER)
    return [action for action in verbs if may_prepare(actor, action, case) is None]


def allowed_actions(actor: Actor, case: CaseFacts) -> list[Action]:
    """The verbs this actor may do to this case now, in the table's order, each once."""
    mine = dict.fromkeys(s.action for s in STEPS if case.kind in s.kinds and s.action != Action.SUBMIT)
    return [action for action in mine if why_not(actor, action, case) is None]


def refusals(actor: Actor, case: CaseFacts) -> list[tuple[Action, str]]:
    """The verbs of this kind of case that are closed to this actor now, each with its reason ("Why not?")."""
    mine = dict.fromkeys(s.action for s in STEPS if case.kind in s.kinds and s.action != Action.SUBMIT)
    return [(action, reason) for action in mine if (reason := why_not(actor, action, case))]


def step_of(action: Action, kind: Kind | str, status: Status | str | None = None) -> Step:
    """The row for an action already allowed; for SUBMIT leave the status out."""
    rows = (s for s in STEPS if s.action == action and kind in s.kinds)
    return next(s for s in rows if status is None or not s.source or status in s.source)
