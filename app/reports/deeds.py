"""Deeds that move no case, as the journal names them; those of cases stand in words.HAPPENED."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from ..rules.workflow import Action
from ..words import HAPPENED

DEEDS = {
    Action.SIGN_IN: _l("Đăng nhập"),
    Action.SIGN_IN_FAILED: _l("Đăng nhập không được"),
    Action.SIGN_OUT: _l("Đăng xuất"),
    Action.DENIED: _l("Bị từ chối quyền"),
    Action.OFFICIAL_CHANGED: _l("Sửa thông tin cán bộ"),
    Action.PASSWORD_LINK: _l("Gửi đường dẫn chọn mật khẩu"),
    Action.CHANGE_ASKED: _l("Đề nghị thay đổi, chờ quản trị thứ hai"),
    Action.CHANGE_APPROVED: _l("Quản trị thứ hai đồng ý thay đổi"),
    Action.CHANGE_DECLINED: _l("Thay đổi không được đồng ý"),
    Action.UNIT_CHANGED: _l("Sửa đơn vị, lịch, lĩnh vực"),
    Action.SETTING_CHANGED: _l("Sửa thiết lập"),
    Action.PHRASE_CHANGED: _l("Sửa mẫu câu"),
    Action.FIGURE_TYPED: _l("Ghi số liệu vào biểu báo cáo"),
    Action.MONTHLY_REPORT: _l("Gửi báo cáo tháng"),
    Action.CLOCK_JUMPED: _l("Đồng hồ máy chủ bị chỉnh"),
    Action.LETTER_RETRIED: _l("Gửi lại thư không đến nơi"),
    Action.CHECKPOINT_SENT: _l("Gửi điểm kiểm của nhật ký"),
    Action.ALERT: _l("Báo số liệu vượt ngưỡng"),
    Action.ALERT_OVER: _l("Số liệu trở lại trong ngưỡng"),
}


def deed(action: str) -> str:
    """What happened, in words."""
    return str({**HAPPENED, **DEEDS}.get(Action(action), action))
