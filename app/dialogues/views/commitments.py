"""The desk's pages of commitments: lists, one commitment, and what is done to it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.routing import BuildError

from ... import clock
from ...attachments.clean import Cleaned
from ...attachments.hand_out import hand_out_file
from ...attachments.models import Attachment
from ...attachments.queries import by_event, listing
from ...attachments.sent import cleaned
from ...attachments.storage import default_storage
from ...cases import queries as cases
from ...extensions import begin_write, db
from ...guards import role
from ...journal.queries import mark_read_about
from ...refusals import Invalid, Missing, NotAllowed, Stale
from ...rules.visibility import DESK, ROOM, Sight, held, holds
from ...rules.workflow import N_, Action, Role
from ...units.versioned import VersionedForm
from ...words import word
from ..actions.commitments import NewPromise, drop, source_of
from ..actions.findings import confirm_kept, find_broken, report_done
from ..actions.replacing import replace
from ..forms.commitments import DropForm, FindForm, ReplaceForm, ReportForm
from ..models import Booking, Commitment, DialogueSession
from ..queries import commitments as queries
from ..queries.commitments import Filters
from ..queries.promise_verbs import VERBS, allowed, why_not
from ..queries.visible import sight_of_session, sight_of_visit
from ..shown import history, rows, source_words, standing
from . import bp
from .news import read_news
from .taken import taken

READERS = ROOM
"""Who may come to these pages; how much each sees is queries.commitments.sight_of."""
VIEW_WORDS = {
    "mine": _l("Đơn vị tôi phải làm"),
    "verify": _l("Chờ đơn vị tôi xác nhận"),
    "all": _l("Mọi cam kết được xem"),
}
EMPTY = {
    "mine": _l("Đơn vị không còn cam kết nào phải làm."),
    "verify": _l("Không có cam kết nào chờ xác nhận."),
    "all": _l("Chưa có cam kết nào trong phạm vi được xem."),
}
FORMS: dict[Action, type[VersionedForm]] = {
    Action.REPORT_DONE: ReportForm, Action.CONFIRM_KEPT: FindForm, Action.FIND_BROKEN: FindForm,
    Action.REPLACE_PROMISE: ReplaceForm, Action.DROP_PROMISE: DropForm,
}  # fmt: skip


def filters_typed(view: str) -> Filters:
    """What narrows the list, as its address says."""
    state = request.args.get("state", "")
    return Filters(
        view=view, state=state if state in queries.WORDS else "", unit=request.args.get("unit", "").strip()[:40],
        text=request.args.get("q", "").strip()[:80],
    )  # fmt: skip


def page_number() -> int:
    """Which page of the list."""
    typed = request.args.get("page", "1")
    return min(max(int(typed), 1), 4000) if typed.isdecimal() and len(typed) < 6 else 1


def turning(endpoint: str, page: int, shown: int, has_next: bool) -> dict[str, Any]:
    """Addresses of the pages beside this one, and the numbers of the rows shown."""
    kept: dict[str, Any] = {key: request.args[key] for key in ("view", "state", "unit", "q") if request.args.get(key)}
    first = (page - 1) * queries.PAGE + 1
    return {
        "previous": url_for(endpoint, **kept, page=page - 1) if page > 1 else None,
        "next": url_for(endpoint, **kept, page=page + 1) if has_next else None,
        "first": first if shown else None, "last": first + shown - 1,
    }  # fmt: skip


@bp.get("/desk/commitments")
@role(*READERS)
def commitments() -> Any:
    """One group, overdue first: what my units owe, what they are to look at, everything in sight."""
    today = clock.today()
    counts = {view: queries.count(g.actor, view, today) for view in queries.VIEWS}
    views = [view for view in queries.VIEWS if view != "mine" or holds(g.actor, *DESK)]
    if held(g.actor) == {Role.SUPERVISOR}:
        views = ["all"]
    asked = request.args.get("view", "")
    view = asked if asked in views else next((name for name in views if counts[name]), views[-1])
    filters, page = filters_typed(view), page_number()
    found, has_next = queries.listed(g.actor, filters, today, page)
    urls = {one.id: url_for("dialogues.commitment", number=one.number) for one in found}
    return render_template(
        "dialogues/commitments.html", views=[(name, VIEW_WORDS[name], counts[name]) for name in views], view=view,
        title=VIEW_WORDS[view], rows=rows(found, today, urls), filters=filters, units=queries.units_in(g.actor),
        nothing=EMPTY[view], words=queries.WORDS, **turning("dialogues.commitments", page, len(found), has_next),
    )  # fmt: skip


@bp.get("/desk/commitments/<number>")
@role(*READERS)
def commitment(number: str) -> Any:
    """One commitment: its facts, what shows it, what was found, and what may be done now."""
    found, _seen = queries.get_visible(number, g.actor)
    read_news(found.about)
    return show(found)


def show(found: Commitment, wrong: VersionedForm | None = None, tried: Action | None = None) -> Any:
    """The page; `wrong` is the form that was refused, with everything typed."""
    today = clock.today()
    open_verbs, closed = allowed(found, g.actor, today)
    forms: dict[Action, VersionedForm] = {}
    for action in open_verbs:
        forms[action] = _form(action, formdata=None, data={"version": found.version})
    if wrong is not None and tried is not None:
        forms |= dict.fromkeys(_same_form(tried, forms), wrong)
    shared = forms.get(Action.CONFIRM_KEPT) or forms.get(Action.FIND_BROKEN)
    files = list(db.session.scalars(
        select(Attachment).where(Attachment.subject == found.about).order_by(Attachment.id)
    ))  # fmt: skip
    listed = {seq: [_listed(found, file) for file in some] for seq, some in by_event(files).items()}
    return render_template(
        "dialogues/commitment.html", c=found, how=standing(found, today), forms=forms, finding=shared, closed=closed,
        source=_source(found), files=[_listed(found, file) for file in files],
        lines=history(found, today, listed), form=wrong,
    ), 422 if wrong is not None else 200  # fmt: skip


def _form(action: Action, **more: Any) -> VersionedForm:
    kind = FORMS[action]
    return kind("find" if kind is FindForm else str(action), **more)


def _same_form(tried: Action, forms: dict[Action, VersionedForm]) -> list[Action]:
    """The verbs that share the form that was refused: both findings are one form with two buttons."""
    return [action for action in {*forms, tried} if FORMS[action] is FORMS[tried]]


def _listed(found: Commitment, file: Attachment) -> dict[str, Any]:
    url = url_for("dialogues.commitment_file", number=found.number, public_id=file.public_id)
    return listing(file, url)


def _source(found: Commitment) -> tuple[str, str, str]:
    """What it was promised in, its number and its page; of what is out of sight neither number nor page."""
    words, number = source_words(found)
    url = source_url(found)
    return words, number if url else "", url


def source_url(found: Commitment) -> str:
    """The page of the answer, the visit or the session; empty where this reader sees nothing of it."""
    source = source_of(found)
    try:
        if isinstance(source, Booking):
            is_seen = sight_of_visit(source, g.actor) != Sight.NOTHING
            return url_for("dialogues.visit", reference=source.reference) if is_seen else ""
        if isinstance(source, DialogueSession):
            is_seen = sight_of_session(source, g.actor) != Sight.NOTHING
            return url_for("dialogues.desk_session", number=source.number) if is_seen else ""
        cases.get_visible(source.reference, g.actor, clock.today())
    except (Missing, BuildError):
        return ""
    return url_for("desk.case", reference=source.reference)


@bp.post("/desk/commitments/<number>/<action>")
@role(*READERS, late=True)
def act_on_commitment(number: str, action: str) -> Any:
    """Do one verb; files are cleaned before the write turn. Refused: the page again, with everything typed."""
    if action not in VERBS:
        abort(404)
    verb = Action(action)
    found, seen = queries.get_visible(number, g.actor)
    _must(verb, found, seen)
    form = _form(verb)
    if not form.validate_on_submit():
        return show(found, form, verb)
    files = cleaned(form)
    if files is None:
        return show(found, form, verb)
    begin_write()
    found, _seen = queries.get_visible(number, g.actor)
    try:
        _do(verb, found, form, files)
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        form.refuse(error)
        return show(queries.get_visible(number, g.actor)[0], form, verb)
    except StaleDataError:
        db.session.rollback()
        raise Stale(N_("Người khác vừa sửa phần này. Tải lại trang rồi làm tiếp.")) from None
    flash(_("Xong: %(verb)s.", verb=word(action, "verb")), "ok")
    return redirect(url_for("dialogues.commitment", number=number), 303)


def _must(verb: Action, found: Commitment, seen: Sight) -> None:
    """Turn away from a form that could only be refused, before anything is cleaned."""
    refused = why_not(verb, found, g.actor, clock.today())
    if refused and seen == Sight.MASKED:
        raise NotAllowed(refused)


def _do(verb: Action, found: Commitment, form: Any, files: list[Cleaned]) -> None:
    now, version = clock.now(), form.version.data
    if verb == Action.REPORT_DONE:
        report_done(found, form.evidence.data, g.actor, now, version, files=files)
    elif verb == Action.REPLACE_PROMISE:
        new = NewPromise(what=form.what.data, due_on=form.due_on.data)
        replace(found, new, form.reason.data, g.actor, now, version)
    elif verb == Action.DROP_PROMISE:
        drop(found, g.actor, now, version)
    else:
        deed = confirm_kept if verb == Action.CONFIRM_KEPT else find_broken
        deed(found, form.finding.data, g.actor, now, version)
    mark_read_about(g.actor.official_id, found.about, now)


@bp.get("/desk/commitments/<number>/files/<public_id>")
@role(*READERS)
def commitment_file(number: str, public_id: str) -> Any:
    """One file that shows what was done, to whoever sees the commitment."""
    found, _seen = queries.get_visible(number, g.actor)
    file = db.session.scalar(
        select(Attachment).where(Attachment.public_id == public_id, Attachment.subject == found.about)
    )
    if file is None:
        raise Missing
    taken(found.about, found.unit_id, f"file {public_id}")
    return hand_out_file(default_storage(), file)
