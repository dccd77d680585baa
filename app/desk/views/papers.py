"""Pages of official papers: written, seen beforehand, saved, submitted, signed. Nothing leaves the house unsigned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from ... import clock
from ...cases import actions
from ...cases.paper_facts import facts_of
from ...documents import paper_forms
from ...documents.models import Paper
from ...extensions import begin_write, db
from ...guards import role
from ...refusals import Invalid, NotAllowed, Stale, WrongStep
from ...rules.workflow import Action, may_prepare, why_not
from ..following import following
from ..forms.papers import PaperForm, paper_form
from ..overtaken import last_said
from ..papers import title_of
from . import READERS, bp
from .paper_desk import Desk, begun, kept, moved_on, pdf_of, signs_paper, stand_with
from .paper_reading import READ_DEEDS, judge, reading

EDITABLE = ("draft", "returned", "submitted")


@bp.route("/desk/cases/<reference>/papers/new/<form_id>", methods=["GET", "POST"])
@role(*READERS, late=True)
def new_paper(reference: str, form_id: str) -> Any:
    """Begin a paper, filled from the case; nothing is kept before it is saved."""
    desk = begun(reference, form_id)
    if not desk.can_write:
        raise NotAllowed(str(why_not(g.actor, Action.WRITE, desk.case)))
    if request.method == "POST":
        return _edit(desk, lambda: begun(reference, form_id))
    refused = may_prepare(g.actor, desk.spec.action, desk.case)
    if refused:
        raise WrongStep(refused)
    form = paper_form(desk.spec, desk.case, desk.can_sign, formdata=None)
    cargo = {"on": clock.today().isoformat()} if "on" in form.cargo_names else {}
    cargo |= {name: request.args[name] for name in form.cargo_names if name in request.args}
    form.fill(paper_forms.defaults(desk.spec, facts_of(desk.case, desk.spec.action, cargo), desk.case.language), cargo)
    return _editor(desk, form)


@bp.route("/desk/cases/<reference>/papers/<public_id>", methods=["GET", "POST"])
@role(*READERS, late=True)
def paper(reference: str, public_id: str) -> Any:
    """One paper: read as a letter, or edited while it is a draft; what the button says is done."""
    desk = kept(reference, public_id)
    assert desk.paper is not None
    if request.method == "POST":
        if request.form.get("go") in READ_DEEDS:
            return judge(desk, request.form["go"], lambda: kept(reference, public_id))
        if not desk.can_write:
            raise NotAllowed(str(why_not(g.actor, Action.WRITE, desk.case)))
        return _edit(desk, lambda: kept(reference, public_id))
    is_draft = desk.paper.state in ("draft", "returned") or "edit" in request.args
    if desk.can_write and desk.paper.state in EDITABLE and is_draft:
        form = paper_form(desk.spec, desk.case, desk.can_sign, formdata=None)
        form.fill(desk.paper.fields, desk.paper.cargo)
        return _editor(desk, form)
    return reading(desk)


@bp.get("/desk/cases/<reference>/papers/<public_id>/preview")
@role(*READERS)
def paper_preview(reference: str, public_id: str) -> Any:
    """The saved paper as it would look, marked as a draft."""
    desk = kept(reference, public_id)
    assert desk.paper is not None
    return pdf_of(desk, desk.paper.fields, desk.paper.cargo)


def _edit(desk: Desk, again: Callable[[], Desk]) -> Any:
    """What was typed is checked, and then seen, saved, submitted or signed."""
    form, go = paper_form(desk.spec, desk.case, desk.can_sign), request.form.get("go", "save")
    if not form.validate_on_submit():
        return _editor(desk, form), 422
    has_moved = form.follow(desk.case)
    if go == "clock":
        return _editor(desk, form)
    if go == "preview":
        return pdf_of(desk, form.texts(), form.cargo())
    if go not in DEEDS:
        abort(404)
    if go in ("submit", "sign") and not form.is_whole():
        return _editor(desk, form), 422
    if go == "sign" and (has_moved or not signs_paper(desk, form)):
        return _editor(desk, form, has_moved), 422
    return _do(desk, form, DEEDS[go], again)


def _do(desk: Desk, form: PaperForm, deed: Callable[[Desk, PaperForm, Any], str], again: Callable[[], Desk]) -> Any:
    """Load, may, do, commit, show."""
    begin_write()
    desk, now = again(), clock.now()
    try:
        done = deed(desk, form, now)
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        form.refuse(error)
        return _editor(again(), form), 422
    except (Stale, StaleDataError):
        db.session.rollback()
        return _overtaken(again(), form), 409
    except WrongStep as error:
        db.session.rollback()
        return moved_on(again(), "\n\n".join(form.texts().values()), error), 409
    flash(done, "ok")
    return redirect(url_for("desk.case", reference=desk.case.reference), 303)


def _saved(desk: Desk, form: PaperForm, now: Any) -> Paper:
    """The paper with what was typed in it."""
    version, texts, cargo = form.version.data, form.texts(), form.cargo()
    if desk.paper is None:
        return actions.write(desk.case, desk.spec.id, texts, cargo, g.actor, now, version)
    actions.rewrite(desk.paper, desk.case, texts, cargo, g.actor, now, version)
    return desk.paper


def _save(desk: Desk, form: PaperForm, now: Any) -> str:
    _saved(desk, form, now)
    return _("Đã lưu bản nháp. Chưa trình, chưa gửi đi đâu.")


def _submit(desk: Desk, form: PaperForm, now: Any) -> str:
    refused = may_prepare(g.actor, desk.spec.action, desk.case)
    if refused:  # the case has moved on since the draft was begun
        raise WrongStep(refused)
    actions.submit_paper(_saved(desk, form, now), desk.case, g.actor, now)
    return _("Đã trình ký: %(paper)s.", paper=title_of(desk.spec.id))


def _sign(desk: Desk, form: PaperForm, now: Any) -> str:
    event = actions.sign(_saved(desk, form, now), desk.case, g.actor, now)
    stand_with(desk, now)
    return _("Đã ký và ban hành: %(paper)s, số %(number)s.", paper=title_of(desk.spec.id), number=event.facts["number"])


DEEDS = {"save": _save, "submit": _submit, "sign": _sign}
"""What the editor's buttons do with what was typed."""


def _editor(desk: Desk, form: PaperForm, has_moved: bool = False, **more: Any) -> str:
    if form.version.data is None:
        form.version.data = desk.version
    shown = following(desk.case, desk.spec.action, form.cargo(), clock.today())
    return render_template(
        "desk/paper.html", case=desk.case, desk=desk, form=form, title=title_of(desk.spec.id), clock=shown,
        has_moved=has_moved, here=url_for("desk.case", reference=desk.case.reference), **more,
    )  # fmt: skip


def _overtaken(desk: Desk, form: PaperForm) -> str:
    """Somebody else changed it meanwhile: my texts stay in their boxes, theirs stand beside each that differs."""
    form.version.data = desk.version
    mine, theirs = form.texts(), desk.paper.fields if desk.paper else {}
    differ = {name: text for name, text in theirs.items() if text.strip() != mine.get(name, "").strip()}
    return _editor(desk, form, theirs=differ, happened=last_said(desk.case, clock.today()))
