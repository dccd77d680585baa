"""The shipped rules and calendar, and short ways to name a rule, a limit and a day in tests."""

from datetime import date

from app.rules.deadlines import RULES_FILE, Calendar, Rule, load_rules

RULES = load_rules(RULES_FILE)
VN = RULES.calendar
PLAIN = Calendar()
D = date.fromisoformat


def the(rule_id):
    rule = RULES.by_id(rule_id)
    assert rule is not None, rule_id
    return rule


def limit(length, unit="working_days", **more):
    return Rule(**{"id": "r", "kinds": ("feedback",), "stage": "answer", "length": length, "unit": unit,
                   "starts_from": "received", **more})  # fmt: skip
