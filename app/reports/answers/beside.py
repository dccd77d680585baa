"""A figure and the same one of the year before, in words: how much, and by how much more, less, faster or slower."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from ...rules.statistics import Share, Spread
from ...words import show_number
from ..show import DAY, days, percent, whole

NONE = "–"
"""Nothing was counted, so there is nothing to open."""


@dataclass(frozen=True)
class Said:
    """What a page says of one figure: its value, what it is counted from, its cases; and the year before with its own.

    `value` empty: too few to say a rate, only `of`.
    """

    value: str
    of: str
    href: str
    before: str
    before_href: str
    difference: str


def count(now: int, before: int | None, minimum: int) -> tuple[str, str, str, str]:
    """A plain number: value, what it is of, the year before, the difference."""
    if before is None:
        return show_number(now), "", "", ""
    return show_number(now), "", show_number(before), _count_difference(now, before, minimum)


def _count_difference(now: int, before: int, minimum: int) -> str:
    if now == before:
        return _("bằng nhau")
    gap = show_number(abs(now - before))
    part = f" ({percent(100 * abs(now - before) / before)})" if before >= minimum else ""
    return (_("nhiều hơn %(n)s", n=gap) if now > before else _("ít hơn %(n)s", n=gap)) + part


def share(now: Share, before: Share | None, minimum: int) -> tuple[str, str, str, str]:
    """A rate with its numerator and denominator; a difference in points where both are large enough."""
    value, of = percent(now.percent(minimum)) or "", _of(now)
    if before is None:
        return value, of, "", ""
    earlier = ", ".join(filter(None, [percent(before.percent(minimum)), _of(before)])) or NONE
    return value, of, earlier, _share_difference(now.percent(minimum), before.percent(minimum))


def _of(one: Share) -> str:
    return f"{show_number(one.part)} / {show_number(one.whole)}" if one.whole else ""


def _share_difference(now: float | None, before: float | None) -> str:
    if now is None or before is None:
        return _("quá ít để so")
    gap = show_number(abs(now - before), 1)
    if gap == show_number(0, 1):
        return _("bằng nhau")
    return _("cao hơn %(n)s điểm phần trăm", n=gap) if now > before else _("thấp hơn %(n)s điểm phần trăm", n=gap)


def spread(now: Spread, before: Spread | None, minimum: int) -> tuple[str, str, str, str]:
    """A median in days, its 90th percentile and how many were measured."""
    value, of = _median(now), _measured(now, minimum)
    if before is None:
        return value, of, "", ""
    earlier = ", ".join(filter(None, [_median(before), _measured(before, minimum)]))
    return value, of, earlier, _spread_difference(now.median, before.median)


def _median(one: Spread) -> str:
    return _("%(n)s ngày", n=days(one.median)) if one.count else NONE


def _measured(one: Spread, minimum: int) -> str:
    if not one.count:
        return ""
    p90 = one.p90(minimum)
    number = ngettext("%(n)s việc", "%(n)s việc", one.count, n=show_number(one.count))
    return number if p90 is None else whole(_("p90 %(n)s", n=days(p90))) + ", " + number


def _spread_difference(now: float | None, before: float | None) -> str:
    if now is None or before is None:
        return _("quá ít để so")
    gap = show_number(abs(now - before) / DAY, 1)
    if gap == show_number(0, 1):
        return _("bằng nhau")
    return _("chậm hơn %(n)s ngày", n=gap) if now > before else _("nhanh hơn %(n)s ngày", n=gap)
