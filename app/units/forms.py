"""What administrators type about units, categories, days and settings."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from ..rules.workflow import Kind
from ..words import KINDS, VARIANTS, named
from .fields import Choice, Day, Days, Line, Number, options

CODE = Regexp(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", message=_l("Mã chỉ gồm chữ không dấu, số và các dấu . _ -"))

MORNING = Regexp(r"^(0[6-9]|1[0-7]):[0-5][0-9]$", message=_l("Ghi giờ từ 06:00 đến 17:59, ví dụ 07:30."))


class UnitForm(FlaskForm):
    """Names of a unit and whether it lies in a remote area."""

    name_vi = Line(_l("Tên đầy đủ, tiếng Việt"), _l("Chưa ghi tên."), 160)
    short_vi = Line(_l("Tên gọi trong danh sách, tiếng Việt"), _l("Chưa ghi tên gọi."), 80)
    name_en = Line(_l("Tên đầy đủ, tiếng Anh"), _l("Chưa ghi tên tiếng Anh."), 160)
    short_en = Line(_l("Tên gọi trong danh sách, tiếng Anh"), _l("Chưa ghi tên gọi tiếng Anh."), 80)
    is_remote = BooleanField(
        _l("Vùng sâu, vùng xa, đi lại khó khăn"),
        description=_l("Luật cho khiếu nại ở vùng này thời hạn giải quyết dài hơn."),
    )


class NewUnitForm(UnitForm):
    """A new unit: also its code, level, and under which it stands."""

    code = Line(_l("Mã đơn vị"), _l("Chưa ghi mã."), 40, (CODE,),
                description=_l("Xã, phường ghi mã 5 số của Tổng cục Thống kê. Về sau không đổi được."))  # fmt: skip
    level = Choice(_l("Cấp"), _l("Chọn cấp."))
    parent = Choice(_l("Trực thuộc"), _l("Chọn đơn vị cấp trên."))
    valid_from = Day(_l("Hoạt động từ ngày"), _l("Chưa ghi ngày."))
    is_area = BooleanField(_l("Quản lý một địa bàn có dân, người gửi chọn được làm nơi xảy ra"))

    def offer(self, levels: list[Any], units: list[Any]) -> Any:
        """Let the form choose among these levels and parents."""
        self.level.offer(("", _l("Chọn cấp")), *((level.code, named(level)) for level in levels))
        self.parent.offer(("", _l("Chọn đơn vị")), *((unit.code, named(unit, True)) for unit in units))
        return self


class CategoryForm(FlaskForm):
    """What a category is called, who handles it and how fast."""

    name_vi = Line(_l("Tên, tiếng Việt"), _l("Chưa ghi tên."), 120)
    name_en = Line(_l("Tên, tiếng Anh"), _l("Chưa ghi tên tiếng Anh."), 120)
    handling_level = Choice(
        _l("Cấp xử lý"), _l("Chọn cấp xử lý."),
        description=_l("Cấp xã, phường: việc về xã của nơi xảy ra. Cấp khác: việc về đơn vị dưới đây."),
    )  # fmt: skip
    unit = Choice(_l("Đơn vị phụ trách"), description=_l("Việc không thuộc xã thì về đơn vị này."))
    deadline_variant = Choice(
        _l("Loại thời hạn cho phản ánh"), _l("Chọn loại thời hạn."),
        choices=[(code, word) for code, word in VARIANTS.items() if code != "government_portal"],
    )  # fmt: skip
    kinds = SelectMultipleField(
        _l("Dùng cho loại đơn"), [InputRequired(_l("Chọn ít nhất một loại đơn."))],
        choices=options((kind, KINDS[kind]) for kind in Kind),
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    is_active = BooleanField(_l("Người gửi chọn được lĩnh vực này"))

    def offer(self, levels: list[Any], units: list[Any]) -> Any:
        """Let the form choose among these levels and units."""
        self.handling_level.offer(*((level.code, named(level)) for level in levels))
        self.unit.offer(("", _l("Không có")), *((unit.code, named(unit, True)) for unit in units))
        return self


class NewCategoryForm(CategoryForm):
    """A new category: also its code and its group."""

    code = Line(_l("Mã lĩnh vực"), _l("Chưa ghi mã."), 60, (CODE,),
                description=_l("Ví dụ roads.signs. Về sau không đổi được."))  # fmt: skip
    parent = Choice(_l("Nằm trong nhóm"))


class DayForm(FlaskForm):
    """A day that is off or worked here, against the calendar shipped with the program."""

    on = Day(_l("Ngày"), _l("Chưa ghi ngày."))
    kind = RadioField(_l("Ngày này"), choices=options([("off", _l("Nghỉ")), ("work", _l("Làm việc"))]),
                      default="off")  # fmt: skip
    reason = Line(
        _l("Lý do"), _l("Chưa ghi lý do."), description=_l("Người dân đọc được lý do này cạnh ngày hẹn trả lời.")
    )
    document = Line(_l("Văn bản"), _l("Chưa ghi số và ngày của quyết định."),
                    description=_l("Số và ngày của quyết định, ví dụ 1245/QĐ-UBND ngày 20/11/2026."))  # fmt: skip


_KEPT = _l(
    "Tính từ ngày kết thúc. Hết hạn, hệ thống chỉ đề xuất; người đứng đầu duyệt rồi mới xóa. Bộ phận lưu trữ của tỉnh"
    " xác nhận các số năm này trước khi dùng."
)


class GovernmentSettingsForm(FlaskForm):
    """What counts for the whole government."""

    web_complaint_counts = BooleanField(
        _l("Khiếu nại gửi qua mạng được tính là đã nộp"),
        description=_l("Mặc định tắt: Luật Khiếu nại cần đơn có chữ ký, thời hạn tính từ khi vào sổ bản gốc."),
    )
    intake_unit = Choice(_l("Đơn vị tiếp nhận khi chưa biết ai phụ trách"))
    inspectorate_unit = Choice(
        _l("Cơ quan thanh tra"), description=_l("Tố cáo cơ quan này hoặc đơn vị đứng đầu thì không lưu ở đây.")
    )
    reopen_days = Days(_l("Số ngày người gửi được mở lại việc sau khi có trả lời"), 1, 90)
    answer_window_days = Days(_l("Số ngày chờ người gửi trả lời câu hỏi trước khi nhắc"), 1, 60)
    digest_time = Line(_l("Giờ gửi nhắc hạn cho cán bộ, mỗi sáng làm việc"), None, 5, (MORNING,))
    monthly_report = BooleanField(
        _l("Gửi báo cáo tháng"),
        description=_l("Ngày làm việc đầu tháng, mỗi lãnh đạo và người giám sát nhận một thư có báo cáo tháng trước."),
    )
    report_window_day = Number(_l("Kỳ báo cáo: ngày bắt đầu trong tháng"), 1, 28)
    report_window_month = Number(_l("Kỳ báo cáo: tháng bắt đầu năm báo cáo"), 1, 12)
    large_group = Number(_l("Đoàn đông người: từ bao nhiêu người"), 2, 100)
    keep_years_feedback = Number(_l("Số năm lưu giữ phản ánh, kiến nghị"), 1, 100, description=_KEPT)
    keep_years_dialogue = Number(_l("Số năm lưu giữ đề nghị đối thoại"), 1, 100)
    keep_years_complaint = Number(_l("Số năm lưu giữ khiếu nại"), 1, 100)
    keep_years_denunciation = Number(_l("Số năm lưu giữ tố cáo"), 1, 100)
    keep_years_visit = Number(_l("Số năm lưu giữ lượt tiếp công dân không thành vụ việc"), 1, 100)
    keep_years_ineligible = Number(
        _l("Số năm lưu giữ đơn không đủ điều kiện, không thụ lý"), 1, 100,
        description=_l("Thông tư 05/2021/TT-TTCP, Điều 28: 1 năm."),
    )  # fmt: skip


class UnitSettingsForm(FlaskForm):
    """What one unit sets for itself; empty means as everywhere."""

    unit = Choice(_l("Đơn vị"), _l("Chọn đơn vị."))
    reopen_days = Days(_l("Số ngày người gửi được mở lại"), 1, 90)
    answer_window_days = Days(_l("Số ngày chờ trả lời câu hỏi"), 1, 60)
    voters = Number(
        _l("Số cử tri"), 1, 5_000_000,
        description=_l("Của xã, phường, theo danh sách công bố gần nhất. Để trống thì không tính tỷ lệ cử tri đề nghị"
                       " hội nghị đối thoại."),
    )  # fmt: skip
    alert_on_time_below = Number(
        _l("Báo khi tỷ lệ đúng hạn dưới, %"), 1, 100,
        description=_l("Trong 90 ngày qua, kể cả đơn vị bên dưới. Để trống thì không báo."),
    )  # fmt: skip
    alert_overdue_above = Number(
        _l("Báo khi số việc quá hạn trên"), 0, 1_000_000,
        description=_l("Báo một lần cho lãnh đạo và người giám sát, rồi chỉ báo lại sau khi đã tốt lên."),
    )  # fmt: skip
