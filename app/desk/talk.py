"""A request for a dialogue on the case page: what was asked for, the times offered, the session that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ..cases.actions import Meeting
from ..cases.models import Case
from ..dialogues.queries.requests import session_of
from ..petitions.meeting import hours_of, wish_rows
from ..rules.workflow import Kind, Status
from ..words import show_date


@dataclass(frozen=True)
class Talk:
    """The request's own card."""

    wish: list[tuple[str, str]]
    offers: Sequence[str] = ()
    session: dict[str, Any] | None = None
    session_url: str = ""
    insisted: str = ""
    joined: int | None = None


def talk_of(case: Case, is_masked: bool) -> Talk | None:
    """None for other kinds; `is_masked` covers the names of who speaks for the group, as it does the sender's."""
    wish = case.asked_to_meet if case.kind == Kind.DIALOGUE else None
    if wish is None:
        return None
    names = _("Người đại diện")
    rows = [(term, _("đã che") if is_masked and term == names else words) for term, words in wish_rows(case)]
    is_offered = case.status == Status.WAITING
    return Talk(
        wish=rows, offers=[hours_of(Meeting.of(one)) for one in wish.offered_times] if is_offered else (),
        insisted=show_date(wish.insisted_at) if wish.insisted_at else "",
        joined=wish.joined if case.is_shared else None, **_session(case),
    )  # fmt: skip


def _session(case: Case) -> dict[str, Any]:
    found = session_of(case)
    if found is None:
        return {}
    at = Meeting(found.on, found.starts, found.ends, found.mode, found.place)
    return {
        "session": {"number": found.number, "hours": hours_of(at), "link": found.link,
                    "is_off": found.called_off_at is not None},
        "session_url": url_for("dialogues.desk_session", number=found.number),
    }  # fmt: skip
