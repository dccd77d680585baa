"""Reads the forms file as a whole and refuses it with the form's id and the reason: a paper with a hole in it would
leave the house with the town's signature."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..rules.workflow import BY_PAPER, STEPS, Action, Kind, Role
from .render import ROOT
from .table import OFFICE, PLACES, RESIDENT, Field, Form, FormsError, Phrase
from .wording import DATES, PLACEHOLDER, PLACEHOLDERS, TEXTS

FORMS_FILE = Path(__file__).parent / "data" / "forms.toml"
LAYOUTS = ("decision", "notice", "letter", "slip", "minutes", "conclusion")
SLOTS = ("basis", "addressee", "opening", "order", "closing", "recipients", "signatures")
TITLES = ("title_vi", "title_en", "heading_vi", "heading_en", "subject_vi", "subject_en")
FORM_KEYS = {*SLOTS, *TITLES, "id", "action", "kinds", "instances", "numbering", "layout", "approvers", "shown_to",
             "field"}  # fmt: skip
FIELD_TEXTS = ("id", "label_vi", "label_en", "default_vi", "default_en", "hint_vi", "hint_en", "basis", "place")
FIELD_KEYS = {*FIELD_TEXTS, "rows", "is_required"}
IDENTITY = ("name", "address", "phone", "sender_at", "body", "title", "request", "commune", "against", "known_on",
            "submitted_on", "registered_on")  # fmt: skip
"""Placeholders that no form for denunciations alone may ask for."""


def load_forms(path_or_text: Path | str = FORMS_FILE) -> dict[str, Form]:
    """The forms by id, of a file or of its text; FormsError names the form and what is wrong with it."""
    data = _parsed(path_or_text)
    phrases = {name: _phrase(raw, {}, f"phrase {name}") for name, raw in data.get("phrase", {}).items()}
    forms = [_form(raw, number, phrases) for number, raw in enumerate(data.get("form", []), 1)]
    _need(forms, "file: no forms")
    for form_id, times in Counter(form.id for form in forms).items():
        _need(times == 1, f"form {form_id}: this id is used twice")
    _every_deed_has_a_paper(forms)
    return {form.id: form for form in forms}


def _parsed(path_or_text: Path | str) -> dict[str, Any]:
    try:
        text = path_or_text.read_text("utf-8") if isinstance(path_or_text, Path) else path_or_text
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FormsError(f"file: {error}") from error
    _only(data, {"phrase", "form"}, "file")
    return data


def _form(raw: Mapping[str, Any], number: int, phrases: Mapping[str, Phrase]) -> Form:
    name = f"form {raw.get('id') or f'number {number}'}"
    _only(raw, FORM_KEYS, name)
    for key in ("id", "action", "kinds", "numbering", "layout", "shown_to", "field", *TITLES[:4]):
        _need(raw.get(key), f"{name}: {key} is empty")
    for key in TITLES:
        _need(isinstance(raw.get(key, ""), str), f"{name}: {key} is not text")
        _check_placeholders(raw.get(key, ""), f"{name}: {key}")
    slots: dict[str, Any] = {slot: _slot(raw.get(slot, []), phrases, f"{name}: {slot}") for slot in SLOTS}
    form = Form(
        id=str(raw["id"]), action=_one(Action, raw["action"], name), numbering=str(raw["numbering"]),
        kinds=frozenset(_some(Kind, raw["kinds"], name)), instances=frozenset(raw.get("instances", [1, 2])),
        layout=str(raw["layout"]), shown_to=str(raw["shown_to"]),
        approvers=tuple(_some(Role, raw.get("approvers", ["head"]), name)),
        fields=tuple(_field(item, name) for item in raw["field"]),
        **{key: raw.get(key, "") for key in TITLES}, **slots,
    )  # fmt: skip
    _check_form(form, name)
    return form


def _check_form(form: Form, name: str) -> None:
    """What can only be judged with all parts of the form at hand."""
    _need(re.fullmatch(r"[a-z][a-z0-9_]{1,39}", form.id), f"{name}: the id is not a short word")
    _need(form.action in BY_PAPER, f"{name}: {form.action} needs no paper")
    _need(form.instances and form.instances <= {1, 2}, f"{name}: instances are 1, 2 or both")
    _need(re.fullmatch(r"[^\W\d_]{1,6}", form.numbering), f"{name}: numbering {form.numbering!r} is no abbreviation")
    _need(form.layout in LAYOUTS and (ROOT / f"{form.layout}.typ").exists(), f"{name}: no layout {form.layout!r}")
    _need(form.shown_to in (RESIDENT, OFFICE), f"{name}: shown_to {form.shown_to!r} is unknown")
    for kind in sorted(form.kinds):
        step = any(step.action == form.action and kind in step.kinds for step in STEPS)
        _need(step, f"{name}: a {kind} knows no step {form.action}")
    for field_id, times in Counter(field.id for field in form.fields).items():
        _need(times == 1, f"{name}: field {field_id} is there twice")
    _check_languages(form, name)
    if form.kinds == {Kind.DENUNCIATION}:
        _need(form.shown_to == OFFICE, f"{name}: a denunciation's papers are not shown to residents")
        for text in _texts(form):
            asked = set(PLACEHOLDER.findall(text)) & set(IDENTITY)
            _need(not asked, f"{name}: {', '.join(sorted(asked))} could point at the denouncer")


def _check_languages(form: Form, name: str) -> None:
    """Papers that residents read may be printed with their English beneath: every phrase must have it."""
    if form.shown_to != RESIDENT:
        return
    for slot in SLOTS:
        for phrase in getattr(form, slot):
            _need(phrase.en, f"{name}: {slot} has no English: {phrase.vi[:40]!r}")
    for field in form.fields:
        _need(bool(field.default_vi) == bool(field.default_en), f"{name}: field {field.id}: default in one language")
    _need(bool(form.subject_vi) == bool(form.subject_en), f"{name}: subject in one language")


def _texts(form: Form) -> Iterable[str]:
    yield from (form.title_vi, form.heading_vi, form.subject_vi)
    yield from (phrase.vi for slot in SLOTS for phrase in getattr(form, slot))
    yield from (field.default_vi for field in form.fields)


def _field(raw: Mapping[str, Any], form: str) -> Field:
    name = f"{form}: field {raw.get('id') or '?'}"
    _only(raw, FIELD_KEYS, name)
    for key in ("id", "label_vi", "label_en"):
        _need(raw.get(key), f"{name}: {key} is empty")
    for key in FIELD_TEXTS:
        _need(isinstance(raw.get(key, ""), str), f"{name}: {key} is not text")
        _check_placeholders(raw.get(key, ""), f"{name}: {key}")
    _need(re.fullmatch(r"[a-z][a-z_]*", raw["id"]), f"{name}: the id is not a short word")
    _need(isinstance(raw.get("is_required", True), bool), f"{name}: is_required is neither true nor false")
    _need(type(raw.get("rows", 4)) is int and 1 <= raw.get("rows", 4) <= 30, f"{name}: rows must be 1 to 30")
    _need(raw.get("place", "section") in PLACES, f"{name}: place {raw.get('place')!r} is unknown")
    return Field(**raw)


def _slot(items: Any, phrases: Mapping[str, Phrase], name: str) -> tuple[Phrase, ...]:
    _need(isinstance(items, list), f"{name} is no list")
    return tuple(_phrase(item, phrases, name) for item in items)


def _phrase(raw: Any, phrases: Mapping[str, Phrase], name: str) -> Phrase:
    """A phrase written out, or the name of one that several forms share."""
    if isinstance(raw, str):
        _need(raw in phrases, f"{name}: no phrase {raw!r}")
        return phrases[raw]
    _need(isinstance(raw, dict), f"{name}: a phrase is a table or a name")
    _only(raw, {"vi", "en", "kinds", "when"}, name)
    _need(isinstance(raw.get("vi"), str) and raw["vi"], f"{name}: a phrase has no Vietnamese")
    for key in ("vi", "en"):
        _check_placeholders(raw.get(key, ""), name)
    when = raw.get("when", "")
    _need(when in ("", *TEXTS, *DATES), f"{name}: when {when!r} is no fact")
    return Phrase(raw["vi"], raw.get("en", ""), frozenset(_some(Kind, raw.get("kinds", list(Kind)), name)), when)


def _check_placeholders(text: str, name: str) -> None:
    for asked in PLACEHOLDER.findall(text):
        _need(asked in PLACEHOLDERS, f"{name}: no fact is called {asked!r}")
    rest = PLACEHOLDER.sub("", text)
    _need("{" not in rest and "}" not in rest, f"{name}: a brace without its other half")


def _every_deed_has_a_paper(forms: list[Form]) -> None:
    """A verb that needs a paper and has none could never be done."""
    for step in STEPS:
        for kind in step.kinds if step.action in BY_PAPER else ():
            for instance in (1, 2) if kind == Kind.COMPLAINT else (1,):
                fits = [
                    f
                    for f in forms
                    if (f.action, True, True) == (step.action, kind in f.kinds, instance in f.instances)
                ]
                _need(fits, f"file: no form for {step.action} of a {kind}, instance {instance}")


def _one(words: Any, value: Any, name: str) -> Any:
    try:
        return words(value)
    except ValueError:
        raise FormsError(f"{name}: {value!r} is no {words.__name__.lower()}") from None


def _some(words: Any, values: Any, name: str) -> list[Any]:
    _need(isinstance(values, list) and values, f"{name}: {words.__name__.lower()}s is no list")
    return [_one(words, value, name) for value in values]


def _only(raw: Mapping[str, Any], known: set[str], name: str) -> None:
    for key in raw:
        _need(key in known, f"{name}: unknown key {key!r}")


def _need(truth: object, message: str) -> None:
    if not truth:
        raise FormsError(message)
