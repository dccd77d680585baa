"""A due date unfolded: every step of its counting as rows of a label and a value, for a table anybody can check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.rules.deadlines.calendar import Calendar
from app.rules.deadlines.derivation import DAY, Derivation, Extension, Pause, runs
from app.rules.deadlines.explain import MONTHS, WEEKDAYS_EN, WEEKDAYS_VI
from app.rules.deadlines.table import Rule, Rules
from app.rules.deadlines.words import EVENTS, PAPERS, UNITS, say


class Row(NamedTuple):
    """One step: what it is, and what it did."""

    label: str
    value: str


def steps(
    proof: Derivation,
    lang: str,
    rules: Rules,
    paused_on: date | None = None,
    reasons: Mapping[date, str] | None = None,
    papers: Sequence[str] = (),
) -> list[Row]:
    """Start and event, rule and article, length, days counted, days left out and why, pauses, extensions, due date.

    Names of holidays and of events are those of `rules`; a day that the calendar has since made a working day is
    told as the day off it was. `paused_on` is since when the clock stands still, `reasons` say why it was paused
    (by the first day of each pause), `papers` are the numbers of the extension decisions, in order.
    """
    told = _Told(proof, lang, rules, reasons or {})
    return [
        *told.beginning(),
        *told.counting(),
        *(told.pause(pause) for pause in proof.pauses),
        *(told.extension(one, number) for one, number in _numbered(proof.extensions, papers)),
        *told.ending(paused_on),
    ]


def _numbered(extensions: Sequence[Extension], papers: Sequence[str]) -> Iterable[tuple[Extension, str]]:
    return zip(extensions, [*papers, *[""] * len(extensions)], strict=False)


class _Told:
    """Says the parts of one derivation in one language."""

    def __init__(self, proof: Derivation, lang: str, rules: Rules, reasons: Mapping[date, str]) -> None:
        self.proof, self.lang, self.reasons = proof, lang, reasons
        self.rules, self.calendar = rules, rules.calendar

    def beginning(self) -> list[Row]:
        rule, proof = self.rules.by_id(self.proof.rule_id), self.proof
        event = EVENTS.get(rule.starts_from) if rule else None
        start = _long(proof.start_on, self.lang)
        zero = self._say("is_zero", day=start, event=self._of(event)) if event else self._say("plain_zero", day=start)
        amount = self._amount(proof.length, proof.unit)
        backwards = proof.due_on < proof.start_on
        return [
            Row(self._say("start"), zero),
            Row(self._say("law"), self._law(rule, proof.rule_id, proof.legal_basis, proof.legal_basis_en)),
            Row(self._say("length"), self._say("backwards", amount=amount) if backwards else amount),
        ]

    def counting(self) -> list[Row]:
        """The days counted, and those left out under each reason; suspensions have rows of their own."""
        proof = self.proof
        spans = self._spans(proof.counted)
        rows = [Row(self._say("counted"), self._say("in_all", spans=spans, n=len(proof.counted)))]
        for why, days in self._left_out().items():
            rows.append(Row(self._say("skipped"), self._say("because", spans=self._spans(days), why=why)))
        for why, days in self._grouped(proof.made_up).items():
            rows.append(Row(self._say("made_up"), self._say("because", spans=self._spans(days), why=why)))
        return rows

    def _left_out(self) -> dict[str, list[date]]:
        last = self.proof.rolled_from or date.max
        found: dict[str, list[date]] = {}
        weekend = [skip.on for skip in self.proof.skipped if skip.why == "weekend"]
        for skip in self.proof.skipped:
            if skip.why == "weekend":
                names = [self._weekday(number) for number in sorted({day.weekday() for day in weekend})]
                found.setdefault(", ".join(names), []).append(skip.on)
            elif skip.why == "holiday":
                found.setdefault(self._holiday(skip.on), []).append(skip.on)
            elif skip.why == "rolled" and skip.on < last:
                found.setdefault(self._say("before_extension"), []).append(skip.on)
        return found

    def pause(self, pause: Pause) -> Row:
        end = pause.to_on or pause.from_on + DAY
        days = sum(skip.why == "paused" and pause.from_on <= skip.on < end for skip in self.proof.skipped)
        if pause.to_on is None:
            words = self._say("paused_since", first=_day(pause.from_on, self.lang))
        else:
            words = self._say("paused_from", first=_day(pause.from_on, self.lang), n=days,
                              last=_day(pause.to_on - DAY, self.lang))  # fmt: skip
        return Row(self._say("paused"), self._with_reason(words, pause.from_on))

    def extension(self, one: Extension, number: str) -> Row:
        rule = self.rules.by_id(one.rule_id)
        words = self._say(
            "extended_by", amount=self._amount(one.length, one.unit).partition(",")[0],
            before=_day(one.previous_due_on, self.lang),
            after=_day(one.due_on, self.lang), law=self._law(rule, one.rule_id, one.legal_basis),
        )  # fmt: skip
        paper = self._of(PAPERS.get(rule.requires_document) if rule else None)
        if paper and number:
            paper = self._say("paper_number", paper=paper, number=number)
        return Row(self._say("extended"), self._say("by_paper", words=words, paper=paper) if paper else words)

    def ending(self, paused_on: date | None) -> list[Row]:
        proof, rows = self.proof, []
        if proof.rolled_from:
            passed = [s.on for s in proof.skipped if s.why == "rolled" and s.on > proof.rolled_from]
            groups = self._grouped([proof.rolled_from, *passed])
            spans = "; ".join(self._say("because", spans=self._spans(days), why=why) for why, days in groups.items())
            rows.append(Row(self._say("rolled"), self._say("moved", spans=spans)))
        if paused_on:
            since = self._say("paused_since", first=_day(paused_on, self.lang))
            rows.append(Row(self._say("paused"), self._with_reason(since, paused_on)))
        rows.append(Row(self._say("due_before_pause" if paused_on else "due"), _long(proof.due_on, self.lang)))
        return rows

    def _grouped(self, days: Iterable[date]) -> dict[str, list[date]]:
        """Days under the name the calendar has for them; plain weekends under their weekday."""
        found: dict[str, list[date]] = {}
        for day in days:
            listed = day in self.calendar.days or day.weekday() not in self.calendar.weekend
            name = self._holiday(day) if listed else self._weekday(day.weekday())
            found.setdefault(name, []).append(day)
        return found

    def _holiday(self, day: date) -> str:
        return name_of(day, self.calendar, self.lang) or self._say("a_holiday")

    def _with_reason(self, words: str, first: date) -> str:
        reason = self.reasons.get(first)
        return self._say("because", spans=words, why=reason) if reason else words

    def _law(self, rule: Rule | None, rule_id: str, basis: str, basis_en: str = "") -> str:
        english = basis_en or (rule.legal_basis_en if rule else "")
        words = english if self.lang != "vi" and english else basis
        return f"{words} ({rule_id})" if words else rule_id

    def _amount(self, length: int, unit: str) -> str:
        words = UNITS[unit][self.lang != "vi"].format(n=length)
        return words.removesuffix("s") if length == 1 and self.lang != "vi" else words

    def _spans(self, days: Iterable[date]) -> str:
        """Days in a row as first to last; the year is said where it changes and at the end."""
        found = runs(days)
        years = [first.year for first, _ in found[1:]] + [0]
        return ", ".join(self._span(a, b, next_year) for (a, b), next_year in zip(found, years, strict=True))

    def _span(self, first: date, last: date, next_year: int) -> str:
        end = _day(last, self.lang, with_year=last.year != next_year)
        return end if first == last else _day(first, self.lang, first.year != last.year) + self._say("to") + end

    def _weekday(self, number: int) -> str:
        return (WEEKDAYS_VI if self.lang == "vi" else WEEKDAYS_EN)[number]

    def _of(self, pair: tuple[str, str] | None) -> str:
        return pair[self.lang != "vi"] if pair else ""

    def _say(self, key: str, **values: object) -> str:
        return say(key, self.lang, **values)


def name_of(day: date, calendar: Calendar, lang: str) -> str:
    """What the calendar calls a day that differs from its weekday; '' for any other."""
    listed = calendar.days.get(day)
    return "" if listed is None else listed.name_vi if lang == "vi" else listed.name_en


def _day(day: date, lang: str, with_year: bool = True) -> str:
    if lang == "vi":
        return f"{day:%d/%m/%Y}" if with_year else f"{day:%d/%m}"
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def _long(day: date, lang: str) -> str:
    return f"{(WEEKDAYS_VI if lang == 'vi' else WEEKDAYS_EN)[day.weekday()]}, {_day(day, lang)}"
