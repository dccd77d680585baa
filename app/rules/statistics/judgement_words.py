# ruff: noqa: E501  (sentences stay whole)
"""Growth, response, reasons, reopening and workload as the page "How we count" explains them, in both languages."""

from __future__ import annotations

from .published import Formula
from .published import Text as T

REOPENED_TIMES = T("lần mở lại", "reopenings")

JUDGEMENT: tuple[Formula, ...] = (
    Formula(
        "growth", T("Tăng, giảm so với năm trước", "More or fewer than last year"),
        T("Số việc mới nhận trong kỳ, trừ số việc mới nhận trong đúng những ngày ấy của năm trước. Chỉ so những ngày đã hết, vì hôm nay mới qua một phần.",
          "Cases received in the period, less those received on the same days of the year before. Only days that are over are compared, since today has only partly passed."),
        left_out=(T("Phần trăm chỉ được tính khi năm trước có đủ số việc; với số nhỏ, một hai việc đã làm phần trăm nhảy vọt.",
                    "A percentage is computed only where last year had enough cases; of small numbers one or two cases make it jump."),
                  T("Tăng chưa hẳn là xấu: có thể người dân mới biết chỗ để gửi.",
                    "More is not always worse: people may only just have learnt where to write.")),
    ),
    Formula(
        "response", T("Có đánh giá", "Rated at all"),
        T("Bao nhiêu phần trong số câu trả lời được người gửi đánh giá. Tỷ lệ hài lòng chỉ nói thay cho những người ấy.",
          "How many of the answers their residents rated. The satisfaction rate speaks for those only."),
        numerator=T("trả lời trong kỳ và đã được đánh giá, dù đánh giá sau kỳ", "answered in the period and rated since, even after the period"),
        denominator=T("đã xong trong kỳ và có câu trả lời", "finished in the period with an answer"),
        left_out=(T("Người không đánh giá có thể nghĩ khác người đánh giá; không ai được tính thay họ.",
                    "Those who did not rate may think otherwise; nobody is counted in their place."),),
    ),
    Formula(
        "reasons", T("Lý do được đánh dấu", "Reasons ticked"),
        T("Số đánh giá trong kỳ có đánh dấu lý do ấy. Một đánh giá có thể đánh dấu nhiều lý do, nên cộng lại có thể lớn hơn số đánh giá.",
          "Ratings of the period in which that reason was ticked. One rating may tick several, so they may add up to more than the ratings."),
        unit=T("đánh giá", "ratings"),
    ),
    Formula(
        "reopened_after", T("Mở lại sau bao lâu", "Reopened after"),
        T("Từ câu trả lời đầu tiên của đơn vị đến lúc người gửi nói lần đầu là chưa xong. Tính cho các việc trả lời trong kỳ.",
          "From the unit's first answer to the first time the resident said: not solved. For cases answered in the period."),
    ),
    Formula(
        "second_answer", T("Trả lời lại mất bao lâu", "Answered again after"),
        T("Từ lúc người gửi nói lần đầu là chưa xong đến câu trả lời sau cùng của chính đơn vị ấy.",
          "From the first time the resident said: not solved, to the last answer of that same unit."),
        left_out=(
            T("Việc mở lại mà chưa trả lời lại: chưa có gì để đo.", "Reopened and not answered again: nothing to measure yet."),
            T("Việc mở lại rồi chuyển nơi khác trả lời: thời gian ấy thuộc về nơi khác.",
              "Reopened, then answered by another unit: that time belongs to the other unit."),
            T("Việc mở lại nhiều lần: tính đến câu trả lời sau cùng.", "Reopened several times: counted to the last answer."),
        ),
    ),
    Formula(
        "reopened_outcome", T("Mở lại theo kết quả", "Reopened by outcome"),
        T("Kết quả là của câu trả lời sau cùng tại đơn vị; việc mở lại mà chưa trả lời lại thì là kết quả của câu trả lời đầu.",
          "The outcome is that of the unit's last answer; for a case reopened and not answered again it is that of the first."),
    ),
    Formula(
        "reopened_more", T("Mở lại nhiều lần", "Reopened more than once"),
        T("Việc đã trả lời trong kỳ mà người gửi nói là chưa xong từ hai lần trở lên, ở bất kỳ đơn vị nào.",
          "Cases answered in the period whose residents said twice or more: not solved, at whatever unit."),
        unit=REOPENED_TIMES,
    ),
    Formula(
        "workload_open", T("Khối lượng: đang giữ", "Workload: in hand"),
        T("Việc đang mở lúc này, giao cho người ấy: như danh sách việc của họ, không theo kỳ. Quá hạn, đến hạn trong 7 ngày và đang chờ (người gửi nợ câu trả lời, hoặc việc tạm đình chỉ) là những phần của con số này.",
          "Cases open at this moment and assigned to that person, as in their queue and not by period. Overdue, due within 7 days and waiting (the resident owes a reply, or the case is suspended) are parts of it."),
        left_out=(
            T("Thời hạn là thời hạn đang chạy của việc, kể cả hạn phân loại, thụ lý.",
              "The due date is the one running, be it for classifying or accepting."),
            T("Tố cáo không có trong con số này.", "Denunciations are not in this figure."),
        ),
    ),
    Formula(
        "workload_answered", T("Khối lượng: đã trả lời", "Workload: answered"),
        T("Việc của đơn vị có câu trả lời đầu tiên trong kỳ, tính cho người trình câu trả lời hoặc trình văn bản sau cùng trước lúc ấy; không ai trình thì cho người ký. Đúng hạn được tính như của đơn vị; thời gian là từ lúc việc đến đơn vị, kể cả trước khi giao cho người ấy, đến câu trả lời đầu tiên.",
          "The unit's cases first answered in the period, counted for who last proposed the answer or submitted the paper before it; where nobody did, for who signed. On time is counted as for the unit; the duration runs from the arrival at the unit, also before that person had it, to the first answer."),
        numerator=T("có hạn và trả lời chậm nhất vào ngày đến hạn", "with a due date, answered on that date at the latest"),
        denominator=T("có hạn và đã trả lời trong kỳ", "with a due date, answered in the period"),
        left_out=(
            T("Con số này để chia việc cho đều, không để xếp hạng người: việc khó và việc dễ được đếm như nhau.",
              "It is for sharing work out evenly, not for ranking people: hard cases and easy ones count alike."),
            T("Chỉ người đứng đầu đơn vị xem được; không có trong bất cứ trang công khai, báo cáo của cấp trên nào.",
              "Only the unit's head sees it; it stands on no public page and in no report to those above."),
            T("Việc trùng, người gửi rút, đình chỉ: không ai trả lời.", "Duplicates, withdrawals, terminations: nobody answered."),
        ),
    ),
)  # fmt: skip
