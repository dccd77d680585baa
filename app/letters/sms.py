"""The way out for SMS: a `Sender` is anything that takes a text; the one here writes files (setting SMS_SENDER).

A province's own gateway is one more class with `send`; nothing else of this house knows how an SMS travels.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

FOLDER = "outgoing-sms"


@dataclass(frozen=True)
class Text:
    """An SMS ready to go: the notice it settles, the number as a gateway dials it, and the words."""

    notice_id: int
    to: str
    words: str


class Sender(Protocol):
    """Hands one SMS over, or raises; the same notice sent again must not become another message."""

    def send(self, text: Text) -> None: ...


class FileSender:
    """Each SMS becomes a file for whatever sends it on, readable by the service's user only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, text: Text) -> None:
        """Write the file whole or not at all; a second try writes the same file."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        said = {"id": f"notice-{text.notice_id}", "to": text.to, "text": text.words}
        whole(self.folder / f"notice-{text.notice_id}.json", json.dumps(said, indent=1).encode() + b"\n")


class Off:
    """No SMS leaves this installation."""

    def send(self, text: Text) -> None:
        """Refuse, whatever it is; nothing is owed by SMS while it is off."""
        raise ValueError("SMS_SENDER is off")


def sender_of(config: Mapping[str, Any]) -> Sender:
    """The sender that the settings name."""
    return FileSender(Path(config["DATA_DIR"]) / FOLDER) if config["SMS_SENDER"] == "file" else Off()


def whole(place: Path, content: bytes) -> None:
    """Write a file of the outbox's folders so that nobody ever reads half of it, and it survives a power cut."""
    half = place.with_suffix(".part")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(place)
