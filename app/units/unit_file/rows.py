"""What a unit file says, once it is read: the government, its levels, its units, and its categories."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Government:
    """Who answers for this installation, where its days begin, and in which languages it speaks."""

    code: str
    name_vi: str
    name_en: str
    responsible_vi: str
    responsible_en: str
    phone: str
    time_zone: str
    languages: tuple[str, ...]
    line: int
    above_vi: str = ""
    above_en: str = ""
    """Who takes denunciations of the leadership itself: the body above this government, with its address."""
    inspectorate: str = ""
    """Code of the unit that inspects the others."""


@dataclass(frozen=True)
class LevelRow:
    """A level of government; rank 1 is the top."""

    code: str
    name_vi: str
    name_en: str
    rank: int
    line: int
    duties: tuple[str, ...] = ()
    """As whom its units owe reception days and conferences: `who` of the duties in deadlines.toml."""


@dataclass(frozen=True)
class UnitRow:
    """A unit of the tree. One with an `area_code` covers an area that residents pick as the place."""

    code: str
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str
    level: str
    parent: str
    valid_from: date
    valid_to: date | None
    successor: str
    is_remote: bool
    area_code: str
    latitude: float | None
    longitude: float | None
    former: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class CategoryRow:
    """A subject residents write about, and who handles it."""

    code: str
    parent: str
    name_vi: str
    name_en: str
    handling_level: str
    unit: str
    kinds: tuple[str, ...]
    variant: str
    line: int


@dataclass(frozen=True)
class UnitFile:
    """A whole file without mistakes; parents stand before their children."""

    government: Government
    levels: list[LevelRow]
    units: list[UnitRow]
    categories: list[CategoryRow]
