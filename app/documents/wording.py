"""The facts of a case as words for a paper: dates, names and verdicts in either language, never a raw brace.

A denunciation's papers know only the facts of OPEN_FACTS: whatever else the caller hands over is left out here, so
that nothing pointing at the denouncer reaches a text (Law 25/2018/QH14 art. 47, 56; Decision 774/QD-TTg).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ..rules.workflow import Kind

PLACEHOLDER = re.compile(r"\{(\w*)\}")
OPEN_FACTS = frozenset({
    "kind", "instance", "reference", "accepted_on", "suspended_on", "due_on", "old_due_on", "new_due_on", "on",
    "category", "denounced", "paper_file", "body_name", "variant", "verdict", "unit_name",
})  # fmt: skip
"""What a denunciation's papers may say. Not its text, place, first day or language: each can point at the writer."""
DATES = (
    *("known_on", "submitted_on", "registered_on", "accepted_on", "suspended_on", "dialogue_on", "due_on"),
    *("old_due_on", "new_due_on", "first_signed_on", "reopen_until", "on"),
)
TEXTS = (
    *("reference", "title", "body", "name", "address", "phone", "against", "request", "category", "commune"),
    *("denounced", "paper_file", "body_name", "first_number", "unit_name"),
)
COMPOSED = ("matter", "sender", "sender_at", "petition", "ordinal", "verdict", "variant", "dialogue",
            "first_decision", "last_article")  # fmt: skip
PLACEHOLDERS = frozenset((*DATES, *TEXTS, *COMPOSED))
"""Everything a form may ask of the facts."""

NO_DAY = {"vi": "(chưa ghi ngày)", "en": "(day not entered)"}
NOTHING = {"vi": "(chưa ghi)", "en": "(not entered)"}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
MATTERS = {
    Kind.FEEDBACK: {"vi": "phản ánh, kiến nghị", "en": "feedback"},
    Kind.COMPLAINT: {"vi": "khiếu nại", "en": "complaint"},
    Kind.DENUNCIATION: {"vi": "tố cáo", "en": "denunciation"},
    Kind.DIALOGUE: {"vi": "đề nghị đối thoại", "en": "request for a dialogue"},
}
VERDICTS = {
    "right": {"vi": "đúng", "en": "right"},
    "partly_right": {"vi": "đúng một phần", "en": "partly right"},
    "wrong": {"vi": "sai toàn bộ", "en": "wrong"},
}
VARIANTS = {
    "complex": {"vi": "phức tạp", "en": "complex"},
    "specially_complex": {"vi": "đặc biệt phức tạp", "en": "specially complex"},
}


def told(facts: Mapping[str, Any], cargo: Mapping[str, Any]) -> dict[str, Any]:
    """The facts a paper may speak of, together with what its own signature brings about."""
    known = {**facts, "on": cargo.get("on") or facts.get("on")}
    known |= {key: cargo[key] for key in ("variant", "verdict") if cargo.get(key)}
    if not known.get("body_name") and isinstance(cargo.get("body"), str):
        known["body_name"] = cargo["body"]
    if known.get("kind") == Kind.DENUNCIATION:
        return {key: value for key, value in known.items() if key in OPEN_FACTS}
    return known


def wording(facts: Mapping[str, Any], language: str) -> dict[str, str]:
    """Every placeholder's words in one language. Call with what `told` lets through."""
    words = {key: text_of(facts, key) or NOTHING[language] for key in TEXTS}
    if language == "en":
        words |= {key: text_of(facts, f"{key}_en") or words[key] for key in TEXTS}
    words |= {key: day_of(facts, key, language) or NO_DAY[language] for key in DATES}
    kind = Kind(facts.get("kind") or Kind.FEEDBACK)
    return words | {
        "matter": MATTERS[kind][language], "sender": _sender(facts, kind, language),
        "sender_at": _with_address(_sender(facts, kind, language), facts, language),
        "petition": _petition(facts, kind, language), "ordinal": _ordinal(facts, language),
        "verdict": _verdict(facts, kind, language),
        "variant": VARIANTS.get(str(facts.get("variant")), NOTHING)[language],
        "dialogue": _dialogue(facts, language), "first_decision": _first_decision(facts, language),
    }  # fmt: skip


def written(text: str, words: Mapping[str, str]) -> str:
    """A text with its placeholders filled. What a resident typed stays as typed, braces and all."""
    return PLACEHOLDER.sub(lambda found: words.get(found.group(1), NOTHING["vi"]), text)


def begun(text: str, words: Mapping[str, str]) -> str:
    """A text to go on writing: filled, without the lines of which nothing is known yet."""
    lines = (line for line in text.split("\n") if not _is_hollow(line, words))
    return written("\n".join(lines), words).strip()


def _is_hollow(line: str, words: Mapping[str, str]) -> bool:
    asked = PLACEHOLDER.findall(line)
    unknown = {"", *NOTHING.values(), *NO_DAY.values()}
    return bool(asked) and all(words.get(key, "") in unknown for key in asked)


def text_of(facts: Mapping[str, Any], key: str) -> str:
    """A fact as text; all but the body without the full stop that would double the sentence's own; "" if unknown."""
    value = facts.get(key)
    words = "" if value is None else str(value).strip()
    return words if key == "body" else words.rstrip(".;").rstrip()


def day_of(facts: Mapping[str, Any], key: str, language: str) -> str:
    """A fact as a day in running text; "" if unknown or not a day."""
    value: Any = facts.get(key)
    if isinstance(value, str) and value:
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            return value
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        return ""
    return f"{value:%d/%m/%Y}" if language == "vi" else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _sender(facts: Mapping[str, Any], kind: Kind, language: str) -> str:
    if kind == Kind.DENUNCIATION:
        return {"vi": "người tố cáo", "en": "the denouncer"}[language]
    name = text_of(facts, "name")
    if not name:
        return {"vi": "người gửi đơn", "en": "the sender"}[language]
    return f"ông/bà {name}" if language == "vi" else name


def _with_address(sender: str, facts: Mapping[str, Any], language: str) -> str:
    address = text_of(facts, "address")
    return sender + ({"vi": ", địa chỉ: ", "en": ", address: "}[language] + address if address else "")


def _petition(facts: Mapping[str, Any], kind: Kind, language: str) -> str:
    """The letter the paper is about: its kind, number and, save for denunciations, its day."""
    reference = text_of(facts, "reference")
    if language == "en":
        name = f"{MATTERS[kind]['en']} no. {reference}"
        for key, verb in (("registered_on", "registered on"), ("submitted_on", "sent on")):
            if facts.get(key):
                return f"{name}, {verb} {day_of(facts, key, 'en')}"
        return name
    name = f"đơn {MATTERS[kind]['vi']} số {reference}"
    for key, verb in (("registered_on", "vào sổ ngày"), ("submitted_on", "gửi ngày")):
        if facts.get(key):
            return f"{name}, {verb} {day_of(facts, key, 'vi')}"
    return name


def _ordinal(facts: Mapping[str, Any], language: str) -> str:
    second = facts.get("instance") == 2
    return {"vi": "lần hai" if second else "lần đầu", "en": "second" if second else "first"}[language]


def _verdict(facts: Mapping[str, Any], kind: Kind, language: str) -> str:
    """In the law's words: a complaint is wrong altogether, a denunciation untrue (art. 31; Law 25/2018 art. 35)."""
    verdict = str(facts.get("verdict") or "")
    if kind == Kind.DENUNCIATION and verdict == "wrong":
        return {"vi": "sai sự thật", "en": "untrue"}[language]
    return VERDICTS.get(verdict, {"vi": "(chưa kết luận)", "en": "(not concluded)"})[language]


def _dialogue(facts: Mapping[str, Any], language: str) -> str:
    """Empty unless a dialogue was held: its result must then still be written."""
    day = day_of(facts, "dialogue_on", language)
    return day and {"vi": f"Đối thoại tổ chức ngày {day}.", "en": f"A dialogue was held on {day}."}[language]


def _first_decision(facts: Mapping[str, Any], language: str) -> str:
    number, day = text_of(facts, "first_number"), day_of(facts, "first_signed_on", language)
    if language == "vi":
        named = f"Quyết định số {number}" if number else "quyết định giải quyết khiếu nại lần đầu"
        return named + (f" ngày {day}" if day else "")
    return (f"Decision no. {number}" if number else "the first decision") + (f" of {day}" if day else "")
