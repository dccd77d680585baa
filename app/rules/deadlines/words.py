"""The words in which a derivation is told, in Vietnamese and in English, side by side."""

from __future__ import annotations

from app.rules.deadlines.table import CALENDAR_DAYS, HOURS, WORKING_DAYS

EVENTS = {
    "accepted": ("ngày thụ lý", "the day it was accepted"),
    "archived": ("ngày lưu đơn", "the day it was archived"),
    "breach_found": ("lúc phát hiện sự cố", "when the breach was found"),
    "conclusion_issued": ("ngày ban hành kết luận", "the day the conclusion was issued"),
    "decision_issued": ("ngày ban hành quyết định", "the day the decision was issued"),
    "decision_known": ("ngày biết quyết định, hành vi", "the day the decision or act became known"),
    "dialogue_date": ("ngày đối thoại", "the day of the dialogue"),
    "first_decision_received_or_first_limit_expired": (
        "ngày nhận quyết định lần đầu hoặc hết hạn giải quyết lần đầu",
        "the day the first decision was received or the first limit ran out",
    ),
    "meeting_date": ("ngày họp", "the day of the meeting"),
    "overdue_complaint_received_by_superior": (
        "ngày cấp trên nhận tin việc quá hạn", "the day the level above learned that it was overdue"),
    "posted": ("ngày niêm yết", "the day it was posted"),
    "previous_due": ("ngày hết hạn trước", "the due date before"),
    "received": ("ngày nhận đơn", "the day the petition was received"),
    "received_by_handler": ("ngày cơ quan xử lý nhận", "the day the office in charge received it"),
    "report_requested": ("ngày yêu cầu báo cáo", "the day the report was asked for"),
    "submitted": ("ngày gửi", "the day it was sent"),
    "suspension_or_termination_issued": (
        "ngày ban hành quyết định tạm đình chỉ, đình chỉ", "the day the suspension or termination was issued"),
}  # fmt: skip
"""What starts a clock (`starts_from` of deadlines.toml)."""

PAPERS = {"extension_decision": ("quyết định gia hạn", "extension decision")}
"""What an extension needs (`requires_document` of deadlines.toml)."""

UNITS = {
    CALENDAR_DAYS: ("{n} ngày, tính cả ngày nghỉ", "{n} calendar days"),
    WORKING_DAYS: ("{n} ngày làm việc", "{n} working days"),
    HOURS: ("{n} giờ liên tục", "{n} consecutive hours"),
}

WORDS = {
    "start": ("Bắt đầu", "Start"),
    "is_zero": ("{day}, {event}; ngày này chưa tính", "{day}, {event}; this day is not counted"),
    "plain_zero": ("{day}; ngày này chưa tính", "{day}; this day is not counted"),
    "law": ("Quy định", "Rule"),
    "length": ("Độ dài", "Length"),
    "backwards": ("{amount}, đếm lùi", "{amount}, counted backwards"),
    "counted": ("Ngày được tính", "Days counted"),
    "in_all": ("{spans} (tất cả {n} ngày)", "{spans} ({n} in all)"),
    "skipped": ("Không tính", "Not counted"),
    "because": ("{spans}: {why}", "{spans}: {why}"),
    "a_holiday": ("ngày nghỉ theo lịch lúc tính", "day off by the calendar of that time"),
    "before_extension": ("ngày nghỉ ở cuối kỳ trước gia hạn", "rest at the end of the period before the extension"),
    "made_up": ("Ngày làm bù được tính", "Make-up days counted"),
    "paused": ("Tạm dừng", "Paused"),
    "paused_from": ("từ {first} đến hết {last}, {n} ngày", "from {first} to {last}, {n} in all"),
    "paused_since": ("từ {first} đến nay; thời gian này không tính vào hạn",
                     "since {first}; this time does not count"),
    "extended": ("Gia hạn", "Extended"),
    "extended_by": ("thêm {amount}, từ {before} đến {after}; {law}", "by {amount}, from {before} to {after}; {law}"),
    "by_paper": ("{words}; {paper}", "{words}; {paper}"),
    "paper_number": ("{paper} số {number}", "{paper} no. {number}"),
    "rolled": ("Ngày cuối là ngày nghỉ", "Last day is a day off"),
    "moved": ("{spans}, nên chuyển sang ngày làm việc tiếp theo", "{spans}, so it moves to the next working day"),
    "due": ("Hạn", "Due"),
    "due_before_pause": ("Hạn trước khi tạm dừng", "Due date before the pause"),
    "to": (" đến ", " to "),
}  # fmt: skip


def say(key: str, lang: str, **values: object) -> str:
    """One of WORDS in a language; any but 'vi' gets English."""
    return WORDS[key][lang != "vi"].format(**values)
