"""Where the cases were: a row for each commune, one for those that name no place, and a map of circles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ... import clock
from ...extensions import db
from ...rules.statistics import Summary
from ...units.models import Unit
from ...words import is_vietnamese
from ..asked import NOWHERE
from ..cells.groups import grouped, labels
from ..cells.measures import Measures
from ..links import Links
from .frame import Answer, Asked, Cell, Column, View
from .map import SHOWN, Spot, drawn
from .standard import Closed, is_idle, sheet

Place = Any
"""A row: id, code, name, latitude, longitude, valid_to."""


def communes() -> Sequence[Place]:
    """All communes and wards, past ones too, in Vietnamese order. One statement."""
    name = Unit.short_vi if is_vietnamese() else Unit.short_en
    columns = (Unit.id, Unit.code, name.label("name"), Unit.latitude, Unit.longitude, Unit.valid_to, Unit.valid_from)
    return db.session.execute(select(*columns).where(Unit.area_code != "").order_by(Unit.sort_key)).all()


def answer(asked: Asked) -> Answer:
    """A row for each commune with anything in it; the last row holds the cases without a place."""
    known = communes()
    row_of = {0: len(known), **{place.id: n for n, place in enumerate(known)}}
    facts = asked.measured.facts
    each, _total = Measures(
        grouped(facts, labels(facts["commune_id"], row_of), len(known) + 1), asked.period
    ).summaries()
    *found, nowhere = each
    pairs = sorted(zip(known, found, strict=True), key=lambda pair: -pair[1].received)
    busy = [(place, s) for place, s in pairs if not is_idle(s)]
    entries = [([Cell(p.name, _opens(asked, p)), Cell(p.code)], s, _cases(asked, p)) for p, s in busy]
    if not is_idle(nowhere):
        entries.append(([Cell(_("Không ghi địa bàn")), Cell("")], nowhere, asked.links(commune=NOWHERE)))
    first = [Column("commune", _("Địa bàn"), "name"), Column("code", _("Mã"), "text", is_shown=False)]
    note = _("Địa bàn là nơi người gửi ghi trong đơn, không phải nơi giải quyết.")
    return Answer([sheet("places", _("Từng địa bàn"), first, entries, note)], not entries,
                  _map(asked, pairs, nowhere))  # fmt: skip


def _is_offered(asked: Asked, place: Place) -> bool:
    """Whether the filter still offers it: one that is no more keeps its row, without lists."""
    today = clock.day_of(asked.now)
    return bool(place.valid_from <= today and (place.valid_to is None or place.valid_to >= today))


def _cases(asked: Asked, place: Place) -> Links:
    links = asked.links(commune=place.code)
    return links if _is_offered(asked, place) else Closed(links.code, links.question)


def _opens(asked: Asked, place: Place) -> str:
    """What the cases of that place were about."""
    return asked.links(commune=place.code).on("subjects").page() if _is_offered(asked, place) else ""


COUNT_OF = {"received": "received", "overdue": "overdue", "on_time": "judged"}
"""What each measure's circles are as large as; also the list behind a circle."""


def _map(asked: Asked, pairs: Sequence[tuple[Place, Summary]], nowhere: Summary) -> dict[str, Any]:
    show = asked.more.get("show", "")
    show = show if show in SHOWN else SHOWN[0]
    spots = [_spot(asked, place, s, show) for place, s in pairs if place.latitude is not None]
    lost = [place.name for place, s in pairs if place.latitude is None and not is_idle(s)]
    links = asked.links().on("places")
    names = {"received": _("Mới nhận"), "overdue": _("Đang quá hạn"), "on_time": _("Đúng hạn")}
    picks = [(code, names[code], links.page(show=None if code == SHOWN[0] else code)) for code in SHOWN]
    return {"show": show, "picks": picks, "map": drawn(spots, show), "lost": lost,
            "nowhere": getattr(nowhere, COUNT_OF[show]),
            "nowhere_href": asked.links(commune=NOWHERE).cases(COUNT_OF[show])}  # fmt: skip


def _spot(asked: Asked, place: Place, s: Summary, show: str) -> Spot:
    count = getattr(s, COUNT_OF[show])
    if show == "on_time":
        words = _("%(name)s: %(k)s trên %(n)s đúng hạn", name=place.name, k=s.on_time, n=s.judged)
    elif show == "overdue":
        words = _("%(name)s: %(k)s đang quá hạn, trên %(n)s đang mở", name=place.name, k=s.overdue, n=s.open)
    else:
        words = _("%(name)s: %(n)s mới nhận", name=place.name, n=s.received)
    href = _cases(asked, place).cases(COUNT_OF[show]) if count else ""
    inner = s.on_time if show == "on_time" else 0
    return Spot(place.name, place.latitude, place.longitude, count, inner, href, words)


PLACES = View(
    "places", _l("Các địa bàn"),
    _l("Việc xảy ra ở xã, phường nào, và việc ở mỗi nơi được giải quyết ra sao."), answer,
)  # fmt: skip
