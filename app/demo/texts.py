"""What stands in the papers of a complaint: made from what happened, in the words of an office."""

from __future__ import annotations

from .telling import Teller


def refusal(told: Teller) -> dict[str, str]:
    """Why a complaint is not taken up."""
    return {"content": f"Khiếu nại về: {told.arrival.new.against}.", "reason": told.say("not_accept")}


def verification(told: Teller) -> dict[str, str]:
    """Who finds out what, and until when."""
    new, words = told.arrival.new, told.arrival.filling.words
    official = told.world.staff.officials[told.officer]
    return {
        "subject": f"{new.against}; hồ sơ và những người liên quan tại {told.unit.short_vi}.",
        "team": told.say("team", officer=official.name),
        "content": f"Sự việc tại {words['hamlet']} theo đơn: {new.title}. Yêu cầu của người khiếu nại: {new.request}",
        "time": told.say("verification_time"),
    }


def decision(told: Teller, verdict: str) -> dict[str, str]:
    """What was found, what it means, and what becomes of the decision complained of."""
    answer = told.arrival.filling(told.arrival.situation.answer)
    found = " ".join(_sentences(answer)[:2])
    return {
        "respondent": f"Người ký ban hành quyết định, thực hiện hành vi bị khiếu nại tại {told.unit.short_vi}.",
        "verification": f"{told.say('found')} {found}",
        "dialogue": _dialogue(told),
        "legal_basis": told.say("legal_basis"),
        "conclusion": answer,
        "order": told.say(f"order_{verdict}"),
    }


def _dialogue(told: Teller) -> str:
    held = next((deed for deed in reversed(told.life.deeds) if deed.verb == "hold_dialogue"), None)
    if held is None:
        return told.say("no_dialogue")
    return f"Đối thoại tổ chức ngày {held.cargo['on']:%d/%m/%Y}. {held.cargo['text']}"


def _sentences(text: str) -> list[str]:
    return [part.strip().rstrip(".") + "." for part in text.split(". ") if part.strip()]
