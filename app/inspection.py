"""What `doctor` looks at, and what start-up refuses to run with."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import text

from .extensions import db, has_safe_wal, sqlite_module
from .units.calendar import law
from .units.queries import root

LOCAL = {"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "f2fs", "apfs", "ntfs", "9p", "fuse", ""}
MIN_FREE = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing looked at, what was found, and whether it is as it must be."""

    what: str
    value: str
    is_fine: bool


def examine() -> list[Finding]:
    """Everything the doctor checks."""
    findings = sqlite() if db.engine.dialect.name == "sqlite" else postgresql()
    findings.append(_schema())
    findings += [_folder(Path(current_app.config["DATA_DIR"])), *_law(), _mail(), *_switches()]
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
    quick = str(db.session.execute(text("PRAGMA quick_check")).scalar())
    findings.append(Finding("quick_check", quick, quick == "ok"))
    return findings


def postgresql() -> list[Finding]:
    """Version and durability of the server."""
    version = str(db.session.execute(text("SHOW server_version")).scalar())
    commit = str(db.session.execute(text("SHOW synchronous_commit")).scalar())
    return [
        Finding("PostgreSQL", version, int(version.split(".")[0].split()[0]) >= 15),
        Finding("synchronous_commit", commit, commit in ("on", "remote_write", "remote_apply", "local")),
        Finding("fsync", str(db.session.execute(text("SHOW fsync")).scalar()), True),
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
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(current_app.root_path).parent / "migrations"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return Finding("schema", f"{found} (newest {newest})", found == newest)


def _folder(path: Path) -> Finding:
    free = shutil.disk_usage(path).free
    return Finding("free space in the data folder", f"{free // 1024 // 1024} MB", free >= MIN_FREE)


def _law() -> list[Finding]:
    rules = law()
    top = root()
    return [
        Finding("deadline rules", f"{len(rules.rules)} rules, version {rules.meta.get('version', '?')}", True),
        Finding("units", top.name_vi if top else "none loaded (flask --app wsgi load-units FILE)", top is not None),
    ]


def _mail() -> Finding:
    host = current_app.config["MAIL_HOST"]
    return Finding(
        "mail", f"{host}:{current_app.config['MAIL_PORT']}" if host else "kept as files (no MAIL_HOST)", True
    )


def doors(app: Flask) -> list[dict[str, Any]]:
    """Every route with its guard, for the permission matrix."""
    rows = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: r.rule):
        guard = getattr(app.view_functions[rule.endpoint], "guard", None)
        rows.append({
            "endpoint": rule.endpoint,
            "rule": rule.rule,
            "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
            "guard": guard.name if guard else ("static" if rule.endpoint == "static" else "none"),
            "roles": [str(role) for role in guard.roles] if guard else [],
        })  # fmt: skip
    return rows
