"""The journal's checkpoint by mail, once a day to the inspectors of the top: a copy that this machine cannot take back.

The text of the checkpoint stands in the event and in the letter; whoever keeps the letters can later prove that the
chain was rewritten (README, Operations).
"""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from .. import clock
from ..accounts.models import Official
from ..accounts.queries import holder_ids
from ..extensions import db, writing
from ..journal import checkpoint
from ..journal.models import Event, Notice
from ..journal.record import Thing, head_for_update, record
from ..rules.visibility import sees_journal
from ..rules.workflow import THE_SYSTEM, Action, Role
from ..units.queries import government, root
from ..words import Government
from .monthly import told
from .report import language_of
from .watch import starts_at
from .whom import NothingToSend
from .write import Letter, address_of, framed, one_line, page, tidied

ABOUT = "checkpoint:"
"""How events name the checkpoint of a day."""
SUBJECTS = {"vi": "Điểm kiểm nhật ký ngày {day}", "en": "Journal checkpoint of {day}"}


def owe_checkpoint(now: datetime) -> bool:
    """Owe today's checkpoint, from the hour at which officials are written to, every day of the week, once.

    Nobody to tell (the top has no inspector): nothing is written. Commits.
    """
    day, top = clock.day_of(now), root()
    if top is None or clock.local(now).time() < starts_at() or _is_owed(f"{ABOUT}{day}"):
        return False
    inspectors = holder_ids(top.id, (Role.INSPECTOR,), day)
    if not inspectors:
        return False
    with writing():
        head_for_update(now)  # another worker may have been faster: what it wrote is seen below
        if _is_owed(f"{ABOUT}{day}"):
            return False
        made = checkpoint.make(current_app.config, now)
        record(Action.CHECKPOINT_SENT, Thing(f"{ABOUT}{day}", top.id), THE_SYSTEM, now, told(inspectors),
               text=made.text)  # fmt: skip
        db.session.commit()
    return True


def _is_owed(about: str) -> bool:
    return db.session.scalar(select(Event.seq).where(Event.subject == about).limit(1)) is not None


def write_checkpoint(notice: Notice, event: Event, now: datetime) -> Letter:
    """The letter with the checkpoint's text; NothingToSend where there is no address, or no right to the journal."""
    official = db.session.get_one(Official, notice.official_id or 0)
    if not sees_journal(official.actor(clock.day_of(now))):
        raise NothingToSend(NothingToSend.NO_RIGHT)
    language = language_of(official)
    with force_locale(language):
        text = tidied(current_app.jinja_env.get_template(f"letters/{language}/checkpoint_sent_official.txt").render(
            name=one_line(official.name), text=str(event.facts.get("text", "")).strip(),
            link=page("petitions.trust"), government=Government(government(), language),
        ))  # fmt: skip
    subject = SUBJECTS[language].format(day=event.subject.removeprefix(ABOUT))
    return framed(notice, address_of(official.email), subject, text, language, now)
