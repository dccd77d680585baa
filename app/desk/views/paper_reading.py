"""A paper read as a letter by whoever signs it: signed as it stands, returned with a remark, or dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from ... import clock
from ...cases import actions
from ...cases.names import names_of
from ...extensions import begin_write, db
from ...refusals import Invalid, Stale, WrongStep
from ..following import following
from ..forms.papers import ReturnForm, SignForm
from ..papers import STATES, title_of
from .paper_desk import Desk, moved_on, signs_paper, stand_with


def judge(desk: Desk, go: str, again: Callable[[], Desk]) -> Any:
    """A paper is signed as it was read, returned with a remark, or dropped: its texts stay as they are."""
    form: Any = SignForm("sign") if go == "sign-read" else ReturnForm("return") if go == "return" else None
    if form is not None and not form.validate_on_submit():
        return reading(desk, form), 422
    if go == "sign-read" and not signs_paper(desk, form):
        return reading(desk, form), 422
    begin_write()
    desk, now = again(), clock.now()
    version = form.version.data if form is not None else request.form.get("version", type=int)
    try:
        done = READ_DEEDS[go](desk, form, now, version)
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        return _refused(again(), form, error), 422
    except (Stale, StaleDataError, WrongStep) as error:
        db.session.rollback()
        mine = str(form.reason.data or "") if go == "return" else ""
        return moved_on(again(), mine, error), 409
    flash(done, "ok")
    return redirect(url_for("desk.case", reference=desk.case.reference), 303)


def _refused(desk: Desk, form: Any, error: Invalid) -> str:
    """Something in the paper is not in order after all."""
    if form is not None:
        form.refuse(error)
    return reading(desk, form)


def _sign_read(desk: Desk, form: Any, now: Any, version: int | None) -> str:
    event = actions.sign(desk.paper, desk.case, g.actor, now, version)  # type: ignore[arg-type]
    stand_with(desk, now)
    return _("Đã ký và ban hành: %(paper)s, số %(number)s.", paper=title_of(desk.spec.id), number=event.facts["number"])


def _return(desk: Desk, form: Any, now: Any, version: int | None) -> str:
    actions.return_paper(desk.paper, desk.case, form.reason.data, g.actor, now, version)  # type: ignore[arg-type]
    return _("Đã trả lại kèm nhận xét: %(paper)s.", paper=title_of(desk.spec.id))


def _drop(desk: Desk, form: Any, now: Any, version: int | None) -> str:
    actions.drop_paper(desk.paper, desk.case, g.actor, now, version)  # type: ignore[arg-type]
    return _("Đã bỏ bản thảo: %(paper)s.", paper=title_of(desk.spec.id))


READ_DEEDS = {"sign-read": _sign_read, "return": _return, "drop": _drop}
"""What is done to a paper as it stands."""


def reading(desk: Desk, form: Any = None) -> str:
    """The paper as a letter, with the signature or the way back beside it."""
    paper = desk.paper
    assert paper is not None
    forms: dict[str, Any] = {}
    if paper.state == "submitted" and desk.can_sign:
        forms = {"sign": SignForm("sign", formdata=None), "return": ReturnForm("return", formdata=None)}
    if form is not None:
        forms["sign" if isinstance(form, SignForm) else "return"] = form
    for one in forms.values():
        one.version.data = one.version.data or paper.version
    shown = following(desk.case, desk.spec.action, paper.cargo, clock.today()) if paper.is_open else None
    names = names_of([], clock.today(), officials=[paper.written_by_id])
    return render_template(
        "desk/paper_read.html", case=desk.case, desk=desk, paper=paper, title=title_of(desk.spec.id), forms=forms,
        form=form, state=STATES[paper.state], clock=shown, writer=names.officials.get(paper.written_by_id, ""),
        here=url_for("desk.case", reference=desk.case.reference),
    )  # fmt: skip
