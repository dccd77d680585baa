"""Pages of the desk."""

from flask import Blueprint

from ...rules.workflow import Role

bp = Blueprint("desk", __name__)
DESK = (Role.CLERK, Role.OFFICER, Role.HEAD)
"""Roles that work on cases."""
READERS = (*DESK, Role.SUPERVISOR, Role.INSPECTOR, Role.REGISTRAR)
"""Roles that may open a case at all; how much each sees is rules/visibility.py."""

from . import (  # noqa: E402
    act,  # noqa: F401
    bulk,  # noqa: F401
    case,  # noqa: F401
    files,  # noqa: F401
    filters,  # noqa: F401
    intake,  # noqa: F401
    keeping,  # noqa: F401
    keys,  # noqa: F401
    papers,  # noqa: F401
    phrases,  # noqa: F401
    queue,  # noqa: F401
    receptions,  # noqa: F401
    registers,  # noqa: F401
    renew,  # noqa: F401
    sealed,  # noqa: F401
    workflow,  # noqa: F401
)
