"""Words as they are searched: without diacritics, so that duong, đường and ĐƯỜNG are one."""

from __future__ import annotations

import unicodedata

_D = str.maketrans("đĐ", "dD")


def nfc(text: str) -> str:
    """Composed letters: phones and old keyboards send them apart."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, no diacritics, single spaces; punctuation becomes space."""
    apart = unicodedata.normalize("NFD", text.translate(_D))
    plain = "".join(c for c in apart if not unicodedata.combining(c)).lower()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
