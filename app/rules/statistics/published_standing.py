# ruff: noqa: E501  (sentences stay whole)
"""The formulas in words: what lies at a unit, what falls due, what came in and went out, and the year before."""

from __future__ import annotations

from .published import Formula, Text

T = Text

OF_STANDING: tuple[Formula, ...] = (
    Formula(
        "age", T("Tuổi của việc đang mở", "Age of open cases"),
        T("Việc đang mở vào cuối kỳ (hoặc lúc này) đã ở đơn vị bao lâu, kể từ lúc đến đơn vị ấy. Nhóm tính theo số ngày tròn 24 giờ; mỗi việc đang mở thuộc đúng một nhóm.",
          "How long cases that are open when the period ends (or now) have been at the unit, from their arrival there. Groups count whole days of 24 hours; every open case is in exactly one."),
        left_out=(
            T("Thời gian ở nơi trước: đơn vị chỉ chịu trách nhiệm phần của mình.", "Time at units before: a unit answers for its own part only."),
            T("Việc mở lại tính từ lần đến đầu tiên, vì người gửi đã chờ từ hôm ấy.",
              "A reopened case counts from its first arrival: its resident has waited since then."),
            T("Mỗi nhóm chia ba: còn trong hạn, đã quá hạn, không có hạn (quy định không đặt, hoặc thời hạn đang dừng theo luật).",
              "Each group falls in three: in time, overdue, without a due date (none is set, or the law lets the clock stand still)."),
        ),
    ),
    Formula(
        "flow", T("Vào và ra", "In and out"),
        T("Vào: việc mới nhận, và việc được mở lại. Ra: việc có câu trả lời đầu tiên hoặc kết thúc, việc chuyển đi khi chưa trả lời; và việc mở lại đã trả lời lại hoặc chuyển đi. Số đang mở cuối ngày bằng số cuối ngày hôm trước, cộng vào, trừ ra.",
          "In: cases received, and cases reopened. Out: cases first answered or closed, or passed on unanswered; and reopened ones answered again or passed on. The open cases at a day's end are those of the day before, plus in, minus out."),
        left_out=(
            T("Một việc đến, xong và mở lại trong cùng một ngày được đếm ở cả vào và ra.",
              "A case that came, was finished and reopened on one day counts in both in and out."),
            T("Chỉ lần mở lại sau cùng của một lần thụ lý được giữ; ngày trước đó xem như việc đã xong.",
              "Only the last reopening of a custody is kept; before it the case counts as finished."),
        ),
    ),
    Formula(
        "lateness", T("Quá hạn bao lâu", "How late"),
        T("Số ngày lịch từ ngày đến hạn đến ngày cuối kỳ (hoặc hôm nay) của việc đang quá hạn. Việc mở lại tính theo thời hạn mới.",
          "Calendar days from the due date to the period's last moment (or today), for cases overdue then. A reopened case goes by its new due date."),
        left_out=(T("Việc không có hạn, hoặc thời hạn đang dừng theo luật.", "Cases without a due date, or whose clock the law lets stand still."),),
    ),
    Formula(
        "due_soon", T("Đến hạn trong 7 ngày", "Due within 7 days"),
        T("Việc đang mở, chưa quá hạn, có hạn trong 7 ngày kể từ cuối kỳ (hoặc từ hôm nay, kể cả hôm nay). Ai không trả lời kịp thì việc ấy thành quá hạn vào ngày hôm sau ngày đến hạn.",
          "Open cases, not overdue, due within 7 days of the period's end (or of today, today included). Unanswered, they are overdue on the day after their due date."),
        left_out=(
            T("Việc đang chờ người gửi vẫn được tính: luật không dừng thời hạn vì câu hỏi. Chúng được nói riêng, chỉ khi xem lúc này.",
              "Cases waiting for the resident do count: no law stops the clock for a question. They are named apart, for the present moment only."),
            T("Việc tạm đình chỉ mà luật cho thời hạn dừng: lúc dừng không có ngày đến hạn nào. Chúng được nói riêng.",
              "Suspended cases whose clock the law stops: while it stands there is no due date. They are named apart."),
        ),
    ),
    Formula(
        "last_year", T("Cùng kỳ năm trước", "The same days last year"),
        T("Cùng những ngày ấy của năm trước: tháng trọn so với tháng trọn, kỳ chưa hết so với đúng số ngày đã qua. Tính cùng công thức, như trang của kỳ ấy.",
          "The same days of the year before: a whole month against the whole month, an unfinished one against just as many days. The same formula, as that period's own page shows it."),
        left_out=(
            T("Ngày 29 tháng 2 không có ngày cùng kỳ ở năm thường.", "29 February has no such day in a common year."),
            T("Chênh lệch giữa hai tỷ lệ chỉ nói khi cả hai mẫu số đủ lớn, tính bằng điểm phần trăm.",
              "A difference between two rates is told only where both denominators are large enough, in percentage points."),
        ),
    ),
)  # fmt: skip
