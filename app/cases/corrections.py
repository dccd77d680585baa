"""What a correction changed, in words: kind, category, place, public flag and deadline variant."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from ..journal.models import Event
from ..words import word
from .names import Names


def told(event: Event, reader: str, names: Names) -> str:
    """Each thing put right, the old value and the new."""
    changes = event.facts.get("changes", {})
    return "; ".join(
        _("%(what)s: %(old)s → %(new)s", what=_field(what), old=_value(what, old, names), new=_value(what, new, names))
        for what, (old, new) in changes.items()
    )


def _field(what: str) -> str:
    words = {
        "kind": _("Loại"), "category": _("Lĩnh vực"), "commune": _("Xã, phường"), "place": _("Địa điểm"),
        "is_public": _("Công khai"), "deadline_variant": _("Cách tính hạn"),
        "is_discipline": _("Khiếu nại quyết định kỷ luật"), "denounced_unit": _("Đơn vị bị tố cáo"),
    }  # fmt: skip
    return words.get(what, what)


def _value(what: str, value: Any, names: Names) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    text = str(value or "")
    shown = {
        "kind": lambda: word(text, "kind"), "deadline_variant": lambda: word(text, "variant"),
        "category": lambda: names.categories.get(text, text), "commune": lambda: names.units.get(text, text),
        "denounced_unit": lambda: names.units.get(text, text),
    }.get(what, lambda: text)()  # fmt: skip
    return shown or _("(để trống)")
