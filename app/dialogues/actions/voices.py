"""Voices that are counted once a person, without keeping who: by a keyed hash of the telephone number."""

from __future__ import annotations

import hashlib
import hmac

from ...refusals import Invalid
from ...rules.dialogues import voters
from ...rules.workflow import N_


def person_key(subject: str, phone: str, secret: str) -> str:
    """HMAC-SHA256 of what is asked for ("case:12", "call:3") and the telephone: one person counts once there, and the
    same telephone has another key elsewhere, so that nobody can be followed from one to the other.

    Invalid for what cannot be a telephone of this country. Without the key of this installation nothing is found back.
    """
    plain = voters.plain_phone(phone)
    if not plain:
        raise Invalid(N_("Ghi số điện thoại Việt Nam, ví dụ 0912 000 017."), "phone")
    return hmac.new(secret.encode(), f"voice:{subject}:{plain}".encode(), hashlib.sha256).hexdigest()
