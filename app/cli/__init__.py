"""The commands an administrator types: `flask --app wsgi ...`."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

BOOKS = ("house", "units", "officials", "statistics", "imports", "demo")
"""One file of commands per matter, each with register(app)."""


def register(app: Flask) -> None:
    """Add every command to the app."""
    for book in BOOKS:  # TEMPORARY tolerance while books are being written
        try:
            import_module(f".{book}", __name__).register(app)
        except ImportError as error:
            import sys

            sys.stderr.write(f"TEMPORARY: book {book} skipped: {error}\n")
