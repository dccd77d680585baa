"""The letter of an alert: which figure of which unit crossed which threshold."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from flask_babel import force_locale

from ..journal.models import Event, Notice
from ..rules.statistics import Share
from ..units.queries import government
from ..words import Government
from .alerts import ABOUT
from .report import language_of, named_in, reader
from .write import Letter, address_of, framed, one_line, page, tidied

SUBJECTS = {"vi": "Số liệu vượt ngưỡng: {unit}", "en": "A figure crossed its threshold: {unit}"}


def write_alert(notice: Notice, event: Event, now: datetime) -> Letter:
    """The letter that an alert's notice owes; NothingToSend where there is no address or no right to these figures."""
    code = event.subject.removeprefix(ABOUT).rpartition(":")[0]
    official, unit = reader(notice, code, now)
    language, facts = language_of(official), event.facts
    share = Share(int(facts.get("part", 0)), int(facts.get("whole", 0)))
    with force_locale(language):
        text = tidied(current_app.jinja_env.get_template(f"letters/{language}/alert_official.txt").render(
            name=one_line(official.name), unit=unit, facts=facts, share=share, percent=share.percent(1) or 0,
            link=page("reports.unit", code=code), government=Government(government(), language),
        ))  # fmt: skip
    subject = SUBJECTS[language].format(unit=named_in(unit, language))
    return framed(notice, address_of(official.email), subject, text, language, now)
