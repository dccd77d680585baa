"""Questions of those who answer for what is kept: requests on own data, and what is proposed to be erased."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from ..cases.models import Case, Erasure, PrivacyRequest
from ..extensions import db
from ..refusals import Missing
from ..rules.visibility import data_reach
from ..rules.workflow import Actor, Kind
from ..units.queries import ids_inside

PAGE = 25


def within(actor: Actor) -> ColumnElement[bool]:
    """Cases of units that this head leads, and below."""
    return Case.unit_id.in_(ids_inside(data_reach(actor)))


def requests(actor: Actor, page: int = 1) -> tuple[list[PrivacyRequest], bool]:
    """One page of requests: open ones first, the most urgent on top, then what was decided last."""
    rows = list(
        db.session.scalars(
            select(PrivacyRequest)
            .join(Case, Case.id == PrivacyRequest.case_id)
            .where(within(actor), Case.kind != Kind.DENUNCIATION)
            .order_by(PrivacyRequest.state != "open", PrivacyRequest.due_on, PrivacyRequest.id)
            .offset((page - 1) * PAGE)
            .limit(PAGE + 1)
        )
    )
    return rows[:PAGE], len(rows) > PAGE


def open_requests(actor: Actor) -> int:
    """How many wait for a decision of this head."""
    mine = PrivacyRequest.state == "open", within(actor)
    joined = select(func.count()).select_from(PrivacyRequest).join(Case, Case.id == PrivacyRequest.case_id)
    return db.session.scalar(joined.where(*mine)) or 0


def request_for(actor: Actor, number: int) -> PrivacyRequest:
    """A request within reach; Missing for any other, whether there is one or not."""
    found = db.session.scalar(
        select(PrivacyRequest)
        .join(Case, Case.id == PrivacyRequest.case_id)
        .where(PrivacyRequest.id == number, within(actor), Case.kind != Kind.DENUNCIATION)
    )
    if found is None:
        raise Missing
    return found


def requests_of(case: Case) -> Sequence[PrivacyRequest]:
    """What the resident of a case asked, the newest first."""
    asked = select(PrivacyRequest).where(PrivacyRequest.case_id == case.id)
    return db.session.scalars(asked.order_by(PrivacyRequest.id.desc())).all()


def proposals(page: int = 1) -> tuple[list[Erasure], bool]:
    """One page of cases proposed to be erased and not decided, those waiting longest first."""
    rows = list(
        db.session.scalars(
            select(Erasure)
            .where(Erasure.approved_at.is_(None))
            .order_by(Erasure.term_on, Erasure.case_id)
            .offset((page - 1) * PAGE)
            .limit(PAGE + 1)
        )
    )
    return rows[:PAGE], len(rows) > PAGE
