"""One page for each way of saying no, with the reason, and the fields kept."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from . import space
from .denials import note_denial
from .extensions import db, end_write
from .logs import new_number
from .meters import BUSY
from .overload import REFUSED
from .refusals import Missing, NotAllowed, Refusal, Stale
from .rules.workflow import N_
from .turns import Busy

log = logging.getLogger("gan_dan")
PAGES = {400, 403, 404, 405, 409, 413, 429, 500, 503}
STATIC = {500, 503}
"""Pages that must come even when the database does not: rendered without asking it anything."""
SECRET = {"password", "current", "new", "again", "code"}
"""Fields whose content no page gives back."""
LATER, MUCH_LATER = 5, 300
"""Seconds after which to try again: when somebody else was writing; when the disk is full."""


def page(status: int, reason: str = "", **more: Any) -> Any:
    """The page of one refusal; its number stands in small print for the phone call."""
    request_id = g.get("request_id") or new_number()
    shown = {405: 404, 422: 400, 507: 503}.get(status, status if status in PAGES else 400)
    if shown in STATIC:
        body = current_app.jinja_env.get_template(f"errors/{shown}.html").render(request_id=request_id, **more)
    else:
        said = _(reason) if reason else ""
        body = render_template(f"errors/{shown}.html", reason=said, request_id=request_id, **more)
    response = make_response(body, status)
    if more.get("retry_after"):
        response.headers["Retry-After"] = str(more["retry_after"])
    return response


def refused(error: Refusal) -> Any:
    """A verb was refused with its reason; nothing was changed. An official's denial is remembered."""
    end_write()
    if isinstance(error, (NotAllowed, Missing)):
        note_denial(error.status)
    more = {name: getattr(error, name) for name in ("retry_after", "mine", "theirs") if hasattr(error, name)}
    return page(error.status, error.reason, **more)


def stale(error: StaleDataError) -> Any:
    """Two officials wrote at the very same moment; the second is told."""
    return refused(Stale(N_("Người khác vừa sửa vụ việc này. Cả hai bản đều còn, chọn cách ghép.")))


def forged(error: CSRFError) -> Any:
    """A form without its token, or with an old one."""
    return page(400, N_("Biểu mẫu mở đã lâu nên hết hạn."))


def busy(error: Exception) -> Any:
    """The database has no turn for us just now, is away, or the disk is full: say when to try again, keep the words."""
    log.warning("busy: %s", type(error).__name__)
    BUSY.labels("database").inc()
    with contextlib.suppress(SQLAlchemyError):
        end_write()
    is_full = space.standing(current_app.config).is_full
    wait = MUCH_LATER if is_full else LATER
    return page(507 if is_full else 503, "", retry_after=wait, is_full=is_full, kept=_kept())


def gone(error: DBAPIError) -> Any:
    """The database's server ended the connection in the middle: busy; any other complaint of a driver is our fault."""
    return busy(error) if error.connection_invalidated else unexpected(error)


def no_room(error: OSError) -> Any:
    """A file could not be written because the disk is full; any other failure of the system is our fault."""
    return busy(error) if space.is_no_room(error) else unexpected(error)


def _kept() -> list[tuple[str, str, bool]]:
    """What came with a form, to be sent once more: name, text, and whether a person typed it. Never a secret."""
    if request.method != "POST":
        return []
    return [
        (name, text, " " in text.strip() or "\n" in text)
        for name, text in request.form.items(multi=True) if name not in SECRET and text
    ]  # fmt: skip


def strange_host(error: SecurityError) -> Any:
    """Asked under a name that is not ours: no page can be made, because no address of ours can be written."""
    words = "Máy chủ này không mang tên đó.\nThis server does not go by that name.\n"
    return make_response(words, 400, {"Content-Type": "text/plain; charset=utf-8"})


def unthinkable(error: Exception) -> Any:
    """A number or a letter that no column holds was typed into an address or a form: it names nothing here."""
    end_write()
    log.warning("no column holds it: %s at %s", type(error).__name__, request.endpoint)
    return page(404 if request.method == "GET" else 400)


def http(error: HTTPException) -> Any:
    """What the web itself refuses: no such page, too large, not allowed."""
    if error.code is not None and error.code < 400:
        return error
    response = page(error.code or 500, "")
    if "Allow" in dict(error.get_headers()):
        response.headers["Allow"] = dict(error.get_headers())["Allow"]
    return response


def unexpected(error: Exception) -> Any:
    """A fault of ours: a neutral page, the trace only in the log."""
    db.session.rollback()
    log.exception("unexpected error at %s", request.endpoint)
    return page(500, "")


PAGES_FOR: dict[type[Exception], Callable[[Any], Any]] = {
    Refusal: refused,
    StaleDataError: stale,
    CSRFError: forged,
    Busy: busy,
    OperationalError: busy,
    PoolTimeout: busy,
    DBAPIError: gone,
    OSError: no_room,
    SecurityError: strange_host,
    OverflowError: unthinkable,
    DataError: unthinkable,
    HTTPException: http,
    Exception: unexpected,
}


def refuse_crowd() -> Any:
    """A request that found no place in the queue: nothing is asked of anybody, it may come again in a moment."""
    return page(503, "", retry_after=LATER, kept=_kept()) if request.environ.get(REFUSED) else None


def handle(app: Flask) -> None:
    """Register the pages."""
    for error, view in PAGES_FOR.items():
        app.register_error_handler(error, view)
