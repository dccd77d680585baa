"""Who is written to, and how, at the moment of writing: not as things stood when the notice was owed."""

from __future__ import annotations

from ..cases.contact import Reachable, way_to
from ..journal.models import Notice

LANGUAGES = ("vi", "en")


class NothingToSend(Exception):
    """Nobody is to be written to any more; says why in one word. The notice is closed, which is no failure."""

    NO_ADDRESS, UNWANTED, SEALED, NO_RIGHT, TOO_LATE = "no_address", "unwanted", "sealed", "no_right", "too_late"


def way_now(notice: Notice, person: Reachable, email: str, phone: str) -> str:
    """How the resident is told as things stand now, whatever stood when it was owed; NothingToSend where not at all."""
    if person.is_sealed:
        raise NothingToSend(NothingToSend.SEALED)
    found = way_to(person, email, phone, notice.action)
    if not found:
        has_any = email.strip() or phone.strip()
        raise NothingToSend(NothingToSend.UNWANTED if has_any else NothingToSend.NO_ADDRESS)
    return found


def language_of_resident(language: str) -> str:
    """The language in which a resident is written to."""
    return language if language in LANGUAGES else "vi"
