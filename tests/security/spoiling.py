"""Puts hostile words where people's words stand: in every column of every table, whoever typed them.

What was said with a space in it was written by somebody; codes, keys and digests have none and stay. A town spoiled
like this still works, and nothing it shows, prints or sends may do anything but show the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from sqlalchemy import String, text
from sqlalchemy.orm import Mapper
from sqlalchemy.types import JSON, TypeDecorator

from app.cases.models import Person
from app.extensions import db, writing

from .corpus import CORPUS, FORMULAS

STAYING = {"rule", "path", "password_hash", "user_agent", "last_error"}
"""Columns whose words the house writes for itself."""
NAMES = {"Official.name"}
"""What people are called, with or without a space."""
PERSONAL = ("name", "address")
MANY = 12


def words(number: int) -> str:
    """A formula first, then a dozen strings of the corpus: other ones for each number, all of them after eight."""
    chosen = [CORPUS[(number * MANY + place) % len(CORPUS)] for place in range(MANY)]
    said = f"{FORMULAS[number % len(FORMULAS)]} ¦ {' ¦ '.join(chosen)} ¦ {number}"
    return "".join(sign for sign in said if sign not in "\x00\x0b")


def spoil() -> dict[str, int]:
    """Spoil the database of the app at hand; how many values of each column were replaced."""
    numbers, done = count(), dict[str, int]()
    with writing():
        for (name,) in db.session.execute(text("select name from sqlite_master where type = 'trigger'")).all():
            db.session.execute(text(f'drop trigger "{name}"'))
        for mapper in sorted(db.Model.registry.mappers, key=lambda mapper: mapper.class_.__name__):
            for key in _columns(mapper):
                done[f"{mapper.class_.__name__}.{key}"] = _spoil(mapper.class_, key, numbers)
        done["Person"] = _spoil_people(numbers)
        db.session.commit()
    return {key: number for key, number in done.items() if number}


def _columns(mapper: Mapper[Any]) -> Iterator[str]:
    for attribute in mapper.column_attrs:
        kind = attribute.columns[0].type
        if attribute.key not in STAYING and isinstance(kind, String | JSON | TypeDecorator):
            yield attribute.key


def _spoil(model: Any, key: str, numbers: Iterator[int]) -> int:
    changed = 0
    for row in db.session.query(model):
        old = getattr(row, key)
        is_name = f"{model.__name__}.{key}" in NAMES
        new = words(next(numbers)) if is_name else _instead(old, numbers)
        if new != old:
            setattr(row, key, new)
            changed += 1
    db.session.flush()
    return changed


def _spoil_people(numbers: Iterator[int]) -> int:
    """Names and addresses lie sealed together; a telephone and a mail address have shapes of their own."""
    changed = 0
    for person in db.session.query(Person):
        for field in PERSONAL:
            if person.said().get(field):
                person.give(field, words(next(numbers)))
                changed += 1
    return changed


def _instead(value: Any, numbers: Iterator[int]) -> Any:
    if isinstance(value, str):
        return words(next(numbers)) if " " in value.strip() else value
    if isinstance(value, dict):
        return {name: _instead(item, numbers) for name, item in value.items()}
    return [_instead(item, numbers) for item in value] if isinstance(value, list) else value
