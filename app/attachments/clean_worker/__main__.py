"""One file, one process: bind itself, clean, say how it went. Arguments: KIND SOURCE TARGET."""

import contextlib
import importlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from . import Refused

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 20
WRITTEN_BYTES = 64 * 1024 * 1024

CLEANERS = {"jpeg": "pictures", "png": "pictures", "webp": "pictures", "pdf": "papers", "mp4": "films"}
"""Only the library a kind needs is loaded, after the limits are set; each has `clean(kind, source, target)`."""


def limit() -> None:
    """Bind this process before it reads the first byte; where the system knows no such limits, the wall clock rules."""
    with contextlib.suppress(ImportError):
        import resource

        for what, most in (
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):  # already bound tighter, or a limit this system lacks
                resource.setrlimit(what, (most, most))
        signal.alarm(WALL_SECONDS)
        os.nice(5)  # pages are served first


def main(kind: str, source: str, target: str) -> None:
    """Clean one file and say how it went; whatever goes wrong inside a library means the file is broken."""
    limit()
    said: dict[str, Any]
    try:
        cleaner = importlib.import_module("." + CLEANERS[kind], __package__)
        width, height = cleaner.clean(kind, Path(source), Path(target))
        said = {"width": width, "height": height}
    except Refused as refused:
        said = {"refused": str(refused)}
    except Exception as error:
        said = {"refused": "broken", "error": type(error).__name__}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
