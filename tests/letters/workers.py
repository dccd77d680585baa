"""Workers as life treats them: killed before they could commit, or several at the same work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.extensions import db


@contextmanager
def dying() -> Iterator[None]:
    """The worker dies with all written and nothing committed."""

    def die(_session: Any) -> None:
        db.session.flush()
        raise SystemExit("killed")

    event.listen(db.session, "before_commit", die)
    try:
        yield
    finally:
        event.remove(db.session, "before_commit", die)


def at_once(app: Flask, work: Callable[[], Any], number: int = 3) -> None:
    """Several workers begin the same work at the same moment, and none of them fails."""
    db.session.remove()
    failed: list[Exception] = []
    ready = threading.Barrier(number)

    def one() -> None:
        with app.app_context():
            try:
                ready.wait()
                work()
            except Exception as error:
                failed.append(error)

    workers = [threading.Thread(target=one) for _ in range(number)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
