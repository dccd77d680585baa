"""The guided form: one thing per page, back without loss, files on their own page, a look at everything, one sending.

No CSRF field: the one-time token is signed and bound to this browser's session (cases.tokens). Where it is
missing, old or somebody else's nothing is done and the page comes back with everything typed and a fresh token.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import current_app, make_response, render_template, request, session
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from ... import clock, space
from ...attachments import actions as attachments
from ...attachments import queries as files
from ...attachments.storage import default_storage
from ...cases import tokens
from ...extensions import begin_write, csrf, db, end_write
from ...guards import public
from ...refusals import Invalid, TooMany
from ...rules.workflow import Kind
from ...turns import Busy
from .. import carry
from ..forms import SheetForm
from ..review import review_page
from ..sheet import NAMES, PAGES, Sheet, beyond_reach, carried, page_form
from . import bp
from .sealed import elsewhere, sealed_headers
from .send import first_unfinished, send
from .uploads import hold_uploads

STALE, BUSY, FULL = "stale", "busy", "full"
"""What the page says when the form lay open too long; when somebody else was writing; when the disk is full."""
log = logging.getLogger("gan_dan.petitions")


@bp.route("/submit/<any(feedback, complaint, denunciation, dialogue):kind>", methods=["GET", "POST"])
@csrf.exempt
@public(late=True)
def submit(kind: str) -> Any:
    """Move about in the form; the last page sends it."""
    if request.method == "GET":
        return show(_fresh(Kind(kind), PAGES[Kind(kind)][0], carry.blank(Kind(kind))))
    sheet = _posted(Kind(kind))
    try:
        return _move(sheet)
    except (Busy, OperationalError) as error:
        return _later(sheet, error)


def _later(sheet: Sheet, error: Exception) -> Any:
    """Somebody writes for too long, or the disk is full: the page comes back with everything typed, to press again."""
    end_write()
    is_full = space.standing(current_app.config).is_full
    log.warning("a form came back: %s", type(error).__name__)
    response = show(sheet, status=507 if is_full else 503, said=FULL if is_full else BUSY)
    response.headers["Retry-After"] = "300" if is_full else "5"
    return response


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


def _fresh(kind: Kind, step: str, typed: carry.Typed) -> Sheet:
    now = clock.now()
    signed = tokens.issue(session, _secret(), now)
    return Sheet(kind, step, signed, tokens.read(signed, session, _secret(), now) or "", typed)


def _posted(kind: Kind) -> Sheet:
    """The sheet as it came; its token is empty where this browser may not send with it."""
    step = request.form.get("step", "")
    signed = request.form.get("token", "")
    token = tokens.read(signed, session, _secret(), clock.now())
    return Sheet(
        kind, step if step in PAGES[kind] else PAGES[kind][0], signed, token or "", carry.read(request.form, kind),
        request.form.get("returning") == "1",
    )  # fmt: skip


def _move(sheet: Sheet) -> Any:
    """Do what the pressed button says."""
    if not sheet.token:
        again = _fresh(sheet.kind, sheet.step, sheet.typed)
        again.is_returning = sheet.is_returning
        return show(again, status=400, said=STALE)
    go = request.form.get("go", "next")
    if request.form.get("remove") and not sheet.is_sealed:
        return _drop(sheet, request.form["remove"])
    if go == "back":
        return show(sheet.at(sheet.before()))
    if go == "no-position" and not sheet.is_sealed:
        sheet.typed["latitude"] = sheet.typed["longitude"] = ""
        return show(sheet)
    if go.startswith("to:") and go[3:] in sheet.pages:
        return show(sheet.at(go[3:], returning=True))
    if go == "send":
        return _send(sheet)
    return _files(sheet, go) if sheet.step == "files" else _next(sheet)


def _next(sheet: Sheet) -> Any:
    """Check this page; go on, or stay with what is wrong beside each field."""
    form = page_form(sheet, sheet.step, clock.today())
    if sheet.step != "review" and not form.validate():
        return show(sheet, form, 422)
    if sheet.is_sealed and (unit := beyond_reach(sheet.typed)) is not None:
        return elsewhere(unit)
    return show(sheet.at(sheet.after()))


def _files(sheet: Sheet, go: str) -> Any:
    """Take the chosen files into the holding area; what is refused is said beside the field, the others stay."""
    errors = hold_uploads(tokens.holder_of(sheet.token))
    if errors:
        form: Any = page_form(sheet, "files", clock.today())
        form.files.errors = errors
        return show(sheet, form, errors.status)
    return show(sheet if go == "upload" else sheet.at(sheet.after()))


def _drop(sheet: Sheet, public_id: str) -> Any:
    """Take a held file out again."""
    begin_write()
    key = attachments.drop(public_id, tokens.holder_of(sheet.token))
    db.session.commit()
    if key:
        default_storage().delete(key)
    return show(sheet.at("files", returning=sheet.is_returning))


def _send(sheet: Sheet) -> Any:
    """Send it if every page is complete; else open the first that is not."""
    if sheet.is_sealed and (unit := beyond_reach(sheet.typed)) is not None:
        return elsewhere(unit)
    unfinished = first_unfinished(sheet, clock.today())
    if unfinished is not None:
        step, form = unfinished
        return show(sheet.at(step, returning=True), form, 422)
    review = page_form(sheet.at("review"), "review", clock.today())
    review.process(formdata=request.form)
    if not review.validate():
        return show(sheet.at("review"), review, 422)
    try:
        return send(sheet)
    except Invalid as refused:
        end_write()
        return _refused(sheet, refused)
    except TooMany as refused:
        end_write()
        return _wait(sheet, review, refused)


def _refused(sheet: Sheet, refused: Invalid) -> Any:
    """The case room did not take it: sent before with other words, or a list changed meanwhile."""
    step = {
        "category": "category",
        "commune": "where",
        "denounced_unit": "denounced",
        "people": "group",
        "representatives": "group",
        "with_level": "with",
    }.get(refused.field, "review")
    again = _fresh(sheet.kind, step, sheet.typed) if step == "review" else sheet.at(step, returning=True)
    form = page_form(again, step, clock.today())
    form.form_errors = [_(refused.reason)]
    return show(again, form, 422)


def _wait(sheet: Sheet, form: SheetForm, refused: TooMany) -> Any:
    """Too many from this network in an hour: everything typed stays."""
    minutes = -(-refused.retry_after // 60)
    form.form_errors = [
        _("Mạng này vừa gửi nhiều đơn. Nội dung còn nguyên: đợi %(n)s phút rồi bấm Gửi lại.", n=minutes)
    ]
    response = show(sheet.at("review"), form, 429)
    response.headers["Retry-After"] = str(refused.retry_after)
    return response


def show(sheet: Sheet, form: SheetForm | None = None, status: int = 200, said: str = "") -> Any:
    """One page of the sheet, with everything else in hidden fields."""
    form = form or page_form(sheet, sheet.step, clock.today())
    holder = tokens.holder_of(sheet.token)
    held = [files.listing(file) for file in files.held(holder)] if sheet.step in ("files", "review") else []
    more = review_page(sheet, held, clock.today()) if sheet.step == "review" else {}
    body = render_template(
        f"petitions/sheet/{sheet.step}.html", sheet=sheet, form=form, name=NAMES[sheet.kind], held=held,
        carried=carried(sheet, form), said=said, at=_("bước %(n)s trên %(of)s", n=sheet.number, of=len(sheet.pages)),
        **more,
    )  # fmt: skip
    response = make_response(body, status)
    # Not no-store: the browser's own back button must find the page again. Nothing here is on a shared cache.
    response.headers["Cache-Control"] = "private, no-cache"
    return sealed_headers(response) if sheet.is_sealed else response
