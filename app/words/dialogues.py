"""Labels of receiving citizens, of dialogues and of commitments."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

WITH_LEVELS = {
    "head": _l("Người đứng đầu"),
    "deputy": _l("Cấp phó"),
    "specialist": _l("Cán bộ chuyên môn"),
    "any": _l("Ai cũng được, miễn giải quyết được việc"),
}
MODES = {"in_person": _l("Gặp trực tiếp"), "online": _l("Trực tuyến"), "both": _l("Trực tiếp hoặc trực tuyến")}
INTERPRETERS = {
    "tay": _l("Tiếng Tày"),
    "nung": _l("Tiếng Nùng"),
    "hmong": _l("Tiếng Mông"),
    "dao": _l("Tiếng Dao"),
    "muong": _l("Tiếng Mường"),
    "sign": _l("Ngôn ngữ ký hiệu"),
}
DAY_KINDS = {
    "regular": _l("Tiếp thường xuyên"),
    "periodic": _l("Tiếp định kỳ của người đứng đầu"),
    "unscheduled": _l("Tiếp đột xuất"),
}
DAY_STATES = {"open": _l("Đang mở"), "moved": _l("Đã dời"), "held": _l("Đã tiếp")}
BOOKING_STATES = {
    "booked": _l("Đã đặt lịch"),
    "checked_in": _l("Đã đến"),
    "done": _l("Đã tiếp"),
    "refused": _l("Từ chối tiếp"),
    "no_show": _l("Không đến"),
    "cancelled": _l("Đã hủy"),
}
BOOKING_CHANNELS = {
    "web": _l("Qua trang web"),
    "counter": _l("Tại quầy"),
    "phone": _l("Qua điện thoại"),
    "walk_in": _l("Đến không hẹn trước"),
}
TURNED_AWAY = {
    "incapable": _l("Say rượu, dùng chất kích thích hoặc không làm chủ được hành vi"),
    "threat": _l("Đe dọa, xúc phạm, vi phạm nội quy nơi tiếp công dân"),
    "settled": _l("Việc đã giải quyết xong, đã được giải thích mà vẫn cố tình khiếu nại, tố cáo kéo dài"),
    "other_law": _l("Trường hợp khác theo pháp luật"),
}
"""Grounds of Law 42/2013/QH13 art. 9."""
DIRECTIONS = {
    "accepted": _l("Thụ lý giải quyết"),
    "guided": _l("Hướng dẫn, trả lại đơn"),
    "forwarded": _l("Chuyển nơi có thẩm quyền"),
    "explained": _l("Giải thích tại chỗ"),
}
SESSION_KINDS = {
    "conference": _l("Hội nghị đối thoại hằng năm"),
    "theme": _l("Đối thoại chuyên đề"),
    "request": _l("Đối thoại theo đề nghị"),
    "complaint": _l("Đối thoại trong giải quyết khiếu nại"),
}
SESSION_STAGES = {
    "planned": _l("Đã lên lịch"),
    "announced": _l("Đã thông báo"),
    "called_off": _l("Đã hủy"),
    "held": _l("Đã diễn ra"),
    "submitted": _l("Chờ duyệt biên bản"),
    "approved": _l("Đã duyệt biên bản"),
    "published": _l("Đã công khai kết quả"),
}
WAYS = {
    "portal": _l("Trang này"),
    "posting": _l("Niêm yết tại trụ sở"),
    "loudspeaker": _l("Loa truyền thanh"),
    "village_heads": _l("Trưởng thôn, xóm, tổ dân phố"),
    "letter": _l("Gửi văn bản"),
    "media": _l("Báo, đài, mạng xã hội"),
}
ATTENDEES = {
    "asker": _l("Người đề nghị"),
    "representative": _l("Người đại diện"),
    "office": _l("Cơ quan, đơn vị"),
    "front": _l("Mặt trận, đoàn thể"),
    "council": _l("Hội đồng nhân dân"),
    "guest": _l("Khách mời"),
}
COMMITMENTS = {
    "draft": _l("Sẽ có hiệu lực khi câu trả lời được ký"),
    "dropped": _l("Đã bỏ trước khi ký"),
    "open": _l("Đang thực hiện"),
    "overdue": _l("Quá hạn"),
    "reported": _l("Đã báo xong, chờ xác nhận"),
    "kept": _l("Đã giữ đúng hạn"),
    "kept_late": _l("Đã giữ, trễ hạn"),
    "broken": _l("Không giữ"),
    "replaced": _l("Đã thay"),
}
