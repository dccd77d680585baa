"""Reads the rules file and refuses whatever cannot be meant: a wrong limit would cost a resident a right."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from app.rules.deadlines.calendar import Calendar, CalendarDay
from app.rules.deadlines.table import CALENDAR_DAYS, HOURS, WORKING_DAYS, Rule, Rules, RulesError

RULES_FILE = Path(__file__).parent.parent / "data" / "deadlines.toml"

SECTIONS = {"meta", "rule", "duty", "report_window", "calendar_day"}
META = {"version", "jurisdiction", "default_roll", "warn_before_days", "escalate_after_days"}
TEXTS = (
    *("id", "stage", "variant", "unit", "starts_from", "extends", "requires_document", "direction", "roll"),
    *("legal_basis", "legal_basis_en", "confidence", "note", "actor", "measures"),
)
DATES = ("effective_from", "effective_to", "pause_effective_from")
NUMBERS = ("days", "hours", "max_times")
KNOWN = {*TEXTS, *DATES, *NUMBERS, "kinds", "pause"}
REQUIRED = ("id", "stage", "unit", "starts_from")
CHOICES = {
    "unit": (CALENDAR_DAYS, WORKING_DAYS, HOURS),
    "direction": ("after", "before"),
    "roll": ("next_working_day", "none"),
    "confidence": ("confirmed", "derived", "unconfirmed", "proposal"),
    "actor": ("office", "citizen"),
    "measures": ("limit", "minimum_duration"),
}
CALENDAR_KEYS = {"date", "kind", "name_vi", "name_en", "confidence"}
CALENDAR_CONFIDENCE = ("confirmed", "library_only", "unconfirmed")


def load_rules(path_or_text: str | Path) -> Rules:
    """The rules of a file (a Path, or a str ending in .toml) or of its text; RulesError names rule and reason."""
    data = _parsed(path_or_text)
    meta = data.get("meta", {})
    _only(meta, META, "meta")
    default_roll = meta.get("default_roll", "next_working_day")
    _need(default_roll in CHOICES["roll"], f"meta: default_roll {default_roll!r} is unknown")
    rules = tuple(_rule(raw, number, default_roll) for number, raw in enumerate(data.get("rule", []), 1))
    _check_together(rules)
    return Rules(
        rules=rules,
        calendar=Calendar(_calendar_days(data.get("calendar_day", []))),
        warn_before_days=_days(meta, "warn_before_days"),
        escalate_after_days=_rising(meta, "escalate_after_days"),
        meta=meta,
        duties=_unique(data.get("duty", []), "duty"),
        report_windows=_unique(data.get("report_window", []), "report_window"),
    )


def _parsed(path_or_text: str | Path) -> dict[str, Any]:
    is_path = isinstance(path_or_text, Path) or ("\n" not in path_or_text and path_or_text.endswith(".toml"))
    try:
        text = Path(path_or_text).read_text("utf-8") if is_path else str(path_or_text)
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"file: {error}") from error
    _only(data, SECTIONS, "file")
    return data


def _rule(raw: Mapping[str, Any], number: int, default_roll: str) -> Rule:
    """One rule of the file as a value, its parts checked alone."""
    name = f"rule {raw.get('id') or f'number {number}'}"
    _only(raw, KNOWN, name)
    _check_types(raw, name)
    for key, known in CHOICES.items():
        _need(raw.get(key, known[0]) in known, f"{name}: {key} {raw.get(key)!r} is unknown")
    values = {key: raw[key] for key in (*TEXTS, *DATES, "pause") if key in raw}
    backwards = raw.get("direction") == "before"
    values["roll"] = raw.get("roll", "none" if backwards or raw["unit"] == HOURS else default_roll)
    _need(not (backwards and values["roll"] != "none"), f"{name}: counting before a date cannot roll forward")
    starts, ends = raw.get("effective_from", date.min), raw.get("effective_to", date.max)
    _need(starts <= ends, f"{name}: effective_to is before effective_from")
    _need(raw.get("pause") or "pause_effective_from" not in raw, f"{name}: pause_effective_from without pause")
    _need(raw.get("extends") or "max_times" not in raw, f"{name}: max_times without extends")
    max_times = raw.get("max_times", 1 if raw.get("extends") else 0)
    return Rule(**values, kinds=tuple(raw["kinds"]), length=_length(raw, name), max_times=max_times)


def _check_types(raw: Mapping[str, Any], name: str) -> None:
    for key in REQUIRED:
        _need(raw.get(key), f"{name}: {key} is empty")
    for key in TEXTS:
        _need(isinstance(raw.get(key, ""), str), f"{name}: {key} is not text")
    for key in DATES:
        _need(_is_date(raw.get(key, date.min)), f"{name}: {key} is not a date")
    kinds = raw.get("kinds")
    _need(kinds, f"{name}: kinds is empty")
    _need(
        isinstance(kinds, list) and all(isinstance(kind, str) and kind for kind in kinds),
        f"{name}: kinds is no list of words",
    )
    _need(isinstance(raw.get("pause", False), bool), f"{name}: pause is neither true nor false")
    for key in NUMBERS:
        # type(): TOML's true is an int to Python.
        _need(type(raw.get(key, 1)) is int and raw.get(key, 1) > 0, f"{name}: {key} must be a whole number above 0")


def _length(raw: Mapping[str, Any], name: str) -> int:
    _need(not ("days" in raw and "hours" in raw), f"{name}: has both days and hours")
    key = "hours" if raw["unit"] == HOURS else "days"
    _need(key in raw, f"{name}: unit {raw['unit']} needs {key}")
    length: int = raw[key]
    return length


def _check_together(rules: tuple[Rule, ...]) -> None:
    """What only shows when rules stand side by side: twins, two in force at once, an extension of nothing."""
    ids = Counter(rule.id for rule in rules)
    for rule in rules:
        _need(ids[rule.id] == 1, f"rule {rule.id}: this id is used twice")
        _need(
            not rule.extends or (rule.extends in ids and rule.extends != rule.id),
            f"rule {rule.id}: extends {rule.extends!r}, which is unknown",
        )
        base, name = next((other for other in rules if other.id == rule.extends), rule), f"rule {rule.id}"
        _need(set(rule.kinds) <= set(base.kinds), f"{name}: extends {rule.extends!r}, a rule of other kinds")
        _need(not base.extends or base is rule, f"{name}: extends {rule.extends!r}, itself an extension")
    for one, other in combinations(rules, 2):
        same = (one.stage, one.variant) == (other.stage, other.variant) and set(one.kinds) & set(other.kinds)
        _need(not (same and _overlap(one, other)), f"rule {other.id}: in force at the same time as {one.id}")


def _overlap(one: Rule, other: Rule) -> bool:
    return max(one.effective_from or date.min, other.effective_from or date.min) <= min(
        one.effective_to or date.max, other.effective_to or date.max
    )


def _calendar_days(raw_days: list[Mapping[str, Any]]) -> dict[date, CalendarDay]:
    days: dict[date, CalendarDay] = {}
    for raw in raw_days:
        name = f"calendar day {raw.get('date', 'without a date')}"
        _only(raw, CALENDAR_KEYS, name)
        _need(_is_date(raw.get("date")), f"{name}: date is not a date")
        _need(raw["date"] not in days, f"{name}: listed twice")
        _need(raw.get("kind") in ("off", "work"), f"{name}: kind {raw.get('kind')!r} is unknown")
        _need(raw.get("name_vi") and raw.get("name_en"), f"{name}: a name is missing")
        confidence = raw.get("confidence", "confirmed")
        _need(confidence in CALENDAR_CONFIDENCE, f"{name}: confidence {confidence!r} is unknown")
        days[raw["date"]] = CalendarDay(raw["date"], raw["kind"], raw["name_vi"], raw["name_en"], confidence)
    return days


def _days(meta: Mapping[str, Any], key: str) -> tuple[int, ...]:
    days = meta.get(key, [])
    _need(
        isinstance(days, list) and all(type(n) is int and n > 0 for n in days),
        f"meta: {key} must be a list of days",
    )
    return tuple(days)


def _rising(meta: Mapping[str, Any], key: str) -> tuple[int, ...]:
    """Each level up hears later than the one below."""
    days = _days(meta, key)
    _need(all(a < b for a, b in pairwise(days)), f"meta: {key} must rise from level to level")
    return days


def _unique(rows: list[Mapping[str, Any]], section: str) -> tuple[Mapping[str, Any], ...]:
    for row, times in Counter(row.get("id") for row in rows).items():
        _need(row, f"{section}: id is empty")
        _need(times == 1, f"{section} {row}: this id is used twice")
    return tuple(rows)


def _only(raw: Mapping[str, Any], known: set[str], name: str) -> None:
    for key in raw:
        _need(key in known, f"{name}: unknown key {key!r}")


def _need(truth: object, message: str) -> None:
    if not truth:
        raise RulesError(message)


def _is_date(value: object) -> bool:
    # A TOML date-time is a date to Python, but no day of the law.
    return isinstance(value, date) and not isinstance(value, datetime)
