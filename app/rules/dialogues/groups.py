"""Who comes: alone or as a group, who speaks for it, whom they want to meet, what they need.

Fewer than five people need no representatives; five to ten name one or two, more name up to five (reception practice
under Law 42/2013/QH13; from memory, to be confirmed by the province).
"""

from __future__ import annotations

from collections.abc import Sequence

from ..workflow.vocabulary import N_

LEVELS = ("head", "deputy", "specialist", "any")
"""Whom a resident wants to meet."""
MODES = ("in_person", "online")
INTERPRETERS = ("tay", "nung", "hmong", "dao", "muong", "sign")
"""Languages for which an interpreter can be asked, and sign language."""
LARGEST_GROUP = 10_000
MOST = 5


def most_representatives(people: int) -> int:
    """How many may speak for so many people."""
    if people < 5:
        return people
    return 2 if people <= 10 else MOST


def why_not(people: int, representatives: Sequence[str]) -> tuple[str, str] | None:
    """The field and the sentence that refuse such a group, or None."""
    if not 1 <= people <= LARGEST_GROUP:
        return "people", N_("Ghi số người từ 1 đến 10.000.")
    named = [name for name in representatives if name.strip()]
    if people >= 5 and not named:
        return "representatives", N_("Đoàn từ 5 người trở lên cần cử người đại diện. Ghi tên ít nhất một người.")
    if people > 1 and len(named) > most_representatives(people):
        if people <= 10:
            return "representatives", N_("Đoàn từ 5 đến 10 người cử một hoặc hai người đại diện.")
        return "representatives", N_("Cử nhiều nhất năm người đại diện.")
    if len({name.strip().casefold() for name in named}) < len(named):
        return "representatives", N_("Có tên ghi hai lần.")
    return None
