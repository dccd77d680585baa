"""Figures of being heard as the page writes them: tiles, the table by month, the table of units."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ...rules.dialogues.duties import CONFERENCE, RECEPTION_DAY
from ...rules.statistics.heard import Heard
from ...words import named, show_number
from ..show import percent, share_tile
from ..tree import Node
from .figures import HeardFigures
from .links import HeardLinks

Tile = dict[str, Any]


def _rate(figures: HeardFigures, links: HeardLinks, name: str, share: str, figure: str, words: str) -> Tile:
    """A rate; where there are too few for one, the two numbers themselves are the value."""
    value = figures.total.share(share)
    tile = share_tile(name, value, None, figures.minimum, links.rows(figure), words)
    if value.whole < figures.minimum:
        small = f"{show_number(value.part)} / {show_number(value.whole)}" if value.whole else "–"
        tile |= {"value": small, "unit": "", "mid": None}
    if not value.whole:
        tile["of"] = _("Chưa có gì để so")
    return tile


def _count(name: str, count: int, href: str | None, words: str, more: str = "") -> Tile:
    return {"name": name, "value": show_number(count), "of": words, "href": href if count else None, "vs": more}


def _see(count: int) -> str:
    return _("Xem từng dòng") if count else _("Không có")


def reception_tiles(figures: HeardFigures) -> list[Tile]:
    """Days owed and held by the head, days moved, visits and what came of them."""
    t, links = figures.total, HeardLinks(figures.place.unit.code, figures.question)
    head = _rate(figures, links, _("Ngày người đứng đầu tiếp dân"), "head_days", "head_days", _("ngày phải tiếp"))
    missing = t.days_owed - t.days_counted
    head |= (
        {"late": ngettext("Thiếu %(n)s ngày", "Thiếu %(n)s ngày", missing, n=show_number(missing))} if missing else {}
    )
    if not missing and (now := figures.running.get(RECEPTION_DAY)) and now.owed:
        head["vs"] = _("tuần, tháng này: %(k)s trên %(n)s", k=show_number(now.counted), n=show_number(now.owed))
    people = ngettext("%(n)s người", "%(n)s người", t.people, n=show_number(t.people)) if t.visits else ""
    return [
        head,
        _count(_("Lượt tiếp"), t.visits, links.rows("visits"), _see(t.visits), people),
        _rate(figures, links, _("Báo kết quả đúng hạn"), "told", "tellable", _("lượt đến hạn báo")),
        _count(_("Thành vụ việc"), t.became_cases, links.rows("became_cases"), _see(t.became_cases)),
        _count(_("Không đến"), t.no_shows, links.rows("no_shows"), _see(t.no_shows)),
        _count(_("Từ chối tiếp"), t.turned_away, links.rows("turned_away"), _see(t.turned_away)),
        _count(_("Ngày tiếp bị dời"), t.days_moved, links.rows("days_moved"), _see(t.days_moved)),
        _count(_("Ngày có tiếp công dân"), t.days_held, links.rows("days_held"), _see(t.days_held)),
    ]  # fmt: skip


def dialogue_tiles(figures: HeardFigures) -> list[Tile]:
    """Sessions held, conferences owed, announced and published in time, questions, requests, voices."""
    t, links = figures.total, HeardLinks(figures.place.unit.code, figures.question)
    came = ngettext("%(n)s người dự", "%(n)s người dự", t.attended, n=show_number(t.attended)) if t.sessions else ""
    conference = _rate(figures, links, _("Hội nghị đối thoại hằng năm"), "conference", "conference",
                       _("phải tổ chức, năm đã hết"))  # fmt: skip
    if (now := figures.running.get(CONFERENCE)) and now.owed:
        conference["vs"] = _("năm %(year)s: đã tổ chức %(k)s trên %(n)s", year=figures.at.last.year,
                             k=show_number(now.counted), n=show_number(now.owed))  # fmt: skip
    return [
        _count(_("Buổi đối thoại"), t.sessions, links.rows("sessions"), _see(t.sessions), came),
        conference,
        _rate(figures, links, _("Thông báo kịp"), "announced", "announceable", _("buổi phải thông báo")),
        _rate(figures, links, _("Công khai kết quả kịp"), "published", "publishable", _("buổi đến hạn công khai")),
        _rate(figures, links, _("Câu hỏi được trả lời"), "questions_answered", "sessions", _("câu hỏi")),
        _count(_("Đề nghị đối thoại"), t.requests, links.requests(), _see(t.requests)),
        _count(_("Tiếng nói cùng đề nghị"), t.voices, None, ngettext("lượt góp tiếng", "lượt góp tiếng", t.voices)),
    ]  # fmt: skip


def promise_tiles(figures: HeardFigures) -> list[Tile]:
    """Commitments kept and kept on time of those that fell due; those open, overdue, broken, objected to."""
    p, links = figures.total.promises, HeardLinks(figures.place.unit.code, figures.question)
    due = _("cam kết đến hạn")
    open_ones = _count(_("Đang mở"), p.open, links.rows("open"), _see(p.open))
    if p.overdue:
        open_ones["late"] = ngettext("%(n)s quá hạn", "%(n)s quá hạn", p.overdue, n=show_number(p.overdue))
    return [
        _rate(figures, links, _("Giữ cam kết"), "promises_kept", "due", due),
        _rate(figures, links, _("Giữ cam kết đúng hạn"), "promises_on_time", "due", due),
        open_ones,
        _count(_("Không giữ"), p.broken, links.rows("broken"), _see(p.broken)),
        _count(_("Mới hứa"), p.made, links.rows("made"), _see(p.made)),
        _count(_("Người dân nói chưa xong"), figures.total.objections, links.rows("objected"),
               _see(figures.total.objections)),
    ]  # fmt: skip


def is_empty(heard: Heard) -> bool:
    """Nothing was owed, done or promised."""
    return heard == Heard()


def month_rows(figures: HeardFigures) -> list[dict[str, Any]]:
    """The table by month, each beside the same month a year before; the latest last."""
    links = HeardLinks(figures.place.unit.code, figures.question)
    return [
        {"name": f"{row.span.first.month}/{row.span.first.year}", "page": links.page(row.span), "now": row.now,
         "before": row.before, "rows": {name: links.rows(name, row.span) for name in
                                        ("head_days", "visits", "sessions", "due")}}
        for row in figures.months
    ]  # fmt: skip


ORDERS = ("shortfall", "name")


def unit_rows(figures: HeardFigures, order: str) -> list[dict[str, Any]]:
    """The table of units: in Vietnamese order, or by what is owed and not done, the most first."""
    rows = [_row(figures, node, heard) for node, heard in figures.rows]
    return rows if order == "name" else sorted(rows, key=lambda row: -row["heard"].shortfall)


def _row(figures: HeardFigures, node: Node, heard: Heard) -> dict[str, Any]:
    is_own = node.id == figures.place.unit.id
    links = HeardLinks(figures.place.unit.code, figures.question).of(node.code, alone=is_own)
    short = named(node, True)
    return {
        "name": _("%(name)s, chỉ đơn vị này", name=short) if is_own else short, "heard": heard, "page": links.page(),
        "links": links, "level": node.level,
        "rates": {name: percent(heard.share(name).percent(figures.minimum)) for name in
                  ("told", "published", "promises_kept", "promises_on_time")},
    }  # fmt: skip


def until(figures: HeardFigures) -> date | None:
    """Today, where the days asked about reach further."""
    return figures.at.last if figures.at.last < figures.question.span.last else None
