"""What stands in deploy/: systemd takes the units, nginx the configuration, the app the settings of the example."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from app import config
from app.health import metrics
from app.meters import REGISTRY

from .ground import DEPLOY, need

UNITS = sorted(place for place in DEPLOY.iterdir() if place.suffix in (".service", ".socket", ".timer"))
SERVICES = [place for place in UNITS if place.suffix == ".service"]
HARD = {"User": "gan-dan", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes",
        "PrivateTmp": "yes", "CapabilityBoundingSet": "", "UMask": "0077"}  # fmt: skip


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    program = need("systemd-analyze")
    for unit in UNITS:  # the programs they start are not on this machine; that they exist the installation shows
        text = re.sub(r"^ExecStart=/opt/gan-dan/\S+", "ExecStart=/bin/true", unit.read_text(), flags=re.M)
        (tmp_path / unit.name).write_text(text)
    told = subprocess.run(
        [program, "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True
    )
    lines = [line for line in told.stderr.splitlines() if "gan-dan" in line]
    assert (told.returncode, lines) == (0, [])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda place: place.name)
def test_services_run_as_nobody_special_and_write_only_where_data_is(unit: Path) -> None:
    pairs = [line.partition("=")[::2] for line in unit.read_text().splitlines() if "=" in line]
    settings = dict(pairs)
    assert {key: settings.get(key) for key in HARD} == HARD
    writable = {value for key, value in pairs if key == "ReadWritePaths"}
    assert writable <= {"/var/lib/gan-dan", "/var/backups/gan-dan"}


def test_the_example_of_the_settings_is_taken_by_the_app(tmp_path: Path) -> None:
    lines = (DEPLOY / "gan-dan.env.example").read_text().splitlines()
    given = dict(line.partition("=")[::2] for line in lines if line and not line.startswith("#"))
    with pytest.raises(config.SettingsMissing):
        config.settings({**given, "DATA_DIR": str(tmp_path)})
    made = config.settings({**given, "SECRET_KEY": "k" * 40, "DATA_DIR": str(tmp_path)})
    assert made["SESSION_COOKIE_NAME"] == "__Host-gan-dan" and made["PROXY_HOPS"] == 1 and made["LOG_FORMAT"] == "json"
    known = (Path(config.__file__).read_text() + (DEPLOY / "gunicorn.conf.py").read_text()
             + (Path(config.__file__).parent / "serve.py").read_text())  # fmt: skip
    named = set(given) | {line[1:].partition("=")[0] for line in lines if re.match(r"#[A-Z_]+=", line)}
    assert [name for name in named if name not in known] == []


def test_alerts_ask_for_metrics_that_exist(app: object) -> None:
    text = (DEPLOY / "gan-dan.rules.yml").read_text()
    asked = set(re.findall(r"gandan_\w+", text))
    source = Path(metrics.__file__).read_text()
    counted = {sample.name for metric in REGISTRY.collect() for sample in metric.samples} | {
        f"{metric.name}{end}" for metric in REGISTRY.collect() for end in ("_total", "_bucket", "_count")}  # fmt: skip
    ages = {f"gandan_{what}_age_seconds" for what in ("worker", "backup", "checkpoint")}
    assert all(name in counted | ages or f'"{name.removeprefix("gandan_")}"' in source for name in asked)


def test_nginx_takes_the_configuration(tmp_path: Path) -> None:
    """Its behaviour is tried in test_proxy.py; here that every placeholder is named at its top."""
    text = (DEPLOY / "gan-dan.conf").read_text()
    assert set(re.findall(r"@([A-Z_]+)@", text)) == {
        "SERVER_NAME", "CERTIFICATE", "CERTIFICATE_KEY", "APP", "LOGS", "PORT", "LISTEN_HTTP", "LISTEN_HTTPS",
        "CONNECTIONS",
    }  # fmt: skip
