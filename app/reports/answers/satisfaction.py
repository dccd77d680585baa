"""What residents thought of the answers: levels, reasons, who rated at all, the months, and what they wrote."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...rules.statistics import Period, Share
from ...words import GRIEVANCES, REASONS, named, show_date, word
from ..cells.measures import Measures
from ..cells.spreads import by_month
from ..said import PAGE, texts
from .frame import Answer, Asked, Cell, Column, Sheet, View
from .splits import Part, Split, by_channel, by_subject, by_unit

LEVELS = (5, 4, 3, 2, 1)
COUNTED = ("rated", "satisfied", *(f"level_{n}" for n in LEVELS), "answer_rated", "answered")
MOST_PAGES = 4000


def answer(asked: Asked) -> Answer:
    """Levels, reasons and months of all; then the same by unit below, channel and subject."""
    m = asked.measured
    total = {name: int(m.mask(name).sum()) for name in COUNTED}
    units = by_unit(asked, "satisfaction")
    sheets = [_levels(asked, total), _reasons(asked), _months(asked)]
    if units:
        sheets.append(_split("units", _("Từng đơn vị"), _("Đơn vị"), units))
    sheets += [_split("channels", _("Từng kênh"), _("Kênh"), by_channel(asked)),
               _split("subjects", _("Từng lĩnh vực"), _("Lĩnh vực"), by_subject(asked))]  # fmt: skip
    is_empty = not (total["rated"] or total["answered"])
    return Answer(sheets, is_empty, {} if is_empty else _drawn(asked, total, sheets))


def _levels(asked: Asked, total: dict[str, int]) -> Sheet:
    links = asked.links()
    columns = [Column("level", _("Mức"), "name"), Column("ratings", _("Lượt"), formula="satisfaction"),
               Column("part", _("Tỷ lệ"), "share", "satisfaction")]  # fmt: skip
    rows = [
        [Cell(word(n, "level")), Cell(total[f"level_{n}"], links.cases(f"level_{n}")),
         Cell(Share(total[f"level_{n}"], total["rated"]), links.cases("rated"))]
        for n in LEVELS
    ]  # fmt: skip
    return Sheet("levels", _("Năm mức"), columns, rows)


def level_columns() -> list[Column]:
    """The five levels, best first."""
    return [Column(f"level_{n}", _("Mức %(n)s", n=n), formula="satisfaction") for n in LEVELS]


def _reasons(asked: Asked) -> Sheet:
    """Each reason with the levels of the ratings it was ticked in, the most frequent first."""
    m, links = asked.measured, asked.links()
    columns = [Column("reason", _("Lý do"), "name"), Column("sense", _("Khen, chê"), "text"),
               Column("times", _("Lượt"), formula="reasons"), *level_columns()]  # fmt: skip
    rows: list[tuple[int, list[Cell]]] = []
    for code, words in REASONS.items():
        ticked = m.mask(f"reason_{code}")
        levels = [int((ticked & m.mask(f"level_{n}")).sum()) for n in LEVELS]
        sense = _("chê") if code in GRIEVANCES else _("khen")
        times = Cell(sum(levels), links.cases(f"reason_{code}"))
        rows.append((sum(levels), [Cell(str(words)), Cell(sense), times, *(Cell(n) for n in levels)]))
    rows.sort(key=lambda row: -row[0])
    return Sheet("reasons", _("Lý do được đánh dấu"), columns, [row for _n, row in rows],
                 _("Một đánh giá có thể đánh dấu nhiều lý do."))  # fmt: skip


def _months(asked: Asked) -> Sheet:
    """Twelve months: how many rated, how many were satisfied."""
    spans = asked.question.span.months(asked.period.end_on)
    months = [span.period(asked.now) for span in spans]
    m = Measures(asked.facts, Period(months[0].start, months[-1].end, months[-1].end_on))
    counts = by_month(m, "rated_at", ("rated", "satisfied"), months)
    columns = [Column("month", _("Tháng"), "name"), Column("satisfied", _("Hài lòng"), "share", "satisfaction")]
    links = asked.links()
    rows = [[Cell(f"{s.first.month}/{s.first.year}"), Cell(Share(k, n), links.cases("rated", s))]
            for s, k, n in zip(spans, counts["satisfied"], counts["rated"], strict=True)]  # fmt: skip
    return Sheet("months", _("Theo tháng"), columns, rows)


def _split(code: str, title: str, head: str, split: Split) -> Sheet:
    """Levels, satisfaction and response by part; parts where nobody was answered and nobody rated are left out."""
    counts = {name: split.measured.counts(name) for name in COUNTED}
    columns = [
        Column("name", head, "name"), Column("satisfied", _("Hài lòng"), "share", "satisfaction"), *level_columns(),
        Column("response", _("Có đánh giá"), "share", "response"),
    ]  # fmt: skip
    each = [({name: counts[name][n] for name in COUNTED}, part) for n, part in enumerate(split.parts)]
    found = sorted((pair for pair in each if pair[0]["rated"] or pair[0]["answered"]), key=lambda p: -p[0]["rated"])
    return Sheet(code, title, columns, [_row(part, c) for c, part in found])


def _row(part: Part, c: dict[str, int]) -> Sequence[Cell]:
    at = part.links
    return [
        Cell(part.name, part.page), Cell(Share(c["satisfied"], c["rated"]), at.cases("rated")),
        *(Cell(c[f"level_{n}"], at.cases(f"level_{n}")) for n in LEVELS),
        Cell(Share(c["answer_rated"], c["answered"]), at.cases("answered")),
    ]  # fmt: skip


def _drawn(asked: Asked, total: dict[str, int], sheets: Sequence[Sheet]) -> dict[str, Any]:
    links = asked.links()
    months = []
    for row in sheets[2].rows:
        share = row[1].value
        assert isinstance(share, Share)
        months.append((str(row[0].value)[:-4] + str(row[0].value)[-2:], share.percent(asked.minimum), share.part,
                       share.whole, row[1].href))  # fmt: skip
    return {
        "five": [(n, word(n, "level"), total[f"level_{n}"], links.cases(f"level_{n}")) for n in LEVELS],
        "response": Share(total["answer_rated"], total["answered"]), "response_href": links.cases("answer_rated"),
        "answered_href": links.cases("answered"), "months": months,
        "reasons": [(row[0].value, row[1].value, row[2].value, row[2].href) for row in sheets[1].rows if row[2].value],
        "texts": partial(_texts, asked),
    }  # fmt: skip


def _texts(asked: Asked) -> dict[str, Any]:
    """The page of texts that the address asks for; looked up only where they are shown, not for downloads."""
    given = asked.more.get("page", "1")
    page = min(max(int(given), 1), MOST_PAGES) if given.isdecimal() and len(given) < 6 else 1
    found = texts(asked.measured, asked.actor, page)
    links, first = asked.links().on("satisfaction"), (page - 1) * PAGE + 1
    units = {node.id: named(node, True) for node in asked.place.nodes}
    lines = [(s, word(s.level, "level"), show_date(s.at), units.get(s.unit_id, "")) for s in found.rows]
    return {
        "lines": lines, "first": first if lines else None, "last": first + len(lines) - 1, "page": page,
        "previous": links.page(page=page - 1) + "#texts" if page > 1 else None,
        "next": links.page(page=page + 1) + "#texts" if found.has_more else None,
    }  # fmt: skip


SATISFACTION = View(
    "satisfaction", _l("Mức hài lòng"),
    _l("Người gửi nghĩ gì về câu trả lời, vì sao, và bao nhiêu người đã nói."), answer,
)  # fmt: skip
