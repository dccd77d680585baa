"""Nothing that can be typed into an address or a form brings the server down: never a 500, on either engine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import clock
from tests.conftest import both_engines
from tests.matrix import world as making
from tests.matrix.doors import address, doors
from tests.matrix.stories import NOW, THE_CASE
from tests.matrix.test_acts import ACTS, form
from tests.matrix.world import World

NUL = "a\u0000b"
SQL = ("'", '"', "' OR 1=1 --", "'; DROP TABLE event; --", "%", "_", "\\", "a' UNION SELECT 1,2,3--", "*", '"*',
       "NEAR(", "a AND", "(", ")", "^", "a:b", "-a", "col:x", "&", "|", "!", "<->", "a & | b", ":*", NUL)  # fmt: skip
"""What means something to one of the two databases, in plain words or in full-text queries."""
ODD = ("-1", "9" * 19, "9" * 30, "9" * 5000, NUL, "\udcff", "x" * 5000, "2026-02-30", "0001-01-01", "9999-12-31",
       "\r\nSet-Cookie: a=b", "'")  # fmt: skip
FOR_POSTGRESQL = ("9" * 19, NUL, "'", "2026-02-30")
"""Those that reach the other database in another way; the rest never gets so far."""
QUERIES = {
    "desk.queue": "view q kind category commune status page", "desk.search": "q kind category commune status page",
    "desk.case": "view", "reports.unit": "from to kind below sort level", "reports.csv": "from to kind below",
    "reports.official_forms": "year window",
    "reports.official_form": "year window", "reports.official_cases": "year window column row page",
    "reports.cases": "figure category from to kind below page", "reports.journal": "action reference before",
    "letters.dead": "page", "accounts.officials": "q unit page", "accounts.sign_in": "next",
    "accounts.deputies": "unit", "units.calendar": "year", "units.settings": "unit",
    "units.working_days": "year", "house.leave": "do post",
    "petitions.door": "left", "petitions.home": "lang",
}  # fmt: skip
"""What each page reads from its address."""
WHO = ("anonymous", "resident", "officer@unit", "head@unit", "inspector@parent", "administrator@parent")
DOORS = doors()


@pytest.fixture
def town(app: Flask) -> Iterator[World]:
    """A whole world on the engine asked for, at its own hour."""
    with clock.fixed(NOW):
        yield making.make(app, Path(app.config["DATA_DIR"]))


def who_may(method: str, endpoint: str) -> str:
    """Somebody whom that door lets in, or nobody in particular."""
    cells = DOORS[method, endpoint]
    inside = [who for who in WHO if cells[who] in ("200", "303", "422", "409", "400")]
    return inside[0] if inside else "anonymous"


def endpoints(method: str) -> list[str]:
    return sorted({endpoint for asked, endpoint in DOORS if asked == method})


def fallen(town: World, who: str, method: str, url: str, about: Any = "", **more: Any) -> list[str]:
    """One knock; what to say if the server fell over."""
    try:
        status = town.ask(who, method, url, **more).status_code
    except Exception as error:
        return [f"{who} {method} {url[:60]} {about!r:.60}: {error!r:.200}"]
    return [f"{who} {method} {url[:60]} {about!r:.60}: {status}"] if status >= 500 else []


def _odd(town: World) -> tuple[str, ...]:
    return ODD if town.file.exists() else FOR_POSTGRESQL


@both_engines
def test_no_odd_query_brings_the_server_down(town: World) -> None:
    wrong: list[str] = []
    for endpoint, names in QUERIES.items():
        url, _, usual = address(town, endpoint).partition("?")
        kept = dict(part.split("=") for part in usual.split("&") if part)
        for name in names.split():
            odd_ones = (*_odd(town), *(SQL if name in ("q", "sort") else ()))
            for odd in odd_ones:
                query = {**kept, name: odd.encode("utf-8", "surrogateescape")}
                wrong += fallen(town, who_may("GET", endpoint), "GET", url, f"{name}={odd}", query_string=query)
    assert not wrong, "\n".join(wrong)


@both_engines
def test_no_odd_address_brings_the_server_down(town: World) -> None:
    wrong: list[str] = []
    odd_ones: tuple[str, ...] = ("9" * 19, "%00")
    if town.file.exists():
        odd_ones += ("0", "9" * 30, "9" * 5000, "%ff", "'", "..%2f..%2fetc", "x" * 3000, "%0d%0aa:b")
    with town.app.app_context():
        rules = [rule for rule in town.app.url_map.iter_rules() if rule.arguments]
    for rule in rules:
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for odd in odd_ones:
                parts = [odd if is_changing else text for is_changing, text in rule._trace]
                url = "".join(parts).replace("|", "", 1)
                wrong += fallen(town, who_may(method, _named(method, rule.endpoint)), method, url, odd)
    assert not wrong, "\n".join(wrong)


def _named(method: str, endpoint: str) -> str:
    return next(name for name in endpoints(method) if name.partition(":")[0] == endpoint)


NAMES = """
text reason outcome version password officer unit ground reference signed_on is_complex category commune place
deadline_variant is_public kind title body against known_on request channel name phone email address token step
go remove returning code level reasons account current new again which language has_keys deputy from_on to_on
document role do post on year successor takes_people name_vi short_vi name_en short_en parent area_code
valid_from handling_level kinds is_active web_complaint_counts intake_unit reopen_days answer_window_days of
own-unit own-reopen_days digest_time checked statement lang next agree is_new latitude longitude
large_group report_window_day report_window_month
"""
"""Every name that some form sends."""
FIELDS = NAMES.split()


def bodies(is_short: bool) -> dict[str, dict[str, Any]]:
    """Bodies that no page of ours sends; the short list holds those that may reach the database."""
    plain = "application/x-www-form-urlencoded"
    filled = {repr(odd[:20]): {"data": "&".join(f"{name}={odd}" for name in FIELDS).encode(), "content_type": plain}
              for odd in ("9" * 30, "%00", "'", *(() if is_short else ("%FF%FE", "-1", "x" * 3000)))}  # fmt: skip
    return filled if is_short else filled | {
        "nothing": {},
        "noise": {"data": bytes(range(256)), "content_type": plain},
        "no boundary": {"data": b"--x\r\n", "content_type": "multipart/form-data"},
        "cut off": {"data": b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc',
                    "content_type": "multipart/form-data; boundary=x"},
        "json": {"data": b'{"text": [1, {"a": null}]}', "content_type": "application/json"},
        "a file for a text": {"data": {"text": (io.BytesIO(b"\xff\xd8"), "a.jpg"), "files": "no file"}},
        "twice": {"data": {name: ["1", "2"] for name in FIELDS}},
    }  # fmt: skip


@both_engines
def test_no_odd_form_brings_the_server_down(town: World) -> None:
    wrong: list[str] = []
    for endpoint in endpoints("POST"):
        url, who = address(town, endpoint), who_may("POST", endpoint)
        for about, body in bodies(is_short=not town.file.exists()).items():
            wrong += fallen(town, who, "POST", url, about, **body)
            making.sign_in_again(town)
    assert not wrong, "\n".join(wrong)


@both_engines
def test_no_verb_falls_over_a_text_the_database_cannot_hold(town: World) -> None:
    letters = {"c": "clerk@unit", "o": "officer@unit", "x": "colleague@unit", "h": "head@unit"}
    wrong: list[str] = []
    for action, cells in ACTS.items():
        done = [(stage, letters[cell[-1]]) for stage, cell in cells.items() if cell != "."]
        stage, who = done[0] if done else (THE_CASE, "head@unit")
        for odd in (NUL, "9" * 30, "\u202e<b>"):
            sent = {name: odd if isinstance(value, str) else value for name, value in form(town, action, stage).items()}
            url = f"/desk/cases/{town.cases[stage][1]}/{action}"
            wrong += fallen(town, who, "POST", url, odd, data=sent)
            wrong += fallen(town, who, "POST", url, odd, data={**form(town, action, stage), "version": odd})
    for action, field in (("reply", "text"), ("reopen", "reason"), ("withdraw", "reason"), ("rate", "text")):
        wrong += fallen(town, "resident", "POST", f"/follow/case/{action}", NUL, data={field: NUL, "level": "5"})
    assert not wrong, "\n".join(wrong)
    assert town.cases[THE_CASE]
