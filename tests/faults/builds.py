"""Builds of the server that break a promise on purpose, to show that the tests would notice: `python -m ... NAME`.

`plain` keeps every promise; `forgetful` runs with synchronous=OFF; `hasty` says yes before anything is written.
"""

from __future__ import annotations

import io
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from app import create_app
from app.cases import tokens
from app.extensions import db
from app.listen import listen

Wsgi = Callable[..., Iterable[bytes]]
LATE = 0.4
"""Seconds after the answer in which the hasty build gets round to the work."""


def forgetful(app: Flask) -> None:
    """Commit without waiting for the disk, as a careless setting would."""

    def forget(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF").close()

    with app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", forget)


def hasty(app: Flask) -> None:
    """Say "received" as soon as the form came in, and write it down afterwards."""
    honest = app.wsgi_app

    def answer_first(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or not environ["PATH_INFO"].startswith("/submit/"):
            return honest(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if "send" not in parse_qs(body.decode("latin-1")).get("go", []):
            return honest({**environ, "wsgi.input": io.BytesIO(body)}, start_response)
        threading.Thread(target=_write, args=(honest, {**environ, "wsgi.input": io.BytesIO(body)})).start()
        start_response("303 SEE OTHER", [("Location", "/receipt"), ("Set-Cookie", _cookie(app, environ, body))])
        return [b""]

    app.wsgi_app = answer_first  # type: ignore[method-assign]


def _write(honest: Wsgi, environ: dict[str, Any]) -> None:
    time.sleep(LATE)
    for _piece in honest(environ, lambda *_what: None):
        pass


def _cookie(app: Flask, environ: dict[str, Any], body: bytes) -> str:
    """The browser's session with the receipt in it, as the honest answer would set it."""
    with app.request_context({**environ, "wsgi.input": io.BytesIO(b""), "CONTENT_LENGTH": "0"}):
        session = app.session_interface.open_session(app, app.request_class(environ))
        assert session is not None
        signed = parse_qs(body.decode("latin-1"))["token"][0]
        session["receipt"] = {"token": tokens._signer(str(app.secret_key)).loads(signed)[0], "at": int(time.time())}
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(dict(session))}; Path=/; HttpOnly"


def main() -> None:
    """Serve the build that is named; only the refusal to start with a broken promise is left out."""
    app = create_app()
    with app.app_context():
        upgrade()
    {"plain": lambda _app: None, "forgetful": forgetful, "hasty": hasty}[sys.argv[1]](app)
    listen(app)


if __name__ == "__main__":
    main()
