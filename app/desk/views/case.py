"""The case page: facts, conversation and what may be done now, all on one page."""

from __future__ import annotations

from typing import Any

from flask import Response, after_this_request, g, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from ... import clock
from ...cases import queries
from ...cases.models import Case
from ...extensions import NOTE_PATIENCE, db, writing
from ...guards import role
from ...journal.queries import mark_read
from ...journal.record import record
from ...keeping.terms import may_hold
from ...refusals import NotAllowed
from ...rules.visibility import Sight
from ...rules.workflow import N_, Action
from ...turns import Busy
from ..dossier import dossier
from ..queries import desk_units
from ..rows import state_of
from ..verbs import VERBS
from ..ways import news_here
from . import READERS, bp
from .looks import looked
from .queue import VIEW_WORDS
from .sealed import open_verbs, register_page


@bp.get("/desk/cases/<reference>")
@role(*READERS)
def case(reference: str) -> Any:
    """Everything on one page, as far as this official sees; opening it reads the news of this case."""
    found, seen = queries.get_visible(reference, g.actor, clock.today())
    if found.is_sealed:
        found, seen = looked(found, "register" if seen == Sight.REGISTER else "case")
    if news_here().get(found.id):
        g.news.pop(found.id)
        _read_news(g.actor.official_id, found.id)
    if found.erased_on is not None:
        return render_template("desk/erased.html", case=found)
    if seen == Sight.REGISTER:
        return register_page(found)
    return _page(found, seen)


def _page(found: Case, seen: Sight, is_shown: bool = False) -> str:
    """`is_shown`: with telephone, mail and address of whoever sent it, after that was written down."""
    return render_template(
        "desk/case.html", d=dossier(found, seen, g.actor, clock.today()), case=found, state=state_of(found),
        verbs=VERBS, sealed_acts=open_verbs(found, g.actor) if found.is_sealed else [],
        way_back=_way_back(request.args.get("view", "")), is_shown=is_shown,
        may_hold=may_hold(found, g.actor) and not found.is_sealed,
    )  # fmt: skip


@bp.post("/desk/cases/<reference>/contact/show")
@role(*READERS)
def show_contact(reference: str) -> Any:
    """The same page with the contact of whoever sent it, this once: who looked stands in the journal first."""
    found, seen = queries.get_visible(reference, g.actor, clock.today())
    if seen != Sight.FULL or found.is_sealed or found.erased_on is not None:
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    record(Action.CONTACT_SHOWN, found, g.actor, clock.now())
    db.session.commit()
    return _page(*queries.get_visible(reference, g.actor, clock.today()), is_shown=True)


def _way_back(view: str) -> tuple[str, str]:
    """Where this official came from: a group of the queue; the search for those who have no queue."""
    if not desk_units(g.actor):
        return url_for("desk.search"), _("Tìm vụ việc")
    return url_for("desk.queue", view=view or None), str(VIEW_WORDS.get(view) or _("Bàn việc"))


def _read_news(official_id: int, case_id: int) -> None:
    """Mark the notices read once the page is made: a short write of its own that never stands in the page's way."""

    @after_this_request
    def write(response: Response) -> Response:
        try:
            with writing(patience=NOTE_PATIENCE):
                mark_read(official_id, case_id, clock.now())
                db.session.commit()
        except (Busy, OperationalError):
            db.session.rollback()
        return response
