"""A real mail server that counts what it took, by Message-ID, and can be away or kill the worker at a bad moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller

from .house import free_port


class PostOffice:
    """Take every letter; `on_taken` runs after the letter is in hand and before the sender hears so."""

    def __init__(self) -> None:
        self.port, self.taken = free_port(), Counter[str]()
        self.recipients: dict[str, str] = {}
        self.on_taken: Callable[[], None] | None = None
        self._controller: Controller | None = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content)
        self.taken[str(letter["Message-ID"])] += 1
        self.recipients[str(letter["Message-ID"])] = envelope.rcpt_tos[0]
        if self.on_taken is not None:
            self.on_taken()
        return "250 OK"

    @property
    def doubles(self) -> int:
        """Letters that came more than once, each time beyond the first."""
        return sum(count - 1 for count in self.taken.values())

    def open(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Be away."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None
