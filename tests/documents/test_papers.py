"""The papers: complete, in the right letters, and printing whatever people typed as they typed it."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest

from app.documents.render import FONTS, ROOT, answer_pdf, complaint_letter_pdf, fill, receipt_pdf
from app.documents.sheets import AnswerData, ComplaintLetterData, ReceiptData

from ..factories import MONDAY
from .reading import text_of
from .samples import ANSWER, COMPLAINT, NASTY, PAPERS, RECEIPT, everywhere, facts

Sheet = ReceiptData | ComplaintLetterData | AnswerData
each_paper = pytest.mark.parametrize(("form", "sheet"), PAPERS.values(), ids=PAPERS.keys())


def squeezed(text: str) -> str:
    """Without spaces, which line breaks swallow, and without invisible break points."""
    return "".join(c for c in text if not c.isspace() and c != "\u200b")


@each_paper
def test_a_paper_is_made_without_a_warning(form: str, sheet: Sheet) -> None:
    assert fill(form, facts(sheet), MONDAY).warnings == ()


@each_paper
def test_a_paper_names_its_title_and_language_and_is_tagged_for_screen_readers(form: str, sheet: Sheet) -> None:
    with pikepdf.open(io.BytesIO(fill(form, facts(sheet), MONDAY).pdf)) as pdf:
        assert sheet.reference in str(pdf.docinfo["/Title"])
        assert str(pdf.Root["/Lang"]) == sheet.language
        assert bool(pdf.Root["/MarkInfo"]["/Marked"])


@each_paper
def test_a_paper_holds_every_fact_it_was_given(form: str, sheet: Sheet) -> None:
    text = squeezed(text_of(fill(form, facts(sheet), MONDAY).pdf))
    wanted = {"reference", "name", "address", "phone", "content", "request", "text", "number", "signer", "due",
              "submitted"}  # fmt: skip
    for name in wanted & set(sheet.__dataclass_fields__):
        assert squeezed(getattr(sheet, name)) in text, name


@each_paper
def test_markup_html_and_addresses_print_as_typed_and_do_nothing(form: str, sheet: Sheet) -> None:
    paper = fill(form, facts(everywhere(sheet, NASTY)), MONDAY)
    assert paper.warnings == ()
    text = squeezed(text_of(paper.pdf))
    assert squeezed(NASTY) in text
    assert "root:" not in text
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)


@each_paper
def test_a_word_without_end_stays_on_the_sheet_and_no_control_character_reaches_it(form: str, sheet: Sheet) -> None:
    nasty = "A" * 1000 + " \x00\x07\x1b[31m\u202egnul\u2066 \ud800 \ue000 hết"
    pdf = fill(form, facts(everywhere(sheet, nasty)), MONDAY).pdf
    text = text_of(pdf)
    assert squeezed("A" * 1000) in squeezed(text)
    assert not any(unicodedata.category(c) in ("Cc", "Co", "Cs") for c in text)
    assert "\u202e" not in text


@each_paper
def test_the_same_facts_at_the_same_moment_give_the_same_bytes(form: str, sheet: Sheet) -> None:
    assert fill(form, facts(sheet), MONDAY).pdf == fill(form, facts(sheet), MONDAY).pdf
    assert fill(form, facts(sheet), MONDAY + timedelta(days=1)).pdf != fill(form, facts(sheet), MONDAY).pdf


@each_paper
def test_letters_are_drawn_in_the_shipped_font(form: str, sheet: Sheet) -> None:
    with pikepdf.open(io.BytesIO(fill(form, facts(sheet), MONDAY).pdf)) as pdf:
        fonts = {str(font["/BaseFont"]) for page in pdf.pages for font in page.Resources["/Font"].values()}
    assert fonts and all("NotoSerif" in font for font in fonts)


def test_every_vietnamese_letter_is_in_the_shipped_fonts() -> None:
    bases = "aăâeêioôơuưy"
    marks = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    letters = [unicodedata.normalize("NFC", base + mark) for base in bases for mark in marks] + ["đ"]
    alphabet = " ".join(letters + [letter.upper() for letter in letters])
    pdf = fill("answer", facts(replace(ANSWER, text=alphabet)), MONDAY).pdf
    assert squeezed(alphabet) in squeezed(text_of(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert all("NotoSerif" in str(font["/BaseFont"]) for font in file.pages[0].Resources["/Font"].values())


def test_the_receipt_is_one_a5_page_even_when_everything_is_long() -> None:
    lines = ("Chậm nhất 20/11: giao việc. " * 3,) * 4
    long = replace(RECEIPT, title="Đường vào xóm " * 14, due=RECEIPT.due * 2, next=lines)
    with pikepdf.open(io.BytesIO(receipt_pdf(long))) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(x)) for x in pdf.pages[0].mediabox[2:]] == [420, 595]


def test_the_receipt_shows_the_code_and_a_picture_that_has_words() -> None:
    pdf = receipt_pdf(RECEIPT)
    assert "7KQM-2X9D-RT4H-W0BN" in squeezed(text_of(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as file:
        alts = [str(item["/Alt"]) for item in file.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert alts == ["Mã QR mở trang theo dõi việc PA-2026-004817"]


def test_a_complaint_leaves_dotted_lines_for_what_is_missing() -> None:
    text = text_of(complaint_letter_pdf(replace(COMPLAINT, name="", address="", phone="", place="", known_on=None)))
    assert "Họ và tên người khiếu nại:" in text and "02/11/2026" not in text
    assert "ĐƠN KHIẾU NẠI" in text and "ký hoặc điểm chỉ" in text


def test_feedback_is_answered_by_a_letter() -> None:
    letter = text_of(answer_pdf(ANSWER))
    assert "Kính gửi:" in letter and "V/v trả lời" in letter and "11/12/2026" in letter and "KT. CHỦ TỊCH" in letter
    assert "No.:" not in letter and "Outcome" not in letter
    both = text_of(answer_pdf(PAPERS["answer-both"][1]))  # type: ignore[arg-type]
    assert "Kính gửi:" in both and "Outcome: Resolved." in both and "Socialist Republic of Viet Nam" in both
    department = text_of(answer_pdf(replace(ANSWER, above="Ủy ban nhân dân tỉnh Cao Bằng", deputises="")))
    assert "ỦY BAN NHÂN DÂNTỈNH CAO BẰNG" in department and "KT." not in department


def test_a_long_answer_runs_over_numbered_pages() -> None:
    pdf = answer_pdf(replace(ANSWER, text="Một đoạn trả lời dài về con đường. " * 60 + "\n" + "Đoạn nữa. " * 300))
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert len(file.pages) > 1
    assert "2" in text_of(pdf)


def test_fonts_are_shipped_with_their_licence_and_templates_fetch_nothing() -> None:
    assert (FONTS / "OFL-NotoSerif.txt").read_text().startswith("Copyright")
    for template in ROOT.glob("*.typ"):
        assert "@preview" not in template.read_text() and "http" not in template.read_text()
