"""Filters kept by name: saved from the queue, shown above it, forgotten again."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _

from ...cases.queries import VIEWS
from ...extensions import db
from ...guards import role
from ...refusals import Invalid
from ...rules.workflow import Kind, Status
from .. import actions
from ..forms import SaveFilterForm
from . import DESK, bp
from .queue import address, queue_page

LONGEST = {"category": 80, "commune": 80, "q": 200}
ALLOWED = {"kind": {str(kind) for kind in Kind}, "status": {str(status) for status in Status}}


@bp.post("/desk/filters")
@role(*DESK)
def save_filter() -> Any:
    """Keep how the queue is narrowed now; a mistake is said on the queue as it was."""
    form: Any = SaveFilterForm()
    view, parts = request.form.get("view", ""), _parts()
    if not form.validate() or view not in VIEWS or not parts:
        if not form.errors:
            form.name.errors = [_("Lọc danh sách trước, rồi đặt tên cho bộ lọc.")]
        return queue_page(request.form, form), 422
    try:
        actions.save_filter(form.name.data, view, parts, g.actor)
        db.session.commit()
    except Invalid as error:
        db.session.rollback()
        form.name.errors = [_(error.reason)]
        return queue_page(request.form, form), 422
    flash(_("Đã lưu bộ lọc %(name)s.", name=form.name.data), "ok")
    return redirect(address(view, parts), 303)


def _parts() -> dict[str, str]:
    """The known parts of the queue's address, as far as they mean something."""
    found = {}
    for part in actions.PARTS:
        value = request.form.get(part, "").strip()[: LONGEST.get(part, 40)]
        if value and (part not in ALLOWED or value in ALLOWED[part]):
            found[part] = value
    return found


@bp.post("/desk/filters/<int:filter_id>/drop")
@role(*DESK)
def drop_filter(filter_id: int) -> Any:
    """Forget one of the own filters."""
    name = actions.drop_filter(filter_id, g.actor)
    db.session.commit()
    flash(_("Đã bỏ bộ lọc %(name)s.", name=name), "ok")
    return redirect(url_for("desk.queue"), 303)
