"""What was typed so far, carried from page to page in hidden fields: no account, no cookie, no row holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from ..cases.actions import MeetingWish, NewCase
from ..cases.folding import nfc
from ..rules.workflow import Kind
from ..units.models import Unit
from ..units.queries import root, unit_by_code

FIELDS = (
    "title", "body", "against", "known_on", "request", "category", "commune", "place", "latitude", "longitude",
    "unit_choice", "wanted_unit", "name", "phone", "email", "address", "contact_channel",
    "is_public",
)  # fmt: skip
SEALED_FIELDS = ("denounced_unit", "against", "body", "place", "known_on", "category")
"""All a denunciation carries: whatever else is sent along, a name or a telephone, is dropped on the doorstep."""
WISH_FIELDS = ("with_level", "party", "people", "representatives", "wanted_times", "mode", "interpreter", "wheelchair")
"""What a request for a dialogue says besides."""
TITLE = "Tố cáo"
"""Every denunciation has this one title: a title of one's own would say too much in too many places."""
EVERYWHERE = "-"
"""The commune chosen where the matter concerns the whole province."""
UNKNOWN, HERE, ABOVE, OTHER = "unknown", "here", "above", "other"
"""Which unit: let intake decide, the commune where it happened, the body above it, or one named."""
ALONE, GROUP = "alone", "group"
Typed = dict[str, str]


def fields_of(kind: Kind) -> tuple[str, ...]:
    """What a petition of this kind may carry."""
    if kind == Kind.DIALOGUE:
        return FIELDS + WISH_FIELDS
    return SEALED_FIELDS if kind == Kind.DENUNCIATION else FIELDS


def read(form: Mapping[str, str], kind: Kind = Kind.FEEDBACK) -> Typed:
    """The known fields of a posted page, composed letters, one kind of line end; everything else is ignored."""
    return {name: nfc(form.get(name, "")).replace("\r\n", "\n") for name in fields_of(kind)}


def blank(kind: Kind = Kind.FEEDBACK) -> Typed:
    """An empty sheet: the unit is not known."""
    empty = dict.fromkeys(fields_of(kind), "")
    if kind == Kind.DIALOGUE:
        return {**empty, "party": ALONE, "mode": "in_person", "with_level": "head"}
    return empty if kind == Kind.DENUNCIATION else {**empty, "unit_choice": UNKNOWN}


def commune_code(typed: Typed) -> str:
    """The commune's code, empty for the whole province."""
    return "" if typed["commune"] == EVERYWHERE else typed["commune"]


def wanted_code(typed: Typed) -> str:
    """The code of the unit named by the resident, empty where intake is to decide."""
    if typed["unit_choice"] == ABOVE:
        unit = above(typed)
        return unit.code if unit else ""
    named = {HERE: commune_code(typed), OTHER: typed["wanted_unit"]}
    return named.get(typed["unit_choice"], "")


def above(typed: Typed) -> Unit | None:
    """The body above the commune chosen; the top of the government where none is."""
    commune = unit_by_code(commune_code(typed)) if commune_code(typed) else None
    return commune.parent if commune is not None else root()


def names(text: str) -> tuple[str, ...]:
    """The names written one to a line."""
    return tuple(name for line in text.splitlines() if (name := " ".join(line.split()).strip(",;")))


def people(typed: Typed) -> int:
    """How many ask together, the sender among them; 0 where it is no number."""
    if typed["party"] != GROUP:
        return 1
    digits = typed["people"].strip().replace(".", "")
    return int(digits) if digits.isdecimal() and len(digits) <= 6 else 0


def degrees(text: str, limit: int) -> float | None:
    """A coordinate from the phone, or None: it is never required and never worth a refusal."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -limit <= value <= limit else None


def day(text: str) -> date | None:
    """A date as browsers send it, or as people type it where the browser knows no date field."""
    numbers = [int(part) for part in re.split(r"[/.\-]", text.strip()) if part.isdecimal()]
    try:
        year_first = numbers[0] > 31
        return date(*numbers) if year_first else date(*numbers[::-1])
    except (ValueError, IndexError, TypeError):
        return None


def new_case(kind: Kind, typed: Typed, language: str) -> NewCase:
    """The whole sheet as the case room takes it."""
    if kind == Kind.DENUNCIATION:
        return _sealed(typed, language)
    latitude, longitude = degrees(typed["latitude"], 90), degrees(typed["longitude"], 180)
    is_placed = latitude is not None and longitude is not None
    is_complaint = kind == Kind.COMPLAINT
    return NewCase(
        kind=kind, title=" ".join(typed["title"].split()), body=typed["body"], category_code=typed["category"],
        commune_code=commune_code(typed), wanted_unit_code=wanted_code(typed), place=typed["place"],
        latitude=latitude if is_placed else None, longitude=longitude if is_placed else None,
        name=" ".join(typed["name"].split()), phone=typed["phone"], email=typed["email"].strip().lower(),
        address=typed["address"] if is_complaint else "", is_public=typed["is_public"] == "yes",
        contact_channel=typed["contact_channel"],
        against=typed["against"] if is_complaint else "", known_on=day(typed["known_on"]) if is_complaint else None,
        request=typed["request"] if is_complaint else "", language=language, channel="web",
        wish=_wish(typed) if kind == Kind.DIALOGUE else None,
    )  # fmt: skip


def _wish(typed: Typed) -> MeetingWish:
    """With whom, how many, when and how they wish to meet."""
    return MeetingWish(
        with_level=typed["with_level"], people=people(typed),
        representatives=names(typed["representatives"]) if typed["party"] == GROUP else (),
        wanted_times=typed["wanted_times"], mode=typed["mode"], interpreter=typed["interpreter"],
        wheelchair=bool(typed["wheelchair"]),
    )  # fmt: skip


def _sealed(typed: Typed, language: str) -> NewCase:
    """A denunciation: what was done and by whom, nothing of who says so."""
    return NewCase(
        kind=Kind.DENUNCIATION, title=TITLE, body=typed["body"], category_code=typed["category"],
        place=typed["place"], against=typed["against"], known_on=day(typed["known_on"]), language=language,
        channel="web", denounced_unit_code=typed["denounced_unit"],
    )  # fmt: skip
