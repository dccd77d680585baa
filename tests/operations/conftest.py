"""A folder of data as an installation has it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def data(blank_sqlite: Path, tmp_path: Path) -> Path:
    """A migrated data folder with the small government."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(blank_sqlite, folder / "gan-dan.db")
    return folder
