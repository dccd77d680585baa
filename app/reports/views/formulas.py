"""How we count: the published formulas, printed from the table that the figures are held to."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ...guards import public
from ...rules.statistics import FORMULAS, GENERAL
from ...units.queries import setting
from ...words import is_vietnamese
from . import bp


@bp.get("/how-we-count")
@public
def formulas() -> Any:
    """Every figure with its sentence, numerator, denominator and what is left out."""
    language = "vi" if is_vietnamese() else "en"
    return render_template("reports/formulas.html", formulas=FORMULAS, general=GENERAL, language=language,
                           minimum=int(setting("minimum_denominator")))  # fmt: skip
