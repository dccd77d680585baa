"""Check 60: checkpoints are signed and kept; a resident's receipt verifies offline and against the chain."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock, worker
from app.cases.models import Case
from app.extensions import db, writing
from app.journal import checkpoint, signing
from app.journal.models import ChainHead, Event
from app.journal.signing import b64
from app.petitions.proofs import proof_of
from app.worker.chores import keep_checkpoint
from tests.factories import MONDAY, make_case, make_denunciation

from .tampered import disarm, rewrite_everything

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "receipts.md"


@pytest.fixture
def case(app: Flask, write: None) -> Case:
    """A case that came on Monday."""
    found = make_case()
    db.session.commit()
    return found


def ask(client: FlaskClient, text: str) -> str:
    """The page after a text was pasted."""
    return client.post("/trust/receipt", data={"text": text}).text


def test_a_checkpoint_is_a_signed_note_that_says_where_the_chain_stands(app: Flask, case: Case) -> None:
    answer = app.test_cli_runner().invoke(args=["journal", "checkpoint"])
    assert answer.exit_code == 0
    head = db.session.scalars(select(ChainHead)).one()
    files = list(Path(app.config["CHECKPOINT_DIR"]).glob("*.txt"))
    text = files[0].read_text(encoding="utf-8")
    lines = text.split("\n")
    assert lines[0] == "localhost/gan-dan"
    assert (int(lines[1]), base64.b64decode(lines[2]).hex()) == (head.seq, head.hash)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", lines[3])
    assert lines[4] == ""
    assert lines[5].startswith("— localhost/gan-dan ")
    signature = base64.b64decode(lines[5].split(" ")[2])
    assert signature[:4] == signing.key_hash(app.config)
    body = ("\n".join(lines[:4]) + "\n").encode()
    assert signing.is_signed(signing.public_key(app.config), body, signature[4:])
    assert not signing.is_signed(signing.public_key(app.config), body + b"x", signature[4:])
    with pytest.raises(checkpoint.NoCheckpoint):
        checkpoint.read(text.replace(f"\n{head.seq}\n", f"\n{head.seq + 1}\n"), signing.public_key(app.config))


def test_the_worker_keeps_one_every_hour_and_never_writes_over_another(app: Flask, case: Case) -> None:
    folder = Path(app.config["CHECKPOINT_DIR"])
    for minutes in (0, 10, 20, 60, 70, 130, -120):
        with clock.fixed(MONDAY + timedelta(minutes=minutes)):
            worker.guarded(app, keep_checkpoint, threading.Event())
    assert len(checkpoint.names(folder)) == 4
    made = checkpoint.make(app.config, MONDAY)
    (folder / made.name).write_text("first")
    checkpoint.keep(folder, made)
    assert (folder / made.name).read_text() == "first"
    assert not list(folder.glob(".*"))


def test_the_public_page_shows_size_root_time_and_key_and_gives_the_text(app: Flask, client: FlaskClient) -> None:
    with writing():
        make_case()
        db.session.commit()
    made = checkpoint.make(app.config, MONDAY)
    checkpoint.keep(Path(app.config["CHECKPOINT_DIR"]), made)
    page = client.get("/trust").text
    for shown in (made.hash, made.at, signing.verifier_key(app.config), f"/trust/checkpoints/{made.name}"):
        assert shown in page.replace("&#43;", "+")
    assert client.get(f"/trust/checkpoints/{made.name}").text == made.text
    for name in ("../keys/signing.key", "checkpoint-1", "checkpoint-000000000099-20261116T020000Z"):
        assert client.get(f"/trust/checkpoints/{name}.txt").status_code == 404
    assert b64(signing.public_key(app.config)) in client.get("/trust/public-key.txt").text
    shown = app.test_cli_runner().invoke(args=["journal", "public-key"]).output
    assert b64(signing.public_key(app.config)) in shown


def test_the_page_and_the_command_know_a_genuine_receipt_from_every_other(
    app: Flask, client: FlaskClient, case: Case, tmp_path: Path
) -> None:
    line = proof_of(case, app.config)
    assert "Giấy thật, và nhật ký còn giữ đúng" in ask(client, line)
    broken = "\n ".join(line[start : start + 40] for start in range(0, len(line), 40))
    assert "Giấy thật, và nhật ký còn giữ đúng" in ask(client, broken)
    upload = {"files": (io.BytesIO(line.encode()), "xac-nhan.json")}
    answer = client.post("/trust/receipt", data=upload, content_type="multipart/form-data")
    assert "Giấy thật, và nhật ký còn giữ đúng" in answer.text
    assert "không do hệ thống này ký" in ask(client, line.replace("2026-11-16T", "2026-11-15T"))
    for nonsense in ("xin chào", "{}", "[1]", line[:-5], "9" * 3000, "[" * 3900, '{"format":1}'):
        assert "Không đọc được" in ask(client, nonsense)
    assert client.post("/trust/receipt", data={"text": "x" * 5000}).status_code == 422
    assert client.post("/trust/receipt", data={}).status_code == 422
    path = tmp_path / "receipt.json"
    path.write_text(line)
    assert app.test_cli_runner().invoke(args=["journal", "check-receipt", str(path)]).exit_code == 0
    with client.session_transaction() as session:
        session["language"] = "en"
    assert client.get("/trust/receipt").status_code == 200


def test_a_genuine_receipt_raises_the_alarm_once_the_chain_was_rewritten(
    app: Flask, client: FlaskClient, case: Case, tmp_path: Path
) -> None:
    line = proof_of(case, app.config)
    disarm()
    rewrite_everything(1)
    db.session.commit()
    assert "Báo động" in ask(client, line)
    path = tmp_path / "receipt.json"
    path.write_text(line)
    answer = app.test_cli_runner().invoke(args=["journal", "check-receipt", str(path)])
    assert (answer.exit_code, "ALARM" in answer.output) == (1, True)


def test_the_written_procedure_checks_a_receipt_without_the_server(app: Flask, case: Case, tmp_path: Path) -> None:
    program = tmp_path / "check.py"
    program.write_text(re.search(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)[1])  # type: ignore[index]
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(proof_of(case, app.config))
    bad.write_text(good.read_text().replace(case.reference, "PA-2026-999999"))
    key = b64(signing.public_key(app.config))
    found = subprocess.run([sys.executable, program, good, key], capture_output=True, text=True, check=True)
    assert case.reference in found.stdout
    assert subprocess.run([sys.executable, program, bad, key], capture_output=True, check=False).returncode != 0
    assert subprocess.run([sys.executable, program, good, b64(b"x" * 32)], capture_output=True, check=False).returncode


def test_the_receipt_holds_no_code_and_of_a_denunciation_no_more_than_its_paper(app: Flask, write: None) -> None:
    open_case, sealed = make_case(), make_denunciation()
    db.session.commit()
    first = db.session.scalars(select(Event).where(Event.case_id == open_case.id)).first()
    said = json.loads(proof_of(open_case, app.config))["statement"]
    assert first is not None
    assert (said["event_seq"], said["event_hash"], said["reference"]) == (first.seq, first.hash, open_case.reference)
    assert said["content_sha256"] == open_case.content_hash
    for case in (open_case, sealed):
        assert case.code not in proof_of(case, app.config)  # type: ignore[attr-defined]
    assert set(json.loads(proof_of(sealed, app.config))["statement"]) == {
        "origin", "reference", "submitted_on", "event_hash",
    }  # fmt: skip
