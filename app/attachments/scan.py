"""Asks ClamAV whether a file is known to harm, over its own socket (CLAMAV); without that setting nobody is asked.

A scanner is a filter, not a proof: cleaning is what makes a file harmless. But where a town has one, it fails closed:
no answer means "not looked at", never "clean", and what the scanner skipped for its size is "not scanned".
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

OFF, CLEAN, PENDING, INFECTED, UNSCANNED = "off", "clean", "pending", "infected", "unscanned"
"""What is known of a kept file: nobody was asked; looked at; not yet; a virus, removed; too large to be looked at."""
HANDED_OUT = (OFF, CLEAN)
PATIENCE = 15.0
"""Seconds for one file, from the connection to the answer."""
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096
_LIMITS = ("Heuristics.Limits.Exceeded", "Heuristics.Encrypted")
"""What clamd "finds" where it could not look inside (AlertExceedsMax yes, AlertEncrypted yes)."""


class Away(Exception):
    """The scanner is down, slow or answers nonsense: the file waits."""


def is_on(config: Mapping[str, Any]) -> bool:
    """Whether this installation has a scanner."""
    return bool(config.get("CLAMAV"))


def look(path: Path, config: Mapping[str, Any]) -> str:
    """CLEAN, INFECTED or UNSCANNED by the scanner's word, OFF without a scanner; Away where it gives no word."""
    if not is_on(config):
        return OFF
    if path.stat().st_size > config["CLAMAV_MAX_BYTES"]:
        return UNSCANNED
    try:
        return _verdict(_ask(path, str(config["CLAMAV"])))
    except (OSError, ValueError) as error:
        raise Away(type(error).__name__) from error


def _verdict(answer: str) -> str:
    """What clamd's line means; only a plain OK is clean."""
    if answer == "stream: OK":
        return CLEAN
    if "size limit exceeded" in answer or any(limit in answer for limit in _LIMITS):
        return UNSCANNED
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return INFECTED
    raise ValueError("no answer of a scanner")


def _ask(path: Path, address: str) -> str:
    """Send the bytes (INSTREAM) and read one line."""
    until = time.monotonic() + PATIENCE
    with _connected(address) as line, path.open("rb") as file:
        try:
            _send(line, b"zINSTREAM\0", until)
            while chunk := file.read(_CHUNK):
                _send(line, struct.pack(">I", len(chunk)) + chunk, until)
            _send(line, struct.pack(">I", 0), until)
        except (BrokenPipeError, ConnectionResetError):  # it stopped listening at its limit: what does it say?
            pass
        return _answer(line, until)


def _connected(address: str) -> socket.socket:
    """A line to `unix:/path` or `host:port`."""
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(PATIENCE)
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), PATIENCE)


def _send(line: socket.socket, piece: bytes, until: float) -> None:
    line.settimeout(max(0.01, until - time.monotonic()))
    line.sendall(piece)


def _answer(line: socket.socket, until: float) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        line.settimeout(max(0.01, until - time.monotonic()))
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0\n").decode("ascii", "replace")
