"""What is counted while the house works, for Prometheus (health/metrics.py hands it out).

Labels are endpoints, methods, statuses and other words of our own: never an address, a unit, an account or anything
that was typed. Counting costs microseconds and happens whether or not anybody asks.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
"""The counters of this process; with several processes their files are read instead (PROMETHEUS_MULTIPROC_DIR)."""
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0)

REQUESTS = Histogram(
    "gandan_request_seconds", "How long a request took, by endpoint, method and status",
    ["endpoint", "method", "status"], buckets=SECONDS, registry=REGISTRY,
)  # fmt: skip
TURN_WAIT = Histogram(
    "gandan_write_turn_wait_seconds", "How long a writer waited for its turn", buckets=SECONDS, registry=REGISTRY
)
BUSY = Counter("gandan_busy_total", "Requests answered 503, by why", ["why"], registry=REGISTRY)
SIGN_IN_FAILURES = Counter("gandan_sign_in_failures_total", "Sign-ins that were refused", registry=REGISTRY)
IN_HAND = Gauge(
    "gandan_requests_in_hand", "Requests at work or waiting, by lane and state", ["lane", "state"],
    registry=REGISTRY, multiprocess_mode="livesum",
)  # fmt: skip
HASHES = Gauge(
    "gandan_password_hashes", "Password hashes being computed or waited for", ["state"],
    registry=REGISTRY, multiprocess_mode="livesum",
)  # fmt: skip
