"""The second complaint, from the page of the first; and the way between cases of one family."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from ... import clock
from ...accounts import attempts
from ...attachments import actions as attachments
from ...attachments import queries as files
from ...attachments.storage import default_storage
from ...cases import actions, tokens
from ...cases.actions.arrive import already_sent
from ...cases.family import relative
from ...cases.models import Case
from ...cases.receipts import code_of
from ...cases.windows import appeal_until
from ...extensions import begin_write, db, end_write
from ...guards import admit_resident, resident
from ...journal.queries import timeline
from ...refusals import Invalid, TooMany
from .. import second
from ..forms import AppealForm
from . import bp
from .sealed import open_case
from .uploads import hold_uploads


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


@bp.route("/follow/case/appeal", methods=["GET", "POST"])
@resident(late=True)
def appeal() -> Any:
    """Complain a second time: one form, one case and one receipt, however often it is pressed."""
    form = AppealForm()
    token = tokens.read(form.token.data or "", session, _secret(), clock.now()) if form.token.data else None
    first = open_case()
    if request.method == "GET":
        second.must_be_open(first, g.actor)
        return _show(first, form)
    if token is None:
        second.must_be_open(first, g.actor)
        return _show(first, form, 400, is_stale=True)
    return _posted(first, form, token)


def _posted(first: Case, form: AppealForm, token: str) -> Any:
    if request.form.get("remove"):
        return _drop(first, form, token)
    if first.can_appeal:
        form.files.errors = hold_uploads(tokens.holder_of(token))
    begin_write()
    first = open_case()
    refused = form.files.errors
    is_whole = form.validate()
    if refused or not is_whole:
        form.files.errors = refused
        second.must_be_open(first, g.actor)
        return _show(first, form, getattr(refused, "status", 422))
    return _send(first, form, token)


def _send(first: Case, form: AppealForm, token: str) -> Any:
    now = clock.now()
    try:
        _write(first, form, token, now)
        db.session.commit()
    except IntegrityError:
        # PostgreSQL: another thread sent the same form a moment ago; its case is there now.
        begin_write()
        _write(open_case(), form, token, now)
        db.session.commit()
    except (Invalid, TooMany) as refused:
        return _refused(form, refused)
    session["receipt"] = {"token": token, "at": int(now.timestamp())}
    return redirect(url_for("petitions.receipt"), 303)


def _refused(form: AppealForm, refused: Invalid | TooMany) -> Any:
    """Not taken: sent before with other words, or too many from this network; everything typed stays."""
    end_write()
    form.form_errors = [_(refused.reason)]
    if isinstance(refused, TooMany):
        minutes = -(-refused.retry_after // 60)
        form.form_errors = [
            _("Mạng này vừa gửi nhiều đơn. Nội dung còn nguyên: đợi %(n)s phút rồi bấm Gửi lại.", n=minutes)
        ]
    return _show(open_case(), form, refused.status)


def _write(first: Case, form: AppealForm, token: str, now: datetime) -> Case:
    number = second.number_of(first, g.actor)
    new = second.new_case(first, number, str(form.body.data), str(form.request.data), clock.day_of(now))
    known = already_sent(token, new)
    if known is not None:
        return known
    second.must_be_open(first, g.actor)
    attempts.count_sending("submit", request.remote_addr, now)
    case = actions.submit(new, g.actor, now, token=token, code=code_of(token, _secret()))
    case.files_count += attachments.attach(tokens.holder_of(token), case.id, timeline(case.id)[0].seq)
    return case


def _drop(first: Case, form: AppealForm, token: str) -> Any:
    """Take a held file out again; the words stay."""
    begin_write()
    key = attachments.drop(request.form["remove"], tokens.holder_of(token))
    db.session.commit()
    if key:
        default_storage().delete(key)
    second.must_be_open(first, g.actor)
    return _show(first, form)


def _show(first: Case, form: AppealForm, status: int = 200, is_stale: bool = False) -> Any:
    """The form, with a token that sends it once."""
    now = clock.now()
    token = tokens.read(form.token.data or "", session, _secret(), now) if form.token.data else None
    if token is None:
        form.token.data = tokens.issue(session, _secret(), now)
        token = tokens.read(form.token.data, session, _secret(), now) or ""
    held = [files.listing(file) for file in files.held(tokens.holder_of(token))]
    return render_template(
        "petitions/appeal.html", case=first, form=form, held=held, is_stale=is_stale, until=appeal_until(first),
        number=second.number_of(first, g.actor),
    ), status  # fmt: skip


@bp.post("/follow/case/related/<reference>")
@resident
def related(reference: str) -> Any:
    """Go over to another case of the same sender: a part of the same letter, the other instance."""
    case = relative(open_case(), reference)
    admit_resident(case.id, goes_on=True)
    db.session.commit()
    return redirect(url_for("petitions.follow"), 303)
