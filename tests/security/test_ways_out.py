"""Nothing that is typed sends a reader elsewhere, runs in a spreadsheet, or writes a line of a mail's head."""

from __future__ import annotations

import csv
import io
from email import message_from_bytes, policy

import pytest
from flask import Flask

from app import clock
from app.accounts.views.door import local_path as after_sign_in
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.letters.write import write
from app.petitions.views.home import local_path as after_language
from app.units.models import Unit
from tests import factories
from tests.factories import MONDAY
from tests.matrix.world import World

from .corpus import ENCODED, FORMULAS, REDIRECTS


@pytest.mark.parametrize("target", REDIRECTS)
def test_no_next_leads_out_of_the_house(target: str) -> None:
    for judge in (after_sign_in, after_language):
        kept = judge(target)
        assert kept == "" or (kept.startswith("/") and kept[1:2] not in ("/", "\\") and kept.isprintable())


@pytest.mark.parametrize("target", REDIRECTS)
def test_the_language_switch_sends_nobody_elsewhere(world: World, target: str) -> None:
    answer = world.ask("anonymous", "POST", "/language", data={"lang": "en", "next": target})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/") and not answer.headers["Location"].startswith("//")
    assert "evil.example" not in answer.headers["Location"].partition("?")[0].partition("%")[0]


def test_an_encoded_address_stays_a_path_of_ours(world: World) -> None:
    for target in ENCODED:
        where = world.ask("anonymous", "POST", "/language", data={"next": target}).headers["Location"]
        assert where.startswith("/") and where[1] not in "/\\"


UNSEEN = " \t\r\n\u00a0\u3000\ufeff\u200b\x00"


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_name_that_is_a_formula_opens_as_text(world: World, formula: str, language: str) -> None:
    with world.app.app_context(), writing():
        unit = db.session.query(Unit).filter_by(code="01447").one()
        unit.name_vi = unit.name_en = unit.short_vi = unit.short_en = formula
        db.session.commit()
    answer = world.ask("head@unit", "GET", "/statistics/01447.csv", headers={"Accept-Language": language})
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment;")
    body = answer.data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body, newline=""), delimiter=";" if ";" in body.split("\n")[0] else ","))
    assert {len(row) for row in rows} == {len(rows[0])}, "no cell breaks out of its place"
    for cell in (cell for row in rows for cell in row):
        if not cell.replace(",", "").replace(".", "").lstrip("-").isdigit():
            assert not cell.lstrip(UNSEEN).startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), repr(cell)
    world.restore()


SMUGGLED = ("sen@example.vn\r\nBcc: all@evil.example", "sen@example.vn\nSubject: x", "a@b.vn, c@d.vn",
            "a@b.vn;c@d.vn", "sen@example.vn\r\n\r\nxin chào", "<sen@example.vn>\r\nX: y",
            "sen@example.vn%0d%0aBcc: x@y.vn")  # fmt: skip
NAMES = ("Sen\r\nBcc: all@evil.example", "Sen\nSubject: x", "=?utf-8?q?x=0D=0ABcc:_a@b.vn?=", "Sen\u2028Bcc: a@b.vn",
         "Sen\x0bBcc: a@b.vn", "\u202eneS", "{{7*7}}")  # fmt: skip


@pytest.mark.parametrize("email", SMUGGLED)
def test_no_smuggled_address_is_taken_at_the_door(world: World, email: str) -> None:
    from tests.petitions.walk import Walk

    walk = Walk(world.app.test_client()).to("you")
    answer = walk.press(name="Nông Thị Sen", email=email, is_public="no", phone="")
    assert answer.status_code == 422 and walk.step == "you"
    assert world.ask("anonymous", "POST", "/follow/lost", data={"email": email}).status_code == 422


@pytest.mark.parametrize("name", NAMES)
def test_no_name_or_title_writes_a_line_of_a_letters_head(app: Flask, write_turn: None, name: str) -> None:
    with clock.fixed(MONDAY):
        case = factories.make_case(title=name, name=name, place=name, body=name)
        event = db.session.query(Event).filter_by(case_id=case.id).one()
        notice = db.session.query(Notice).filter_by(case_id=case.id, channel="mail").one()
        letter = write(notice, event, case, MONDAY)
    read = message_from_bytes(letter.message.as_bytes(), policy=policy.default)
    assert sorted(read.keys()) == sorted(letter.message.keys())
    assert [str(read["To"]), read["Bcc"], read["Cc"]] == ["sen@example.vn", None, None]
    assert name not in str(read["Subject"])
    assert "http://localhost/" in str(read.get_content()), "links carry the configured address"
    assert "evil.example/" not in letter.message.as_string()


@pytest.fixture
def write_turn(write: None) -> None:
    """The write turn, under a name that does not hide the letter's writer."""
