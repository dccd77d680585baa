"""One authorisation: who sees what is decided in rules/visibility and its SQL twins, and nowhere else (checks 12, 13).

A module that compares an actor's role, or asks whether one unit's path begins with another's, decides by itself who
sees what. Only those named here do, each for a reason that is not sight.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
HERE = {
    "rules/visibility": "where it is decided",
    "cases/visible.py": "the SQL twin of cases",
    "dialogues/queries/visible.py": "the SQL twin of receptions, sessions, calls and promises",
    "rules/workflow": "who may do a verb",
    "rules/dialogues/permission.py": "who may do a verb",
    "guards.py": "who may pass a door",
    "accounts/actions.py": "which posts one person may hold",
    "accounts/two_person.py": "which changes need a second administrator",
    "cases/actions/sealed.py": "who may be named to handle a denunciation",
    "desk/house.py": "who takes over the work of somebody who leaves",
    "dialogues/actions/bookings.py": "whether a resident or the desk books",
    "dialogues/actions/questions.py": "whether a resident or the desk asks",
    "journal/record.py": "whom an event tells",
    "letters/morning.py": "which page a letter leads to",
    "reports/heard/facts.py": "whether the head received in person",
    "demo": "plays a town",
}
THINGS = {"one", "a", "Post", "Notice", "notice", "event", "EVENT"}
"""What else has a role: attendees of a session, rows of the table of posts, whom a letter or an event was meant for."""


def decisions(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, source) wherever roles are compared or collected, or a path is asked for its beginning."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from ((node.lineno, ast.unparse(node)) for side in (node.left, *node.comparators) if _is_role(side))
        elif isinstance(node, (ast.SetComp, ast.ListComp, ast.GeneratorExp)) and _runs_over_posts(node):
            yield from ((node.lineno, ast.unparse(node)) for part in ast.walk(node.elt) if _is_role(part))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "startswith":
            said = [ast.unparse(node.func.value), *map(ast.unparse, node.args)]
            if any(re.search(r"(?<!Unit\.)\b(unit_|denounced_)?path$", text) for text in said):
                yield node.lineno, ast.unparse(node)


def _is_role(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "role" and ast.unparse(node.value) not in THINGS


def _runs_over_posts(node: ast.SetComp | ast.ListComp | ast.GeneratorExp) -> bool:
    return any(isinstance(loop.iter, ast.Attribute) and loop.iter.attr == "posts" for loop in node.generators)


def is_let(path: Path) -> bool:
    """Whether the module is one of those that may."""
    name = str(path.relative_to(APP))
    return any(name == one or name.startswith(f"{one}/") for one in HERE)


FILES = [path for path in sorted(APP.rglob("*.py")) if not is_let(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(APP)))
def test_no_module_decides_by_itself_who_sees_what(path: Path) -> None:
    if path.relative_to(APP) == Path("units/queries.py"):
        return  # inside(): the SQL of "in this subtree", of paths given to it
    found = [f"{path}:{line} {text}" for line, text in decisions(ast.parse(path.read_text()))]
    assert not found, "ask rules.visibility (posts.py holds the helpers):\n" + "\n".join(found)


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda p: p.name)
def test_no_template_decides_by_itself_who_sees_what(path: Path) -> None:
    text = path.read_text()
    found = re.findall(r"\b(?!one\b)\w+\.role\s*(?:==|!=|in\b|not in\b)|_path\b[^%}]*startswith", text)
    assert not found, f"{path}: {found}"


@pytest.mark.parametrize(("code", "is_found"), [
    ("any(post.role == Role.HEAD for post in actor.posts)", True), ("{p.role for p in actor.posts}", True),
    ("actor.role in (1, 2)", True), ("case.unit_path.startswith(post.unit_path)", True),
    ("unit.path.startswith(other.path)", True), ("one.role in INVITED", False), ("Post.role == 'head'", False),
    ("name.startswith('KN')", False), ("Unit.path.startswith(path)", True),
])  # fmt: skip
def test_the_test_itself_knows_a_decision_when_it_reads_one(code: str, is_found: bool) -> None:
    assert bool(list(decisions(ast.parse(code)))) is is_found
