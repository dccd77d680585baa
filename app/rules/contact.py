"""How somebody wants to hear of their case: by mail, by SMS, not at all; and which news fits into an SMS."""

from __future__ import annotations

import re

from .workflow import Action

MAIL, SMS, NEITHER = "mail", "sms", "none"
WANTED = ("", MAIL, SMS, NEITHER)
"""What may be chosen; '' is whichever was given, mail before SMS."""
TEXTED = frozenset({
    Action.SUBMIT, Action.ASK, Action.REMIND, Action.APPROVE, Action.DECIDE, Action.CLOSE, Action.TERMINATE,
    Action.REFUSE, Action.NOT_ACCEPT, Action.RETURN_PETITION, Action.GUIDE, Action.TRANSFER_OUT,
    Action.OFFER_TIMES, Action.SCHEDULE, Action.RESCHEDULE,
    Action.BOOK, Action.MOVE_BOOKING, Action.CANCEL_BOOKING, Action.REMIND_BOOKING,
})  # fmt: skip
"""News important enough for an SMS; the rest is read on the page, or by mail."""
AT_MOST = 160
"""Characters of one SMS in the GSM alphabet."""
_GSM = frozenset("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
                 "abcdefghijklmnopqrstuvwxyzäöñüà")  # fmt: skip
_LONG = frozenset("^{}\\[~]|€")
"""Characters of the GSM alphabet's second table: each counts twice."""


def way(wanted: str, has_email: bool, has_mobile: bool, action: str, sms_is_on: bool) -> str:
    """MAIL, SMS, or '' where nothing is sent: by what was chosen, what was given, and what the news is.

    A lost code is asked for by mail and answered there, whatever was chosen. Where the installation sends no SMS,
    whoever chose it is written to by mail, if an address is there.
    """
    by_mail, can_text = MAIL if has_email else "", has_mobile and sms_is_on
    if action == Action.LINK_SENT:
        return by_mail
    if wanted == NEITHER:
        return ""
    if wanted == MAIL or not can_text or (has_email and wanted != SMS):
        return by_mail
    return SMS if action in TEXTED else ""


def mobile(phone: str) -> str:
    """The number as a gateway dials it (+84912000017), or '' where no SMS can arrive: a landline, or no number."""
    digits = re.sub(r"[\s().\-]", "", phone)
    if re.fullmatch(r"(\+?84|0)[35789]\d{8}", digits):
        return "+84" + digits[-9:]
    is_foreign = re.fullmatch(r"\+(?!84)[1-9]\d{7,14}", digits)
    return digits if is_foreign else ""


def sms_length(text: str) -> int:
    """How many characters it takes in the GSM alphabet; ValueError for a character that is not in it."""
    if odd := {letter for letter in text if letter not in _GSM and letter not in _LONG}:
        raise ValueError(f"not in the GSM alphabet: {sorted(odd)}")
    return sum(2 if letter in _LONG else 1 for letter in text)
