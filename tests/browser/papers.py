"""Signed papers as pictures, kept in $SCREENSHOTS where that is set, so that somebody looks at them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


def picture_of(pdf: bytes, name: str) -> None:
    """Draw the pages of a PDF, if pictures are wanted and the program for it is there."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder or not shutil.which("pdftoppm"):
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    place = Path(folder) / f"paper-{name}"
    subprocess.run(["pdftoppm", "-png", "-r", "60", "-", str(place)], input=pdf, check=True)
