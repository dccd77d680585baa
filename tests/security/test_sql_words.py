"""Check 50: words that mean something to a database never reach one as words: every statement stays as it was.

Nothing can be slower for them than for plain words: the statements are the same letter by letter, and only the bound
values differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from app.extensions import db
from tests.matrix.doors import address
from tests.matrix.world import World

HOSTILE = (
    "id; SELECT pg_sleep(9)--", "(SELECT CASE WHEN 1=1 THEN id ELSE pg_sleep(9) END)", "due_on DESC, pg_sleep(9)",
    "1 AND randomblob(500000000)", "name' || (SELECT sqlite_version()) || '", "title) UNION SELECT 1--",
)  # fmt: skip
SORTED = {"reports.unit": ("supervisor@parent", "sort"), "reports.being_heard": ("supervisor@parent", "sort"),
          "desk.search": ("head@unit", "status"), "accounts.officials": ("administrator@parent", "page")}  # fmt: skip
"""Pages whose order, group or page a visitor chooses: who opens them, and the value's name."""


@contextmanager
def heard(world: World) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that reaches the database, with its values."""
    said: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        said.append((statement, values))

    with world.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def statements(world: World, who: str, url: str, **values: str) -> list[str]:
    """What the database is asked for a page, its words only."""
    world.ask(who, "GET", url, query_string=values)  # what is kept for later requests is fetched now
    with heard(world) as said:
        answer = world.ask(who, "GET", url, query_string=values)
    assert answer.status_code in (200, 422), f"{answer.status_code} for {values}"
    return sorted(statement for statement, _values in said)


@pytest.mark.parametrize("endpoint", SORTED)
@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_order_asks_the_database_what_a_plain_word_asks(world: World, endpoint: str, word: str) -> None:
    url, (who, name) = address(world, endpoint), SORTED[endpoint]
    assert statements(world, who, url, **{name: word}) == statements(world, who, url, **{name: "abc"})


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_search_asks_with_the_same_words_as_a_plain_one(world: World, word: str) -> None:
    asked = set(statements(world, "head@unit", "/desk/search", q=word))
    found, nothing, perhaps_a_number = "đường", "lorem ipsum dolor sit amet elit", "đường số 9-b"
    plain = {text for q in (found, nothing, perhaps_a_number)
             for text in statements(world, "head@unit", "/desk/search", q=q)}  # fmt: skip
    assert asked <= plain


def test_hostile_words_arrive_as_values_at_most(world: World) -> None:
    with heard(world) as said:
        for word in HOSTILE:
            world.ask("head@unit", "GET", "/desk/search", query_string={"q": word})
    assert said
    for statement, _values in said:
        assert not any(mark in statement for mark in ("pg_sleep", "randomblob", "UNION SELECT 1", "sqlite_version"))
