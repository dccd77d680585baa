"""Without the key that sealed its personal data no server starts and no key is made: it would hide the loss."""

from __future__ import annotations

import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from app.config import ROOT
from app.extensions import db, writing
from app.keys import KeyBroken, key, place
from app.schema import gate
from tests.conftest import both_engines
from tests.factories import make_case
from tests.upgrade.test_upgrade import env_of


def _lost(app: Flask, how: str) -> bytes:
    """A case with a person is there; then its key is away, or another one lies in its place."""
    with writing():
        make_case()
        db.session.commit()
    assert gate.look(app.config) == ""
    file = place(app.config, "personal")
    kept = file.read_bytes()
    if how == "missing":
        file.unlink()
    else:
        file.write_text({"another": secrets.token_hex(32), "damaged": "half a k"}[how])
    return kept


@both_engines
@pytest.mark.parametrize("how", ["missing", "another", "damaged"])
def test_without_the_key_of_its_personal_data_none_is_made_in_its_place(app: Flask, how: str) -> None:
    kept = _lost(app, how)
    config = {**app.config, "LOST_KEY": gate.look(app.config)}
    assert {"missing": "is missing", "another": "is another key", "damaged": "is damaged"}[how] in config["LOST_KEY"]
    with pytest.raises(KeyBroken):
        key(config, "personal")
    lost = place(app.config, "personal")
    assert lost.exists() == (how != "missing")
    lost.write_bytes(kept)
    assert gate.look(app.config) == ""


GUNICORN = ["-m", "gunicorn", "--bind", "127.0.0.1:0", "--workers", "1", "wsgi:app"]
FLASK = ["-m", "flask", "--app", "wsgi"]


@pytest.mark.parametrize("words", [["-m", "app.serve"], GUNICORN, [*FLASK, "work", "--once"]],
                         ids=["serve", "gunicorn", "work"])  # fmt: skip
def test_servers_do_not_start_without_it_and_say_where_it_belongs(app: Flask, words: list[str]) -> None:
    answer = _run(app, words)
    assert answer.returncode != 0 and not place(app.config, "personal").exists()
    said = f"{place(app.config, 'personal')} is missing"
    assert said in answer.stderr and "Not starting" in answer.stderr and "Traceback" not in answer.stderr


def test_the_journal_can_be_checked_without_it_and_the_doctor_names_it(app: Flask) -> None:
    assert _run(app, [*FLASK, "journal", "verify"]).returncode == 0
    doctor = _run(app, [*FLASK, "doctor"])
    assert doctor.returncode == 1 and "BAD  personal key" in doctor.stdout
    assert not place(app.config, "personal").exists()


def _run(app: Flask, words: list[str]) -> subprocess.CompletedProcess[str]:
    if place(app.config, "personal").exists() or not gate.look(app.config):
        _lost(app, "missing")
    db.session.remove()
    environ = {**env_of(Path(app.config["DATA_DIR"])), "KEYS_DIR": str(app.config["KEYS_DIR"])}
    return subprocess.run([sys.executable, *words], env=environ, cwd=ROOT, capture_output=True, text=True,
                          timeout=60, check=False)  # fmt: skip
