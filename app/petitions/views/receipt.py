"""The receipt: shown for 24 hours to the browser that sent the petition, because the code itself is not stored."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, session, url_for

from ... import clock
from ...cases.models import Case
from ...cases.queries import by_code, deadlines_of
from ...cases.receipts import code_of
from ...cases.tokens import GOOD_FOR
from ...documents.render import complaint_letter_pdf, qr_picture, receipt_pdf
from ...guards import public, resident
from ...journal.queries import timeline
from ...refusals import Missing
from ...rules.workflow import Kind
from ...units.calendar import law
from ...units.queries import root
from .. import papers
from ..ahead import next_lines, promised
from ..proofs import proof_of
from . import bp
from .sealed import letter, letter_of, open_case, sealed_headers


def _code() -> str | None:
    """The code that this browser's last sending earned, while its day lasts."""
    kept = session.get("receipt") or {}
    if clock.now().timestamp() - kept.get("at", 0) >= GOOD_FOR.total_seconds() or not kept.get("token"):
        return None
    return code_of(str(kept["token"]), str(current_app.config["SECRET_KEY"]))


def _case(code: str | None) -> Case | None:
    case = by_code(code) if code else None
    if case is not None:
        case.today = clock.today()
    return case


def _must() -> tuple[Case, str]:
    code = _code()
    case = _case(code)
    if case is None or code is None:
        raise Missing
    return case, code


@bp.get("/receipt")
@public
def receipt() -> Any:
    """Keep this code. Without it in this browser: the door, where it can be typed."""
    code = _code()
    case = _case(code)
    if case is None:
        return redirect(url_for("petitions.door"), 303)
    if case.is_sealed:
        return _sealed(case, code)
    clocks, today = deadlines_of(case), clock.today()
    return render_template(
        "petitions/receipt.html", case=case, code=code, promise=promised(case, clocks, law(), today),
        lines=next_lines(case, clocks), first=timeline(case.id)[0], needs_paper=_needs_paper(case),
    )  # fmt: skip


def _sealed(case: Case, code: str | None) -> Response:
    """After a denunciation; whoever wants to speak is shown the days of the top, which is above whoever is denounced:
    the top itself is never denounced here (views.sealed.elsewhere)."""
    top = root()
    page = render_template(
        "petitions/sealed_receipt.html", case=case, code=code, reception_at=top.code if top else None
    )  # fmt: skip
    return sealed_headers(make_response(page))


def _needs_paper(case: Case) -> bool:
    """A complaint counts from its signed original (Law 02/2011/QH13 art. 8)."""
    return case.kind == Kind.COMPLAINT and not case.is_registered


@bp.get("/receipt.svg")
@public
def receipt_qr() -> Any:
    """The QR code that opens the case, from our own origin."""
    _found, code = _must()
    url = papers.follow_url(current_app.config["BASE_URL"], code)
    return Response(qr_picture(url), mimetype="image/svg+xml")


@bp.get("/receipt.pdf", endpoint="receipt_pdf")
@public
def receipt_paper() -> Any:
    """The receipt to keep or print: the only file that carries the code."""
    case, code = _must()
    data = papers.receipt_of(case, deadlines_of(case), law(), code, str(current_app.config["BASE_URL"]))
    return _pdf(receipt_pdf(data), papers.file_name(case, "bien-nhan"))


@bp.get("/receipt.json")
@public
def receipt_proof() -> Any:
    """The receipt for a program: the signed place in the journal, without the code. Kept, it is a witness."""
    case, _unused = _must()
    name = papers.file_name(case, "xac-nhan").removesuffix(".pdf")
    return Response(proof_of(case, current_app.config) + "\n", mimetype="application/json",
                    headers={"Content-Disposition": f'attachment; filename="{name}.json"'})  # fmt: skip


@bp.get("/receipt/letter.pdf")
@public
def letter_pdf() -> Any:
    """The complaint or denunciation to print, sign and hand in."""
    case, _unused = _must()
    if case.is_sealed:
        return letter(letter_of(case))
    if case.kind != Kind.COMPLAINT:
        raise Missing
    return _pdf(complaint_letter_pdf(papers.letter_of(case)), papers.file_name(case, "don-khieu-nai"))


@bp.get("/follow/case/letter.pdf")
@resident
def own_letter() -> Any:
    """The same letter later on, for whoever opened the complaint with its code; never a denunciation's."""
    case = open_case()
    if not _needs_paper(case):
        raise Missing
    return _pdf(complaint_letter_pdf(papers.letter_of(case)), papers.file_name(case, "don-khieu-nai"))


def _pdf(content: bytes, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": disposition})
