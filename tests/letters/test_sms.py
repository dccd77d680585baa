"""SMS: which news, to whom, in at most 160 characters of the GSM alphabet, never the code; a file for each."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import config
from app.cases import actions
from app.cases.contact import choose_channel
from app.cases.links import good_link
from app.cases.models import Case, FollowLink
from app.cases.receipts import spelled
from app.dialogues.models import BookingLink
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.letters import texts
from app.letters.deliver import drain
from app.refusals import Invalid
from app.rules import contact
from app.rules.workflow import Action, Kind

from ..conftest import both_engines
from ..dialogues.receptions import make_booking
from ..factories import MONDAY, answer, assign, make_case, resident_of, staff
from .conftest import Mailbox

LINK = re.compile(r"http://localhost/(?:reception/)?link/([0-9a-f]{32})")


@pytest.fixture
def texting(app: Flask, mailbox: Mailbox) -> Path:
    """An installation that sends SMS, each into this folder."""
    app.config["SMS_SENDER"] = "file"
    return Path(app.config["DATA_DIR"]) / "outgoing-sms"


def sent(folder: Path) -> list[dict[str, str]]:
    """Every SMS, the oldest notice first."""
    files = sorted(folder.glob("*.json"), key=lambda path: int(path.stem.partition("-")[2]))
    return [json.loads(path.read_text()) for path in files]


def submitted(**more: Any) -> Case:
    """A case whose resident gave only a telephone, committed."""
    with writing():
        case = make_case(**{"email": "", **more})
        db.session.commit()
    return case


@both_engines
def test_who_gave_only_a_mobile_number_hears_by_sms(app: Flask, texting: Path, mailbox: Mailbox) -> None:
    case = submitted()
    assert drain(MONDAY) == 1
    [one] = sent(texting)
    assert one["to"] == "+84912000017" and mailbox.letters == []
    assert one["text"].startswith("Gan Dan: viec PA-2026-000001 da duoc nhan, tra loi truoc het ")
    link = LINK.search(one["text"])
    assert link is not None and spelled(case.code) not in one["text"] and case.code not in one["text"]  # type: ignore[attr-defined]
    opens = good_link(FollowLink, link[1], MONDAY + timedelta(days=6))
    assert opens is not None and opens.case_id == case.id
    assert good_link(FollowLink, link[1], MONDAY + timedelta(days=8)) is None
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.channel, notice.sent_at) == ("sms", MONDAY)


@pytest.mark.parametrize(
    ("given", "channel"),
    [({}, "mail"), ({"contact_channel": "sms"}, "sms"), ({"contact_channel": "mail"}, "mail"),
     ({"contact_channel": "none"}, None), ({"email": ""}, "sms"), ({"email": "", "phone": "0206 385 2100"}, None),
     ({"phone": "", "contact_channel": "sms"}, "mail"), ({"email": "", "contact_channel": "mail"}, None)],
)  # fmt: skip
def test_the_way_is_the_one_chosen_else_whichever_was_given_mail_first(
    app: Flask, texting: Path, given: dict[str, str], channel: str | None
) -> None:
    with writing():
        make_case(**given)
        db.session.commit()
    assert list(db.session.scalars(select(Notice.channel))) == ([channel] if channel else [])


def test_without_a_sender_nothing_is_owed_by_sms(app: Flask, mailbox: Mailbox) -> None:
    submitted()
    assert db.session.scalars(select(Notice)).all() == []
    submitted(title="Việc khác", email="sen@example.vn", contact_channel="sms")
    assert db.session.scalars(select(Notice.channel)).all() == ["mail"]


def test_a_file_is_readable_by_its_owner_only_and_a_second_try_writes_the_same_one(app: Flask, texting: Path) -> None:
    submitted()
    drain(MONDAY)
    [file] = texting.iterdir()
    before = file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0 and texting.stat().st_mode & 0o077 == 0
    with writing():
        db.session.execute(update(Notice).values(sent_at=None))
        db.session.commit()
    drain(MONDAY + timedelta(minutes=1))
    assert list(texting.iterdir()) == [file] and file.read_bytes() == before


def test_a_resident_who_reads_english_is_texted_in_english(app: Flask, texting: Path) -> None:
    submitted(language="en")
    drain(MONDAY)
    assert sent(texting)[0]["text"].startswith("Gan Dan: case PA-2026-000001 was received, answer due by ")


def test_small_news_is_not_texted(app: Flask, texting: Path) -> None:
    case = submitted()
    with writing():
        clerk, officer, head = staff()
        actions.receive(case, clerk.actor(MONDAY.date()), MONDAY)
        assign(case, officer, head)
        actions.ask(case, "Từ cây số nào?", officer.actor(MONDAY.date()), MONDAY)
        db.session.commit()
    drain(MONDAY)
    assert [one["text"].split("PA-2026-000001 ")[1][:11] for one in sent(texting)] == ["da duoc nha", "co mot cau "]


def test_a_visit_is_texted_with_its_time_and_a_link(app: Flask, texting: Path) -> None:
    with writing():
        booking = make_booking(email="")
        db.session.commit()
    drain(MONDAY)
    [one] = sent(texting)
    assert one["text"].startswith(f"Gan Dan: lich hen {booking.reference} da giu cho: 08:00 ngay 18/11/2026. Xem: http")
    link = LINK.search(one["text"])
    assert link is not None and good_link(BookingLink, link[1], MONDAY) is not None


def test_what_is_owed_follows_a_choice_made_later(app: Flask, texting: Path, mailbox: Mailbox) -> None:
    with writing():
        case = make_case()
        db.session.commit()
    with writing():
        event = choose_channel(case, "sms", resident_of(case), MONDAY)
        assert event is not None and event.facts == {"way": "sms"}
        db.session.commit()
    drain(MONDAY)
    assert mailbox.letters == [] and len(sent(texting)) == 1


def test_who_wants_no_news_any_more_gets_none_and_the_notice_is_closed(
    app: Flask, texting: Path, mailbox: Mailbox
) -> None:
    with writing():
        case = make_case()
        choose_channel(case, "none", resident_of(case), MONDAY)
        db.session.commit()
    drain(MONDAY)
    closed = db.session.scalars(select(Notice)).one()
    assert (closed.closed_at, closed.dead_at, closed.last_error) == (MONDAY, None, "unwanted")
    assert mailbox.letters == [] and not texting.exists()
    assert drain(MONDAY + timedelta(days=1)) == 0


@pytest.mark.parametrize(("given", "wanted"), [({"email": ""}, "mail"), ({"phone": "0206 385 2100"}, "sms"),
                                               ({}, "pigeon")])  # fmt: skip
def test_a_way_without_its_address_cannot_be_chosen(
    app: Flask, write: None, given: dict[str, str], wanted: str
) -> None:
    case = make_case(**given)
    with pytest.raises(Invalid):
        choose_channel(case, wanted, resident_of(case), MONDAY)
    assert case.contact_channel == ""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sms_fits_with_the_longest_values_and_leaves_out_a_link_that_does_not(app: Flask, language: str) -> None:
    long = "http://" + "a" * 33 + ".vn/reception/link/" + "f" * 32
    facts = {"starts": "08:30", "on": "2026-11-30", "slot": "08:30"}
    templates = sorted((Path(app.root_path).parent / "templates" / "letters" / language).glob("*.sms.txt"))
    named = {path.name.removesuffix("_resident.sms.txt") for path in templates}
    assert named == {str(action) for action in contact.TEXTED} | {"gathered"}
    for name in sorted(named):
        notice = Notice(action=name, role="resident", gathers=998 if name == "gathered" else 0)
        event = Event(action=name)
        event.details = _facts(facts)
        for link in ("https://gandan.caobang.gov.vn/reception/link/" + "f" * 32, long, long + "f" * 100):
            words = texts._fitting(notice, language, link, event, reference="KN-2026-1000000", due=date(2026, 11, 30))
            assert contact.sms_length(words) <= 160 and words.isascii(), words
            assert link in words or "code" in words or "tra cuu bang ma" in words.lower(), words
        short = texts._fitting(notice, language, "https://gandan.caobang.gov.vn/link/" + "f" * 32, event,
                               reference="KN-2026-1000000", due=date(2026, 11, 30))  # fmt: skip
        assert "/link/" in short, short


def _facts(facts: dict[str, Any]) -> Any:
    from app.journal.models import EventFacts

    return EventFacts(seq=1, salt="", facts=facts)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0912 000 017", "+84912000017"), ("+84 912.000.017", "+84912000017"), ("84912000017", "+84912000017"),
     ("0206 385 2100", ""), ("", ""), ("0912", ""), ("+1 202 555 0100", "+12025550100"), ("Bcc: x", "")],
)  # fmt: skip
def test_a_number_is_written_as_a_gateway_dials_it(typed: str, number: str) -> None:
    assert contact.mobile(typed) == number


def test_a_character_outside_the_alphabet_is_found() -> None:
    assert contact.sms_length("a" * 160) == 160 and contact.sms_length("[a]") == 5
    with pytest.raises(ValueError, match="GSM"):
        contact.sms_length("Gần Dân")


def test_sms_are_off_outside_a_demo_and_another_word_is_refused(tmp_path: Path) -> None:
    environ = {"SECRET_KEY": "k" * 40, "BASE_URL": "http://localhost", "DATA_DIR": str(tmp_path)}
    assert config.settings(environ)["SMS_SENDER"] == "off"
    assert config.settings({"GAN_DAN_DEMO": "1", "DATA_DIR": str(tmp_path)})["SMS_SENDER"] == "file"
    with pytest.raises(config.SettingsMissing, match="SMS_SENDER"):
        config.settings({**environ, "SMS_SENDER": "pigeon"})


def test_an_answer_is_texted(app: Flask, texting: Path) -> None:
    case = submitted()
    with writing():
        _clerk, officer, head = staff()
        answer(case, officer, head)
        db.session.commit()
    drain(MONDAY + timedelta(days=30))
    assert "da co cau tra loi" in sent(texting)[-1]["text"]
    assert case.kind == Kind.FEEDBACK and Action.APPROVE in contact.TEXTED
