"""The printed papers: whole, in both languages where owed, with what the law lists and without what it forbids."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf
import pytest

from app.documents.composing import filled
from app.documents.paper_forms import FORMS, Form, defaults, is_bilingual
from app.documents.render import fill
from app.rules.workflow import Kind

from ..factories import MONDAY
from .reading import text_of
from .samples import CARGO, ISSUER, NASTY, OFFICIAL_PAPERS, case_facts, completed, sheet
from .test_papers import squeezed

each_paper = pytest.mark.parametrize(("form", "kind"), OFFICIAL_PAPERS, ids=[f"{f.id}-{k}" for f, k in OFFICIAL_PAPERS])
CANARY = "CHIMVANH"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@each_paper
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_paper_is_made_whole_without_a_warning(form: Form, kind: Kind, language: str) -> None:
    paper = fill(form.layout, sheet(form, kind, language), MONDAY)
    assert paper.warnings == ()
    text = text_of(paper.pdf)
    assert "{" not in text and "}" not in text and "None" not in text
    for words in (COUNTRY, "Độc lập - Tự do - Hạnh phúc", f"3/{form.numbering}-UBND",
                  "Trùng Khánh, ngày 26 tháng 11 năm 2026", "KT. CHỦ TỊCH", "Nông Thị Hà", "Nơi nhận:"):  # fmt: skip
        assert words in text, words
    for field in form.fields:
        if field.place != "text":
            assert squeezed(field.label_vi.removesuffix(" (nếu có)")) in squeezed(text), field.id
    assert ("Socialist Republic of Viet Nam" in text) == is_bilingual(form, kind, language)


@each_paper
def test_an_empty_case_still_makes_a_paper_that_looks_like_one(form: Form, kind: Kind) -> None:
    bare: dict[str, Any] = {"kind": kind, "reference": "X-1", "language": "vi"}
    data = filled(form, bare, defaults(form, bare, "vi"), {}, replace(ISSUER, signer="", office="Chủ tịch"), "……", True)
    paper = fill(form.layout, data, MONDAY)
    assert paper.warnings == ()
    text = text_of(paper.pdf)
    assert "None" not in text and "{" not in text and "DỰ THẢO" in text


@each_paper
def test_typed_text_prints_as_letters_and_stays_on_the_sheet(form: Form, kind: Kind) -> None:
    words = NASTY + " " + "A" * 600
    facts = case_facts(kind) | dict.fromkeys(("title", "name", "address", "denounced", "body_name"), words)
    data = filled(form, facts, {f.id: words for f in form.fields}, CARGO, replace(ISSUER, signer=words), "3")
    paper = fill(form.layout, data, MONDAY)
    assert paper.warnings == ()
    assert squeezed(NASTY) in squeezed(text_of(paper.pdf)) and "root:" not in text_of(paper.pdf)
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
        assert str(pdf.Root["/Lang"]) == "vi" and bool(pdf.Root["/MarkInfo"]["/Marked"])


@each_paper
def test_the_deed_a_paper_does_is_printed_from_what_is_signed_and_not_from_a_text(form: Form, kind: Kind) -> None:
    text = squeezed(text_of(fill(form.layout, sheet(form, kind), MONDAY).pdf))
    says = {"suspend": "kể từ ngày 23/11/2026", "resume": "kể từ ngày 23/11/2026", "extend": "vụ việc phức tạp",
            "decide": "là đúng một phần.", "conclude": "là đúng một phần.", "guide": "Tòa án nhân dân khu vực 1",
            "transfer_out": "Tòa án nhân dân khu vực 1"}  # fmt: skip
    assert squeezed(says.get(form.action, "")) in text


denunciations = pytest.mark.parametrize(
    "form", [form for form, kind in OFFICIAL_PAPERS if kind == Kind.DENUNCIATION], ids=lambda form: str(form.id)
)


@denunciations
def test_no_paper_of_a_denunciation_points_at_the_denouncer(form: Form) -> None:
    pointing = dict.fromkeys(
        ("name", "address", "phone", "email", "title", "body", "request", "against", "commune", "receipt_code"), CANARY
    )
    days = dict.fromkeys(("known_on", "submitted_on", "registered_on", "dialogue_on"), date(1999, 9, 9))
    facts = case_facts(Kind.DENUNCIATION, "en", **pointing, **days)
    for language in ("vi", "en"):
        for text in defaults(form, facts, language).values():
            assert CANARY not in text and "1999" not in text
    text = text_of(fill(form.layout, filled(form, facts, completed(form, facts), CARGO, ISSUER, "3"), MONDAY).pdf)
    assert CANARY not in text and "1999" not in text
    assert "Socialist Republic" not in text, "that its writer reads English points at somebody"


def test_the_denounced_and_the_public_read_neither_the_paper_file_nor_the_first_day() -> None:
    for form_id in ("denounced_notice", "published_conclusion"):
        text = text_of(fill(FORMS[form_id].layout, sheet(FORMS[form_id], Kind.DENUNCIATION), MONDAY).pdf)
        assert "HS-09" not in text and "17/11/2026" not in text and "Ông Lý A" in text


FIRST = {  # Law 02/2011/QH13 art. 31.1
    "a day": "ngày 26 tháng 11 năm 2026", "b complainant": "Nông Văn Thắng, địa chỉ: Xóm Bản Viết",
    "b respondent": "Người bị khiếu nại: Ủy ban nhân dân xã Trùng Khánh", "c content": "Tôi bị phạt về hành vi",
    "d verification": "Đã ghi mục verification.", "đ dialogue": "Đối thoại tổ chức ngày 10/12/2026",
    "e legal basis": "Đã ghi mục legal_basis.", "g conclusion": "Đã ghi mục conclusion.", "g verdict": "đúng một phần",
    "h keep, amend, cancel": "Đã ghi mục order.", "i compensation": "Không có thiệt hại phải bồi thường",
    "k second complaint": "có quyền khiếu nại lần hai", "k court": "khởi kiện vụ án hành chính tại Tòa án",
}  # fmt: skip
SECOND = {key: words for key, words in FIRST.items() if key not in ("k second complaint", "b respondent")} | {
    "b respondent": "Đã ghi mục respondent.", "d first settlement": "Quyết định số 15/QĐ-UBND ngày 18/12/2026",
}  # fmt: skip


@pytest.mark.parametrize(
    ("form_id", "owed"), [("complaint_decision_first", FIRST), ("complaint_decision_second", SECOND)]
)
def test_a_decision_on_a_complaint_holds_every_item_of_the_laws_list(form_id: str, owed: dict[str, str]) -> None:
    form = FORMS[form_id]
    text = squeezed(text_of(fill(form.layout, sheet(form, Kind.COMPLAINT, instance=min(form.instances)), MONDAY).pdf))
    for item, words in owed.items():
        assert squeezed(words) in text, item
    assert squeezed("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TRÙNG KHÁNH") in text and squeezed("Như Điều") not in text


def test_an_optional_text_left_empty_leaves_no_heading_and_copies_name_the_last_article() -> None:
    form = FORMS["termination_decision"]
    facts = case_facts(Kind.COMPLAINT)
    texts = completed(form, facts) | {"consequences": ""}
    text = text_of(fill("decision", filled(form, facts, texts, CARGO, ISSUER, "3"), MONDAY).pdf)
    assert "Quyền, nghĩa vụ sau khi đình chỉ" not in text
    assert "Điều 3. " in text and "Điều 4" not in text and "Như Điều 3;" in text


def test_a_department_stands_under_the_province_and_decides_as_its_director() -> None:
    above = ("Ủy ban nhân dân tỉnh Cao Bằng", "")
    issuer = replace(ISSUER, unit=("Sở Xây dựng", "Department of Construction"), above=above, office="Giám đốc",
                     deputises="")  # fmt: skip
    form = FORMS["suspension_decision"]
    facts = case_facts(Kind.COMPLAINT)
    text = text_of(fill("decision", filled(form, facts, completed(form, facts), CARGO, issuer, "3"), MONDAY).pdf)
    assert "ỦY BAN NHÂN DÂNTỈNH CAO BẰNGSỞ XÂY DỰNG" in text and "GIÁM ĐỐC SỞ XÂY DỰNG" in text and "KT." not in text
    assert replace(issuer, unit=("Ban Tiếp công dân tỉnh", ""), office="Trưởng ban").authority == (
        "Trưởng ban Tiếp công dân tỉnh"
    )


def test_a_long_paper_runs_over_numbered_pages_and_its_signature_never_stands_alone() -> None:
    form = FORMS["complaint_decision_first"]
    facts = case_facts(Kind.COMPLAINT)
    for lines in range(20, 44):
        texts = completed(form, facts) | {"verification": "Một dòng.\n" * lines}
        pdf = fill("decision", filled(form, facts, texts, CARGO, ISSUER, "3"), MONDAY).pdf
        with pikepdf.open(io.BytesIO(pdf)) as file:
            last = pikepdf.Pdf.new()
            last.pages.append(file.pages[-1])
            out = io.BytesIO()
            last.save(out)
            assert len(file.pages) > 1
        text = text_of(out.getvalue())
        assert "Nông Thị Hà" in text and squeezed("thi hành Quyết định này.") in squeezed(text), lines
