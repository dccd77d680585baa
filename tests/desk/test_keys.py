"""The sheet of keys: exactly what keys.js handles, no more and no less; a page for whoever has no JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

from app.desk.keys import key_sheet
from app.desk.verbs import VERBS

from .conftest import Town

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (ROOT / "static" / "js" / "keys.js").read_text()


def handled() -> set[str]:
    """What keys.js does by itself (its table of moves, Ctrl+Enter, Enter on a link), and what stands in the pages for
    it to press: letters of templates, of forms and of verbs."""
    table = re.search(r"const moves = \{(.*?)\};", SCRIPT, re.S)
    assert table and 'event.key === "Enter" && (event.ctrlKey' in SCRIPT
    moves = set(re.findall(r'(?:^|,)\s*"?([a-z?])"?:', table[1]))
    pages = {
        letter for path in (ROOT / "templates").rglob("*.html")
        for letter in re.findall(r'data-key="([^"{]+)"', path.read_text())
    }  # fmt: skip
    forms = {
        letter for path in (ROOT / "app").rglob("*.py") for letter in re.findall(r'"data-key": "(.)"', path.read_text())
    }  # fmt: skip
    verbs = {verb.key.lower() for verb in VERBS.values() if verb.key}
    return moves | pages | forms | verbs | {"enter", "ctrl+enter"}


def test_the_sheet_lists_exactly_what_the_script_handles(town: Town) -> None:
    with town.app.test_request_context():
        listed = [key.lower() for key, _words in key_sheet()]
    assert len(listed) == len(set(listed)), "a key has two meanings"
    assert set(listed) == handled()


def test_the_sheet_is_a_page_too_and_says_when_the_keys_are_off(town: Town) -> None:
    officer = town.browser("officer")
    text = officer.get("/desk/keys").text
    assert "<kbd>X</kbd>" in text and "Phím tắt đang tắt." not in text
    assert 'href="/desk/keys" data-key-help' in officer.get("/desk/").text
    officer.post("/account/preferences", data={"language": "vi"})
    assert "Phím tắt đang tắt." in officer.get("/desk/keys").text
    assert town.browser("administrator").get("/desk/keys").status_code == 200
