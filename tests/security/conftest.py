"""The matrix's world, for tests that try to break in."""

from __future__ import annotations

from tests.matrix.conftest import world

__all__ = ["world"]
