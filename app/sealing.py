"""What must not be read off a stolen database is kept sealed: AES-GCM with a key that lies beside the data folder.

A seal says under which key it was made (`v1:`), so that a later key can be added without reading the old ones anew,
and what it belongs to (`about`): cut out and pasted into another row it opens no more.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keys import key

KEYS = {"v1": "personal"}
"""Which key file each mark stands for; the last one seals, all of them open."""
NONCE = 12
"""Bytes of the random number at the front of each seal."""


class Unreadable(RuntimeError):
    """A seal that was changed, belongs to something else, or was made with a key this installation has lost."""


def seal(config: Mapping[str, Any], plain: bytes, about: bytes) -> str:
    """The sealed text, printable; the same plain text looks different each time."""
    mark = list(KEYS)[-1]
    nonce = os.urandom(NONCE)
    sealed = nonce + AESGCM(key(config, KEYS[mark])).encrypt(nonce, plain, about)
    return f"{mark}:{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(config: Mapping[str, Any], sealed: str, about: bytes) -> bytes:
    """What was sealed for `about`; Unreadable for anything else, never half of it."""
    mark, _colon, text = sealed.partition(":")
    if mark not in KEYS:
        raise Unreadable("a seal of no key we know")
    try:
        raw = base64.urlsafe_b64decode(text.encode())
        return AESGCM(key(config, KEYS[mark])).decrypt(raw[:NONCE], raw[NONCE:], about)
    except (InvalidTag, ValueError) as broken:
        raise Unreadable("this seal does not open") from broken
