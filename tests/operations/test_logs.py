"""What a log line keeps of an error and of what a library says."""

from __future__ import annotations

import io
import logging

from flask import Flask
from flask.testing import FlaskClient

from app import logs


def _said(name: str, words: str, *args: object) -> str:
    """The words of a line as it leaves the process."""
    written = io.StringIO()
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    logs.configure({"LOG_FORMAT": "text"})
    handler = root.handlers[0]
    root.handlers[:] = before
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    handler.handle(logging.LogRecord(name, logging.WARNING, "", 0, words, args, None))
    return written.getvalue().strip().removeprefix(f"WARNING {name} ")


def test_an_error_is_its_classes_and_places_never_its_words() -> None:
    try:
        try:
            int("Nông Thị Sen")
        except ValueError as error:
            raise KeyError("0912 000 017") from error
    except KeyError as error:
        said = "\n".join(logs.places(error))
    assert "KeyError" in said and "ValueError" in said and "test_logs.py" in said
    assert "Sen" not in said and "0912" not in said


def test_a_librarys_words_stay_and_what_it_fills_in_goes() -> None:
    assert _said("waitress", "Exception while serving %s", "/x") == "Exception while serving %s"
    assert _said("gunicorn.error", "Booting worker with pid: %s", 7) == "Booting worker with pid: 7"
    assert _said("gunicorn.error", "Invalid request from ip=203.0.113.9: x") == "Invalid request from ip"
    assert _said("gan_dan.letters", "notice %s was not sent: %s", 7, "OSError").endswith("OSError")


def test_an_error_page_shows_the_number_under_which_the_log_has_it(app: Flask, client: FlaskClient) -> None:
    lines: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = lines.append  # type: ignore[method-assign]
    logs.log.addHandler(handler)
    logs.log.setLevel(logging.INFO)
    try:
        page = client.get("/nowhere", headers={"X-Request-ID": "of-my-own"})
    finally:
        logs.log.removeHandler(handler)
    facts = lines[-1].gan_dan  # type: ignore[attr-defined]
    assert facts["request"] in page.text and "of-my-own" not in page.text
    assert (facts["endpoint"], facts["status"], facts["official"]) == ("-", 404, "-")
