"""The queue and the search: lists of cases, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import clock
from ...cases import queries
from ...cases.queries import Filters
from ...guards import role
from ...keeping.queries import open_requests
from ...rules.visibility import assigns, holds, registers_sealed
from ...rules.workflow import OPEN, Actor, Kind, Role, Status
from ...units.choices import Choice, filter_choices
from ...words import is_vietnamese, show_date
from .. import promises, told
from ..actions import filters_of
from ..forms import SaveFilterForm
from ..morning import box
from ..queries import next_due, sees_sealed
from ..rows import rows
from ..ways import news_here
from . import DESK, READERS, bp

VIEW_WORDS = {
    "mine": _l("Việc của tôi"),
    "approve": _l("Chờ tôi duyệt"),
    "part": _l("Đơn vị khác hỏi"),
    "sealed": _l("Tố cáo"),
    "unit": _l("Cả đơn vị"),
    "unassigned": _l("Chưa phân công"),
    "waiting": _l("Chờ người gửi"),
    "scheduled": _l("Đã hẹn đối thoại"),
    "suspended": _l("Tạm đình chỉ"),
    "promises": _l("Cam kết"),
    "today": _l("Đến hạn hôm nay"),
    "overdue": _l("Quá hạn"),
}
QUIET = ("part", "sealed", "scheduled", "suspended", "promises")
FIRST = {Role.HEAD: "approve", Role.OFFICER: "mine", Role.CLERK: "unassigned"}
"""Where the work of each role begins."""
OPEN_STATUSES = tuple(str(status) for status in Status if status in OPEN)
EVERY_STATUS = tuple(str(status) for status in Status)


def views_of(actor: Actor, counts: dict[str, int]) -> list[str]:
    """The groups that mean something to the roles held; the rarer ones only while they hold something."""
    left_out = {view for role_, view in ((Role.OFFICER, "mine"), (Role.HEAD, "approve")) if not holds(actor, role_)}
    left_out |= {view for view in QUIET if not counts[view] and not (view == "sealed" and registers_sealed(actor))}
    if not holds(actor, *DESK):
        left_out |= set(VIEW_WORDS) - {"sealed"}
    return [view for view in VIEW_WORDS if view not in left_out]


def default_view(actor: Actor, counts: dict[str, int]) -> str:
    """The first group with work in it for the roles held, head before officer before clerk; else the whole unit."""
    wanted = next((view for role_, view in FIRST.items() if holds(actor, role_) and counts[view]), "unit")
    return wanted if holds(actor, *DESK) else "sealed"


Typed = Mapping[str, str]
"""The address of a list: what was typed into its filters, the group and the page."""


def _page_number(typed: Typed) -> int:
    number = typed.get("page", "1")
    return min(max(int(number), 1), 4000) if number.isdecimal() and len(number) < 9 else 1


def _filters(view: str, typed: Typed) -> Filters:
    parts = {name: typed.get(name, "").strip()[:80] for name in ("kind", "category", "commune", "status")}
    return Filters(view=view, text=typed.get("q", "").strip()[:200], **parts)


@bp.get("/desk/")
@role(*DESK, Role.REGISTRAR)
def queue() -> Any:
    """One group of the queue, 25 rows, sorted by due date."""
    return queue_page(request.args)


def queue_page(typed: Typed, keep: SaveFilterForm | None = None) -> str:
    """The queue as its address says; `keep` is the form that gives these filters a name, sent with a mistake."""
    today = clock.today()
    counts = {**queries.counts(g.actor, today), promises.VIEW: promises.count(g.actor, today)}
    shown = views_of(g.actor, counts)
    asked = typed.get("view", "")
    view = asked if asked in shown else default_view(g.actor, counts)
    filters, page = _filters(view, typed), _page_number(typed)
    if view == promises.VIEW:
        filters = Filters(view=view)
    listed, has_next = _rows(filters, today, page)
    return render_template(
        "desk/queue.html", morning=box(g.actor, today), told=told.lines(g.actor), view=view,
        views=[(name, VIEW_WORDS[name], counts[name]) for name in shown],
        title=VIEW_WORDS[view], count=counts[view], today=today, filters=filters, is_narrowed=_is_narrowed(filters),
        rows=listed, statuses=OPEN_STATUSES,
        may_register=registers_sealed(g.actor), may_enter=holds(g.actor, *DESK),
        leads=_leads(), nothing=None if listed else _nothing(view, filters, page), can_assign=assigns(g.actor),
        **saved(filters, keep), **_choices(bool(counts["sealed"])),
        **_turning("desk.queue", typed, page, len(listed), has_next),
    )  # fmt: skip


def _rows(filters: Filters, today: date, page: int) -> tuple[Sequence[Mapping[str, Any]], bool]:
    """A page of the group, cases or commitments, and whether there is a next page."""
    if filters.view == promises.VIEW:
        return promises.page(g.actor, today, page)
    cases, has_next = queries.queue(g.actor, filters, today, page)
    return rows(cases, g.actor, today, news_here(), filters.view), has_next


def address(view: str, parts: Mapping[str, Any]) -> str:
    """Where the queue stands narrowed like this."""
    return url_for("desk.queue", view=view, **parts)


def saved(filters: Filters, keep: SaveFilterForm | None) -> dict[str, Any]:
    """The filters kept by name, each with its address, and the form that keeps these."""
    parts = {"kind": filters.kind, "category": filters.category, "commune": filters.commune, "status": filters.status,
             "q": filters.text}  # fmt: skip
    now = {part: value for part, value in parts.items() if value}
    form = keep or SaveFilterForm(formdata=None, data={**parts, "view": filters.view})
    return {
        "keep": form,
        "kept": [(row, address(row.view, row.parts), row.view == filters.view and row.parts == now)
                 for row in filters_of(g.actor)],
    }  # fmt: skip


@bp.get("/desk/search")
@role(*READERS)
def search() -> Any:
    """Words or a reference over everything in sight, open or done; a reference typed exactly opens its case."""
    today = clock.today()
    filters, page = _filters("unit", request.args), _page_number(request.args)
    if (typed := filters.text.upper().replace(" ", "")) and "-" in typed and _exists(typed):
        return redirect(url_for("desk.case", reference=typed), 303)
    cases, has_next = queries.search(g.actor, filters, today, page) if _is_narrowed(filters) else ([], False)
    return render_template(
        "desk/search.html", filters=filters, is_asked=_is_narrowed(filters), statuses=EVERY_STATUS,
        rows=rows(cases, g.actor, today, news_here()), **_choices(sees_sealed(g.actor)),
        **_turning("desk.search", request.args, page, len(cases), has_next),
    )  # fmt: skip


def _leads() -> dict[str, int] | None:
    """Of a head: how many requests about personal data wait; None for everybody else."""
    return {"waiting": open_requests(g.actor)} if holds(g.actor, Role.HEAD) else None


def _exists(reference: str) -> bool:
    from ...refusals import Missing

    try:
        queries.get_visible(reference, g.actor, clock.today())
    except Missing:
        return False
    return True


def _is_narrowed(filters: Filters) -> bool:
    return any((filters.kind, filters.category, filters.commune, filters.status, filters.text))


def _choices(has_sealed: bool) -> dict[str, Any]:
    """What the filters offer; the word denunciation only to whoever sees any."""
    categories, communes = filter_choices("vi" if is_vietnamese() else "en", clock.today())
    groups: list[tuple[Choice, list[Choice]]] = [
        (top, [c for c in categories if c.group == top.code]) for top in categories if not top.group
    ]
    kinds = [str(kind) for kind in Kind if kind != Kind.DENUNCIATION or has_sealed]
    return {"category_groups": groups, "communes": communes, "kinds": kinds}


ADDRESS = ("view", "q", "kind", "category", "commune", "status")


def _turning(endpoint: str, typed: Typed, page: int, shown: int, has_next: bool) -> dict[str, Any]:
    """Addresses of the pages beside this one, and the numbers of the rows shown."""
    kept: dict[str, Any] = {key: typed[key] for key in ADDRESS if typed.get(key)}
    first = (page - 1) * queries.PAGE + 1
    return {
        "previous": url_for(endpoint, **{**kept, "page": page - 1}) if page > 1 else None,
        "next": url_for(endpoint, **{**kept, "page": page + 1}) if has_next else None,
        "first": first if shown else None,
        "last": first + shown - 1,
    }


def _nothing(view: str, filters: Filters, page: int) -> dict[str, str]:
    """Why a group is empty, and what next."""
    if _is_narrowed(filters):
        return {"title": _("Không có việc nào trong nhóm này khớp bộ lọc."), "text": _("Bỏ lọc để thấy cả nhóm."),
                "icon": "search", "href": url_for("desk.queue", view=view), "link": _("Bỏ lọc")}  # fmt: skip
    if page > 1:
        return {"title": _("Trang này không còn việc nào."), "text": "", "icon": "list",
                "href": url_for("desk.queue", view=view), "link": _("Về trang đầu")}  # fmt: skip
    due = next_due(g.actor, "unit", clock.today())
    nearest = _("Việc gần nhất đến hạn ngày %(day)s.", day=show_date(due, "short")) if due else ""
    text = nearest or _("Đơn vị không có việc nào đang chờ đến hạn.")
    return {"title": str(EMPTY[view]), "text": text, "icon": "okc"}


EMPTY = {
    "mine": _l("Hiện không giữ việc nào."),
    "approve": _l("Không có dự thảo nào chờ duyệt."),
    "part": _l("Không đơn vị nào đang hỏi."),
    "sealed": _l("Không có đơn tố cáo nào."),
    "unit": _l("Đơn vị không có việc nào đang mở."),
    "unassigned": _l("Việc nào cũng đã có người giữ."),
    "waiting": _l("Không có việc nào đang chờ người gửi."),
    "suspended": _l("Không có việc nào đang tạm đình chỉ."),
    "promises": _l("Không có cam kết nào đang mở."),
    "today": _l("Hôm nay không có việc nào đến hạn."),
    "overdue": _l("Không có việc quá hạn."),
}
