# ruff: noqa: E501  (sentences stay whole)
"""Reception, dialogues and promises as the page "How we count" explains them, in both languages."""

from __future__ import annotations

from .published import Formula
from .published import Text as T

DAYS, VISITS, PEOPLE = T("ngày", "days"), T("lượt tiếp", "visits"), T("người", "people")
SESSIONS, QUESTIONS, PROMISES = T("buổi", "sessions"), T("câu hỏi", "questions"), T("cam kết", "commitments")
SEALED = T("Lượt đến để tố cáo chỉ được đếm là một lượt tiếp: không có trong con số này, không có trong danh sách nào.",
           "A visit made to denounce counts as a visit and nothing else: it is not in this figure, nor in any list.")  # fmt: skip

HEARD: tuple[Formula, ...] = (
    Formula(
        "head_days", T("Ngày người đứng đầu tiếp công dân", "Reception days of the head"),
        T("Trong các tuần hoặc tháng đã hết, người đứng đầu đã tự tiếp công dân được bao nhiêu ngày so với số ngày luật buộc. Chủ tịch xã, phường: mỗi tuần 1 ngày đến hết tháng 6/2026, mỗi tháng 2 ngày từ 1/7/2026; Chủ tịch tỉnh và thủ trưởng cơ quan: mỗi tháng 1 ngày.",
          "Of the weeks or months that are over: how many days the head in person received citizens, against the days the law asks. Commune and ward chairmen: 1 day a week until the end of June 2026, 2 days a month since 1 July 2026; provincial chairman and heads of agencies: 1 day a month."),
        numerator=T("ngày tiếp định kỳ đã diễn ra do chính người đứng đầu tiếp; trong mỗi tuần hoặc tháng tính nhiều nhất bằng số ngày phải tiếp",
                    "periodic reception days held by the head in person; of each week or month no more than are owed in it"),
        denominator=T("số ngày phải tiếp trong các tuần (thứ Hai đến Chủ nhật) hoặc tháng kết thúc trong kỳ",
                      "days owed in the weeks (Monday to Sunday) or months that end in the period"),
        left_out=(
            T("Ngày do cấp phó hoặc người khác tiếp thay: không tính cho nghĩa vụ của người đứng đầu.",
              "Days on which a deputy or somebody else received: they do not fulfil the head's duty."),
            T("Tuần hoặc tháng chưa hết, và thời gian đơn vị chưa có hoặc đã sáp nhập: chưa phán xét.",
              "Weeks and months that are not over, and times before the unit existed or after it was merged: not judged."),
            T("Tiếp nhiều hơn trong một tháng không bù cho tháng khác. Ngày đã dời được tính vào ngày mới.",
              "More days in one month do not make up for another. A day that was moved counts on its new date."),
            T("Mấy buổi trong cùng một ngày là một ngày. Ngày tiếp không ghi vào hệ thống thì không đếm được.",
              "Several sittings on one date are one day. A day that was never entered here cannot be counted."),
        ), unit=DAYS,
    ),
    Formula(
        "days_held", T("Ngày có tiếp công dân", "Days with a reception"),
        T("Mọi buổi tiếp đã diễn ra trong kỳ: định kỳ, thường xuyên, đột xuất, ai tiếp cũng tính.",
          "Every reception held in the period: periodic, regular or unscheduled, whoever received."), unit=DAYS,
    ),
    Formula(
        "days_moved", T("Ngày tiếp bị dời", "Reception days moved"),
        T("Buổi tiếp trong kỳ đã dời sang ngày khác, có lý do. Tính ở ngày đã định lúc đầu.",
          "Receptions of the period that were moved to another day, with a reason. Counted on the day first set."), unit=DAYS,
    ),
    Formula(
        "visits", T("Lượt tiếp và số người", "Visits and people received"),
        T("Số lượt đã tiếp trong kỳ, hẹn trước hay không; số người là tổng số người của các lượt ấy. Đoàn đông người là một lượt.",
          "Visits received in the period, booked ahead or not; people are all who came with them. A group is one visit."),
        left_out=(T("Người có hẹn mà không đến và người bị từ chối tiếp được đếm riêng.",
                    "Those who booked and did not come, and those turned away, are counted apart."),), unit=VISITS,
    ),
    Formula(
        "no_shows", T("Không đến", "Did not come"),
        T("Lịch hẹn trong kỳ mà người hẹn không đến.", "Bookings of the period whose visitor did not come."), left_out=(SEALED,), unit=VISITS,
    ),
    Formula(
        "turned_away", T("Từ chối tiếp", "Turned away"),
        T("Lượt bị từ chối tiếp theo Điều 9 Luật Tiếp công dân, có ghi căn cứ.",
          "Visits refused under article 9 of the Law on Citizen Reception, with the ground written down."), left_out=(SEALED,), unit=VISITS,
    ),
    Formula(
        "became_cases", T("Thành vụ việc", "Became cases"),
        T("Lượt tiếp trong kỳ mà điều người dân nói đã thành vụ việc có số.", "Visits of the period whose words became a case with a number."),
        left_out=(SEALED,), unit=VISITS,
    ),
    Formula(
        "told", T("Báo kết quả đúng hạn", "Told in time"),
        T("Người đã được tiếp có được báo kết quả kịp hạn không (Điều 28 Luật Tiếp công dân).",
          "Whether visitors were told what came of it by the legal date (article 28, Law on Citizen Reception)."),
        numerator=T("được báo chậm nhất vào ngày đến hạn", "told on the due date at the latest"),
        denominator=T("lượt đã tiếp có hạn báo kết quả rơi vào kỳ và đã qua", "visits received whose date for telling fell in the period and is over"),
        left_out=(SEALED,), unit=VISITS,
    ),
    Formula(
        "sessions", T("Buổi đối thoại", "Dialogue sessions"),
        T("Buổi đối thoại đã diễn ra trong kỳ: hội nghị, chuyên đề, theo đề nghị, trong giải quyết khiếu nại. Số người dự là số đã đếm tại buổi.",
          "Dialogues held in the period: conferences, themes, on request, within a complaint. People attending are those counted there."),
        left_out=(T("Buổi đã hủy, và buổi chưa ghi là đã diễn ra.", "Sessions called off, and those not yet recorded as held."),), unit=SESSIONS,
    ),
    Formula(
        "conference", T("Hội nghị đối thoại hằng năm", "Yearly dialogue conference"),
        T("Mỗi xã, phường phải tổ chức ít nhất một hội nghị đối thoại mỗi năm (Điều 43 Luật 72/2025/QH15).",
          "Every commune and ward owes at least one dialogue conference a year (article 43, Law 72/2025/QH15)."),
        numerator=T("đơn vị và năm có hội nghị đã diễn ra", "units and years with a conference held"),
        denominator=T("mỗi đơn vị phải tổ chức, mỗi năm kết thúc trong kỳ", "each unit that owes one, for each year that ends in the period"),
        left_out=(T("Năm chưa hết: chưa phán xét. Hội nghị thứ hai trong năm không bù cho năm khác.",
                    "A year that is not over is not judged. A second conference does not make up for another year."),), unit=SESSIONS,
    ),
    Formula(
        "announced", T("Thông báo kịp", "Announced in time"),
        T("Hội nghị và đối thoại chuyên đề phải báo trước ít nhất 7 ngày.", "Conferences and thematic sessions are announced at least 7 days ahead."),
        numerator=T("thông báo chậm nhất vào ngày hạn", "announced on the due date at the latest"),
        denominator=T("buổi đã diễn ra trong kỳ mà luật buộc thông báo", "sessions held in the period that the law has announced"), unit=SESSIONS,
    ),
    Formula(
        "published", T("Công khai kết quả kịp", "Published in time"),
        T("Kết quả hội nghị và đối thoại chuyên đề phải công khai chậm nhất 10 ngày sau.", "Results of conferences and thematic sessions are published within 10 days."),
        numerator=T("công khai chậm nhất vào ngày hạn", "published on the due date at the latest"),
        denominator=T("buổi đã diễn ra có hạn công khai rơi vào kỳ và đã qua", "sessions held whose date for publishing fell in the period and is over"),
        unit=SESSIONS,
    ),
    Formula(
        "questions_answered", T("Câu hỏi được trả lời", "Questions answered"),
        T("Câu hỏi gửi trước và hỏi tại các buổi đối thoại của kỳ.", "Questions sent ahead to, and asked in, the sessions of the period."),
        numerator=T("câu hỏi đã có câu trả lời, tại chỗ hoặc sau đó", "questions with an answer, there or later"),
        denominator=T("mọi câu hỏi của các buổi đã diễn ra trong kỳ", "all questions of the sessions held in the period"), unit=QUESTIONS,
    ),
    Formula(
        "requests", T("Đề nghị đối thoại", "Requests for a dialogue"),
        T("Đề nghị đối thoại mới đến trong kỳ. Là vụ việc, nên thời hạn và đánh giá của chúng nằm trong số liệu vụ việc.",
          "Requests for a dialogue that came in the period. They are cases, so their due dates and ratings stand with the figures of cases."),
    ),
    Formula(
        "voices", T("Tiếng nói cùng đề nghị", "Voices"),
        T("Người góp tiếng vào một đề nghị đối thoại đã công khai hoặc vào lời kêu gọi tổ chức hội nghị, trong kỳ; mỗi người đếm một lần cho mỗi việc.",
          "People who joined a published request or a call for a conference in the period; each is counted once for each."), unit=PEOPLE,
    ),
    Formula(
        "promises_kept", T("Giữ cam kết", "Commitments kept"),
        T("Trong số cam kết đến hạn trong kỳ, bao nhiêu đã làm xong và được một đơn vị khác xác nhận, dù sớm hay muộn.",
          "Of the commitments that fell due in the period: how many were done and confirmed by another unit, early or late."),
        numerator=T("được xác nhận là đã giữ", "confirmed as kept"),
        denominator=T("đến hạn trong kỳ, hạn đã qua, và không được thay", "fell due in the period, the date is over, and not replaced"),
        left_out=(
            T("Cam kết đã thay bằng cam kết khác: cam kết thay thế được chấm.", "A commitment replaced by another: the one in its place is judged."),
            T("Tự báo đã xong mà chưa được xác nhận thì chưa là giữ.", "Reported done by the unit itself, not yet confirmed: not kept yet."),
        ), unit=PROMISES,
    ),
    Formula(
        "promises_on_time", T("Giữ cam kết đúng hạn", "Commitments kept on time"),
        T("Như trên, và việc được báo xong chậm nhất vào ngày đã hứa.", "The same, and reported done on the promised day at the latest."),
        numerator=T("được xác nhận, báo xong chậm nhất vào ngày hạn", "confirmed, and reported done by the due date"),
        denominator=T("đến hạn trong kỳ, hạn đã qua, và không được thay", "fell due in the period, the date is over, and not replaced"), unit=PROMISES,
    ),
    Formula(
        "promises_open", T("Cam kết đang mở, quá hạn, không giữ", "Commitments open, overdue, broken"),
        T("Đang mở: chưa kết luận, hứa từ trước hoặc trong kỳ. Quá hạn: trong số ấy, chưa báo xong mà đã qua hạn, hoặc báo xong sau hạn. Không giữ: đến hạn trong kỳ và đã kết luận là không giữ.",
          "Open: not yet settled, made before or in the period. Overdue: of these, not reported done and past the date, or reported done after it. Broken: fell due in the period and found broken."),
        unit=PROMISES,
    ),
    Formula(
        "objections", T("Người dân nói chưa xong", "Objections"),
        T("Số lần người đã được hứa nói là chưa xong, trong kỳ.", "How often those who were promised something said in the period: not done."), unit=T("lần", "times"),
    ),
)  # fmt: skip
