"""The periodic report of a unit as a document the office goes on writing: numbers filled in, its own words left open.

Laid out as Decree 30/2020/NĐ-CP, annex I, asks of a report (báo cáo); in Vietnamese, as official papers are. Every
number is read from the same forms and figures that the pages show.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import force_locale

from ...rules.statistics import Share
from ...rules.statistics.heard import Heard
from ...words import show_date, show_number
from .count import Sheet
from .rates import Rates
from .show import broken_words, window_name

if TYPE_CHECKING:
    from .docx_parts import Paper

BLANK = "……………………………………………………………………………………………"
"""A line for the office's own words."""
WORK = "công tác tiếp công dân, xử lý đơn, giải quyết khiếu nại, tố cáo, kiến nghị, phản ánh"


@dataclass(frozen=True)
class Report:
    """Everything the letter speaks of, counted for one unit and one window."""

    unit: str
    above: str
    place: str
    office: str
    """What the head is called who signs: Chủ tịch, Giám đốc."""
    sheets: dict[str, Sheet]
    """Forms by their address name; 03-kqgq only where the reader may see the sealed register."""
    heard: Heard
    rates: Rates
    minimum: int
    now: datetime

    @property
    def petitions(self) -> Sheet:
        """Form 01/XLD."""
        return self.sheets["01-xld"]


def docx_of(report: Report) -> bytes:
    """The report as a DOCX file."""
    from .docx_parts import Paper

    with force_locale("vi"):
        paper = Paper(report.unit, report.above, report.place, report.now)
        _opening(paper, report)
        for number, part in enumerate((_reception, _petitions, _settlement, _dialogues, _assessment), 1):
            part(paper, report, ("I", "II", "III", "IV", "V")[number - 1])
        paper.signature(report.office)
        for sheet in report.sheets.values():
            paper.annex(sheet)
        body = io.BytesIO()
        paper.save(body)
    return body.getvalue()


def _opening(paper: Paper, report: Report) -> None:
    window = report.petitions.window
    days = f"từ ngày {show_date(window.first)} đến hết ngày {show_date(window.last)}"
    about = f"{WORK[0].upper()}{WORK[1:]} {window_name(window)}"
    paper.title("BÁO CÁO", about)
    paper.paragraph(f"Thực hiện chế độ báo cáo định kỳ, {report.unit} báo cáo kết quả {WORK} ({days}) như sau:")
    if report.petitions.hides_sealed:
        paper.paragraph("Số liệu dưới đây không có tố cáo.")


def _reception(paper: Paper, report: Report, number: str) -> None:
    paper.section(f"{number}. CÔNG TÁC TIẾP CÔNG DÂN", _said_of_reception(report), "Nội dung nổi bật")


def _petitions(paper: Paper, report: Report, number: str) -> None:
    paper.section(f"{number}. TIẾP NHẬN, PHÂN LOẠI, XỬ LÝ ĐƠN", _said_of_petitions(report), "Nội dung nổi bật")


def _settlement(paper: Paper, report: Report, number: str) -> None:
    paper.section(f"{number}. GIẢI QUYẾT KHIẾU NẠI, TỐ CÁO, KIẾN NGHỊ, PHẢN ÁNH", _said_of_settlement(report),
                  "Vụ việc đông người, phức tạp, kéo dài")  # fmt: skip


def _dialogues(paper: Paper, report: Report, number: str) -> None:
    paper.section(f"{number}. ĐỐI THOẠI VÀ THỰC HIỆN CAM KẾT", _said_of_dialogues(report), "Nội dung nổi bật")


def _assessment(paper: Paper, report: Report, number: str) -> None:
    paper.section(f"{number}. ĐÁNH GIÁ, PHƯƠNG HƯỚNG", _said_of_assessment(report), "Ưu điểm")
    for words in ("Tồn tại, hạn chế và nguyên nhân", "Phương hướng, nhiệm vụ kỳ tới", "Kiến nghị, đề xuất"):
        paper.open_words(words, BLANK)


def _n(sheet: Sheet, number: int) -> str:
    """A figure of a form's total row, as the form shows it."""
    value: Any = sheet.total.values[number]
    return show_number(int(value or 0))


def _said_of_reception(report: Report) -> list[str]:
    s, heard = report.sheets["01-tcd"], report.heard
    return [
        f"Tổng số: {_n(s, 1)} lượt, {_n(s, 2)} người, {_n(s, 3)} vụ việc.",
        f"Tiếp thường xuyên: {_n(s, 4)} lượt, {_n(s, 5)} người; đoàn đông người: {_n(s, 8)} đoàn, {_n(s, 9)} người.",
        f"Thủ trưởng tiếp định kỳ và đột xuất: {_n(s, 12)} kỳ, {_n(s, 13)} lượt, {_n(s, 14)} người;"
        f" đoàn đông người: {_n(s, 17)} đoàn, {_n(s, 18)} người.",
        f"Ủy quyền tiếp: {_n(s, 21)} kỳ, {_n(s, 22)} lượt, {_n(s, 23)} người.",
        f"Ngày Thủ trưởng phải tiếp trong các tuần, tháng đã hết: {_n(s, 30)}; được tính: {_n(s, 31)}.",
        f"Báo kết quả cho người được tiếp đúng hạn: {_rate(heard.share('told'), report.minimum)}.",
    ]  # fmt: skip


def _said_of_petitions(report: Report) -> list[str]:
    s = report.petitions
    return [
        f"Tổng số đơn phải xử lý: {_n(s, 1)}; kỳ trước chuyển sang {_sum(s, 2, 3, 4)}, tiếp nhận trong kỳ"
        f" {_sum(s, 5, 6, 7)}.",
        f"Đã xử lý: {_n(s, 8)} đơn; đủ điều kiện xử lý: {_n(s, 9)} đơn, {_n(s, 10)} vụ việc.",
        f"Theo nội dung: khiếu nại {_n(s, 11)}, {_sealed(s, 12)}kiến nghị, phản ánh {_n(s, 13)}.",
        f"Thuộc thẩm quyền: {_n(s, 18)} đơn (khiếu nại {_n(s, 19)}, {_sealed(s, 20)}kiến nghị, phản ánh {_n(s, 21)}).",
        f"Không thuộc thẩm quyền: {_n(s, 22)} đơn (hướng dẫn {_n(s, 23)}, chuyển đơn {_n(s, 24)}).",
    ]  # fmt: skip


def _sealed(sheet: Sheet, number: int) -> str:
    return "" if sheet.hides_sealed else f"tố cáo {_n(sheet, number)}, "


def _sum(sheet: Sheet, *numbers: int) -> str:
    return show_number(int(sum(sheet.total.values[number] or 0 for number in numbers)))


def _said_of_settlement(report: Report) -> list[str]:
    s = report.petitions
    found = [f"Đơn đã giải quyết: {_sum(s, 14, 15)} (lần đầu {_n(s, 14)}, nhiều lần {_n(s, 15)}); đang giải quyết:"
             f" {_n(s, 16)}; chưa giải quyết (không thuộc thẩm quyền): {_n(s, 17)}."]  # fmt: skip
    if (t := report.sheets.get("03-kqgq")) is not None:
        found += [
            f"Tố cáo thuộc thẩm quyền: {_n(t, 4)} vụ việc; đã giải quyết {_n(t, 6)}: tố cáo đúng {_n(t, 24)}, sai"
            f" {_n(t, 26)}, có đúng có sai {_n(t, 28)}, đình chỉ {_n(t, 9)}, rút toàn bộ {_n(t, 10)}.",
            f"Giải quyết tố cáo đúng quy định về thời hạn: {_n(t, 30)}; không đúng: {_n(t, 31)}.",
        ]  # fmt: skip
    return found


def _said_of_dialogues(report: Report) -> list[str]:
    h = report.heard
    return [
        f"Buổi đối thoại đã tổ chức: {show_number(h.sessions)}, {show_number(h.attended)} người dự; hội nghị đối thoại"
        f" hằng năm: {_of(h.share('conference'))} phải tổ chức trong các năm đã hết.",
        f"Câu hỏi được trả lời: {_of(h.share('questions_answered'))}.",
        f"Công khai kết quả đối thoại đúng hạn: {_rate(h.share('published'), report.minimum)}.",
        f"Cam kết đến hạn đã giữ: {_rate(h.share('promises_kept'), report.minimum)}; giữ đúng hạn:"
        f" {_of(h.share('promises_on_time'))}; đang mở {show_number(h.promises.open)}, quá hạn"
        f" {show_number(h.promises.overdue)}.",
    ]


def _said_of_assessment(report: Report) -> list[str]:
    s = report.petitions
    done = Share(int((s.total.values[14] or 0) + (s.total.values[15] or 0)), int(s.total.values[18] or 0))
    found = [
        f"Đơn thuộc thẩm quyền đã giải quyết: {_rate(done, report.minimum)}.",
        f"Phản ánh, kiến nghị xử lý đúng hạn (Quyết định 766/QĐ-TTg): {_rate(report.rates.in_time, report.minimum)}.",
        f"Hài lòng trong xử lý phản ánh, kiến nghị (Quyết định 766/QĐ-TTg):"
        f" {_rate(report.rates.satisfied, report.minimum)}.",
        f"Ngày Thủ trưởng tiếp công dân: {_rate(report.heard.share('head_days'), report.minimum)}.",
    ]
    for sheet in report.sheets.values():
        found += [f"Biểu {sheet.layout.form}, phép kiểm tra không khớp: {broken_words(sheet, b)}" for b in sheet.broken]
    return found


def _of(share: Share) -> str:
    return f"{show_number(share.part)} trên {show_number(share.whole)}"


def _rate(share: Share, minimum: int) -> str:
    """A rate with its numerator and denominator; the two numbers alone where there are too few for one."""
    if not share.whole:
        return "chưa có gì để so"
    value = share.percent(minimum)
    if value is None:
        return f"{_of(share)} (quá ít để tính tỷ lệ)"
    return f"{show_number(value, 1)} % ({_of(share)})"
