"""Denunciations: invented, against posts and not people, and nobody who writes them is known to this province."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from ... import clock
from ...cases.actions import NewCase
from ...cases.folding import nfc
from ...rules.workflow import Kind
from ..arrivals import Arrival, Stream
from ..content import HERE, LOCAL, Situation, filling
from ..lives import Life
from ..people import INSPECTORATE
from ..telling import Teller
from ..world import Spot, World
from .retold import some_day

STEPS = ("written", "registered", "named", "accepted", "extended", "concluded", "published")
"""How far a denunciation comes; each after the ones before, though not every one is extended."""
AGES = {"written": (2, 5), "registered": (1.5, 3), "named": (4, 6), "accepted": (18, 24), "extended": (38, 44),
        "concluded": (62, 80), "published": (90, 150)}  # fmt: skip


@dataclass(frozen=True)
class Denounced:
    """One denunciation and what became of it."""

    step: str
    unit: str
    category: str
    title: str
    against: str
    body: str
    content: str
    verdict: str = "wrong"
    verification: str = ""
    conclusion: str = ""
    measures: str = ""
    reason: str = ""


class Sealed(Teller):
    """Tells a denunciation: only the registrar and the named handlers act."""

    def __init__(self, world: World, told: Arrival, dice: random.Random, entry: Denounced) -> None:
        super().__init__(world, told, dice)
        self.entry, self.registrar = entry, world.staff.registrar
        crew = world.crew(world.by_code.get(INSPECTORATE, told.first))
        self.head, self.officer = crew.head, crew.officers[0]

    def tell(self) -> Life:
        """As far as its step says."""
        self.add(self.arrival.at, "submit", 0)
        for reached in STEPS[: STEPS.index(self.entry.step) + 1]:
            getattr(self, f"_{reached}")()
        return self.life

    def _written(self) -> None:
        """Pre-registered on the web; the signed original has not come."""

    def _registered(self) -> None:
        self.dated(3, "register", self.registrar, paper_file=f"Tủ 2, cặp {self.dice.randint(3, 30)}")

    def _named(self) -> None:
        for person in (self.head, self.officer):
            self.office(0.5, "name_handler", self.registrar, officer=person)

    def _accepted(self) -> None:
        self.paper(20, "accept", "denunciation_acceptance", self.head, self._content(), spread=0.2)
        self.dated(6, "send", self.officer, text="Gửi người bị tố cáo và người tố cáo theo phong bì niêm phong riêng.")

    def _extended(self) -> None:
        if self.entry.reason:
            self.wait_until(self.last + timedelta(days=14))
            self.paper(4, "extend", "extension_decision", self.head, {"reason": self.entry.reason}, variant="complex")

    def _concluded(self) -> None:
        self.wait_until(self.last + timedelta(days=18))
        entry = self.entry
        written = self._content() | {
            "verification": entry.verification, "conclusion": entry.conclusion, "measures": entry.measures,
            "legal_basis": "Luật Tố cáo, các điều 31 và 35; Luật Cán bộ, công chức; quy chế làm việc của đơn vị.",
        }  # fmt: skip
        self.paper(4, "conclude", "denunciation_conclusion", self.head, written, verdict=entry.verdict)

    def _published(self) -> None:
        entry = self.entry
        written = self._content() | {"conclusion": entry.conclusion, "measures": entry.measures}
        self.dated(8, "send", self.officer, text="Gửi người bị tố cáo và cơ quan quản lý cán bộ.")
        self.paper(8, "issue", "published_conclusion", self.head, written, verdict=entry.verdict)
        self.dated(4, "publish", self.officer, text="Niêm yết tại trụ sở nơi người bị tố cáo làm việc trong 7 ngày.")

    def _content(self) -> dict[str, str]:
        return {"content": self.entry.content}


def sealed(stream: Stream, how_many: int, number: int) -> list[Life]:
    """Those of the file that this government has units and categories for."""
    world = stream.world
    if not world.staff.registrar:
        return []
    fitting = [e for e in _entries() if e.unit in world.by_code and e.category in world.subjects
               and Kind.DENUNCIATION in world.subjects[e.category].kinds]  # fmt: skip
    return [_told(stream, number + n, entry) for n, entry in enumerate(fitting[:how_many], 1)]


def _told(stream: Stream, number: int, entry: Denounced) -> Life:
    world, dice = stream.world, stream.dice
    at = some_day(world, dice, *AGES[entry.step])
    denounced: Spot = world.by_code[entry.unit]
    words = filling(world.place(denounced), clock.day_of(at), dice)
    new = NewCase(Kind.DENUNCIATION, entry.title, words(entry.body), entry.category, against=entry.against,
                  denounced_unit_code=entry.unit)  # fmt: skip
    nothing = Situation(entry.category, Kind.DENUNCIATION, LOCAL, entry.title, entry.body, "", "", "", "", "", (), ())
    first = world.above(denounced)
    return Sealed(world, Arrival(number, at, new, nothing, words, first, first), dice, entry).tell()


@cache
def _entries() -> tuple[Denounced, ...]:
    raw = tomllib.loads((HERE / "denunciations.toml").read_text(encoding="utf-8"))["denunciation"]
    return tuple(Denounced(**{key: nfc(value).strip() for key, value in entry.items()}) for entry in raw)
