"""What in a text that is to be published points at somebody: telephones, mail, identity numbers, names of who asked.

Published minutes say what was asked and answered, never by whom (Law 91/2025/QH15 on personal data). The writer is
shown each place and decides: the office's own telephone may stand there, a resident's may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..identity import Found, Trace, find

SHORTEST_NAME = 2
"""A single word (Sen, Lan) is part of too many other words and place names to be pointed at."""


def exposed(text: str, names: Iterable[str] = ()) -> list[Found]:
    """Every such place in the order of the text; `names` are those of the people who asked or spoke."""
    found = [*find(text), *_named(text, names)]
    kept: list[Found] = []
    for one in sorted(found, key=lambda place: (place.start, -place.end)):
        if all(one.start >= other.end or one.end <= other.start for other in kept):
            kept.append(one)
    return kept


def _named(text: str, names: Iterable[str]) -> list[Found]:
    found = []
    for name in {" ".join(name.split()) for name in names}:
        words = name.split(" ")
        if len(words) < SHORTEST_NAME:
            continue
        pattern = r"\b" + r"\s+".join(re.escape(word) for word in words) + r"\b"
        found += [Found(Trace.NAME, match[0], match.start()) for match in re.finditer(pattern, text, re.IGNORECASE)]
    return found
