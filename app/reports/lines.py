"""A custody as a line of the list behind a figure: how it stood when the period ended, never who the resident is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..rules.statistics import CustodyFact, Period
from ..rules.statistics.formulas import (
    elapsed_seconds,
    first_response_seconds,
    is_first_time,
    is_open,
    is_overdue,
    net_seconds,
)
from ..words import is_vietnamese, named, show_date, word
from .listing import Row
from .show import days
from .tree import Node


def line(row: Row, figure: str, period: Period, units: Mapping[int, Node]) -> dict[str, Any]:
    """What the table shows of one row; a case out of the reader's sight has neither title nor number."""
    fact = row.fact
    return {
        "url": url_for("desk.case", reference=row.reference) if row.is_visible else None,
        "title": row.title,
        "reference": row.reference,
        "kind": word(row.kind, "kind"),
        "category": row.category_vi if is_vietnamese() else row.category_en or row.category_vi,
        "unit": named(units[fact.unit_id], True),
        "came": show_date(fact.began_at),
        "due": standing(fact, period),
        "detail": detail(fact, figure, period),
    }


def standing(fact: CustodyFact, period: Period) -> dict[str, str]:
    """On time, late, open or gone, as it was when the period ended, with the due date."""
    target = fact.due_on if is_first_time(fact, period) and not fact.is_reopening else fact.reopening_due_on
    due_on = target if is_open(fact, period) else fact.due_on
    tone, words = _open(fact, period, target) if is_open(fact, period) else _done(fact, period)
    return {"tone": tone, "word": words, "date": _("hạn %(day)s", day=show_date(due_on)) if due_on else ""}


def _open(fact: CustodyFact, period: Period, target: date | None) -> tuple[str, str]:
    if target is None:
        return "none", _("Không đặt hạn")
    if is_overdue(fact, period):
        over = (period.end_on - target).days
        return "late", ngettext("Quá hạn %(num)s ngày", "Quá hạn %(num)s ngày", over)
    return "ok", _("Trong hạn")


def is_gone(fact: CustodyFact, period: Period) -> bool:
    """The case left the unit unanswered before the period ended."""
    return not period.is_over_by(fact.finished_at) and period.is_over_by(fact.ended_at)


def _done(fact: CustodyFact, period: Period) -> tuple[str, str]:
    gone = is_gone(fact, period)
    ended_on = fact.ended_on if gone else fact.finished_on
    if fact.due_on is None or fact.is_reopening or ended_on is None:
        return "none", _("Đã chuyển đi") if gone else _("Không chấm hạn")
    over = (ended_on - fact.due_on).days
    if over <= 0:
        return "ok", _("Chuyển trong hạn") if gone else _("Xong đúng hạn")
    if gone:
        return "late", ngettext("Chuyển trễ %(num)s ngày", "Chuyển trễ %(num)s ngày", over)
    return "late", ngettext("Xong trễ %(num)s ngày", "Xong trễ %(num)s ngày", over)


def detail(fact: CustodyFact, figure: str, period: Period) -> list[str]:
    """What the figure measures of this row: dates, a duration, a level."""
    if figure == "responded":
        return [_("sau %(n)s ngày", n=days(first_response_seconds(fact))), show_date(fact.first_response_at)]
    if figure == "resolved":
        net = _("trừ lúc chờ: %(n)s", n=days(net_seconds(fact))) if fact.waited_seconds else ""
        return [_("sau %(n)s ngày", n=days(elapsed_seconds(fact))), net, show_date(fact.resolved_at)]
    if figure in ("rated", "satisfied") or figure.startswith(("level_", "reason_")):
        return [word(fact.rating_level, "level"), show_date(fact.rated_at)]
    if is_open(fact, period):
        state = _("Đã mở lại, đang mở") if period.is_over_by(fact.finished_at) else _("Đang mở")
    elif is_gone(fact, period):
        state = _("Đã chuyển đơn vị khác")
    else:
        state = word(fact.outcome, "outcome") if fact.outcome else _("Đã xong")
    done = _("xong %(day)s", day=show_date(fact.finished_at)) if fact.finished_at else ""
    again = _("mở lại %(day)s", day=show_date(fact.reopened_at)) if fact.reopened_at else ""
    return [state, done, again]
