"""What of the case itself stands in the way of a verb, beyond its status: each with the sentence that says so."""

from __future__ import annotations

from collections.abc import Callable

from .actors import CaseFacts
from .vocabulary import N_, Action, Kind, Role, Status

Reason = Callable[[CaseFacts], bool]


def _waits_for_original(case: CaseFacts) -> bool:
    return case.kind in (Kind.COMPLAINT, Kind.DENUNCIATION) and not case.is_registered


def _is_eligible_and_unworked(case: CaseFacts) -> bool:
    return case.status != Status.CLOSED and not case.is_ineligible


def _was_accepted(case: CaseFacts) -> bool:
    return case.kind == Kind.COMPLAINT and case.is_accepted


_ACCEPTED_ALREADY = (lambda c: c.is_accepted, N_("Việc này đã thụ lý rồi."))
_NOT_ACCEPTED = (lambda c: not c.is_accepted, N_("Chưa thụ lý, chưa làm được bước này."))
_COMPLAINT_NOT_ACCEPTED = (lambda c: c.kind == Kind.COMPLAINT and not c.is_accepted, _NOT_ACCEPTED[1])
_INSISTED = (
    lambda c: c.kind == Kind.DIALOGUE and c.has_insisted,
    N_("Người gửi đã đề nghị gặp lần nữa: hẹn giờ, hoặc từ chối có lý do."),
)
_NOT_REGISTERED = (_waits_for_original, N_("Chưa vào sổ bản gốc có chữ ký."))

REASONS: dict[Action, tuple[tuple[Reason, str], ...]] = {
    Action.REGISTER: ((lambda c: c.is_registered, N_("Bản gốc có chữ ký đã vào sổ rồi.")),),
    Action.RECEIVE: ((lambda c: c.is_received, N_("Việc này đã vào sổ tiếp nhận rồi.")),),
    Action.NAME_HANDLER: (_NOT_REGISTERED,),
    Action.DISMISS_HANDLER: ((lambda c: not c.handler_ids, N_("Chưa chỉ định ai.")),),
    Action.ACCEPT: (
        (_waits_for_original, N_("Chưa vào sổ bản gốc có chữ ký, chưa thụ lý được.")), _ACCEPTED_ALREADY,
        (lambda c: c.is_ineligible, N_("Đơn chưa đủ điều kiện xử lý, không thụ lý được.")),
    ),
    Action.NOT_ACCEPT: (_NOT_REGISTERED, _ACCEPTED_ALREADY),
    Action.FORWARD: ((lambda c: c.is_accepted, N_("Việc đã thụ lý, không chuyển đơn vị khác được nữa.")),),
    Action.GUIDE: (_ACCEPTED_ALREADY,),
    Action.TRANSFER_OUT: (_ACCEPTED_ALREADY,),
    Action.RETURN_PETITION: (_ACCEPTED_ALREADY,),
    Action.MARK_DUPLICATE: (_ACCEPTED_ALREADY,),
    Action.SPLIT: (_ACCEPTED_ALREADY,),
    Action.VERIFY: (_NOT_ACCEPTED,),
    Action.SUSPEND: (_NOT_ACCEPTED,),
    Action.TERMINATE: (_NOT_ACCEPTED,),
    Action.EXTEND: (_NOT_ACCEPTED,),
    Action.HOLD_DIALOGUE: (_COMPLAINT_NOT_ACCEPTED,),
    Action.CHOOSE_TIME: ((lambda c: not c.has_offer, N_("Đơn vị chưa đề xuất giờ nào để chọn.")),),
    Action.PROPOSE: (_INSISTED,),
    Action.APPROVE: (_INSISTED,),
    Action.INSIST: (
        (lambda c: c.has_dialogue, N_("Buổi đối thoại đã diễn ra.")),
        (lambda c: not c.has_answer, N_("Chưa có câu trả lời bằng văn bản.")),
        (lambda c: c.has_insisted, N_("Đã đề nghị gặp thêm một lần rồi. Mỗi đề nghị chỉ được một lần.")),
        (lambda c: not c.can_reopen, N_("Đã hết thời gian đề nghị gặp lại.")),
    ),
    Action.PUBLISH_REQUEST: (
        (lambda c: c.is_shared, N_("Đề nghị này đã công khai rồi.")),
        (lambda c: not c.is_public, N_("Người gửi không đồng ý công khai đề nghị này.")),
    ),
    Action.MAKE_COMPLEX: (
        _NOT_ACCEPTED,
        (lambda c: c.is_complex, N_("Đã xác định là vụ việc phức tạp rồi. Luật Khiếu nại chỉ cho một lần.")),
    ),
    Action.CONCLUDE: (_NOT_ACCEPTED,),
    Action.REQUEST_REPORT: (
        (lambda c: not c.is_overdue, N_("Chưa quá hạn, chưa yêu cầu báo cáo (Luật Tố cáo, điều 38).")),
        (lambda c: c.report_is_owed, N_("Đã yêu cầu báo cáo, đang chờ trả lời.")),
    ),
    Action.GIVE_REPORT: ((lambda c: not c.report_is_owed, N_("Cấp trên chưa yêu cầu báo cáo.")),),
    Action.DECIDE: (
        (lambda c: not c.is_accepted, N_("Khiếu nại chưa thụ lý, chưa ra quyết định được.")),
        (
            lambda c: c.instance == 2 and not c.has_dialogue,
            N_("Giải quyết lần hai phải tổ chức đối thoại trước (Luật Khiếu nại, điều 39)."),
        ),
    ),
    Action.SEND: ((lambda c: c.is_sent and c.kind == Kind.COMPLAINT, N_("Đã ghi ngày gửi rồi.")),),
    Action.PUBLISH: (
        (lambda c: not c.has_answer, N_("Chưa có câu trả lời để công khai.")),
        (lambda c: c.is_published, N_("Đã ghi công khai rồi.")),
    ),
    Action.APPEAL: ((lambda c: not c.can_appeal, N_("Chưa đến lúc hoặc đã hết thời hiệu khiếu nại lần hai.")),),
    Action.REPLY: (
        (
            lambda c: c.status == Status.CLOSED and not c.is_heard_elsewhere,
            N_("Việc đã kết thúc, không nhắn thêm được nữa."),
        ),
    ),
    Action.REMIND: ((lambda c: c.has_reminder, N_("Đã nhắc người gửi một lần rồi.")),),
    Action.REOPEN: ((lambda c: not c.can_reopen, N_("Đã hết thời gian mở lại việc này.")),),
    Action.RATE: (
        (lambda c: not (c.has_answer or c.shares_answer), N_("Chưa có câu trả lời để đánh giá.")),
    ),
    Action.WITHDRAW: (
        (_was_accepted, N_("Khiếu nại đã thụ lý: rút toàn bộ thì ra quyết định đình chỉ (Luật Khiếu nại, điều 10).")),
    ),
    Action.CLOSE: (
        (
            lambda c: c.status == Status.WAITING and not c.has_reminder,
            N_("Chưa nhắc người gửi, chưa kết thúc được."),
        ),
    ),
    Action.ARCHIVE: ((_is_eligible_and_unworked, N_("Chỉ lưu ngay đơn đã xác định là không đủ điều kiện xử lý.")),),
}  # fmt: skip
"""For each verb what may stand in its way, asked in this order."""


OF_RESIDENTS: dict[Action, tuple[tuple[Reason, str], ...]] = {
    Action.WITHDRAW: (
        (
            lambda c: c.kind == Kind.COMPLAINT and c.is_registered,
            N_("Bản gốc đã vào sổ: rút khiếu nại bằng giấy có chữ ký hoặc biên bản (Luật Khiếu nại, điều 10)."),
        ),
    ),
}
"""What stands in the way of the resident only, asked first."""


def unready(action: Action, case: CaseFacts, role: Role) -> str | None:
    """The first thing that stands in the way of whoever wears this hat, as a sentence, or None."""
    own = OF_RESIDENTS.get(action, ()) if role == Role.RESIDENT else ()
    return next((sentence for stands, sentence in (*own, *REASONS.get(action, ())) if stands(case)), None)
