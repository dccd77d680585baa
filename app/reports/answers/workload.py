"""The work of a unit's officials, for their head alone: to share it out, not to rank people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import clock
from ...rules.statistics import Period, Share, spread
from ...rules.statistics.facts import seconds
from ...rules.statistics.formulas import judged_finish, on_time
from ...rules.workflow import Role
from ...words import show_date, word
from ..links import Links
from ..workload import NOBODY, OTHERS, Done, Held, Load, loads
from .frame import Answer, Asked, Cell, Column, Sheet, View

LISTED = 100
"""Cases of one figure listed under the table."""


@dataclass(frozen=True)
class Person:
    """A row: an official's name, the work, and the figures' lists."""

    name: str
    load: Load


def answer(asked: Asked) -> Answer:
    """A row for each official of the unit, whatever lies below it."""
    people = [Person(_name(load), load) for load in _loads(asked)]
    today = clock.day_of(asked.now)
    sheet = Sheet("officials", _("Từng người"), _columns(), [_row(asked, one, today) for one in people], _note())
    is_empty = not any(one.load.held or one.load.done for one in people)
    bars = [
        (one.name, len(one.load.held), len(one.load.overdue(today)), _list(asked, one.load, "held")) for one in people
    ]
    return Answer([sheet], is_empty, {"bars": bars, "cases": _cases(asked, people, today)})


def _loads(asked: Asked) -> list[Load]:
    return loads(asked.question, asked.place.unit.id, asked.period, asked.now)


def _links(asked: Asked) -> Links:
    return asked.links().on("workload")


def _list(asked: Asked, load: Load, figure: str) -> str:
    """Where the cases behind a figure are listed: on this page, under the table."""
    return _links(asked).page(official=load.official_id, figure=figure) + "#cases"


def _name(load: Load) -> str:
    if load.official_id == NOBODY:
        return _("Chưa giao cho ai")
    if load.official_id == OTHERS:
        return _("Người không thuộc đơn vị")
    return _("%(name)s (đã rời đơn vị)", name=load.name) if load.has_left else load.name


def _columns() -> list[Column]:
    return [
        Column("official", _("Người"), "name"), Column("title", _("Chức vụ"), "text", is_shown=False),
        Column("held", _("Việc đang giữ"), formula="workload_open"),
        Column("overdue_now", _("Quá hạn"), formula="workload_open"),
        Column("soon", _("Đến hạn trong 7 ngày"), formula="workload_open"),
        Column("waiting", _("Đang chờ"), formula="workload_open"),
        Column("answered", _("Đã trả lời trong kỳ"), formula="workload_answered"),
        Column("on_time", _("Đúng hạn"), "share", "workload_answered"),
        Column("took", _("Đến câu trả lời"), "spread", "workload_answered"),
    ]  # fmt: skip


def _note() -> str:
    return _(
        "Đang giữ: lúc này, theo người được giao. Đã trả lời: trong kỳ, theo người trình câu trả lời sau cùng "
        "trước lúc trả lời; không ai trình thì theo người ký. Chỉ việc của chính đơn vị này, không kể tố cáo."
    )


def _row(asked: Asked, one: Person, today: date) -> list[Cell]:
    load = one.load
    counts = {name: len(found) for name, found in _lists(load, today).items()}
    links = {name: _list(asked, load, name) for name in counts}
    judged = [d for d in load.done if judged_finish(d.fact, asked.period)]
    share = Share(sum(on_time(d.fact, asked.period) for d in judged), len(judged))
    took = spread(seconds(d.fact.began_at, d.fact.finished_at or d.fact.began_at) for d in load.done)
    return [Cell(one.name), Cell(load.title), *(Cell(counts[name], links[name]) for name in counts),
            Cell(share, links["answered"]), Cell(took, links["answered"])]  # fmt: skip


def _lists(load: Load, today: date) -> dict[str, Sequence[Held] | Sequence[Done]]:
    """The cases behind each figure of a row, in the columns' order."""
    return {"held": load.held, "overdue": load.overdue(today), "soon": load.soon(today), "waiting": load.waiting(),
            "answered": load.done}  # fmt: skip


def _cases(asked: Asked, people: Sequence[Person], today: date) -> Sheet | None:
    """The cases behind the figure that the address names; None where it names none."""
    one = next((p for p in people if str(p.load.official_id) == asked.more.get("official")), None)
    figure = asked.more.get("figure", "")
    if one is None or figure not in _lists(one.load, today):
        return None
    found = _lists(one.load, today)[figure]
    heads = [Column("title", _("Việc"), "name"), Column("reference", _("Số tiếp nhận"), "text"),
             Column("due", _("Hạn"), "date"), Column("state", _("Đang ở đâu"), "text")]  # fmt: skip
    names = {c.code: c.head for c in _columns()}
    head = names.get("overdue_now" if figure == "overdue" else figure, figure)
    note = _("Chỉ liệt kê %(n)s việc đầu.", n=LISTED) if len(found) > LISTED else ""
    return Sheet("cases", _("%(name)s: %(figure)s", name=one.name, figure=head), heads,
                 [_case(row, asked.period) for row in found[:LISTED]], note)  # fmt: skip


def _case(row: Held | Done, period: Period) -> list[Cell]:
    href = url_for("desk.case", reference=row.reference)
    if isinstance(row, Held):
        return [Cell(row.title, href), Cell(row.reference), Cell(row.due_on), Cell(word(row.status, "status"))]
    when = _("trả lời %(day)s", day=show_date(row.fact.finished_at))
    is_late = judged_finish(row.fact, period) and not on_time(row.fact, period)
    return [Cell(row.title, href), Cell(row.reference), Cell(row.fact.due_on),
            Cell(_("%(when)s, trễ hạn", when=when) if is_late else when)]  # fmt: skip


WORKLOAD = View(
    "workload", _l("Khối lượng công việc"),
    _l("Ai đang giữ bao nhiêu việc, việc gì sắp đến hạn: để chia việc cho đều, không phải để xếp hạng người. Chỉ "
       "người đứng đầu đơn vị xem được trang này."),
    answer, roles=(Role.HEAD,), is_own=True,
)  # fmt: skip
