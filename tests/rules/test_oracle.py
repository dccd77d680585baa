"""Twelve thousand clocks of every shipped rule, on random calendars, against the slow second reading of the law."""

from __future__ import annotations

import json
import random
import tomllib
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from app.rules.deadlines import RULES_FILE, CalendarDay, Derivation, Pause, due
from tests.rules.deadline_samples import VN, D, the
from tests.rules.oracle import Term, is_rest, slow_clock

SEEDS, EACH = 24, 500
RAW: list[dict[str, Any]] = tomllib.loads(RULES_FILE.read_text("utf-8"))["rule"]
"""The file as written: the oracle does not read it through app.rules."""
RAW_BY_ID = {raw["id"]: raw for raw in RAW}
GRANTS = [(), ("complex",), ("special",), ("special", "special"), ("complex", "special"), ("special", "complex")]
FIRST, LAST = D("2024-01-01"), D("2028-12-31")
CORNERS = [D(day) for day in (
    "2024-02-28", "2024-02-29", "2028-02-28", "2028-02-29", "2024-12-31", "2025-12-31", "2026-12-31", "2027-12-31",
    "2025-01-20", "2026-02-10", "2027-02-01", "2025-12-30", "2026-01-09", "2026-04-24", "2026-08-28", "2026-06-20",
)]  # fmt: skip


def test_there_are_ten_thousand_cases_and_more() -> None:
    assert SEEDS * EACH >= 10_000
    assert 5 * len(RAW) <= EACH, "each seed meets each rule several times"


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_rule_on_any_calendar_agrees_with_the_oracle(seed: int) -> None:
    dice, met = random.Random(seed), Counter[str]()
    for number in range(EACH):
        raw = RAW[(number + seed) % len(RAW)]
        met.update(one_clock(dice, raw, is_stored=number % 10 == 0))
    assert met["rules"] == EACH and min(met[what] for what in ("paused", "open", "adjacent", "on_due", "on_rest")) > 0


def one_clock(dice: random.Random, raw: dict[str, Any], is_stored: bool) -> list[str]:
    """Count one random clock twice; what kinds of pauses it had."""
    start = dice.choice(CORNERS) if dice.random() < 0.2 else FIRST + timedelta(dice.randrange((LAST - FIRST).days + 1))
    calendar = VN.merged(own_days(dice, start))
    off = {day.on for day in calendar.days.values() if day.kind == "off"}
    worked = {day.on for day in calendar.days.values() if day.kind == "work"}
    grants = list(dice.choice(GRANTS)) if raw["id"] == "denunciation.settle" else []
    raws = [raw, *(RAW_BY_ID[f"denunciation.extend.{name}"] for name in grants)]
    unpaused = slow_clock(start, [term(one, set()) for one in raws], off, worked)
    pauses, today, kinds = suspensions(dice, start, unpaused, off, worked)

    found = due(the(raw["id"]), start, calendar, pauses, [the(one["id"]) for one in raws[1:]], today=today)

    expected = slow_clock(start, [term(one, days_of(pauses, today, one)) for one in raws], off, worked)
    told = f"{raw['id']} from {start}, {pauses}, {grants}, own days {sorted(set(calendar.days) - set(VN.days))}"
    assert found.due_on == expected[-1], told
    assert [one.due_on for one in found.extensions] == expected[1:], told
    assert len(found.counted) == sum(term(one, set()).length for one in raws), told
    if found.due_on > start:
        days = {start + timedelta(n) for n in range(1, (found.due_on - start).days + 1)}
        rolled = {one.previous_due_on for one in found.extensions} | {found.due_on}
        assert {*found.counted, *(skip.on for skip in found.skipped)} | rolled == days, told
    assert {*found.pauses, *found.idle} <= set(pauses) and not {*found.pauses} & {*found.idle}
    if is_stored:
        assert Derivation.from_json(json.dumps(found.to_json())) == found
    return ["rules", *kinds]


def own_days(dice: random.Random, start: date) -> list[CalendarDay]:
    """Up to twelve days off or worked by decision, and up to three swaps of a weekday for a Saturday near it."""
    days = [(start + timedelta(dice.randint(-20, 150)), dice.choice(("off", "work"))) for _ in range(dice.randint(0, 12))]
    for _ in range(dice.randint(0, 3)):
        monday = start + timedelta(dice.randint(0, 80))
        monday -= timedelta(monday.weekday())
        days += [(monday + timedelta(dice.randint(0, 4)), "off"), (monday + timedelta(5), "work")]
    return [CalendarDay(on, kind, "x", "x") for on, kind in dict(days).items()]


def suspensions(dice: random.Random, start: date, due_dates: list[date], off: set[date],
                worked: set[date]) -> tuple[list[Pause], date | None, list[str]]:  # fmt: skip
    """None to four pauses of every kind: apart, adjacent, overlapping, open, from the due date, from a day of rest."""
    found: list[Pause] = []
    kinds: list[str] = []
    today = start + timedelta(dice.randint(0, 160)) if dice.random() < 0.7 else None
    for _ in range(dice.choice((0, 0, 1, 1, 2, 3, 4))):
        kind = dice.choice(("any", "adjacent", "on_due", "on_rest", "july_2026", "open"))
        first = start + timedelta(dice.randint(-10, 120))
        if kind == "adjacent" and found and found[-1].to_on:
            first = found[-1].to_on
        elif kind == "on_due":
            first = dice.choice(due_dates) + timedelta(dice.choice((-1, 0, 0, 1)))
        elif kind == "july_2026":
            first = D("2026-07-01") + timedelta(dice.randint(-2, 2))
        elif kind == "on_rest":
            while not is_rest(first, off, worked):
                first += timedelta(1)
        end = None if kind == "open" else first + timedelta(dice.choice((0, 1, 2, 5, 14, 40)))
        found.append(Pause(first, end))
        kinds += [kind, "paused"]
    return found, today, kinds


def days_of(pauses: list[Pause], today: date | None, raw: dict[str, Any]) -> set[date]:
    """The days a term stands still: its law must know suspensions, and the suspension must begin late enough."""
    if not raw.get("pause"):
        return set()
    days: set[date] = set()
    for pause in pauses:
        if pause.from_on < raw.get("pause_effective_from", date.min):
            continue
        open_end = max(today or pause.from_on, pause.from_on) + timedelta(1)
        end = pause.to_on or open_end
        days |= {pause.from_on + timedelta(n) for n in range((end - pause.from_on).days)}
    return days


def term(raw: dict[str, Any], paused: set[date]) -> Term:
    is_hours, backwards = raw["unit"] == "hours", raw.get("direction") == "before"
    length = -(-raw["hours"] // 24) if is_hours else raw["days"]
    rolls = raw.get("roll", "none" if is_hours or backwards else "next_working_day") == "next_working_day"
    return Term(length, raw["unit"] == "working_days", rolls, backwards, frozenset(paused))
