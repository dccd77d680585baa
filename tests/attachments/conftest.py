"""A storage of its own for each test, and the way a resident's file takes through the door."""

import io
from pathlib import Path

import pytest

from app.attachments.clean import Cleaned, clean, receive
from app.attachments.storage import Storage
from tests.attachments.looks import TakeIn


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "data" / "files")


@pytest.fixture
def take_in(storage: Storage) -> TakeIn:
    """Send a file through the whole door; returns its facts and the bytes that are kept."""

    def send(content: bytes, name: str = "tệp") -> tuple[Cleaned, bytes]:
        received = receive(io.BytesIO(content), name, storage)
        cleaned = clean(received.path, name, storage)
        with storage.open(cleaned.key) as file:
            return cleaned, file.read()

    return send
