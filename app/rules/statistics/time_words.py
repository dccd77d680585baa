# ruff: noqa: E501  (sentences stay whole)
"""The formulas of the page "where time is lost" in words, in both languages."""

from __future__ import annotations

from .published import Formula
from .published import Text as T

TIME: tuple[Formula, ...] = (
    Formula(
        "stages", T("Đi được đến đâu", "How far cases get"),
        T("Trong số lần thụ lý bắt đầu trong kỳ: bao nhiêu lần đã qua từng bước, tính đến nay.",
          "Of the custodies that began in the period: how many have gone through each step, until today."),
        numerator=T("đã đứng ở trạng thái ấy dù chỉ một lúc; với hai bước cuối: đã trả lời, đã được đánh giá",
                    "stood in that status, however shortly; for the last two: answered, judged by the resident"),
        denominator=T("lần thụ lý bắt đầu trong kỳ", "custodies that began in the period"),
        left_out=(T("Các bước không nhất thiết nối tiếp nhau: xác minh chỉ có ở khiếu nại, tố cáo; có việc được trả lại hoặc chuyển đi ngay khi phân loại.",
                    "Steps need not follow each other: only complaints and denunciations are verified; some cases are returned or passed on while they are sorted."),),
    ),
    Formula(
        "dwell", T("Thời gian nằm ở đâu", "Where the time went"),
        T("Trong số lần thụ lý đã xong trong kỳ, hoặc đã chuyển đi trong kỳ khi chưa trả lời: thời gian ở từng trạng thái, từ sự kiện đưa việc vào trạng thái ấy đến sự kiện đưa việc ra.",
          "Of the custodies finished in the period, or passed on in it unanswered: the time in each status, from the event that brought the case into it to the one that took it out."),
        left_out=(T("Chờ người gửi trả lời và tạm đình chỉ theo luật đứng riêng: đó không phải thời gian của đơn vị.",
                    "Waiting for the resident and suspensions by law stand apart: they are not the unit's own time."),
                  T("Sau khi trả lời, thời gian không tính nữa. Việc mở lại thì tính tiếp ở chính lần thụ lý ấy, trừ trạng thái còn đang kéo dài.",
                    "After the answer no time counts. If the case is reopened it counts on in the same custody, but for the status that still lasts.")),
    ),
    Formula(
        "to_and_fro", T("Chuyển đi chuyển lại", "To and fro"),
        T("Lần thụ lý bắt đầu trong kỳ là lần thứ mấy của vụ việc, từ đâu đến, và có phải đơn vị đã từng giữ việc ấy rồi chuyển đi hay không.",
          "Which stay of its case a custody begun in the period is, where it came from, and whether the unit had held the case before and passed it on."),
        numerator=T("lần thụ lý ở đơn vị đã từng giữ việc ấy, khi việc chưa được trả lời", "custodies at a unit that had held the case before, while it was unanswered"),
        denominator=T("lần thụ lý bắt đầu trong kỳ", "custodies that began in the period"),
        left_out=(T("Việc đã trả lời rồi mở lại và chuyển đi không tính là quay lại.", "A case that was answered, reopened and passed on does not count as coming back."),),
    ),
    Formula(
        "standing", T("Đang nằm ở đâu", "Where they stand now"),
        T("Việc đang mở ở đơn vị lúc này, trong số đã đến trước khi kỳ kết thúc: đang ở trạng thái nào, từ bao lâu.",
          "Cases open at the unit at this moment, of those that had come before the period ended: in which status, for how long."),
        left_out=(T("Buổi đối thoại đã hẹn không tính: đơn vị đã trả lời, chỉ còn chờ đến ngày.",
                    "A dialogue that has its time is left out: the unit has answered, only the day is still to come."),),
    ),
)  # fmt: skip
