"""What visitors find half way on the desk of the home unit: papers not signed yet, work that stands still."""

from __future__ import annotations

from functools import partial

from ...rules.workflow import Kind
from .. import texts
from ..arrivals import Arrival, Stream
from ..lives import Life
from ..settlement import VERDICTS, Settlement
from .retold import arrival, home, some_day, until_it_fits

FATES = ("draft", "submitted", "returned", "suspended", "suspended", "suspended elsewhere")


class OnTheDesk(Settlement):
    """Tells a complaint that is accepted and waits at one particular step when the seed ends."""

    def __init__(self, stream: Stream, told: Arrival, fate: str) -> None:
        super().__init__(stream.world, told, stream.dice)
        self.fate = fate

    def _is_turned_away(self) -> bool:
        self._classify()
        return False

    def _work(self) -> None:
        self._accept(is_complex=False)
        if self.fate == "returned":
            self._write("verification_decision", texts.verification(self))
            self.office(3, "submit_paper", self.officer)
            self.office(3, "return_paper", self.crew.head, reason=self.say("return_remark"))
            return
        self._verify()
        if self.fate.startswith("suspended"):
            self._suspend(12)
            return
        verdict = VERDICTS[self.arrival.situation.outcome]
        written = texts.decision(self, verdict)
        if self.fate == "draft":
            written = {name: written[name] for name in ("respondent", "verification")}
        self._write(self.decision, written, verdict=verdict)
        if self.fate == "submitted":
            self.office(2, "submit_paper", self.officer)

    def _write(self, form: str, written: dict[str, str], **carried: object) -> None:
        self.office(6, "write", self.officer, form=form, texts=written, carried=carried)


def on_the_desk(stream: Stream, how_many: int, number: int) -> list[Life]:
    """One complaint for each fate; nobody has written there yet when they come, so that all is done in time."""
    lives: list[Life] = []
    for fate in FATES[:how_many]:
        life = until_it_fits(partial(_told, stream, number + len(lives) + 1, fate), partial(_is_fit, stream, fate))
        if life is not None:
            lives.append(life)
    return lives


def _told(stream: Stream, number: int, fate: str) -> Life:
    world, dice = stream.world, stream.dice
    place = dice.choice(world.areas) if fate.endswith("elsewhere") else home(world)
    told = arrival(stream, number, some_day(world, dice, 14, 24), place, Kind.COMPLAINT)
    return OnTheDesk(stream, told, fate).tell()


def _is_fit(stream: Stream, fate: str, life: Life) -> bool:
    last = {"draft": "write", "submitted": "submit_paper", "returned": "return_paper"}.get(fate, "suspend")
    return life.deeds[-1].verb == last and life.deeds[-1].at < stream.world.end
