"""Check 70 without a small disk: the lines are drawn above what is free, as the settings allow."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock, space
from tests.attachments.samples import jpeg_with_everything
from tests.factories import MONDAY
from tests.petitions.walk import Walk, forms, sheet_form, upload

EVERYTHING = 10**18


@pytest.fixture
def low(app: Flask) -> None:
    """Less than the first line is free."""
    app.config["LOW_SPACE_BYTES"] = EVERYTHING


@pytest.fixture
def full(app: Flask) -> None:
    """Less than the second line is free."""
    app.config["FULL_SPACE_BYTES"] = EVERYTHING


def test_with_little_room_files_are_refused_and_words_are_taken(client: FlaskClient, low: None) -> None:
    with clock.fixed(MONDAY):
        walk = Walk(client).to("files")
        page = walk.press(files=upload(jpeg_with_everything(), "anh.jpg"))
        assert page.status_code == 507 and "Gửi phần chữ trước" in page.text
        assert Walk(client).to("review").send().status_code == 303
    health = client.get("/healthz")
    assert health.status_code == 200 and "space" in health.json["reasons"]


def test_with_no_room_the_form_comes_back_with_everything_typed(client: FlaskClient, full: None) -> None:
    with clock.fixed(MONDAY):
        walk = Walk(client).to("review")
        typed = sheet_form(walk.page).fields["body"]
        page = walk.send()
    assert page.status_code == 507 and page.headers["Retry-After"] == "300"
    assert sheet_form(page).fields["body"] == typed and "Máy chủ tạm hết chỗ" in page.text
    assert client.get("/").status_code == client.get("/follow").status_code == 200


def test_with_no_room_every_other_form_comes_back_too(app: Flask, client: FlaskClient) -> None:
    with clock.fixed(MONDAY):
        walk = Walk(client).to("review")
        walk.send()
        [door] = [form for form in forms(client.get("/receipt")) if "code" in form.fields]
        app.config["FULL_SPACE_BYTES"] = EVERYTHING
        assert client.post("/follow", data=door.fields).status_code == 303, "the door stays open"
        page = client.post("/follow/case/reply", data={"text": "Nước đã rút.\nCòn bùn."})
    assert page.status_code == 507 and "The server has no room" in page.text
    [again] = [form for form in forms(page) if "text" in form.fields]
    assert again.fields["text"].splitlines() == ["Nước đã rút.", "Còn bùn."]


def test_the_reserve_is_given_up_in_need_and_made_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    size = 3 * 1024 * 1024
    app.config.update(RESERVE_BYTES=size, FULL_SPACE_BYTES=0)
    place = Path(app.config["DATA_DIR"]) / space.RESERVE
    space.tend(app.config)
    assert place.stat().st_size == size and place.stat().st_mode & 0o077 == 0
    space.make_room(app.config)
    assert place.exists(), "there is room: nothing is given up"
    monkeypatch.setattr(space, "_room", lambda _place: (0, EVERYTHING))
    space.make_room(app.config)
    assert not place.exists()
    space.tend(app.config)
    assert not place.exists(), "still full"
    monkeypatch.undo()
    space.tend(app.config)
    assert place.exists()


def test_only_a_full_disk_is_a_full_disk() -> None:
    assert space.is_no_room(OSError(28, os.strerror(28)))
    assert not space.is_no_room(OSError(2, os.strerror(2))) and not space.is_no_room(ValueError())
