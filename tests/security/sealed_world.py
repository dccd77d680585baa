"""A denunciation of the commune of everybody's matrix, held one level above, and everybody signed in."""

from __future__ import annotations

from contextvars import Context
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.models import Official
from app.cases import actions
from app.cases.models import Case
from app.documents.models import Document, Paper
from app.extensions import db, writing
from app.rules.workflow import Role
from tests import factories
from tests.factories import MONDAY, actor
from tests.matrix.cast import OFFICIALS, PLACES

BODY, AGAINST, PLACE, LIES = "Zebrano nhận tiền", "Quagga kế toán", "Okapi trụ sở", "Bongo tủ sắt"
CANARIES = ("Zebrano", "Quagga", "Okapi", "Bongo")
"""Words that stand nowhere else: content, who is denounced, where, and where the paper lies."""
REGISTRAR, INSPECTOR, HANDLER = "registrar@parent", "inspector@parent", "officer@parent"
INSIDERS = (REGISTRAR, INSPECTOR, HANDLER)
OUTSIDERS = [name for name in OFFICIALS if name not in INSIDERS]


@dataclass
class Town:
    """The people by name, the denunciation, and a browser for each."""

    app: Flask
    people: dict[str, Official] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    reference: str = ""
    case_id: int = 0
    document: str = ""

    def ask(self, who: str, url: str, method: str = "GET", **more: Any) -> TestResponse:
        """One request as somebody."""
        client = self.app.test_client(use_cookies=False)
        headers = {"Cookie": f"gan-dan={self.cookies[who]}"} if who in self.cookies else {}
        return Context().run(client.open, url, method=method, headers=headers, **more)

    def case(self) -> Case:
        return db.session.get_one(Case, self.case_id)

    def actor(self, who: str) -> Any:
        return actor(db.session.get_one(Official, self.people[who].id))


def settle(app: Flask, *, registered: bool = True) -> Town:
    """Plant it: registered, one handler named, one signed paper and one draft in the file."""
    town = Town(app)
    with writing():
        for name, (role, code) in OFFICIALS.items():
            town.people[name] = factories.make_official(role, code, name=f"Người {name}")
        for _number in range(6):
            factories.make_case(now=MONDAY, category_code="land.dispute")
        case = factories.make_denunciation(body=BODY, against=AGAINST, place=PLACE)
        town.case_id, town.reference = case.id, case.reference
        if registered:
            actions.register(case, MONDAY.date(), actor(town.people[REGISTRAR]), MONDAY, paper_file=LIES)
        actions.name_handler(case, town.people[HANDLER], actor(town.people[REGISTRAR]), MONDAY)
        _papers(town, case)
        db.session.commit()
        for name, official in town.people.items():
            browser = app.test_client()
            factories.sign_in(browser, db.session.get_one(Official, official.id))
            cookie = browser.get_cookie("gan-dan")
            assert cookie is not None
            town.cookies[name] = str(cookie.value)
    return town


def _papers(town: Town, case: Case) -> None:
    """A frozen paper and a draft, as the documents room keeps them."""
    from app.attachments.storage import default_storage

    storage = default_storage()
    with storage.temporary() as file:
        file.write(b"%PDF-1.7 Zebrano")
    from pathlib import Path

    town.document = "d" * 32
    paper = Document(
        public_id=town.document, case_id=case.id, unit_id=case.unit_id, form="denunciation_acceptance", year=2026,
        number="7/QĐ-UBND", signed_by_id=town.people[HANDLER].id, signed_at=MONDAY,
        storage_key=storage.keep(Path(file.name), "pdf"), size=16, sha256="0" * 64,
    )  # fmt: skip
    draft = Paper(public_id="e" * 32, case_id=case.id, unit_id=case.unit_id, form="denunciation_conclusion",
                  fields={"conclusion": BODY}, cargo={}, written_by_id=town.people[HANDLER].id,
                  written_at=MONDAY)  # fmt: skip
    db.session.add_all([paper, draft])
    db.session.flush()


def head_of(unit_code: str) -> Official:
    """A head of that unit, new."""
    return factories.make_official(Role.HEAD, unit_code)


DENOUNCED = PLACES["unit"]
