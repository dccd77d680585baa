"""Receipts written at the desk: the code is derived again from the form's token, kept in this browser for a day."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import segno
from flask_babel import gettext as _
from markupsafe import Markup

from ..cases.models import Case, Deadline
from ..cases.receipts import code_of, hashed
from ..petitions.ahead import Promise, next_lines, promised
from ..petitions.papers import follow_url
from ..rules.deadlines import Rules
from ..words import named, show_time, word

KEPT = timedelta(hours=24)
"""How long the code can be shown and printed again."""
MOST = 5
"""Receipts one browser keeps; the cookie stays small."""
Session = MutableMapping[str, Any]


def remember(session: Session, reference: str, token: str, now: datetime) -> None:
    """Keep the token of a receipt just written in this browser."""
    kept = {ref: entry for ref, entry in _fresh(session, now).items() if ref != reference}
    session["counter"] = dict(list({**kept, reference: [token, int(now.timestamp())]}.items())[-MOST:])


def _fresh(session: Session, now: datetime) -> dict[str, list[Any]]:
    since = now.timestamp() - KEPT.total_seconds()
    return {ref: entry for ref, entry in dict(session.get("counter") or {}).items() if entry[1] > since}


def code_in(session: Session, case: Case, secret: str, now: datetime) -> str | None:
    """The receipt code of a case written here less than a day ago; None when it is another's or has been renewed."""
    entry = _fresh(session, now).get(case.reference)
    code = code_of(str(entry[0]), secret) if entry else None
    return code if code and hashed(code) == case.code_hash else None


def qr_of(url: str) -> Markup:
    """The QR code as an inline picture; its address is ours, so the markup can be trusted."""
    return Markup(segno.make(url, error="m", micro=False).svg_inline(svgclass="qr", omitsize=True, border=4))


@dataclass(frozen=True)
class Receipt:
    """What is printed for the resident."""

    case: Case
    code: str
    url: str
    promise: Promise
    ahead: list[dict[str, Any]]

    @property
    def qr(self) -> Markup:
        """The QR code that opens the case."""
        return qr_of(self.url)

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The facts of the ticket."""
        case = self.case
        return [
            (_("Số tiếp nhận"), {"num": case.reference}, _("Dùng khi gọi điện. Số này không mở được việc.")),
            (_("Việc"), case.title),
            (_("Loại, lĩnh vực"), f"{word(case.kind, 'kind')} · {named(case.category)}"),
            (_("Đơn vị xử lý"), named(case.unit)),
            (_("Nhận lúc"), show_time(case.submitted_at)),
            (_("Cách gửi"), word(case.channel, "channel")),
        ]


def receipt(case: Case, clocks: list[Deadline], code: str, base_url: str, rules: Rules, today: date) -> Receipt:
    """The receipt of a case; the code stands in the address's fragment, which reaches no server and no log."""
    url = follow_url(base_url, code)
    return Receipt(case, code, url, promised(case, clocks, rules, today), next_lines(case, clocks))
