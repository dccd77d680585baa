"""The resident says how to hear of the case from now on: by mail, by SMS, or not at all."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...cases.contact import choose_channel
from ...extensions import db
from ...guards import resident
from ...refusals import Invalid
from ..forms import ChannelForm
from . import bp
from .sealed import open_case


@bp.route("/follow/case/news", methods=["GET", "POST"])
@resident
def channel() -> Any:
    """Choose; what is owed already follows the new choice."""
    case, form = open_case(), ChannelForm()
    form.offer(case.contact_channel)
    if request.method == "GET":
        form.contact_channel.data = case.contact_channel
        return render_template("petitions/channel.html", case=case, form=form)
    try:
        choose_channel(case, str(form.contact_channel.data or ""), g.actor, clock.now())
    except Invalid as refused:
        form.contact_channel.errors = [_(refused.reason)]
        return render_template("petitions/channel.html", case=case, form=form), 422
    db.session.commit()
    flash(_("Đã ghi cách báo tin."), "ok")
    return redirect(url_for("petitions.follow"), 303)
