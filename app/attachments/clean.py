"""Takes in a file from outside: counts it, looks what it is, and keeps only a clean copy under a name of ours.

The law on personal data (91/2025/QH15, decree 356/2025/NĐ-CP) lets the town keep only what it needs: a photo of a
broken road needs no record of where the resident lives or which phone they own. So nothing is kept as it came.
"""

import contextlib
import hashlib
import json
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from .kinds import HEAD_BYTES, Kind, kind_of, seen_as
from .refused import (
    Broken,
    Busy,
    Empty,
    Encrypted,
    FileRefused,
    TooBig,
    TooMany,
    TooManyPixels,
    WrongType,
)
from .storage import Storage

__all__ = ["MAX_BYTES", "MAX_CASE_BYTES", "MAX_CASE_FILES", "MAX_FILES",
            "Broken", "Busy", "Cleaned", "Empty", "Encrypted", "FileRefused", "Received",
           "TooBig", "TooMany", "TooManyPixels", "WrongType", "clean", "display_name", "receive",
           "refuse_too_many"]  # fmt: skip

MAX_FILES = 10
MAX_BYTES = 15 * 1024 * 1024
MAX_CASE_FILES = 100
MAX_CASE_BYTES = 500 * 1024 * 1024
"""What one case takes from its resident over all its messages."""
WALL_SECONDS = 20
AT_ONCE = 2
"""How many files are cleaned at the same moment; each may take half a gigabyte, and pages must still be served."""

_CHUNK = 64 * 1024
_ROOM = Path(__file__).parent
_START = "import runpy, sys; sys.path.append(sys.argv.pop(1)); runpy.run_module('clean_worker', run_name='__main__')"
_log = logging.getLogger(__name__)
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Received:
    """An upload on disk as it came, not yet looked at; `clean` or the caller removes it."""

    path: Path
    name: str
    bytes: int


@dataclass(frozen=True)
class Cleaned:
    """A kept file: its key in the storage and the facts its row needs. Width and height in pixels, None for papers."""

    key: str
    media_type: str
    bytes: int
    sha256: str
    name: str
    width: int | None
    height: int | None
    scan_state: str = "off"


def refuse_too_many(count: int) -> None:
    """Raise TooMany when one sending would hold more than `MAX_FILES` files."""
    if count > MAX_FILES:
        raise TooMany(count, MAX_FILES)


def receive(stream: IO[bytes], filename: str, storage: Storage) -> Received:
    """Write an upload to a temporary file while counting; TooBig at the first byte too many, Empty for none."""
    with storage.temporary() as file:
        path = Path(file.name)
        try:
            count = _copy_counting(stream, file, filename)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return Received(path, display_name(filename), count)


def _copy_counting(stream: IO[bytes], file: IO[bytes], filename: str) -> int:
    """Copy in small pieces and give up as soon as the limit is passed."""
    count = 0
    while chunk := stream.read(_CHUNK):
        count += len(chunk)
        if count > MAX_BYTES:
            raise TooBig(display_name(filename), MAX_BYTES)
        file.write(chunk)
    file.flush()  # a full disk says so here, while the caller can still remove the file
    if not count:
        raise Empty(display_name(filename))
    return count


def clean(temp_path: Path, filename: str, storage: Storage) -> Cleaned:
    """Keep a harmless copy of a received file and remove the original, also when it is refused (FileRefused)."""
    shown = display_name(filename)
    with storage.temporary() as file:
        target = Path(file.name)
    try:
        kind = _kind(temp_path, shown)
        said = _work(kind, temp_path, target, shown)
        return _kept(kind, target, filename, said, storage)
    finally:
        temp_path.unlink(missing_ok=True)
        target.unlink(missing_ok=True)


def _kept(kind: Kind, target: Path, filename: str, said: dict[str, Any], storage: Storage) -> Cleaned:
    """Put the worker's copy into the storage, after a look that it is what it should be."""
    size = target.stat().st_size
    if not size or _kind(target, filename) != kind:
        raise Broken(display_name(filename))
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    name = display_name(filename, kind.extension)
    key = storage.keep(target, kind.extension)
    return Cleaned(key, kind.media_type, size, digest, name, said["width"], said["height"])


def _kind(path: Path, shown: str) -> Kind:
    """The kind by content, or the refusal that names what was seen instead."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise Empty(shown)
    kind = kind_of(head)
    if kind is None:
        raise WrongType(shown, *seen_as(head))
    return kind


def _work(kind: Kind, source: Path, target: Path, shown: str) -> dict[str, Any]:
    """Let the limited process make the copy, two at a time; its word, or the refusal it stands for."""
    if not _turns.acquire(timeout=WALL_SECONDS):
        raise Busy(shown)
    try:
        said = _run([kind.word, str(source), str(target)])
    finally:
        _turns.release()
    if "refused" in said:
        _log.info("a %s file was refused: %s %s", kind.word, said["refused"], said.get("error", ""))
        raise _refusal(str(said["refused"]), shown)
    return said


def _run(arguments: list[str]) -> dict[str, Any]:
    """Start the worker by its folder, so that it imports nothing of the app and inherits none of its secrets."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, str(_ROOM), *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=_bare_environment(), cwd=_ROOM, start_new_session=True,
    )  # fmt: skip
    try:
        output, _ = process.communicate(timeout=WALL_SECONDS)
    except subprocess.TimeoutExpired:
        output = _end(process)
    except BaseException:
        _end(process)
        raise
    with contextlib.suppress(ValueError):
        return dict(json.loads(output))
    _log.warning("a %s file ended its cleaner with exit code %s", arguments[0], process.returncode)
    return {"refused": "broken"}


def _end(process: subprocess.Popen[bytes]) -> bytes:
    """Kill a worker that outlived its time, with any process it may have started; it said nothing."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return b""


def _bare_environment() -> dict[str, str]:
    """No SECRET_KEY, no database address: only what the interpreter itself cannot start without."""
    return {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}


def _refusal(word: str, shown: str) -> FileRefused:
    """The refusal behind the worker's word."""
    reason, _, detail = word.partition(":")
    if reason == "encrypted":
        return Encrypted(shown)
    if reason == "too_many_pixels":
        return TooManyPixels(shown, int(detail))
    if reason == "no_picture":
        return WrongType(shown, "M4A")
    if reason == "codec":
        return WrongType(shown, detail.upper(), "codec")
    return Broken(shown)


# --- names ------------------------------------------------------------------------------------------------------

MAX_NAME = 80
_INVISIBLE = dict.fromkeys((0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0))
_UNWRITABLE = str.maketrans('<>:"|?*', "-------")
_SUFFIX = re.compile(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,5}$")


def display_name(filename: str, extension: str | None = None) -> str:
    """The name to show and to download under: what the resident called it, without anything that deceives.

    No path, control, invisible or direction-changing character; at most 80 characters. With `extension`, the real
    type's own stands at the end, so a name can never promise another type than the file has.
    """
    last = unicodedata.normalize("NFC", filename).replace("\\", "/").rstrip("/").rpartition("/")[2]
    seen = "".join(c for c in last.translate(_INVISIBLE) if unicodedata.category(c) not in _HIDDEN or c.isspace())
    plain = " ".join(seen.translate(_UNWRITABLE).split()).strip(". ")
    stem, ending = _split(plain, extension)
    return (stem[: MAX_NAME - len(ending)].rstrip(". ") or "tệp") + ending


_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _split(plain: str, extension: str | None) -> tuple[str, str]:
    """Stem and ending of a tidy name; the ending is ours when the real type is known."""
    found = _SUFFIX.search(plain)
    ending = found.group() if found else ""
    stem = plain.removesuffix(ending)
    if extension is None:
        return stem, ending
    same = {"jpg": ("jpg", "jpeg")}.get(extension, (extension,))
    while stem.lower().endswith(tuple("." + word for word in same)):
        stem = stem.rpartition(".")[0]
    return stem, "." + extension
