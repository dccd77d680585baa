"""From the published page to addresses: where each door of it stands in the world it is tried in."""

from __future__ import annotations

from app.rules.permissions import Cells, Door, Table, doors, tables

from .stories import THE_CASE
from .world import World

__all__ = ["Cells", "Door", "address", "doors", "grid", "table"]


def table(name: str) -> Table:
    """One table of the published page."""
    return tables()[name]


def grid(name: str) -> tuple[list[str], list[list[str]]]:
    """The head of a table and its rows, split at spaces."""
    return table(name).grid


OFFICIAL = ("form", "form_xlsx", "form_pdf", "cases", "figures")
PROMISED = ("dialogues.commitment", "dialogues.published_promise", "dialogues.object_as_resident",
            "dialogues.object_as_booker")  # fmt: skip


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
        "petitions.checkpoint": {"name": "checkpoint-000000000000-20260101T000000Z"},
        "petitions.submit": {"kind": "feedback"}, "petitions.use_link": {"key": "a" * 32},
        "accounts.new_password": {"key": "a" * 64}, "second.approve": {"request_id": 9999},
        "second.decline": {"request_id": 9999}, "second.withdraw": {"request_id": 9999},
        "static": {"filename": "gan-dan.css"}, "accounts.end_deputy": {"number": 9999},
        "letters.send_again": {"notice_id": 9999}, "desk.data_request": {"number": 9999},
        "desk.drop_filter": {"filter_id": 9999}, "desk.phrase": {"phrase_id": world.names["phrase"]},
        "petitions.attachment": {"public_id": world.names.get(which)},
        "desk.attachment": {"public_id": world.names.get(which)},
        "petitions.document": {"public_id": world.names["paper"]},
        "desk.document": {"public_id": world.names["paper"]},
        "desk.new_paper": {"form_id": "guidance_slip"}, "desk.paper": {"public_id": "0" * 32},
        "desk.paper_preview": {"public_id": "0" * 32},
        "desk.act": {"reference": reference, "action": "note"},
        "desk.sealed_act": {"reference": reference, "action": "name_handler"},
        "dialogues.visit": {"reference": world.names["visit"]},
        "dialogues.show_visitor": {"reference": world.names["visit"]},
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
