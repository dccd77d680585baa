"""Health for machines: no session, no cookie, nothing that tells an outsider who or what is inside."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, jsonify

from ..guards import public
from . import ready, standing

bp = Blueprint("health", __name__)


@bp.route("/healthz")
@public
def healthz() -> Any:
    """The process answers. Degraded is still 200: a proxy must not take the house down because a backup is late."""
    reasons = standing.reasons(current_app.config)
    return jsonify(status="degraded" if reasons else "ok", reasons=reasons)


@bp.route("/readyz")
@public
def readyz() -> Any:
    """The process can work; 503 until it can."""
    missing = ready.missing()
    return jsonify(status="not ready" if missing else "ready", missing=missing), 503 if missing else 200
