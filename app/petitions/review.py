"""The last look before sending: everything typed, in the words it will be read in, and what the law will promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ..cases.typed_channel import label_of
from ..rules.workflow import Kind
from ..units.calendar import law
from ..units.models import Category, Unit
from ..units.queries import category_by_code, setting, unit_by_code
from ..words import named, show_date, word
from . import carry
from .ahead import filing_days, foreseen, is_past_filing
from .sheet import Sheet, wanted_unit

Row = tuple[str, str, str]


@dataclass(frozen=True)
class Named:
    """What the codes typed stand for, looked up once."""

    category: Category | None
    commune: Unit | None
    wanted: Unit | None


def review_page(sheet: Sheet, held: Sequence[dict[str, Any]], today: date) -> dict[str, Any]:
    """What the review shows: the rows, the due date there would be, and a word where a complaint comes late."""
    typed = sheet.typed
    if sheet.is_sealed:
        return {"rows": _sealed_rows(typed), "promise": foreseen(sheet.kind, None, None, law(), today),
                "is_past_filing": False}  # fmt: skip
    found = Named(category_by_code(typed["category"]), _unit(carry.commune_code(typed)), wanted_unit(typed))
    rules, is_complaint = law(), "against" in sheet.pages
    counts_at_once = is_complaint and bool(setting("web_complaint_counts"))
    return {
        "rows": review_rows(sheet, held, found),
        "promise": foreseen(sheet.kind, found.category, found.commune, rules, today, counts_at_once),
        "filing_days": filing_days(rules, today),
        "is_past_filing": is_complaint and is_past_filing(carry.day(typed["known_on"]), rules, today),
    }


def _unit(code: str) -> Unit | None:
    return unit_by_code(code) if code else None


def review_rows(sheet: Sheet, held: Sequence[dict[str, Any]], found: Named) -> list[Row]:
    """(term, what was typed, the page that changes it), in the order of the pages."""
    typed = sheet.typed
    rows = [(_("Tên việc"), typed["title"], "what"), (_("Chuyện gì"), typed["body"], "what")]
    if "against" in sheet.pages:
        known_on = carry.day(typed["known_on"])
        rows += [
            (_("Khiếu nại về"), typed["against"], "against"),
            (_("Ngày biết"), show_date(known_on) if known_on else typed["known_on"], "against"),
            (_("Yêu cầu"), typed["request"], "against"),
        ]
    if sheet.kind == Kind.DIALOGUE:
        rows = [(_("Tên việc"), typed["title"], "what"), (_("Muốn nói"), typed["body"], "what")]
        return [*rows, *_wish_rows(typed, found), (_("Tệp gửi kèm"), _files(held), "files"), *_sender_rows(sheet)]
    return [*rows, *_place_rows(typed, found), (_("Tệp gửi kèm"), _files(held), "files"), *_sender_rows(sheet)]


def _sealed_rows(typed: carry.Typed) -> list[Row]:
    """A denunciation as it would be sent: who is denounced and of what, nothing of who writes."""
    denounced, known_on = _unit(typed["denounced_unit"]), carry.day(typed["known_on"])
    return [
        (_("Đơn vị bị tố cáo"), named(denounced), "denounced"),
        (_("Người hoặc chức vụ bị tố cáo"), typed["against"], "denounced"),
        (_("Chuyện gì"), typed["body"], "deed"),
        (_("Ở đâu"), typed["place"] or _("không ghi"), "deed"),
        (_("Ngày xảy ra"), show_date(known_on) if known_on else _("không ghi"), "deed"),
        (_("Thuộc lĩnh vực"), _category(category_by_code(typed["category"])), "category"),
    ]


def _place_rows(typed: carry.Typed, found: Named) -> list[Row]:
    wanted = named(found.wanted) if found.wanted else _("Chưa biết, nơi tiếp nhận xác định")
    return [
        (_("Thuộc lĩnh vực"), _category(found.category), "category"),
        (_("Ở đâu"), _place(typed, found.commune), "where"),
        (_("Đơn vị giải quyết"), wanted, "unit"),
    ]


def _wish_rows(typed: carry.Typed, found: Named) -> list[Row]:
    """A request for a dialogue: with whom, how many, when and how."""
    count, spoken = carry.people(typed), carry.names(typed["representatives"])
    needs = [word(typed["interpreter"], "interpreter") if typed["interpreter"] else "",
             _("lối vào cho xe lăn") if typed["wheelchair"] else ""]  # fmt: skip
    group = ngettext("%(num)s người", "%(num)s người", count)
    return [
        (_("Thuộc lĩnh vực"), _category(found.category), "category"),
        (_("Ở đâu"), _place(typed, found.commune), "where"),
        (_("Muốn gặp"), f"{word(typed['with_level'], 'with_level')}, {named(found.wanted)}", "with"),
        (_("Người đến"), "\n".join((group, *spoken)) if count > 1 else _("Một mình"), "group"),
        (_("Giờ tiện"), typed["wanted_times"].strip() or _("không ghi"), "wishes"),
        (_("Cách gặp"), word(typed["mode"], "mode"), "wishes"),
        (_("Cần"), ", ".join(need for need in needs if need) or _("không cần gì thêm"), "wishes"),
    ]


def _category(category: Category | None) -> str:
    if category is None:
        return ""
    return f"{named(category.parent)}: {named(category)}" if category.parent is not None else named(category)


def _place(typed: carry.Typed, commune: Unit | None) -> str:
    parts = [named(commune, short=True) if commune else _("Cả tỉnh"), typed["place"].strip()]
    if carry.degrees(typed["latitude"], 90) is not None and carry.degrees(typed["longitude"], 180) is not None:
        parts.append(_("vị trí %(lat)s, %(lon)s", lat=typed["latitude"], lon=typed["longitude"]))
    return ", ".join(part for part in parts if part)


def _files(held: Sequence[dict[str, Any]]) -> str:
    if not held:
        return _("Không có")
    return "\n".join(f"{file['name']} ({file['size']})" for file in held)


def _sender_rows(sheet: Sheet) -> list[Row]:
    typed = sheet.typed
    lines = [typed["name"], typed["address"] if "against" in sheet.pages else "", typed["phone"], typed["email"]]
    is_public = _("Có, không hiện tên") if typed["is_public"] == "yes" else _("Không")
    return [
        (_("Người gửi"), "\n".join(line for line in lines if line), "you"),
        (_("Báo tin"), label_of(typed["contact_channel"]), "you"), (_("Công khai"), is_public, "you"),
    ]  # fmt: skip
