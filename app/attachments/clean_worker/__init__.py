"""The room with thick walls: opens one stranger's file, writes a harmless copy, says in one JSON line how it went.

It runs as a process of its own that imports nothing of the app, so that a hostile file can hurt only this short-lived
process: little memory, little time, no secrets in sight. The copy holds what the resident wants to show and nothing
about the resident: no place, device, author or script.
"""

Size = tuple[int | None, int | None]
"""Width and height in pixels, None for papers."""


class Refused(Exception):
    """The file is not taken; the word says why, and `clean.py` says it to people."""
