"""Questions of those who answer for what is kept: requests on own data, and what is proposed to be erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from ..cases.models import Case, Erasure, PrivacyRequest
from ..dialogues.models import Booking, VisitErasure
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
    statement = (
        select(PrivacyRequest)
        .join(Case, Case.id == PrivacyRequest.case_id)
        .where(within(actor), Case.kind != Kind.DENUNCIATION)
        .order_by(PrivacyRequest.state != "open", PrivacyRequest.due_on, PrivacyRequest.id)
    )
    return _page(statement, page)


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
    return _waiting(select(Erasure).options(joinedload(Erasure.case).joinedload(Case.unit)), Erasure, page)


def visits(page: int = 1) -> tuple[list[VisitErasure], bool]:
    """The same of visits that led to no case."""
    named = joinedload(VisitErasure.booking).joinedload(Booking.unit)
    return _waiting(select(VisitErasure).options(named), VisitErasure, page)


def _waiting(statement: Select[Any], table: Any, page: int) -> tuple[list[Any], bool]:
    (key,) = table.__table__.primary_key
    statement = statement.where(table.approved_at.is_(None)).order_by(table.term_on, key)
    return _page(statement, page)


def _page(statement: Select[Any], page: int) -> tuple[list[Any], bool]:
    """One page of rows, and whether there is a next one."""
    rows = list(db.session.scalars(statement.offset((page - 1) * PAGE).limit(PAGE + 1)))
    return rows[:PAGE], len(rows) > PAGE
