"""The pages of commitments: lists, one commitment and its verbs, the asker's "not done", and what the public reads."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from app import clock
from app.accounts.models import Official
from app.accounts.passwords import hash_password
from app.cases import actions as cases
from app.cases.models import Case
from app.dialogues.actions.commitments import promise
from app.dialogues.actions.findings import confirm_kept, find_broken, object_to, report_done
from app.dialogues.actions.replacing import replace
from app.dialogues.models import Booking, Commitment, DialogueSession, Objection
from app.dialogues.queries import commitments as queries
from app.dialogues.queries.commitments import Filters
from app.extensions import db, writing
from app.journal.models import Notice
from app.open_doors import open_door
from app.refusals import Refusal
from app.rules.dialogues.commitments import NOT_MADE, is_overdue, shown
from app.rules.visibility import Sight
from app.rules.workflow import Role
from tests.conftest import both_engines
from tests.factories import MONDAY, PASSWORD, actor, assign, make_case, make_official, open_case, resident_of, sign_in

from .promised import ANSWERED, IN_TIME, LATE, answered, heard, held, new, people, promised


class Scene:
    """People, one answered case and one commitment in it, and browsers."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with writing():
            self.who = people()
            case = answered(self.who)
            made = promised(self.who, case, is_public=True)
            self.stranger = make_official(Role.OFFICER, "01294")
            self.case_id, self.reference, self.number = case.id, case.reference, made.number
            db.session.commit()
            self.ids = {
                "clerk": self.who.clerk.id, "officer": self.who.officer.id, "head": self.who.head.id,
                "looker": self.who.looker.id, "supervisor": self.who.supervisor.id, "stranger": self.stranger.id,
            }  # fmt: skip

    def browser(self, who: str) -> FlaskClient:
        with writing():
            return sign_in(self.app.test_client(), db.session.get_one(Official, self.ids[who]))

    def row(self) -> Commitment:
        db.session.expire_all()
        return db.session.scalars(select(Commitment).where(Commitment.number == self.number)).one()

    def post(self, who: str, action: str, **typed: Any) -> Any:
        url = f"/desk/commitments/{self.number}/{action}"
        return self.browser(who).post(url, data={"version": self.row().version, **typed})

    def reported(self) -> None:
        assert self.post("officer", "report_done", evidence="Đã thông đường.").status_code == 303


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with clock.fixed(IN_TIME):
        yield Scene(app)


def photo() -> tuple[io.BytesIO, str]:
    """A small picture as a browser sends it."""
    data = io.BytesIO()
    Image.new("RGB", (20, 20), (90, 120, 60)).save(data, "JPEG")
    data.seek(0)
    return data, "duong.jpg"


@both_engines
def test_a_commitment_goes_from_report_to_finding_on_its_page(scene: Scene) -> None:
    page = scene.browser("officer").get(f"/desk/commitments/{scene.number}").text
    assert "Dọn hết đất đá" in page and "Báo đã làm xong" in page and scene.reference in page
    answer = scene.post("officer", "report_done", evidence="Đã thông đường ngày 22/11.", files=[photo()])
    assert answer.status_code == 303 and scene.row().state == "reported"
    page = scene.browser("looker").get(f"/desk/commitments/{scene.number}").text
    assert "Đã thông đường ngày 22/11." in page and "duong.jpg" in page and "Xác nhận đã giữ" in page
    assert scene.post("looker", "confirm_kept", finding="Đã đến xem.").status_code == 303
    assert scene.row().state == "kept"
    page = scene.browser("officer").get(f"/desk/commitments/{scene.number}").text
    assert "Đã giữ đúng hạn" in page and "Đã đến xem." in page


def test_what_shows_it_is_handed_out_only_to_whoever_sees_the_commitment(scene: Scene) -> None:
    scene.post("officer", "report_done", evidence="Xong.", files=[photo()])
    page = scene.browser("looker").get(f"/desk/commitments/{scene.number}").text
    url = next(iter(re.findall(r'href="(/desk/commitments/[^"]*/files/[^"]*)"', page)))
    assert scene.browser("looker").get(url).status_code == 200
    assert scene.browser("stranger").get(url).status_code == 404
    assert scene.browser("looker").get(url[:-2] + "00").status_code == 404


def test_a_form_that_lacks_something_keeps_what_was_typed_and_changes_nothing(scene: Scene) -> None:
    answer = scene.post("officer", "report_done", evidence="  ")
    assert answer.status_code == 422 and "Ghi việc gì đã làm xong" in answer.text
    answer = scene.post("head", "replace_promise", what="Làm kè rọ đá.", due_on="2026-11-01", reason="Mưa.")
    assert answer.status_code == 422 and "Ngày hẹn đã qua." in answer.text and "Làm kè rọ đá." in answer.text
    answer = scene.post("head", "replace_promise", what="Làm kè rọ đá.", due_on="mai", reason="Mưa.")
    assert answer.status_code == 422 and "Ngày này không có thật." in answer.text
    answer = scene.post("officer", "report_done", evidence="Xong.", files=[(io.BytesIO(b"MZ"), "x.exe")])
    assert answer.status_code == 422 and "Xong." in answer.text
    assert scene.row().state == "open"


def test_an_older_page_is_told_so(scene: Scene) -> None:
    assert scene.post("officer", "report_done", evidence="Xong.", version=99).status_code == 409
    assert scene.row().state == "open"


def test_a_verb_that_is_not_theirs_is_refused_in_words(scene: Scene) -> None:
    scene.reported()
    for who, reason in (("head", "vai trò hiện có"), ("clerk", "vai trò hiện có"), ("supervisor", "vai trò hiện có")):
        answer = scene.post(who, "confirm_kept", finding="Đã xem.")
        assert answer.status_code == 403 and reason in answer.text, who
    assert scene.post("looker", "rename").status_code == 404
    assert scene.row().state == "reported"


def test_out_of_sight_is_as_if_it_did_not_exist(scene: Scene) -> None:
    stranger = scene.browser("stranger")
    hidden = stranger.get(f"/desk/commitments/{scene.number}")
    nowhere = stranger.get("/desk/commitments/CK-2026-999999")
    assert hidden.status_code == nowhere.status_code == 404

    def body(text: str) -> str:
        return text.split("<main")[1].split("</main")[0].split("id=")[0]

    assert body(hidden.text) == body(nowhere.text)
    assert scene.post("stranger", "report_done", evidence="x").status_code == 404


def test_a_promise_is_made_from_the_case_page_and_twice_the_same_form_makes_one(scene: Scene) -> None:
    browser = scene.browser("officer")
    assert f"/desk/promises/case/{scene.reference}" in browser.get(f"/desk/cases/{scene.reference}").text
    url = f"/desk/promises/case/{scene.reference}"
    assert browser.get(url).status_code == 200
    typed = {"what": "Đặt biển báo sạt lở.", "due_on": "2026-12-10", "token": "một-mã", "unit_code": "",
             "responsible": str(scene.ids["officer"]), "verifier_code": "", "is_public": "y"}  # fmt: skip
    first, second = browser.post(url, data=typed), browser.post(url, data=typed)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert db.session.query(Commitment).count() == 2
    assert browser.post(url, data={**typed, "token": "khác", "what": " "}).status_code == 422
    assert "Đặt biển báo sạt lở." in browser.get(f"/desk/cases/{scene.reference}").text


def test_who_may_not_promise_sees_no_form(scene: Scene) -> None:
    url = f"/desk/promises/case/{scene.reference}"
    for who, status in (("supervisor", 403), ("stranger", 404)):
        assert scene.browser(who).get(url).status_code == status
    assert scene.browser("head").get("/desk/promises/session/DT-2026-000009").status_code == 404
    assert scene.browser("head").get("/desk/promises/khác/1").status_code == 404


def test_a_promise_in_a_draft_stands_when_the_head_signs(scene: Scene) -> None:
    with writing():
        officer, head = (db.session.get_one(Official, scene.ids[name]) for name in ("officer", "head"))
        case = assign(make_case(title="Cống tắc"), officer, head)
        made = promise(new(), case, actor(officer), IN_TIME)
        cases.propose(case, "Sẽ thông cống.", "explained", actor(officer), IN_TIME)
        head.password_hash = hash_password(PASSWORD)
        reference, number, case_id = case.reference, made.number, case.id
        db.session.commit()
    assert "Sẽ có hiệu lực khi câu trả lời được ký" in scene.browser("officer").get(f"/desk/cases/{reference}").text
    assert scene.browser("looker").get(f"/desk/commitments/{number}").status_code == 404
    version = db.session.get_one(Case, case_id).version
    answer = scene.browser("head").post(f"/desk/cases/{reference}/approve",
                                        data={"version": version, "password": PASSWORD})  # fmt: skip
    assert answer.status_code == 303
    assert scene.browser("looker").get(f"/desk/commitments/{number}").status_code == 200


def test_the_asker_reads_it_and_says_not_done(scene: Scene) -> None:
    scene.reported()
    client = scene.app.test_client()
    open_case(client, db.session.get_one(Case, scene.case_id))
    page = client.get("/follow/case").text
    assert "Việc đã hứa với ông/bà" in page and "Đơn vị báo đã làm xong" in page and scene.number in page
    url = f"/follow/case/commitments/{scene.number}"
    assert client.get(url).status_code == 200
    assert client.post(url, data={"text": " "}).status_code == 422
    assert client.post(url, data={"text": "Xe chưa qua được."}).status_code == 303
    assert client.post(url, data={"text": "Xe chưa qua được."}).status_code == 303, "the same words sent twice are one"
    assert db.session.query(Objection).count() == 1
    assert client.post(url, data={"text": "Vẫn chưa."}).status_code == 409
    assert "Ông/bà báo cam kết chưa xong" in client.get("/follow/case").text


def test_another_resident_cannot_know_of_it(scene: Scene) -> None:
    with writing():
        other = make_case()
        db.session.commit()
        client = scene.app.test_client()
        open_case(client, other)
    for path in (f"/follow/case/commitments/{scene.number}", "/follow/case/commitments/CK-2026-999999"):
        assert client.get(path).status_code == 404
        assert client.post(path, data={"text": "x"}).status_code == 404


def test_the_booker_says_not_done_on_the_own_booking_only(scene: Scene) -> None:
    with writing():
        head = db.session.get_one(Official, scene.ids["head"])
        booking = heard()
        made = promise(new(), booking, actor(head), ANSWERED)
        report_done(made, "Xong.", actor(head), IN_TIME)
        number, booking_id = made.number, booking.id
        db.session.commit()
    client = scene.app.test_client()
    with writing():
        key = open_door(IN_TIME, booking_id=booking_id)
        db.session.commit()
    with client.session_transaction() as session:
        session["booking"] = key
    page = client.get("/reception/my-booking").text
    assert number in page and "Thực tế chưa xong? Báo lại" in page
    assert client.get(f"/reception/my-booking/commitments/{number}").status_code == 200
    assert client.get(f"/reception/my-booking/commitments/{scene.number}").status_code == 404
    answer = client.post(f"/reception/my-booking/commitments/{number}", data={"text": "Chưa xong."})
    assert answer.status_code == 303 and db.session.query(Objection).count() == 1


def test_the_public_reads_only_what_is_published_and_nobody_by_name(scene: Scene) -> None:
    client = scene.app.test_client()
    assert scene.number not in client.get("/commitments").text
    assert client.get(f"/commitments/{scene.number}").status_code == 404
    with writing():
        db.session.get_one(Case, scene.case_id).published_on = IN_TIME.date()
        db.session.commit()
    listed, one = client.get("/commitments").text, client.get(f"/commitments/{scene.number}").text
    for page in (listed, one):
        assert scene.number in page and "Dọn hết đất đá" in page and "Đang thực hiện" in page
        assert "Nông Thị Sen" not in page and scene.reference not in page
    assert scene.number in client.get("/commitments?unit=01447&state=open").text
    assert scene.number not in client.get("/commitments?unit=01447&state=kept").text
    assert scene.number not in client.get("/commitments?unit=01294").text


def test_a_commitment_of_a_published_session_is_public_and_one_of_a_booking_never(scene: Scene) -> None:
    with writing():
        head = db.session.get_one(Official, scene.ids["head"])
        session, booking = held(published_on=IN_TIME.date()), heard()
        numbers = [promise(new(is_public=wish), source, actor(head), ANSWERED).number
                   for source, wish in ((session, None), (session, False), (booking, True))]  # fmt: skip
        db.session.commit()
    page = scene.app.test_client().get("/commitments").text
    assert [number in page for number in numbers] == [True, False, False]


@both_engines
def test_the_queues_group_counts_what_it_lists(scene: Scene) -> None:
    with writing():
        head, looker = (db.session.get_one(Official, scene.ids[name]) for name in ("head", "looker"))
        case = db.session.get_one(Case, scene.case_id)
        for number in range(3):
            made = promise(new(what=f"Việc số {number}."), case, actor(head), ANSWERED)
            report_done(made, "Xong.", actor(head), IN_TIME)
        confirm_kept(made, "Đúng.", actor(looker), IN_TIME)
        db.session.commit()
    for who, count in (("head", 3), ("officer", 3), ("looker", 2)):
        page = scene.browser(who).get("/desk/?view=promises").text
        rows = page.split("<tbody")[1].split("</tbody>")[0].count("<tr ")
        entry = re.search(r'view=promises"[^>]*>\s*Cam kết\s*<span class="num">(\d+)', page)
        assert entry and (rows, int(entry[1])) == (count, count), who
    assert "view=promises" not in scene.browser("stranger").get("/desk/").text, "an empty group stays away"


def test_overdue_ones_stand_first_and_the_filters_narrow(scene: Scene) -> None:
    with writing():
        head = db.session.get_one(Official, scene.ids["head"])
        promise(new(what="Việc gấp.", due_on=IN_TIME.date()), held(), actor(head), ANSWERED)
        db.session.commit()
    with clock.fixed(IN_TIME + timedelta(days=2)):
        browser = scene.browser("head")
        page = browser.get("/desk/commitments?view=mine").text
        assert page.index("Việc gấp.") < page.index("Dọn hết đất đá") and "Quá hạn 2 ngày" in page
        late = browser.get("/desk/commitments?view=mine&state=overdue").text
        assert "Việc gấp." in late and "Dọn hết đất đá" not in late
        assert "Không có cam kết nào khớp bộ lọc." in browser.get("/desk/commitments?view=mine&q=zzz").text
        assert "Dọn hết đất đá" in scene.browser("supervisor").get("/desk/commitments").text


def test_opening_the_page_reads_its_news(scene: Scene) -> None:
    scene.reported()
    mine = select(Notice).where(Notice.official_id == scene.ids["looker"], Notice.read_at.is_(None))
    assert db.session.scalars(mine).all()
    scene.browser("looker").get(f"/desk/commitments/{scene.number}")
    assert not db.session.scalars(mine).all()


def _walked(seed: int) -> list[Commitment]:
    """Some commitments of several units in every state, by random verbs that were allowed."""
    chance, made = random.Random(seed), []
    crew = {code: people(code) for code in ("01447", "01273")}
    for _ in range(12):
        code = chance.choice(list(crew))
        who = crew[code]
        source: Case | Booking | DialogueSession = chance.choice(
            [lambda: answered(who, commune_code=code), lambda: heard(code), lambda: held(code)]  # noqa: B023
        )()
        now: datetime = ANSWERED
        one = promise(new(due_on=now.date() + timedelta(days=chance.randint(0, 9))), source, actor(who.head), now)
        made.append(one)
        for _step in range(chance.randint(0, 4)):
            now += timedelta(days=chance.randint(0, 6))
            verbs = [
                lambda: report_done(one, "Xong.", actor(who.officer), now),  # noqa: B023
                lambda: confirm_kept(one, "Đúng.", actor(who.looker), now),  # noqa: B023
                lambda: find_broken(one, "Chưa.", actor(who.looker), now),  # noqa: B023
                lambda: object_to(one, "Chưa.", resident_of(source), now),  # noqa: B023
                lambda: made.append(replace(one, new(due_on=LATE.date() + timedelta(days=30)), "Vì sao.",  # noqa: B023
                                            actor(who.head), now)),  # noqa: B023
            ]  # fmt: skip
            try:
                chance.choice(verbs)()
            except Refusal:
                continue
    draft = assign(make_case(), crew["01447"].officer, crew["01447"].head, MONDAY)
    made.append(promise(new(), draft, actor(crew["01447"].officer), MONDAY))
    db.session.flush()
    return made


@both_engines
@pytest.mark.parametrize("seed", range(3))
def test_sight_words_and_lateness_agree_with_their_sql(app: Flask, write: None, seed: int) -> None:
    made = _walked(seed)
    roles = (Role.CLERK, Role.OFFICER, Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR, Role.REGISTRAR)
    watchers = [make_official(role, at) for at in ("04", "01447", "01273", "01294") for role in roles]
    for watcher in watchers:
        eye = actor(watcher)
        seen = set(db.session.scalars(select(Commitment.id).where(queries.visible_to(eye))))
        standing = [one for one in made if one.state not in NOT_MADE]
        assert seen == {one.id for one in standing if queries.sight_of(one, eye) != Sight.NOTHING}, watcher.account
        for view in ("mine", "verify", "at_hand"):
            listed, _more = queries.listed(eye, Filters(view=view), LATE.date())
            assert queries.count(eye, view, LATE.date()) == len(listed)
    for today in (ANSWERED.date(), IN_TIME.date(), LATE.date()):
        late = set(db.session.scalars(select(Commitment.id).where(queries.is_overdue(today))))
        assert late == {one.id for one in made if is_overdue(one, today)}
        for word in queries.WORDS:
            called = set(db.session.scalars(select(Commitment.id).where(queries.is_called(word, today))))
            assert called == {one.id for one in made if shown(one, today) == word}, word
