"""Where the town's files lie: one folder outside the web root, every file under a random name of ours.

A name somebody else chose never reaches the disk. A file is kept in the order that survives a power cut: the bytes
are on disk, then the name, then the folder that holds the name; only after that may a row point at it. So a crash
leaves files without rows, which `orphans` finds, and never rows without files.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

KEY = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,5}", re.ASCII)
_EXTENSION = re.compile(r"[a-z0-9]{2,5}", re.ASCII)
_INCOMING = "incoming"


class UnknownKey(ValueError):
    """The key is not one this storage ever gave out."""


class Storage:
    """A folder of kept files, found again only by the key that `keep` returned."""

    def __init__(self, root: Path) -> None:
        """Use `root`, made when the first file arrives; it belongs to the service's user alone (0700)."""
        self.root = Path(os.path.abspath(root))

    def temporary(self) -> IO[bytes]:
        """A new file (0600) on the same disk as the kept ones, so keeping it is a rename; the caller removes it."""
        folder = self._folder(self.root / _INCOMING)
        return tempfile.NamedTemporaryFile(dir=folder, prefix="in-", delete=False)

    def keep(self, temp_path: Path, extension: str) -> str:
        """Move a finished temporary file in for good, flushed to disk, and return the key that opens it."""
        if not _EXTENSION.fullmatch(extension):
            raise ValueError(f"not an extension of ours: {extension!r}")
        key = f"{secrets.token_hex(16)}.{extension}"
        place = self.path(key)
        self._folder(place.parent)
        os.chmod(temp_path, 0o600)
        _flush_file(temp_path)
        os.replace(temp_path, place)
        _flush_folder(place.parent)
        return key

    def path(self, key: str) -> Path:
        """Where a key's file lies; `UnknownKey` for anything that is not a key of ours, such as `../secret`."""
        if not KEY.fullmatch(key):
            raise UnknownKey("not a key of this storage")
        return self.root / key[:2] / key[2:4] / key

    def open(self, key: str) -> BinaryIO:
        """The kept bytes, for reading; FileNotFoundError when they are gone."""
        return self.path(key).open("rb")

    def size(self, key: str) -> int:
        """Size in bytes; FileNotFoundError when the file is gone."""
        return self.path(key).stat().st_size

    def delete(self, key: str) -> None:
        """Remove a file; removing it twice is no error."""
        place = self.path(key)
        try:
            place.unlink()
        except FileNotFoundError:
            return
        _flush_folder(place.parent)

    def orphans(self, known_keys: Collection[str], older_than: datetime) -> Iterator[str]:
        """Keys of files that no row knows and that were written before `older_than` (an aware moment).

        The age matters: a file younger than a transaction may still be about to get its row.
        """
        for place in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            ours = KEY.fullmatch(place.name) is not None and self.path(place.name) == place
            if ours and place.name not in known_keys and _written_before(place, older_than):
                yield place.name

    def sweep_temporary(self, older_than: datetime) -> int:
        """Remove temporary files a crash left behind, written before `older_than`; returns how many."""
        left = [place for place in (self.root / _INCOMING).glob("in-*") if _written_before(place, older_than)]
        for place in left:
            place.unlink(missing_ok=True)
        return len(left)

    def _folder(self, folder: Path) -> Path:
        """Make a folder and those above it, owner only, each flushed into its parent; at once from many threads."""
        if not folder.is_dir():
            above = folder.parent
            if folder == self.root:
                above.mkdir(parents=True, exist_ok=True)
            else:
                self._folder(above)
            folder.mkdir(mode=0o700, exist_ok=True)
            _flush_folder(above)
        return folder


def _written_before(place: Path, moment: datetime) -> bool:
    """Whether a file's last write lies before the moment; a file that just went away was not."""
    try:
        return place.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _flush_file(place: Path) -> None:
    """Return only when the bytes of a file are on the disk."""
    with place.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Return only when the names in a folder are on the disk (Windows has no such call and keeps them itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def default_storage() -> Storage:
    """The storage of this installation: the folder `files` in its data folder."""
    from flask import current_app

    return Storage(Path(current_app.config["DATA_DIR"]) / "files")
