"""Dialogue sessions of the town, through the real actions: one to come, one to approve, one published, one owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from app import clock
from app.accounts.models import Official
from app.dialogues.actions import calls, minutes, people, questions
from app.dialogues.actions.sessions import announce
from app.rules.workflow import RESIDENT_NOBODY
from app.units.actions import set_setting

from .. import factories
from ..dialogues import sessions_of as made

Who = Callable[[str], Official]
DAY = timedelta(days=1)


def plant(who: Who, now: datetime, key: str) -> dict[str, tuple[str, str]]:
    """Number of each session by name, as the town's cases are kept."""
    officer, head, today = who("mai"), who("khanh"), clock.day_of(now)
    acting = factories.actor(officer)
    past = made.plan(officer, now=now - 30 * DAY, on=today - 20 * DAY, title="Đối thoại về đường và nước sạch",
                     area="Cụm Lũng Đính, Bản Viết", chair="Nông Văn Khánh, Chủ tịch")  # fmt: skip
    announce(past, ["portal", "loudspeaker"], acting, now - 30 * DAY)
    made.join(made.request(now - 30 * DAY, 40, is_public=True, title="Xin đối thoại về đường"), past, officer,
              now - 29 * DAY)  # fmt: skip
    asked = questions.put_question(past, "Bao giờ sửa cầu?", "Lý Văn Tá", "web", RESIDENT_NOBODY, now - 25 * DAY)
    people.invite(past, "front", "Ủy ban Mặt trận Tổ quốc xã", acting, now - 25 * DAY)
    evening = made.at(past.on, 17)
    made.written(made.held(past, officer, evening, came=[past.attendees[0].id]), officer, evening)
    minutes.approve_minutes(past, factories.actor(head), evening)
    questions.answer_question(asked, past, "Quý hai.", "Phó Chủ tịch", "Bao giờ sửa cầu?", acting, evening)
    minutes.publish_minutes(past, "Xã sửa đường trước Tết.", ["portal", "posting"], acting, evening)
    soon = made.announced(officer, now, on=today + 12 * DAY, title="Hội nghị đối thoại với Nhân dân xã")
    made.join(made.request(now, 40, title="Xin đối thoại về nước sạch"), soon, officer, now)
    made.request(now, title="Xin gặp về trạm y tế", name="Bế Thị Lan")
    wait = made.announced(officer, now - 15 * DAY, on=today - 3 * DAY, title="Chuyên đề giao đất, giao rừng")
    made.written(made.held(wait, officer, now - 2 * DAY), officer, now - 2 * DAY)
    set_setting("voters", factories.unit(), 4521, factories.actor(who("tai")), now)
    calls.ask_for_conference(factories.unit(), "0912 000 017", "Nước sạch", key, now, RESIDENT_NOBODY)
    calls.enter_list(factories.unit(), "DS-01", 460, "Tủ A, cặp 3", factories.actor(who("thom")), now)
    return {"talk-past": (past.number, ""), "talk-soon": (soon.number, ""), "talk-wait": (wait.number, "")}
