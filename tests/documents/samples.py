"""Filled sheets for the papers, in both languages, plain and nasty."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from app.documents.render import qr_svg
from app.documents.sheets import AnswerData, ComplaintLetterData, ReceiptData

NASTY = (
    '#read("/etc/passwd") *không đậm* _nghiêng_ $x^2$ `mã` @nhan <nhan> = Tiêu đề #import "@preview/x:1.0.0": * '
    "<img src=file:///etc/passwd> http://169.254.169.254 \\u{41} // không phải chú thích /* cũng không */ ~ -- 'a'"
)
"""What must come out as it went in: markup of the engine, HTML, addresses."""

RECEIPT = ReceiptData(
    government="Tỉnh Cao Bằng", unit="Ủy ban nhân dân xã Trùng Khánh", reference="PA-2026-004817",
    code="7KQM-2X9D-RT4H-W0BN", url="https://gandan.example/follow#7KQM2X9DRT4HW0BN",
    title="Đường vào xóm Lũng Đính sạt lở, xe máy không qua được", submitted="08:12, thứ Năm 19/11/2026",
    due="Phải trả lời trước hết thứ Sáu, 27/11/2026: 5 ngày làm việc, không tính thứ Bảy, Chủ nhật và ngày nghỉ 24/11.",
    next=("Chậm nhất 20/11: giao cho đúng đơn vị.", "Chậm nhất 27/11: trả lời bằng văn bản có ký."),
    phone="0206 000 0000",
)  # fmt: skip
COMPLAINT = ComplaintLetterData(
    unit="Ủy ban nhân dân xã Trùng Khánh", reference="KN-2026-000031", name="Nông Văn Thắng",
    address="Xóm Bản Viết, xã Trùng Khánh", phone="0912 000 017", against="Quyết định số 12/QĐ-UBND ngày 20/10/2026.",
    known_on=date(2026, 11, 2), content="Tôi bị phạt về hành vi mà tôi không làm.\nThửa đất này dùng từ năm 1987.",
    request="Hủy Quyết định số 12/QĐ-UBND.", place="Trùng Khánh",
)  # fmt: skip
ANSWER = AnswerData(
    government="Tỉnh Cao Bằng", unit="Ủy ban nhân dân xã Trùng Khánh", above="", place="Trùng Khánh",
    number="125/UBND-TL", signed_on=date(2026, 11, 26), reference="PA-2026-004817", kind="feedback",
    title=RECEIPT.title, text="Đoạn sạt lở dài 40 m.\nTừ 21/11 đến 24/11, xã dọn 180 m³ đất đá.", outcome="resolved",
    name="Hoàng Văn Sơn", address="Xóm Lũng Đính", submitted_on=date(2026, 11, 19), signer="Nông Thị Hà",
    signer_title="Phó Chủ tịch", deputises="Chủ tịch", signed_at="15:42 26/11/2026", reopen_until=date(2026, 12, 11),
)  # fmt: skip
DECISION = replace(ANSWER, kind="complaint", number="3/QĐ-SXD", above="Ủy ban nhân dân tỉnh Cao Bằng",
                   unit="Sở Xây dựng tỉnh Cao Bằng", place="Cao Bằng", reference="KN-2026-000031", deputises="",
                   signer_title="Giám đốc", against=COMPLAINT.against)  # fmt: skip


def facts(data: Any) -> dict[str, Any]:
    """A sheet as the engine gets it."""
    return asdict(data) | ({"qr": qr_svg(data.url)} if isinstance(data, ReceiptData) else {})


def everywhere(data: Any, words: str) -> Any:
    """The same sheet with these words in every field that people type or that names somebody."""
    typed = {"unit", "government", "title", "name", "address", "phone", "against", "content", "request", "text", "due",
             "place", "signer", "signer_title", "submitted"}  # fmt: skip
    return replace(data, **dict.fromkeys(typed & set(data.__dataclass_fields__), words))


PAPERS = {
    f"{name}-{language}": (form, replace(data, language=language))
    for name, form, data in (
        ("receipt", "receipt", RECEIPT), ("complaint", "complaint_letter", COMPLAINT), ("answer", "answer", ANSWER),
        ("decision", "answer", DECISION),
    )
    for language in ("vi", "en")
}  # fmt: skip
