"""Who may see what: decided here and in the SQL twins beside the tables, and nowhere else.

`case` of a case, `at_units` of what a unit receives, holds and promises, `office` of figures, journal, registers and
administration; `posts` reads the actor's posts for all of them. Twins: cases/visible.py, dialogues/queries/visible.py.
"""

from .at_units import (
    PromiseReach,
    UnitReach,
    promise_reach,
    sight_at,
    sight_of_complaint_session,
    sight_of_promise,
    unit_reach,
)
from .case import INSIDE, ORDER, READING_BELOW, TRIAGE, CaseReach, Seen, Sight, case_reach, is_inside, sight
from .keeping import approves_erasure, data_reach, decides_on_data, holds_back
from .office import (
    administered,
    administers,
    administers_all,
    assigning_units,
    assigns,
    can_administer,
    counts_sealed,
    highest_figures,
    journal_reach,
    keeps_sealed,
    may_renew_at,
    may_search,
    reads_registers_of,
    registers_of_unit,
    registers_sealed,
    sees_journal,
    sees_statistics,
    sees_view,
    types_figures,
)
from .posts import (
    ABOVE,
    DESK,
    FINDERS,
    KEEPERS_OF_SEALED,
    REGISTER_READERS,
    ROOM,
    WORKERS,
    held,
    holds,
    holds_at,
    holds_over,
    is_top,
    lies_in,
    line_of,
    paths_of,
    posts_at,
    posts_of,
    serves_in,
    units_of,
)

__all__ = [
    "ABOVE", "DESK", "FINDERS", "INSIDE", "KEEPERS_OF_SEALED", "ORDER", "READING_BELOW", "REGISTER_READERS", "ROOM",
    "TRIAGE", "WORKERS", "CaseReach", "PromiseReach", "Seen", "Sight", "UnitReach", "administered", "administers",
    "administers_all", "approves_erasure", "assigning_units", "assigns", "can_administer", "case_reach",
    "counts_sealed",
    "data_reach", "decides_on_data", "held", "highest_figures", "holds", "holds_at", "holds_back", "holds_over",
    "is_inside", "is_top", "journal_reach", "keeps_sealed",
    "lies_in", "line_of", "may_renew_at", "may_search", "paths_of", "posts_at", "posts_of", "promise_reach",
    "reads_registers_of",
    "registers_of_unit", "registers_sealed", "sees_journal", "sees_statistics", "sees_view", "serves_in", "sight",
    "sight_at", "sight_of_complaint_session", "sight_of_promise", "types_figures", "unit_reach", "units_of",
]  # fmt: skip
