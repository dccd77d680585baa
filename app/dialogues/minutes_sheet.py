"""The papers of a session, in words: its minutes, the notice that announces it, the invitation to it.

Vietnamese only, as Decree 30/2020/NĐ-CP wants papers of the office. Names of who asked stand in the minutes, which stay
in the house; what is published is another text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from sqlalchemy import select

from ..documents.house import HouseSheet
from ..extensions import db
from ..rules.dialogues.sessions import SessionKind
from .models import Attendee, Commitment, DialogueSession, Question

KINDS = {
    SessionKind.CONFERENCE: "Hội nghị trao đổi, đối thoại với Nhân dân",
    SessionKind.THEME: "Đối thoại với Nhân dân theo chuyên đề",
    SessionKind.REQUEST: "Đối thoại theo đề nghị của công dân",
    SessionKind.COMPLAINT: "Đối thoại trong giải quyết khiếu nại",
}
ROLES = {
    "asker": "Người đề nghị đối thoại", "representative": "Người đại diện", "office": "Cơ quan, đơn vị",
    "front": "Mặt trận Tổ quốc, đoàn thể", "council": "Hội đồng nhân dân", "guest": "Khách mời",
}  # fmt: skip
LOCAL_LAW = "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15, Điều 43;"
COMPLAINT_LAW = {
    1: "Căn cứ Luật Khiếu nại số 02/2011/QH13, Điều 30;",
    2: "Căn cứ Luật Khiếu nại số 02/2011/QH13, Điều 39;",
}


def minutes_sheet(session: DialogueSession) -> HouseSheet:
    """The minutes to be signed, from what was written down of the session."""
    return HouseSheet(
        form="dialogue_minutes", layout="minutes", numbering="BB", reference=session.number,
        heading="BIÊN BẢN ĐỐI THOẠI", subject=f"{KINDS[SessionKind(session.kind)]}: {session.title}",
        basis=_basis(session),
        opening=(f"Vào {_moment(session.on, session.starts)}, {_where(session)}, {session.unit.name_vi} tổ chức "
                 f"đối thoại (số {session.number}).",),
        parts=(
            ("Người chủ trì", session.presided_by), ("Thành phần tham dự", _who(session)),
            ("Chương trình", session.agenda), ("Câu hỏi, ý kiến và trả lời", _asked(session.questions)),
            ("Diễn biến", session.minutes), ("Kết luận", session.conclusion), ("Cam kết", _promised(session)),
        ),
        closing=("Biên bản đã được đọc lại cho những người tham dự cùng nghe và thống nhất nội dung.",),
        recipients=(*_copies(session), "Lưu: VT"),
        signatures=("Người ghi biên bản", "Đại diện người tham dự"),
    )  # fmt: skip


def notice_sheet(session: DialogueSession) -> HouseSheet:
    """The notice that is posted and read out, at least 7 days before (Law 72/2025/QH15 art. 43)."""
    online = f"Theo dõi và tham gia trực tuyến: {session.link}." if session.link else ""
    return HouseSheet(
        form="dialogue_notice", layout="notice", numbering="TB", reference=session.number, heading="THÔNG BÁO",
        subject=f"Về việc tổ chức {_lower(KINDS[SessionKind(session.kind)])}", basis=_basis(session),
        opening=(f"{session.unit.name_vi} thông báo tổ chức {_lower(KINDS[SessionKind(session.kind)])} như sau:",),
        parts=(
            ("Nội dung", session.title),
            ("Thời gian", f"{_capital(_moment(session.on, session.starts))}, đến {_hour(session.ends)}."),
            ("Địa điểm", "\n".join(filter(None, [session.place, online]))), ("Khu vực", session.area),
            ("Người chủ trì", session.chair), ("Chương trình", session.agenda),
            ("Gửi câu hỏi trước", f"Tại quầy của {session.unit.name_vi} hoặc trên trang thông "
                                  f"tin của tỉnh, mục Đối thoại, số {session.number}."),
        ),
        closing=("Trân trọng thông báo để Nhân dân biết và tham dự.",),
        recipients=("Trưởng thôn, xóm, tổ dân phố (để thông báo)", "Niêm yết tại trụ sở", "Lưu: VT"),
    )  # fmt: skip


def invitation_sheet(session: DialogueSession, guests: Iterable[Attendee]) -> HouseSheet:
    """One invitation to all these guests."""
    return HouseSheet(
        form="dialogue_invitation", layout="notice", numbering="GM", reference=session.number, heading="GIẤY MỜI",
        subject=f"Dự {_lower(KINDS[SessionKind(session.kind)])}", basis=(),
        addressee=tuple(guest.name for guest in guests),
        opening=(f"{session.unit.name_vi} trân trọng kính mời ông/bà, quý cơ quan dự buổi đối thoại: "
                 f"{session.title}.",),
        parts=(
            ("Thời gian", f"{_capital(_moment(session.on, session.starts))}, đến {_hour(session.ends)}."),
            ("Địa điểm", "\n".join(filter(None, [session.place, session.link]))),
            ("Người chủ trì", session.chair), ("Chương trình", session.agenda),
        ),
        closing=("Rất mong sự có mặt đầy đủ, đúng giờ.",), recipients=("Như trên", "Lưu: VT"),
    )  # fmt: skip


def _basis(session: DialogueSession) -> tuple[str, ...]:
    if session.kind == SessionKind.COMPLAINT:
        return (COMPLAINT_LAW[session.case.instance if session.case else 1],)
    return (LOCAL_LAW,) if session.kind == SessionKind.CONFERENCE else ()


def _copies(session: DialogueSession) -> tuple[str, ...]:
    if session.kind == SessionKind.COMPLAINT:
        return ("Người khiếu nại", "Người bị khiếu nại", "Hồ sơ vụ việc")
    return ("Mặt trận Tổ quốc",) if session.kind == SessionKind.CONFERENCE else ()


def _who(session: DialogueSession) -> str:
    """The people of the list who came, by what they are; and how many in all."""
    lines = []
    for role, words in ROLES.items():
        names = [one.name for one in session.attendees if one.role == role and one.came and one.name]
        if names:
            lines.append(f"{words}: {', '.join(names)}.")
    return "\n".join([*lines, f"Tổng số người dự: {session.attended}."])


def _asked(questions: Iterable[Question]) -> str:
    lines = []
    for number, question in enumerate(questions, 1):
        who = f" ({question.asker})" if question.asker else ""
        lines.append(f"Câu {number}{who}: {_one_line(question.text)}")
        if question.answer:
            lines.append(f"Trả lời ({question.answered_by}): {_one_line(question.answer)}")
    return "\n".join(lines)


def _promised(session: DialogueSession) -> str:
    rows = db.session.scalars(select(Commitment).where(Commitment.session_id == session.id).order_by(Commitment.id))
    return "\n".join(f"{row.number}: {_one_line(row.what)} {row.unit.name_vi} thực hiện xong trước hết "
                     f"{row.due_on:%d/%m/%Y}." for row in rows)  # fmt: skip


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _moment(on: date, at: time) -> str:
    return f"{_hour(at)} ngày {on:%d} tháng {on.month:02d} năm {on.year}" if on.month < 3 else (
        f"{_hour(at)} ngày {on:%d} tháng {on.month} năm {on.year}")  # fmt: skip


def _hour(at: time) -> str:
    return f"{at:%H} giờ {at:%M}"


def _where(session: DialogueSession) -> str:
    return f"tại {session.place}" if session.place else "trực tuyến"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
