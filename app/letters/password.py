"""The letter with the link by which an official chooses a password; good for half an hour, three days for the first."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from flask_babel import force_locale

from ..accounts import password_links
from ..accounts.models import Official
from ..extensions import db
from ..journal.models import Event, Notice
from ..units.queries import government
from ..words import Government
from .report import language_of
from .whom import NothingToSend
from .write import Letter, address_of, framed, one_line, tidied

ABOUT = password_links.ABOUT
SUBJECTS = {"vi": "Đặt mật khẩu Gần Dân", "en": "Choose your Gần Dân password"}


def write_password(notice: Notice, event: Event, now: datetime) -> Letter:
    """The letter that somebody's forgotten password owes. Makes the link; the caller commits.

    NothingToSend where there is no address, the official is shut out, or the link's time is over.
    """
    official, kind = db.session.get_one(Official, notice.official_id or 0), str(event.facts.get("kind", ""))
    good_until = event.at + password_links.GOOD_FOR[kind]
    if official.is_disabled or now >= good_until:
        raise NothingToSend(NothingToSend.NO_RIGHT if official.is_disabled else NothingToSend.TOO_LATE)
    to, language = address_of(official.email), language_of(official)
    key = password_links.key_of(event.seq, str(current_app.config["SECRET_KEY"]))
    password_links.make(official.id, key, good_until)
    with force_locale(language):
        text = tidied(current_app.jinja_env.get_template(f"letters/{language}/password_link_official.txt").render(
            name=one_line(official.name), account=official.account, is_new=kind == password_links.ACTIVATION,
            link=password_links.address(key), government=Government(government(), language),
        ))  # fmt: skip
    return framed(notice, to, SUBJECTS[language], text, language, now)
