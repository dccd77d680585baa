"""What the verbs of the law do at the desk: forms in, actions called. The order and looks stand in verbs.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from ..cases import actions
from ..cases.models import Case
from ..journal.models import Event
from ..refusals import Invalid
from ..rules.workflow import N_, Actor, Kind
from ..units.models import Unit
from ..units.queries import unit_by_code

Do = Callable[[Case, Any, Actor, datetime], Event]
Dated = Callable[[Case, date, str, Actor, datetime, int | None], Event]


def unit_named(code: str) -> Unit:
    """The unit chosen in a form; Invalid where it is not on the list."""
    unit = unit_by_code(code)
    if unit is None:
        raise Invalid(N_("Đơn vị này không còn trong danh sách. Chọn lại."), "unit")
    return unit


def classify(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    """What the law asks was checked."""
    return actions.classify(case, form.ticked(), form.remark.data or "", actor, now, form.version.data)


def split(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    """A matter becomes a case of its own."""
    part = actions.Part(Kind(form.kind.data), form.title.data, form.body.data, form.category.data,
                        form.unit.data or "")  # fmt: skip
    return actions.split(case, part, form.reason.data, actor, now, form.version.data)


def request_part(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    """Another unit is asked."""
    unit = unit_named(form.unit.data)
    return actions.request_part(case, unit, form.text.data, form.due_on.data, actor, now, form.version.data)


def give_part(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    """The asked unit answers."""
    return actions.give_part(case, form.text.data, actor, now)


def dated(action: Dated) -> Do:
    """A verb that says what happened on which day."""

    def do(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
        return action(case, form.on.data, form.text.data, actor, now, form.version.data)

    return do


def archive(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    """The file is put away."""
    return actions.archive(case, form.reason.data or "", actor, now, form.version.data)
