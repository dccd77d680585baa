"""A real mail server on a port of its own, and cases that owe letters."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from app.cases.models import Case
from app.extensions import db
from app.rules.workflow import Kind
from app.units.models import Category

from ..factories import make_case


class Mailbox:
    """What the server took, and what it answers: set `refuse` to make it say no."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[list[str]] = []
        self.refuse: str = ""
        self.refuse_data: str = ""
        self.hang_up_on: str = ""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.hang_up_on in envelope.rcpt_tos:
            _session.peer and _server.transport.close()
            return "421 gone"
        if self.refuse_data:
            return self.refuse_data
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.envelopes.append(list(envelope.rcpt_tos))
        return "250 OK"

    def text(self, number: int = -1) -> str:
        """The words of one letter."""
        return words_of(self.letters[number])


def words_of(letter: EmailMessage) -> str:
    """What a letter says, whether or not a calendar file comes with it."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def calendars(letter: EmailMessage) -> list[EmailMessage]:
    """The calendar files that come with a letter."""
    return [part for part in letter.walk() if part.get_content_type() == "text/calendar"]  # type: ignore[misc]


def make_request(**more: Any) -> Case:
    """A request for a dialogue on the town's roads."""
    category = db.session.scalars(select(Category).where(Category.code == "roads.surface")).one()
    if Kind.DIALOGUE not in category.kinds:
        category.kinds = [*category.kinds, str(Kind.DIALOGUE)]
        db.session.flush()
    return make_case(Kind.DIALOGUE, **more)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    """A running mail server that the app sends to."""
    box = Mailbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    app.config.update(MAIL_HOST="127.0.0.1", MAIL_PORT=port, MAIL_FROM="khong-tra-loi@gandan.example")
    yield box
    controller.stop()
