"""What somebody typed, or a clerk typed for them, to book a visit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import time
from hashlib import sha256
from typing import Any

from ...cases.folding import nfc
from ...rules import contact
from ...rules.dialogues import groups
from .texts import text

LONGEST = {"name": 120, "identity_number": 40, "phone": 32, "email": 200, "address": 300, "subject": 300}
"""How many letters the register takes of each."""


@dataclass(frozen=True)
class NewBooking:
    """Who comes, about what, and what they need; texts as typed, codes of categories and languages."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    contact_channel: str = ""
    """How they want to hear of changes; '' whichever was given."""
    identity_number: str = ""
    subject: str = ""
    category_code: str = ""
    people: int = 1
    representatives: tuple[str, ...] = ()
    mode: str = ""
    """in_person or online, asked where the day has both."""
    interpreter: str = ""
    wheelchair: bool = False
    language: str = "vi"
    channel: str = "web"
    is_sealed: bool = False
    """Comes to denounce: nothing personal and no subject is kept (Law 25/2018/QH14 art. 8)."""

    def fingerprint(self, day_id: int, slot: time | None) -> str:
        """SHA-256 of what is kept: the same form sent twice is told from another content under the same token.

        Of who comes to denounce nothing typed enters it, so that no name can be tried against it.
        """
        values = asdict(self.without_person() if self.is_sealed else self) | {"day": day_id, "slot": str(slot)}
        if not values["contact_channel"]:
            del values["contact_channel"]  # as forms that were sent before this was asked
        return sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def without_person(self) -> NewBooking:
        """Only where, when and what help is needed; not even in which language the page was read."""
        return NewBooking(mode=self.mode, interpreter=self.interpreter, wheelchair=self.wheelchair,
                          channel=self.channel, is_sealed=True)  # fmt: skip

    def tidy(self, offered: str) -> NewBooking:
        """Trimmed and composed, as the row keeps it, on a day held as `offered` says; Invalid for a text too long."""
        kept = self.without_person() if self.is_sealed else self
        texts: dict[str, Any] = {field: text(getattr(kept, field), field, most) for field, most in LONGEST.items()}
        return replace(
            kept, **texts, contact_channel=kept.contact_channel if kept.contact_channel in contact.WANTED else "",
            mode=mode_on(offered, kept.mode), language=kept.language or "vi",
            representatives=tuple(nfc(name).strip()[:120] for name in kept.representatives if name.strip()),
            interpreter=kept.interpreter if kept.interpreter in groups.INTERPRETERS else "",
        )  # fmt: skip


def mode_on(offered: str, wanted: str) -> str:
    """In person or online as the day has it; where it has both, as wished."""
    return (wanted if wanted in groups.MODES else "in_person") if offered == "both" else offered
