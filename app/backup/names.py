"""What stands in a backup and what it says about itself. A backup is a tar: database, files, checkpoints, manifest."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from typing import Any

from ..attachments.storage import KEY
from ..config import ROOT

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.pgdump"}
_CHECKPOINT = re.compile(r"checkpoints/[A-Za-z0-9][A-Za-z0-9._-]{0,120}", re.ASCII)


class BadBackup(RuntimeError):
    """The file is no backup of ours, or not whole; nothing was changed."""


@dataclass
class Manifest:
    """What a backup says about itself: the last member, so that whoever has it has all."""

    made_at: str
    engine: str
    revision: str
    """The schema of the database within."""
    journal_size: int
    journal_head: str
    counts: dict[str, int]
    """Rows by table."""
    app: str = ""
    format: int = FORMAT
    members: dict[str, str] = field(default_factory=dict)
    """SHA-256 of every other member, by its name."""
    gone: list[str] = field(default_factory=list)
    """Keys of files that were rightly deleted while the backup was made."""
    missing: list[str] = field(default_factory=list)
    """Keys of files that a row names and that are not there."""
    damaged: list[str] = field(default_factory=list)
    """Keys of files whose bytes are not those their row knows; they are within all the same."""

    def text(self) -> bytes:
        """As it stands in the tar."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @property
    def hurt(self) -> list[str]:
        """Files that the installation had lost already when the backup was made."""
        return [*self.missing, *self.damaged]


def read_manifest(data: bytes) -> Manifest:
    """A manifest; BadBackup where it is none or of a format this program does not know."""
    try:
        said: Mapping[str, Any] = json.loads(data)
        known = {one.name for one in fields(Manifest)}
        if said["format"] != FORMAT:
            raise BadBackup(f"a backup of format {said['format']}: a newer version of Gần Dân made it")
        return Manifest(**{name: value for name, value in said.items() if name in known})
    except (ValueError, KeyError, TypeError) as error:
        raise BadBackup("its manifest cannot be read") from error


def name_of_file(key: str) -> str:
    """How the file of a storage key is called in the tar."""
    return f"files/{key[:2]}/{key[2:4]}/{key}"


def is_ours(name: str) -> bool:
    """Whether a member may be called that: one of our few spellings, so no path leads anywhere else."""
    if name == MANIFEST or name in DATABASES.values() or _CHECKPOINT.fullmatch(name):
        return True
    key = name.rpartition("/")[2]
    return KEY.fullmatch(key) is not None and name == name_of_file(key)


@cache
def app_version() -> str:
    """The version of this program."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
