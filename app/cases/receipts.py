"""The receipt code: derived from the form's one-time token, so a repeated sending gives the same receipt.

16 Crockford base32 characters, 80 bits; only the SHA-256 is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKE = str.maketrans("OILU", "011V")


def new_token() -> str:
    """A form's one-time token: 128 random bits."""
    return secrets.token_hex(16)


def code_of(token: str, secret_key: str) -> str:
    """The receipt code that a token will have, 16 characters without separators."""
    digest = hmac.new(secret_key.encode(), b"receipt-code:" + token.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:10], "big")
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(15, -1, -1))


def random_code() -> str:
    """A fresh code, for a resident who lost theirs and was identified."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


def spelled(code: str) -> str:
    """In groups of four, as printed."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def read(typed: str) -> str | None:
    """What somebody typed as a code, or None if it cannot be one. Look-alikes (O, I, L) are forgiven."""
    code = re.sub(r"[\s\-–.]", "", typed).upper().translate(LOOK_ALIKE)
    return code if len(code) == 16 and all(c in ALPHABET for c in code) else None


def hashed(secret: str) -> str:
    """What is stored of a code, a token or a link key."""
    return hashlib.sha256(secret.encode()).hexdigest()


def says_code(text: str, code_hashes: Collection[str]) -> bool:
    """Whether a text contains one of these codes, however spelled: with spaces, dashes, small letters, O for 0."""
    signs = re.sub(r"[^0-9A-Z]", "", text.upper()).translate(LOOK_ALIKE)
    return any(hashed(signs[i : i + 16]) in code_hashes for i in range(len(signs) - 15))
