"""What `doctor` looks at, and what start-up refuses to run with."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import text
from werkzeug.routing import Rule

from . import clock, space
from .backup.advice import advice
from .extensions import db, has_safe_wal, sqlite_module
from .health import heartbeat, standing
from .journal import checkpoint
from .rules import permissions
from .schema import revisions
from .units.calendar import law
from .units.queries import root

LOCAL = {"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "f2fs", "apfs", "ntfs", "9p", "fuse", ""}


@dataclass(frozen=True)
class Finding:
    """One thing looked at, what was found, and whether it is as it must be."""

    what: str
    value: str
    is_fine: bool
    stops: bool = True
    """Whether the server must not start with it; else it is only said (no room on the disk: reading must go on)."""


def unsound() -> list[Finding]:
    """What keeps the server from starting; the slow look through the whole file is left to the doctor."""
    return [finding for finding in examine(is_thorough=False) if finding.stops and not finding.is_fine]


def examine(is_thorough: bool = True) -> list[Finding]:
    """Everything the doctor checks."""
    findings = sqlite() if db.engine.dialect.name == "sqlite" else postgresql()
    if is_thorough and db.engine.dialect.name == "sqlite":
        quick = str(db.session.execute(text("PRAGMA quick_check")).scalar())
        findings.append(Finding("quick_check", quick, quick == "ok"))
    findings.append(_schema())
    findings += [_room(), *_law(), _mail(), *_keys(), *_backups(), *_life(), *_switches()]
    return findings


def _switches() -> list[Finding]:
    """Protections that somebody switched off: allowed, and never silently."""
    names = {"MFA_REQUIRED": "second factor", "TWO_PERSON": "second administrator"}
    return [Finding(what, "required" if current_app.config[name] else f"NOT required ({name}=0)", True)
            for name, what in names.items()]  # fmt: skip


def sqlite() -> list[Finding]:
    """The durable profile of the embedded database, read back from a live connection."""
    version = sqlite_module().sqlite_version
    is_safe = has_safe_wal(sqlite_module().sqlite_version_info)
    expected = {
        "journal_mode": "wal" if is_safe else "truncate",
        "synchronous": "2" if is_safe else "3",
        "foreign_keys": "1",
        "busy_timeout": "5000",
        "trusted_schema": "0",
        "secure_delete": "1",
    }
    findings = [Finding("SQLite", f"{version}{'' if is_safe else ' (WAL-reset bug: running without WAL)'}", True)]
    for name, value in expected.items():
        found = str(db.session.execute(text(f"PRAGMA {name}")).scalar())
        findings.append(Finding(name, found, found == value))
    kind = _filesystem(Path(str(db.engine.url.database)))
    findings.append(Finding("database file's filesystem", kind or "unknown", kind in LOCAL))
    return findings


def postgresql() -> list[Finding]:
    """Version and durability of the server."""
    version = str(db.session.execute(text("SHOW server_version")).scalar())
    commit = str(db.session.execute(text("SHOW synchronous_commit")).scalar())
    fsync = str(db.session.execute(text("SHOW fsync")).scalar())
    return [
        Finding("PostgreSQL", version, int(version.split(".")[0].split()[0]) >= 15),
        Finding("synchronous_commit", commit, commit in ("on", "remote_write", "remote_apply", "local")),
        Finding("fsync", fsync, fsync == "on" or current_app.testing),
    ]


def _filesystem(path: Path) -> str:
    """The type of the file system that holds a path, as the kernel names it; "" where it cannot be told."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return ""
    holding = [m for m in mounts if str(path.resolve()).startswith(m[1].rstrip("/") + "/")]
    return max(holding, key=lambda m: len(m[1]))[2] if holding else ""


def _schema() -> Finding:
    with db.engine.connect() as connection:
        found = revisions.of(connection)
    return Finding("schema", f"{found} (newest {revisions.newest()})", found == revisions.newest())


def _keys() -> list[Finding]:
    """Whether the keys at hand are those that sealed the newest person and signed the newest checkpoint."""
    config = current_app.config
    lost = str(config["LOST_KEY"])
    sealing = Finding("personal key", lost or "opens what is sealed", not lost)
    if not checkpoint.names(Path(config["CHECKPOINT_DIR"])):
        return [sealing]
    is_ours = bool(checkpoint.latest(config, 1))
    said = "signed the newest checkpoint" if is_ours else "is another one than signed the newest checkpoint"
    return [sealing, Finding("signing key", said, is_ours, stops=False)]


def _backups() -> list[Finding]:
    return [Finding(*said, stops=False) for said in advice(current_app.config, clock.now())]


def _room() -> Finding:
    there = space.standing(current_app.config)
    shown = f"{there.free // 1024 // 1024} MB of {there.total // 1024 // 1024}"
    return Finding("free space", shown, not there.is_low, stops=False)


def _law() -> list[Finding]:
    rules = law()
    top = root()
    return [
        Finding("deadline rules", f"{len(rules.rules)} rules, version {rules.meta.get('version', '?')}", True),
        Finding(
            "units",
            top.name_vi if top else "none loaded (flask --app wsgi load-units FILE)",
            top is not None,
            stops=False,
        ),
    ]


def _life() -> list[Finding]:
    """The worker and the last checkpoint, as health sees them; the server starts without them."""
    config, now = current_app.config, time.time()
    seen = heartbeat.last(config)
    ages = (
        ("worker last seen", seen.at if seen else None, seen is None or not standing.is_silent(config, seen, now)),
        ("last checkpoint", standing.checkpoint_at(config), "checkpoint" not in standing.reasons(config, now)),
    )
    findings = [Finding(what, _ago(at, now), fine, stops=False) for what, at, fine in ages]
    if seen is not None:
        owed = f"{seen.owed} waiting, {seen.dead} given up"
        findings.append(Finding("outbox", owed, "outbox" not in standing.reasons(config, now), stops=False))
    port = config["METRICS_PORT"]
    return [*findings, Finding("metrics", f"127.0.0.1:{port}" if port else "off (METRICS_PORT)", True)]


def _ago(at: float | None, now: float) -> str:
    return "never" if at is None else f"{max(0, int(now - at)) // 60} minutes ago"


def _mail() -> Finding:
    host = current_app.config["MAIL_HOST"]
    return Finding(
        "mail", f"{host}:{current_app.config['MAIL_PORT']}" if host else "kept as files (no MAIL_HOST)", True
    )


def doors(app: Flask) -> list[dict[str, Any]]:
    """Every route, a row for each method (and each thing it was tried on): guard, roles, the published answers."""
    rules, found = {rule.endpoint: rule for rule in app.url_map.iter_rules()}, []
    published = permissions.doors()
    for method, door in published:
        endpoint = door.partition(":")[0]
        if endpoint in rules and method in (rules[endpoint].methods or ()):
            found.append(_door(app, rules[endpoint], (method, door), published))
    return sorted(found, key=lambda row: (row["rule"], row["method"], row["which"]))


def _door(app: Flask, rule: Rule, door: permissions.Door, published: Mapping[permissions.Door, Any]) -> dict[str, Any]:
    guard = getattr(app.view_functions[rule.endpoint], "guard", None)
    may, cells = permissions.who_may(door, published), published[door]
    return {
        "endpoint": rule.endpoint, "rule": rule.rule, "method": door[0], "which": door[1].partition(":")[2],
        "guard": guard.name if guard else ("static" if rule.endpoint == "static" else "none"),
        "roles": [str(role) for role in guard.roles] if guard and guard.roles else list(may),
        "reaches": may, "expected": {who: permissions.status_of(cell) for who, cell in cells.items()},
        "leads_to": {who: cell for who, cell in cells.items() if cell in ("in", "door")},
        "tried_on_nothing": permissions.is_tried_on_nothing(cells),
    }  # fmt: skip


def undecided(app: Flask) -> list[str]:
    """What the published page and the program do not agree about; nothing is good."""
    published = {(method, door.partition(":")[0]) for method, door in permissions.doors()}
    there = {(method, rule.endpoint) for rule in app.url_map.iter_rules()
             for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}  # fmt: skip
    missing = [f"nobody decided who may {method} {endpoint}" for method, endpoint in sorted(there - published)]
    gone = [f"{method} {endpoint} is published and does not exist" for method, endpoint in sorted(published - there)]
    return [*missing, *gone, *_guarded_otherwise(app)]


def _guarded_otherwise(app: Flask) -> list[str]:
    """Doors whose guard lets in other roles than the page says."""
    found = []
    for (method, door), cells in permissions.doors().items():
        guard = getattr(app.view_functions.get(door.partition(":")[0]), "guard", None)
        if guard is not None and guard.name == "role":
            strangers = {permissions.role_of(who) for who, cell in cells.items() if cell not in permissions.SHUT}
            found += [f"{method} {door}: the page lets in {role}, its guard does not"
                      for role in sorted(strangers - set(guard.roles))]  # fmt: skip
    return found
