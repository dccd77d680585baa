"""/healthz and /readyz tell machines how the house is, and outsiders nothing; metrics are told on 127.0.0.1 only."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app import clock
from app.backup import shelf
from app.extensions import db
from app.health import heartbeat, metrics, standing
from app.schema import revisions
from tests import factories
from tests.conftest import both_engines


def _seen(app: Flask, **more: float) -> None:
    heartbeat.beat(app.config, heartbeat.Beat(**{"at": time.time(), **more}))  # type: ignore[arg-type]


def test_all_is_well_while_the_worker_is_seen(app: Flask, client: FlaskClient) -> None:
    _seen(app)
    page = client.get("/healthz")
    assert (page.status_code, page.json) == (200, {"status": "ok", "reasons": []})
    assert "Set-Cookie" not in page.headers and page.headers["Cache-Control"] == "no-store"


def test_a_worker_that_is_silent_for_long_is_told(app: Flask, client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "degraded", "reasons": ["worker"]}
    _seen(app, at=time.time() - app.config["WORKER_SILENCE"] - 5)
    assert client.get("/healthz").json["reasons"] == ["worker"]  # type: ignore[index]


def test_letters_that_wait_too_long_are_told(app: Flask, client: FlaskClient) -> None:
    _seen(app, owed=3, oldest=time.time() - app.config["OUTBOX_MAX_AGE"] - 5)
    assert client.get("/healthz").json == {"status": "degraded", "reasons": ["outbox"]}


def test_a_disk_that_is_nearly_full_is_told(app: Flask, client: FlaskClient) -> None:
    _seen(app)
    app.config["LOW_SPACE_BYTES"] = 1 << 60
    assert client.get("/healthz").json == {"status": "degraded", "reasons": ["space"]}


def test_a_backup_that_is_missing_or_old_is_told_where_backups_are_asked_for(app: Flask) -> None:
    _seen(app)
    assert standing.reasons(app.config) == []
    app.config["BACKUP_MAX_AGE"] = 26 * 3600
    assert standing.reasons(app.config) == ["backup"]
    shelf.remember(Path(app.config["DATA_DIR"]), at=clock.now().isoformat(), name="one")
    assert standing.reasons(app.config) == []
    assert "backup" in standing.reasons(app.config, time.time() + 27 * 3600)


def test_checkpoints_that_stopped_coming_are_told(app: Flask) -> None:
    _seen(app)
    folder = Path(app.config["CHECKPOINT_DIR"])
    folder.mkdir(exist_ok=True)
    (folder / "one").touch()
    assert standing.reasons(app.config) == []
    old = time.time() - 3 * 3600
    os.utime(folder / "one", (old, old))
    assert standing.reasons(app.config) == ["checkpoint"]


def test_health_asks_no_database(app: Flask, client: FlaskClient) -> None:
    _seen(app)
    db.session.remove()
    db.engine.dispose()
    Path(app.config["DATA_DIR"], "gan-dan.db").rename(Path(app.config["DATA_DIR"], "away.db"))
    assert client.get("/healthz").json == {"status": "ok", "reasons": []}
    assert client.get("/readyz").status_code == 503


@both_engines
def test_the_house_is_ready_when_its_database_is_the_codes(app: Flask, client: FlaskClient) -> None:
    page = client.get("/readyz")
    assert (page.status_code, page.json) == (200, {"status": "ready", "missing": []})
    assert "Set-Cookie" not in page.headers
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert client.get("/readyz").json == {"status": "not ready", "missing": ["schema"]}


@both_engines
def test_the_worker_writes_down_what_the_outbox_owes(app: Flask, write: None) -> None:
    assert (heartbeat.look().owed, heartbeat.look().oldest) == (0, None)
    case = factories.make_case()
    assert case.contact_email and heartbeat.look().owed == 1 and heartbeat.look().oldest is not None


def test_outsiders_read_no_version_and_no_name(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz"):
        said = client.get(path).text
        assert revisions.newest() not in said and "Cao" not in said and "sqlite" not in said.lower()


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/healthz/metrics"])
def test_the_public_address_has_no_metrics(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@both_engines
def test_metrics_tell_of_the_house_and_of_no_denunciation(app: Flask) -> None:
    from app.extensions import writing
    from app.rules.workflow import Kind

    with writing():
        factories.make_case()
        factories.make_case(Kind.DENUNCIATION, category_code="corruption.money", denounced_unit_code="01294")
        db.session.commit()
    values = {sample.name: sample.value for metric in metrics.registry_of(app).collect() for sample in metric.samples}
    assert values["gandan_cases_open"] == 1 and values["gandan_cases_overdue"] in (0, 1)
    assert values["gandan_database_up"] == 1 and values["gandan_outbox_owed"] >= 1
    assert "gandan_write_turn_wait_seconds_count" in values or app.config["SQLALCHEMY_DATABASE_URI"].startswith("post")


def test_requests_are_counted_by_endpoint_never_by_path(app: Flask, client: FlaskClient) -> None:
    client.get("/follow/MARKERMARKERMARK")
    client.get("/nowhere/MARKER")
    client.open("/", method="MARKER")
    labels = [sample.labels for metric in metrics.registry_of(app).collect() for sample in metric.samples
              if metric.name == "gandan_request_seconds"]  # fmt: skip
    assert any(label["endpoint"] == "-" and label["status"] == "404" for label in labels)
    assert "MARKER" not in str(labels)
