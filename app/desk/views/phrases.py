"""Phrases: read by everybody at the desk, kept by the heads of a unit and, for everybody, by the administrators."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...extensions import db
from ...guards import role
from ...refusals import Missing
from ...rules.workflow import Role
from ...units.models import Unit
from ...units.queries import by_ids
from ...words import is_vietnamese, named
from .. import actions
from ..forms import NewPhraseForm, PhraseForm
from ..models import Phrase
from ..phrases import LANGUAGES, PLACEHOLDERS, PURPOSES, headed, may_keep, sees, shelves
from . import DESK, bp

KEEPERS = (Role.HEAD, Role.ADMINISTRATOR)
GOVERNMENT = "-"
"""The choice that stands for the whole government, beside the codes of units."""


@bp.get("/desk/phrases")
@role(*DESK, Role.ADMINISTRATOR)
def phrases() -> Any:
    """Everything this official may write with, by unit and purpose."""
    found = shelves(g.actor)
    units = by_ids([unit_id for unit_id, _rows in found if unit_id is not None])
    return render_template(
        "desk/phrases.html", purposes=PURPOSES, languages=LANGUAGES, may_add=bool(_keeps()),
        shelves=[(units.get(unit_id or 0), rows, may_keep(g.actor, unit_id)) for unit_id, rows in found],
    )  # fmt: skip


def _keeps() -> dict[str, Unit | None]:
    """Whose phrases the visitor keeps: units by code, and the whole government."""
    units = by_ids(headed(g.actor))
    found: dict[str, Unit | None] = {unit.code: unit for unit in units.values()}
    return found | ({GOVERNMENT: None} if may_keep(g.actor, None) else {})


@bp.route("/desk/phrases/new", methods=["GET", "POST"])
@role(*KEEPERS)
def new_phrase() -> Any:
    """One more phrase for a unit one heads, or for everybody."""
    keeps = _keeps()
    if not keeps:
        actions.must_keep(g.actor, None)
    form: Any = NewPhraseForm(language="vi" if is_vietnamese() else "en", purpose=request.args.get("purpose", "answer"))
    form.unit.choices = [
        (code, named(unit) if unit else _("Dùng chung cho mọi đơn vị")) for code, unit in keeps.items()
    ]
    if form.validate_on_submit():
        row = actions.add_phrase(keeps[form.unit.data], form.facts(), g.actor, clock.now())
        db.session.commit()
        flash(_("Đã thêm mẫu câu %(title)s.", title=row.title), "ok")
        return redirect(url_for("desk.phrases"), 303)
    return _page(form, None), 422 if form.errors else 200


@bp.route("/desk/phrases/<int:phrase_id>", methods=["GET", "POST"])
@role(*DESK, Role.ADMINISTRATOR)
def phrase(phrase_id: int) -> Any:
    """Put a phrase right, put it away or back."""
    row = db.session.get(Phrase, phrase_id)
    if row is None or not sees(g.actor, row.unit_id):
        raise Missing
    actions.must_keep(g.actor, row.unit_id)
    form: Any = PhraseForm(obj=row)
    if form.validate_on_submit():
        actions.change_phrase(row, form.facts(), g.actor, clock.now())
        db.session.commit()
        flash(_("Đã lưu mẫu câu %(title)s.", title=row.title), "ok")
        return redirect(url_for("desk.phrases"), 303)
    return _page(form, row), 422 if form.errors else 200


def _page(form: PhraseForm, row: Phrase | None) -> str:
    said = "; ".join(f"{{{name}}} {words}" for name, words in PLACEHOLDERS.items())
    return render_template("desk/phrase.html", form=form, phrase=row, placeholders_said=f"{said}.")
