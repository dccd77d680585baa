"""The workflow as people read it aloud: who may do what, from where to where, with what, and what the clocks do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..documents import paper_forms
from ..rules.workflow import BY_PAPER, TABLES, Carry, Kind, Reach, Role, Status, Step
from ..words import status_word, word
from .papers import title_of

CARRIES = {
    Carry.REASON: _l("lý do"), Carry.TEXT: _l("nội dung"), Carry.OUTCOME: _l("kết quả"), Carry.UNIT: _l("đơn vị nhận"),
    Carry.OFFICER: _l("người nhận"), Carry.CASE: _l("việc đã có"), Carry.LEVEL: _l("mức đánh giá"),
    Carry.DATE: _l("ngày"), Carry.PAPER_FILE: _l("nơi để hồ sơ giấy"), Carry.CHECKLIST: _l("các điều kiện đã kiểm tra"),
    Carry.VARIANT: _l("loại gia hạn"), Carry.VERDICT: _l("kết luận đúng, đúng một phần hay sai"),
    Carry.DOCUMENT: _l("văn bản có chữ ký"), Carry.SIGNATURE: _l("chữ ký"),
}  # fmt: skip
"""What a step must bring along."""
REACHES = {
    Reach.ASSIGNED: _l("đang giữ việc"), Reach.UNIT: _l("của đơn vị giữ việc"),
    Reach.SUBTREE: _l("của đơn vị giữ việc hoặc cấp trên"), Reach.NAMED: _l("được chỉ định"),
    Reach.PART: _l("của đơn vị được hỏi"),
}  # fmt: skip
"""How far each hat reaches."""
OTHERS = {Role.RESIDENT: _l("Người gửi"), Role.SYSTEM: _l("Hệ thống")}


@dataclass(frozen=True)
class Line:
    """One step in words."""

    verb: str
    who: list[str]
    source: str
    to: str
    carries: list[str]
    clocks: list[tuple[str, list[str]]]
    tells: list[str]
    papers: list[str]


def lines(kind: Kind) -> list[Line]:
    """The table of one kind, in its own order."""
    return [_line(step, kind) for step in TABLES[kind]]


def _line(step: Step, kind: Kind) -> Line:
    moves = ((_("Bắt đầu tính"), step.starts), (_("Xong hạn"), step.meets), (_("Dừng"), step.pauses),
             (_("Tính tiếp"), step.resumes))  # fmt: skip
    return Line(
        verb=word(step.action, "verb"), who=[_hat(role, reach) for role, reach in step.who],
        source=_from(step, kind), to=status_word(kind, step.to) if step.to else "",
        carries=[str(CARRIES[carry]) for carry in step.carries],
        clocks=[(words, [word(stage, "stage") for stage in stages]) for words, stages in moves if stages],
        tells=[_role(role) for role in step.tells], papers=_papers(step, kind),
    )  # fmt: skip


def _role(role: Role) -> str:
    return str(OTHERS.get(role) or word(role, "role"))


def _hat(role: Role, reach: Reach) -> str:
    far = REACHES.get(reach)
    return f"{_role(role)} {far}" if far else _role(role)


def _from(step: Step, kind: Kind) -> str:
    """The states in which it may be done, in the order of a case's life."""
    if not step.source:
        return _("(việc mới)")
    if step.source == frozenset(Status):
        return _("Bất cứ lúc nào")
    return ", ".join(status_word(kind, status) for status in Status if status in step.source)


def _papers(step: Step, kind: Kind) -> list[str]:
    """The papers whose signature does it."""
    if step.action not in BY_PAPER:
        return []
    forms: Iterable[Any] = (f for f in paper_forms.FORMS.values() if f.action == step.action and kind in f.kinds)
    return [title_of(form.id) for form in forms]
