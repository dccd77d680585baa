"""Trust, but check: where the journal stands, signed; and whether a receipt is genuine. Anybody may ask."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template, request
from flask_babel import gettext as _

from ...guards import public
from ...journal import checkpoint, proof, signing
from ...refusals import Missing
from ..forms import ProofForm
from ..proofs import case_facts
from . import bp

SHOWN = 48
"""Checkpoints on the page: two days of them."""
NAME = re.compile(r"checkpoint-[0-9]{12,}-[0-9]{8}T[0-9]{6}Z")


@bp.get("/trust")
@public
def trust() -> Any:
    """The latest checkpoints and the public key; how to check what."""
    config = current_app.config
    return render_template(
        "petitions/trust.html", checkpoints=checkpoint.latest(config, SHOWN), key=signing.verifier_key(config),
        plain=signing.b64(signing.public_key(config)),
    )  # fmt: skip


@bp.get("/trust/checkpoints/<name>.txt", endpoint="checkpoint")
@public
def checkpoint_text(name: str) -> Response:
    """One checkpoint as it was signed."""
    place = Path(current_app.config["CHECKPOINT_DIR"]) / f"{name}.txt"
    if not NAME.fullmatch(name) or not place.is_file():
        raise Missing
    return _text(place.read_text(encoding="utf-8"), f"{name}.txt")


@bp.get("/trust/public-key.txt")
@public
def public_key() -> Response:
    """The key with which checkpoints and receipts are checked, to keep."""
    config = current_app.config
    lines = [signing.verifier_key(config), f"Ed25519 {signing.b64(signing.public_key(config))}"]
    return _text("\n".join(lines) + "\n", "gan-dan-public-key.txt")


def _text(body: str, name: str) -> Response:
    return Response(body, mimetype="text/plain",
                    headers={"Content-Disposition": f'attachment; filename="{name}"'})  # fmt: skip


@bp.route("/trust/receipt", methods=["GET", "POST"])
@public(late=True)
def check_receipt() -> Any:
    """Is this receipt genuine, and does the chain still hold it? Nothing of it is kept."""
    form = ProofForm()
    if request.method == "GET" or not form.validate():
        return render_template("petitions/check_receipt.html", form=form, judged=None), 422 if form.errors else 200
    judged = proof.judge(form.given(), current_app.config, case_facts)
    form.files.data = []
    return render_template("petitions/check_receipt.html", form=form, judged=judged, said=_said(judged.said))


def _said(said: dict[str, Any]) -> list[tuple[str, str]]:
    """What a genuine receipt says, in words."""
    words = {"reference": _("Số tiếp nhận"), "submitted_at": _("Gửi lúc (UTC)"), "submitted_on": _("Gửi ngày"),
             "event_seq": _("Dòng trong nhật ký"), "event_hash": _("Mã băm"),
             "content_sha256": _("Dấu vân của nội dung")}  # fmt: skip
    return [(label, str(said[name])) for name, label in words.items() if said.get(name)]
