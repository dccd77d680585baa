"""What the law makes a unit do again and again: reception days of its head, conferences with its people."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from ..extensions import db
from ..rules.deadlines import Rules
from ..rules.dialogues.duties import CONFERENCE, RECEPTION_DAY, Duty, read
from ..words import is_vietnamese, show_date
from .calendar import shipped
from .models import Level, Unit

_parsed: tuple[Rules, tuple[Duty, ...]] | None = None


def all_duties() -> tuple[Duty, ...]:
    """The duties of deadlines.toml, read once."""
    global _parsed
    rules = shipped()
    if _parsed is None or _parsed[0] is not rules:
        _parsed = rules, read(rules.duties)
    return _parsed[1]


def duties_of(unit: Unit) -> tuple[Duty, ...]:
    """Every duty of the unit's level, past and coming versions too."""
    level = db.session.get(Level, unit.level)
    return tuple(duty for duty in all_duties() if level is not None and duty.who in level.duties)


def owed_from(unit: Unit, day: date) -> list[Duty]:
    """The duties that bind the unit on that day or will later."""
    return [duty for duty in duties_of(unit) if duty.effective_to is None or duty.effective_to >= day]


def lines(duty: Duty) -> tuple[str, str, str]:
    """A duty as a page says it: what is owed, by which law, and since or until when."""
    basis = duty.legal_basis if is_vietnamese() else duty.legal_basis_en or duty.legal_basis
    return _owed(duty), basis, _in_effect(duty)


def _owed(duty: Duty) -> str:
    often = {"week": _("mỗi tuần"), "month": _("mỗi tháng"), "year": _("mỗi năm")}[duty.per]
    n = duty.min_count
    if duty.what == RECEPTION_DAY:
        alone = _(", người đứng đầu tự tiếp, không giao cấp phó") if duty.no_deputy else ""
        return (
            ngettext("Tiếp công dân ít nhất %(num)s ngày", "Tiếp công dân ít nhất %(num)s ngày", n) + f" {often}{alone}"
        )
    if duty.what == CONFERENCE:
        asked = ""
        if duty.voter_share:
            asked = _(", và khi từ %(n)s %% cử tri yêu cầu", n=round(100 * duty.voter_share))
        return (
            ngettext("Hội nghị đối thoại ít nhất %(num)s lần", "Hội nghị đối thoại ít nhất %(num)s lần", n)
            + f" {often}{asked}"
        )
    return ngettext("Báo cáo Thủ tướng %(num)s lần", "Báo cáo Thủ tướng %(num)s lần", n) + f" {often}"


def _in_effect(duty: Duty) -> str:
    said = []
    if duty.effective_from:
        said.append(_("từ %(day)s", day=show_date(duty.effective_from)))
    if duty.effective_to:
        said.append(_("đến hết %(day)s", day=show_date(duty.effective_to)))
    return ", ".join(said)
