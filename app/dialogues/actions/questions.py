"""What people ask a session: ahead by the public page or at the counter, or there; and what they are answered."""

from __future__ import annotations

from datetime import datetime

from ...extensions import db
from ...refusals import Invalid, WrongStep
from ...rules.dialogues import exposed, sessions
from ...rules.workflow import N_, Action, Actor, Role
from ..models import DialogueSession, Question
from .stages import must_do, said
from .texts import needed, text

CHANNELS = ("web", "counter", "session")
LONGEST_QUESTION = 3000
MOST_BY_WEB = 2000
"""Questions the public page takes for one session; more than that is a machine."""


def put_question(session: DialogueSession, words: str, asker: str, channel: str, actor: Actor, now: datetime,
                 version: int | None = None) -> Question:  # fmt: skip
    """Keep a question. The name is for the office, never published, and may be left out.

    The same words by the same person once more are the same question: a form sent twice asks once.
    """
    _may_ask(session, channel, actor, now, version)
    words, asker = needed(words, "text", LONGEST_QUESTION), text(asker, "asker", 120)
    for known in session.questions:
        if (known.text, known.asker, known.channel) == (words, asker, channel):
            return known
    is_ahead = sessions.stage_of(session) in sessions.COMING
    question = Question(asked_before=is_ahead, channel=channel, asker=asker, text=words, asked_at=now)
    session.questions.append(question)
    db.session.flush()
    said(Action.PUT_QUESTION, session, actor, now, question=question.id, channel=channel, text=words)
    return question


def _may_ask(session: DialogueSession, channel: str, actor: Actor, now: datetime, version: int | None) -> None:
    """Anybody while it is announced, by the public page; officials of the unit until the minutes are submitted."""
    if actor.role != Role.RESIDENT:
        must_do(Action.PUT_QUESTION, session, actor, now, version)
        if channel not in CHANNELS[1:]:
            raise Invalid(N_("Chọn một mục trong danh sách."), "channel")
        if channel == "session" and session.held_at is None:
            raise Invalid(N_("Buổi đối thoại chưa diễn ra."), "channel")
        return
    is_open = session.is_public and sessions.stage_of(session) == sessions.Stage.ANNOUNCED
    if not is_open or sum(q.channel == "web" for q in session.questions) >= MOST_BY_WEB:
        raise WrongStep(N_("Buổi này không nhận câu hỏi qua mạng nữa."))


def answer_question(
    question: Question, session: DialogueSession, answer: str, answered_by: str, public_text: str, actor: Actor,
    now: datetime, version: int | None = None, *, seen: bool = False,
) -> None:  # fmt: skip
    """Write down what was answered and by whom, and the question in words that may be published (none: it is not).

    Invalid where the public words still point at somebody, unless whoever writes has looked and stands by them.
    """
    must_do(Action.ANSWER_QUESTION, session, actor, now, version)
    answer, public_text = needed(answer, "answer"), text(public_text, "public_text", LONGEST_QUESTION)
    answered_by = needed(answered_by, "answered_by", 200)
    if public_text and not seen and exposed(f"{public_text}\n{answer}", names_to_keep(session)):
        raise Invalid(POINTS_AT_SOMEBODY, "public_text")
    question.answer, question.public_text, question.answered_by = answer, public_text, answered_by
    question.answered_at = now
    said(Action.ANSWER_QUESTION, session, actor, now, question=question.id, answer=answer, by=question.answered_by)


POINTS_AT_SOMEBODY = N_("Còn chỗ có thể lộ người dân là ai. Sửa, hoặc xem lại rồi đánh dấu là đã xem.")


def names_to_keep(session: DialogueSession) -> list[str]:
    """Names that no public text carries: of who asked, who spoke for them, who put a question."""
    people = [one.name for one in session.attendees if one.role in ("asker", "representative")]
    return [*people, *(question.asker for question in session.questions if question.asker)]
