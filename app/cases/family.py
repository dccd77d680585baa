"""Cases of one sender that belong together: the parts of a mixed letter, and both instances of a complaint.

Whoever opened one of them opens them all. A case that came before from somebody else (duplicate_of) is no relative,
and a denunciation never is.
"""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ..extensions import db
from ..refusals import Missing
from ..rules.workflow import Kind
from .folding import fold
from .models import Case


def family_of(case: Case) -> list[Case]:
    """The other cases that belong to this one and have the same sender, the eldest first."""
    if case.is_sealed:
        return []
    above = [number for number in (case.split_from_id, case.appeal_of_id) if number]
    letters = [case.id, *([case.split_from_id] if case.split_from_id else [])]
    statement = (
        select(Case).options(joinedload(Case.unit))
        .where(
            Case.id != case.id, Case.kind != Kind.DENUNCIATION,
            or_(Case.id.in_(above), Case.split_from_id.in_(letters), Case.appeal_of_id == case.id),
        )
        .order_by(Case.id)
    )  # fmt: skip
    return [other for other in db.session.scalars(statement) if has_same_sender(case, other)]


def codes_opening(case_id: int | None) -> set[str]:
    """Hashes of the codes that open a case: its own, and that of the letter or the complaint from which it came."""
    case = db.session.get(Case, case_id) if case_id is not None else None
    if case is None:
        return set()
    ids = [number for number in (case.id, case.split_from_id, case.appeal_of_id) if number]
    found = db.session.scalars(select(Case.code_hash).where(Case.id.in_(ids)))
    return {code_hash for code_hash in found if code_hash}


def relative(case: Case, reference: str) -> Case:
    """The relative with that reference; Missing for any other case, whether there is one or not."""
    found = next((other for other in family_of(case) if other.reference == reference), None)
    if found is None:
        raise Missing
    return found


def has_same_sender(one: Case, other: Case) -> bool:
    """Whether both name the same person, and one way to reach them agrees or neither names any."""
    if not one.contact_name or fold(one.contact_name) != fold(other.contact_name):
        return False
    ways = [(one.contact_phone, other.contact_phone), (one.contact_email, other.contact_email),
            (one.contact_address, other.contact_address)]  # fmt: skip
    agree = any(a and fold(a) == fold(b) for a, b in ways)
    return agree or not any(a or b for a, b in ways)
