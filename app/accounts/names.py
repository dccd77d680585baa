"""Names as people type them: without diacritics, so that "Nong Thi Sen" finds Nông Thị Sen."""

from __future__ import annotations

import unicodedata

_D = str.maketrans("đĐ", "dD")


def folded(text: str) -> str:
    """Lower case without diacritics; spaces and punctuation stay."""
    apart = unicodedata.normalize("NFD", text.translate(_D).lower())
    return "".join(c for c in apart if not unicodedata.combining(c))
