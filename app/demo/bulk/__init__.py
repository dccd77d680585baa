"""The fast way to a large demo: the same lives as through the actions, written as rows by the thousand.

No papers are rendered: approvals carry no document. Everything else is the same, which a test proves table by table.
"""

from .seed import seed_bulk

__all__ = ["seed_bulk"]
