"""What tests of accounts share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.extensions import db
from tests.letters.conftest import mailbox

__all__ = ["mailbox"]


@pytest.fixture
def statements(app: Flask) -> Iterator[Callable[[], list[str]]]:
    """Call it, then do something: the list fills with the SQL statements that were run."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    def begin() -> list[str]:
        said.clear()
        event.listen(db.engine, "before_cursor_execute", listen)
        return said

    yield begin
    if event.contains(db.engine, "before_cursor_execute", listen):
        event.remove(db.engine, "before_cursor_execute", listen)
