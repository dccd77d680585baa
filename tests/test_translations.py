"""Every word on the pages has its English, and the compiled catalogue is the one in the text file."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "app" / "translations"
ENGLISH = CATALOGUES / "en" / "LC_MESSAGES" / "messages.po"
HINT = "run make translations and fill in the English"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}")
VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
NAMES = ("Tày", "Nùng", "H'Mông", "Mường", "Lũng Đính", "QĐ-UBND")
"""Proper names and document signs stay as they are in English."""


def ids_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@pytest.fixture(scope="module")
def source() -> Catalog:
    """What the code and the templates say now, read the way `make translations` reads it."""
    with (CATALOGUES / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "_l": None, "N_": None}
    found = Catalog()
    for folder in ("app", "templates"):
        inside = [(pattern.removeprefix(f"{folder}/"), how) for pattern, how in methods if pattern.startswith(folder)]
        given = {pattern.removeprefix(f"{folder}/"): value for pattern, value in options.items()}
        rows = extract_from_dir(ROOT / folder, inside, given, keywords, directory_filter=lambda path: True)
        for name, line, message, _comments, context in rows:
            found.add(message, locations=[(f"{folder}/{name}", line)], context=context)
    return found


@pytest.fixture(scope="module")
def english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def test_every_string_of_the_pages_stands_in_the_english_catalogue(source: Catalog, english: Catalog) -> None:
    missing = [f"{m.locations[0]}: {m.id}" for m in source if m.id and not english.get(m.id, m.context)]
    assert not missing, f"{HINT}: {missing}"


def test_no_english_string_is_left_over_from_an_older_page(source: Catalog, english: Catalog) -> None:
    assert not english.obsolete
    assert not [m.id for m in english if m.id and not source.get(m.id, m.context)]


def test_no_english_string_is_empty_or_a_guess(english: Catalog) -> None:
    words = [m for m in english if m.id]
    assert len(words) > 1000
    assert not [m.id for m in words if not all(strings_of(m))], HINT
    assert not [m.id for m in words if m.fuzzy]
    assert not [m.id for m in words if len(ids_of(m)) != len(strings_of(m))]


def test_both_languages_fill_in_the_same_values(english: Catalog) -> None:
    def values(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    pairs = [(i, s) for m in english if m.id for i, s in zip(ids_of(m), strings_of(m), strict=True)]
    assert not [(i, s) for i, s in pairs if values(i) != values(s)]


def test_no_english_string_breaks_the_format_of_its_original(english: Catalog) -> None:
    """The checks `pybabel compile` makes: it would leave such a string out with only a line on the screen."""
    assert not [(m.id, errors) for m, errors in english.check()]


def test_english_strings_hold_no_vietnamese_words(english: Catalog) -> None:
    def bare(text: str) -> str:
        for name in NAMES:
            text = text.replace(name, "")
        return text

    assert not [s for m in english if m.id for s in strings_of(m) if VIETNAMESE.search(bare(s))]


def test_english_strings_begin_and_end_as_the_vietnamese_do(english: Catalog) -> None:
    """A missing full stop or a lost space runs two sentences into each other."""

    def edges(text: str) -> tuple[bool, bool, str]:
        return text[:1] == " ", text[-1:] == " ", text[-1] if text[-1] in ".:…" else ""

    pairs = [(i, s) for m in english if m.id for i, s in zip(ids_of(m), strings_of(m), strict=True)]
    assert not [(i, s) for i, s in pairs if edges(i) != edges(s)]


def test_the_compiled_catalogue_is_up_to_date(english: Catalog) -> None:
    fresh = io.BytesIO()
    write_mo(fresh, english)
    fresh.seek(0)
    with ENGLISH.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)

    def messages(catalogue: Catalog) -> dict[tuple[str | None, ...], tuple[str, ...]]:
        return {(m.context, *ids_of(m)): strings_of(m) for m in catalogue if m.id}

    assert messages(compiled) == messages(read_mo(fresh)), "run make translations"


def test_a_word_fixed_in_a_template_follows_the_reader(app: Flask) -> None:
    # Jinja computes what it can while it compiles; the language of whoever came first must not stay in the page.
    with app.test_request_context():
        template = app.jinja_env.from_string('{{ "promise"|word("verb") }} {{ 1.5|number(1) }}')
    said = []
    for language in ("vi", "en", "vi"):
        with app.test_request_context(), force_locale(language):
            said.append(template.render())
    assert said == ["Ghi cam kết 1,5", "Record a commitment 1.5", "Ghi cam kết 1,5"]
