"""The journal: inspectors read what happened in their reach, find it again, and see whether the chain is whole."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text, update

from app import clock
from app.extensions import db, writing
from app.journal.models import Event
from app.journal.record import record
from app.reports.queries import PAGE
from app.rules.workflow import Action, Role
from tests.conftest import both_engines
from tests.factories import MONDAY, actor, answer, make_case, make_official, sign_in, staff

from .conftest import statements


@pytest.fixture
def inspected(app: Flask) -> Iterator[FlaskClient]:
    """A commune and a department that worked, and the province's inspector, signed in."""
    with clock.fixed(MONDAY):
        with writing():
            _clerk, officer, head = staff()
            answer(make_case(), officer, head)
            make_case(commune_code="01273")
            record(Action.SETTING_CHANGED, None, actor(head), MONDAY, about="setting:reopen_days", old=15, new=20)
            inspector = make_official(Role.INSPECTOR, "04", "Bế Thị Hạnh")
            db.session.commit()
            browser = sign_in(app.test_client(), inspector)
        yield browser


def seqs(page: str) -> list[int]:
    return [int(n) for n in re.findall(r"#(\d+)</span>", page)]


@both_engines
def test_the_newest_comes_first_with_who_what_and_where(inspected: FlaskClient) -> None:
    page = inspected.get("/journal").text
    assert seqs(page) == sorted(seqs(page), reverse=True)
    assert "Sửa thiết lập" in page
    assert "setting:reopen_days" in page
    assert "old: 15" in page
    assert "Xã Trùng Khánh" in page or "xã Trùng Khánh" in page
    assert 'href="/desk/cases/PA-2026-000001"' in page
    assert "0912 000 017" not in page
    assert "Nông Thị Sen" not in page


def test_a_local_inspector_sees_the_own_reach_and_no_settings(app: Flask, inspected: FlaskClient) -> None:
    with writing():
        local = sign_in(app.test_client(), make_official(Role.INSPECTOR, "01273"))
    page = local.get("/journal").text
    assert "PA-2026-000002" in page
    assert "/desk/cases/PA-2026-000001" not in page
    assert "setting:reopen_days" not in page


def test_events_are_found_by_deed_and_by_reference(inspected: FlaskClient) -> None:
    page = inspected.get("/journal?action=submit").text
    assert len(seqs(page)) == 2
    assert len(seqs(inspected.get("/journal?action=submit&reference=pa-2026-000002").text)) == 1
    assert "Không có sự kiện nào khớp" in inspected.get("/journal?reference=PA-1999-000001").text
    assert inspected.get("/journal?action=nonsense").status_code == 422


@both_engines
def test_pages_follow_each_other_without_a_gap(inspected: FlaskClient) -> None:
    with writing():
        for number in range(PAGE * 2):
            record(Action.SETTING_CHANGED, None, actor(make_official(Role.HEAD)), MONDAY, about=f"number:{number}")
        db.session.commit()
    found, url = [], "/journal"
    while url:
        page = inspected.get(url).text
        found += seqs(page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        url = html.unescape(onward.group(1)) if onward else ""
    assert found == list(range(max(found), 0, -1))
    with statements() as sent:
        inspected.get("/journal")
    assert len(sent) <= 10


def test_the_chain_is_read_only_when_asked_and_a_change_is_named(inspected: FlaskClient) -> None:
    with statements() as sent:
        inspected.get("/journal")
    assert not any("event_facts.salt" in sql and "LEFT OUTER JOIN event_facts" in sql for sql, _ in sent)
    assert "Chuỗi còn nguyên" in inspected.post("/journal/verify", follow_redirects=True).text
    with writing():
        db.session.execute(text("DROP TRIGGER event_unchanged"))
        db.session.execute(update(Event).where(Event.seq == 2).values(action="forward"))
        db.session.commit()
    page = html.unescape(inspected.post("/journal/verify", follow_redirects=True).text)
    assert "Chuỗi bị đứt sau 1 sự kiện" in page
    assert "event 2 was changed" in page
