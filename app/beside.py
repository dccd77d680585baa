"""The worker's process beside the web server: begun again when it ends, told to stop when the server does.

A worker that was killed would else leave every notice lying until somebody looks. A server that was killed cannot
tell its worker anything: the worker itself looks whether its parent is still there (worker.stop_with_parent).
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

PARENT = "GAN_DAN_BESIDE"
"""In the worker's environment: the process whose end is its own."""
PAUSE = 1.0
"""Seconds before a worker that ended is begun again."""
LAST_PIECE = 20.0
"""Seconds the piece in hand may take when everything stops."""
COMMAND = (sys.executable, "-m", "flask", "--app", "wsgi", "work")
log = logging.getLogger("gan_dan.beside")


class Beside:
    """Keeps one worker running for as long as this process does."""

    def __init__(self, folder: Path, command: tuple[str, ...] = COMMAND) -> None:
        self._folder, self._command = folder, command
        self._is_over = threading.Event()
        self._process = self._begin()
        threading.Thread(target=self._keep, name="beside", daemon=True).start()

    @property
    def pid(self) -> int:
        """The worker's process as it is now."""
        return self._process.pid

    def stop(self) -> None:
        """Let the worker finish the piece in hand, then go."""
        self._is_over.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=LAST_PIECE)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, cwd=self._folder, env={**os.environ, PARENT: str(os.getpid())})

    def _keep(self) -> None:
        while True:
            code = self._process.wait()
            if self._is_over.wait(PAUSE):
                return
            log.warning("the worker ended with %s and is begun again", code)
            self._process = self._begin()
            if self._is_over.is_set():
                self._process.terminate()
