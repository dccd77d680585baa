"""Check 37: what the virus scanner says of a file, what happens while it is away, and that it is not fooled by size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event as Stop
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock, config
from app.attachments import scan
from app.attachments.models import Attachment
from app.attachments.storage import default_storage
from app.extensions import db, writing
from app.journal.models import Event
from app.worker import scans
from tests import factories
from tests.attachments.looks import left_behind
from tests.attachments.samples import jpeg_with_everything
from tests.attachments.scanners import EICAR, Clamd, clamd, nobody, speaker
from tests.conftest import both_engines
from tests.factories import MONDAY
from tests.petitions.walk import Walk, upload

PHOTO = jpeg_with_everything()


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(scans._next, "at", 0.0)
    with clock.fixed(MONDAY + timedelta(hours=1)):
        yield


@pytest.fixture(scope="module")
def daemon() -> Iterator[Clamd]:
    with clamd("MaxFileSize 1M", "MaxScanSize 1M", "StreamMaxLength 2M", "AlertExceedsMax yes") as started:
        started.start()
        yield started


def asks(app: Flask, address: str) -> None:
    app.config.update(CLAMAV=address, CLAMAV_MAX_BYTES=25 * 1024 * 1024)


def look(tmp_path: Path, address: str, content: bytes = b"\xff\xd8\xff" + bytes(500), most: int = 1 << 25) -> str:
    (tmp_path / "came").write_bytes(content)
    return scan.look(tmp_path / "came", {"CLAMAV": address, "CLAMAV_MAX_BYTES": most})


def the_file() -> Attachment:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Attachment)).one()


def a_case(client: FlaskClient) -> None:
    """A resident with a case open."""
    with writing():
        code = str(factories.make_case().code)  # type: ignore[attr-defined]
        db.session.commit()
    client.post("/follow", data={"code": code})


def sent(client: FlaskClient, content: bytes = PHOTO) -> Any:
    return client.post("/follow/case/reply", data={"text": "Ảnh đây.", "files": upload(content, "sat-lo.jpg")})


def test_the_real_scanner_tells_a_clean_file_from_an_infected_one(daemon: Clamd, tmp_path: Path) -> None:
    assert look(tmp_path, daemon.address, PHOTO) == scan.CLEAN
    assert look(tmp_path, daemon.address, EICAR) == scan.INFECTED
    assert look(tmp_path, daemon.address, PHOTO + EICAR) == scan.INFECTED


@pytest.mark.parametrize("size", [1_500_000, 3_000_000])
def test_what_the_real_scanner_skips_for_its_size_is_not_called_clean(daemon: Clamd, tmp_path: Path, size: int) -> None:
    assert look(tmp_path, daemon.address, PHOTO + bytes(size)) == scan.UNSCANNED


def test_the_real_scanner_keeps_an_infected_file_out(daemon: Clamd, app: Flask, client: FlaskClient) -> None:
    asks(app, daemon.address)
    walk = Walk(client).to("files")
    page = walk.press("upload", files=[upload(PHOTO + EICAR, "xau.jpg"), upload(PHOTO, "tot.jpg")])
    assert page.status_code == 422 and "xau.jpg" in page.text and "có vi-rút nên không được nhận" in page.text
    assert (the_file().name, the_file().scan_state) == ("tot.jpg", "clean")
    assert len(left_behind(default_storage().root)) == 1, "only the good file is on the disk"


def test_a_file_that_came_while_the_real_scanner_was_down_is_released_when_it_is_back(
    app: Flask, client: FlaskClient
) -> None:
    with clamd() as late:
        asks(app, late.address)
        a_case(client)
        assert sent(client).status_code == 303
        address = f"/follow/files/{the_file().public_id}"
        assert client.get(address).status_code == 409
        scans.scan_waiting(Stop())
        assert the_file().scan_state == "pending"
        late.start()
        scans._next["at"] = 0.0
        scans.scan_waiting(Stop())
        assert the_file().scan_state == "clean" and client.get(address).status_code == 200


@both_engines
def test_a_waiting_file_is_shown_as_waiting_and_handed_to_nobody(app: Flask, client: FlaskClient) -> None:
    asks(app, nobody())
    a_case(client)
    sent(client)
    address = f"/follow/files/{the_file().public_id}"
    refused = client.get(address)
    assert refused.status_code == 409 and "đang chờ quét vi-rút" in refused.text
    page = client.get("/follow/case").text
    assert "sat-lo.jpg" in page and "đang chờ quét vi-rút" in page and address not in page
    assert b"files/1." not in client.post("/follow/case/my-data/download").data


@both_engines
def test_a_waiting_file_that_has_a_virus_goes_with_a_line_in_the_thread(app: Flask, client: FlaskClient) -> None:
    asks(app, nobody())
    a_case(client)
    sent(client)
    key = the_file().storage_key
    with speaker(b"stream: Test.Eicar FOUND\0") as address:
        asks(app, address)
        scans.scan_waiting(Stop())
    file = the_file()
    assert file.scan_state == "infected"
    assert not default_storage().path(key).exists()
    assert client.get(f"/follow/files/{file.public_id}").status_code == 409
    page = client.get("/follow/case").text
    assert "Đã xóa một tệp có vi-rút" in page and "có vi-rút, đã bị xóa" in page
    assert db.session.scalars(select(Event).where(Event.action == "file_removed")).one().case_id == file.case_id


def test_a_waiting_file_above_the_scanners_limit_stays_shut(app: Flask, client: FlaskClient) -> None:
    asks(app, nobody())
    a_case(client)
    sent(client)
    with speaker(b"INSTREAM size limit exceeded. ERROR\0") as address:
        asks(app, address)
        scans.scan_waiting(Stop())
    assert the_file().scan_state == "unscanned"
    assert client.get(f"/follow/files/{the_file().public_id}").status_code == 409


@pytest.mark.parametrize(
    "says", [b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", b"INSTREAM size limit exceeded. ERROR\0"]
)
def test_a_file_that_is_not_scanned_is_refused_beside_the_field(app: Flask, client: FlaskClient, says: bytes) -> None:
    with speaker(says) as address:
        asks(app, address)
        page = Walk(client).to("files").press("upload", files=upload(PHOTO, "to.jpg"))
    assert page.status_code == 422 and "không quét vi-rút được" in page.text
    assert left_behind(default_storage().root) == []


def test_above_the_limit_we_are_told_of_the_scanner_is_not_even_asked(tmp_path: Path) -> None:
    assert look(tmp_path, nobody(), bytes(1000), most=999) == scan.UNSCANNED


@pytest.mark.parametrize("says", [b"", b"stream: UNKNOWN\0", b"\xff\xff", b"stream: OK and more\0", b"ERROR\0", None])
def test_silence_and_nonsense_are_not_clean(
    tmp_path: Path, says: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "PATIENCE", 1.0)
    with speaker(says) as address, pytest.raises(scan.Away):
        look(tmp_path, address)


def test_a_scanner_that_is_away_is_asked_once_for_all_files_of_a_form(app: Flask, client: FlaskClient) -> None:
    asks(app, nobody())
    other = factories_photo()
    page = Walk(client).to("files").press("upload", files=[upload(PHOTO, "a.jpg"), upload(other, "b.jpg")])
    assert page.status_code == 200 and page.text.count("đang chờ quét vi-rút") == 2
    assert {file.scan_state for file in db.session.scalars(select(Attachment))} == {"pending"}


def factories_photo() -> bytes:
    """Another photo than PHOTO."""
    return jpeg_with_everything(330, 210)


def test_without_the_setting_nobody_is_asked_and_files_go_out(app: Flask, client: FlaskClient) -> None:
    a_case(client)
    sent(client)
    assert the_file().scan_state == "off"
    assert client.get(f"/follow/files/{the_file().public_id}").status_code == 200


def test_an_address_that_is_none_stops_the_start(tmp_path: Path) -> None:
    environ = {"GAN_DAN_DEMO": "1", "DATA_DIR": str(tmp_path), "CLAMAV": "clamd"}
    with pytest.raises(config.SettingsMissing, match="CLAMAV"):
        config.settings(environ)
