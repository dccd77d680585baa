"""The doors: exactly one guard on each view, which says who may enter. What may be done inside, the workflow says.

A guard also starts the write transaction of a changing request (POST), after the visitor is known and before the
view loads anything. `late=True` leaves that to the view (it calls extensions.begin_write() itself) where slow work,
such as hashing a password or cleaning a file, must not hold up other writers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import current_app, g, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from . import clock, open_doors
from .extensions import begin_write
from .refusals import NotAllowed
from .rules.workflow import N_, RESIDENT_NOBODY, Actor, Role

View = TypeVar("View", bound=Callable[..., Any])


def refuse_other_sites() -> None:
    """A form that another site makes a browser send changes nothing here, whatever token it brings.

    Browsers say where a request comes from (Sec-Fetch-Site; older ones Origin). Where neither is said the form's own
    token stands alone.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        is_ours = site in ("same-origin", "none")
    else:
        is_ours = origin is None or urlsplit(origin).netloc in (request.host, _own_host())
    if not is_ours:
        raise NotAllowed(N_("Biểu mẫu này gửi từ một trang khác. Mở trang ở đây rồi gửi lại."))


MOST_HEADERS = 100
"""No browser sends more, whatever stands between it and us."""


def refuse_many_headers() -> None:
    """A request with hundreds of headers was made to be a burden."""
    if len(request.headers) > MOST_HEADERS:
        raise BadRequest


FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data")


def limit_text() -> None:
    """Text is held in memory: only a form with files may be big. Asked before anything reads the form."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def refuse_strange_bodies() -> None:
    """Pages here send texts, and files under the one name `files`; whatever else comes was made by no page of ours."""
    if request.method == "POST" and (request.mimetype not in FORMS or set(request.files) - {"files"}):
        raise BadRequest


def _own_host() -> str:
    return urlsplit(str(current_app.config["BASE_URL"])).netloc


@dataclass(frozen=True)
class Guard:
    """What the architecture test and the permission matrix read off a view."""

    name: str
    roles: tuple[Role, ...] = ()


def _guarded(guard: Guard, enter: Callable[[], Any], late: bool) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            g.brings_new = request.method == "POST" and not _is_a_door()
            turned_away = enter()
            if turned_away is not None:
                return turned_away
            if request.method == "POST" and not late:
                begin_write()
            return view(*args, **kwargs)

        wrapper.guard = guard  # type: ignore[attr-defined]
        return wrapper  # type: ignore[return-value]

    return decorate


DOORS = ("petitions.door", "petitions.leave", "petitions.use_link", "petitions.language", "dialogues.booking_door")


def _is_a_door() -> bool:
    """Coming in, going out and one's own account: they write little, and go on where the disk takes nothing new."""
    return request.blueprint == "accounts" or request.endpoint in DOORS


def _anybody() -> None:
    g.actor = RESIDENT_NOBODY


def public(view: View | None = None, *, late: bool = False) -> Any:
    """Anybody may enter."""
    decorate = _guarded(Guard("public"), _anybody, late)
    return decorate(view) if view else decorate


def _resident() -> Any:
    """The browser in which a receipt code was given less than 20 idle minutes ago, for that one case."""
    found = open_doors.still_open(session.get("resident"))
    if found is None or found.case_id is None:
        session.pop("resident", None)
        return redirect(url_for("petitions.door"))
    g.actor = Actor(Role.RESIDENT, case_id=found.case_id)
    return None


def admit_resident(case_id: int, *, goes_on: bool = False) -> None:
    """Open the door of one case in this browser; whatever the session held before is dropped. The caller commits.

    `goes_on`: from one case of the own family to another; the hours since the code was given keep counting.
    """
    before = session.get("resident")
    kept = {key: session[key] for key in ("language", "receipt") if key in session}
    session.clear()
    session.update(kept)
    session["resident"] = open_doors.open_door(
        clock.now(), case_id=case_id, instead_of=before if isinstance(before, str) else "", goes_on=goes_on
    )


def resident(view: View | None = None, *, late: bool = False) -> Any:
    """Whoever opened one case with its receipt code."""
    decorate = _guarded(Guard("resident", (Role.RESIDENT,)), _resident, late)
    return decorate(view) if view else decorate


def admit_booker(booking_id: int) -> None:
    """Open one booking in this browser, beside whatever else is open. The caller commits."""
    before = session.get("booking")
    session["booking"] = open_doors.open_door(
        clock.now(), booking_id=booking_id, instead_of=before if isinstance(before, str) else ""
    )


def _booker() -> Any:
    """The browser in which the code of a booking was given less than 20 idle minutes ago, for that one booking."""
    found = open_doors.still_open(session.get("booking"))
    if found is None or found.booking_id is None:
        session.pop("booking", None)
        return redirect(url_for("dialogues.booking_door"))
    g.actor = Actor(Role.RESIDENT, booking_id=found.booking_id)
    return None


def booker(view: View | None = None, *, late: bool = False) -> Any:
    """Whoever opened one booking with its code."""
    decorate = _guarded(Guard("booker", (Role.RESIDENT,)), _booker, late)
    return decorate(view) if view else decorate


def _official() -> Any:
    if not current_user.is_authenticated:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
        return redirect(url_for("accounts.sign_in", next=wanted or None))
    g.actor = current_user.actor(clock.today())
    if current_user.must_change_password and request.endpoint not in ("accounts.me", "accounts.sign_out"):
        return redirect(url_for("accounts.me"))
    if current_user.must_enrol and not current_user.must_change_password and request.endpoint not in ENROLMENT:
        return redirect(url_for("accounts.second_factor"))
    return None


ENROLMENT = ("accounts.second_factor", "accounts.second_factor_qr", "accounts.sign_out")
"""What an official without the second factor reaches where it is required."""


def signed_in(view: View | None = None, *, late: bool = False) -> Any:
    """Any official who is signed in."""
    decorate = _guarded(Guard("signed_in"), _official, late)
    return decorate(view) if view else decorate


def role(*roles: Role, late: bool = False) -> Callable[[View], View]:
    """Officials who hold one of these roles today."""

    def enter() -> Any:
        turned_away = _official()
        if turned_away is not None:
            return turned_away
        if not any(post.role in roles for post in g.actor.posts):
            raise NotAllowed(N_("Trang này dành cho vai trò khác."))
        return None

    return _guarded(Guard("role", tuple(roles)), enter, late)
