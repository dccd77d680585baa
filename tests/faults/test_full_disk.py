"""Check 70: the disk fills up under a running server: files stop first, then what is new; reading and doors go on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app import space
from app.accounts.passwords import hash_password
from app.extensions import db, writing
from app.rules.workflow import Role
from tests import factories
from tests.attachments.samples import bytes_of, picture
from tests.petitions.walk import FEEDBACK, Walk, forms, sheet_form

from .conftest import MakeHouse
from .house import House
from .proof import wrong_with
from .resident import Browser, Deed, Resident, look_after, token_of

MB = 1024 * 1024
SIZE = 48
STORY = "Nước ngập đến đầu gối.\nCả xóm không đi làm được."
HEIGHTS = {"LOW_SPACE_BYTES": str(12 * MB), "FULL_SPACE_BYTES": str(6 * MB), "RESERVE_BYTES": str(2 * MB)}
WITHOUT = {"LOW_SPACE_BYTES": "0", "FULL_SPACE_BYTES": "0", "RESERVE_BYTES": "0"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 48 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        owed = os.environ.get("CI") == "true" and os.geteuid() == 0
        (pytest.fail if owed else pytest.skip)(f"no small disk can be mounted: {mounted.stderr!r}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Another program eats the disk up to the last `leave` bytes."""
    place = disk / "eaten"
    with suppress(OSError), place.open("ab", buffering=0) as file:
        while (free := os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize) > leave:
            file.write(b"x" * min(MB, free - leave))
    return place


def written(house: House) -> tuple[Browser, Walk]:
    """A form with everything typed, ready to send."""
    browser = Browser(house.url, patience=0.0)
    walk = Walk(browser).to("review", {**FEEDBACK, "what": {"title": "Ngập", "body": STORY}})  # type: ignore[arg-type]
    return browser, walk


def has_kept(page: Any) -> bool:
    """Whether the form came back with everything typed."""
    return sheet_form(page).fields["body"].splitlines() == STORY.splitlines() and "Retry-After" in page.headers


def test_files_stop_first_then_all_that_is_new_and_it_all_comes_back(make_house: MakeHouse, disk: Path) -> None:
    house = make_house(disk / "house", **HEIGHTS)
    account = official(house)
    house.start()
    first = Resident(house.url, 0, seed=1).file_one()

    eaten = fill(disk, leave=9 * MB)
    assert low(house)
    health: Any = Browser(house.url, patience=0.0).get("/healthz")
    assert "space" in health.text
    browser = Browser(house.url, patience=0.0)
    walk = Walk(browser).to("files", {**FEEDBACK, "what": {"title": "Ngập", "body": STORY}})  # type: ignore[arg-type]
    page = walk.press(files=[(bytes_of(picture(), "JPEG"), "anh.jpg")])
    assert page.status_code == 507 and "Máy chủ tạm hết chỗ" in page.text
    assert sheet_form(page).fields["body"].splitlines() == STORY.splitlines()
    browser, walk = written(house)
    words = Deed(token_of(walk), "Sen@Example.vn", 0)
    assert walk.send().status_code == 303, "words are still taken"

    fill(disk, leave=0)
    browser, walk = written(house)
    deed = Deed(token_of(walk), "Sen@Example.vn", 0)
    page = walk.send()
    assert page.status_code == 507 and has_kept(page)
    assert "Máy chủ tạm hết chỗ" in page.text
    assert all(status == 200 for status in map(house.status, ("/", "/follow", "/reception", "/sign-in")))
    assert sign_in(house, account) == 303, "the officials' door stays open"
    assert not deed.is_acknowledged and wrong_with(house, [first, words, deed]) == []

    eaten.unlink()
    assert walk.send().status_code == 303, "no restart was needed"
    deed.is_acknowledged = words.is_acknowledged = True
    look_after(browser, deed)
    assert house.stop() == 0
    assert wrong_with(house, [first, words, deed]) == []


def test_a_server_begins_on_a_full_disk_and_can_be_read(make_house: MakeHouse, disk: Path) -> None:
    house = make_house(disk / "house", **HEIGHTS)
    house.start()
    deed = Resident(house.url, 0, seed=2).file_one()
    fill(disk, leave=0)
    house.kill_worker()
    house.kill_web()
    fill(disk, leave=0)
    house.start()
    _browser, walk = written(house)
    assert walk.send().status_code == 507
    assert house.stop() == 0
    assert wrong_with(house, [deed]) == []


def test_where_no_line_is_drawn_the_database_itself_refuses_and_nothing_breaks(
    make_house: MakeHouse, disk: Path
) -> None:
    house = make_house(disk / "house", **WITHOUT)
    house.start()
    first = Resident(house.url, 0, seed=3).file_one()
    _browser, walk = written(house)
    deed = Deed(token_of(walk), "Sen@Example.vn", 0)
    eaten = fill(disk, leave=0)
    pages = [walk.send() for _again in range(40)][-1:]
    for page in pages:
        deed.is_acknowledged = page.status_code == 303
        assert deed.is_acknowledged or (page.status_code == 503 and has_kept(page))
    assert house.status("/") == 200
    eaten.unlink()
    if not deed.is_acknowledged:
        assert walk.send().status_code == 303
        deed.is_acknowledged = True
    assert house.stop() == 0
    assert wrong_with(house, [first, deed]) == []


def official(house: House) -> str:
    """Somebody who can sign in."""
    with house.inside(), writing():
        made = factories.make_official(Role.CLERK, password_hash=hash_password(factories.PASSWORD))
        account = made.account
        db.session.commit()
    return account


def sign_in(house: House, account: str) -> int:
    """The status after giving the password."""
    browser = Browser(house.url, patience=0.0)
    [form] = [form for form in forms(browser.get("/sign-in")) if "password" in form.fields]
    return int(
        browser.post("/sign-in", {**form.fields, "account": account, "password": factories.PASSWORD}).status_code
    )


def low(house: House) -> bool:
    """What health goes by, and the doctor."""
    with house.inside() as app:
        is_low = space.standing(app.config).is_low
    said = house.run("doctor")
    return is_low and said.returncode == 1 and "BAD  free space" in said.stdout
