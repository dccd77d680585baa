"""PostgreSQL's own programs: pg_dump for the copy, pg_restore and psql for the way back.

They must be at least as new as the server (Debian: postgresql-client). The password goes through the environment, never
through the arguments, which every user of the machine can read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import BinaryIO

from sqlalchemy.engine import make_url

ASIDE = "before_restore_"
"""How a schema is called that a restore put aside."""


class NoProgram(RuntimeError):
    """A program of PostgreSQL is not installed, or failed; the words say what."""


def dump(url: str, snapshot: str, target: BinaryIO) -> None:
    """Write the database as of an exported snapshot into a file."""
    command = [_program("pg_dump"), "--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges",
               f"--exclude-schema={ASIDE}*", "--no-password"]  # fmt: skip
    _run(command, url, stdout=target)


def load(url: str, source: BinaryIO, aside: str) -> None:
    """Put a dump into the database in one transaction; what was there is kept as the schema `aside`, if that is named.

    The script goes from pg_restore straight into psql: nothing of it lies on the disk.
    """
    restore = [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-"]
    has_schema = " SCHEMA - public" in _run([_program("pg_restore"), "--list"], url, stdin=source).decode()
    first = f'ALTER SCHEMA public RENAME TO "{aside}";' if aside else "DROP SCHEMA IF EXISTS public CASCADE;"
    if not has_schema:
        first += "CREATE SCHEMA public;"
    psql = [_program("psql"), "--no-psqlrc", "--quiet", "--no-password", "--single-transaction",
            "--set=ON_ERROR_STOP=1", f"--command={first}", "--file=-"]  # fmt: skip
    source.seek(0)
    with subprocess.Popen(restore, stdin=source, stdout=subprocess.PIPE, env=_environment(url)) as script:
        _run(psql, url, stdin=script.stdout, stdout=subprocess.DEVNULL)
    if script.returncode:
        raise NoProgram("pg_restore failed")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NoProgram(f"{name} is not installed: a PostgreSQL database needs it (Debian: apt install "
                        f"postgresql-client, not older than the server). Nothing was done.")  # fmt: skip
    return found


def _environment(url: str) -> dict[str, str]:
    """How PostgreSQL's programs are told the database: libpq's variables."""
    address = make_url(url)
    said = {
        "PGHOST": address.query.get("host") or address.host,
        "PGPORT": address.query.get("port") or address.port,
        "PGUSER": address.username,
        "PGPASSWORD": address.password,
        "PGDATABASE": address.database,
        "PGSSLMODE": address.query.get("sslmode"),
        "PGSSLROOTCERT": address.query.get("sslrootcert"),
    }
    return {**os.environ, **{name: str(value) for name, value in said.items() if value}}


def _run(command: list[str], url: str, stdin: object = subprocess.DEVNULL, stdout: object = subprocess.PIPE) -> bytes:
    done = subprocess.run(command, env=_environment(url), stdin=stdin, stdout=stdout,  # type: ignore[call-overload]
                          stderr=subprocess.PIPE, check=False)  # fmt: skip
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise NoProgram(f"{os.path.basename(command[0])} failed: {said}")
    return bytes(done.stdout or b"")
