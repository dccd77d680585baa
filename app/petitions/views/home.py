"""The front door: what can be done here, the kinds of petition, the language."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, session, url_for

from ...guards import public
from ..forms import CodeForm
from . import bp

LANGUAGES = ("vi", "en")


@bp.get("/")
@public
def home() -> Any:
    """What can be done here, in one breath."""
    return render_template("petitions/home.html", form=CodeForm(formdata=None))


@bp.get("/submit")
@public
def start() -> Any:
    """Which kind of petition it is, before anything is asked."""
    return render_template("petitions/start.html")


ROBOTS = "User-agent: *\nDisallow: /follow\nDisallow: /submit/\nDisallow: /link/\nDisallow: /desk\nDisallow: /admin\n"
"""What search engines are asked to leave alone; what they find nevertheless carries `noindex` (create_app)."""


@bp.get("/robots.txt")
@public
def robots() -> Any:
    """For search engines: the pages about nobody are theirs, all others not."""
    return Response(ROBOTS, mimetype="text/plain")


@bp.post("/language")
@public(late=True)
def language() -> Any:
    """Read on in the other language, on the page one came from."""
    chosen = request.form.get("lang", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
    return redirect(local_path(request.form.get("next", "")) or url_for("petitions.home"), 303)


def local_path(typed: str) -> str:
    """A path of this site, or nothing: no other host, no scheme, no backslash that a browser would read as a slash."""
    is_local = typed.startswith("/") and not typed.startswith("//")
    is_plain = "\\" not in typed and all(character.isprintable() for character in typed)
    return typed if is_local and is_plain else ""
