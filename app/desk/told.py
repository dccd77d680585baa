"""What an official without a mail address is told about figures: the month's reports, and thresholds crossed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from ..journal.queries import unread_things
from ..rules.visibility import holds, sees_statistics
from ..rules.workflow import Actor, Role
from ..units.models import Unit
from ..units.queries import unit_by_code
from ..words import named, show_number

REPORT, ALERT = "report:", "alert:"
"""How the journal names them: with the unit's code and the month, or what crossed its threshold."""
SHOWN = 12
READERS = (Role.HEAD, Role.SUPERVISOR)
"""Who is sent reports and alerts."""


@dataclass(frozen=True)
class Line:
    """One line of the box: where it leads and what it says."""

    path: str
    words: str


def lines(actor: Actor) -> list[Line]:
    """What was told and not looked at, of units whose figures the reader may see, the newest first."""
    if not holds(actor, *READERS):
        return []
    found = unread_things(actor.official_id, (REPORT, ALERT), SHOWN)
    units = {code: unit_by_code(code) for code in {subject.split(":")[1] for subject, _facts in found}}
    return [_line(subject, facts, unit) for subject, facts in found
            if (unit := units[subject.split(":")[1]]) is not None and sees_statistics(actor, unit.path)]  # fmt: skip


def _line(subject: str, facts: dict[str, object], unit: Unit) -> Line:
    what = subject.split(":")[2]
    if subject.startswith(REPORT):
        month = date.fromisoformat(f"{what}-01")
        words = _("Báo cáo tháng %(month)s: %(unit)s", month=f"{month.month}/{month.year}", unit=named(unit, True))
        return Line(url_for("reports.month", code=unit.code, month=what), words)
    if what == "on_time":
        words = _("%(unit)s: tỷ lệ đúng hạn dưới ngưỡng %(n)s %%", unit=named(unit, True), n=facts.get("limit"))
    else:
        words = _("%(unit)s: số việc quá hạn trên ngưỡng %(n)s", unit=named(unit, True),
                  n=show_number(float(str(facts.get("limit") or 0))))  # fmt: skip
    return Line(url_for("reports.unit", code=unit.code), words)
