"""Words as they are searched: without diacritics, so that duong, đường and ĐƯỜNG are one."""

from __future__ import annotations

import unicodedata

_D = str.maketrans("đĐ", "dD")


def nfc(text: str) -> str:
    """Composed letters: phones and old keyboards send them apart."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, no diacritics, single spaces; punctuation becomes space."""
    return " ".join(text.translate(_FOLDED).split())


class _Folded(dict[int, str]):
    """What each letter becomes, found once and remembered: a petition has thousands of letters, few different."""

    def __missing__(self, number: int) -> str:
        apart = unicodedata.normalize("NFD", chr(number).translate(_D))
        plain = "".join(c for c in apart if not unicodedata.combining(c)).lower()
        self[number] = "".join(c if c.isalnum() else " " for c in plain)
        return self[number]


_FOLDED = _Folded()
