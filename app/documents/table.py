"""What a form of the town is: the parts that data/forms.toml fills in, one Form for each kind of paper."""

from __future__ import annotations

from dataclasses import dataclass

from ..rules.workflow import Action, Kind, Role

RESIDENT, OFFICE = "resident", "office"
"""Who besides the office may open a signed paper: the resident whose case it is, or nobody."""
PLACES = ("section", "article", "line", "text")
"""Where a field stands on the paper: under a numbered heading, as an article, after its label, or as it is."""


class FormsError(ValueError):
    """The forms file cannot be used; the message names the form and the reason."""


@dataclass(frozen=True)
class Phrase:
    """Words that stand on the paper as they are, both languages, with {placeholders} for the facts of the case.

    Printed only for these kinds of cases, and only if the fact named by `when` is known.
    """

    vi: str
    en: str
    kinds: frozenset[Kind] = frozenset(Kind)
    when: str = ""


@dataclass(frozen=True)
class Field:
    """One text of a paper that officials write before it is signed; `basis` cites why the law wants it."""

    id: str
    label_vi: str
    label_en: str
    rows: int = 4
    is_required: bool = True
    default_vi: str = ""
    default_en: str = ""
    hint_vi: str = ""
    hint_en: str = ""
    basis: str = ""
    place: str = "section"


@dataclass(frozen=True)
class Form:
    """One kind of official paper: what it does when signed, who signs, what it must say and how it looks."""

    id: str
    action: Action
    kinds: frozenset[Kind]
    instances: frozenset[int]
    title_vi: str
    title_en: str
    numbering: str
    """The abbreviation in its number (Decree 30/2020/NĐ-CP, annex III); numbers run within it."""
    layout: str
    """The template family in templates/documents."""
    approvers: tuple[Role, ...]
    shown_to: str
    fields: tuple[Field, ...]
    heading_vi: str = ""
    heading_en: str = ""
    subject_vi: str = ""
    subject_en: str = ""
    basis: tuple[Phrase, ...] = ()
    addressee: tuple[Phrase, ...] = ()
    opening: tuple[Phrase, ...] = ()
    order: tuple[Phrase, ...] = ()
    """The first articles, as the deed that the signature does: they agree with the cargo, nobody edits them."""
    closing: tuple[Phrase, ...] = ()
    recipients: tuple[Phrase, ...] = ()
    signatures: tuple[Phrase, ...] = ()
    """Who else signs by hand on the printed paper (minutes, receipts)."""
