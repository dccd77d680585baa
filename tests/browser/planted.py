"""What lives in the town before the tests begin, through the real actions: people with passwords, cases in every state.

Times are counted back from now, in the order in which they happened, because the server lives by the real clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app import clock
from app.accounts.models import Official
from app.attachments import actions as attachments
from app.attachments.storage import default_storage
from app.cases import actions
from app.cases.links import make_link
from app.cases.models import Case
from app.desk.actions import add_phrase, plant_phrases, save_filter
from app.dialogues.actions import requests, voices
from app.dialogues.links import make_booking_link
from app.extensions import db, writing
from app.journal.models import Notice
from app.journal.queries import timeline
from app.rules.workflow import RESIDENT_NOBODY, Kind, Role
from app.units.calendar import law

from .. import factories, issued, quick
from ..dialogues.receptions import make_booking, make_day
from . import talks
from .pictures import Photo
from .planted_promises import plant_promises
from .planted_receptions import plant_receptions

KEY = "a-key-for-the-browser-tests-only-not-used-anywhere"
"""The town's SECRET_KEY."""

PEOPLE = [
    ("thom", "Lê Thị Thơm", Role.CLERK, "01447", "Cán bộ tiếp nhận"),
    ("mai", "Hoàng Thị Mai", Role.OFFICER, "01447", "Công chức địa chính"),
    ("luc", "Đàm Văn Lực", Role.OFFICER, "01447", "Công chức xây dựng"),
    ("khanh", "Nông Văn Khánh", Role.HEAD, "01447", "Chủ tịch UBND xã"),
    ("hanh", "Bế Thị Hạnh", Role.OFFICER, "01273", "Công chức tư pháp"),
    ("phan", "Hà Văn Phan", Role.HEAD, "01273", "Chủ tịch UBND phường"),
    ("sinh", "Triệu Văn Sinh", Role.SUPERVISOR, "04", "Phó Chánh Văn phòng"),
    ("van", "Lục Thị Vân", Role.INSPECTOR, "04", "Thanh tra viên"),
    ("kin", "Đinh Thị Kín", Role.REGISTRAR, "04", "Cán bộ giữ sổ"),
    ("do", "Phùng Văn Độ", Role.OFFICER, "04", "Chuyên viên"),
    ("tai", "Mã Văn Tài", Role.ADMINISTRATOR, "04", "Quản trị hệ thống"),
]
TITLES = [
    ("Đèn đường xóm Bản Viết tắt ba tuần", "roads.lighting"),
    ("Mương thoát nước trước chợ bị lấp", "roads.surface"),
    ("Mặt đường vào trường mầm non sụt một hố lớn", "roads.surface"),
    ("Trạm y tế không có người trực buổi chiều", "health.clinic"),
    ("Đề nghị cắm lại mốc giới thửa đất đã đo", "land.dispute"),
]
ANSWERED = 23
"""Finished and rated cases of the commune: three above the least number for which a rate is shown."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Planted:
    """Who and what was planted."""

    people: dict[str, int] = field(default_factory=dict)
    cases: dict[str, tuple[str, str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """Keys of single-use links, by the name of the case they open."""


def plant() -> Planted:
    """Fill an empty town; the caller is inside an app context."""
    with writing():
        planter = Planter(clock.now())
        planter.people()
        planter.points()
        planter.months_before()
        planter.these_days()
        planter.letters()
        planter.tools()
        planter.sealed()
        planter.receptions()
        plant_receptions(planter.planted.people, planter.planted.cases, planter.now)
        planter.planted.cases |= talks.plant(planter._who, planter.now, KEY)
        db.session.commit()
    return planter.planted


class Planter:
    """One hand that plants; `now` is the moment to count back from."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.planted = Planted()

    def points(self) -> None:
        """Where the communes lie, so that a map can be drawn; one is left without."""
        for code, latitude, longitude in (("01447", 22.83, 106.52), ("01273", 22.66, 106.26)):
            unit = factories.unit(code)
            unit.latitude, unit.longitude = latitude, longitude

    def tools(self) -> None:
        """The first phrases of the government, one of the unit's own, and a filter of the clerk's."""
        plant_phrases(self.now)
        head, clerk = (db.session.get_one(Official, self.planted.people[account]) for account in ("khanh", "thom"))
        facts = {"purpose": "ask", "title": "Ask for a photograph", "text": "Please send a photograph.",
                 "language": "en", "is_active": True}  # fmt: skip
        add_phrase(factories.unit(), facts, factories.actor(head, clock.day_of(self.now)), self.now)
        save_filter("Roads", "unit", {"category": "roads"}, factories.actor(clerk, clock.day_of(self.now)))

    def sealed(self) -> None:
        """Two denunciations: one from the web whose original is missing, one registered and in a handler's hands."""
        fresh, known = (factories.make_denunciation(now=self.now, place="Trụ sở xã") for _number in range(2))
        day = clock.day_of(self.now)
        keeper, handler = (db.session.get_one(Official, self.planted.people[name]) for name in ("kin", "do"))
        actions.register(known, day, factories.actor(keeper, day), self.now, paper_file="Tủ B, cặp 14")
        actions.name_handler(known, handler, factories.actor(keeper, day), self.now)
        for name, case in (("sealed-fresh", fresh), ("sealed", known)):
            self.planted.cases[name] = (case.reference, case.code)  # type: ignore[attr-defined]

    def receptions(self) -> None:
        """Two mornings on which the commune's chairman receives, the second both ways; one visit is booked."""
        first, second = self._working_day(3), self._working_day(10)
        host = self.planted.people["khanh"]
        day = make_day(first, host_id=host, made_at=self.now)
        make_day(second, host_id=host, made_at=self.now, mode="both", link="https://meet.example.vn/tiep-dan")
        make_day(self._working_day(12), starts=time(8), ends=time(8, 30), at="04", kind="regular", made_at=self.now)
        booking = make_booking(day, now=self.now, people=12, representatives=("Hoàng Văn Dìn",), interpreter="hmong")
        self.planted.cases["booking"] = (booking.reference, booking.code)  # type: ignore[attr-defined]
        self.planted.links["booking"] = make_booking_link(booking.id, 1, self.now, KEY)

    def _working_day(self, ahead: int) -> date:
        day = clock.day_of(self.now) + ahead * DAY
        while not law().calendar.is_working(day):
            day += DAY
        return day

    def people(self) -> None:
        """Officials who can sign in with factories.PASSWORD."""
        hashed = quick.hashed(factories.PASSWORD)
        for account, name, role, at, title in PEOPLE:
            official = factories.make_official(role, at, name, password_hash=hashed, title=title)
            official.account = account
            self.planted.people[account] = official.id

    def months_before(self) -> None:
        """Two months of finished work, each case within one day so that the journal's time runs forward."""
        for number in range(ANSWERED):
            title, category = TITLES[number % 3]
            self._finished(f"old-{number}", f"{title}, đợt {number + 1}", category, self.now - (55 - number) * DAY)
        self._finished("ward", "Vỉa hè phố Kim Đồng bị chiếm", "roads.surface", self.now - 31 * DAY, "01273")

    def these_days(self) -> None:
        """One case in every state that a page can show."""
        then = self.now - 30 * DAY
        self._case("overdue", then, title="Cầu treo Bản Giốc mất bốn tấm ván")
        self._waiting(self.now - 3 * DAY)
        self._proposed(self.now - 2 * DAY)
        self._complaints(self.now - 2 * DAY + 8 * HOUR)
        self._settled(self.now - 2 * DAY + 12 * HOUR)
        for name, level in (("answered", 0), ("rated", 2)):
            at = self.now - DAY + (2 if level else 0) * HOUR
            self._answered(name, at, f"Rác đổ trộm bên suối, {'điểm' if level else 'đoạn'} gần cầu", level)
        answered = db.session.scalars(select(Case).where(Case.reference == self.planted.cases["answered"][0])).one()
        plant_promises(answered.id, self.planted.people["khanh"], self.now - 13 * HOUR)
        self._duplicate(self.now - 12 * HOUR)
        self._requests(self.now - 9 * HOUR)
        self._fresh(self.now - 6 * HOUR)

    def letters(self) -> None:
        """A link that still works, and a letter that was given up."""
        case = db.session.scalars(select(Case).where(Case.reference == self.planted.cases["waiting"][0])).one()
        self.planted.links["waiting"] = make_link(case.id, timeline(case.id)[0].seq, self.now, KEY)
        notice = db.session.scalars(select(Notice).where(Notice.case_id == case.id, Notice.channel == "mail")).first()
        assert notice is not None
        notice.attempts, notice.dead_at = 8, self.now
        notice.last_error = "550 5.1.1 No such mailbox here"

    def _case(self, name: str, at: datetime, kind: Kind = Kind.FEEDBACK, **more: object) -> Case:
        case = factories.make_case(kind, at, **more)
        self.planted.cases[name] = (case.reference, case.code)
        return case

    def _who(self, account: str) -> Official:
        official = db.session.get(Official, self.planted.people[account])
        assert official is not None
        return official

    def _finished(self, name: str, title: str, category: str, at: datetime, commune: str = "01447") -> None:
        officer, head = ("mai", "khanh") if commune == "01447" else ("hanh", "phan")
        case = self._case(name, at, title=title, category_code=category, commune_code=commune)
        factories.assign(case, self._who(officer), self._who(head), at + HOUR)
        factories.answer(case, self._who(officer), self._who(head), at + 5 * HOUR)
        level = 5 - len(self.planted.cases) % 3
        actions.rate(case, level, factories.resident_of(case), at + 6 * HOUR, reasons=["clear"])

    def _assigned(self, name: str, at: datetime, **more: object) -> Case:
        return factories.assign(self._case(name, at, **more), self._who("mai"), self._who("khanh"), at + HOUR)

    def _waiting(self, at: datetime) -> None:
        case = self._assigned("waiting", at, title="Nhà văn hóa xóm Pò Peo dột nặng khi mưa")
        self._photo(case)
        actions.ask(case, "Dột ở gian nào, từ khi nào?", factories.actor(self._who("mai")), at + 2 * HOUR)

    def _proposed(self, at: datetime) -> None:
        case = self._assigned("proposed", at, title="Xin lắp gương cầu lồi ở ngã ba chợ")
        officer = factories.actor(self._who("mai"))
        actions.note(case, "Đã hỏi Hạt quản lý đường bộ.", officer, at + 2 * HOUR)
        actions.draft(case, "Xã đã khảo sát.", "", officer, at + 3 * HOUR)
        actions.propose(case, "Xã đã khảo sát và lắp gương trong tháng này.", "resolved", officer, at + 4 * HOUR)

    def _complaints(self, at: datetime) -> None:
        self._case("complaint", at, Kind.COMPLAINT, title="Khiếu nại quyết định thu hồi 120 m2 đất vườn")
        case = self._case("registered", at + HOUR, Kind.COMPLAINT, title="Khiếu nại mức bồi thường hoa màu")
        actions.register(case, clock.day_of(at), factories.actor(self._who("thom")), at + 2 * HOUR)
        factories.accept(case, self._who("khanh"), at + 3 * HOUR)

    def _settled(self, at: datetime) -> None:
        """Complaints further on: suspended, decided, complained of again; and a letter that held two matters."""
        clerk, officer, head = (self._who(name) for name in ("thom", "luc", "khanh"))
        made = {}
        for name, title in (("suspended", "Khiếu nại việc cấp sai tên trên giấy chứng nhận"),
                            ("decided", "Khiếu nại quyết định phạt xây dựng không phép"),
                            ("appealed", "Khiếu nại giá đền bù đường tránh thị trấn")):  # fmt: skip
            case = made[name] = self._case(name, at, Kind.COMPLAINT, title=title)
            actions.register(case, clock.day_of(at), factories.actor(clerk), at)
            factories.accept(case, head, at)
            factories.assign(case, officer, head, at)
        day = clock.day_of(at)
        factories.issue(made["suspended"], "suspension_decision", head, at, on=day.isoformat())
        for name in ("decided", "appealed"):
            factories.decide(
                made[name], head, at, "partly_right", conclusion="Khiếu nại đúng một phần, tính thiếu 12 m2."
            )
            actions.send(made[name], day, "Giao tận tay tại trụ sở.", factories.actor(officer), at)
        second = issued.appeal(made["appealed"], at + HOUR, title="Khiếu nại tiếp giá đền bù đường tránh thị trấn")
        self.planted.cases["second"] = (second.reference, second.code)
        mixed = self._case("mixed", at + HOUR, title="Đường sạt và đèn đường tắt ở xóm Lũng Đính")
        part = actions.Part(Kind.FEEDBACK, "Đèn đường xóm Lũng Đính tắt", "Ba bóng tắt từ đầu tháng.", "roads.lighting")
        actions.split(mixed, part, "Hai nội dung do hai nơi giải quyết.", factories.actor(clerk), at + 2 * HOUR)

    def _answered(self, name: str, at: datetime, title: str, level: int) -> None:
        case = self._assigned(name, at, title=title, is_public=True)
        factories.answer(case, self._who("mai"), self._who("khanh"), at + 90 * timedelta(minutes=1))
        if level:
            actions.rate(case, level, factories.resident_of(case), at + 100 * timedelta(minutes=1), reasons=["vague"],
                         text="Call me again: 0912 345 678.")  # fmt: skip

    def _duplicate(self, at: datetime) -> None:
        main = self._assigned("main", at, title="Cột điện nghiêng trước nhà ông Lý Văn Páo")
        other = self._case("duplicate", at + 2 * HOUR, title="Cột điện sắp đổ ở xóm Lũng Đính")
        actions.mark_duplicate(other, main, factories.actor(self._who("thom")), at + 3 * HOUR)

    def _requests(self, at: datetime) -> None:
        """Requests for a dialogue: times offered, one agreed, held, answered in writing, shared, not yet looked at."""
        officer, head = (self._who(name) for name in ("mai", "khanh"))
        group = actions.MeetingWish("head", 40, ("Nông Thị Sen", "Hà Văn Đô"), "Sáng thứ Ba", "in_person", "tay", True)
        made = {}
        for name in ("asked", "offered", "agreed", "met", "written", "shared"):
            case = made[name] = factories.make_request(at, wish=group, title=f"Nước sạch cho xóm Lũng Đính ({name})")
            self.planted.cases[name] = (case.reference, case.code)  # type: ignore[attr-defined]
            if name != "asked":
                factories.assign(case, officer, head, at)
        day = clock.day_of(at)
        hours = [factories.meeting(days, at) for days in (7, 8, 9)]
        requests.offer_times(made["offered"], hours, "Ông/bà chọn giúp một giờ.", factories.actor(officer, day), at)
        requests.schedule(made["agreed"], hours[0], factories.actor(officer, day), at)
        requests.schedule(made["met"], hours[1], factories.actor(officer, day), at)
        actions.meet(made["met"], day, "Xã sửa bể nước trước Tết.", factories.actor(head, day), at)
        factories.answer(made["written"], officer, head, at)
        actions.publish_request(made["shared"], "Nước sạch cho một xóm", "Xin gặp lãnh đạo xã về nước sạch.",
                                factories.actor(officer, day), at)  # fmt: skip
        for number in ("0987654321", "0987654322"):
            voices.join(made["shared"], number, RESIDENT_NOBODY, at)

    def _fresh(self, at: datetime) -> None:
        self._assigned("assigned", at, title="Ống nước sạch xóm Bản Viết vỡ từ hôm qua")
        for number, (title, category) in enumerate(TITLES):
            self._case(f"fresh-{number}", at + (2 + number / 10) * HOUR, title=title, category_code=category)
        self._case("longest", at + 3 * HOUR, title=LONGEST, place="Xóm Nà Khoang – Pác Búng, cạnh nhà văn hóa cũ")

    def _photo(self, case: Case) -> None:
        now = case.submitted_at
        taken = attachments.take_in([Photo.upload("dột.jpg")], default_storage())
        attachments.hold(taken.files, f"planted-{case.id}", now)
        case.files_count += attachments.attach(f"planted-{case.id}", case.id, timeline(case.id)[0].seq)


LONGEST = (
    "Đề nghị Ủy ban nhân dân xã kiểm tra việc xe tải chở quặng quá tải chạy suốt đêm qua khu dân cư làm nứt "
    "tường nhà, hỏng rãnh thoát nước"
)
"""As long as titles get on the web form, to see what wraps badly."""
