"""Check 35: too large a file, too many in a case, too many in an hour; and nothing of what was refused stays.

Check 36: every answer that is saved as a file says so, and can do nothing.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app import clock
from app.attachments import actions
from app.attachments.clean import MAX_BYTES
from app.attachments.models import Attachment
from app.attachments.storage import default_storage
from app.extensions import db, writing
from app.listen import Server
from tests import factories
from tests.attachments.looks import left_behind
from tests.attachments.samples import jpeg_with_everything
from tests.conftest import both_engines
from tests.factories import MONDAY
from tests.petitions.walk import Walk, upload

PHOTO = jpeg_with_everything()
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.fixed(MONDAY + timedelta(hours=1)):
        yield


def a_case(client: FlaskClient) -> int:
    with writing():
        case = factories.make_case()
        case_id, code = case.id, str(case.code)  # type: ignore[attr-defined]
        db.session.commit()
    client.post("/follow", data={"code": code})
    return case_id


def rows() -> list[Attachment]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Attachment)))


def test_a_file_over_the_limit_is_413_with_words_and_leaves_nothing(client: FlaskClient) -> None:
    page = Walk(client).to("files").press("upload", files=upload(PHOTO + bytes(MAX_BYTES), "to.jpg"))
    assert page.status_code == 413 and "nặng hơn 15 MB" in page.text
    assert rows() == [] and left_behind(default_storage().root) == []


def test_the_eleventh_file_of_a_sending_is_413(client: FlaskClient) -> None:
    page = Walk(client).to("files").press("upload", files=[upload(b"x", f"{n}.jpg") for n in range(11)])
    assert page.status_code == 413 and left_behind(default_storage().root) == []


@both_engines
@pytest.mark.parametrize("limit", ["MAX_CASE_FILES", "MAX_CASE_BYTES"])
def test_a_case_takes_so_many_files_and_bytes_over_all_its_messages(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    a_case(client)
    first = client.post("/follow/case/reply", data={"text": "Một", "files": upload(PHOTO, "a.jpg")})
    assert first.status_code == 303
    monkeypatch.setattr(actions, limit, 1 if limit == "MAX_CASE_FILES" else rows()[0].size + 100)
    page = client.post(
        "/follow/case/reply", data={"text": "Hai, giữ chữ", "files": upload(jpeg_with_everything(330), "b.jpg")}
    )
    assert page.status_code == 413 and "đã có quá nhiều tệp" in page.text and "Hai, giữ chữ" in page.text
    assert len(rows()) == 1 and len(left_behind(default_storage().root)) == 1
    assert client.post("/follow/case/reply", data={"text": "Chỉ chữ"}).status_code == 303


@both_engines
def test_files_are_counted_by_network_and_hour(app: Flask, client: FlaskClient) -> None:
    app.config["UPLOADS_PER_HOUR"] = 1
    walk = Walk(client).to("files")
    assert walk.press("upload", files=upload(PHOTO, "a.jpg")).status_code == 200
    page = walk.press("upload", files=upload(jpeg_with_everything(330), "b.jpg"))
    assert page.status_code == 429 and "Mạng này vừa gửi nhiều tệp" in page.text
    assert 0 < int(page.headers["Retry-After"]) <= 3601
    assert len(rows()) == 1 and len(left_behind(default_storage().root)) == 1
    far = Walk(app.test_client())
    far.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert far.to("files").press("upload", files=upload(PHOTO, "a.jpg")).status_code == 200
    with clock.fixed(MONDAY + timedelta(hours=3)):
        later = Walk(client).to("files").press("upload", files=upload(jpeg_with_everything(340), "c.jpg"))
        assert later.status_code == 200


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """The embedded server, taking four megabytes at most."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    app.config.update(PORT=number, MAX_CONTENT_LENGTH=4 * MB)
    server = Server(app)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield number
    server.stop()
    thread.join(60)


HEAD = b"POST /submit/feedback HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=B\r\n"


def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 60) as line:
        line.sendall(HEAD + b"Content-Length: 4194305\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_that_never_ends_is_cut_within_two_megabytes_of_the_limit(port: int) -> None:
    piece, sent, said = b"10000\r\n" + bytes(65536) + b"\r\n", 0, b""
    with socket.create_connection(("127.0.0.1", port), 60) as line:
        line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        line.settimeout(0.02)
        try:
            while not said and sent < 64 * MB:
                line.settimeout(60)
                line.sendall(piece)
                sent += len(piece)
                line.settimeout(0.02)
                try:
                    said = line.recv(100)
                except TimeoutError:
                    continue
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert sent <= 6 * MB and (not said or said.startswith(b"HTTP/1.1 413"))


def test_files_that_were_cleaned_beside_a_refused_one_go_with_it(app: Flask) -> None:
    from werkzeug.datastructures import FileStorage

    class Form(dict):  # type: ignore[type-arg]
        """As much of a form as sent.cleaned looks at."""

        @property
        def files(self) -> FileField:
            return self["files"]  # type: ignore[no-any-return]

    class FileField:
        errors: list[str] = []
        data = [FileStorage(upload(PHOTO, "a.jpg")[0], "a.jpg"), FileStorage(upload(b"GIF89a", "b.gif")[0], "b.gif")]

    from app.attachments.sent import cleaned

    form = Form(files=FileField())
    with app.test_request_context():
        assert cleaned(form) is None and len(form.files.errors) == 1
    assert left_behind(default_storage().root) == []


def test_everything_that_is_saved_as_a_file_can_do_nothing(client: FlaskClient) -> None:
    a_case(client)
    client.post("/follow/case/reply", data={"text": "x", "files": upload(PHOTO, "a.jpg")})
    answers = [client.get(f"/follow/files/{rows()[0].public_id}"), client.post("/follow/case/my-data/download"),
               client.get("/submit/denunciation/letter.pdf")]  # fmt: skip
    for answer in answers:
        headers = answer.headers
        assert answer.status_code == 200 and headers["Content-Disposition"].startswith("attachment")
        assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff" and "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize("state", ["pending", "infected", "unscanned", "anything else"])
def test_only_a_file_whose_state_is_known_to_be_good_leaves(client: FlaskClient, state: str) -> None:
    a_case(client)
    client.post("/follow/case/reply", data={"text": "x", "files": upload(PHOTO, "a.jpg")})
    with writing():
        db.session.execute(update(Attachment).values(scan_state=state[:9]))
        db.session.commit()
    assert client.get(f"/follow/files/{rows()[0].public_id}").status_code == 409
