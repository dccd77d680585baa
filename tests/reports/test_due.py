"""What is late and what soon will be: numbers, lists and names agree; nobody's name; who waits is told of now only."""

from __future__ import annotations

import csv
import io

from sqlalchemy import select

from app.cases.models import Case, Custody
from app.extensions import db, writing
from app.journal.record import record
from app.reports import tree
from app.reports.asked import Question, facts_of_units
from app.reports.cells.measures import Measures
from app.rules.statistics.standing import LATENESS, code_of
from app.rules.workflow import THE_SYSTEM, Action, Status
from tests.conftest import both_engines

from .bulk import NOW
from .conftest import QUARTER, Province
from .test_pages import SPAN, words

MAY = "from=2026-05-01&to=2026-05-28"
PAST = "from=2026-09-01&to=2026-09-30"


def sheet(province: Province, name: str, who: str = "supervisor", code: str = "04") -> list[dict[str, str]]:
    body = province.browser(who).get(f"/statistics/{code}/due.csv?{QUARTER}&sheet={name}").data
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))


def measured(code: str = "04") -> Measures:
    return Measures(facts_of_units(Question(SPAN), tree.place(code).ids(True)), SPAN.period(NOW))


def count(name: str, code: str = "04") -> int:
    return int(measured(code).mask(name).sum())


@both_engines
def test_the_groups_are_the_measures_and_open_their_cases(province: Province) -> None:
    browser = province.browser("supervisor")
    late = [count(f"overdue_{code_of(group)}") for group in LATENESS]
    assert [row["Đang quá hạn"] for row in sheet(province, "lateness")] == [str(n) for n in late]
    soon = [count(f"due_in_{days}") for days in range(7)]
    assert [row["Đến hạn"] for row in sheet(province, "due-days")] == [str(n) for n in soon]
    assert sheet(province, "due-days")[0]["Ngày đến hạn"] == "2026-11-26"
    for figure, number in (("overdue_1_5", late[0]), ("overdue_31", late[3]), ("due_in_2", soon[2]),
                           ("due_soon", sum(soon)), ("pressing", sum(late) + sum(soon))):  # fmt: skip
        page = words(browser.get(f"/statistics/04/cases?figure={figure}&{QUARTER}").text)
        assert f"{number} vụ việc ·" in page, figure


def test_the_list_names_the_fifty_most_pressing_cases_first_due_first(province: Province) -> None:
    rows = sheet(province, "cases")
    assert len(rows) == min(50, count("pressing"))
    days = [row["Ngày đến hạn"] for row in rows]
    assert days == sorted(days)
    first = rows[0]
    assert int(first["Còn (số âm: quá) ngày"]) < 0
    page = province.browser("supervisor").get(f"/statistics/04/due?{QUARTER}").text
    assert first["Số tiếp nhận"] in page
    assert first["Việc"] in page


def test_nobodys_name_stands_there_nor_a_case_out_of_sight(province: Province) -> None:
    for who, code in (("supervisor", "04"), ("head", "01447"), ("local inspector", "01447")):
        page = province.browser(who).get(f"/statistics/{code}/due?{MAY}").text
        body = province.browser(who).get(f"/statistics/{code}/due.csv?{MAY}&sheet=cases").data.decode("utf-8-sig")
        for private in ("Nông Thị Kín", "0912000999"):
            assert private not in page
            assert private not in body
    assert "ngoài phạm vi được xem" in body, "a case that has moved on since is counted, but neither titled nor linked"
    hidden = next(line for line in body.splitlines() if "ngoài phạm vi" in line)
    assert "PA-2026-" not in hidden


def test_the_units_add_up_to_the_whole(province: Province) -> None:
    rows = sheet(province, "units")
    for head, name in (("Đang quá hạn", "overdue"), ("Đến hạn trong 7 ngày", "due_soon"),
                       ("Quá 1 đến 5 ngày", "overdue_1_5")):  # fmt: skip
        assert sum(int(row[head]) for row in rows) == count(name), head


@both_engines
def test_who_is_waited_for_is_told_apart_for_this_moment_only(province: Province) -> None:
    """Waiting for the resident stops no clock, so those stay in the numbers; a suspended case has no due date."""
    with writing():
        late = db.session.scalars(
            select(Custody).where(Custody.is_open, Custody.ended_at.is_(None), Custody.finished_at.is_(None),
                                  Custody.due_on < NOW.date()).order_by(Custody.id).limit(3)
        ).all()  # fmt: skip
        for custody, status in zip(late, (Status.WAITING, Status.WAITING, Status.SUSPENDED), strict=True):
            case = db.session.get_one(Case, custody.case_id)
            case.status = status
            record(Action.ASK, case, THE_SYSTEM, NOW)
        db.session.commit()
    browser = province.browser("supervisor")
    page = words(browser.get(f"/statistics/04/due?{QUARTER}").text)
    assert "Đang chờ người gửi 2 Xem 2 vụ việc trong đó quá hạn 2" in page
    assert "Đang tạm đình chỉ 1 Xem 1 vụ việc" in page
    for figure, number in (("waiting", 2), ("suspended", 1)):
        assert f"{number} vụ việc ·" in words(browser.get(f"/statistics/04/cases?figure={figure}&{QUARTER}").text)
        assert browser.get(f"/statistics/04/cases?figure={figure}&{PAST}").status_code == 404
    past = words(browser.get(f"/statistics/04/due?{PAST}").text)
    assert "thì không biết được nữa" in past
    assert "Đang chờ người gửi" not in past


def test_a_unit_where_nothing_is_open_says_so(province: Province) -> None:
    page = province.browser("supervisor").get("/statistics/04/due?from=2020-01-01&to=2020-01-31")
    assert page.status_code == 200
    assert "Không có vụ việc nào trong kỳ này" in page.text
