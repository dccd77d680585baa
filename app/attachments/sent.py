"""Files that officials send along with a form."""

from __future__ import annotations

from typing import Any

from .actions import discard, take_in
from .clean import Cleaned
from .storage import default_storage


def cleaned(form: Any) -> list[Cleaned] | None:
    """Clean copies of the files sent with a form; None when one was refused (its reason stands beside the field).

    Slow: asked before the write turn is taken.
    """
    if "files" not in form:
        return []
    taken = take_in([f for f in form.files.data or [] if getattr(f, "filename", "")], default_storage())
    if taken.refused:
        discard(taken.files, default_storage())
        form.files.errors = [*form.files.errors, *(str(reason) for reason in taken.refused)]
        return None
    return taken.files
