"""`make run`: migrate, make the demo province if there is none, start server and worker, say where to look."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from flask import Flask
from flask_migrate import upgrade

from . import config, create_app

DEMO_CASES = 2000


def main() -> None:
    """Serve until Ctrl-C; every process ends with this one."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    try:
        app = create_app()
    except config.SettingsMissing as error:
        sys.exit(str(error))
    prepare(app)
    signal.signal(signal.SIGTERM, _stop)
    worker = subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "work"], cwd=config.ROOT)
    try:
        _announce(app)
        _listen(app)
    except (KeyboardInterrupt, SystemExit):
        print("\nStopping...", flush=True)
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=20)
        except subprocess.TimeoutExpired:
            worker.kill()
    print("Stopped. The data is kept.", flush=True)


def prepare(app: Flask) -> None:
    """Bring the schema up to date; in demo mode fill an empty database. Says nothing when there is nothing to do."""
    with app.app_context():
        upgrade()
        if app.config["DEMO"]:
            from .demo.province import ensure_demo

            made = ensure_demo(app, cases=int(os.environ.get("DEMO_CASES") or DEMO_CASES))
            for account, password in made.items():
                print(f"  {account:<22} {password}")
        from .inspection import examine

        wrong = [f for f in examine() if not f.is_fine and f.what != "units"]
        if wrong:
            sys.exit("Not starting: " + "; ".join(f"{f.what}: {f.value}" for f in wrong))


def _announce(app: Flask) -> None:
    url = app.config["BASE_URL"]
    print(f"\nGần Dân is running on {url}   (Ctrl-C stops it)")
    print(f"  residents: {url}/         officials: {url}/sign-in")
    off = [name for name in ("MFA_REQUIRED", "TWO_PERSON") if not app.config[name]]
    if off and not app.config["DEMO"]:
        print(f"  WARNING: switched off by the environment: {', '.join(off)}")
    passwords = Path(app.config["DATA_DIR"]) / "demo-passwords.txt"
    if app.config["DEMO"] and passwords.exists():
        print(f"  demo accounts and passwords: {passwords}")
        print(HINTS, end="")
    print(flush=True)


HINTS = """  worth a look:
    everybody            /reception  /dialogues  /commitments
    can-bo-tiep-nhan     /desk/reception (days, visits, the register)
    can-bo-xu-ly         /desk/sessions (minutes published, meetings to come), /desk/commitments (one overdue)
    lanh-dao             /desk/commitments (broken, replaced, to report), /desk/sessions
    giam-sat             /statistics, there "being heard": days held by the chairman, conferences, promises kept
    thanh-tra            /desk/commitments (promises reported done that wait for a finding)
"""
"""What a first visitor of the demo would else not find."""


def _listen(app: Flask) -> None:
    """One process with threads: on SQLite all writers of the web share one fair queue."""
    from waitress import serve

    serve(app, host="127.0.0.1", port=app.config["PORT"], threads=8, ident=None, channel_timeout=30,
          max_request_body_size=app.config["MAX_CONTENT_LENGTH"], clear_untrusted_proxy_headers=True,
          connection_limit=500, _quiet=True)  # fmt: skip


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit


if __name__ == "__main__":
    main()
