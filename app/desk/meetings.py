"""What the desk does about a request for a dialogue: forms in, actions called. Their looks stand in verbs.py."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .. import clock
from ..cases import actions
from ..cases.actions.perform import must
from ..cases.models import Case
from ..dialogues.actions import requests
from ..dialogues.queries.requests import coming_session
from ..journal.models import Event
from ..refusals import Invalid, WrongStep
from ..rules.workflow import N_, Action, Actor, Kind

ON_SESSION = (Action.HOLD_DIALOGUE, Action.RESCHEDULE)
"""Verbs that are done on the page of the session, for every request it answers."""


def is_on_session(action: Action, case: Case) -> bool:
    """Whether this is done where the session is, not on the case."""
    return case.kind == Kind.DIALOGUE and action in ON_SESSION


def hold(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    """A dialogue in the settlement of a complaint; one that was asked for is written down at its session."""
    if is_on_session(Action.HOLD_DIALOGUE, case):
        must(Action.HOLD_DIALOGUE, case, actor, now)
        raise WrongStep(N_("Kết quả ghi ở trang của buổi đối thoại, cho mọi đề nghị của buổi đó."))
    return actions.hold_dialogue(case, form.on.data, form.text.data, actor, now, form.version.data)


def schedule(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    """A session of its own, or one that the unit has planned already."""
    if not form.session.data:
        meeting = form.meeting(form.on.data, form.starts.data, form.ends.data)
        return requests.schedule(case, meeting, actor, now, form.version.data)
    session = coming_session(form.session.data, case.unit_id, clock.day_of(now))
    if session is None:
        raise Invalid(N_("Chọn một buổi sắp tới của chính đơn vị này."), "session")
    return requests.schedule_with(case, session, actor, now, form.version.data)


def offer_times(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    """Times to choose from; what is wrong with one of them stands beside the first row."""
    try:
        return requests.offer_times(case, form.offers(), form.text.data or "", actor, now, form.version.data)
    except Invalid as refused:
        name = {"on": "on1", "ends": "ends1", "starts": "starts1"}.get(refused.field, refused.field)
        raise Invalid(refused.reason, name) from None


def share(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    """Others may join."""
    return actions.publish_request(case, form.title.data, form.text.data, actor, now, form.version.data)
