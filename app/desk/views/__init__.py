"""Pages of the desk."""

from flask import Blueprint

from ...rules.workflow import Role

bp = Blueprint("desk", __name__)
DESK = (Role.CLERK, Role.OFFICER, Role.HEAD)
"""Roles that work on cases."""
READERS = (*DESK, Role.SUPERVISOR, Role.INSPECTOR, Role.REGISTRAR)
"""Roles that may open a case at all; how much each sees is rules/visibility.py."""

from . import act, bulk, case, files, filters, intake, keys, papers, phrases, queue, renew, sealed  # noqa: E402, F401
