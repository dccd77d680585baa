"""The workflow as a page: the tables by which every button, paper and clock works, for every official to read."""

from __future__ import annotations

from flask import render_template, request

from ...guards import signed_in
from ...rules.workflow import Kind
from ...words import KINDS
from ..workflow_table import lines
from . import bp


@bp.get("/workflow")
@signed_in
def workflow() -> str:
    """One kind at a time, or all of them to print."""
    asked = request.args.get("kind", "")
    shown = [kind for kind in Kind if asked in ("", kind)] or list(Kind)
    return render_template("desk/workflow.html", tables=[(kind, KINDS[kind], lines(kind)) for kind in shown],
                           kinds=KINDS, asked=asked if len(shown) == 1 else "")  # fmt: skip
