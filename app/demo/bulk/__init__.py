"""The fast way to a large demo: the same lives as through the actions, written as rows by the thousand.

No papers are rendered: signatures carry no document. Everything else of the common lives is the same, which a test
proves table by table. What is rare (second complaints, denunciations, parts, mixed letters: demo.rare) is left out.
"""

from .seed import seed_bulk

__all__ = ["seed_bulk"]
