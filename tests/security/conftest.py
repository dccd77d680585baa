"""The matrix's world, for tests that try to break in."""

from __future__ import annotations

from tests.matrix.conftest import first_world, world

__all__ = ["first_world", "world"]
