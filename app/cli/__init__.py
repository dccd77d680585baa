"""The commands an administrator types: `flask --app wsgi ...`."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

BOOKS = (
    "house",
    "backup",
    "restore",
    "migrate",
    "journal",
    "permissions",
    "digest",
    "units",
    "officials",
    "deadlines",
    "statistics",
    "imports",
    "demo",
)
"""One file of commands per matter, each with register(app)."""


def register(app: Flask) -> None:
    """Add every command to the app."""
    for book in BOOKS:
        import_module(f".{book}", __name__).register(app)
