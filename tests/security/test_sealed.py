"""Denunciations are sealed: whoever may not know of one meets nothing that tells of it, wherever they look."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from app import clock
from app.accounts.models import Deputation, Official, Post
from app.cases import actions
from app.cases.models import Case
from app.cases.queries import counts, sight_of, visible_to
from app.desk import house
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.reports.answers import VIEWS
from app.rules.visibility import Sight, sight
from app.rules.workflow import THE_SYSTEM, Actor, PostFact, Role
from tests import factories
from tests.conftest import both_engines
from tests.factories import MONDAY, actor, unit

from .sealed_world import (
    BODY,
    CANARIES,
    DENOUNCED,
    HANDLER,
    INSIDERS,
    INSPECTOR,
    OUTSIDERS,
    REGISTRAR,
    Town,
    settle,
)
from .test_other_units import plain

NOWHERE = "TC-2026-999999"
LATER = MONDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.fixed(LATER):
        yield


@pytest.fixture
def town(app: Flask) -> Town:
    return settle(app)


ASKED: dict[str, list[str]] = {
    "desk.queue": ["", "?view=sealed", "?view=unit", "?view=overdue", "?kind=denunciation",
                   "?view=sealed&category=corruption", "?q=Zebrano"],
    "desk.search": ["?kind=denunciation", "?category=corruption", "?category=corruption.money", "?status=assigned",
                    "?q=Zebrano", "?q=quagga", "?q=tố+cáo", "?q=TC-2026", "?commune=01447"],
    "reports.unit": ["", "?kind=denunciation", "?from=2026-11-16&to=2026-11-17"],
    "reports.cases": [f"?figure={figure}" for figure in ("received", "open", "finished", "judged", "resolved")],
    "reports.csv": ["", "?kind=denunciation"], "reports.answer": ["", "?kind=denunciation"],
    "reports.journal": ["", "?action=look", "?action=submit", "?action=register"],
}  # fmt: skip
"""What is asked besides the plain address."""
INSIDE = ("/desk", "/statistics", "/journal", "/admin", "/account")
SHOWN_IN_THE_LIST = ("petitions.use_link", "static")


def addresses(town: Town) -> list[str]:
    """Every GET address of the program, filled in for this town, the denunciation's own left out."""
    given: dict[str, list[Any]] = {
        "kind": ["feedback", "complaint", "denunciation"], "code": ["04", "01447", "01273", "so-xay-dung"],
        "official_id": [town.people["officer@unit"].id], "public_id": ["x"], "number": [1], "notice_id": [1],
        "day": ["2026-12-24"], "phrase_id": [1], "day_id": [1], "pattern_id": [1],
        "which": ["minutes", "notice", "invitation"], "view": [view.code for view in VIEWS],
    }  # fmt: skip
    found = []
    with town.app.test_request_context():
        for rule in town.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint in SHOWN_IN_THE_LIST or "reference" in rule.arguments:
                continue
            for values in itertools.product(*(given.get(name, ["x"]) for name in sorted(rule.arguments))):
                url = town.app.url_for(rule.endpoint, **dict(zip(sorted(rule.arguments), values, strict=True)))
                found += [url + asked for asked in ASKED.get(rule.endpoint, [""])]
    return found


def test_no_page_tells_an_outsider_of_it(town: Town) -> None:
    pages = addresses(town)
    assert len(pages) > 60
    for who in OUTSIDERS:
        for url in pages:
            if not url.startswith(INSIDE) and who != OUTSIDERS[0]:
                continue  # the residents' pages know no officials
            page = town.ask(who, url)
            said = page.data.decode("utf-8", "replace")
            for word in (*CANARIES[1:], BODY, town.reference):
                assert word not in said, f"{who} reads {word} at {url}"
            assert town.reference not in page.headers.get("Location", "")


def test_its_own_pages_read_like_those_of_one_that_never_was(town: Town) -> None:
    for who in ("anonymous", *OUTSIDERS):
        _reads_like_nothing(town, who)


def _reads_like_nothing(town: Town, who: str) -> None:
    endings = ("", "/note", "/register", "/classify", "/correct", "/renew-code")
    urls = [f"/desk/cases/{{}}{ending}" for ending in endings]
    urls += ["/desk/sealed/{}/name_handler", "/desk/sealed/{}/withdraw", "/desk/sealed-receipts/{}",
             "/desk/intake/{}/receipt", "/desk/intake/{}/receipt.pdf", "/desk/search?q={}"]  # fmt: skip
    for url in urls:
        for method in ("GET", "POST"):
            real = town.ask(who, url.format(town.reference), method)
            none = town.ask(who, url.format(NOWHERE), method)
            assert real.status_code == none.status_code, f"{who} {method} {url}"
            assert plain(real.text).replace(town.reference, "") == plain(none.text).replace(NOWHERE, "")
            assert real.headers.get("Location", "").replace(town.reference, "") == none.headers.get(
                "Location", ""
            ).replace(NOWHERE, "")
    paper, no_paper = (town.ask(who, f"/desk/documents/{name}") for name in (town.document, "0" * 32))
    assert paper.status_code == no_paper.status_code
    assert plain(paper.text).replace(town.document, "") == plain(no_paper.text).replace("0" * 32, "")


def test_counts_and_figures_of_outsiders_stay_as_they_were(app: Flask) -> None:
    town = settle(app)
    pages = ["/desk/", "/statistics/04", "/statistics/01447", "/statistics/04.csv", "/statistics/04/cases?figure=open"]
    before = {(who, url): plain(town.ask(who, url).get_data(as_text=True)) for who in OUTSIDERS for url in pages}
    numbers = {who: counts(town.actor(who), LATER.date()) for who in OUTSIDERS}
    with writing():
        for _number in range(3):
            factories.make_denunciation(now=LATER)
        db.session.commit()
    for (who, url), said in before.items():
        assert plain(town.ask(who, url).get_data(as_text=True)) == said, f"{who} {url}"
    assert numbers == {who: counts(town.actor(who), LATER.date()) for who in OUTSIDERS}


def looks() -> list[tuple[str, str]]:
    events = db.session.scalars(select(Event).where(Event.action == "look").order_by(Event.seq))
    return [(event.facts["name"], event.facts["what"]) for event in events]


def test_every_look_is_remembered_with_the_name_of_who_looked(town: Town) -> None:
    for who, words in ((HANDLER, "case"), (INSPECTOR, "case"), (REGISTRAR, "register")):
        before = len(looks())
        assert town.ask(who, f"/desk/cases/{town.reference}").status_code == 200
        assert looks()[before:] == [(f"Người {who}", words)]
    before = len(looks())
    assert town.ask(HANDLER, f"/desk/documents/{town.document}").status_code == 200
    assert town.ask(HANDLER, f"/desk/cases/{town.reference}/note").status_code == 200
    assert looks()[before:] == [(f"Người {HANDLER}", "document 7/QĐ-UBND"), (f"Người {HANDLER}", "note")]
    for who in INSIDERS:
        before = len(looks())
        town.ask(who, "/desk/?view=sealed")
        town.ask(who, "/desk/search?kind=denunciation")
        assert looks()[before:] == [], "a row of a list shows nothing, so it is no look"


def test_a_look_that_cannot_be_written_down_shows_nothing(town: Town) -> None:
    with writing():
        db.session.execute(text(
            "create trigger no_looks before insert on event when new.action = 'look' "
            "begin select raise(abort, 'full'); end"
        ))  # fmt: skip
        db.session.commit()
    for who, url in ((HANDLER, f"/desk/cases/{town.reference}"), (REGISTRAR, f"/desk/cases/{town.reference}"),
                     (HANDLER, f"/desk/documents/{town.document}"),
                     (HANDLER, f"/desk/cases/{town.reference}/note")):  # fmt: skip
        page = town.ask(who, url)
        assert page.status_code == 503
        said = page.get_data(as_text=True)
        assert not any(word in said for word in (*CANARIES, "%PDF"))


def test_the_registrar_keeps_the_register_and_reads_nothing(town: Town) -> None:
    page = town.ask(REGISTRAR, f"/desk/cases/{town.reference}")
    assert town.reference in page.text and "Bongo tủ sắt" in page.text and f"Người {HANDLER}" in page.text
    for word in ("Zebrano", "Quagga", "Okapi", "Tham ô"):
        assert word not in page.text
    assert town.ask(REGISTRAR, f"/desk/documents/{town.document}").status_code == 404
    assert town.ask(REGISTRAR, f"/desk/cases/{town.reference}/correct").status_code == 403
    queue = town.ask(REGISTRAR, "/desk/")
    assert town.reference in queue.text and "Nội dung kín" in queue.text
    assert not any(word in queue.text for word in (*CANARIES, "Tham ô", "Trùng Khánh"))


def test_named_handlers_and_the_inspectorate_read_it(town: Town) -> None:
    for who in (HANDLER, INSPECTOR):
        page = town.ask(who, f"/desk/cases/{town.reference}")
        assert all(word in page.text for word in ("Zebrano", "Quagga", "Okapi"))
        arrived = page.text.split("Đã gửi đơn")[0].rpartition("<time")[2]
        assert "09:00" not in arrived and 'datetime="2026-11-16"' in arrived, "of its arrival only the day is told"
    assert b"Zebrano" in town.ask(HANDLER, f"/desk/documents/{town.document}").data
    assert "TC-" not in town.ask(HANDLER, f"/desk/documents/{town.document}").headers["Content-Disposition"]
    assert town.ask(HANDLER, f"/desk/cases/{town.reference}/renew-code").status_code == 403


def test_the_journal_shows_looks_by_name_and_nothing_of_the_content(town: Town) -> None:
    town.ask(HANDLER, f"/desk/cases/{town.reference}")
    page = town.ask(INSPECTOR, "/journal?action=look")
    assert f"Người {HANDLER}" in page.text and "trang hồ sơ" in page.text and town.reference in page.text
    whole = town.ask(INSPECTOR, "/journal")
    assert not any(word in whole.text for word in CANARIES)


def test_the_journal_of_an_inspector_who_serves_where_it_is_denounced_is_silent(town: Town) -> None:
    with writing():
        factories.add_post(db.session.get_one(Official, town.people[INSPECTOR].id), Role.CLERK, DENOUNCED)
        db.session.commit()
    page = town.ask(INSPECTOR, "/journal")
    assert page.status_code == 200 and town.reference not in page.text
    asked = town.ask(INSPECTOR, f"/journal?reference={town.reference}")
    assert "Không có sự kiện nào khớp bộ lọc" in asked.text


def _dismissed(town: Town) -> None:
    official = db.session.get_one(Official, town.people[HANDLER].id)
    actions.dismiss_handler(town.case(), official, "Nghỉ phép.", town.actor(REGISTRAR), LATER)


def _moved(town: Town) -> None:
    factories.add_post(db.session.get_one(Official, town.people[HANDLER].id), Role.OFFICER, DENOUNCED)


def _disabled(town: Town) -> None:
    house.disable(db.session.get_one(Official, town.people[HANDLER].id), house.Choice(), THE_SYSTEM, LATER)


def _left(town: Town) -> None:
    post = db.session.scalars(select(Post).where(Post.official_id == town.people[HANDLER].id)).one()
    house.move(post, unit("so-y-te"), Role.OFFICER, house.Choice(), THE_SYSTEM, LATER)


@pytest.mark.parametrize("how", [_dismissed, _moved, _disabled, _left], ids=lambda how: how.__name__[1:])
def test_a_handler_no_longer_entitled_loses_sight_at_the_next_request(town: Town, how: Any) -> None:
    assert town.ask(HANDLER, f"/desk/cases/{town.reference}").status_code == 200
    with writing():
        how(town)
        db.session.commit()
        browser = town.app.test_client()
        factories.sign_in(browser, db.session.get_one(Official, town.people[HANDLER].id))
        town.cookies[HANDLER] = browser.get_cookie("gan-dan").value  # type: ignore[union-attr]
    page = town.ask(HANDLER, f"/desk/cases/{town.reference}")
    assert page.status_code in (302, 403, 404)
    assert not any(word in page.text for word in CANARIES)
    assert sight_of(town.case(), town.actor(HANDLER)) == Sight.NOTHING


def test_when_a_handler_leaves_the_naming_ends_and_the_registrar_is_told(town: Town) -> None:
    with writing():
        _left(town)
        db.session.commit()
    assert [handler.ended_at for handler in town.case().handlers] == [LATER]
    event = db.session.scalars(select(Event).where(Event.action == "dismiss_handler")).one()
    told = db.session.scalars(select(Notice).where(Notice.event_seq == event.seq)).all()
    assert [(notice.official_id, notice.channel) for notice in told] == [(town.people[REGISTRAR].id, "desk")]


def test_the_unit_that_takes_over_from_the_denounced_one_is_as_blind(town: Town) -> None:
    chief = town.people["head@sibling"]
    with writing():
        handler = factories.make_official(Role.HEAD, "04")
        factories.add_post(handler, Role.OFFICER, "01273")
        actions.name_handler(town.case(), handler, town.actor(REGISTRAR), LATER)
        assert sight_of(town.case(), actor(handler)) == Sight.FULL
        house.close(unit(DENOUNCED), unit("01273"), LATER.date(), True, THE_SYSTEM, LATER)
        db.session.commit()
    case = town.case()
    assert (case.denounced_unit.code, case.unit.code) == ("01273", "04")
    for person in (handler, chief, town.people["head@unit"], town.people["inspector@unit"]):
        today = db.session.get_one(Official, person.id)
        assert sight_of(case, actor(today, LATER.date())) == Sight.NOTHING
        seen = db.session.scalars(select(Case.id).where(visible_to(actor(today, LATER.date())))).all()
        assert case.id not in seen
    assert sight_of(case, town.actor(INSPECTOR)) == Sight.FULL


def test_an_administrator_who_closes_the_unit_that_holds_it_is_told_no_number(town: Town) -> None:
    assert house.count_open(unit("04")) == 0
    assert [case.id for case in house.open_cases_at(unit("04"))] == [town.case_id]


def test_who_served_where_it_is_denounced_when_it_came_is_not_named(town: Town) -> None:
    with writing():
        moved = factories.make_official(Role.OFFICER, DENOUNCED)
        moved.posts[0].ended_on = MONDAY.date()
        factories.add_post(moved, Role.OFFICER, "04", began_on=LATER.date())
        db.session.commit()
    page = town.ask(REGISTRAR, f"/desk/sealed/{town.reference}/name_handler")
    assert page.status_code == 200 and moved.name not in page.text
    assert town.ask(REGISTRAR, f"/desk/sealed/{town.reference}/name_handler", "POST",
                    data={"officer": moved.id, "version": town.case().version}).status_code == 422  # fmt: skip


def test_a_deputy_of_a_named_head_reads_nothing(town: Town) -> None:
    with writing():
        head = db.session.get_one(Official, town.people["head@parent"].id)
        deputy = factories.make_official(at="so-y-te")
        actions.name_handler(town.case(), head, town.actor(REGISTRAR), LATER)
        db.session.add(Deputation(unit_id=unit("04").id, head_id=head.id, deputy_id=deputy.id, from_on=MONDAY.date(),
                                  to_on=(MONDAY + timedelta(days=9)).date()))  # fmt: skip
        db.session.commit()
    assert sight_of(town.case(), actor(head)) == Sight.FULL
    db.session.expire_all()
    lent = actor(deputy, LATER.date())
    assert any(post.in_name_of for post in lent.posts)
    assert sight_of(town.case(), lent) == Sight.NOTHING


def test_no_letter_and_no_search_word_is_left_by_it(town: Town) -> None:
    assert (
        db.session.scalars(select(Notice).where(Notice.channel == "mail", Notice.case_id == town.case_id)).all() == []
    )
    assert db.session.execute(
        text("select count(*) from search_document where case_id = :id"), {"id": town.case_id}
    ).scalar_one() == 0  # fmt: skip


@both_engines
def test_sight_and_its_sql_twin_agree_over_any_posts_and_any_denounced_unit(app: Flask) -> None:
    chance = random.Random(5)
    codes = ["04", "so-xay-dung", "so-y-te", "01447", "01273", "01294"]
    with writing():
        people = [factories.make_official(Role.OFFICER, "04") for _number in range(4)]
        registrar = factories.make_official(Role.REGISTRAR, "04")
        cases = []
        for code in codes[1:]:
            for _number in range(3):
                case = factories.make_denunciation(denounced=code)
                actions.register(case, MONDAY.date(), actor(registrar), MONDAY, paper_file="Tủ B")
                for official in chance.sample(people, chance.randint(0, 3)):
                    actions.name_handler(case, official, actor(registrar), MONDAY)
                for handler in [h for h in case.handlers if chance.random() < 0.3]:
                    actions.dismiss_handler(case, handler.official, "x", actor(registrar), MONDAY)
                cases.append(case)
        db.session.commit()
    roles = [role for role in Role if role not in (Role.RESIDENT, Role.SYSTEM)]
    places = {code: unit(code) for code in codes}
    checked = 0
    for _number in range(300):
        held = [(chance.choice(roles), places[chance.choice(codes)]) for _post in range(chance.randint(0, 3))]
        posts = tuple(PostFact(role, at.id, at.path) for role, at in held)
        who = Actor(
            held[0][0] if held else Role.OFFICER, official_id=chance.choice([*people, registrar]).id, posts=posts
        )
        listed = set(db.session.scalars(select(Case.id).where(visible_to(who))))
        judged = {case.id for case in cases if sight(who, case) != Sight.NOTHING}
        assert listed == judged, held
        assert set(db.session.scalars(select(Case.id).where(visible_to(who, by_words=True)))) == set()
        checked += len(cases)
    assert checked == 300 * 15


def test_figures_beside_each_other_give_no_denunciation_away(app: Flask) -> None:
    """Quarters do not overlap, are over, concern the whole and hide small numbers: no two figures can be subtracted."""
    from app.reports import tree
    from app.reports.figures import Question
    from app.reports.sealed import last_quarter
    from app.reports.span import Span

    with writing():
        supervisor, below = factories.make_official(Role.SUPERVISOR, "04"), factories.make_official(Role.HEAD, "01447")
        for number in range(4 + 7):
            now = MONDAY.replace(month=5 if number < 4 else 8)
            factories.make_denunciation(denounced="01447" if number % 2 else "01273", now=now)
        db.session.commit()
    today = MONDAY.date()
    said = set()
    for first, days in itertools.product(range(0, 400, 7), (0, 6, 30, 89, 200)):
        start = today - timedelta(days=first)
        span = Span(start, start + timedelta(days=days))
        found = last_quarter(tree.place("04"), Question(span), actor(supervisor), today)
        assert found is not None
        said.add((found.year, found.number, found.count))
        for where, question in (("01447", Question(span)), ("04", Question(span, "feedback")),
                                ("04", Question(span, "", False))):  # fmt: skip
            assert last_quarter(tree.place(where), question, actor(supervisor), today) is None
        assert last_quarter(tree.place("04"), Question(span), actor(below), today) is None
    assert {row for row in said if row[2]} == {(2026, 3, 7)}
    assert (2026, 2, None) in said, "four are 'fewer than five'"
    assert len(said) == len({(year, number) for year, number, _count in said}), "one figure for each quarter"
    assert not any((year, number) == (2026, 4) for year, number, _count in said), "the quarter that still runs"


def test_statistics_hold_none_of_them(town: Town) -> None:
    page = town.ask("supervisor@parent", "/statistics/04?from=2026-11-16&to=2026-11-16")
    assert "dưới 5" in page.text
    assert re.search(r'Mới nhận</h3><p class="value">6</p>', page.text)
    listed = town.ask("supervisor@parent", "/statistics/04/cases?figure=received&from=2026-11-16&to=2026-11-16")
    assert listed.text.count('scope="row"') == 6 and "Tố cáo" not in listed.text.split("<table")[1]
