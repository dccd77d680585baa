"""What the resident's papers are filled with: the receipt, and the complaint to print and sign."""

from __future__ import annotations

from flask import current_app

from ..cases.models import Case, Deadline
from ..cases.receipts import spelled
from ..clock import day_of
from ..documents.sheets import ComplaintLetterData, ReceiptData
from ..rules.deadlines import Rules
from ..units.queries import government
from ..words import is_vietnamese, named, show_date, show_time
from .ahead import next_lines, promised
from .proofs import printed, proof_of


def follow_url(base_url: str, code: str) -> str:
    """What the QR code opens: the code stands in the fragment, which reaches no server and no log."""
    return f"{base_url}/follow#{spelled(code)}"


def receipt_of(case: Case, clocks: list[Deadline], rules: Rules, code: str, base_url: str) -> ReceiptData:
    """The receipt on paper, saying what the receipt page says."""
    language = "vi" if is_vietnamese() else "en"
    facts = government()
    promise = promised(case, clocks, rules, case.today or day_of(case.submitted_at))
    return ReceiptData(
        government=facts.get(f"name_{language}") or facts.get("name_vi", ""), unit=named(case.unit),
        reference=case.reference, code=spelled(code), url=follow_url(base_url, code), title=case.title,
        submitted=_came(case), due=_sentence(promise.big, promise.how),
        next=tuple(_line(line) for line in next_lines(case, clocks)[1:]), phone=facts.get("phone", ""),
        language=language, proof=printed(proof_of(case, current_app.config)), check_at=f"{base_url}/trust/receipt",
    )  # fmt: skip


def _came(case: Case) -> str:
    """When it came; of a denunciation only the day."""
    return show_date(case.submitted_at) if case.is_sealed else show_time(case.submitted_at)


def _sentence(big: str, how: str) -> str:
    return f"{big.rstrip('.')}. {how}".strip()


def _line(line: dict[str, str]) -> str:
    """When and what, as one sentence."""
    return f"{line['title']} ({line['when']})." if line["when"] else f"{line['title']}."


def letter_of(case: Case) -> ComplaintLetterData:
    """The complaint as a letter; always in Vietnamese, as the law asks (Circular 05/2021/TT-TTCP art. 6)."""
    return ComplaintLetterData(
        unit=case.unit.name_vi, reference=case.reference, name=case.contact_name, address=case.contact_address,
        phone=case.contact_phone, against=case.against, known_on=case.known_on, content=case.body,
        request=case.request, place=case.commune.short_vi if case.commune else "", instance=case.instance,
        language="vi",
    )  # fmt: skip


def file_name(case: Case, kind: str) -> str:
    """What the paper is saved as on the phone; of a denunciation the name says nothing."""
    if case.is_sealed:
        return f"{kind}.pdf"
    return f"{kind}-{case.reference}.pdf"
