"""What the house writes down about its own work, on stderr: one line a request, never who, never what was typed.

A line holds a request's number, its endpoint (not its path: that may hold a key), method, status, time and the number
of the official. Query strings, bodies, names, network addresses and the words of exceptions (they like to quote what
they choked on) are left out here, at the one place through which every line goes.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
import threading
import time
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any

import structlog
from flask import Flask, Response, g, request

from .meters import REQUESTS

OURS = ("gan_dan", "app")
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
QUIET = {"health.healthz", "health.readyz", "static"}
"""Asked every few seconds, or files of ours: written down only where they fail."""
NUMBER = "gan_dan.number"
"""Where the number of a request stands in its WSGI environment."""
log = logging.getLogger("gan_dan.request")
_STAMP = structlog.processors.TimeStamper(fmt="iso", utc=True)


def configure(config: Mapping[str, Any]) -> None:
    """Send every line of this process to stderr, as JSON or as text (LOG_FORMAT)."""
    is_json = config["LOG_FORMAT"] == "json"
    dress = structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=False) if is_json else _plain
    handler = logging.StreamHandler(sys.stderr)
    chain: list[Any] = [_STAMP, structlog.stdlib.ProcessorFormatter.remove_processors_meta, dress]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_fields], processors=chain, pass_foreign_args=True
    ))  # fmt: skip
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO if is_json else logging.WARNING)
    logging.captureWarnings(True)
    if is_json:
        sys.excepthook = _uncaught
        threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def take_over(name: str) -> None:
    """A library that brought handlers of its own (gunicorn) speaks through ours."""
    library = logging.getLogger(name)
    library.handlers[:] = []
    library.propagate = True


def _fields(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The fields of one line: level, where it comes from, what; with the class and places of an exception."""
    record: logging.LogRecord = event["_record"]
    kept: dict[str, Any] = {**event, "level": record.levelname.lower(), "logger": record.name}
    kept["event"] = said(record, kept.pop("positional_args", None))
    kept.update(getattr(record, "gan_dan", {}))
    kept.pop("exc_info", None)
    if record.exc_info and record.exc_info[1] is not None:
        kept["error"] = places(record.exc_info[1])
    number = _number()
    if number and "request" not in kept:
        kept["request"] = number
    return kept


def said(record: logging.LogRecord, args: Any) -> str:
    """The words of a line. Our own lines say only what they may; of a library's line only its fixed words are kept."""
    words = str(record.msg)
    is_ours = record.name.split(".")[0] in OURS
    if not args:
        return words if is_ours else re.split(r"[:='\"/<{\d]", words, maxsplit=1)[0].strip()
    given = args.values() if isinstance(args, Mapping) else args
    return words % args if is_ours or all(isinstance(value, int) for value in given) else words


def places(error: BaseException) -> list[str]:
    """An exception and its causes as class names, each with the places it went through; never its message."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(lines) < 60:
        lines.append(type(seen).__name__)
        frames = traceback.extract_tb(seen.__traceback__)[-15:]
        lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        seen = seen.__cause__ or seen.__context__
    return lines


def _short(path: str) -> str:
    return "/".join(path.split("/")[-3:])


def _plain(_logger: Any, _method: str, event: Any) -> str:
    """One line for a person at a terminal."""
    head = f"{event.pop('level', '').upper()} {event.pop('logger', '')} {event.pop('event', '')}"
    event.pop("timestamp", None)
    error = event.pop("error", [])
    rest = " ".join(f"{key}={value}" for key, value in event.items())
    return "\n".join([f"{head} {rest}".rstrip(), *error])


def _uncaught(_kind: type[BaseException], error: BaseException | None, _where: TracebackType | None) -> None:
    if error is not None and not isinstance(error, KeyboardInterrupt):
        logging.getLogger("gan_dan").critical("ended by an error", exc_info=error)


def new_number() -> str:
    """A number for one request: made here, taken from nobody."""
    return secrets.token_hex(8)


def _number() -> str:
    return str(g.get("request_id", "")) if g else ""


def register(app: Flask) -> None:
    """Give every request its number and its line."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id, g.began = new_number(), time.perf_counter()
    request.environ[NUMBER] = g.request_id


def _end(response: Response) -> Response:
    """Count the request and write it down, once it is answered."""
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    endpoint, method = request.endpoint or "-", request.method if request.method in METHODS else "other"
    visitor = g.get("_login_user")  # whoever the guards met; nobody is looked up for a log line
    official = getattr(visitor, "id", None) if getattr(visitor, "is_authenticated", False) else None
    note(endpoint, method, response.status_code, seconds, str(g.get("request_id", "-")), official)
    return response


def note(endpoint: str, method: str, status: int, seconds: float, number: str, official: int | None = None) -> None:
    """Count one answered request and write its line."""
    REQUESTS.labels(endpoint, method, str(status)).observe(seconds)
    if endpoint in QUIET and status < 400:
        return
    facts = {"request": number, "endpoint": endpoint, "method": method, "status": status,
             "ms": round(seconds * 1000, 1), "official": official or "-"}  # fmt: skip
    log.info("request", extra={"gan_dan": facts})
