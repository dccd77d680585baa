"""Files lie under names of ours, survive what they should, and are removed only when no row knows them."""

import os
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.attachments.storage import KEY, Storage, UnknownKey

NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=1)


def keep(storage: Storage, content: bytes = b"abc", extension: str = "jpg") -> str:
    with storage.temporary() as file:
        file.write(content)
    return storage.keep(Path(file.name), extension)


def age(place: Path, hours: int) -> None:
    moment = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(place, (moment, moment))


def test_a_kept_file_is_found_by_its_key_and_its_temporary_name_is_gone(storage: Storage) -> None:
    key = keep(storage, b"content")
    with storage.open(key) as file:
        assert file.read() == b"content"
    assert storage.size(key) == 7 and KEY.fullmatch(key)
    assert [place for place in storage.root.rglob("*") if place.is_file()] == [storage.path(key)]


@pytest.mark.skipif(os.name == "nt", reason="no such modes there")
def test_only_the_service_may_look_at_files_and_folders(storage: Storage) -> None:
    place = storage.path(keep(storage))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    folders = [folder for folder in storage.root.rglob("*") if folder.is_dir()]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in [storage.root, *folders]} == {0o700}


@pytest.mark.parametrize(
    "key",
    ["", "../secret", "/etc/passwd", "a" * 32, "a" * 32 + ".jpg\n", "A" * 32 + ".jpg", "a" * 32 + ".jpg/../../x",
     "..\\x", "a" * 31 + "\0.jpg", "٠" * 32 + ".jpg"],
)  # fmt: skip
def test_what_is_not_a_key_of_ours_opens_nothing(storage: Storage, key: str) -> None:
    for use in (storage.path, storage.open, storage.size, storage.delete):
        with pytest.raises(UnknownKey):
            use(key)


def test_an_extension_that_is_not_ours_is_refused(storage: Storage) -> None:
    with storage.temporary() as file, pytest.raises(ValueError, match="extension"):
        storage.keep(Path(file.name), "../x")


def test_a_deleted_file_is_gone_and_may_be_deleted_again(storage: Storage) -> None:
    key = keep(storage)
    storage.delete(key)
    storage.delete(key)
    with pytest.raises(FileNotFoundError):
        storage.open(key)


def test_a_young_file_without_a_row_is_left_until_it_is_old(storage: Storage) -> None:
    known, lost = keep(storage), keep(storage)
    assert list(storage.orphans({known}, NOW - timedelta(hours=24))) == []
    age(storage.path(lost), 25)
    age(storage.path(known), 25)
    assert list(storage.orphans({known}, NOW - timedelta(hours=24))) == [lost]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.booleans(), max_size=8))
def test_sweeping_never_takes_a_file_that_a_row_knows(storage: Storage, rows: list[bool]) -> None:
    keys = {keep(storage): has_row for has_row in rows}
    known = {key for key, has_row in keys.items() if has_row}
    for orphan in list(storage.orphans(known, LATER)):
        storage.delete(orphan)
    assert all(storage.size(key) == 3 for key in known)
    assert list(storage.orphans(known, LATER)) == []
    for key in known:
        storage.delete(key)


def test_a_stranger_in_the_folder_is_never_called_an_orphan(storage: Storage) -> None:
    key = keep(storage)
    (storage.path(key).parent / "notes.txt").write_text("put here by hand")
    assert list(storage.orphans({key}, LATER)) == []


def test_only_old_temporary_files_are_swept(storage: Storage) -> None:
    with storage.temporary() as old, storage.temporary() as young:
        age(Path(old.name), 25)
    assert storage.sweep_temporary(NOW - timedelta(hours=24)) == 1
    assert not Path(old.name).exists() and Path(young.name).exists()


def test_many_uploads_at_once_all_find_their_folders(storage: Storage) -> None:
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(keep(storage))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({storage.path(key) for key in keys if storage.size(key)}) == 20
