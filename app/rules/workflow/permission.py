"""May this be done now, and if not, why not: a sentence or None."""

from __future__ import annotations

from .actors import Actor, CaseFacts
from .steps import STEPS, Step
from .vocabulary import N_, Action, Kind, Reach, Role, Status


def reaches(actor: Actor, role: Role, reach: Reach, case: CaseFacts | None) -> bool:
    """Whether this actor, wearing this hat, reaches this case (None: a case that is yet to be)."""
    if role in (Role.RESIDENT, Role.SYSTEM):
        return actor.role == role and (role == Role.SYSTEM or case is None or actor.case_id == case.id)
    held = [post for post in actor.posts if post.role == role]
    if case is None:
        return bool(held)
    if reach == Reach.ASSIGNED:
        return any(p.unit_id == case.unit_id for p in held) and case.assigned_to_id == actor.official_id
    if reach == Reach.UNIT:
        return any(post.unit_id == case.unit_id for post in held)
    return any(case.unit_path.startswith(post.unit_path) for post in held)


def is_held_by(actor: Actor, step: Step, case: CaseFacts | None) -> bool:
    """Whether one of the step's hats fits this actor."""
    return any(reaches(actor, role, reach, case) for role, reach in step.who)


def _unready(action: Action, case: CaseFacts) -> str | None:
    """What of the case itself stands in the way, beyond its status."""
    answers = {
        Action.REGISTER: (case.is_registered, N_("Bản gốc có chữ ký đã vào sổ rồi.")),
        Action.RECEIVE: (case.is_received, N_("Việc này đã vào sổ tiếp nhận rồi.")),
        Action.ACCEPT: (case.is_accepted, N_("Khiếu nại này đã thụ lý rồi.")),
        Action.REMIND: (case.has_reminder, N_("Đã nhắc người gửi một lần rồi.")),
        Action.REOPEN: (not case.can_reopen, N_("Đã hết thời gian mở lại việc này.")),
        Action.RATE: (not case.has_answer, N_("Chưa có câu trả lời để đánh giá.")),
    }
    if action == Action.ACCEPT and not case.is_registered:
        return N_("Chưa vào sổ bản gốc có chữ ký, chưa thụ lý được.")
    if action == Action.CLOSE and case.status == Status.WAITING and not case.has_reminder:
        return N_("Chưa nhắc người gửi, chưa kết thúc được.")
    if action == Action.PROPOSE and case.kind == Kind.COMPLAINT and not case.is_accepted:
        return N_("Khiếu nại chưa thụ lý, chưa trình ký quyết định được.")
    stands_in_the_way, sentence = answers.get(action, (False, ""))
    return sentence if stands_in_the_way else None


def find_step(actor: Actor, action: Action, case: CaseFacts) -> Step | str:
    """The row that allows it, or the sentence that says why not."""
    rows = [s for s in STEPS if s.action == action and case.kind in s.kinds]
    if not rows:
        return N_("Loại việc này không có bước đó.")
    mine = [s for s in rows if is_held_by(actor, s, case)]
    if not mine:
        return N_("Việc này không thuộc phần của vai trò hiện có.")
    fitting = [s for s in mine if case.status in s.source]
    if not fitting:
        return N_("Tình trạng hiện nay của việc chưa cho làm bước này.")
    return _unready(action, case) or fitting[0]


def why_not(actor: Actor, action: Action, case: CaseFacts) -> str | None:
    """A sentence saying why this may not be done now, or None if it may."""
    found = find_step(actor, action, case)
    return found if isinstance(found, str) else None


def allowed_actions(actor: Actor, case: CaseFacts) -> list[Action]:
    """The verbs this actor may do to this case now, in the table's order, each once."""
    return [a for a in dict.fromkeys(s.action for s in STEPS) if a != Action.SUBMIT and why_not(actor, a, case) is None]


def refusals(actor: Actor, case: CaseFacts) -> list[tuple[Action, str]]:
    """The verbs of this kind of case that are closed to this actor now, each with its reason ("Why not?")."""
    mine = dict.fromkeys(s.action for s in STEPS if case.kind in s.kinds and s.action != Action.SUBMIT)
    return [(action, reason) for action in mine if (reason := why_not(actor, action, case))]


def step_of(action: Action, kind: Kind | str, status: Status | str | None = None) -> Step:
    """The row for an action already allowed; for SUBMIT leave the status out."""
    rows = (s for s in STEPS if s.action == action and kind in s.kinds)
    return next(s for s in rows if status is None or not s.source or status in s.source)
