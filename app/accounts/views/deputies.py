"""A head names who approves in the head's name, from day to day."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ... import clock
from ...extensions import db
from ...guards import role
from ...refusals import Invalid, Missing, NotAllowed
from ...rules.visibility import posts_of
from ...rules.workflow import N_, Role
from ...units.fields import say
from ...units.models import Unit
from ...units.queries import by_ids
from .. import actions, queries
from ..forms import DeputyForm
from ..models import Deputation
from . import bp


def _own_units() -> list[Unit]:
    """Units of which the visitor is head by an own post; a deputy names no further deputy."""
    ids = [p.unit_id for p in posts_of(g.actor, (Role.HEAD,)) if p.in_name_of is None]
    if not ids:
        raise NotAllowed(N_("Người ký thay không ủy quyền lại cho người khác."))
    found = by_ids(ids)
    return [found[i] for i in dict.fromkeys(ids)]


@bp.route("/account/deputies", methods=["GET", "POST"])
@role(Role.HEAD)
def deputies() -> Any:
    """The deputies of each unit one heads, and a form to name another."""
    units = _own_units()
    unit = next((u for u in units if u.code == request.values.get("unit")), units[0])
    people = queries.may_deputise(unit, current_user.id, actions.CAN_DEPUTISE, clock.today())
    form = DeputyForm(from_on=clock.today())
    form.deputy.offer(("", _("Chọn người")), *((p.id, _who(p.name, p.title)) for p in people))
    if form.validate_on_submit():
        try:
            _name(unit, form)
        except Invalid as refusal:
            say(form, refusal)
        else:
            return redirect(url_for("accounts.deputies", unit=unit.code), 303)
    rows = queries.deputations(current_user.id, clock.today())
    page = render_template("accounts/deputies.html", form=form, units=units, unit=unit, rows=rows, today=clock.today())
    return page, 422 if form.errors else 200


def _who(name: str, title: str) -> str:
    return f"{name}, {title}" if title else name


def _name(unit: Unit, form: DeputyForm) -> None:
    deputy = queries.by_id(int(form.deputy.data))
    if deputy is None:
        raise Missing
    actions.name_deputy(unit, current_user.official, deputy, form.from_on.data, form.to_on.data,
                        form.document.data or "", g.actor, clock.now())  # fmt: skip
    db.session.commit()
    flash(_("%(name)s được ký thay từ ngày đã chọn.", name=deputy.name), "ok")


@bp.post("/account/deputies/<int:number>/end")
@role(Role.HEAD)
def end_deputy(number: int) -> Any:
    """The head is back before the last day."""
    row = db.session.get(Deputation, number)
    if row is None or row.head_id != current_user.id:
        raise Missing
    actions.end_deputation(row, g.actor, clock.now())
    db.session.commit()
    flash(_("Đã thôi ủy quyền."), "ok")
    return redirect(url_for("accounts.deputies", unit=row.unit.code), 303)
