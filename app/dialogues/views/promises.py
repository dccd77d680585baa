"""Commitments as residents and the public read them; an asker says "not done" here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...extensions import db
from ...guards import booker, public, resident
from ...refusals import Invalid
from ...rules.dialogues import commitments as rules
from ...rules.workflow import Action
from ...units.fields import say
from ..actions.findings import is_theirs, object_to
from ..forms.commitments import ObjectForm
from ..models import Commitment
from ..queries import commitments as queries
from ..shown import Standing, standing
from . import bp
from .commitments import filters_typed, page_number, turning


@bp.get("/commitments")
@public
def promises() -> Any:
    """What was promised in published sessions and answers, and how each stands; those still owed first."""
    today, filters, page = clock.today(), filters_typed("all"), page_number()
    found, has_next = queries.published(filters, today, page)
    return render_template(
        "dialogues/promises.html", rows=[(one, standing(one, today)) for one in found], filters=filters,
        units=queries.units_published(), words=queries.WORDS,
        **turning("dialogues.promises", page, len(found), has_next),
    )  # fmt: skip


@bp.get("/commitments/<number>")
@public
def published_promise(number: str) -> Any:
    """One published commitment, by the address that is shared."""
    found = queries.published_one(number)
    return render_template("dialogues/published_promise.html", c=found, how=standing(found, clock.today()))


def objecting(found: Iterable[Commitment]) -> list[tuple[Commitment, Standing, ObjectForm | None, str]]:
    """Each with its standing and, where somebody says it is done, the form that says it is not."""
    today = clock.today()
    return [(one, standing(one, today), _form(one), _address(one)) for one in found]


def _form(one: Commitment) -> ObjectForm | None:
    return ObjectForm(f"object-{one.id}", formdata=None) if _may_object(one) else None


def _may_object(one: Commitment) -> bool:
    refused = rules.why_not(Action.OBJECT, one.state, one.due_on, clock.today())
    return refused is None and not _has_open(one)


def _has_open(one: Commitment) -> bool:
    return any(is_theirs(said, g.actor) and said.answered_at is None for said in one.objections)


def _address(one: Commitment) -> str:
    endpoint = "dialogues.object_as_booker" if g.actor.booking_id is not None else "dialogues.object_as_resident"
    return url_for(endpoint, number=one.number)


@bp.route("/follow/case/commitments/<number>", methods=["GET", "POST"])
@resident
def object_as_resident(number: str) -> Any:
    """The resident of a case says that it is not done."""
    return _object(number, url_for("petitions.follow"))


@bp.route("/reception/my-booking/commitments/<number>", methods=["GET", "POST"])
@booker
def object_as_booker(number: str) -> Any:
    """Whoever was received says that it is not done."""
    return _object(number, url_for("dialogues.booking"))


def _object(number: str, back: str) -> Any:
    """Load, may, do, commit, show; the same words sent twice are one objection."""
    found, form = queries.get_promised(number, g.actor), ObjectForm()
    if request.method == "GET":
        return _page(found, form, back)
    if not form.validate():
        return _page(found, form, back), 422
    if not _said_already(found, str(form.text.data)):
        try:
            object_to(found, str(form.text.data), g.actor, clock.now())
            db.session.commit()
        except Invalid as error:
            db.session.rollback()
            say(form, error)
            return _page(queries.get_promised(number, g.actor), form, back), 422
    flash(_("Đã báo chưa xong. Đơn vị xác nhận phải xem lại."), "ok")
    return redirect(back, 303)


def _said_already(found: Commitment, text: str) -> bool:
    return any(is_theirs(said, g.actor) and said.answered_at is None and said.text == text.strip()
               for said in found.objections)  # fmt: skip


def _page(found: Commitment, form: ObjectForm, back: str) -> str:
    return render_template("dialogues/object.html", c=found, how=standing(found, clock.today()), form=form, back=back,
                           may=_may_object(found))  # fmt: skip
