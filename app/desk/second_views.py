"""Requests that take two: what waits, and the second administrator's yes or no."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import clock
from ..accounts import password_links, two_person
from ..accounts.models import ChangeRequest, Post
from ..extensions import db
from ..guards import role
from ..refusals import Invalid
from ..rules.workflow import Role
from ..units.queries import unit_by_code
from . import second

bp = Blueprint("second", __name__)


def _post_of(row: ChangeRequest) -> Post | None:
    return db.session.get(Post, row.facts["post"]) if "post" in row.facts else None


@bp.get("/admin/requests")
@role(Role.ADMINISTRATOR)
def requests() -> Any:
    """What waits for a second administrator in the visitor's units, and what was decided lately."""
    now = clock.now()
    waiting, decided = two_person.waiting(g.actor, now), two_person.decided(g.actor)
    return render_template(
        "accounts/requests.html", waiting=waiting, decided=decided, me=current_user.id, lasts=two_person.GOOD_FOR,
        posts={row.id: _post_of(row) for row in (*waiting, *decided)},
        units={row.id: unit_by_code(row.facts.get("unit", "")) for row in (*waiting, *decided)},
    )  # fmt: skip


@bp.post("/admin/requests/<int:request_id>/approve")
@role(Role.ADMINISTRATOR)
def approve(request_id: int) -> Any:
    """The second administrator agrees, and it happens; never to the own request."""
    now = clock.now()
    row = two_person.to_decide(request_id, g.actor, now)
    try:
        person, key = second.perform(row, g.actor, now)
    except Invalid as refusal:
        db.session.rollback()
        flash(_(refusal.reason), "late")
        return redirect(url_for("second.requests"), 303)
    two_person.settle(row, two_person.APPROVED, g.actor, now)
    db.session.commit()
    if key:
        return render_template("accounts/link_once.html", official=person, is_new=row.verb == "create",
                               url=password_links.address(key))  # fmt: skip
    flash(_("Đã duyệt, có hiệu lực từ bây giờ."), "ok")
    return redirect(url_for("second.requests"), 303)


@bp.post("/admin/requests/<int:request_id>/decline")
@role(Role.ADMINISTRATOR)
def decline(request_id: int) -> Any:
    """The second administrator says no."""
    now = clock.now()
    two_person.settle(two_person.to_decide(request_id, g.actor, now), two_person.DECLINED, g.actor, now)
    db.session.commit()
    flash(_("Đã từ chối, không có gì thay đổi."), "ok")
    return redirect(url_for("second.requests"), 303)


@bp.post("/admin/requests/<int:request_id>/withdraw")
@role(Role.ADMINISTRATOR)
def withdraw(request_id: int) -> Any:
    """Whoever asked takes it back."""
    two_person.withdraw(request_id, g.actor, clock.now())
    db.session.commit()
    flash(_("Đã rút đề nghị."), "ok")
    return redirect(url_for("second.requests"), 303)
