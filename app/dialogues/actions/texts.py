"""What people write, as a row keeps it: composed and trimmed; too long is refused, never cut."""

from __future__ import annotations

from ...cases.folding import nfc
from ...refusals import Invalid
from ...rules.workflow import N_

LONGEST = 20_000
LINE = 300
"""One line: a place, a link, a name."""


def text(typed: str, name: str, longest: int = LONGEST) -> str:
    """The text tidied, or Invalid beside the field `name` where it is too long."""
    tidy = nfc(typed).strip()
    if len(tidy) > longest:
        raise Invalid(N_("Nội dung dài quá. Rút gọn lại."), name)
    return tidy


def needed(typed: str, name: str, longest: int = LONGEST, missing: str = N_("Chưa ghi nội dung.")) -> str:
    """The same, where there must be one; `missing` says what is not there."""
    tidy = text(typed, name, longest)
    if not tidy:
        raise Invalid(missing, name)
    return tidy
