"""What the filters of a list offer: categories in their groups, and the places of a government."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from ..extensions import db
from .models import Category, Unit


@dataclass(frozen=True)
class Choice:
    """One choice of a list: its code, its name, and the code of the group it stands in."""

    code: str
    name: str
    group: str = ""


def filter_choices(language: str, on: date) -> tuple[list[Choice], list[Choice]]:
    """Categories and communes for the filters of a list, in one statement."""
    parent = aliased(Category)
    in_english = language == "en"
    category_name = Category.name_en if in_english else Category.name_vi
    unit_name = Unit.short_en if in_english else Unit.short_vi
    kinds = (
        select(literal(0).label("part"), Category.code, category_name.label("name"),
               func.coalesce(parent.code, "").label("above"), Category.position.label("place"),
               literal("").label("key"))
        .outerjoin(parent, parent.id == Category.parent_id)
        .where(Category.is_active)
    )  # fmt: skip
    places = select(literal(1), Unit.code, unit_name, literal(""), literal(0), Unit.sort_key).where(
        Unit.area_code != "", Unit.valid_from <= on, or_(Unit.valid_to.is_(None), Unit.valid_to >= on)
    )
    rows = db.session.execute(union_all(kinds, places).order_by("part", "place", "key")).all()
    made = [(row.part, Choice(row.code, row.name, row.above)) for row in rows]
    return [c for part, c in made if part == 0], [c for part, c in made if part == 1]
