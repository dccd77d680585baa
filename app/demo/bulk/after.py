"""Verbs on paper that write down what is done besides the papers: dialogue, sending, publication, archive."""

from __future__ import annotations

from ... import clock
from ...cases.folding import nfc
from ...rules.workflow import Actor, Outcome
from ..lives import Deed
from .marks import Facts, Verb, finish
from .sheet import Sheet


def _noted(sheet: Sheet, deed: Deed, column: str) -> Facts:
    """The day goes to its column, and the clocks that begin that day start."""
    on = sheet.row[column] = deed.cargo["on"]
    for stage in sheet.step.starts:
        sheet.start(stage, on)
    return {"text": deed.cargo["text"], "on": on}


def hold_dialogue(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """A dialogue was held."""
    return _noted(sheet, deed, "dialogue_on")


def send(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The decision was handed over or posted."""
    return _noted(sheet, deed, "sent_on")


def publish(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Made public."""
    return _noted(sheet, deed, "published_on")


def enforce(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """It is being carried out."""
    return _noted(sheet, deed, "enforced_on")


def archive(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The file is put away; one that lacks what the law asks ends with that."""
    day = clock.day_of(deed.at)
    if sheet.step.starts:
        sheet.meet(sheet.step.meets, deed.at)
        finish(sheet, Outcome.NOT_ACCEPTED, deed.at)
        for stage in sheet.step.starts:
            sheet.start(stage, day)
    sheet.row["archived_on"] = day
    return {"reason": nfc(deed.cargo["reason"]).strip()[:2000]}


AFTER: dict[str, Verb] = {verb.__name__: verb for verb in (hold_dialogue, send, publish, enforce, archive)}
