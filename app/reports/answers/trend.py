"""How it went: day by day, month by month or year by year, with the same days of the year before beside each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import clock
from ...rules.statistics import Share, Spread, Summary
from ...words import show_date
from ..charts import nice
from ..figures import stepped
from ..span import Span
from ..steps import cut, usual_step, whole, year_before
from . import beside
from .beside import NONE, Said
from .frame import Answer, Asked, Cell, Column, Sheet, View
from .standard import is_idle

DAY = 86400
Numbers = list[float | None]


@dataclass(frozen=True)
class Step:
    """Some days with their figures, and those of the year before where there are any."""

    span: Span
    summary: Summary
    before: Span | None
    earlier: Summary | None


@dataclass(frozen=True)
class Line:
    """A figure that the page draws and tells: how it lies in a summary, its kind, its list, its formula."""

    code: str
    kind: str
    attribute: str
    figure: str
    formula: str

    def of(self, summary: Summary | None) -> Any:
        """Its value; None where there is no summary."""
        return None if summary is None else getattr(summary, self.attribute)


LINES = (
    Line("received", "count", "received", "received", "received"),
    Line("finished", "count", "finished", "finished", "finished"),
    Line("on_time", "share", "on_time_share", "judged", "on_time"),
    Line("first_response", "spread", "first_response", "responded", "first_response"),
    Line("satisfied", "share", "satisfied_share", "rated", "satisfaction"),
)


def answer(asked: Asked) -> Answer:
    """A row for each step as far as the period has come."""
    by = asked.question.by or usual_step(asked.question.span)
    found, total = steps(asked, by)
    if total is None or all(is_idle(s.summary) and (s.earlier is None or is_idle(s.earlier)) for s in found):
        return Answer([_sheet([], asked, by)], True)
    links = asked.links()
    rows = [{"name": name_of(s.span, by), "page": links.on("").page(s.span), "said": said(asked, s)} for s in found]
    return Answer([_sheet(found, asked, by)], False, {
        "rows": rows, "lines": LINES, "by": by, "heads": heads(), "total": said(asked, total),
        "labels": [_label(s.span, by) for s in found], "drawn": [_drawn(line, found, asked.minimum) for line in LINES],
        "has_before": any(s.earlier is not None for s in found),
    })  # fmt: skip


def steps(asked: Asked, by: str) -> tuple[list[Step], Step | None]:
    """Each step's figures, exactly those of its own page, and the year before's; then the period as one step."""
    spans = cut(asked.question.span, by, clock.day_of(asked.now))
    if not spans:
        return [], None
    before, began = [year_before(span, by) for span in spans], _began(asked)
    known = [span for span in before if span and span.last >= began]
    (rows, whole), (older, old_whole) = _both(asked, spans, known)
    earlier = dict(zip(known, older, strict=True))
    span = Span(spans[0].first, spans[-1].last)
    return [
        Step(span, summary, old, earlier.get(old) if old else None)
        for span, summary, old in zip(spans, rows, before, strict=True)
    ], Step(span, whole, year_before(span, by), old_whole if known else None)


COUNTED = ("received", "finished", "judged_finish", "on_time", "rated", "satisfied", "responded")


def _both(asked: Asked, *years: Sequence[Span]) -> Iterable[tuple[list[Summary], Summary]]:
    """This year's steps and those of the year before, each swept by a processor of its own: numpy waits for nobody."""
    facts = asked.facts

    def summaries(spans: Sequence[Span]) -> tuple[list[Summary], Summary]:
        return stepped(facts, [span.period(asked.now) for span in spans], COUNTED) if spans else ([], Summary())

    if len(facts) < MANY:
        return map(summaries, years)
    with ThreadPoolExecutor(len(years)) as pool:
        return list(pool.map(summaries, years))


MANY = 100_000
"""Rows from which a second thread is worth starting."""


def _began(asked: Asked) -> date:
    """The day of the first case: before it there is nothing to set beside."""
    began = asked.facts["began_at"]
    return clock.day_of(datetime.fromtimestamp(int(began.min()), UTC)) if len(began) else date.max


def said(asked: Asked, step: Step) -> list[Said]:
    """Each figure of a step in words, with its cases."""
    links, found = asked.links(), []
    for line in LINES:
        tell = getattr(beside, line.kind)
        value, of, before, difference = tell(line.of(step.summary), line.of(step.earlier), asked.minimum)
        old = links.cases(line.figure, step.before) if step.before and before not in ("", NONE) else ""
        found.append(Said(value, of, links.cases(line.figure, step.span), before, old, difference))
    return found


def name_of(span: Span, by: str) -> str:
    """A step by name; one that is cut short by its days."""
    if by == "day":
        return show_date(span.first)
    if span != whole(span.first, by):
        return f"{show_date(span.first, 'short')} – {show_date(span.last)}"
    return f"{span.first.month}/{span.first.year}" if by == "month" else str(span.first.year)


def _label(span: Span, by: str) -> str:
    if by == "day":
        return show_date(span.first, "short")
    return f"{span.first.month}/{span.first.year % 100:02d}" if by == "month" else str(span.first.year)


def heads() -> list[str]:
    """The figures by name, in the order of LINES."""
    return [_("Mới nhận"), _("Đã xong"), _("Đúng hạn"), _("Trả lời lần đầu"), _("Hài lòng")]


def _drawn(line: Line, found: Sequence[Step], minimum: int) -> tuple[Numbers, Numbers, float]:
    """The two lines of a chart, with a gap where there is no value, and the top of their scale."""
    now = [_number(line.of(s.summary), minimum) for s in found]
    before = [_number(line.of(s.earlier), minimum) for s in found]
    highest = max((value for value in (*now, *before) if value is not None), default=0)
    return now, before, 100 if line.kind == "share" else nice(highest)


def _number(value: Any, minimum: int) -> float | None:
    if isinstance(value, Share):
        return value.percent(minimum)
    if isinstance(value, Spread):
        return None if value.median is None else value.median / DAY
    return None if value is None else float(value)


NOTHING = {"count": None, "share": Share(), "spread": Spread()}


def _sheet(found: Sequence[Step], asked: Asked, by: str) -> Sheet:
    """Both years side by side, with the difference."""
    links = asked.links()
    columns = [Column("step", {"day": _("Ngày"), "month": _("Tháng"), "year": _("Năm")}[by], "name"),
               Column("first", _("Từ ngày"), "date"), Column("last", _("Đến hết ngày"), "date")]  # fmt: skip
    for line, head in zip(LINES, heads(), strict=True):
        change = "count" if line.kind == "count" else "number"
        columns += [
            Column(line.code, head, line.kind, line.formula),
            Column(f"{line.code}_before", _("%(name)s, năm trước", name=head), line.kind, "last_year"),
            Column(f"{line.code}_change", _("%(name)s, chênh lệch", name=head), change, "last_year"),
        ]
    rows = []
    for s in found:
        row = [Cell(name_of(s.span, by), links.on("").page(s.span)), Cell(s.span.first), Cell(s.span.last)]
        for line in LINES:
            now, before = line.of(s.summary), line.of(s.earlier)
            old = links.cases(line.figure, s.before) if s.before and before is not None else ""
            row += [Cell(now, links.cases(line.figure, s.span)),
                    Cell(NOTHING[line.kind] if before is None else before, old),
                    Cell(_change(_number(now, asked.minimum), _number(before, asked.minimum), line.kind))]  # fmt: skip
        rows.append(row)
    return Sheet("trend", _("Xu hướng"), columns, rows, note())


def _change(now: float | None, before: float | None, kind: str) -> float | int | None:
    if now is None or before is None:
        return None
    return int(now - before) if kind == "count" else now - before


def note() -> str:
    """What must be known to read the differences."""
    return _("Chênh lệch tỷ lệ tính bằng điểm phần trăm, thời gian bằng ngày. Năm trước: đúng những ngày ấy, kỳ chưa hết thì so với đúng số ngày đã qua.")  # fmt: skip  # noqa: E501


TREND = View(
    "trend", _l("Xu hướng"),
    _l("Theo thời gian có khá lên không, và so với cùng những ngày ấy năm trước thì sao."), answer, has_steps=True,
)  # fmt: skip
