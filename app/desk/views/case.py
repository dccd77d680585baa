"""The case page: facts, conversation and what may be done now, all on one page."""

from __future__ import annotations

from typing import Any

from flask import Response, after_this_request, g, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from ... import clock
from ...cases import queries
from ...extensions import NOTE_PATIENCE, db, writing
from ...guards import role
from ...journal.queries import mark_read
from ...rules.visibility import Sight
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
    if seen == Sight.REGISTER:
        return register_page(found)
    return render_template(
        "desk/case.html", d=dossier(found, seen, g.actor, clock.today()), case=found, state=state_of(found),
        verbs=VERBS, sealed_acts=open_verbs(found, g.actor) if found.is_sealed else [],
        way_back=_way_back(request.args.get("view", "")),
    )  # fmt: skip


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
