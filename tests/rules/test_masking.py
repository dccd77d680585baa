"""What a resident wrote is read without what would say who they are."""

from __future__ import annotations

import pytest

from app.rules.identity import Trace
from app.rules.masking import masked


def shown(text: str, *known: str) -> str:
    return "".join(f"[{piece.covers}]" if piece.covers else piece.words for piece in masked(text, known))


@pytest.mark.parametrize(("text", "read"), [
    ("", ""),
    ("Trả lời rõ, cảm ơn.", "Trả lời rõ, cảm ơn."),
    ("Gọi 0912 345 678 cho tôi, chưa xong.", "Gọi [phone] cho tôi, chưa xong."),
    ("+84 912 345 678", "[phone]"),
    ("Viết cho sen@example.vn nhé", "Viết cho [email] nhé"),
    ("CCCD 004123456789 của tôi", "[number] của tôi"),
    ("Tôi tên là Nông Văn An, chưa ai gọi.", "[name], chưa ai gọi."),
    ("Tôi ở xóm Bản Viết. Chưa xong.", "[name]. Chưa xong."),
    ("Quyết định số 12/QĐ-UBND ngày 16/11/2026 sai.", "Quyết định số 12/QĐ-UBND ngày 16/11/2026 sai."),
    ("Bồi thường 120.000.000 đồng là thiếu.", "Bồi thường 120.000.000 đồng là thiếu."),
])  # fmt: skip
def test_what_points_at_the_writer_is_covered_and_the_rest_stays(text: str, read: str) -> None:
    assert shown(text) == read


def test_the_senders_own_name_and_address_are_covered_wherever_they_stand() -> None:
    said = "Bà NÔNG THỊ SEN ở Xóm Bản  Viết hỏi mãi."
    assert shown(said, "Nông Thị Sen", "Xóm Bản Viết") == "Bà [name] ở [name] hỏi mãi."
    assert shown("Sen nở đầy ao.", "Sen", "") == "Sen nở đầy ao.", "one word is part of too many others"


def test_nothing_of_what_is_covered_is_left_in_any_piece() -> None:
    text = "Tôi tên là Hoàng Văn Dìn, số 0987654321, din@example.vn, CMND 080123456."
    pieces = masked(text, ["Hoàng Văn Dìn"])
    left = " ".join(piece.words for piece in pieces)
    assert all(part not in left for part in ("Dìn", "0987654321", "din@", "080123456"))
    assert {piece.covers for piece in pieces if piece.covers} == {Trace.NAME, Trace.PHONE, Trace.EMAIL, Trace.NUMBER}
