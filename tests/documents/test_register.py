"""The registers that a unit prints for a period."""

from __future__ import annotations

import io
from dataclasses import asdict
from datetime import date

import pikepdf

from app.documents.render import fill, register_pdf
from app.documents.sheets import PetitionRow, ReceptionRow, RegisterData

from ..factories import MONDAY
from .reading import text_of
from .samples import NASTY
from .test_papers import squeezed

PETITION = PetitionRow("01/11/2026", "KN-2026-000031", "Nông Văn Thắng\nXóm Bản Viết", "Khiếu nại", "Quyết định số 12",
                       "Nông Thị Sen", "Thụ lý", "20/12/2026", "Đã giải quyết", "Ghi thêm")  # fmt: skip
VISIT = ReceptionRow("01/11/2026", "Hoàng Thị Mai, Xóm Lũng Đính", "***4821", "Hỏi về bồi thường", "Kiến nghị, 3 người",
                     "UBND xã", "x", "", "Sở Xây dựng", "Trả lời ngày 30/11", "")  # fmt: skip


def register(*rows: PetitionRow | ReceptionRow, kind: str = "petitions", language: str = "vi") -> RegisterData:
    """The register of a commune for November."""
    return RegisterData("Ủy ban nhân dân xã Trùng Khánh", date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1),
                        rows, kind, language=language)  # type: ignore[arg-type]  # fmt: skip


def test_a_register_stands_across_and_holds_every_fact_of_every_row() -> None:
    for row, kind, title in ((PETITION, "petitions", "SỔ THEO DÕI ĐƠN"), (VISIT, "reception", "SỔ TIẾP CÔNG DÂN")):
        data = register(row, kind=kind)
        pdf = register_pdf(data)
        text = squeezed(text_of(pdf))
        for words in (title, "01/11/2026 đến ngày 30/11/2026", "Trang 1/1", "Tổng số: 1", *asdict(row).values()):
            assert squeezed(str(words or "")) in text or words in (True, False)
        with pikepdf.open(io.BytesIO(pdf)) as file:
            assert [round(float(x)) for x in file.pages[0].mediabox[2:]] == [842, 595]


def test_the_header_row_and_the_page_number_stand_on_every_page() -> None:
    pdf = register_pdf(register(*[PETITION] * 60))
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = len(file.pages)
    text = text_of(pdf)
    assert pages > 2
    assert text.count("Tóm tắt nội dung") == pages
    assert all(f"{page}/{pages}" in text for page in range(1, pages + 1))


def test_an_empty_period_says_so_in_either_language() -> None:
    assert "Không có đơn nào trong kỳ này." in text_of(register_pdf(register()))
    assert "Nobody was received in this period." in text_of(register_pdf(register(kind="reception", language="en")))


def test_a_denunciation_leaves_its_sender_and_what_it_says_out() -> None:
    sealed = (
        register(PetitionRow("1", "TC-1", "CHIM VÀNH", "Tố cáo", "CHIM VÀNH", "Thanh tra", "Thụ lý", is_sealed=True)),
        register(ReceptionRow("1", "CHIM VÀNH", "CHIM VÀNH", "CHIM VÀNH", "Tố cáo, 1 người", is_sealed=True),
                 kind="reception"),
    )  # fmt: skip
    for data in sealed:
        text = text_of(register_pdf(data))
        assert "CHIM" not in text and "Tố cáo" in text


def test_nasty_and_endless_words_stay_letters_within_their_column() -> None:
    long = NASTY + " " + "A" * 3000
    row = PetitionRow(*[long] * 10)
    paper = fill("register", asdict(register(row)) | {"rows": [asdict(row)]}, MONDAY)
    assert paper.warnings == ()
    assert squeezed(NASTY) in squeezed(text_of(paper.pdf)) and "root:" not in text_of(paper.pdf)
