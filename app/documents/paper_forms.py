"""The town's forms of official papers, read once from data/forms.toml; a file with an error stops the start-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..refusals import Missing
from ..rules.workflow import Action, Kind
from .load import load_forms
from .table import OFFICE, RESIDENT, Field, Form, FormsError, Phrase
from .wording import begun, told, wording

__all__ = ["FORMS", "OFFICE", "RESIDENT", "Field", "Form", "FormsError", "Phrase", "defaults", "form", "forms_for",
           "is_bilingual", "missing"]  # fmt: skip

FORMS: dict[str, Form] = load_forms()


def form(form_id: str) -> Form:
    """The form with that id; Missing if there is none."""
    found = FORMS.get(form_id)
    if found is None:
        raise Missing
    return found


def forms_for(action: Action | str, kind: Kind | str, instance: int = 1) -> list[Form]:
    """The forms whose signature does this to a case of this kind and instance, in the file's order."""
    return [f for f in FORMS.values() if f.action == action and kind in f.kinds and instance in f.instances]


def is_bilingual(form: Form, kind: Kind | str, language: str) -> bool:
    """Whether the paper carries its English: only where the resident reads it.

    Never on a denunciation's: that its writer reads English already points at somebody.
    """
    return language == "en" and form.shown_to == RESIDENT and kind != Kind.DENUNCIATION


def defaults(form: Form, facts: Mapping[str, Any], language: str) -> dict[str, str]:
    """What each field says before anybody writes in it, by field id; with its English after it if bilingual.

    `language` is the resident's, not the official's: the text is printed as it stands.
    """
    known = told(facts, {})
    vi, en = wording(known, "vi"), wording(known, "en")
    both = is_bilingual(form, str(facts.get("kind")), language)
    texts = {}
    for field in form.fields:
        text = _opened(field, begun(field.default_vi, vi))
        english = _opened(field, begun(field.default_en, en)) if both else ""
        texts[field.id] = f"{text}\n{english}" if english and english != text else text
    return texts


def _opened(field: Field, text: str) -> str:
    """With a capital, unless it goes on after its label."""
    return text if field.place == "line" else text[:1].upper() + text[1:]


def missing(form: Form, fields: Mapping[str, str]) -> list[Field]:
    """Required fields that are empty: the paper cannot be signed while there is one."""
    return [field for field in form.fields if field.is_required and not str(fields.get(field.id) or "").strip()]
