"""What is not in one's sight does not exist: no page, no file, no hit, no number, no hint tells of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.models import Official, Post
from app.cases.models import Case
from app.extensions import db, writing
from app.rules.workflow import Role
from tests import factories
from tests.matrix.stories import LATE, THE_CASE
from tests.matrix.test_doors import DOORS, address
from tests.matrix.world import World

WORDS = "Đường vào xóm Lũng Đính sạt lở"
"""The title of the cases at the unit next door."""
NEIGHBOURS = ("clerk@sibling", "officer@sibling", "head@sibling", "supervisor@sibling", "inspector@sibling")


def plain(page: str) -> str:
    """A page without what is another on every answer: the number to quote, the form's token, the address asked for."""
    page = re.sub(r'class="num">[0-9a-f]{8,32}<', "", page)
    page = re.sub(r'(name="csrf_token" [^>]*)value="[^"]*"', "", page)
    return re.sub(r'name="next" value="[^"]*"', "", page)


@pytest.mark.parametrize("who", NEIGHBOURS)
def test_a_case_next_door_reads_like_one_that_never_was(world: World, who: str) -> None:
    there, nowhere = world.cases[THE_CASE][1], "PA-2026-999999"
    for ending in ("", "/note", "/approve", "/forward"):
        real = world.ask(who, "GET", f"/desk/cases/{there}{ending}")
        none = world.ask(who, "GET", f"/desk/cases/{nowhere}{ending}")
        assert (real.status_code, none.status_code) == (404, 404)
        assert plain(real.text) == plain(none.text)


@pytest.mark.parametrize("who", NEIGHBOURS)
def test_a_file_next_door_reads_like_one_that_never_was(world: World, who: str) -> None:
    for door, name in (("files", "first_file"), ("files", "inside_file"), ("documents", "paper")):
        real = world.ask(who, "GET", f"/desk/{door}/{world.names[name]}")
        none = world.ask(who, "GET", f"/desk/{door}/{'0' * 32}")
        assert (real.status_code, none.status_code) == (404, 404)
        assert plain(real.text) == plain(none.text)


@pytest.mark.parametrize("who", NEIGHBOURS)
def test_the_search_finds_nothing_next_door(world: World, who: str) -> None:
    for words in (WORDS, "sat lo", world.cases[THE_CASE][1], "Lũng Đính"):
        page = world.ask(who, "GET", "/desk/search", query_string={"q": words})
        assert page.status_code == 200
        assert "/desk/cases/" not in page.text


def test_the_queue_and_its_counts_do_not_move_when_something_comes_in_next_door(world: World) -> None:
    shown = {who: plain(world.ask(who, "GET", "/desk/").text) for who in NEIGHBOURS[:3]}
    figures = plain(world.ask("head@sibling", "GET", "/statistics/01273").text)
    with world.app.app_context(), writing():
        factories.make_case(now=LATE, title="Một việc mới ở xã bên", category_code="land.dispute")
        db.session.commit()
    for who, before in shown.items():
        assert "/desk/cases/" not in before
        assert plain(world.ask(who, "GET", "/desk/").text) == before
    assert plain(world.ask("head@sibling", "GET", "/statistics/01273").text) == figures
    world.restore()


def test_a_case_next_door_cannot_be_named_as_the_one_this_repeats(world: World) -> None:
    with world.app.app_context(), writing():
        own = factories.make_case(now=LATE, commune_code="01273", category_code="land.dispute").reference
        db.session.commit()
    said = []
    for other in (world.cases[THE_CASE][1], "PA-2026-999999"):
        typed = {"version": 1, "reference": other}
        answer = world.ask("head@sibling", "POST", f"/desk/cases/{own}/mark_duplicate", data=typed)
        assert answer.status_code == 422
        said.append(plain(answer.text).replace(other, "X"))
    assert said[0] == said[1]
    world.restore()


def test_the_journal_and_the_lists_behind_figures_stop_at_the_border(world: World) -> None:
    references = {reference for stage, (_id, reference) in world.cases.items() if stage != "other"}
    for url in ("/journal", "/statistics/01273/cases?figure=received", "/statistics/01273.csv"):
        page = world.ask("inspector@sibling", "GET", url)
        assert page.status_code == 200
        told = page.text.replace("PA-2026-000001", "")  # stands there as an example
        assert not [reference for reference in references if reference in told], url
        assert "/desk/cases/" not in told, url
    typed = world.ask("inspector@sibling", "GET", "/journal", query_string={"reference": world.cases[THE_CASE][1]})
    assert "/desk/cases/" not in typed.text
    world.restore()


def test_a_hundred_neighbouring_numbers_open_nothing(world: World) -> None:
    for number in range(1, 100):
        assert world.ask("officer@sibling", "GET", f"/desk/cases/PA-2026-{number:06d}").status_code == 404


def test_whoever_is_moved_loses_sight_with_the_next_request(world: World) -> None:
    url = f"/desk/cases/{world.cases[THE_CASE][1]}"
    assert world.ask("officer@unit", "GET", url).status_code == 200
    with world.app.app_context(), writing():
        post = db.session.scalars(select(Post).where(Post.official_id == world.officials["officer@unit"])).one()
        post.ended_on = clock.today() - timedelta(days=1)
        official = db.session.get_one(Official, post.official_id)
        factories.add_post(official, Role.OFFICER, "01273", clock.today())
        db.session.commit()
    assert world.ask("officer@unit", "GET", url).status_code == 404
    assert world.ask("officer@unit", "POST", f"{url}/note", data={"version": 1, "text": "x"}).status_code == 404
    assert world.ask("officer@unit", "GET", f"/desk/files/{world.names['first_file']}").status_code == 404
    world.restore()


def test_whoever_is_shut_out_is_out_with_the_next_request(world: World) -> None:
    with world.app.app_context(), writing():
        db.session.get_one(Official, world.officials["head@unit"]).is_disabled = True
        db.session.commit()
    assert world.ask("head@unit", "GET", "/desk/").status_code == 302
    world.restore()


SECRETS = ("Nông Thị Sen", "0912 000 017", "sen@example.vn", "Xóm Bản Viết", WORDS, "đất đá lấp kín", "Đã dọn xong",
           "Hủy quyết định", "12/QĐ-UBND", "Vẫn sạt")  # fmt: skip


@pytest.mark.parametrize("place", ["unit", "parent"])
def test_no_page_of_administration_holds_anything_of_a_case(world: World, place: str) -> None:
    who, opened = f"administrator@{place}", 0
    pages = [
        address(world, endpoint)
        for (method, endpoint), cells in DOORS.items()
        if method == "GET" and cells[who] == "200" and not endpoint.startswith(("static", "petitions."))
    ]
    pages.append(f"/admin/officials/{world.officials['officer@unit']}/leave?do=disable")
    for url in pages:
        page = world.ask(who, "GET", url)
        assert page.status_code == 200, url
        found = [secret for secret in SECRETS if secret in page.text]
        assert not found, f"{url} tells an administrator {found}"
        opened += 1
    assert opened > 8


@pytest.mark.parametrize("who", ["supervisor@unit", "supervisor@parent", "clerk@past", "head@past"])
def test_whoever_sees_without_the_name_finds_it_nowhere(world: World, who: str) -> None:
    pages = [f"/desk/cases/{world.cases[stage][1]}" for stage in ("reopened", "complaint", "answered", "accepted")]
    pages += ["/desk/search?q=sat+lo"]
    for url in pages:
        page = world.ask(who, "GET", url)
        assert page.status_code == 200, url
        assert not [secret for secret in SECRETS[:4] if secret in page.text], url


NOT_ASKED = {
    "unit_id": "1", "received_at": "2020-01-01", "submitted_at": "2020-01-01", "due_on": "2030-01-01",
    "status": "closed", "due_at": "2030-01-01", "outcome": "resolved", "assigned_to_id": "1", "case_id": "1",
    "reference": "PA-1", "id": "1", "role": "administrator", "rating_level": "5", "is_registered": "1",
}  # fmt: skip


def row(world: World, stage: str) -> dict[str, object]:
    with world.app.app_context():
        case = db.session.get_one(Case, world.cases[stage][0])
        left_out = {"version", "_sa_instance_state"}
        return {key: value for key, value in vars(case).items() if key not in left_out and not key.startswith("_")}


def test_fields_nobody_asked_for_are_not_read_at_the_desk(world: World) -> None:
    before = row(world, "assigned")
    typed = {**NOT_ASKED, "version": world.version("assigned"), "text": "Đã gọi."}
    answer = world.ask("officer@unit", "POST", f"/desk/cases/{world.cases['assigned'][1]}/note", data=typed)
    assert answer.status_code == 303
    assert row(world, "assigned") == before
    world.restore()


def test_fields_nobody_asked_for_are_not_read_from_a_resident(world: World) -> None:
    before = row(world, THE_CASE)
    answer = world.ask("resident", "POST", "/follow/case/reply", data={**NOT_ASKED, "text": "Thêm ảnh."})
    assert answer.status_code == 303
    assert row(world, THE_CASE) == before
    world.restore()


def test_nobody_makes_themselves_an_administrator(world: World) -> None:
    own = world.officials["administrator@unit"]
    for url, typed in ((f"/admin/officials/{own}/posts", {"unit": "01447", "role": "head"}),
                       (f"/admin/officials/{own}/leave?do=disable", {})):  # fmt: skip
        assert world.ask("administrator@unit", "POST", url, data=typed).status_code == 403
    typed = {**NOT_ASKED, "language": "vi", "unit": "04"}
    assert world.ask("officer@unit", "POST", "/account/preferences", data=typed).status_code == 303
    with world.app.app_context():
        posts = db.session.scalars(select(Post).where(Post.official_id == world.officials["officer@unit"])).all()
        assert [(post.role, post.unit_id) for post in posts] == [("officer", factories.unit().id)]
    world.restore()
