"""The report of the month: once, on the first working day, to who answers for the unit; its paper says the figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app import clock, worker
from app.accounts.models import Official, Post
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.letters.deliver import drain
from app.letters.monthly import owed, write_monthly
from app.reports import tree
from app.reports.month import month_of_unit
from app.rules.monthly import owed_month
from app.rules.workflow import Action, Role
from app.units.calendar import law
from app.units.models import CalendarOverride, Level, Setting

from ..conftest import both_engines
from ..documents.reading import text_of
from ..factories import make_case, make_denunciation, make_official, sign_in
from ..reports.bulk import NOW, plant
from .conftest import Mailbox, words_of
from .workers import at_once, dying

NOVEMBER = date(2026, 11, 1)


def at(month: int, day: int, hour: int = 9) -> datetime:
    """A moment at the turn of 2026 on the town's clock."""
    return clock.start_of(date(2026 if month > 6 else 2027, month, day)) + timedelta(hours=hour)


@pytest.fixture
def readers(app: Flask) -> dict[str, int]:
    """A province with cases; a head of the commune and a supervisor of the province who have mail, a head of a ward
    who has none, and a head of a unit without any case."""
    with clock.fixed(NOW), writing():
        db.session.execute(update(Level).values(duties=[]))
        made = {
            "head": make_official(Role.HEAD, "01447", "Lý Thị Đầu", email="dau@example.vn"),
            "ward": make_official(Role.HEAD, "01273", "Bế Văn Phường"),
            "top": make_official(Role.SUPERVISOR, "04", "Nông Thị Soi", email="soi@example.vn", language="en"),
            "officer": make_official(Role.OFFICER, "01447", email="viec@example.vn"),
        }
        plant(500, seed=5, days=400)
        db.session.commit()
        return {name: official.id for name, official in made.items()}


def work(app: Flask, *moments: datetime) -> None:
    """A round of the worker at each of these moments."""
    for moment in moments:
        with clock.fixed(moment):
            worker.run(app, once=True)
    db.session.rollback()


def reports() -> list[str]:
    return list(db.session.scalars(select(Event.subject).where(Event.action == Action.MONTHLY_REPORT)
                                   .order_by(Event.subject)))  # fmt: skip


def notices() -> list[tuple[int | None, str]]:
    rows = db.session.execute(select(Notice.official_id, Notice.channel).where(Notice.action == "monthly_report")
                              .order_by(Notice.official_id))  # fmt: skip
    return [(row.official_id, row.channel) for row in rows]


def papers(mailbox: Mailbox) -> dict[str, EmailMessage]:
    """The reports that came, by address."""
    found = [x for x in mailbox.letters if "áo cáo tháng" in str(x["Subject"]) or "Report of" in str(x["Subject"])]
    assert len(found) == len({str(x["To"]) for x in found})
    return {str(x["To"]): x for x in found}


def paper_of(letter: EmailMessage) -> tuple[str, str]:
    """Name and words of the PDF in a letter."""
    (paper,) = [part for part in letter.walk() if part.get_content_type() == "application/pdf"]
    body = paper.get_payload(decode=True)
    assert isinstance(body, bytes)
    return str(paper.get_filename()), text_of(body)


def squeezed(text: str) -> str:
    """Without the spaces that a table's cells leave between them."""
    return "".join(text.split())


@pytest.mark.parametrize(("day", "month"), [
    (date(2026, 12, 1), NOVEMBER), (date(2026, 12, 31), NOVEMBER), (date(2027, 1, 1), None),
    (date(2027, 1, 4), date(2026, 12, 1)), (date(2026, 11, 1), None), (date(2026, 11, 2), date(2026, 10, 1)),
])  # fmt: skip
def test_a_month_is_owed_from_the_first_working_day_of_the_next(app: Flask, day: date, month: date | None) -> None:
    assert owed_month(day, law().calendar) == (None if month is None else month)


@both_engines
def test_each_reader_gets_one_letter_on_the_first_working_day_and_no_more_that_month(
    app: Flask, readers: dict[str, int]
) -> None:
    work(app, at(12, 1, 6), at(12, 1, 8), at(12, 1, 12), at(12, 2), at(12, 20))
    assert reports() == ["report:01273:2026-11", "report:01447:2026-11", "report:04:2026-11"]
    assert notices() == [(readers["head"], "mail"), (readers["ward"], "desk"), (readers["top"], "mail")]
    work(app, at(1, 3), at(1, 4))
    assert [name for name in reports() if name.endswith("-12")] == [
        "report:01273:2026-12", "report:01447:2026-12", "report:04:2026-12",
    ]  # fmt: skip


def test_the_letter_holds_the_paper_and_the_paper_the_figures(
    app: Flask, readers: dict[str, int], mailbox: Mailbox
) -> None:
    work(app, at(12, 1))
    came = papers(mailbox)
    assert set(came) == {"dau@example.vn", "soi@example.vn"}
    name, text = paper_of(came["dau@example.vn"])
    assert name == "gan-dan-01447-2026-11.pdf" and "BÁO CÁO THÁNG 11/2026" in text
    with clock.fixed(at(12, 1)):
        month = month_of_unit(tree.place("01447"), NOVEMBER, at(12, 1))
    total = month.figures.total
    assert total.received and total.judged and total.overdue == len(month.late) > 0
    assert f"Mớinhận{total.received}{month.before.received}" in squeezed(text)
    assert f"Đúnghạn{total.on_time}/{total.judged}" in squeezed(text)
    for late in month.late:
        assert late.reference in text and f"{late.due_on:%d/%m/%Y}" in text
    english = paper_of(came["soi@example.vn"])[1]
    assert "REPORT OF THE MONTH 11/2026" in english and "With all units below" in english
    whole = month_of_unit(tree.place("04"), NOVEMBER, at(12, 1)).figures.total.on_time_share
    low, high = whole.interval(20) or (0, 0)
    assert f"{whole.part}/{whole.whole}" in english and f"{low:.1f}–{high:.1f}" in english
    assert "/statistics/01447/month/2026-11.pdf" in words_of(came["dau@example.vn"])


def test_no_paper_names_a_resident_or_counts_a_denunciation(
    app: Flask, readers: dict[str, int], mailbox: Mailbox
) -> None:
    with clock.fixed(NOW), writing():
        before = month_of_unit(tree.place("04"), NOVEMBER, NOW).figures.total
        sealed = make_denunciation(now=NOW).reference
        db.session.commit()
    work(app, at(12, 1))
    assert month_of_unit(tree.place("04"), NOVEMBER, at(12, 1)).figures.total.received == before.received
    for letter in papers(mailbox).values():
        text = paper_of(letter)[1] + str(letter["Subject"])
        assert sealed not in text and "Kín" not in text and "0912" not in text


@both_engines
def test_a_worker_killed_before_its_commit_has_owed_nothing_and_the_next_owes_it_once(
    app: Flask, readers: dict[str, int]
) -> None:
    with dying(), pytest.raises(SystemExit):
        write_monthly(at(12, 1))
    assert reports() == [] and notices() == []
    assert write_monthly(at(12, 1)) == 3 and write_monthly(at(12, 1)) == 0
    assert len(notices()) == 3


@both_engines
def test_two_workers_at_once_owe_each_report_once(app: Flask, readers: dict[str, int]) -> None:
    at_once(app, lambda: write_monthly(at(12, 1)))
    assert len(reports()) == len(set(reports())) == 3 and len(notices()) == 3


def test_a_letter_that_failed_is_sent_again_with_the_same_paper(
    app: Flask, readers: dict[str, int], mailbox: Mailbox
) -> None:
    mailbox.refuse_data = "451 later"
    with clock.fixed(at(12, 1)):
        write_monthly(at(12, 1))
        drain(at(12, 1))
    mailbox.refuse_data = ""
    with clock.fixed(at(12, 3)):
        drain(at(12, 3))
        drain(at(12, 4))
    came = papers(mailbox)
    assert len(came) == 2
    assert "In ngày 01/12/2026" in paper_of(came["dau@example.vn"])[1]
    assert db.session.scalar(select(func.count()).select_from(Notice).where(Notice.sent_at.is_not(None))) == 2


def test_it_can_be_switched_off(app: Flask, readers: dict[str, int]) -> None:
    with writing():
        db.session.add(Setting(key="monthly_report", unit_id=None, value=False))
        db.session.commit()
    work(app, at(12, 1))
    assert reports() == []


def test_a_first_day_that_the_province_takes_off_moves_it_to_the_next(app: Flask, readers: dict[str, int]) -> None:
    with writing():
        db.session.add(CalendarOverride(on=date(2026, 12, 1), kind="off", reason="Bão"))
        db.session.commit()
    work(app, at(12, 1))
    assert reports() == []
    work(app, at(12, 2))
    assert len(reports()) == 3


def test_who_no_longer_holds_the_post_is_not_written_to(app: Flask, readers: dict[str, int], mailbox: Mailbox) -> None:
    write_monthly(at(12, 1))
    with writing():
        db.session.execute(update(Post).where(Post.official_id == readers["head"]).values(ended_on=date(2026, 11, 30)))
        db.session.commit()
    with clock.fixed(at(12, 1)):
        drain(at(12, 1))
    assert set(papers(mailbox)) == {"soi@example.vn"}


def test_a_unit_without_any_case_in_the_year_is_not_reported_on(app: Flask) -> None:
    with clock.fixed(NOW), writing():
        head = make_official(Role.HEAD, "01294").id
        make_official(Role.HEAD, "01447")
        make_case(now=at(11, 3))
        db.session.commit()
    waiting = owed(NOVEMBER, date(2026, 12, 1))
    assert [one.about for one in waiting] == ["report:01447:2026-11"] and head not in waiting[0].official_ids


def test_who_has_no_mail_finds_it_beside_the_figures_until_it_is_opened(app: Flask, readers: dict[str, int]) -> None:
    work(app, at(12, 1))
    with clock.fixed(at(12, 2)):
        with writing():
            browser = sign_in(app.test_client(), db.session.get(Official, readers["ward"]))
        page = browser.get("/statistics/01273").text
        assert "Báo cáo tháng 11/2026" in page and "/statistics/01273/month/2026-11.pdf" in page
        paper = browser.get("/statistics/01273/month/2026-11.pdf")
        assert paper.mimetype == "application/pdf" and "BÁO CÁO THÁNG 11/2026" in text_of(paper.data)
        assert "Báo cáo tháng 11/2026: " not in browser.get("/statistics/01273").text
        taken = db.session.scalars(select(Event).where(Event.action == Action.EXPORTED)).one()
        assert (taken.subject, taken.facts["month"]) == ("month:01273", "2026-11")


@pytest.mark.parametrize("path", [
    "/statistics/01273/month/2027-01.pdf", "/statistics/01273/month/2026-13.pdf", "/statistics/01273/month/1999-12.pdf",
    "/statistics/01273/month/0000-01.pdf", "/statistics/01273/month/x.pdf", "/statistics/01447/month/2026-11.pdf",
    "/statistics/nowhere/month/2026-11.pdf",
])  # fmt: skip
def test_a_month_or_unit_that_is_not_there_is_missing(app: Flask, readers: dict[str, int], path: str) -> None:
    with clock.fixed(at(12, 2)):
        with writing():
            browser = sign_in(app.test_client(), db.session.get(Official, readers["ward"]))
        assert browser.get(path).status_code == 404


def test_a_running_month_says_until_when_it_is_counted(app: Flask, readers: dict[str, int]) -> None:
    with clock.fixed(NOW):
        with writing():
            browser = sign_in(app.test_client(), db.session.get(Official, readers["ward"]))
        text = text_of(browser.get("/statistics/01273/month/2026-11.pdf").data)
    assert "tính đến ngày 26/11/2026" in text
