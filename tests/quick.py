"""What many apps in one process may share, so that a test pays for what it tries and not for making its app.

Every test has an app and a database of its own. Without this each would compile the same templates and the same
statements again, which took longer than the tests themselves.
"""

from __future__ import annotations

from functools import cache
from types import CodeType
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Dialect, Engine

_dialects: dict[str, Dialect] = {}
_statements: dict[Any, Any] = {}


class Compiled(BytecodeCache):
    """Templates as they were compiled by the first app of this process that showed them."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what was compiled from the very same source."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember it under the source's checksum: a template changed on the way is compiled anew."""
        assert bucket.code is not None
        self._code[bucket.key, bucket.checksum] = bucket.code


def share_templates() -> None:
    """Every app made from here on takes its compiled templates from one store."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}


def share_statements(engine: Engine) -> None:
    """Let this engine take statements that an earlier one of its kind has compiled (they are kept by dialect)."""
    engine.dialect = _dialects.setdefault(engine.dialect.name, engine.dialect)
    engine.update_execution_options(compiled_cache=_statements)


@cache
def hashed(password: str) -> str:
    """A password's hash that is quick to check: what the door costs has its own tests (accounts/test_passwords.py)."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)
