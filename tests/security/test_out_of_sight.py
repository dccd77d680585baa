"""What is out of sight reads, byte for byte, like what never was; neighbours of known numbers open nothing
(checks 12, 13, 17, 20)."""

from __future__ import annotations

import re
import time
from statistics import median

import pytest

from app.rules.permissions import ABSENT
from app.rules.workflow import Role
from tests.matrix.stories import THE_CASE
from tests.matrix.test_doors import DOORS, address
from tests.matrix.world import World

from .test_other_units import plain

STRANGERS = ("clerk@past", "clerk@parent", "officer@sibling", "head@sibling", "supervisor@sibling",
             "inspector@sibling", "registrar@unit", "administrator@sibling")  # fmt: skip


def nowhere(world: World, url: str) -> str:
    """The same address with every number in it replaced by one that was never given."""
    for kind, known in (("PA-2026-999999", world.cases[THE_CASE][1]), ("TD-2026-999999", world.names["visit"]),
                        ("DT-2026-999998", world.names["session"]), ("f" * 32, world.names["first_file"]),
                        ("f" * 32, world.names["inside_file"]), ("f" * 32, world.names["later_file"]),
                        ("f" * 32, world.names["paper"])):  # fmt: skip
        url = url.replace(str(known), kind)
    url = re.sub(r"(?<=/)01447(?=[/.?]|$)", "99999", url)
    return re.sub(r"(?<=/)\d{1,4}(?=/|$)", "987654", url)


def both_absent() -> list[tuple[tuple[str, str], str]]:
    """Doors and visitors for whom something real is not there, though others see it."""
    return [
        (door, who) for door, cells in DOORS.items() for who in STRANGERS
        if cells[who] == ABSENT and set(cells.values()) - {ABSENT, "403", "in", "door"}
    ]  # fmt: skip


@pytest.mark.parametrize("who", STRANGERS)
def test_whatever_is_out_of_sight_reads_like_what_never_was(world: World, who: str) -> None:
    tried = set()
    for (method, endpoint), visitor in both_absent():
        if visitor != who:
            continue
        url = address(world, endpoint)
        other = nowhere(world, url)
        assert other != url, url
        real, none = world.ask(who, method, url), world.ask(who, method, other)
        assert (real.status_code, none.status_code) == (404, 404), f"{method} {url} {other}"
        assert plain(real.text) == plain(none.text), f"{method} {url}"
        skipped = {"Date", "Content-Length", "Set-Cookie", "Server-Timing"}
        heads = [{k: v for k, v in one.headers.items() if k not in skipped} for one in (real, none)]
        assert heads[0] == heads[1], url
        tried.add(endpoint)
    assert tried, who


def test_all_kinds_of_things_were_tried() -> None:
    tried = {door[1].partition(":")[0] for door, _who in both_absent()}
    wanted = {"desk.case", "desk.attachment", "desk.document", "desk.new_paper", "dialogues.visit", "dialogues.day",
              "dialogues.desk_session", "dialogues.session_paper", "accounts.official", "units.edit", "house.close",
              "house.leave", "reports.unit", "reports.month", "reports.answer", "reports.official_form"}  # fmt: skip
    assert wanted <= tried


@pytest.mark.parametrize("who", ["officer@sibling", "administrator@sibling"])
def test_it_takes_about_as_long_to_say_so(world: World, who: str) -> None:
    urls = {"officer@sibling": ("/desk/cases/{}", world.cases[THE_CASE][1], "PA-2026-999999"),
            "administrator@sibling": ("/admin/officials/{}", world.officials["spare"], 987654)}[who]  # fmt: skip
    took: dict[int, list[float]] = {0: [], 1: []}
    for _number in range(25):
        for which in (0, 1):
            began = time.perf_counter()
            assert world.ask(who, "GET", urls[0].format(urls[1 + which])).status_code == 404
            took[which].append(time.perf_counter() - began)
    slow, quick = max(median(t) for t in took.values()), min(median(t) for t in took.values())
    assert slow < 2 * quick + 0.01, took


def _hits(world: World, who: str, urls: list[str]) -> list[str]:
    return [url for url in urls if world.ask(who, "GET", url).status_code != 404]


AROUND = [pytest.param(60, id="near"), pytest.param(1000, marks=pytest.mark.soak, id="thousand")]


@pytest.mark.parametrize("reach", AROUND)
def test_the_numbers_around_a_known_case_open_nothing(world: World, reach: int) -> None:
    number = int(world.cases[THE_CASE][1].rpartition("-")[2])
    around = range(max(1, number - reach), number + reach + 1)
    assert not _hits(world, "officer@sibling", [f"/desk/cases/PA-2026-{n:06d}" for n in around])


@pytest.mark.parametrize("reach", AROUND)
def test_the_ids_around_a_known_attachment_open_nothing(world: World, reach: int) -> None:
    known = int(world.names["first_file"], 16)
    urls = [f"/desk/files/{known + step:032x}" for step in range(-reach, reach + 1)]
    assert not _hits(world, "officer@sibling", urls)
    assert not _hits(world, "officer@unit", [url for url in urls if not url.endswith(world.names["first_file"])])


@pytest.mark.parametrize(("who", "url"), [
    ("head@sibling", "/desk/reception/days/{}"), ("administrator@sibling", "/admin/officials/{}"),
    ("head@sibling", "/desk/phrases/{}"),
])  # fmt: skip
def test_numbers_in_addresses_open_nothing_beyond_the_own_unit(world: World, who: str, url: str) -> None:
    own = {world.officials[name] for name in world.officials if name.endswith("@sibling")}
    asked = [n for n in range(1, 80) if n not in own]
    assert not _hits(world, who, [url.format(n) for n in asked if n != int(world.names["phrase"])])


SECRETS = ("Nông Thị Sen", "0912 000 017", "sen@example.vn", "Lũng Đính", "đất đá lấp kín")
CONTENT = ("desk.case", "desk.attachment", "desk.document", "desk.search", "desk.queue", "desk.registers",
           "desk.registers_csv", "desk.registers_pdf", "reports.unit", "reports.cases", "reports.csv", "reports.xlsx",
           "reports.journal", "reports.month", "reports.answer", "reports.answer_csv", "reports.official_cases",
           "reports.official_form_pdf", "reports.being_heard_rows", "dialogues.visit", "dialogues.day",
           "dialogues.desk_session", "dialogues.commitments", "dialogues.register")  # fmt: skip


@pytest.mark.parametrize("seat", ["unit", "parent"])
def test_an_administrator_is_refused_all_content_and_every_figure(world: World, seat: str) -> None:
    who = f"{Role.ADMINISTRATOR}@{seat}"
    tried = {door[1].partition(":")[0] for door in DOORS}
    assert set(CONTENT) <= tried
    for method, endpoint in DOORS:
        if endpoint.partition(":")[0] in CONTENT and method == "GET":
            answer = world.ask(who, method, address(world, endpoint))
            assert answer.status_code in (403, 404), endpoint
            assert not [secret for secret in SECRETS if secret in answer.text], endpoint
