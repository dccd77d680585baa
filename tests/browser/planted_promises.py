"""Commitments of the planted town, all of a published answer: owed, reported done and doubted, due today."""

from __future__ import annotations

from datetime import datetime, timedelta

from app import clock
from app.accounts.models import Official
from app.cases.models import Case
from app.dialogues.actions.commitments import NewPromise, promise
from app.dialogues.actions.findings import object_to, report_done
from app.extensions import db

from .. import factories


def plant_promises(case_id: int, head_id: int, now: datetime) -> None:
    """Three promises in an answer that was just signed, the last due today."""
    case, head = db.session.get_one(Case, case_id), db.session.get_one(Official, head_id)
    today, made = clock.day_of(now), []
    for what, days in (("Dọn hết rác bên suối, đặt hai thùng rác ở đầu cầu.", 20),
                       ("Cắm biển cấm đổ rác ở đoạn từ cầu treo đến nhà văn hóa xóm Pò Peo.", 12),
                       ("Phạt người đổ trộm nếu tìm ra.", 0)):  # fmt: skip
        new = NewPromise(what, today + timedelta(days=days), evidence_wanted="Ảnh chụp.", is_public=True)
        made.append(promise(new, case, factories.actor(head, today), now))
    report_done(made[1], "Đã cắm hai biển.", factories.actor(head, today), now)
    object_to(made[1], "Mới thấy một biển.", factories.resident_of(case), now)
    case.published_on = today
