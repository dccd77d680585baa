"""What the office types about a session, verb by verb."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from ...cases.actions import Meeting
from ...rules.dialogues import sessions
from ...units.fields import options
from ...units.models import Unit
from ...words import named, word
from ...words.dialogues import MODES, SESSION_KINDS, WAYS
from ..models import DialogueSession
from .parts import OnDay
from .session_fields import NEEDED, AtHour, Boxes, SessionForm

CHOOSE = _l("Chọn một mục.")
PLANNED_HERE = ("conference", "theme", "request")
"""Kinds that are planned from the list; one within a complaint is planned from its case."""
WAY_CHOICES = options(WAYS.items())


class Where(FlaskForm):  # type: ignore[misc]
    """When and where: wall times of the town."""

    on = OnDay(_l("Ngày"))
    starts = AtHour(_l("Từ giờ"))
    ends = AtHour(_l("Đến giờ"))
    mode = RadioField(_l("Bằng cách nào"), choices=options(list(MODES.items())[:2]), default="in_person",
                      validators=[InputRequired(CHOOSE)])  # fmt: skip
    place = StringField(_l("Nơi đối thoại"), [Optional()], description=_l("Ví dụ: Nhà văn hóa xã, xóm Bản Viết."))
    link = StringField(_l("Đường dẫn trực tuyến"), [Optional()], description=_l("Bắt đầu bằng https://"))

    def meeting(self) -> Meeting:
        """The time and place typed."""
        return Meeting(self.on.data, self.starts.hour, self.ends.hour, self.mode.data, self.place.data or "",
                       self.link.data or "")  # fmt: skip


class PlanForm(Where):
    """A new session."""

    unit = SelectField(_l("Đơn vị"), [InputRequired(CHOOSE)])
    kind = RadioField(_l("Loại"), [InputRequired(CHOOSE)], default="conference",
                      choices=options((kind, SESSION_KINDS[kind]) for kind in PLANNED_HERE))  # fmt: skip
    title = StringField(_l("Tên buổi đối thoại"), [NEEDED])
    agenda = TextAreaField(_l("Chương trình"), [Optional()], description=_l("Hội nghị phải có. Mỗi mục một dòng."))
    area = StringField(_l("Cụm thôn, xóm"), [Optional()], description=_l("Khi xã rộng, tổ chức theo cụm."))
    chair = StringField(_l("Người chủ trì"), [Optional()],
                        description=_l("Kể cả người đồng chủ trì của Hội đồng nhân dân, Mặt trận."))  # fmt: skip
    on_request = BooleanField(_l("Tổ chức vì cử tri đề nghị"))
    is_public = BooleanField(_l("Công khai: mọi người biết và dự được"), default=True)

    def offer(self, units: list[Unit], is_within: bool) -> None:
        """The units this official plans for; within a complaint neither kind nor publicity is asked."""
        self.unit.choices = options((unit.code, named(unit)) for unit in units)
        if is_within:
            del self.kind, self.on_request, self.is_public, self.area


class ProgrammeForm(SessionForm):
    """Everything but when and where."""

    lead = _l("Ngày, giờ và nơi thì đổi bằng cách dời buổi, để mọi người đã được báo đều biết.")
    title = StringField(_l("Tên buổi đối thoại"), [NEEDED])
    agenda = TextAreaField(_l("Chương trình"), [Optional()])
    area = StringField(_l("Cụm thôn, xóm"), [Optional()])
    chair = StringField(_l("Người chủ trì"), [Optional()])
    is_public = BooleanField(_l("Công khai: mọi người biết và dự được"))

    def begin(self, session: DialogueSession) -> None:
        for name in ("title", "agenda", "area", "chair", "is_public"):
            self[name].data = getattr(session, name)


class AnnounceForm(SessionForm):
    """By which ways, on which day."""

    ways = Boxes(_l("Báo cho dân bằng cách nào"), choices=WAY_CHOICES)
    on = OnDay(_l("Ngày thông báo"), description=_l("Hôm nay, hoặc ngày đã báo trước đó."))

    def begin(self, session: DialogueSession) -> None:
        self.ways.data = ["portal"]


class MoveForm(SessionForm, Where):
    """A new time or place, and why."""

    reason = TextAreaField(_l("Lý do dời"), [NEEDED], description=_l("Người dân đọc được lý do này."))
    ways = Boxes(_l("Báo giờ mới cho dân bằng cách nào"), choices=WAY_CHOICES)

    def prepare(self, session: DialogueSession) -> None:
        if session.announced_on is None:
            del self.ways

    def begin(self, session: DialogueSession) -> None:
        for name in ("on", "starts", "ends", "mode", "place", "link"):
            self[name].process_data(getattr(session, name))
        if "ways" in self:
            self.ways.data = list(session.announced_by)


class CallOffForm(SessionForm):
    """Why it is called off."""

    lead = _l("Hủy rồi không mở lại được. Còn người chờ thì dời sang giờ khác.")
    reason = TextAreaField(_l("Lý do hủy"), [NEEDED], description=_l("Người dân đọc được lý do này."))


class InviteForm(SessionForm):
    """Names, one to a line."""

    role = RadioField(_l("Mời ai"), [InputRequired(CHOOSE)], default="office")
    name = TextAreaField(_l("Tên"), [NEEDED], description=_l("Mỗi dòng một cơ quan hoặc một người."))

    def prepare(self, session: DialogueSession) -> None:
        self.role.choices = options((role, word(role, "attendee")) for role in sessions.INVITED)


class StrikeForm(SessionForm):
    """Take an invited name off the list; which one is in the address."""

    lead = _l("Bỏ khỏi danh sách mời.")

    @property
    def attendee(self) -> int:
        """The row meant."""
        return request.args.get("who", 0, type=int)


class AttachForm(SessionForm):
    """Requests that this session answers too."""

    lead = _l("Người đề nghị nhận giấy mời và sau buổi đối thoại được đánh giá như mọi người.")
    cases = Boxes(_l("Đề nghị đối thoại đang mở"))

    def prepare(self, session: DialogueSession) -> None:
        from flask import g

        from ..queries.sessions import could_join

        self.cases.offer((case.reference, f"{case.reference}: {case.title}") for case in could_join(session, g.actor))

    def validate_cases(self, field: Any) -> None:
        if not field.data:
            raise ValueError(_("Chọn ít nhất một đề nghị."))
