"""Plant, serve, load, tell: exits 1 where a promise is not kept.

LOAD_MINUTES (10), LOAD_CASES (10000), LOAD_OUT (a file beside stdout), LOAD_DIR (an existing planted folder).
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from . import phases, town
from .told import Told


def main() -> int:
    """Run every phase on one server; the number of promises that were not kept."""
    minutes, cases = float(os.environ.get("LOAD_MINUTES") or 10), int(os.environ.get("LOAD_CASES") or 10_000)
    told = Told(os.environ.get("LOAD_OUT"))
    with tempfile.TemporaryDirectory(prefix="gan-dan-load-") as made:
        data = Path(os.environ.get("LOAD_DIR") or made) / "data"
        town.plant(data, cases)
        told.say(f"Load on {os.cpu_count()} cores, SQLite, {cases:,} cases, gunicorn with one process and a worker; "
                 f"the load itself is made on the same machine.")  # fmt: skip
        told.say(f"Load average before: {os.getloadavg()[0]:.1f} (other work on the machine counts into every figure)")
        with town.served(data) as place:
            phases.mixed(place, told, minutes * 60)
            phases.photos(place, told, min(120.0, minutes * 60))
            phases.door(place, told)
            phases.crowd(place, told, min(120.0, minutes * 60))
            phases.after(place, told)
        told.say(f"Most memory of the web process: {place.most_memory / 1e6:.0f} MB")
        told.hold("memory below 1 GB", place.most_memory < 1e9)
    return told.broken


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
