"""The sheet of keys as a page, for whoever has no JavaScript or switched the keys off."""

from __future__ import annotations

from flask import render_template

from ...guards import signed_in
from . import bp


@bp.get("/desk/keys")
@signed_in
def keys() -> str:
    """Every key and what it does."""
    return render_template("desk/keys.html")
