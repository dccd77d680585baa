"""The installation's signature under checkpoints and receipts: Ed25519, written as C2SP signed notes are.

The private key lies in KEYS_DIR, outside the database and its backups: whoever can rewrite the database can recompute
every hash of the chain, but cannot sign the result.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ..keys import key

NAME = "signing"
"""The key's name in KEYS_DIR."""
ED25519 = b"\x01"
"""The kind of signature, as C2SP signed notes number it."""
Config = Mapping[str, Any]


def origin(config: Config) -> str:
    """Whose log it is: the site's host and what the log is called."""
    return f"{urlsplit(str(config['BASE_URL'])).netloc}/gan-dan"


def _private(config: Config) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(key(config, NAME))


def public_key(config: Config) -> bytes:
    """The 32 bytes that everybody may know."""
    return _private(config).public_key().public_bytes_raw()


def key_hash(config: Config) -> bytes:
    """The four bytes by which a note says which key signed it."""
    return hashlib.sha256(origin(config).encode() + b"\n" + ED25519 + public_key(config)).digest()[:4]


def verifier_key(config: Config) -> str:
    """The public key in the one line that tools for signed notes read: origin, key hash, key."""
    return f"{origin(config)}+{key_hash(config).hex()}+{b64(ED25519 + public_key(config))}"


def sign(config: Config, words: bytes) -> bytes:
    """The signature, 64 bytes; the same words give the same signature."""
    return _private(config).sign(words)


def is_signed(public: bytes, words: bytes, signature: bytes) -> bool:
    """Whether the owner of that public key signed exactly these words."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, words)
    except (InvalidSignature, ValueError):
        return False
    return True


def b64(data: bytes) -> str:
    """Bytes as text."""
    return base64.b64encode(data).decode()


def unb64(words: str) -> bytes:
    """Text as bytes; ValueError where it is none of ours."""
    try:
        return base64.b64decode(words, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
