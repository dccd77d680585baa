"""Gần Dân: create_app() is the only wiring."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request, session

from . import clock, compress, config, errors, extensions, guards, logs, overload, slow
from .schema import gate

PAGES = ("dialogues.views", "petitions.views", "accounts.views", "units.views", "desk.views", "desk.house_views",
         "desk.second_views", "reports.views", "letters.views", "health.views")  # fmt: skip
"""Where pages are, each a module or package with a blueprint `bp`."""
TABLES = ("journal", "units", "accounts", "attachments", "documents", "cases", "dialogues", "desk", "reports")
"""Rooms with tables: all are known before the first query and to every migration."""

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
STILL = "sandbox; default-src 'none'"
"""The policy of a file that is saved: even opened, it may run, load and show nothing."""
INDEXED = frozenset({
    "petitions.home", "petitions.start", "petitions.trust", "petitions.robots", "reports.formulas",
    "dialogues.reception", "dialogues.sessions", "dialogues.session", "dialogues.promises",
    "dialogues.published_promise", "dialogues.conference",
})  # fmt: skip
"""The pages that search engines may keep: about no case and nobody. Every other is `noindex`."""
LANGUAGES = ("vi", "en")


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """The application. `settings` stand over the environment (tests)."""
    app = Flask(__name__, template_folder="../templates", static_folder="../static")
    app.config.update(config.settings() if settings is None else settings)
    if settings is None:
        logs.configure(app.config)
    app.config["LOST_KEY"] = gate.look(app.config)
    clock.set_zone(str(app.config["TIME_ZONE"]))
    _read_the_law()
    extensions.babel.init_app(app, locale_selector=language)
    logs.register(app)
    app.before_request(errors.refuse_crowd)
    app.before_request(guards.refuse_many_headers)
    app.before_request(guards.limit_text)
    extensions.bind(app)
    for room in TABLES:
        import_module(f".{room}.models", __name__)
    _behind_proxy(app)
    _furnish(app)
    for pages in PAGES:
        app.register_blueprint(import_module(f".{pages}", __name__).bp)
    errors.handle(app)
    import_module(".cli", __name__).register(app)
    compress.register(app)
    app.before_request(guards.refuse_other_sites)
    app.before_request(guards.refuse_strange_bodies)
    app.after_request(_headers)
    app.teardown_request(lambda _error: extensions.end_write())
    return app


def language() -> str:
    """The language of this request: chosen, else the official's own, else the browser's if offered, else Vietnamese."""
    from flask_login import current_user

    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    if current_user and current_user.is_authenticated:
        return str(current_user.language)
    return "vi"


def _read_the_law() -> None:
    """Deadlines and forms of papers; an error in either file stops the start-up."""
    import_module(".documents.paper_forms", __name__)
    from .cases.recount import count_moved
    from .rules.deadlines import load_rules
    from .units import calendar

    calendar.use(load_rules(Path(__file__).parent / "rules" / "data" / "deadlines.toml"), count_moved)


def _behind_proxy(app: Flask) -> None:
    """Around the app from the inside out: the proxy's word, a place in the queue, a body that is whole."""
    hops = int(app.config.get("PROXY_HOPS", 0))
    if hops:
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    largest = app.config["MAX_CONTENT_LENGTH"], app.config["MAX_FORM_MEMORY_SIZE"]
    app.wsgi_app = slow.WholeBody(overload.Overload(app.wsgi_app), *largest)  # type: ignore[method-assign]


@cache
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def _furnish(app: Flask) -> None:
    """What templates may use: asset(), government, words and dates as the town writes them."""
    from . import words
    from .desk.keys import key_sheet
    from .desk.ways import may_search, ways
    from .units.queries import government

    @app.template_global()
    def asset(name: str) -> str:
        return _address(request.script_root, name)

    @cache
    def _address(root: str, name: str) -> str:
        here = app.url_map.bind("", script_name=root or "/")  # also where a request came under no name of ours
        return here.build("static", {"filename": name, "v": _fingerprint(Path(str(app.static_folder)) / name)})

    @app.context_processor
    def about() -> dict[str, Any]:
        if "government" not in g:
            g.government = words.Government(government(), language())
        return {"government": g.government, "ways": ways, "may_search": may_search, "key_sheet": key_sheet,
                "lang": language()}  # fmt: skip

    words.register(app)


def _headers(response: Response) -> Response:
    headers = response.headers
    is_saved = headers.get("Content-Disposition", "").startswith("attachment")
    headers.setdefault("Content-Security-Policy", STILL if is_saved else CSP)
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Referrer-Policy", "same-origin")
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self)"
    headers["X-Frame-Options"] = "DENY"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint == "static" and response.status_code < 400:  # a file that is missing now may come later
        headers["Cache-Control"] = "public, max-age=31536000, immutable" if request.args.get("v") else "no-cache"
    else:
        headers.setdefault("Cache-Control", "no-store")
        if request.endpoint not in INDEXED:
            headers["X-Robots-Tag"] = "noindex, nofollow"
        headers["Vary"] = "Cookie"
    return response
