"""What lies ahead of a petition: the due date before it is sent, and what happens next, by the law's own rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ..cases.due import clock_shown, due_card
from ..cases.models import Case, Deadline
from ..rules import deadlines
from ..rules.deadlines import Rules
from ..rules.workflow import Kind
from ..units.models import Category, Unit
from ..words import is_vietnamese, show_date
from .coming import by, complaint_ahead
from .meeting import request_ahead


@dataclass(frozen=True)
class Promise:
    """A due date as one sentence, and how it was counted as another; `due` is empty where no clock runs yet."""

    big: str
    how: str
    basis: str = ""
    due: str = ""
    card: dict[str, Any] | None = None


def foreseen(kind: Kind, category: Category | None, commune: Unit | None, rules: Rules, today: date,
             counts_at_once: bool = False) -> Promise | None:  # fmt: skip
    """What the law would promise if the petition were sent today; None where it sets no such clock."""
    if kind == Kind.DENUNCIATION:
        return _sealed_ahead(rules, today)
    if kind == Kind.COMPLAINT and not counts_at_once:
        return Promise(_("Thời hạn bắt đầu khi bản gốc có chữ ký được vào sổ."), _stages(commune, rules, today))
    stage = {Kind.COMPLAINT: "acceptance_first", Kind.DIALOGUE: "answer_request"}.get(kind, "answer")
    variant = category.deadline_variant if category is not None and stage == "answer" else ""
    rule = rules.find(kind, stage, variant, today)
    if rule is None:
        return None
    proof = deadlines.due(rule, today, rules.calendar)
    due = show_date(proof.due_on, "long")
    return Promise(
        _("Nếu gửi hôm nay, hạn trả lời là %(day)s.", day=due) if stage != "acceptance_first"
        else _("Nếu gửi hôm nay, hạn quyết định thụ lý là %(day)s.", day=due),
        deadlines.explain(proof, "vi" if is_vietnamese() else "en"),
        _basis(proof), due,
    )  # fmt: skip


def _sealed_ahead(rules: Rules, today: date) -> Promise:
    """How long the law gives once the signed original is there (Law 25/2018/QH14 art. 24, 30)."""
    check = rules.find(Kind.DENUNCIATION, "initial_verification", "normal", today)
    settle = rules.find(Kind.DENUNCIATION, "settlement", "", today)
    how = "" if check is None or settle is None else _(
        "Từ ngày đó có %(check)s ngày làm việc để kiểm tra và quyết định thụ lý; thụ lý rồi, việc thường phải giải"
        " quyết trong %(settle)s ngày.", check=check.length, settle=settle.length,
    )  # fmt: skip
    return Promise(_("Thời hạn bắt đầu khi bản gốc có chữ ký được vào sổ."), how)


def _basis(rule: Any) -> str:
    return str(rule.legal_basis if is_vietnamese() else rule.legal_basis_en or rule.legal_basis)


def _stages(commune: Unit | None, rules: Rules, today: date, instance: int = 1) -> str:
    """How long acceptance and settlement take once they start (Law 02/2011/QH13 art. 27 and 28, 36 and 37)."""
    which = "first" if instance == 1 else "second"
    variant = "remote" if commune is not None and commune.is_remote else "normal"
    accept = rules.find(Kind.COMPLAINT, f"acceptance_{which}", "", today)
    settle = rules.find(Kind.COMPLAINT, f"settlement_{which}", variant, today)
    if accept is None or settle is None:
        return ""
    return _(
        "Từ ngày đó có %(accept)s ngày để quyết định thụ lý; "
        "thụ lý rồi, việc thường phải giải quyết trong %(settle)s ngày.",
        accept=accept.length, settle=settle.length,
    )  # fmt: skip


def filing_days(rules: Rules, today: date) -> int:
    """Within how many days the law lets one complain the first time (Law 02/2011/QH13 art. 9); 0 without a rule."""
    rule = rules.find(Kind.COMPLAINT, "filing_limit_first", "", today)
    return rule.length if rule else 0


def is_past_filing(known_on: date | None, rules: Rules, today: date) -> bool:
    """Whether those days have passed: said, never a reason not to take the complaint in."""
    rule = rules.find(Kind.COMPLAINT, "filing_limit_first", "", today)
    return bool(known_on and rule and deadlines.due(rule, known_on, rules.calendar).due_on < today)


PROMISES = {
    "answer_request": lambda day: _("Phải trả lời trước hết %(day)s", day=day),
    "answer": lambda day: _("Phải trả lời trước hết %(day)s", day=day),
    "acceptance_first": lambda day: _("Phải quyết định thụ lý trước hết %(day)s", day=day),
    "acceptance_second": lambda day: _("Phải quyết định thụ lý trước hết %(day)s", day=day),
    "classify_and_process": lambda day: _("Phải xử lý đơn trước hết %(day)s", day=day),
    **dict.fromkeys(
        ("settlement_first", "settlement_second", "settlement_discipline"),
        lambda day: _("Phải giải quyết trước hết %(day)s", day=day),
    ),
}


def promised(case: Case, clocks: list[Deadline], rules: Rules, today: date) -> Promise:
    """The due date of a case as its receipt says it."""
    if case.is_sealed:
        return Promise(_("Thời hạn bắt đầu khi bản gốc có chữ ký được vào sổ."), "")
    shown = clock_shown(case, clocks)
    if shown is None or case.due_on is None:
        if case.kind == Kind.COMPLAINT and not case.is_registered:
            when = _("Thời hạn bắt đầu khi bản gốc có chữ ký được vào sổ.")
            return Promise(when, _stages(case.commune, rules, today, case.instance))
        return Promise(_("Quy định không đặt thời hạn cho việc này."), "")
    card = due_card(case, shown, rules.calendar, today)
    big = PROMISES[case.due_stage](card.get("due") or show_date(case.due_on, "long"))
    return Promise(big, card["text"], card["basis"], str(card.get("due", "")), card)


def next_lines(case: Case, clocks: list[Deadline]) -> list[dict[str, Any]]:
    """The thread to come, for the receipt: what happened today, and what will, by when."""
    sent = {"kind": "resident", "title": _("Ông/bà đã gửi"), "when": show_date(case.submitted_at, "short")}
    if case.is_sealed:
        return [sent, *({"kind": "office", "ahead": True, **line} for line in _sealed_lines())]
    if case.kind == Kind.COMPLAINT:
        coming = complaint_ahead(case, clocks)
    else:
        coming = request_ahead(case) if case.kind == Kind.DIALOGUE else _feedback_ahead(case, clocks)
    return [sent, *({"kind": "office", "ahead": True, **line} for line in coming)]


def _feedback_ahead(case: Case, clocks: list[Deadline]) -> list[dict[str, str]]:
    intake = next((c.due_on for c in clocks if c.stage == "receive_and_classify"), None)
    return [
        {"when": by(intake), "title": _("Nơi tiếp nhận xem và giao cho đúng đơn vị")},
        {"when": _("trong lúc giải quyết"), "title": _("Đơn vị có thể gọi hoặc nhắn hỏi thêm")},
        {"when": by(case.due_on), "title": _("Trả lời bằng văn bản có ký, và ông/bà chấm điểm"),
         "summary": _("Chưa xong thì mở lại được, không phải gửi đơn mới.")},
    ]  # fmt: skip


def _sealed_lines() -> list[dict[str, str]]:
    """After a denunciation was typed: everything that counts happens on paper."""
    return [
        {"when": _("việc của ông/bà"), "title": _("In đơn, ghi họ tên bằng tay, ký, nộp bản gốc")},
        {"when": _("sau khi vào sổ"), "title": _("Kiểm tra, quyết định thụ lý hoặc nói rõ vì sao không")},
        {"when": _("trong thời hạn luật định"), "title": _("Xác minh và kết luận nội dung tố cáo")},
    ]
