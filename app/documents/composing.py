"""Puts a form together with the facts of a case, what officials wrote and who issues it: the data of its template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .issuing import Issuer
from .paper_forms import Form, Phrase, is_bilingual
from .table import Field
from .wording import told, wording, written

BLANK = "…………………………"
"""What a draft shows where a required text is still missing."""
Pair = dict[str, str]
"""The same words in Vietnamese and, on a bilingual paper, in English; {"vi": ..., "en": ""} otherwise."""


def filled(
    form: Form, facts: Mapping[str, Any], fields: Mapping[str, str], cargo: Mapping[str, Any], issuer: Issuer,
    number: str, is_draft: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """All that the template of a form prints, words only."""
    known = told(facts, cargo)
    printed = [field for field in form.fields if _is_printed(field, fields, is_draft)]
    pages = Pages(known, issuer, is_bilingual(form, str(facts.get("kind")), str(facts.get("language"))))
    pages.tell(last_article=len(form.order) + sum(field.place == "article" for field in printed))
    slots = {slot: pages.phrases(getattr(form, slot)) for slot in (
        "basis", "addressee", "opening", "order", "closing", "recipients", "signatures")}  # fmt: skip
    return {
        "language": "vi", "is_bilingual": pages.is_bilingual, "is_draft": is_draft, "number": number,
        "reference": str(known.get("reference") or ""), "title": form.title_vi,
        "heading": pages.pair(form.heading_vi, form.heading_en),
        "subject": pages.pair(form.subject_vi, form.subject_en),
        "parts": [pages.part(field, fields, is_draft) for field in printed],
        **slots, **_of(issuer, pages),
    }  # fmt: skip


def _of(issuer: Issuer, pages: Pages) -> dict[str, Any]:
    return {
        "unit": issuer.unit[0], "unit_en": pages.english(issuer.unit[1]), "above": issuer.above[0],
        "authority": issuer.authority, "place": issuer.place[0], "place_en": pages.english(issuer.place[1]),
        "signed_on": issuer.signed_on, "signed_at": issuer.signed_at, "signer": issuer.signer,
        "signer_title": issuer.office, "deputises": issuer.deputises,
    }  # fmt: skip


def _is_printed(field: Field, fields: Mapping[str, str], is_draft: bool) -> bool:
    return bool(str(fields.get(field.id) or "").strip()) or (field.is_required and is_draft)


class Pages:
    """The words of one paper: placeholders filled in its language or languages."""

    def __init__(self, known: Mapping[str, Any], issuer: Issuer, is_bilingual: bool) -> None:
        self.is_bilingual = is_bilingual
        self._kind, self._known = str(known.get("kind")), known
        self._vi = wording(known, "vi") | {"unit_name": issuer.unit[0]}
        self._en = wording(known, "en") | {"unit_name": issuer.unit[1]}

    def tell(self, **words: object) -> None:
        """What only the finished paper knows, such as its last article."""
        for key, value in words.items():
            self._vi[key] = self._en[key] = str(value)

    def english(self, text: str) -> str:
        """The text if the paper carries English."""
        return text if self.is_bilingual else ""

    def pair(self, vi: str, en: str) -> Pair:
        """A phrase of the form, filled, beginning with a capital."""
        return {"vi": _capital(written(vi, self._vi)), "en": self.english(_capital(written(en, self._en)))}

    def phrases(self, phrases: Iterable[Phrase]) -> list[Pair]:
        """Those that this kind of case and its known facts call for."""
        return [
            self.pair(phrase.vi, phrase.en)
            for phrase in phrases
            if self._kind in phrase.kinds and (not phrase.when or self._known.get(phrase.when))
        ]

    def part(self, field: Field, fields: Mapping[str, str], is_draft: bool) -> dict[str, Any]:
        """One text of the paper with its label."""
        text = str(fields.get(field.id) or "").strip() or (BLANK if is_draft else "")
        label = {"vi": field.label_vi.removesuffix(" (nếu có)"), "en": self.english(field.label_en)}
        return {"place": field.place, "label": label, "text": text}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
