"""Check 67: what is acknowledged is on the disk first, proved by the system calls of the real server.

Killing a process proves nothing here: the kernel keeps what a dead process wrote. So the calls themselves are read:
the file's bytes, its name, the folder of the name, the database's log; only then the answer.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .conftest import MakeHouse
from .resident import Resident
from .trace import STRACE, Call, calls, under_strace

pytestmark = pytest.mark.skipif(
    STRACE is None and os.environ.get("CI") != "true", reason="strace is not installed (apt-get install strace)"
)
LOG = "gan-dan.db-wal"


def watched(make_house: MakeHouse, tmp_path: Path, build: str) -> list[Call]:
    """One petition with files, from opening the form to the receipt, on one build of the server."""
    house, output = make_house(program=("-m", "tests.faults.builds", build)), tmp_path / "calls.txt"
    house.start(*under_strace(output))
    resident = Resident(house.url, 0, seed=1)
    resident.on_yes = lambda: None
    assert resident.file_one().is_acknowledged
    house.stop()
    return calls(output, house.data)


def wrong_order(seen: list[Call]) -> list[str]:
    """Promises given before they were kept: an answer to a sending without what must stand before it."""
    yes = next(place for place, call in enumerate(seen) if call.what == "answer 303")
    before = seen[:yes]
    last_answer = max((place for place, call in enumerate(before) if call.what.startswith("answer")), default=-1)
    wrong = []
    if Call("flush", LOG) not in before[last_answer + 1 :]:
        wrong.append("the case was not flushed before the answer")
    renames = [place for place, call in enumerate(before) if call.what == "rename" and call.path.startswith("files/")]
    if not renames:
        wrong.append("no file was kept")
    for place in renames:
        wrong += _file(before, place)
    return wrong


def _file(seen: list[Call], place: int) -> list[str]:
    """Bytes before the name, the folder after it, the row after both, and only then the answer."""
    name = seen[place].path
    answer = next((n for n in range(place, len(seen)) if seen[n].what.startswith("answer")), len(seen))
    after, folder = seen[place:answer], str(Path(name).parent)
    wrong = []
    if not any(call.what == "flush" and call.path.startswith("files/incoming/") for call in seen[:place]):
        wrong.append(f"{name}: the bytes were not flushed before the name")
    if Call("flush", folder) not in after:
        return [*wrong, f"{name}: the folder was not flushed before the answer"]
    if Call("flush", LOG) not in after[after.index(Call("flush", folder)) :]:
        wrong.append(f"{name}: its row was not flushed after it and before the answer")
    return wrong


def test_file_name_folder_and_row_are_on_disk_before_the_answer(make_house: MakeHouse, tmp_path: Path) -> None:
    assert wrong_order(watched(make_house, tmp_path, "plain")) == []


def test_a_build_that_does_not_wait_for_the_disk_is_found_out(make_house: MakeHouse, tmp_path: Path) -> None:
    found = wrong_order(watched(make_house, tmp_path, "forgetful"))
    assert "the case was not flushed before the answer" in found


def test_a_build_that_answers_first_is_found_out(make_house: MakeHouse, tmp_path: Path) -> None:
    found = wrong_order(watched(make_house, tmp_path, "hasty"))
    assert found == ["the case was not flushed before the answer"], "its files were kept in order, its case was not"
