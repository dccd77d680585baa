"""Everything the case page shows, gathered in few statements and only as far as this official sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from .. import clock
from ..attachments.models import Attachment
from ..attachments.queries import listing
from ..cases.actions import may_renew
from ..cases.due import clock_shown, due_card
from ..cases.lines import OFFICIAL, thread_items
from ..cases.models import Case, Contribution, Custody, Deadline
from ..cases.names import Names, names_of
from ..cases.queries import events_for
from ..cases.unfold import Unfolded, reasons_of_pauses, unfold
from ..dialogues.models import DialogueSession
from ..dialogues.queries.days import of_case
from ..dialogues.queries.sessions import of_complaint
from ..dialogues.queries.visible import sight_of_visit
from ..documents.models import Document
from ..journal.models import Event
from ..rules.visibility import Sight
from ..rules.workflow import OPEN, Action, Actor, Kind, allowed_actions, refusals
from ..units.calendar import law
from ..words import show_date
from .forms import VerbForm
from .forms.checks import CHECK_WORDS
from .meetings import is_on_session
from .papers import Beginning, Sheet, beginnings, next_paper, sheets, signed_papers, title_of
from .phrases import offers
from .queries import Kin, history, kin
from .sealed_verbs import SEALED_VERBS
from .similar import Alike, Twin, alike, twin
from .talk import Talk, talk_of
from .verbs import VERBS, form_for, main_verb

UNSAID = (Action.LOOK, Action.EXPORTED, Action.CONTACT_SHOWN)
"""Who looked and who took a paper is for the journal; a case's timeline says what was done in it."""
DRAFTS = (Action.DRAFT, Action.PROPOSE)
GROUPS = {"sort": _l("Phân loại"), "work": _l("Xử lý"), "after": _l("Sau khi trả lời")}
"""The verbs' groups on the case page, in the order of a case's life."""


@dataclass(frozen=True)
class Dossier:
    """What the page of one case is made of."""

    case: Case
    seen: Sight
    lines: list[dict[str, Any]]
    names: Names
    custodies: Sequence[Custody] = ()
    unfolded: Sequence[Unfolded] = ()
    due: dict[str, Any] | None = None
    files: Sequence[Attachment] = ()
    alike: Sequence[Alike] = ()
    twin: Twin | None = None
    allowed: Sequence[Action] = ()
    refused: Sequence[tuple[Action, str]] = ()
    main: Action | None = None
    forms: dict[Action, VerbForm] = field(default_factory=dict)
    drafts: Sequence[Event] = ()
    answer: Event | None = None
    can_renew: bool = False
    answer_files: Sequence[dict[str, Any]] = ()
    draft_files: Sequence[dict[str, Any]] = ()
    sheets: Sequence[Sheet] = ()
    beginnings: Sequence[tuple[Action, list[Beginning]]] = ()
    next_paper: Beginning | None = None
    signed_papers: Sequence[Document] = ()
    parts: Sequence[Contribution] = ()
    kin: Sequence[Kin] = ()
    handlers: Sequence[str] = ()
    reception: str = ""
    """Number of the visit to a reception day from which the case was made."""
    sessions: Sequence[DialogueSession] = ()
    talk: Talk | None = None

    @property
    def can_meet(self) -> bool:
        """A dialogue may be called within this complaint's settlement (Law 02/2011/QH13 art. 30, 39)."""
        return self.case.kind == Kind.COMPLAINT and Action.HOLD_DIALOGUE in self.allowed

    @property
    def is_past(self) -> bool:
        """The case went on; only what happened here is shown."""
        return self.seen == Sight.PAST

    @property
    def is_masked(self) -> bool:
        """Who sent it is covered."""
        return self.seen != Sight.FULL

    @property
    def others(self) -> list[Action]:
        """Verbs allowed beside the main one, in the page's order."""
        shown = {self.main, Action.SEND_BACK if self.main == Action.APPROVE else None}
        shown |= {Action.DRAFT} if self.main == Action.PROPOSE else set()
        return [action for action in VERBS if action in self.allowed and action not in shown]

    @property
    def groups(self) -> list[tuple[str, list[Action]]]:
        """The same under the headings of the page."""
        found = [(words, [a for a in self.others if VERBS[a].group == name]) for name, words in GROUPS.items()]
        return [(str(words), actions) for words, actions in found if actions]

    @property
    def to_sign(self) -> Sheet | None:
        """A paper that waits for this reader's signature."""
        return next((sheet for sheet in self.sheets if sheet.is_mine_to_sign), None)

    @property
    def paper_titles(self) -> dict[str, str]:
        """What each signed paper is called."""
        return {paper.form: title_of(paper.form) for paper in self.signed_papers}

    @property
    def check_words(self) -> Mapping[str, tuple[Any, Any]]:
        """What each check asks, and by which law."""
        return CHECK_WORDS


def dossier(case: Case, seen: Sight, actor: Actor, today: date) -> Dossier:
    """The page's facts. A past custodian gets the timeline and nothing of what came after."""
    events = [event for event in events_for(case, actor, seen) if event.action not in UNSAID]
    custodies, clocks, files = history(case.id)
    if seen == Sight.PAST:
        known = {event.seq for event in events}
        files = [file for file in files if file.event_seq in known]
    by_event = _listed(files)
    law_of = _of_the_law(case, seen, actor)
    names = names_of(
        events, today, by_event, officials=_people(case, law_of), units=[custody.unit_id for custody in custodies]
    )
    lines = thread_items(events, OFFICIAL, names, _paper if seen in (Sight.FULL, Sight.PAST) else None)
    if seen == Sight.PAST:
        return Dossier(case, seen, lines, names, files=files)
    letters = _letters(case, events, by_event)
    if case.is_sealed:
        lines = [_by_the_day(line, events) for line in lines]
    return Dossier(
        case, seen, _without_answer(lines, letters["answer"]), names, custodies, files=files,
        reception=_reception(case, actor),
        alike=alike(case, actor) if case.status in OPEN and not case.is_sealed else (), twin=twin(case, events, actor),
        **_clocks(case, clocks, events, today), **_verbs(case, actor, today), **letters, **law_of,
    )  # fmt: skip


def _reception(case: Case, actor: Actor) -> str:
    """The visit from which it was made, where this official sees it."""
    visit = of_case(case.id) if case.channel == "reception" else None
    return visit.reference if visit and sight_of_visit(visit, actor) != Sight.NOTHING else ""


def _clocks(case: Case, clocks: Sequence[Deadline], events: Sequence[Event],
            today: date) -> dict[str, Any]:  # fmt: skip
    """Every clock unfolded, and the card of the one shown."""
    rules, shown = law(), clock_shown(case, clocks)
    why = reasons_of_pauses(events).get(shown.paused_on, "") if shown and shown.paused_on else ""
    return {"unfolded": unfold(clocks, rules, events), "due": due_card(case, shown, rules.calendar, today, why)}


def _of_the_law(case: Case, seen: Sight, actor: Actor) -> dict[str, Any]:
    """Papers, parts asked of other units, named handlers, kin; papers on their way only for who sees the whole."""
    if seen == Sight.PAST:
        return {}
    found: dict[str, Any] = {
        "signed_papers": signed_papers(case), "parts": list(case.contributions), "kin": kin(case, actor),
        "handlers": [h.official.name for h in case.handlers if h.ended_at is None] if case.is_sealed else (),
        "talk": talk_of(case, is_masked=seen != Sight.FULL),
    }  # fmt: skip
    if seen == Sight.FULL:
        begun = beginnings(case, actor)
        found["sessions"] = of_complaint(case) if case.kind == Kind.COMPLAINT else ()
        found |= {"sheets": sheets(case, actor), "beginnings": begun, "next_paper": next_paper(case, begun)}
    return found


def _people(case: Case, of_the_law: Mapping[str, Any]) -> list[int | None]:
    """Officials whom the page names besides those of the events."""
    asked = [i for part in of_the_law.get("parts", ()) for i in (part.asked_by_id, part.answered_by_id)]
    wrote = [sheet.paper.written_by_id for sheet in of_the_law.get("sheets", ())]
    signed = [paper.signed_by_id for paper in of_the_law.get("signed_papers", ())]
    return [case.assigned_to_id, case.draft_by_id, case.answered_by_id, *asked, *wrote, *signed]


def _by_the_day(line: dict[str, Any], events: Sequence[Event]) -> dict[str, Any]:
    """When a denunciation came is told by the day: the hour could be compared with who was online or in the room."""
    if line.get("action") != Action.SUBMIT:
        return line
    came = clock.day_of(next(event.at for event in events if event.seq == line["seq"]))
    return {**line, "when": show_date(came), "machine": came.isoformat()}


def _without_answer(lines: list[dict[str, Any]], answer: Event | None) -> list[dict[str, Any]]:
    """The last answer stands as a letter above the thread; its line need not say it again."""
    said: dict[str, Any] = {"text": "", "files": [], "link": None}
    return [{**line, **said} if answer and line.get("seq") == answer.seq else line for line in lines]


def _paper(public_id: str) -> str:
    return url_for("desk.document", public_id=public_id)


def _listed(files: Sequence[Attachment]) -> dict[int, list[dict[str, Any]]]:
    """Files under the event that brought them, each with its address."""
    found: dict[int, list[dict[str, Any]]] = {}
    for file in files:
        item = listing(file, url_for("desk.attachment", public_id=file.public_id))
        found.setdefault(file.event_seq or 0, []).append(item)
    return found


def _verbs(case: Case, actor: Actor, today: date) -> dict[str, Any]:
    """What may be done now, what may not and why, and the forms that stand open on the page."""
    allowed = [action for action in allowed_actions(actor, case) if action in VERBS and not _is_elsewhere(action, case)]
    main = main_verb(allowed, case)
    beside = Action.SEND_BACK if main == Action.APPROVE else None
    refused = [(action, reason) for action, reason in refusals(actor, case)
               if action in VERBS and not _is_elsewhere(action, case)]  # fmt: skip
    shown = {action: form_for(action, case, today) for action in (main, beside) if action}
    for action, form in shown.items():
        form.phrases = offers(case, action, actor)
    can_renew = bool(case.code_hash) and may_renew(case, actor)
    return {"allowed": allowed, "main": main, "refused": refused, "forms": shown, "can_renew": can_renew}


def _is_elsewhere(action: Action, case: Case) -> bool:
    """Verbs that denunciations have on pages of their own, and those of a dialogue that its session has."""
    return (case.is_sealed and action in SEALED_VERBS) or is_on_session(action, case)


def _letters(case: Case, events: Sequence[Event], files: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    """Earlier drafts of this round, the last answer sent, and what is enclosed with either."""
    answers = [event for event in events if event.action == Action.APPROVE]
    since = answers[-1].seq if answers else 0
    drafts = [event for event in events if event.action in DRAFTS and event.seq > since]
    return {
        "drafts": drafts[::-1],
        "answer": answers[-1] if answers else None,
        "answer_files": files.get(since, []),
        "draft_files": [file for event in drafts for file in files.get(event.seq, [])],
    }
