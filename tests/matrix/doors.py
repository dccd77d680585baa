"""From the published page to cells: (method, door) -> what each visitor is answered; and the address of each door."""

from __future__ import annotations

from . import table
from .cast import ANONYMOUS, OFFICIALS, RESIDENT, STRANGER, VISITORS, role_of
from .stories import THE_CASE
from .world import World

Cell = str
Cells = dict[str, Cell]
Door = tuple[str, str]
"""Method and endpoint; the endpoint may carry which of several things is tried (petitions.attachment:first_file)."""


def grid(text: str) -> tuple[list[str], list[list[str]]]:
    """The head of a table and its rows, split at spaces."""
    lines = [line.split() for line in text.strip().splitlines()]
    return lines[0], lines[1:]


def doors() -> dict[Door, Cells]:
    """Every cell of the published page."""
    found: dict[Door, Cells] = {}
    for method, endpoint, answer in (line.split() for line in (table.PUBLIC + table.BOOKING).split("\n") if line):
        found[method, endpoint] = dict.fromkeys(VISITORS, answer)
    found |= _by_role() | _at_home() | _of_the_case() | _administration() | _figures()
    found |= _reception() | _of_the_session()
    return found


def _by_role() -> dict[Door, Cells]:
    found = {}
    for text in (table.BY_ROLE, table.BY_ROLE_AND_SEAT):
        head, rows = grid(text)
        for method, endpoint, *cells in rows:
            answers = dict(zip(head, cells, strict=True))
            found[method, endpoint] = {
                visitor: answers.get(visitor) or answers.get(role_of(visitor), "403") for visitor in VISITORS
            }
    return found


def _at_home() -> dict[Door, Cells]:
    head, rows = grid(table.AT_HOME)
    return {
        (method, endpoint): dict.fromkeys(OFFICIALS, "door") | dict(zip(head, cells, strict=True))
        for method, endpoint, *cells in rows
    }


OUTSIDE = dict.fromkeys((ANONYMOUS, RESIDENT, STRANGER), "in")
COLUMNS = {
    "case": ("GET", "desk.case"), "act": ("GET", "desk.act"), "act!": ("POST", "desk.act"),
    "renew": ("GET", "desk.renew_code"), "renew!": ("POST", "desk.renew_code"),
    "first_file": ("GET", "desk.attachment:first_file"), "later_file": ("GET", "desk.attachment:later_file"),
    "inside_file": ("GET", "desk.attachment:inside_file"), "paper": ("GET", "desk.document"),
    "begin": ("GET", "desk.new_paper"), "begin!": ("POST", "desk.new_paper"),
    "kept": ("GET", "desk.paper"), "kept!": ("POST", "desk.paper"), "preview": ("GET", "desk.paper_preview"),
}  # fmt: skip


def _by_visitor(text: str, rest: Cells) -> dict[str, Cells]:
    """A table whose rows are visitors: column -> visitor -> answer; `rest` for those it does not name."""
    head, rows = grid(text)
    columns: dict[str, Cells] = {column: dict(rest) for column in head}
    for visitor, *cells in rows:
        for column, cell in zip(head, cells, strict=True):
            columns[column][visitor] = cell
    return columns


def _of_the_case() -> dict[Door, Cells]:
    shut = {name: "403" for name in OFFICIALS if role_of(name) == "administrator"}
    return {COLUMNS[column]: cells for column, cells in _by_visitor(table.SEES_CASE, OUTSIDE | shut).items()}


def _administration() -> dict[Door, Cells]:
    head, rows = grid(table.ADMINISTERS)
    rest = OUTSIDE | dict.fromkeys(OFFICIALS, "403")
    return {(method, endpoint): rest | dict(zip(head, cells, strict=True)) for method, endpoint, *cells in rows}


def _figures() -> dict[Door, Cells]:
    shut = {name: "403" for name in OFFICIALS if role_of(name) in ("clerk", "officer", "administrator", "registrar")}
    tables = (table.SEES_FIGURES, table.SEES_ANSWERS, table.SEES_HEARD, table.SEES_FORMS, table.TAKES_FORMS)
    found = {("GET", column): cells for text in tables for column, cells in _by_visitor(text, OUTSIDE | shut).items()}
    typed = {"figures": ("GET", "reports.official_figures"), "figures!": ("POST", "reports.official_figures")}
    typing = _by_visitor(table.TYPES_FIGURES, OUTSIDE | shut)
    return found | {typed[column]: cells for column, cells in typing.items()}


RECEPTION = {
    "day": ("GET", "dialogues.day"), "book_here": ("GET", "dialogues.book_here"),
    "book_here!": ("POST", "dialogues.book_here"), "move_day": ("GET", "dialogues.move_day"),
    "move_day!": ("POST", "dialogues.move_day"), "hold_day": ("GET", "dialogues.hold_day"),
    "hold_day!": ("POST", "dialogues.hold_day"), "visit": ("GET", "dialogues.visit"),
    "act": ("GET", "dialogues.visit_act"), "act!": ("POST", "dialogues.visit_act"),
    "refusal": ("GET", "dialogues.refusal_pdf"), "made": ("GET", "desk.make_case"), "made!": ("POST", "desk.make_case"),
}  # fmt: skip


def _reception() -> dict[Door, Cells]:
    shut = {name: "403" for name in OFFICIALS if role_of(name) in ("administrator", "registrar")}
    return {RECEPTION[column]: cells for column, cells in _by_visitor(table.RECEPTION, OUTSIDE | shut).items()}


OFFICIAL = ("form", "form_xlsx", "form_pdf", "cases", "figures")
PROMISED = ("dialogues.commitment", "dialogues.published_promise", "dialogues.object_as_resident",
            "dialogues.object_as_booker")  # fmt: skip


OF_A_SESSION = {
    "session": ("GET", "dialogues.desk_session"), "act": ("GET", "dialogues.session_act"),
    "act!": ("POST", "dialogues.session_act"), "notice": ("GET", "dialogues.session_paper"),
    "file": ("GET", "dialogues.session_file"), "conference": ("GET", "dialogues.desk_conference"),
    "conference!": ("POST", "dialogues.desk_conference"),
}  # fmt: skip


def _of_the_session() -> dict[Door, Cells]:
    shut = {name: "403" for name in OFFICIALS if role_of(name) in ("administrator", "registrar")}
    return {OF_A_SESSION[column]: cells for column, cells in _by_visitor(table.SEES_SESSION, OUTSIDE | shut).items()}


def address(world: World, endpoint: str) -> str:
    """The address of a door of this world."""
    name, _, which = endpoint.partition(":")
    reference = world.cases[THE_CASE][1]
    given = {
        **{f"reports.official_{name}": {"form": "01-xld"} for name in OFFICIAL},
        "dialogues.make_promise": {"source": "session", "name": "DT-2026-999999"},
        **{name: {"number": "CK-2026-999999"} for name in PROMISED},
        "dialogues.act_on_commitment": {"number": "CK-2026-999999", "action": "report_done"},
        "dialogues.commitment_file": {"number": "CK-2026-999999", "public_id": "0" * 32},
        "dialogues.book": {"day_id": world.names["day"]}, "dialogues.use_booking_link": {"key": "a" * 32},
        "petitions.submit": {"kind": "feedback"}, "petitions.use_link": {"key": "a" * 32},
        "accounts.new_password": {"key": "a" * 64}, "second.approve": {"request_id": 9999},
        "second.decline": {"request_id": 9999}, "second.withdraw": {"request_id": 9999},
        "static": {"filename": "gan-dan.css"}, "accounts.end_deputy": {"number": 9999},
        "letters.send_again": {"notice_id": 9999}, "desk.drop_filter": {"filter_id": 9999},
        "desk.phrase": {"phrase_id": world.names["phrase"]},
        "petitions.attachment": {"public_id": world.names.get(which)},
        "desk.attachment": {"public_id": world.names.get(which)},
        "petitions.document": {"public_id": world.names["paper"]},
        "desk.document": {"public_id": world.names["paper"]},
        "desk.new_paper": {"form_id": "guidance_slip"}, "desk.paper": {"public_id": "0" * 32},
        "desk.paper_preview": {"public_id": "0" * 32},
        "desk.act": {"reference": reference, "action": "note"},
        "desk.sealed_act": {"reference": reference, "action": "name_handler"},
        "dialogues.visit": {"reference": world.names["visit"]},
        "dialogues.visit_act": {"reference": world.names["visit"], "verb": "turn-away"},
        "dialogues.refusal_pdf": {"reference": world.names["visit"]},
        "desk.make_case": {"reference": world.names["visit"]}, "dialogues.pattern": {"pattern_id": 9999},
        "units.edit": {"code": "01447"}, "house.close": {"code": "01447"}, "units.category": {"code": "roads.surface"},
        "units.remove_day": {"day": "2026-12-24"}, "house.leave": {"do": "end", "post": world.names["post"]},
        "dialogues.session_act": {"verb": "change"}, "dialogues.session_paper": {"which": "notice"},
        "dialogues.session_file": {"public_id": "0" * 32},
    }.get(name, {})  # fmt: skip
    defaults = {"reference": reference, "official_id": world.officials["spare"], "code": "01447",
                "day_id": world.names.get("day", 1), "number": world.names["session"], "view": "channels",
                "month": "2026-11"}  # fmt: skip
    with world.app.test_request_context():
        rule = next(r for r in world.app.url_map.iter_rules() if r.endpoint == name)
        return world.app.url_for(name, **{**{k: v for k, v in defaults.items() if k in rule.arguments}, **given})
