"""Checks 32 to 34 and 36: eighty hostile uploads through the page: refused with a sentence, or kept inert as ours."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.attachments.kinds import KINDS
from app.attachments.models import Attachment
from app.attachments.storage import KEY, default_storage
from app.extensions import db, writing
from tests import factories
from tests.attachments import hostile
from tests.attachments.looks import left_behind
from tests.factories import MONDAY
from tests.petitions.walk import Walk

TYPES = {kind.media_type: kind.extension for kind in KINDS}
_DECEIVING = re.compile(r"[\x00-\x1f\x7f/\\<>:\"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\u3164\u2800]")


def test_the_corpus_is_large_enough() -> None:
    assert len(hostile.NAMES) + len(hostile.REFUSED) + len(hostile.KEPT) >= 80


def body(name: str, content: bytes, fields: dict[str, str]) -> bytes:
    """A form with one file, its name as raw as an attacker sends it."""
    parts = [f'--B\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()]
    file = f'--B\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return "".join(parts).encode() + file.encode() + content + b"\r\n--B--\r\n"


def send(client: FlaskClient, name: str, content: bytes) -> Any:
    """Choose one file on the form's page of files."""
    fields = {**Walk(client).fields, "step": "files", "go": "upload"}
    return client.post("/submit/feedback", data=body(name, content, fields),
                       content_type="multipart/form-data; boundary=B")  # fmt: skip


def kept() -> list[Attachment]:
    db.session.rollback()
    return list(db.session.scalars(select(Attachment)))


def unpacked(content: bytes) -> bytes:
    """The bytes, and of a paper everything in it that is compressed."""
    if not content.startswith(b"%PDF"):
        return content
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if len(content) > 200_000:
            return content
        pdf.save(out, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return content + out.getvalue()


@pytest.mark.parametrize("case", hostile.REFUSED)
def test_what_is_no_file_of_ours_is_refused_with_a_sentence(client: FlaskClient, case: str) -> None:
    name, make = hostile.REFUSED[case]
    page = send(client, name, make())
    assert page.status_code in (413, 422), case
    assert 'id="files-error"' in page.text and "Traceback" not in page.text
    assert kept() == [] and left_behind(default_storage().root) == [], "nothing of it stays"


@pytest.mark.parametrize("case", hostile.KEPT)
def test_what_is_kept_is_ours_and_inert(client: FlaskClient, case: str) -> None:
    name, make = hostile.KEPT[case]
    assert send(client, name, make()).status_code == 200, case
    [file] = kept()
    assert KEY.fullmatch(file.storage_key) and file.storage_key.endswith(TYPES[file.media_type])
    assert file.name.endswith("." + TYPES[file.media_type])
    content = unpacked(default_storage().path(file.storage_key).read_bytes())
    assert [sign for sign in hostile.INERT if sign in content] == []


@pytest.mark.parametrize("case", hostile.NAMES)
def test_a_deceiving_name_is_never_a_name_of_ours(client: FlaskClient, case: str) -> None:
    page = send(client, hostile.NAMES[case], hostile.photo())
    assert page.status_code == 200, case
    [file] = kept()
    assert KEY.fullmatch(file.storage_key) and file.name.endswith(".jpg") and len(file.name) <= 80
    assert not _DECEIVING.search(file.name) and "onerror=alert(1)>" not in page.text and ">49<" not in page.text
    assert len(left_behind(default_storage().root)) == 1


@pytest.mark.parametrize("name", ["x.jpg\r\nSet-Cookie: a=b\r\nX: ", 'x.jpg"; name="body'])
def test_a_name_that_breaks_the_forms_own_lines_brings_nothing_else_in(client: FlaskClient, name: str) -> None:
    page = send(client, name, hostile.photo())
    assert "a=b" not in str(page.headers.get_all("Set-Cookie")) and page.status_code in (200, 400, 422)
    assert all(KEY.fullmatch(file.storage_key) and file.name.endswith(".jpg") for file in kept())


def test_a_file_is_handed_out_to_be_saved_and_can_do_nothing(client: FlaskClient) -> None:
    with clock.fixed(MONDAY + timedelta(hours=1)):
        with writing():
            code = str(factories.make_case().code)  # type: ignore[attr-defined]
            db.session.commit()
        client.post("/follow", data={"code": code})
        photo = (io.BytesIO(hostile.photo()), "ảnh\u202egpj.html")
        client.post("/follow/case/reply", data={"text": "x", "files": photo})
        answer = client.get(f"/follow/files/{kept()[0].public_id}")
    headers = answer.headers
    assert (answer.status_code, headers["Content-Type"]) == (200, "image/jpeg")
    assert headers["Content-Disposition"].startswith("attachment;") and "filename*=UTF-8''" in str(headers)
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"
