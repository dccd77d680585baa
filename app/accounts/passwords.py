"""Passwords of officials: kept as Argon2id, four hashed at a time; long ones welcome, well-known ones refused.

The rules follow NIST SP 800-63B-4: at least 15 characters, no recipe of capitals and signs, no yearly change.
"""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from ..meters import HASHES
from ..turns import Busy
from .models import Official
from .names import folded

SHORTEST, LONGEST = 15, 256
"""Length of a password in characters."""
LEFT_OVER = 8
"""Letters that must remain once the official's own names are taken out."""
FEWEST_SIGNS = 5
"""Different characters a password needs: aaaaaaaaaaaaaaa is long and yet nothing."""
AT_ONCE = 4
"""Hashes computed at the same time; each takes 64 MiB, and a crowd at the door must not take the server down."""

MAY_WAIT = 10
"""How many more wait for their turn: two of those at work at the door and all that may write at once (overload.py).
Whoever comes then is told to try again."""
PATIENCE = 5.0
"""Seconds they wait."""

_hasher = PasswordHasher()
_hall = threading.BoundedSemaphore(AT_ONCE + MAY_WAIT)
_turnstile = threading.BoundedSemaphore(AT_ONCE)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def refuse_if_full() -> None:
    """Raise Busy before anything was asked of the database, where no place is free in the queue."""
    if not _hall.acquire(blocking=False):
        raise Busy("too many passwords at once")
    _hall.release()


@contextmanager
def _turn() -> Iterator[None]:
    """One of the few places where hashes are computed; Busy (503, try again) where even the queue is full."""
    if not _hall.acquire(blocking=False):
        raise Busy("too many passwords at once")
    try:
        with HASHES.labels("waiting").track_inprogress():
            if not _turnstile.acquire(timeout=PATIENCE):
                raise Busy("too many passwords at once")
        try:
            with HASHES.labels("at_work").track_inprogress():
                yield
        finally:
            _turnstile.release()
    finally:
        _hall.release()


def hash_password(password: str) -> str:
    """The Argon2id hash to keep, with its own salt and parameters."""
    with _turn():
        return _hasher.hash(_composed(password))


@cache
def _dummy() -> str:
    """The hash of nobody: an unknown account must take as long as a known one."""
    return hash_password(secrets.token_urlsafe(24))


def verify(official: Official | str | None, password: str) -> bool:
    """Whether this is the official's password; `official` may be the hash itself, None is an unknown account."""
    if len(password) > LONGEST:
        return False
    kept = official.password_hash if isinstance(official, Official) else official
    spare = _dummy()
    with _turn():
        try:
            return _hasher.verify(kept or spare, _composed(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with weaker parameters than today's and should be made again at the next sign-in."""
    return _hasher.check_needs_rehash(kept)


def one_time() -> str:
    """A random password to hand over once, in five groups that are easy to read out (about 99 bits)."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _n in range(4)) for _group in range(5))


def check_new(password: str, official: Official) -> list[str]:
    """What is wrong with a new password, in sentences; an empty list if nothing is."""
    password = _composed(password)
    if len(password) < SHORTEST:
        return [_("Mật khẩu cần ít nhất %(n)s ký tự. Một câu dài dễ nhớ là tốt nhất.", n=SHORTEST)]
    if len(password) > LONGEST:
        return [_("Mật khẩu dài quá %(n)s ký tự.", n=LONGEST)]
    if is_common(password):
        return [_("Mật khẩu này nhiều người dùng, dễ bị đoán. Chọn một câu khác.")]
    if _is_mostly_own_name(password, official):
        return [_("Mật khẩu gần như chỉ có tên tài khoản, tên người hoặc tên đơn vị. Chọn một câu khác.")]
    return []


def is_common(password: str) -> bool:
    """Whether it stands in the list of common passwords, is one of them said again and again, or hardly varies."""
    plain = folded(password)
    if plain in common() or len(set(plain)) < FEWEST_SIGNS or _is_a_row(plain):
        return True
    said = {re.sub(r"[^a-z]+", "", text) for text in (plain, _unmasked(plain))} - {""}
    return any(_repeats(letters, word) for word in common() for letters in said)


_MASKS = str.maketrans("@4031!$57", "aaoelisst")


def _unmasked(plain: str) -> str:
    """P@ssw0rd as the guessing programs read it; digits and signs around the word are no masks."""
    return re.sub(r"^[^a-z@$]+|[^a-z@$]+$", "", plain).translate(_MASKS)


def _repeats(letters: str, word: str) -> bool:
    """Whether the letters are that word and nothing else, once or more."""
    return word.isalpha() and letters.startswith(word) and not letters.replace(word, "")


def _is_a_row(plain: str) -> bool:
    """Whether it only counts up or down: 123456789012345, abcdefghijklmno."""
    steps = {(ord(b) - ord(a)) % 10 if a.isdigit() and b.isdigit() else ord(b) - ord(a)
             for a, b in pairwise(plain)}  # fmt: skip
    return len(steps) == 1


@cache
def common() -> frozenset[str]:
    """Passwords that stand in everybody's list, lower case without diacritics."""
    lines = (Path(__file__).parent / "data" / "common-passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line)


def _is_mostly_own_name(password: str, official: Official) -> bool:
    whole = rest = folded(password)
    for word in sorted(_own_words(official), key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != whole and len(re.sub(r"[\W\d_]", "", rest)) < LEFT_OVER


def _own_words(official: Official) -> set[str]:
    """Names a stranger would try: account, own name, the units of the posts; whole, run together, word by word."""
    texts = ["gan dan", "gandan", official.account, official.name]
    for post in official.posts:
        texts += [post.unit.name_vi, post.unit.short_vi, post.unit.code]
    words: set[str] = set()
    for text in map(folded, texts):
        parts = re.findall(r"[a-z0-9]+", text)
        words |= {text, "".join(parts), *parts}
    return {word for word in words if len(word) >= 4}


def _composed(text: str) -> str:
    """One spelling for one password, whichever keyboard sends it."""
    return unicodedata.normalize("NFC", text)
