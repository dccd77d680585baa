"""What residents see of denunciations: where else to turn, the letter to sign, and three states on the follow page.

Law 25/2018/QH14 art. 22 and 23: a denunciation is a signed letter or words put on record; art. 8 keeps its writer
secret. So these pages ask nobody who they are, leave nothing on the device and say nothing of what was written.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Response, g, make_response, render_template

from ... import clock
from ...cases.models import Case
from ...cases.queries import get_own
from ...documents.render import denunciation_letter_pdf
from ...documents.sheets import DenunciationLetterData
from ...guards import public
from ...refusals import Missing
from ...rules.workflow import Status
from ...units.models import Unit
from ...units.queries import government
from ...words import is_vietnamese
from . import bp


def sealed_headers(response: Response) -> Response:
    """Nothing of these pages is kept, and no address of theirs is told to another page."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def elsewhere(unit: Unit) -> Any:
    """The leadership of this government, or its inspectorate, is denounced: nothing is kept, a body above decides."""
    body = government().get("above_vi" if is_vietnamese() else "above_en", "")
    return sealed_headers(make_response(render_template("petitions/elsewhere.html", unit=unit, body=body)))


@bp.get("/submit/denunciation/letter.pdf")
@public
def blank_letter() -> Any:
    """The letter with nothing in it, for whoever writes by hand and types nothing here."""
    return letter(_blank())


@cache
def _blank() -> bytes:
    return denunciation_letter_pdf(DenunciationLetterData())


def letter(content: bytes) -> Response:
    """A letter under a name that says nothing of what it is."""
    disposition = 'attachment; filename="don.pdf"'
    return sealed_headers(Response(content, mimetype="application/pdf", headers={"Content-Disposition": disposition}))


def letter_of(case: Case) -> bytes:
    """What was typed, as a letter to be completed and signed by hand."""
    return denunciation_letter_pdf(DenunciationLetterData(
        unit=case.unit.name_vi, reference=case.reference, denounced=case.denounced_unit.name_vi
        if case.denounced_unit else "", against=case.against, content=case.body, place=case.place,
        happened_on=case.known_on,
    ))  # fmt: skip


ENDED = (Status.ANSWERED, Status.ENFORCING, Status.CLOSED, Status.ARCHIVED)
STATES = {Status.RECEIVED: "received", **dict.fromkeys(ENDED, "ended")}


def state_of(case: Case) -> str:
    """One of three words, for whoever has the code: received, in_hand, ended."""
    return STATES.get(Status(case.status), "in_hand")


def follow_sealed(case: Case) -> Any:
    """The follow page of a denunciation: three states, and what to do while the signed original is missing."""
    page = render_template("petitions/sealed.html", case=case, now=state_of(case))
    return sealed_headers(make_response(page))


def open_case() -> Case:
    """The resident's own case, for what may be done with it online; of a denunciation, or one erased, nothing."""
    case = get_own(g.actor, clock.today())
    if case.is_sealed or case.erased_on is not None:
        raise Missing
    return case
