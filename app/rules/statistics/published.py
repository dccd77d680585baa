# ruff: noqa: E501  (sentences stay whole)
"""The formulas in words, in both languages: the page "How we count" is this table, printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One sentence in Vietnamese and English. It belongs to the formula, so both change with it."""

    vi: str
    en: str


@dataclass(frozen=True)
class Formula:
    """One published figure: what it says, what stands above and below the line, and what is left out and why."""

    code: str
    name: Text
    sentence: Text
    numerator: Text | None = None
    denominator: Text | None = None
    left_out: tuple[Text, ...] = ()
    unit: Text | None = None
    """What is counted, where it is not cases."""


T = Text

FORMULAS: tuple[Formula, ...] = (
    Formula(
        "received", T("Mới nhận", "Received"),
        T("Số lần thụ lý bắt đầu trong kỳ: việc mới đến đơn vị, từ người dân hoặc do nơi khác chuyển đến.",
          "Custodies that began in the period: cases that came to the unit, from residents or passed on by others."),
        left_out=(T("Việc qua nhiều nơi được tính ở từng nơi đã giữ nó, nên tổng các đơn vị có thể lớn hơn số đơn.",
                    "A case that moved counts at each unit that held it, so units may add up to more than petitions."),),
    ),
    Formula(
        "finished", T("Đã xong", "Finished"),
        T("Số lần thụ lý có câu trả lời đầu tiên, hoặc kết thúc, trong kỳ.",
          "Custodies whose first answer, or closing, fell in the period."),
        left_out=(T("Trả lời lại sau khi mở lại không tính thêm lần nữa: việc ấy đã được đếm ở lần đầu.",
                    "Answering again after a reopening is not counted again: the case was counted the first time."),),
    ),
    Formula(
        "open", T("Đang mở", "Open"),
        T("Số việc còn ở đơn vị vào cuối kỳ (hoặc lúc này, nếu kỳ chưa hết): chưa trả lời, hoặc đã mở lại mà chưa trả lời lại.",
          "Cases at the unit when the period ends (or now, if it has not ended): unanswered, or reopened and not answered again."),
    ),
    Formula(
        "overdue", T("Đang quá hạn", "Overdue"),
        T("Trong số đang mở, việc có hạn trước ngày cuối kỳ. Việc mở lại tính theo thời hạn mới của lần mở lại.",
          "Of the open ones, those due before that day. A reopened case goes by the new due date of its reopening."),
        numerator=T("đang mở và đã qua hết ngày đến hạn", "open, with the whole due date past"),
        denominator=T("đang mở", "open"),
        left_out=(T("Việc không đặt thời hạn không bao giờ quá hạn; nó cũng không bao giờ đúng hạn.",
                    "A case without a due date is never overdue; nor is it ever on time."),),
    ),
    Formula(
        "on_time", T("Đúng hạn", "On time"),
        T("Đơn vị trả lời lần đầu kịp hạn được bao nhiêu phần trong số việc lẽ ra phải xong.",
          "How much of what was owed got its first answer by the due date."),
        numerator=T("xong trong kỳ, chậm nhất vào ngày đến hạn", "finished in the period, on the due date at the latest"),
        denominator=T("việc có hạn đã xong trong kỳ, cộng việc chuyển đi sau khi đã quá hạn, cộng việc chưa xong và đã quá hạn vào cuối kỳ",
                      "cases with a due date finished in the period, plus those passed on after it, plus those unfinished and past due when the period ends"),
        left_out=(
            T("Việc không đặt thời hạn: không có gì để so.", "No due date: nothing to judge by."),
            T("Việc chuyển đi trước hạn: đơn vị sau trả lời, thời hạn không tính lại. Chuyển đi sau hạn là trễ.",
              "Passed on before the due date: the next unit answers, its clock does not restart. After it, it is late."),
            T("Lần xử lý sau khi mở lại: câu trả lời đầu tiên được chấm; việc mở lại có tỷ lệ riêng.",
              "Work after a reopening: the first answer is judged; reopenings have their own rate."),
            T("Việc trùng, người gửi rút, đình chỉ: không ai được trả lời, tính vào sẽ làm đẹp hoặc làm xấu con số.",
              "Duplicates, withdrawals, terminations: nobody was answered, and counting them would flatter or spoil the figure."),
            T("Đơn bị từ chối vẫn được tính: người gửi nhận được lý do, và từ chối muộn cũng là muộn.",
              "Refusals do count: the resident gets a reasoned reply, and a late refusal is late too."),
        ),
    ),
    Formula(
        "first_response", T("Trả lời lần đầu", "First response"),
        T("Từ lúc việc đến đơn vị đến tin đầu tiên do người viết mà người gửi đọc được: câu hỏi, hướng dẫn hoặc câu trả lời. Tính cho các tin đầu tiên trong kỳ.",
          "From the arrival at the unit to the first message by a person that the resident can read: a question, guidance or an answer. For first messages sent in the period."),
        left_out=(T("Biên nhận và tin tự động không bao giờ được tính.", "Receipts and automatic messages never count."),),
    ),
    Formula(
        "resolution", T("Thời gian giải quyết", "Time to resolve"),
        T("Từ lúc việc đến đơn vị đến câu trả lời sau cùng trong kỳ. Tính hai cách: cả thời gian, và trừ thời gian chờ người gửi trả lời câu hỏi hoặc luật cho thời hạn dừng.",
          "From the arrival at the unit to the last answer, for last answers in the period. Shown twice: all time, and without the time the resident owed a reply or the law let the clock stand still."),
        left_out=(
            T("Việc trùng, người gửi rút, đình chỉ: không ai được trả lời.",
              "Duplicates, withdrawals, terminations: nobody was answered."),
            T("Việc mở lại chỉ tính khi đã trả lời lại, từ ngày đến đầu tiên.",
              "A reopened case counts once it is answered again, from its first arrival."),
        ),
    ),
    Formula(
        "whole_case", T("Thời gian người dân phải đợi", "How long the resident waited"),
        T("Từ lúc người dân gửi đến câu trả lời sau cùng trong kỳ, qua mọi đơn vị đã giữ việc. Tính ở đơn vị trả lời sau cùng. Cũng tính hai cách: cả thời gian, và trừ mọi lúc luật cho chờ.",
          "From the resident's sending to the last answer in the period, through every unit that held the case. Counted at the unit that answered last. Shown twice as well: all time, and without every legal pause."),
        left_out=(T("Việc mở lại rồi chuyển đi nơi khác: chỉ câu trả lời sau cùng được tính, ở nơi trả lời.",
                    "Cases reopened and passed on since: only the last answer counts, where it was given."),),
    ),
    Formula(
        "working_days", T("Ngày làm việc", "Working days"),
        T("Số ngày làm việc sau ngày bắt đầu, đến hết ngày kết thúc; như cách tính thời hạn. Không kể thứ Bảy, Chủ nhật, ngày lễ, có kể ngày làm bù.",
          "Working days after the day on which it began, up to and with the day on which it ended, as deadlines are counted: no weekends, no holidays, with days worked in their place."),
        left_out=(T("Lúc chờ không được trừ: lúc chờ tính theo giây, không theo ngày làm việc.",
                    "Pauses are not taken off: they are counted in seconds, not in working days."),),
    ),
    Formula(
        "satisfaction", T("Hài lòng", "Satisfaction"),
        T("Phần người đánh giá chọn mức 4 (Hài lòng) hoặc 5 (Rất hài lòng).",
          "The share of those who rated that chose level 4 (satisfied) or 5 (very satisfied)."),
        numerator=T("đánh giá mức 4 và 5 trong kỳ", "ratings of level 4 and 5 in the period"),
        denominator=T("mọi đánh giá trong kỳ", "all ratings in the period"),
        left_out=(
            T("Người không đánh giá: họ có thể nghĩ khác. Vì vậy số lượt luôn đứng cạnh tỷ lệ.",
              "Those who did not rate: they may think otherwise. So the number of ratings always stands beside the rate."),
            T("Đánh giá đã sửa: chỉ lần sau cùng của mỗi lần thụ lý được tính.",
              "Changed ratings: only the last one of each custody counts."),
        ),
    ),
    Formula(
        "reopened", T("Mở lại", "Reopened"),
        T("Phần việc đã trả lời mà người gửi nói là chưa xong.", "The share of answered cases whose residents said: not solved."),
        numerator=T("trả lời trong kỳ và sau đó được mở lại, dù mở lại sau kỳ", "answered in the period and reopened since, even after the period"),
        denominator=T("đã xong trong kỳ và có câu trả lời", "finished in the period with an answer"),
        left_out=(T("Việc trùng, người gửi rút, đình chỉ: không có câu trả lời để mở lại.",
                    "Duplicates, withdrawals, terminations: there is no answer to reopen."),),
    ),
    Formula(
        "judged_finish", T("Từng lĩnh vực, 12 tháng", "By subject, 12 months"),
        T("Biểu đồ theo lĩnh vực chỉ vẽ việc có hạn đã xong trong tháng: đúng hạn hoặc trễ. Việc còn mở không có trong hình.",
          "The charts by subject draw only cases with a due date finished in the month: on time or late. Open ones are not drawn."),
        numerator=T("xong trong tháng, chậm nhất vào ngày đến hạn", "finished in the month, on the due date at the latest"),
        denominator=T("việc có hạn đã xong trong tháng", "cases with a due date finished in the month"),
    ),
    Formula(
        "d766_in_time", T("Phản ánh, kiến nghị xử lý đúng hạn (Quyết định 766)", "Feedback handled in time (Decision 766)"),
        T("Tỷ lệ của Quyết định 766/QĐ-TTg: phản ánh, kiến nghị thuộc thẩm quyền được xử lý trước hoặc đúng hạn. Quyết định này chưa tách điểm cho từng tỷ lệ ở đây, nên chỉ có tỷ lệ.",
          "The rate of Decision 766/QD-TTg: feedback in competence handled before or on its due date. How many points it is worth was not confirmed, so there is a rate and no score."),
        numerator=T("phản ánh, kiến nghị xong trong kỳ, chậm nhất vào ngày đến hạn", "feedback finished in the period, on the due date at the latest"),
        denominator=T("phản ánh, kiến nghị lẽ ra phải xong trong kỳ (mẫu số của Đúng hạn)", "feedback that should have been done in the period (the denominator of On time)"),
        left_out=(T("Việc chưa đến hạn: chưa có gì để chấm. Khiếu nại, tố cáo, đề nghị đối thoại không phải là phản ánh, kiến nghị.",
                    "Feedback not yet due: nothing to judge. Complaints, denunciations and requests for a dialogue are no feedback."),),
    ),
    Formula(
        "d766_satisfied", T("Hài lòng trong xử lý phản ánh, kiến nghị (Quyết định 766)", "Satisfaction with feedback (Decision 766)"),
        T("Tỷ lệ của Quyết định 766/QĐ-TTg: mọi phản ánh, kiến nghị trừ việc bị đánh giá không hài lòng hoặc xử lý quá hạn. Người không đánh giá được coi là không phản đối; vì vậy con số này cao hơn Hài lòng ở trên.",
          "The rate of Decision 766/QD-TTg: all feedback less what was judged unsatisfactory or handled late. Who did not rate counts as not objecting; so this figure is higher than Satisfaction above."),
        numerator=T("phản ánh, kiến nghị xong đúng hạn và không bị đánh giá mức 1, 2", "feedback done in time and not rated 1 or 2"),
        denominator=T("phản ánh, kiến nghị lẽ ra phải xong trong kỳ", "feedback that should have been done in the period"),
    ),
)  # fmt: skip

GENERAL: tuple[Text, ...] = (
    Text("Một đơn vị chỉ chịu trách nhiệm về thời gian việc nằm ở đơn vị mình (thời gian thụ lý), không phải về nơi khác đã giữ trước đó.",
         "A unit answers only for the time a case lay with it (its custody), not for units that held it before."),
    Text("Một ngày bắt đầu và kết thúc lúc nửa đêm giờ địa phương. Kỳ gồm cả ngày đầu và ngày cuối.",
         "A day begins and ends at local midnight. A period includes its first and its last day."),
    Text("Tỷ lệ có kèm khoảng tin cậy 95 % (Wilson): chênh lệch nhỏ hơn khoảng ấy chưa nói lên điều gì.",
         "Rates come with a 95 % interval (Wilson): differences smaller than it mean nothing yet."),
    Text("Thời gian được nói bằng trung vị (một nửa nhanh hơn) và p90 (chín phần mười nhanh hơn), không bao giờ chỉ bằng trung bình. Giữa hai giá trị liền nhau thì nội suy tuyến tính. Tính đến giây, theo ngày lịch 24 giờ.",
         "Durations are given as the median (half are faster) and p90 (nine in ten are faster), never as a mean alone. Between two neighbouring values we interpolate linearly. Counted in seconds, shown in calendar days of 24 hours."),
    Text("Con số của một đơn vị và cả các đơn vị bên dưới được tính từ mọi lần thụ lý của chúng, không phải trung bình của các tỷ lệ.",
         "Figures of a unit with all below are counted from all their custodies, not averaged from rates."),
    Text("Việc chuyển từ hệ thống khác không có thời hạn ở đây, nên không nằm trong tỷ lệ đúng hạn.",
         "Cases imported from another system have no due date here, so they are not in the on-time rate."),
)  # fmt: skip
