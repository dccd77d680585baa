"""Check 30: a resident's text that contains the case's own code is refused with an explanation, and kept."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.cases.receipts import hashed, says_code, spelled
from app.extensions import db
from app.journal.models import Event
from tests.petitions.test_follow import answered, asked, enter, make


def events() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Event)) or 0


@pytest.mark.parametrize("spelling", [
    str, str.lower, spelled, lambda code: " ".join(code), lambda code: code.replace("0", "o").replace("1", "l"),
    lambda code: "\n".join(spelled(code).split("-")),
])  # fmt: skip
def test_the_code_is_seen_in_every_spelling(spelling: object) -> None:
    code = "0123456789ABCDEF"
    assert says_code(f"Mã của tôi là {spelling(code)}. Xin trả lời.", {hashed(code)})  # type: ignore[operator]
    assert not says_code("Đoạn đường dài 120 mét, từ cây số 12 đến cây số 13, sạt ngày 03/11/2026.", {hashed(code)})
    assert not says_code("", {hashed(code)}) and not says_code(code[:15], {hashed(code)})


def test_a_reply_with_the_code_is_refused_and_kept(app: Flask, client: FlaskClient) -> None:
    case, code = make()
    asked(case)
    enter(client, code)
    before = events()
    typed = f"Đoạn sạt dài 20 mét, mã của tôi {spelled(code)}"
    page = client.post("/follow/case/reply", data={"text": typed})
    assert page.status_code == 422 and "Trong này có mã tra cứu" in page.text
    assert "Đoạn sạt dài 20 mét" in page.text, "what was typed is still there"
    assert events() == before
    assert client.post("/follow/case/reply", data={"text": "Đoạn sạt dài 20 mét"}).status_code == 303


def test_neither_a_judgement_nor_a_reopening_takes_the_code(app: Flask, client: FlaskClient) -> None:
    case, code = make()
    answered(case)
    enter(client, code)
    before = events()
    for path, data in (("/follow/case/rate", {"level": "2", "text": code.lower()}),
                       ("/follow/case/reopen", {"reason": f"Chưa xong {code}"})):  # fmt: skip
        page = client.post(path, data=data)
        assert page.status_code == 422 and "Trong này có mã tra cứu" in page.text, path
    assert events() == before
