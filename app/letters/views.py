"""The administrator's page of letters that could not be delivered: what failed, not what was written."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..accounts.reach import paths
from ..extensions import db
from ..guards import role
from ..refusals import Missing
from ..rules.workflow import Role
from . import queries
from .actions import retry

bp = Blueprint("letters", __name__)


@bp.route("/admin/letters")
@role(Role.ADMINISTRATOR)
def dead() -> Any:
    """The letters that were given up, newest first."""
    page = max(request.args.get("page", 1, type=int), 1)
    letters, has_next = queries.dead(paths(g.actor), page)
    return render_template("letters/dead.html", letters=letters, page=page, has_next=has_next)


@bp.route("/admin/letters/<int:notice_id>/retry", methods=["POST"])
@role(Role.ADMINISTRATOR)
def send_again(notice_id: int) -> Any:
    """Owe one letter again."""
    notice = queries.find_dead(notice_id, paths(g.actor))
    if notice is None:
        raise Missing
    retry(notice, clock.now())
    db.session.commit()
    flash(_("Thư sẽ được gửi lại trong ít phút."), "ok")
    return redirect(url_for("letters.dead"), 303)
