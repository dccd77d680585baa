"""Without the key that sealed its personal data a database is not opened: a new key would hide the loss."""

from __future__ import annotations

import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from app.config import ROOT
from app.extensions import db, writing
from app.keys import KeyBroken, place
from app.schema import gate
from tests.conftest import both_engines
from tests.factories import make_case
from tests.upgrade.test_upgrade import env_of


def _lost(app: Flask, how: str) -> bytes:
    """A case with a person is there; then its key is away, or another one lies in its place."""
    with writing():
        make_case()
        db.session.commit()
    gate.refuse(app.config)
    key = place(app.config, "personal")
    kept = key.read_bytes()
    if how == "missing":
        key.unlink()
    else:
        key.write_text({"another": secrets.token_hex(32), "damaged": "half a k"}[how])
    return kept


@both_engines
@pytest.mark.parametrize("how", ["missing", "another", "damaged"])
def test_without_the_key_of_its_personal_data_nothing_starts_and_none_is_made_in_its_place(
    app: Flask, how: str
) -> None:
    kept = _lost(app, how)
    with pytest.raises((gate.LostKey, KeyBroken)):
        gate.refuse(app.config)
    key = place(app.config, "personal")
    assert key.exists() == (how != "missing")
    key.write_bytes(kept)
    gate.refuse(app.config)


@pytest.mark.parametrize("words", [["-m", "app.serve"], ["-m", "flask", "--app", "wsgi", "work", "--once"]],
                         ids=["serve", "work"])  # fmt: skip
def test_servers_and_commands_say_where_the_lost_key_belongs(app: Flask, words: list[str]) -> None:
    _lost(app, "missing")
    db.session.remove()
    key = place(app.config, "personal")
    environ = {**env_of(Path(app.config["DATA_DIR"])), "KEYS_DIR": str(key.parent)}
    refused = subprocess.run([sys.executable, *words], env=environ, cwd=ROOT, capture_output=True, text=True,
                             timeout=60, check=False)  # fmt: skip
    assert refused.returncode != 0 and not key.exists()
    assert f"Not starting: {key} is missing" in refused.stderr and "Traceback" not in refused.stderr
