"""The house rules as tests: imports look left, rules are pure, each view has one guard, only views commit."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import words
from app.rules.workflow import STEPS, Action, Role

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
LINE = [
    "rules",
    "clock",
    "config",
    "keys",
    "sealing",
    "meters",
    "turns",
    "space",
    "beside",
    "refusals",
    "logs",
    "overload",
    "slow",
    "extensions",
    "open_doors",
    "guards",
    "words",
    "journal",
    "units",
    "accounts",
    "attachments",
    "documents",
    "cases",
    "dialogues",
    "keeping",
    "petitions",
    "desk",
    "reports",
    "letters",
    "portal",
    "programme",
    "demo",
    "imports",
    "schema",
    "backup",
    "health",
    "inspection",
    "worker",
    "compress",
    "denials",
    "errors",
    "cli",
    "__init__",
    "listen",
    "serve",
]
"""Imports only look left along this line."""
PAGES = {"views", "forms"}
FILES = sorted(p for p in APP.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def room_of(path: Path) -> str:
    """The room (or single file) of the house that a source file belongs to."""
    first = path.relative_to(APP).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, absolute module) of every import in a file, those inside functions too."""
    package = ("app", *path.relative_to(APP).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            stem = ".".join(filter(None, [*_above(package, node.level), node.module]))
            yield from ((node.lineno, f"{stem}.{alias.name}") for alias in node.names)


def _above(package: tuple[str, ...], level: int) -> tuple[str, ...]:
    """The package that a relative import of that level starts from; () for an absolute one."""
    return package[: len(package) - level] if level else ()


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(APP)))
def test_imports_look_left(path: Path) -> None:
    here = room_of(path)
    for line, module in imports(path):
        parts = module.split(".")
        if parts[0] != "app" or len(parts) < 2:
            continue
        there = "__init__" if parts[1] == "create_app" else parts[1]
        assert there in LINE, f"{path}:{line} imports {module}: give the room {there} a place in LINE"
        assert LINE.index(there) <= LINE.index(here), (
            f"{path}:{line} {here} may not import {module}: it lies to the right"
        )
        if there != here:
            pages = {p.split(".")[0] for p in parts[2:3]} & PAGES
            is_wiring = here == "__init__" or path.name == "house_views.py"  # pages of accounts that need cases
            assert not pages or is_wiring, f"{path}:{line} imports another room's {pages}: {module}"


@pytest.mark.parametrize("path", sorted((APP / "rules").rglob("*.py")), ids=lambda p: p.name)
def test_rules_use_the_standard_library_only(path: Path) -> None:
    for line, module in imports(path):
        first = module.split(".")[0]
        assert module.startswith("app.rules") or first in sys.stdlib_module_names, f"{path}:{line} {module}"


def test_every_view_has_exactly_one_guard(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        if endpoint == "static":
            continue
        assert hasattr(view, "guard"), f"{endpoint}: put @public, @resident, @signed_in or @role(...) under @bp.route"
        inner = getattr(view, "__wrapped__", None)
        assert not hasattr(inner, "guard"), f"{endpoint} has two guards"


COMMITTERS = {"cli", "worker", "denials", "open_doors", "serve", "demo", "imports", "guards", "extensions", "letters"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(APP)))
def test_only_views_and_commands_commit(path: Path) -> None:
    if room_of(path) in COMMITTERS or "views" in str(path) or path.name == "door.py":
        return
    assert "session.commit()" not in path.read_text(), f"{path} commits: leave that to the view or command"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(APP)))
def test_nothing_below_the_views_knows_the_request_or_reads_the_clock(path: Path) -> None:
    below = ("actions", "queries", "models", "rules")
    if "views" in path.parts or not (path.stem in below or path.parent.name in below):
        return
    for line, module in imports(path):
        assert module not in ("flask.request", "flask.session", "flask.g", "flask_login.current_user"), f"{path}:{line}"
    for call in ("clock.now()", "clock.today()", "datetime.now(", "date.today("):
        assert call not in path.read_text(), f"{path} reads the clock: take `now` as an argument"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(APP)))
def test_files_and_functions_stay_small(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert len(path.read_text().splitlines()) <= 300, f"{path} outgrew its name: make it a folder, split by phase"
    assert ast.get_docstring(tree) or not tree.body, f"{path} has no docstring"
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or 0) - node.lineno
            assert length <= 45, f"{path}:{node.lineno} {node.name} is {length} lines long"


def test_every_action_has_its_button_its_timeline_line_and_its_letters() -> None:
    for step in STEPS:
        assert step.action in words.VERBS, f"{step.action} has no button"
        assert step.action in words.HAPPENED, f"{step.action} has no timeline line"
        if Role.RESIDENT in step.tells:
            for language in ("vi", "en"):
                letter = ROOT / "templates" / "letters" / language / f"{step.action}_resident.txt"
                assert letter.exists(), f"{step.action} tells the resident: {letter.name} is missing in {language}"
    assert {step.action for step in STEPS} <= set(Action)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_templates_hold_no_inline_script_or_style_and_trust_nothing(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=", text), f"{path}: no style attribute (content security policy)"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), f"{path}: no inline script"
    assert not re.search(r"\son[a-z]+=\"", text), f"{path}: no on* handler"
    assert not re.search(r"\|\s*safe\b|autoescape false", text), f"{path}: never switch escaping off"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_every_page_has_a_title(path: Path) -> None:
    if path.name.startswith("_") or path.parent.name in ("_macros", "errors"):
        return
    text = path.read_text()
    if found := re.search(r'{% extends "([^"]+)" %}', text):
        frame = ROOT / "templates" / found[1]
        own = text + (frame.read_text() if frame.parent.name == "reports" else "")
        assert "{% block title %}" in own, f"{path} has no title"


def test_addresses_are_kebab_case(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        plain = re.sub(r"<[^>]+>", "", rule.rule)
        if rule.endpoint != "static":
            assert re.fullmatch(r"[a-z0-9/.\-]*", plain), f"{rule.rule} is not kebab-case"


def test_a_get_never_changes_what_only_a_post_may(app: Flask) -> None:
    changing = re.compile(r"(sign-out|withdraw|rate|reopen|reply|language)$")
    for rule in app.url_map.iter_rules():
        if changing.search(rule.rule) and rule.endpoint not in ("petitions.withdraw",):
            assert "GET" not in (rule.methods or set()), f"{rule.rule} answers GET"
