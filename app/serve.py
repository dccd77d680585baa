"""`make run`: migrate, make the demo province if there is none, start server and worker, say where to look."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from flask import Flask

from . import config, create_app, space
from .beside import Beside
from .health import metrics
from .listen import listen
from .schema import alone, proof
from .schema.migrate import migrate
from .schema.revisions import NewerSchema
from .turns import Busy

DEMO_CASES = 2000


def main() -> None:
    """Serve until Ctrl-C; every process ends with this one."""
    try:
        app = create_app()
    except (config.SettingsMissing, NewerSchema) as error:
        sys.exit(str(error))
    prepare(app)
    signal.signal(signal.SIGTERM, _stop)
    worker = Beside(config.ROOT)
    try:
        _announce(app)
        metrics.listen(app)
        listen(app)
        print("\nStopping...", flush=True)
    except (KeyboardInterrupt, SystemExit):
        print("\nStopping...", flush=True)
    finally:
        worker.stop()
    print("Stopped. The data is kept.", flush=True)


def prepare(app: Flask) -> None:
    """Bring the schema up to date; in demo mode fill an empty database. Says nothing when there is nothing to do."""
    space.make_room(app.config)
    with app.app_context():
        _migrate(app)
        space.tend(app.config)
        if app.config["DEMO"]:
            from .demo.province import ensure_demo

            made = ensure_demo(app, cases=int(os.environ.get("DEMO_CASES") or DEMO_CASES))
            for account, password in made.items():
                print(f"  {account:<22} {password}")
        from .inspection import examine, unsound

        if wrong := unsound():
            sys.exit("Not starting: " + "; ".join(f"{f.what}: {f.value}" for f in wrong))
        print("; ".join(f"{f.what} {f.value}" for f in examine(is_thorough=False)), flush=True)


def _migrate(app: Flask) -> None:
    try:
        migrate(app.config, print)
    except (alone.InUse, alone.NoRoom, proof.Broken, Busy) as error:
        sys.exit(f"Not starting: {error}")


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


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit


if __name__ == "__main__":
    main()
