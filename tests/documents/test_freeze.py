"""Signing an answer: numbered within unit and year, frozen on disk, its SHA-256 in the event."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Deputation
from app.attachments.storage import default_storage
from app.cases import actions
from app.cases.models import Case
from app.documents.models import Document
from app.documents.numbering import initials, office_of, place_of
from app.documents.queries import document_for, documents_of, find_by_sha, storage_keys
from app.extensions import db
from app.journal.queries import timeline
from app.refusals import Missing
from app.rules.workflow import Action, Role
from app.units.models import Unit

from ..conftest import both_engines
from ..factories import MONDAY, actor, answer, assign, make_case, make_official, resident_of, staff, unit
from .reading import text_of

pytestmark = pytest.mark.usefixtures("write")


def paper_of(case: Case) -> Document:
    """The one paper of a case."""
    (paper,) = documents_of(case.id)
    return paper


@both_engines
def test_the_event_carries_the_hash_of_the_kept_file(app: Flask) -> None:
    case = answer(make_case(), *staff()[1:])
    paper = paper_of(case)
    kept = default_storage().open(paper.storage_key).read()
    signed = next(event for event in timeline(case.id) if event.action == Action.APPROVE)
    assert hashlib.sha256(kept).hexdigest() == paper.sha256 == signed.facts["sha256"]
    assert (paper.size, paper.number) == (len(kept), signed.facts["number"])
    assert find_by_sha(paper.sha256.upper()) is paper
    assert storage_keys() == {paper.storage_key}


def test_the_kept_paper_says_who_answers_whom_and_when(app: Flask) -> None:
    _clerk, officer, _head = staff()
    head = make_official(Role.HEAD, name="Nông Thị Hà", title="Chủ tịch Ủy ban nhân dân xã")
    case = answer(make_case(), officer, head)
    text = text_of(default_storage().open(paper_of(case).storage_key).read())
    for words in ("ỦY BAN NHÂN DÂNXÃ TRÙNG KHÁNH", "Số: 1/UBND-TL", "Trùng Khánh, ngày 18 tháng 11 năm 2026",
                  "Nông Thị Sen", case.reference, "Đã dọn xong đất đá.", "CHỦ TỊCH", "Nông Thị Hà"):  # fmt: skip
        assert words in text


def test_numbers_run_within_a_unit_and_begin_again_each_year(app: Flask) -> None:
    _clerk, officer, head = staff()
    numbers = [paper_of(answer(make_case(), officer, head)).number for _ in range(2)]
    next_year = MONDAY + timedelta(days=60)
    later = paper_of(answer(make_case(now=next_year), officer, head, next_year))
    elsewhere = paper_of(answer(make_case(commune_code="01273"), *staff("01273")[1:]))
    assert numbers == ["1/UBND-TL", "2/UBND-TL"]
    assert (later.number, later.year) == ("1/UBND-TL", 2027)
    assert elsewhere.number == "1/UBND-TL"


def test_a_deputy_signs_in_the_heads_name(app: Flask) -> None:
    _clerk, officer, _head = staff()
    head = make_official(Role.HEAD, title="Chủ tịch UBND xã")
    deputy = make_official(Role.OFFICER, name="Lý Văn Sình", title="Phó Chủ tịch UBND xã")
    db.session.add(Deputation(unit_id=unit().id, head_id=head.id, deputy_id=deputy.id, from_on=MONDAY.date(),
                              to_on=MONDAY.date() + timedelta(days=5)))  # fmt: skip
    db.session.flush()
    db.session.refresh(deputy)
    case = assign(make_case(), officer, head)
    now = MONDAY + timedelta(days=1)
    actions.propose(case, "Đã xong.", "resolved", actor(officer), now)
    actions.approve(case, actor(deputy, now.date()), now)
    paper = paper_of(case)
    assert (paper.signed_by_id, paper.in_name_of_id) == (deputy.id, head.id)
    text = text_of(default_storage().open(paper.storage_key).read())
    assert "KT. CHỦ TỊCHPHÓ CHỦ TỊCH" in text and "Lý Văn Sình" in text


def test_a_paper_is_found_only_through_its_own_case(app: Flask) -> None:
    _clerk, officer, head = staff()
    mine, other = answer(make_case(), officer, head), make_case()
    paper = paper_of(mine)
    assert document_for(paper.public_id, mine.id) is paper
    with pytest.raises(Missing):
        document_for(paper.public_id, other.id)


def test_every_paper_of_a_reopened_case_is_kept(app: Flask) -> None:
    _clerk, officer, head = staff()
    case = answer(make_case(), officer, head)
    case.today = MONDAY.date()
    actions.reopen(case, "Lại sạt", resident_of(case), MONDAY + timedelta(days=3))
    answer(case, officer, head, MONDAY + timedelta(days=4))
    assert [paper.number for paper in documents_of(case.id)] == ["1/UBND-TL", "2/UBND-TL"]


@pytest.mark.parametrize(
    ("code", "letters", "place"),
    [("04", "UBND", "Cao Bằng"), ("so-xay-dung", "SXD", "Cao Bằng"), ("01447", "UBND", "Trùng Khánh"),
     ("01273", "UBND", "Thục Phán"), ("ban-tiep-cong-dan", "BTCD", "Cao Bằng")],
)  # fmt: skip
def test_units_sign_with_their_initials_at_their_place(app: Flask, code: str, letters: str, place: str) -> None:
    found = db.session.scalars(select(Unit).where(Unit.code == code)).one()
    assert initials(found) == letters
    assert place_of(found, "vi") == place


@pytest.mark.parametrize(
    ("title", "office"),
    [("Chủ tịch Ủy ban nhân dân xã", "Chủ tịch"), ("Phó Giám đốc Sở Y tế", "Phó Giám đốc"),
     ("Trưởng phòng", "Trưởng phòng"),     ("", "")],
)  # fmt: skip
def test_a_signature_names_the_office_alone(title: str, office: str) -> None:
    assert office_of(title) == office
