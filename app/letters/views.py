"""The administrator's page of letters that could not be delivered: what failed, not what was written."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from .. import clock
from ..accounts.reach import paths
from ..extensions import db
from ..guards import role
from ..journal.record import record
from ..refusals import Missing
from ..rules.workflow import Action, Role
from . import queries
from .actions import MOST, retry, retry_all

bp = Blueprint("letters", __name__)


@bp.route("/admin/letters")
@role(Role.ADMINISTRATOR)
def dead() -> Any:
    """How the outbox stands, and the letters and SMS that were given up, newest first."""
    page, error, channel = _asked()
    within = tuple(paths(g.actor))
    letters, has_next = queries.dead(within, page, error, channel)
    return render_template(
        "letters/dead.html", letters=letters, page=page, has_next=has_next, error=error, channel=channel,
        depth=queries.depth(clock.now(), within), errors=queries.errors(within), most=MOST,
    )  # fmt: skip


def _asked() -> tuple[int, str, str]:
    """The page, the fault and the channel that the address names; anything else is as if nothing was named."""
    channel = request.args.get("channel", "")
    page = min(max(request.args.get("page", 1, type=int), 1), 4000)
    return page, request.args.get("error", "")[:200], channel if channel in ("mail", "sms") else ""


@bp.route("/admin/letters/<int:notice_id>/retry", methods=["POST"])
@role(Role.ADMINISTRATOR)
def send_again(notice_id: int) -> Any:
    """Owe one letter again."""
    notice = queries.find_dead(notice_id, paths(g.actor))
    if notice is None:
        raise Missing
    now = clock.now()
    retry(notice, now)
    record(Action.LETTER_RETRIED, None, g.actor, now, about=f"notice:{notice_id}")
    db.session.commit()
    flash(_("Thư sẽ được gửi lại trong ít phút."), "ok")
    return redirect(url_for("letters.dead"), 303)


@bp.route("/admin/letters/retry", methods=["POST"])
@role(Role.ADMINISTRATOR)
def send_all_again() -> Any:
    """Owe every letter again that was given up for one fault."""
    error = request.form.get("error", "")[:200]
    now = clock.now()
    number = retry_all(queries.all_dead(paths(g.actor), error, MOST), now)
    if number:
        record(Action.LETTER_RETRIED, None, g.actor, now, about="notices", letters=number)
    db.session.commit()
    flash(
        ngettext("%(num)s thư sẽ được gửi lại trong ít phút.", "%(num)s thư sẽ được gửi lại trong ít phút.", number),
        "ok",
    )
    return redirect(url_for("letters.dead"), 303)
