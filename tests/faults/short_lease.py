"""The real worker with leases of a few seconds, so that a test need not wait a quarter of an hour: `LEASE_SECONDS`."""

from __future__ import annotations

import os
from datetime import timedelta

from app import create_app, worker
from app.letters import deliver

if __name__ == "__main__":
    deliver.LEASE = timedelta(seconds=float(os.environ["LEASE_SECONDS"]))
    worker.run(create_app())
