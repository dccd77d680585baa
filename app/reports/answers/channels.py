"""How cases came: web, counter, telephone, paper, reception, other systems; each with the figures of its cases."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...words import word
from ..cells.groups import grouped, labels
from ..cells.measures import Measures
from ..cells.pack import CHANNELS as CODES
from .frame import Answer, Asked, Cell, Column, View
from .standard import is_idle, sheet


def answer(asked: Asked) -> Answer:
    """A row for each channel through which anything came."""
    label = labels(asked.facts["channel"], {n: n for n in range(len(CODES))})
    each, _total = Measures(grouped(asked.facts, label, len(CODES)), asked.period).summaries()
    found = sorted(((s, code) for s, code in zip(each, CODES, strict=True) if not is_idle(s)),
                   key=lambda pair: -pair[0].received)  # fmt: skip
    entries = [([Cell(word(code, "channel"))], s, asked.links(channel=code)) for s, code in found]
    name = Column("channel", _("Kênh"), "name", "channel")
    received = sum(s.received for s, _code in found)
    bars = [(word(code, "channel"), s.received, asked.links(channel=code).cases("received")) for s, code in found]
    return Answer([sheet("channels", _("Từng kênh"), [name], entries)], not found,
                  {"bars": bars, "received": received})  # fmt: skip


CHANNELS = View(
    "channels", _l("Kênh tiếp nhận"),
    _l("Người dân gửi đến bằng cách nào, và mỗi cách được giải quyết ra sao."), answer,
)  # fmt: skip
