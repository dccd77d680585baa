"""The corpora of issue 7: as large as promised, nothing twice, nothing that only looks like another."""

from __future__ import annotations

import pytest

from . import corpus


@pytest.mark.parametrize("name", corpus.SIZES)
def test_a_corpus_is_as_large_as_promised_and_says_nothing_twice(name: str) -> None:
    strings = getattr(corpus, name)
    assert len(strings) >= corpus.SIZES[name]
    assert len({repr(string) for string in strings}) == len(strings)
