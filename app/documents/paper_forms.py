"""Stub until the documents helper lands (replaced at the merge)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..rules.workflow import Action, Kind, Role


@dataclass(frozen=True)
class Field:
    """A text."""

    id: str
    is_required: bool = True
    label_vi: str = ""
    label_en: str = ""
    rows: int = 4
    default_vi: str = ""
    default_en: str = ""
    hint_vi: str = ""
    hint_en: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Form:
    """A form."""

    id: str
    action: Action
    kinds: frozenset[Kind]
    fields: tuple[Field, ...]
    instances: frozenset[int] = frozenset({1, 2})
    title_vi: str = ""
    title_en: str = ""
    numbering: str = "TB"
    layout: str = ""
    approvers: tuple[Role, ...] = (Role.HEAD,)
    shown_to: str = "resident"


FORMS: dict[str, Form] = {}


def form(form_id: str) -> Form:
    """The form."""
    return FORMS[form_id]


def forms_for(action: Action, kind: Kind, instance: int) -> list[Form]:
    """Forms of a verb."""
    return [f for f in FORMS.values() if f.action == action and kind in f.kinds and instance in f.instances]


def defaults(form: Form, facts: Mapping[str, Any], language: str) -> dict[str, str]:
    """Texts."""
    return {field.id: "x" for field in form.fields}


def missing(form: Form, fields: Mapping[str, str]) -> list[Field]:
    """Empty ones."""
    return [field for field in form.fields if field.is_required and not fields.get(field.id)]
