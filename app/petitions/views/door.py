"""The door of a case: by receipt code, by a single-use link, out again; and what to do when the code is lost."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from ... import clock, open_doors
from ...accounts import attempts
from ...cases import links
from ...cases.models import FollowLink
from ...cases.queries import by_code
from ...cases.receipts import read
from ...extensions import db
from ...guards import admit_resident, public
from ..forms import CodeForm, LostForm
from . import bp

TRIES, SECONDS = 10, 60
"""Wrong codes taken from one network within so many seconds."""
LINKS_PER_HOUR = 5
"""Lost codes asked for from one network."""


@bp.route("/follow", methods=["GET", "POST"])
@public
def door() -> Any:
    """Type the receipt code; it opens one case."""
    form = CodeForm()
    if request.method == "GET":
        return render_template("petitions/door.html", form=form, has_left="left" in request.args)
    if form.validate():
        case_id = _try(str(form.code.data))
        if case_id is not None:
            admit_resident(case_id)
        db.session.commit()
        if case_id is not None:
            return redirect(url_for("petitions.follow"), 303)
        form.code.errors = [_("Không mở được việc nào bằng mã này. So lại từng ký tự với giấy biên nhận.")]
    return render_template("petitions/door.html", form=form, has_left=False), 422


def _try(typed: str) -> int | None:
    """The case a code opens; ten wrong ones a minute and the door stays shut. The caller commits."""
    code = read(typed)
    case, who = by_code(code) if code else None, attempts.network(request.remote_addr)
    found = attempts.guess("code", case, who, clock.now(), TRIES, SECONDS)
    return None if found is None else found.id


@bp.post("/follow/leave")
@public
def leave() -> Any:
    """Close the case in this browser and leave nothing of it behind."""
    open_doors.shut(session.pop("resident", None))
    session.pop("receipt", None)
    db.session.commit()
    response = redirect(url_for("petitions.door", left=1), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.route("/link/<key>", methods=["GET", "POST"])
@public
def use_link(key: str) -> Any:
    """Open a case by the link from a mail: looking shows a button, pressing it uses the link up."""
    now = clock.now()
    link = links.good_link(FollowLink, key, now)
    if request.method == "GET" or link is None:
        return render_template("petitions/link.html", is_good=link is not None, key=key), 200 if link else 410
    link.used_at, case_id = now, link.case_id
    admit_resident(case_id)
    db.session.commit()
    return redirect(url_for("petitions.follow"), 303)


@bp.route("/follow/lost", methods=["GET", "POST"])
@public
def lost() -> Any:
    """Ask for a link by mail; the answer is the same whether the address is known here or not."""
    form = LostForm()
    if request.method == "GET":
        return render_template("petitions/lost.html", form=form, is_sent=False)
    if not form.validate():
        return render_template("petitions/lost.html", form=form, is_sent=False), 422
    now = clock.now()
    attempts.count_and_check("lost", attempts.network(request.remote_addr), now, LINKS_PER_HOUR, 3600)
    links.send_links(str(form.email.data).strip(), now, str(current_app.config["SECRET_KEY"]))
    db.session.commit()
    return render_template("petitions/lost.html", form=form, is_sent=True)
