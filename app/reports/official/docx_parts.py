"""The parts of an official report as a DOCX: letterhead, sections, lines left open, signature, the forms as annexes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ... import clock
from ...documents.render import printable
from .count import Row, Sheet
from .show import figure, heads, row_name, sums, window_name

CENTRE, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
FONT = "Times New Roman"
LONGEST_PROPERTY = 255
"""The format holds no more letters of an author; no text of it holds control characters."""


class Paper:
    """A report under construction."""

    def __init__(self, unit: str, above: str, place: str, now: datetime) -> None:
        unit, above, place = printable([unit, above, place])
        self.unit = unit
        self.doc: Any = Document()
        self._page(self.doc.sections[0])
        style = self.doc.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(14)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        self.doc.core_properties.title, self.doc.core_properties.author = "Báo cáo", unit[:LONGEST_PROPERTY]
        self._letterhead(above, place, now)

    def _page(self, section: Any) -> None:
        """A4 upright, margins of Decree 30/2020: 30 mm at the binding, 20 mm elsewhere."""
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(30), Mm(20)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)

    def _letterhead(self, above: str, place: str, now: datetime) -> None:
        table = self.doc.add_table(rows=2, cols=2)
        local = clock.local(now)
        self._lines(table.cell(0, 0), [(above.upper(), False)] if above else [], (self.unit.upper(), True))
        self._lines(table.cell(0, 1), [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True)],
                    ("Độc lập - Tự do - Hạnh phúc", True))  # fmt: skip
        self._lines(table.cell(1, 0), [], ("Số: …… /BC-……", False))
        self._lines(table.cell(1, 1), [], (f"{place}, ngày …… tháng …… năm {local.year}", False), is_slanted=True)

    def _lines(self, cell: Any, first: list[tuple[str, bool]], last: tuple[str, bool],
               is_slanted: bool = False) -> None:  # fmt: skip
        for number, (words, is_bold) in enumerate([*first, last]):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = CENTRE
            run = paragraph.add_run(words)
            run.bold, run.italic, run.font.size = is_bold, is_slanted, Pt(13)

    def title(self, kind: str, about: str) -> None:
        """BÁO CÁO, and about what."""
        for words, size in ((kind, 15), (about, 14)):
            paragraph = self.doc.add_paragraph()
            paragraph.alignment = CENTRE
            run = paragraph.add_run(words)
            run.bold, run.font.size = True, Pt(size)

    def paragraph(self, words: str) -> None:
        """Running text."""
        paragraph = self.doc.add_paragraph(words)
        paragraph.alignment = BOTH
        paragraph.paragraph_format.first_line_indent = Mm(10)

    def section(self, heading: str, lines: Sequence[str], own: str) -> None:
        """A heading, its figures line by line, and a place for the office's own words."""
        head = self.doc.add_heading(level=1)
        run = head.add_run(heading)
        run.bold, run.font.size, run.font.name = True, Pt(14), FONT
        for line in lines:
            item = self.doc.add_paragraph(line, style="List Bullet")
            item.alignment = BOTH
        self.open_words(own, "…" * 48)

    def open_words(self, what: str, blank: str) -> None:
        """Two dotted lines under what the office is to write about."""
        self.doc.add_paragraph().add_run(f"{what}:").italic = True
        for _line in range(2):
            self.doc.add_paragraph(blank)

    def signature(self, office: str) -> None:
        """Recipients at the left, who signs at the right."""
        table = self.doc.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        left.paragraphs[0].add_run("Nơi nhận:").bold = True
        for words in ("- ……………;", "- Lưu: VT."):
            left.add_paragraph(words)
        self._lines(right, [], (office.upper(), True))
        right.add_paragraph("(ký, đóng dấu, ghi rõ họ tên)").alignment = CENTRE

    def annex(self, sheet: Sheet) -> None:
        """A form as a table on pages across."""
        section = self.doc.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(12)
        window = sheet.window
        self.title(f"Biểu số: {sheet.layout.form}", sheet.layout.title.vi.upper())
        days = f"{window_name(window)}, từ ngày {window.first:%d/%m/%Y} đến hết ngày {window.last:%d/%m/%Y}"
        self.doc.add_paragraph(days).alignment = CENTRE
        self._form(sheet)
        self.doc.add_paragraph("Phép kiểm tra: " + "; ".join(sums(sheet.layout)))
        if sheet.hides_sealed:
            self.doc.add_paragraph("Không có tố cáo nào trong biểu này, kể cả trong các cột tổng.")

    def _form(self, sheet: Sheet) -> None:
        depth, count = sheet.layout.depth, len(sheet.layout.columns)
        table = self.doc.add_table(rows=depth + 1, cols=count + 1)
        table.style = "Table Grid"
        self._put(table.cell(0, 0).merge(table.cell(depth, 0)), "Đơn vị")
        for line in heads(sheet.layout):
            for one in line:
                first = table.cell(one["row"], one["column"] + 1)
                last = table.cell(one["row"] + one["rows"] - 1, one["column"] + one["columns"])
                self._put(first.merge(last) if first is not last else first, one["words"])
        for number, cell in enumerate(table.rows[depth].cells[1:], 1):
            self._put(cell, f"({number})")
        for head in table.rows:
            _repeat(head)
        for row, is_total in [*((row, False) for row in sheet.rows), (sheet.total, True)]:
            self._add(table.add_row().cells, sheet, row, is_total)

    def _add(self, cells: Sequence[Any], sheet: Sheet, row: Row, is_total: bool) -> None:
        self._put(cells[0], row_name(row, is_total), is_total)
        for cell, column in zip(cells[1:], sheet.layout.columns, strict=True):
            words = "×" if sheet.is_covered(column) else figure(row.values[column.number], column)
            self._put(cell, words, is_total)

    def _put(self, cell: Any, words: str, is_bold: bool = False) -> None:
        run = cell.paragraphs[0].add_run(printable(words))
        run.font.size, run.bold = Pt(7), is_bold

    def save(self, body: Any) -> None:
        """Write the file."""
        self.doc.save(body)


def _repeat(row: Any) -> None:
    """The headings stand on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
