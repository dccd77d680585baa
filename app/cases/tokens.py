"""The form's one-time token: what makes a sending happen once, and proves the form came from this browser.

The receipt code is derived from it (cases.receipts), so pressing twice or sending again after a lost answer gives the
same receipt. It is signed and bound to the browser's session cookie, so it also stands for a CSRF token.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from .receipts import hashed, new_token

GOOD_FOR = timedelta(hours=24)
"""How long a form may lie open; files held for it live as long."""
Session = MutableMapping[str, Any]


def issue(session: Session, secret: str, now: datetime) -> str:
    """A fresh signed token for this browser."""
    browser = session.setdefault("browser", token_hex(16))
    return _signer(secret).dumps([new_token(), _mark(browser), int(now.timestamp())])


def read(signed: str, session: Session, secret: str, now: datetime) -> str | None:
    """The token inside, or None where it is forged, older than a day, or another browser's."""
    try:
        token, browser, issued = _signer(secret).loads(signed)
    except (BadSignature, ValueError, TypeError):
        return None
    is_ours = browser == _mark(session.get("browser", ""))
    is_fresh = now.timestamp() - int(issued) < GOOD_FOR.total_seconds()
    return str(token) if is_ours and is_fresh else None


def holder_of(token: str) -> str:
    """Under what name the holding area keeps the files of this form."""
    return hashed(token)


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="petition-form", signer_kwargs={"digest_method": hashlib.sha256})


def _mark(browser: str) -> str:
    return hashed(browser)[:16]
