"""Labels of every code, Vietnamese first; the English stands in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from ..rules.workflow import Kind, Outcome, Role, Status, Verdict
from . import dialogues
from .verbs import HAPPENED, VERBS

KINDS = {
    Kind.FEEDBACK: _l("Phản ánh, kiến nghị"),
    Kind.COMPLAINT: _l("Khiếu nại"),
    Kind.DENUNCIATION: _l("Tố cáo"),
    Kind.DIALOGUE: _l("Đề nghị đối thoại"),
}
STATUSES = {
    Status.RECEIVED: _l("Đã tiếp nhận"),
    Status.ASSIGNED: _l("Đang xử lý"),
    Status.VERIFYING: _l("Đang xác minh"),
    Status.WAITING: _l("Chờ người gửi"),
    Status.SCHEDULED: _l("Đã hẹn đối thoại"),
    Status.SUSPENDED: _l("Tạm đình chỉ"),
    Status.PENDING_APPROVAL: _l("Chờ phê duyệt"),
    Status.ANSWERED: _l("Đã trả lời"),
    Status.ENFORCING: _l("Đang thi hành"),
    Status.CLOSED: _l("Đã kết thúc"),
    Status.ARCHIVED: _l("Đã lưu hồ sơ"),
}
ENDED_BY_KIND = {Kind.COMPLAINT: _l("Đã ra quyết định"), Kind.DENUNCIATION: _l("Đã kết luận")}
"""How ANSWERED reads where the law ends a case by a decision or a conclusion."""
STATUS_ICONS = {
    Status.RECEIVED: "flag", Status.ASSIGNED: "pen", Status.WAITING: "user", Status.PENDING_APPROVAL: "pen",
    Status.SCHEDULED: "cal",
    Status.VERIFYING: "search", Status.SUSPENDED: "pause", Status.ANSWERED: "okc", Status.ENFORCING: "flag",
    Status.CLOSED: "okc", Status.ARCHIVED: "lock",
}  # fmt: skip
OUTCOMES = {
    Outcome.RESOLVED: _l("Đã giải quyết xong"),
    Outcome.PARTLY_RESOLVED: _l("Giải quyết một phần"),
    Outcome.EXPLAINED: _l("Đã giải thích"),
    Outcome.NOT_COMPETENT: _l("Không thuộc thẩm quyền"),
    Outcome.NOT_ACCEPTED: _l("Không tiếp nhận"),
    Outcome.DUPLICATE: _l("Trùng với việc khác"),
    Outcome.WITHDRAWN: _l("Người gửi rút đơn"),
    Outcome.TERMINATED: _l("Đình chỉ"),
}
VERDICTS = {
    Verdict.RIGHT: _l("Đúng"),
    Verdict.PARTLY_RIGHT: _l("Đúng một phần"),
    Verdict.WRONG: _l("Sai"),
}
ROLES = {
    Role.CLERK: _l("Cán bộ tiếp nhận"),
    Role.OFFICER: _l("Cán bộ xử lý"),
    Role.HEAD: _l("Lãnh đạo đơn vị"),
    Role.SUPERVISOR: _l("Giám sát"),
    Role.INSPECTOR: _l("Thanh tra"),
    Role.REGISTRAR: _l("Giữ sổ tố cáo"),
    Role.ADMINISTRATOR: _l("Quản trị hệ thống"),
}
CHANNELS = {
    "web": _l("Qua trang web"),
    "counter": _l("Tại quầy"),
    "phone": _l("Qua điện thoại"),
    "letter": _l("Đơn giấy"),
    "reception": _l("Buổi tiếp công dân"),
    "other": _l("Hệ thống khác"),
}
STAGES = {
    "receive_and_classify": _l("Tiếp nhận, phân loại"),
    "classify_and_process": _l("Xử lý đơn"),
    "archived_ineligible": _l("Lưu đơn không đủ điều kiện"),
    "answer": _l("Trả lời"),
    "answer_request": _l("Trả lời đề nghị đối thoại"),
    "announce": _l("Thông báo cho dân"),
    "publish_results": _l("Công khai kết quả"),
    "acceptance_first": _l("Quyết định thụ lý"),
    "acceptance_second": _l("Quyết định thụ lý lần hai"),
    "settlement_first": _l("Giải quyết lần đầu"),
    "settlement_second": _l("Giải quyết lần hai"),
    "settlement_discipline": _l("Giải quyết khiếu nại kỷ luật"),
    "send_decision_first": _l("Gửi quyết định"),
    "send_decision_second": _l("Gửi quyết định lần hai"),
    "publish_decision": _l("Công khai quyết định"),
    "posting_duration": _l("Niêm yết quyết định"),
    "decision_takes_effect_first": _l("Quyết định có hiệu lực"),
    "filing_limit_first": _l("Thời hiệu khiếu nại lần đầu"),
    "filing_limit_second": _l("Thời hiệu khiếu nại lần hai"),
    "filing_limit_discipline": _l("Thời hiệu khiếu nại kỷ luật"),
    "initial_verification": _l("Kiểm tra ban đầu"),
    "transfer": _l("Chuyển đơn"),
    "notify_acceptance": _l("Thông báo việc thụ lý"),
    "settlement": _l("Giải quyết tố cáo"),
    "send_suspension_or_termination": _l("Gửi quyết định tạm đình chỉ, đình chỉ"),
    "send_conclusion": _l("Gửi kết luận"),
    "handle_conclusion": _l("Xử lý theo kết luận"),
    "publish_conclusion": _l("Công khai kết luận"),
    "superior_requests_report": _l("Cấp trên yêu cầu báo cáo"),
    "handler_reports": _l("Báo cáo cấp trên"),
}
VARIANTS = {
    "street_level": _l("Việc tại hiện trường"),
    "street_level_complex": _l("Việc tại hiện trường, phức tạp"),
    "street_level_urgent": _l("Việc khẩn"),
    "general_recommendation": _l("Kiến nghị chung"),
    "administrative_regulation": _l("Về quy định hành chính"),
    "government_portal": _l("Chuyển từ Cổng của Chính phủ"),
}
OTHER_VARIANTS = {
    "normal": _l("Thông thường"),
    "complex": _l("Phức tạp"),
    "specially_complex": _l("Đặc biệt phức tạp"),
    "remote": _l("Vùng sâu, vùng xa"),
    "remote_complex": _l("Vùng sâu, vùng xa, phức tạp"),
    "several_places_or_delegated": _l("Kiểm tra ở nhiều nơi hoặc ủy quyền kiểm tra"),
}
LEVELS = {
    5: _l("Rất hài lòng"),
    4: _l("Hài lòng"),
    3: _l("Tạm được"),
    2: _l("Chưa hài lòng"),
    1: _l("Rất không hài lòng"),
}
REASONS = {
    "not_done": _l("Việc chưa xong"),
    "vague": _l("Trả lời chung chung"),
    "late": _l("Chậm"),
    "attitude": _l("Thái độ"),
    "wrong": _l("Trả lời không đúng việc"),
    "clear": _l("Trả lời rõ ràng"),
    "fast": _l("Nhanh"),
    "kind": _l("Tận tình"),
}
GRIEVANCES = frozenset({"not_done", "vague", "late", "attitude", "wrong"})
"""Reasons that say what was wrong; the others praise."""

GROUNDS = {
    "spam": _l("Quảng cáo, nội dung rác"),
    "abuse": _l("Xúc phạm, vu khống"),
    "not_competent": _l("Không thuộc thẩm quyền"),
    "declined": _l("Không tổ chức đối thoại về việc này"),
}

DATA_REQUESTS = {
    "erase": _l("Xóa thông tin cá nhân của tôi"),
    "correct": _l("Sửa thông tin cá nhân ghi sai"),
    "object": _l("Không dùng thông tin của tôi vào việc khác"),
}
KEPT = {
    "ineligible": _l("Đơn không đủ điều kiện, không thụ lý"), "feedback": _l("Phản ánh, kiến nghị"),
    "dialogue": _l("Đề nghị đối thoại"), "complaint": _l("Khiếu nại"), "denunciation": _l("Tố cáo"),
    "visit": _l("Lượt tiếp công dân không thành vụ việc"),
}  # fmt: skip

TABLES: dict[str, Mapping[Any, Any]] = {
    "kind": KINDS, "status": STATUSES, "outcome": OUTCOMES, "role": ROLES, "verb": VERBS, "happened": HAPPENED,
    "channel": CHANNELS, "stage": STAGES, "variant": VARIANTS | OTHER_VARIANTS,
    "verdict": VERDICTS, "level": LEVELS, "reason": REASONS, "ground": GROUNDS,
    "with_level": dialogues.WITH_LEVELS, "mode": dialogues.MODES, "interpreter": dialogues.INTERPRETERS,
    "day_kind": dialogues.DAY_KINDS, "day_state": dialogues.DAY_STATES, "booking": dialogues.BOOKING_STATES,
    "booking_channel": dialogues.BOOKING_CHANNELS, "turned_away": dialogues.TURNED_AWAY,
    "direction": dialogues.DIRECTIONS, "session_kind": dialogues.SESSION_KINDS,
    "session_stage": dialogues.SESSION_STAGES, "way": dialogues.WAYS, "attendee": dialogues.ATTENDEES,
    "commitment": dialogues.COMMITMENTS, "data_request": DATA_REQUESTS, "kept": KEPT,
}  # fmt: skip
