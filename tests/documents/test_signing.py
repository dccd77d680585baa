"""Signing an official paper: refused while anything is missing, numbered by kind without gaps, shown to few."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.accounts.models import Official
from app.attachments.storage import default_storage
from app.cases.models import Case
from app.cases.paper_facts import facts_of
from app.documents.actions import freeze_paper, preview
from app.documents.models import Document
from app.documents.paper_forms import FORMS, Form, defaults
from app.documents.queries import document_for, documents_of
from app.extensions import db
from app.refusals import Invalid, Missing
from app.rules.workflow import Kind, Role
from app.units.models import Sequence, Unit

from ..conftest import both_engines
from ..factories import MONDAY, actor, answer, make_case, make_denunciation, make_official, staff, unit
from .reading import text_of
from .samples import CARGO, case_facts, completed

pytestmark = pytest.mark.usefixtures("write")
SUSPENSION, NOTICE, LETTER = (FORMS[name] for name in ("suspension_decision", "acceptance_notice", "return_letter"))


def sign(form: Form, case: Case, head: Official, at: Unit | None = None, now: Any = MONDAY, **texts: str) -> Document:
    """Sign a completed paper of a case."""
    facts = case_facts(Kind.COMPLAINT, reference=case.reference)
    fields = completed(form, facts) | texts
    return freeze_paper(form, facts, fields, CARGO, case.id, at or unit(), actor(head), now)


def head_of(code: str = "01447") -> Official:
    """The head of a unit, with a title."""
    return make_official(Role.HEAD, code, "Nông Thị Hà", title="Chủ tịch Ủy ban nhân dân xã")


@both_engines
def test_a_signed_paper_is_numbered_kept_and_hashed(app: Flask) -> None:
    case, head = make_case(), head_of()
    paper = sign(SUSPENSION, case, head)
    kept = default_storage().open(paper.storage_key).read()
    assert (paper.number, paper.form, paper.year, paper.case_id) == ("1/QĐ-UBND", "suspension_decision", 2026, case.id)
    assert hashlib.sha256(kept).hexdigest() == paper.sha256 and len(kept) == paper.size
    text = text_of(kept)
    for words in ("Số: 1/QĐ-UBND", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TRÙNG KHÁNH", "Nông Thị Hà",
                  "ngày 16 tháng 11 năm 2026", "lúc 09:00 16/11/2026"):  # fmt: skip
        assert words in text
    assert "DỰ THẢO" not in text


def test_numbers_run_within_unit_year_and_kind_of_paper(app: Flask) -> None:
    case, head = make_case(), head_of()
    numbers = [sign(form, case, head).number for form in (SUSPENSION, NOTICE, SUSPENSION, LETTER, NOTICE)]
    assert numbers == ["1/QĐ-UBND", "1/TB-UBND", "2/QĐ-UBND", "1/UBND-TL", "2/TB-UBND"]
    assert sign(NOTICE, case, head, unit("so-xay-dung")).number == "1/TB-SXD"
    assert sign(NOTICE, case, head, now=MONDAY + timedelta(days=60)).number == "1/TB-UBND"


def test_letters_and_answers_share_their_numbers(app: Flask) -> None:
    case = answer(make_case(), *staff()[1:])
    assert sign(LETTER, case, head_of()).number == "2/UBND-TL"
    assert [paper.number for paper in documents_of(case.id)] == ["1/UBND-TL", "2/UBND-TL"]


@both_engines
def test_a_signing_that_fails_leaves_no_gap(app: Flask) -> None:
    case, head = make_case(), head_of()
    assert sign(NOTICE, case, head).number == "1/TB-UBND"
    db.session.commit()
    assert sign(NOTICE, case, head).number == "2/TB-UBND"
    db.session.rollback()
    assert [paper.number for paper in documents_of(case.id)] == ["1/TB-UBND"]
    assert sign(NOTICE, case, head).number == "2/TB-UBND"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_signing_is_refused_while_a_required_text_is_empty_and_nothing_changes(app: Flask, form: Form) -> None:
    case, head = make_case(), head_of()
    for field in form.fields:
        if not field.is_required:
            continue
        facts = case_facts(Kind.COMPLAINT)
        fields = completed(form, facts) | {field.id: " \n"}
        with pytest.raises(Invalid) as refused:
            freeze_paper(form, facts, fields, CARGO, case.id, unit(), actor(head), MONDAY)
        assert refused.value.field == field.id
    assert documents_of(case.id) == []
    assert not db.session.scalar(select(func.count()).where(Sequence.name.startswith("document:")))


def test_a_preview_is_marked_takes_no_number_and_keeps_nothing(app: Flask) -> None:
    case, officer = make_case(), make_official(Role.OFFICER, name="Lý Văn Sình", title="Công chức")
    facts = case_facts(Kind.COMPLAINT)
    pdf = preview(SUSPENSION, facts, {}, CARGO, unit(), actor(officer), MONDAY)
    text = text_of(pdf)
    assert "DỰ THẢO" in text and "Số: ……/QĐ-UBND" in text and "Lý Văn Sình" not in text
    assert "ngày …… tháng …… năm 2026" in text and "chưa ký" in text and "CHỦ TỊCH" in text
    head = head_of()
    for reader in (officer, head):
        assert "Nông Thị Hà" in text_of(preview(SUSPENSION, facts, {}, CARGO, unit(), actor(reader), MONDAY))
    assert documents_of(case.id) == []
    assert not db.session.scalar(select(func.count()).where(Sequence.name.startswith("document:")))


def test_a_resident_opens_only_papers_meant_for_residents(app: Flask) -> None:
    case, head = make_case(), head_of()
    notice, inner = sign(NOTICE, case, head), sign(FORMS["verification_plan"], case, head)
    answered = answer(make_case(), *staff()[1:])
    assert document_for(notice.public_id, case.id, audience="resident") is notice
    assert documents_of(case.id, "resident") == [notice] and documents_of(case.id) == [notice, inner]
    assert len(documents_of(answered.id, "resident")) == 1
    assert document_for(inner.public_id, case.id) is inner
    with pytest.raises(Missing):
        document_for(inner.public_id, case.id, audience="resident")


def test_no_paper_of_a_denunciation_is_opened_by_whoever_holds_its_code(app: Flask) -> None:
    case, head = make_case(), head_of()
    paper = sign(SUSPENSION, case, head)
    db.session.execute(update(Case).where(Case.id == case.id).values(kind=Kind.DENUNCIATION))
    assert documents_of(case.id, "resident") == [] and documents_of(case.id) == [paper]
    with pytest.raises(Missing):
        document_for(paper.public_id, case.id, audience="resident")


def test_papers_name_units_in_vietnamese_and_a_denunciations_never_in_its_writers_language(app: Flask) -> None:
    unit().name_en = "Commune in English"
    for case, form_id in (
        (make_denunciation(language="en"), "denounced_notice"),
        (make_case(Kind.COMPLAINT, language="en"), "complaint_decision_first"),
    ):
        form = FORMS[form_id]
        facts = facts_of(case, form.action, {})
        texts = defaults(form, facts, case.language)
        assert facts["unit_name"].startswith("Ủy ban nhân dân")
        text = text_of(preview(form, facts, texts, {}, case.unit, actor(head_of()), MONDAY))
        assert ("in English" in text) == (case.kind == Kind.COMPLAINT)
        if case.kind == Kind.COMPLAINT:
            assert texts["respondent"] == "Ủy ban nhân dân xã Trùng Khánh.\nCommune in English."
