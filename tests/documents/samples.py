"""Filled sheets for the papers, in both languages, plain and nasty."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from app.documents.composing import filled
from app.documents.issuing import Issuer
from app.documents.paper_forms import FORMS, Form, defaults
from app.documents.render import qr_svg
from app.documents.sheets import AnswerData, BookingSlipData, ComplaintLetterData, ReceiptData
from app.rules.workflow import Kind

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
SLIP = BookingSlipData(
    government="Tỉnh Cao Bằng", unit="Ủy ban nhân dân xã Trùng Khánh", reference="LH-2026-000417",
    code="7KQM-2X9D-RT4H-W0BN", url="https://gandan.example/reception/booking#7KQM2X9DRT4HW0BN",
    when="08:30, thứ Tư, 02/12/2026", host="Nông Văn Khánh", place="Phòng tiếp công dân, tầng 1, trụ sở UBND xã",
    people=12, needs="Tiếng Mông, Lối đi cho xe lăn", advice=("Đến trước 10 phút.",), phone="0206 000 0000",
)  # fmt: skip
COMPLAINT = ComplaintLetterData(
    unit="Ủy ban nhân dân xã Trùng Khánh", reference="KN-2026-000031", name="Nông Văn Thắng",
    address="Xóm Bản Viết, xã Trùng Khánh", phone="0912 000 017", against="Quyết định số 12/QĐ-UBND ngày 20/10/2026.",
    known_on=date(2026, 11, 2), content="Tôi bị phạt về hành vi mà tôi không làm.\nThửa đất này dùng từ năm 1987.",
    request="Hủy Quyết định số 12/QĐ-UBND.", place="Trùng Khánh",
)  # fmt: skip
ANSWER = AnswerData(
    unit="Ủy ban nhân dân xã Trùng Khánh", above="", place="Trùng Khánh",
    number="125/UBND-TL", signed_on=date(2026, 11, 26), reference="PA-2026-004817",
    title=RECEIPT.title, text="Đoạn sạt lở dài 40 m.\nTừ 21/11 đến 24/11, xã dọn 180 m³ đất đá.", outcome="resolved",
    name="Hoàng Văn Sơn", address="Xóm Lũng Đính", submitted_on=date(2026, 11, 19), signer="Nông Thị Hà",
    signer_title="Phó Chủ tịch", deputises="Chủ tịch", signed_at="15:42 26/11/2026", reopen_until=date(2026, 12, 11),
)  # fmt: skip


def facts(data: Any) -> dict[str, Any]:
    """A sheet as the engine gets it."""
    return asdict(data) | ({"qr": qr_svg(data.url)} if isinstance(data, ReceiptData | BookingSlipData) else {})


def everywhere(data: Any, words: str) -> Any:
    """The same sheet with these words in every field that people type or that names somebody."""
    typed = {"unit", "government", "title", "name", "address", "phone", "against", "content", "request", "text", "due",
             "place", "signer", "signer_title", "submitted", "when", "host", "needs"}  # fmt: skip
    return replace(data, **dict.fromkeys(typed & set(data.__dataclass_fields__), words))


PAPERS = {
    f"{name}-{language}": (form, replace(data, language=language))
    for name, form, data in (
        ("receipt", "receipt", RECEIPT), ("slip", "booking_slip", SLIP), ("complaint", "complaint_letter", COMPLAINT),
    )
    for language in ("vi", "en")
} | {
    "answer-vi": ("answer", ANSWER),
    "answer-both": ("answer", replace(ANSWER, is_bilingual=True, unit_en="People's Committee of Trùng Khánh Commune",
                                      place_en="Trùng Khánh")),
}  # fmt: skip

ISSUER = Issuer(
    unit=("Ủy ban nhân dân xã Trùng Khánh", "People's Committee of Trùng Khánh Commune"), above=("", ""),
    place=("Trùng Khánh", "Trùng Khánh"), signed_on=date(2026, 11, 26), signed_at="15:42 26/11/2026",
    signer="Nông Thị Hà", office="Phó Chủ tịch", deputises="Chủ tịch",
)  # fmt: skip
CASE: dict[str, Any] = {
    "title": "Khiếu nại quyết định xử phạt", "body": "Tôi bị phạt về hành vi mà tôi không làm.",
    "name": "Nông Văn Thắng", "address": "Xóm Bản Viết, xã Trùng Khánh", "phone": "0912 000 017",
    "against": "Quyết định số 12/QĐ-UBND ngày 20/10/2026.", "request": "Hủy Quyết định số 12/QĐ-UBND.",
    "known_on": date(2026, 11, 2), "submitted_on": date(2026, 11, 16), "registered_on": date(2026, 11, 17),
    "accepted_on": date(2026, 11, 20), "suspended_on": date(2026, 11, 23), "dialogue_on": date(2026, 12, 10),
    "due_on": date(2026, 12, 20), "old_due_on": date(2026, 12, 20), "new_due_on": date(2027, 1, 4),
    "category": "Đất đai", "commune": "Xã Trùng Khánh", "denounced": None, "paper_file": "",
    "body_name": "Tòa án nhân dân khu vực 1", "unit_name": "Ủy ban nhân dân xã Trùng Khánh", "verdict": None,
    "variant": None, "first_number": "15/QĐ-UBND", "first_signed_on": date(2026, 12, 18), "reopen_until": None,
}  # fmt: skip
CARGO = {"on": "2026-11-23", "variant": "complex", "verdict": "partly_right"}
REFERENCES = {Kind.FEEDBACK: "PA-2026-004817", Kind.COMPLAINT: "KN-2026-000031", Kind.DENUNCIATION: "TC-2026-000009"}
OFFICIAL_PAPERS = [(form, kind) for form in FORMS.values() for kind in sorted(form.kinds)]


def case_facts(kind: Kind, language: str = "vi", **more: Any) -> dict[str, Any]:
    """What the case says to its papers; a denunciation names nobody."""
    sealed = {"name": "", "address": "", "phone": "", "denounced": "Ông Lý A, Phó Chủ tịch xã", "paper_file": "HS-09",
              "against": "", "request": ""} if kind == Kind.DENUNCIATION else {}  # fmt: skip
    return {**CASE, "kind": kind, "instance": 1, "language": language, "reference": REFERENCES[kind], **sealed, **more}


def completed(form: Form, facts: dict[str, Any]) -> dict[str, str]:
    """The form's own texts, and a sentence wherever an official must write one."""
    texts = defaults(form, facts, facts["language"])
    return {field.id: texts[field.id] or f"Đã ghi mục {field.id}." for field in form.fields}


def sheet(form: Form, kind: Kind, language: str = "vi", **more: Any) -> dict[str, Any]:
    """A completed official paper as the engine gets it."""
    known = case_facts(kind, language, **more)
    return filled(form, known, completed(form, known), CARGO, ISSUER, f"3/{form.numbering}-UBND")
