"""gunicorn for Gần Dân: one process with threads on SQLite, several on PostgreSQL.

    gunicorn --config deploy/gunicorn.conf.py wsgi:app

WEB_PROCESSES sets the number on PostgreSQL (default 3). `kill -HUP` (systemctl reload) replaces the processes one
after the other with the address kept open; SIGTERM lets running requests finish for 20 seconds.
"""

import os
import shutil
import tempfile

# Nothing of the app is imported here: the master process must not keep old code over an upgrade (HUP).

_on_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_PROCESSES", "3")) if _on_postgresql else 1
worker_class = "gthread"
threads = 512  # one for each request at work, waiting or dripping in; only a few are at work (app/overload.py)
worker_connections = 1000
backlog = 1024
timeout = 60
graceful_timeout = 20
keepalive = 0  # nginx opens a connection a request: none is closed under a request on its way
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
proc_name = "gan-dan"

limit_request_line = 4094
limit_request_fields = 100
limit_request_field_size = 8190
forwarded_allow_ips = ""  # the app reads X-Forwarded-For and -Proto itself, as many hops as PROXY_HOPS says
server_software = "server"

accesslog = None  # the app writes its own line, without addresses and paths
errorlog = "-"
loglevel = "warning"

if os.environ.get("METRICS_PORT"):
    # Counters of all processes meet in a folder of files, made anew at each start.
    _folder = os.environ.get("RUNTIME_DIRECTORY") or tempfile.gettempdir()
    _place = os.path.join(_folder, f"gan-dan-metrics-{os.environ['METRICS_PORT']}")
    shutil.rmtree(_place, ignore_errors=True)
    os.makedirs(_place, mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _place


def post_worker_init(worker):
    """The app is loaded: lines of gunicorn itself go the way of the app's, and metrics are offered."""
    from app import logs
    from app.health import metrics
    from wsgi import app

    logs.take_over("gunicorn.error")
    metrics.listen(app)


def child_exit(server, worker):
    """A process ended: its gauges count no more."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
