"""A commune with its clerk, officer and head, and browsers in which they are signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import event

from app import clock
from app.accounts.models import Official
from app.cases.models import Case
from app.extensions import db, writing
from app.rules.workflow import Role

from .. import factories, quick
from ..factories import MONDAY, PASSWORD

TUESDAY = MONDAY + timedelta(days=1)


class Browser(FlaskClient):
    """A browser of its own: what one request knew (who is signed in, the news) is forgotten before the next."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        for name in list(g):
            g.pop(name)
        return super().open(*args, **{"buffered": True, **kwargs})


@dataclass
class Town:
    """Who works at the desk of Trùng Khánh, and who watches from above."""

    app: Flask
    people: dict[str, int]

    def browser(self, who: str) -> FlaskClient:
        """A browser in which that person is signed in."""
        official = db.session.get(Official, self.people[who])
        with writing():
            return factories.sign_in(self.app.test_client(), official)

    def actor(self, who: str) -> Any:
        """That person as the rules see them."""
        return db.session.get(Official, self.people[who]).actor(clock.today())


@pytest.fixture
def town(app: Flask) -> Iterator[Town]:
    """A Tuesday morning; nothing has come in yet."""
    app.test_client_class = Browser
    with clock.fixed(TUESDAY):
        with writing():
            hashed = quick.hashed(PASSWORD)
            people = {
                str(role): factories.make_official(role, name=name, password_hash=hashed).id
                for role, name in ((Role.CLERK, "Lê Thị Thơm"), (Role.OFFICER, "Hoàng Thị Mai"),
                                   (Role.HEAD, "Nông Văn Khánh"))
            } | {
                "colleague": factories.make_official(Role.OFFICER, name="Đàm Văn Lực").id,
                "stranger": factories.make_official(Role.OFFICER, "01273", name="Bế Thị Hạnh").id,
                "supervisor": factories.make_official(Role.SUPERVISOR, "04", name="Triệu Văn Sinh").id,
                "inspector": factories.make_official(Role.INSPECTOR, "04", name="Lục Thị Vân").id,
                "administrator": factories.make_official(Role.ADMINISTRATOR, "04", name="Mã Văn Tài").id,
            }  # fmt: skip
            db.session.commit()
        yield Town(app, people)


@pytest.fixture
def feedback(town: Town) -> str:
    """The reference of a fresh feedback."""
    return fresh(town)


def fresh(town: Town, **more: Any) -> str:
    """One more petition at this desk; its reference."""
    with writing():
        reference = factories.make_case(**more).reference
        db.session.commit()
    return reference


def case_of(reference: str) -> Case:
    """The case as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Case).filter_by(reference=reference).one()


def do(town: Town, who: str, case: str, action: str, /, **typed: Any) -> Any:
    """Do one verb over HTTP as somebody, on the version that stands now."""
    form = {"version": case_of(case).version, **typed}
    return town.browser(who).post(f"/desk/cases/{case}/{action}", data=form)


def assigned(town: Town, reference: str) -> str:
    """Give the case to the officer."""
    assert do(town, "head", reference, "assign", officer=town.people["officer"]).status_code == 303
    return reference


def proposed(town: Town, reference: str) -> str:
    """A finished draft lies before the head."""
    assigned(town, reference)
    typed = {"text": "Ngày 17/11 đã dọn xong đất đá, xe máy đi lại được.", "outcome": "resolved"}
    assert do(town, "officer", reference, "propose", **typed).status_code == 303
    return reference


def answered(town: Town, reference: str) -> str:
    """Signed and sent."""
    proposed(town, reference)
    assert do(town, "head", reference, "approve", password=PASSWORD).status_code == 303
    return reference


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SQL statements of what happens inside."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
