"""What README says of each check is what checks.toml says, and the tests it names exist."""

from __future__ import annotations

import pytest

from .table import RESULTS, ROOT, checks, exists, written

CHECKS = checks()


def test_every_check_of_the_list_is_answered_for() -> None:
    assert list(CHECKS) == list(range(1, 90))


@pytest.mark.parametrize("number", CHECKS)
def test_the_tests_that_hold_a_check_exist_and_what_is_not_met_says_why(number: int) -> None:
    row = CHECKS[number]
    assert row["result"] in RESULTS
    missing = [name for name in row["tests"] if not exists(name)]
    assert not missing, missing
    if row["result"] == "met":
        assert row["tests"], "nothing holds it"
    else:
        assert row["note"], "not met, and no reason given"


def test_the_readme_says_the_same() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert written(readme) == readme, "write it anew: python -m tests.trust"
