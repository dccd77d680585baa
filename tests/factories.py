"""Makers of test data: plain functions, sane defaults, through the real actions. The caller holds the write turn.

The small government: province 04 with departments so-xay-dung and so-y-te and the reception board, communes
01447 (Trùng Khánh), 01273 (Thục Phán, a ward) and 01294 (Lý Bôn, remote).
"""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import Official, Post, SignIn
from app.cases import actions
from app.cases.models import Case
from app.cases.paper_facts import facts_of
from app.cases.receipts import code_of, hashed, new_token
from app.documents import paper_forms
from app.extensions import db
from app.journal.models import Event
from app.rules.workflow import RESIDENT_NOBODY, Actor, Kind, Role
from app.units.models import Category, GovernmentFact, Level, Unit

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
"""Monday 16 November 2026, 9 o'clock in the town."""
SINCE = date(2025, 7, 1)
PASSWORD = "núi Phja Oắc cao 1931 mét"

UNITS = [
    ("04", "Ủy ban nhân dân tỉnh Cao Bằng", "Tỉnh Cao Bằng", "province", None, False, ""),
    ("ban-tiep-cong-dan", "Ban Tiếp công dân tỉnh", "Ban Tiếp công dân", "department", "04", False, ""),
    ("so-xay-dung", "Sở Xây dựng", "Sở Xây dựng", "department", "04", False, ""),
    ("so-y-te", "Sở Y tế", "Sở Y tế", "department", "04", False, ""),
    ("01447", "Ủy ban nhân dân xã Trùng Khánh", "Xã Trùng Khánh", "commune", "04", False, "01447"),
    ("01273", "Ủy ban nhân dân phường Thục Phán", "Phường Thục Phán", "ward", "04", False, "01273"),
    ("01294", "Ủy ban nhân dân xã Lý Bôn", "Xã Lý Bôn", "commune", "04", True, "01294"),
]
CATEGORIES = [
    ("roads", "", "Giao thông, hạ tầng", "commune", "so-xay-dung", "street_level"),
    ("roads.surface", "roads", "Đường giao thông nông thôn", "commune", "so-xay-dung", "street_level"),
    ("roads.lighting", "roads", "Chiếu sáng", "commune", "so-xay-dung", "street_level"),
    ("land", "", "Đất đai, nhà cửa", "commune", None, "general_recommendation"),
    ("land.dispute", "land", "Tranh chấp đất đai", "commune", None, "general_recommendation"),
    ("health", "", "Y tế", "department", "so-y-te", "general_recommendation"),
    ("health.clinic", "health", "Trạm y tế, khám chữa bệnh", "department", "so-y-te", "general_recommendation"),
    ("corruption", "", "Tham nhũng", "department", "so-y-te", ""),
    ("corruption.money", "corruption", "Tham ô, nhận hối lộ", "department", "so-y-te", ""),
]
SEALED = ("corruption", "corruption.money")
"""Categories of denunciations only."""


LOCAL_DUTIES = ["commune_chairman", "commune_peoples_committee"]
DUTIES = {"province": ["provincial_chairman"], "department": ["agency_head"], "commune": LOCAL_DUTIES,
          "ward": LOCAL_DUTIES}  # fmt: skip
"""As whom the units of each level owe reception days and conferences."""


def make_tree() -> None:
    """Plant the small government."""
    for rank, (level, duties) in enumerate(DUTIES.items(), 1):
        db.session.add(Level(code=level, name_vi=level, name_en=level, rank=rank, duties=duties))
    db.session.flush()
    ids: dict[str, int] = {}
    for code, name, short, level, parent, is_remote, area in UNITS:
        unit = Unit(code=code, name_vi=name, name_en=name, short_vi=short, short_en=short, level=level, path=code,
                    parent_id=ids.get(parent or ""), valid_from=SINCE, is_remote=is_remote, area_code=area,
                    sort_key=code, former=[])  # fmt: skip
        db.session.add(unit)
        db.session.flush()
        ids[code] = unit.id
        unit.path = f"/{unit.id}/" if parent is None else f"/{ids[parent]}/{unit.id}/"
    _plant_categories(ids)
    for key, value in {"name_vi": "Tỉnh Cao Bằng", "name_en": "Cao Bằng Province", "phone": "0206 000 0000",
                       "responsible_vi": "Ủy ban nhân dân tỉnh Cao Bằng", "code": "cao-bang"}.items():  # fmt: skip
        db.session.add(GovernmentFact(key=key, value=value))
    db.session.flush()


def _plant_categories(units: dict[str, int]) -> None:
    made: dict[str, int] = {}
    for position, (code, parent, name, level, unit, variant) in enumerate(CATEGORIES):
        category = Category(code=code, parent_id=made.get(parent), name_vi=name, name_en=code, handling_level=level,
                            unit_id=units.get(unit or ""),
                            kinds=["denunciation"] if code in SEALED else ["feedback", "complaint", "denunciation",
                                                                           "dialogue"],
                            deadline_variant=variant, position=position)  # fmt: skip
        db.session.add(category)
        db.session.flush()
        made[code] = category.id


def unit(code: str = "01447") -> Unit:
    """A unit of the small government."""
    return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def make_official(role: Role = Role.OFFICER, at: str = "01447", name: str = "", **more: Any) -> Official:
    """An official with one post; further posts with add_post()."""
    number = secrets.token_hex(4)
    official = Official(account=f"{role}-{number}", name=name or f"{role.title()} {number}", created_at=MONDAY, **more)
    db.session.add(official)
    db.session.flush()
    add_post(official, role, at)
    return official


def add_post(official: Official, role: Role, at: str, began_on: date = SINCE) -> Post:
    """One more hat for an official."""
    post = Post(official_id=official.id, unit_id=unit(at).id, role=role, began_on=began_on)
    db.session.add(post)
    db.session.flush()
    db.session.refresh(official)
    return post


MONDAY_ON = MONDAY.date()


def actor(official: Official, on: date = MONDAY_ON) -> Actor:
    """How the rules see that official."""
    return official.actor(on)


def resident_of(case: Case) -> Actor:
    """The resident whose case it is."""
    return Actor(Role.RESIDENT, case_id=case.id)


def new_case(kind: Kind = Kind.FEEDBACK, **more: Any) -> actions.NewCase:
    """What a resident typed."""
    complaint = {"against": "Quyết định số 12/QĐ-UBND", "known_on": date(2026, 11, 2), "request": "Hủy quyết định",
                 "address": "Xóm Bản Viết"} if kind == Kind.COMPLAINT else {}  # fmt: skip
    given = {"title": "Đường vào xóm Lũng Đính sạt lở", "body": "Từ trận mưa đêm 15/11, đất đá lấp kín mặt đường.",
             "category_code": "roads.surface", "commune_code": "01447", "name": "Nông Thị Sen",
             "phone": "0912 000 017", "email": "sen@example.vn", **complaint}  # fmt: skip
    return actions.NewCase(kind, **{**given, **more})


def make_case(kind: Kind = Kind.FEEDBACK, now: datetime = MONDAY, token: str = "", **more: Any) -> Case:
    """A case just submitted. `case.code` holds its receipt code for the test."""
    token = token or new_token()
    code = code_of(token, "test")
    case = actions.submit(new_case(kind, **more), RESIDENT_NOBODY, now, token=token, code=code)
    case.code = code  # type: ignore[attr-defined]
    return case


def make_request(now: datetime = MONDAY, token: str = "", wish: actions.MeetingWish | None = None, **more: Any) -> Case:
    """A request for a dialogue with the commune, just submitted; the sender agrees that others may join."""
    given = {"title": "Nước sạch xóm Lũng Đính", "body": "Bể nước xóm cạn từ tháng 9, xin gặp lãnh đạo xã.",
             "wanted_unit_code": "01447", "is_public": True, **more}  # fmt: skip
    return make_case(Kind.DIALOGUE, now, token, wish=wish or actions.MeetingWish(with_level="head"), **given)


def meeting(days: int = 10, now: datetime = MONDAY, hour: int = 8, **more: Any) -> actions.Meeting:
    """A time so many days ahead, from that hour of the town's clock, at the commune's house."""
    on = (now + timedelta(days=days)).date()
    return actions.Meeting(on, time(hour), time(hour + 1), **{"place": "Trụ sở UBND xã", **more})


def make_denunciation(denounced: str = "01447", now: datetime = MONDAY, token: str = "", **more: Any) -> Case:
    """A denunciation pre-registered on the web; `case.code` holds its receipt code for the test."""
    token = token or new_token()
    code = code_of(token, "test")
    given = {"title": "Tố cáo", "body": "Nhận tiền của các hộ.", "category_code": "corruption.money",
             "against": "Kế toán xã", "denounced_unit_code": denounced, **more}  # fmt: skip
    new = actions.NewCase(Kind.DENUNCIATION, **given)
    case = actions.submit(new, RESIDENT_NOBODY, now, token=token, code=code)
    case.code = code  # type: ignore[attr-defined]
    return case


def staff(at: str = "01447") -> tuple[Official, Official, Official]:
    """A clerk, an officer and a head of one unit."""
    return make_official(Role.CLERK, at), make_official(Role.OFFICER, at), make_official(Role.HEAD, at)


def assign(case: Case, officer: Official, head: Official, now: datetime = MONDAY) -> Case:
    """Give the case to the officer."""
    actions.assign(case, officer, actor(head), now)
    return case


def issue(case: Case, form_id: str, head: Official, now: datetime = MONDAY, texts: Any = None, **cargo: Any) -> Event:
    """Write a paper and sign it; what the law asks and no fact of the case fills in gets a sentence."""
    form = paper_forms.form(form_id)
    filled = paper_forms.defaults(form, facts_of(case, form.action, cargo), case.language)
    asked = {field.id: "Đã kiểm tra hồ sơ." for field in form.fields if field.is_required and not filled[field.id]}
    return actions.issue(case, form_id, asked | (texts or {}), actor(head), now, **cargo)


def accept(case: Case, head: Official, now: datetime = MONDAY, **cargo: Any) -> Case:
    """The head signs the paper by which a complaint or denunciation is taken up."""
    issue(case, "denunciation_acceptance" if case.is_sealed else "acceptance_notice", head, now, **cargo)
    return case


def decide(case: Case, head: Official, now: datetime, verdict: str = "right", **texts: str) -> Case:
    """The head signs the decision on a complaint, or the conclusion of a denunciation."""
    number = "first" if case.instance == 1 else "second"
    form = "denunciation_conclusion" if case.is_sealed else f"complaint_decision_{number}"
    issue(case, form, head, now, texts, verdict=verdict)
    return case


def registered(case: Case, registrar: Official, now: datetime = MONDAY) -> Case:
    """The signed original of a denunciation is in the sealed register."""
    actions.register(case, now.date(), actor(registrar), now, paper_file="Tủ 2, cặp 14")
    return case


def answer(case: Case, officer: Official, head: Official, now: datetime = MONDAY + timedelta(days=2)) -> Case:
    """Take a fresh feedback all the way to its signed answer."""
    if case.status == "received":
        assign(case, officer, head, case.submitted_at)
    actions.propose(case, "Đã dọn xong đất đá.", "resolved", actor(officer), now)
    actions.approve(case, actor(head), now)
    return case


def sign_in(client: FlaskClient, official: Official) -> FlaskClient:
    """Sign the official in without typing the password (the door itself has its own tests)."""
    from app import clock

    key = secrets.token_urlsafe(32)
    db.session.add(SignIn(key_hash=hashed(key), official_id=official.id, began_at=clock.now(), seen_at=clock.now()))
    db.session.commit()
    with client.session_transaction() as session:
        session.clear()
        session["_user_id"] = key
        session["_fresh"] = True
    return client


def open_case(client: FlaskClient, case: Case) -> FlaskClient:
    """Let the browser in as the resident of a case."""
    from app import clock
    from app.open_doors import open_door

    key = open_door(clock.now(), case_id=case.id)
    db.session.commit()
    with client.session_transaction() as session:
        session["resident"] = key
    return client
