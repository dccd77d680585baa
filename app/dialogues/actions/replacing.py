"""Another promise takes the place of one that cannot be kept as it was made, with a reason that the askers read."""

from __future__ import annotations

from datetime import datetime

from ... import clock
from ...cases.folding import nfc
from ...extensions import db
from ...refusals import NotAllowed, WrongStep
from ...rules.dialogues.commitments import State
from ...rules.workflow import N_, Action, Actor
from ..models import Commitment
from .askers import facts_of, tell_askers, verifiers_of
from .commitments import (
    LONGEST,
    NewPromise,
    ahead,
    made_in,
    must,
    numbered,
    remember_made,
    responsible_at,
    source_of,
)
from .perform import must_at, remember
from .texts import needed


def replace(commitment: Commitment, new: NewPromise, reason: str, actor: Actor, now: datetime,
            version: int | None = None) -> Commitment:  # fmt: skip
    """The head puts another promise in its place, with a reason that the askers read.

    After its date the old one counts as broken all the same (rules: `leads_to`). The new one is kept by the same
    unit, unless said otherwise, and verified by the same.
    """
    must_at(Action.REPLACE_PROMISE, commitment.unit, actor, commitment, version)
    after = must(Action.REPLACE_PROMISE, commitment, now)
    if commitment.replaced_by_id is not None:
        raise WrongStep(N_("Cam kết này đã được thay bằng cam kết khác."))
    reason = needed(reason, "reason", LONGEST, N_("Ghi lý do thay để người dân biết."))
    other = _in_its_place(commitment, new, actor, now)
    db.session.add(other)
    db.session.flush()
    commitment.state, commitment.reason, commitment.replaced_by_id = str(after), reason, other.id
    remember(Action.REPLACE_PROMISE, commitment.about, commitment.unit_id, actor, now, verifiers_of(commitment, now),
             status=commitment.state, due_on=commitment.due_on, reason=reason, **_successor(other),
             **facts_of(commitment))  # fmt: skip
    remember_made(other, actor, now)
    tell_askers(Action.REPLACE_PROMISE, commitment, actor, now, reason=reason, unit=commitment.unit.code,
                **_successor(other))  # fmt: skip
    return other


def _successor(other: Commitment) -> dict[str, str]:
    return {"by": other.number, "by_what": other.what, "by_until": other.due_on.isoformat()}


def _in_its_place(old: Commitment, new: NewPromise, actor: Actor, now: datetime) -> Commitment:
    if new.unit_code and new.unit_code != old.unit.code:
        raise NotAllowed(N_("Cam kết thay thế vẫn do chính đơn vị này thực hiện."))
    today = clock.day_of(now)
    made = Commitment(
        number=numbered(today.year), unit_id=old.unit_id,
        verifier_id=old.verifier_id, what=needed(new.what, "what", LONGEST, N_("Ghi rõ sẽ làm việc gì.")),
        evidence_wanted=nfc(new.evidence_wanted).strip()[:LONGEST] or old.evidence_wanted,
        due_on=ahead(new.due_on, today), responsible_id=responsible_at(new.responsible, old.unit, today),
        made_on=today, made_by_id=actor.official_id, state=str(State.OPEN), is_public=old.is_public,
        **made_in(source_of(old)),
    )  # fmt: skip
    made.unit, made.verifier = old.unit, old.verifier
    return made
