"""What lies outside the database and is held against it: the signed checkpoints of a folder, residents' receipts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from . import checkpoint, proof
from .signing import Config, public_key
from .verify import Witness


class Foreign(ValueError):
    """A file that was given as a witness and is none."""


def checkpoints(config: Config, folders: Iterable[Path] = ()) -> Iterator[Witness]:
    """Every checkpoint in CHECKPOINT_DIR and these folders; Foreign where one is not signed with our key."""
    public = public_key(config)
    for folder in (Path(config["CHECKPOINT_DIR"]), *folders):
        for path in sorted(folder.glob("*.txt")):
            try:
                read = checkpoint.read(path.read_text(encoding="utf-8"), public, path.name)
            except (checkpoint.NoCheckpoint, UnicodeDecodeError) as error:
                raise Foreign(f"{path.name}: {error}") from error
            if read.size:
                yield Witness(read.hash, read.size, f"checkpoint {path.name}")


def receipts(config: Config, files: Iterable[Path]) -> Iterator[Witness]:
    """What residents brought back; Foreign where one is not signed with our key."""
    public = public_key(config)
    for path in files:
        try:
            said = proof.read(path.read_text(encoding="utf-8"), public)
        except (proof.Unreadable, proof.NotOurs, UnicodeDecodeError) as error:
            raise Foreign(f"{path.name}: not a receipt that this installation's key signed") from error
        yield Witness(str(said["event_hash"]), said.get("event_seq"), f"receipt {path.name}")
