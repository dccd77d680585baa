"""Figures as the page writes them: by locale, with the address of the cases behind each."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ..rules.statistics import Share, Spread
from ..words import show_number
from .figures import Figures
from .links import Links

DAY = 86400


def days(seconds: float | None) -> str:
    """A duration in days with one digit; empty when there is none."""
    return "" if seconds is None else show_number(seconds / DAY, 1)


def whole(words: str) -> str:
    """A number and its sign stay on one line."""
    return words.replace(" %", "\u00a0%")


def percent(value: float | None) -> str | None:
    """A rate with its sign, or None where it is not computed."""
    return None if value is None else whole(_("%(n)s %%", n=show_number(value, 1)))


def share_tile(name: str, share: Share, reference: Share | None, minimum: int, href: str, words: str) -> dict[str, Any]:
    """A rate: value, interval and the whole's rate as reference, beside numerator and denominator."""
    value, interval = share.percent(minimum), share.interval(minimum)
    low, high = interval or (None, None)
    return {
        "name": name, "value": None if value is None else show_number(value, 1), "unit": "%", "low": low, "high": high,
        "mid": value, "ref": reference.percent(minimum) if reference else None, "href": href if share.whole else None,
        "of": _("%(k)s trên %(n)s %(what)s", k=show_number(share.part), n=show_number(share.whole), what=words),
        "vs": whole(_("khoảng %(a)s đến %(b)s %%", a=show_number(low), b=show_number(high))) if interval else "",
    }  # fmt: skip


def count_tile(name: str, count: int, href: str) -> dict[str, Any]:
    """A plain number that opens its cases."""
    words = (
        ngettext("Xem %(n)s vụ việc", "Xem %(n)s vụ việc", count, n=show_number(count))
        if count
        else _("Không có vụ việc nào")
    )
    return {"name": name, "value": show_number(count), "of": words, "href": href if count else None}


def time_tile(name: str, spread: Spread, minimum: int, href: str, more: str = "") -> dict[str, Any]:
    """A median, with its 90th percentile where there are enough values."""
    p90 = spread.p90(minimum)
    ninetieth = _("p90: %(n)s ngày", n=days(p90)) if p90 is not None else ""
    words = ngettext("trung vị của %(n)s việc", "trung vị của %(n)s việc", spread.count, n=show_number(spread.count))
    return {"name": name, "value": days(spread.median) or "–", "unit": _("ngày") if spread.count else "",
            "of": words if spread.count else _("Chưa có việc nào để đo"), "href": href if spread.count else None,
            "vs": "; ".join(filter(None, [more, ninetieth]))}  # fmt: skip


def tiles(figures: Figures, oldest_due_on: date | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The counts, and below them the judgements."""
    total, links = figures.total, Links(figures.place.unit.code, figures.question)
    overdue = count_tile(_("Đang quá hạn"), total.overdue, links.cases("overdue"))
    overdue["of"] = _("%(k)s trên %(n)s đang mở", k=show_number(total.overdue), n=show_number(total.open))
    if oldest_due_on:
        late = (figures.period.end_on - oldest_due_on).days
        overdue["late"] = ngettext("Lâu nhất: %(num)s ngày", "Lâu nhất: %(num)s ngày", late)
    counts = [
        count_tile(_("Mới nhận"), total.received, links.cases("received")),
        count_tile(_("Đã xong"), total.finished, links.cases("finished")),
        count_tile(_("Đang mở"), total.open, links.cases("open")),
        overdue,
    ]
    return counts, _judgements(figures, links)


def _judgements(figures: Figures, links: Links) -> list[dict[str, Any]]:
    total, around, least = figures.total, figures.reference, figures.minimum
    ref = {name: getattr(around, f"{name}_share") if around else None for name in ("on_time", "satisfied", "reopened")}
    net = _("trừ lúc chờ: %(n)s ngày", n=days(total.net.median)) if total.net.count else ""
    return [
        share_tile(_("Đúng hạn"), total.on_time_share, ref["on_time"], least, links.cases("judged"),
                   _("lẽ ra phải xong")),
        time_tile(_("Trả lời lần đầu"), total.first_response, least, links.cases("responded")),
        time_tile(_("Giải quyết"), total.elapsed, least, links.cases("resolved"), net),
        share_tile(_("Hài lòng (mức 4, 5)"), total.satisfied_share, ref["satisfied"], least,
                   links.cases("rated"), _("đánh giá")),
        share_tile(_("Mở lại"), total.reopened_share, ref["reopened"], least, links.cases("answered"),
                   _("đã trả lời")),
    ]  # fmt: skip


def month_rows(figures: Figures) -> list[dict[str, Any]]:
    """The table by month, the latest last; each figure is that month's own, as its page would show it."""
    links, least = Links(figures.place.unit.code, figures.question), figures.minimum
    return [
        {
            "name": f"{span.first.month}/{span.first.year}", "page": links.page(span), "summary": month,
            "received": links.cases("received", span), "finished": links.cases("finished", span),
            "judged": links.cases("judged", span), "responded": links.cases("responded", span),
            "rated": links.cases("rated", span), "answered": links.cases("answered", span),
            "on_time": percent(month.on_time_share.percent(least)), "first": days(month.first_response.median),
            "p90": days(month.first_response.p90(least)), "satisfied": percent(month.satisfied_share.percent(least)),
        }
        for span, month in figures.months
    ]  # fmt: skip
