"""The file of rules: what is shipped, and what is refused by name."""

import pytest

from app.rules.deadlines import RulesError, load_rules
from tests.rules.deadline_samples import RULES, VN, D


@pytest.mark.parametrize(
    ("kind", "stage", "variant", "length", "unit"),
    [
        ("complaint", "acceptance_first", "", 10, "calendar_days"),
        ("complaint", "settlement_first", "normal", 30, "calendar_days"),
        ("complaint", "settlement_first", "complex", 45, "calendar_days"),
        ("complaint", "settlement_first", "remote", 45, "calendar_days"),
        ("complaint", "settlement_first", "remote_complex", 60, "calendar_days"),
        ("complaint", "classify_and_process", "", 10, "calendar_days"),
        ("feedback", "classify_and_process", "", 10, "calendar_days"),
        ("feedback", "answer", "street_level", 5, "working_days"),
        ("feedback", "answer", "street_level_complex", 15, "working_days"),
        ("feedback", "answer", "street_level_urgent", 1, "calendar_days"),
        ("feedback", "answer", "general_recommendation", 15, "working_days"),
        ("feedback", "answer", "administrative_regulation", 15, "calendar_days"),
        ("feedback", "answer", "government_portal", 20, "calendar_days"),
    ],
)
def test_the_shipped_file_holds_the_limits_of_the_law(kind, stage, variant, length, unit):
    rule = RULES.find(kind, stage, variant, D("2026-11-22"))
    assert (rule.length, rule.unit) == (length, unit)
    assert rule.legal_basis and rule.legal_basis_en


def test_no_other_variant_is_taken_in_silence():
    assert RULES.find("complaint", "settlement_first", "", D("2026-11-22")) is None
    assert RULES.find("feedback", "answer", "unheard_of", D("2026-11-22")) is None


def test_a_law_that_was_not_yet_in_force_sets_no_limit():
    assert RULES.find("privacy", "reply", "", D("2025-12-31")) is None
    assert RULES.find("privacy", "reply", "", D("2026-01-01")).id == "privacy.reply"


def test_the_shipped_calendar_knows_the_swaps_and_what_is_doubtful():
    kinds = {day: VN.days[D(day)].kind for day in ("2026-01-02", "2026-01-10", "2025-05-02", "2025-04-26")}
    assert kinds == {"2026-01-02": "off", "2026-01-10": "work", "2025-05-02": "off", "2025-04-26": "work"}
    assert VN.days[D("2026-11-24")].confidence == "unconfirmed"
    assert {day.year for day in VN.days} == {2024, 2025, 2026, 2027}


def test_the_shipped_file_warns_and_lists_duties_and_report_windows():
    assert RULES.warn_before_days == (3, 1)
    assert RULES.escalate_after_days == (1, 5, 10)
    assert RULES.meta["jurisdiction"] == "VN"
    assert "dialogue.commune.yearly" in {duty["id"] for duty in RULES.duties}
    assert [window["id"] for window in RULES.report_windows] == ["Q1", "Q2", "Q3", "Q4", "H1", "M9", "Y"]


GOOD = {
    "id": '"a"', "kinds": '["feedback"]', "stage": '"answer"', "days": "5", "unit": '"working_days"',
    "starts_from": '"received"', "confidence": '"proposal"',
}  # fmt: skip


def written(*rules):
    """Rules as the text of a file; None leaves a key out."""
    tables = [{**GOOD, **rule} for rule in rules]
    return "".join("[[rule]]\n" + "".join(f"{k} = {v}\n" for k, v in t.items() if v is not None) for t in tables)


def test_a_text_is_read_like_a_file(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(written({}), "utf-8")
    assert load_rules(written({})) == load_rules(path) == load_rules(str(path))


WRONG = [
    (written({"color": '"red"'}), "rule a: unknown key 'color'"),
    (written({"unit": '"weeks"'}), "rule a: unit 'weeks' is unknown"),
    (written({"direction": '"sideways"'}), "rule a: direction 'sideways' is unknown"),
    (written({"roll": '"back"'}), "rule a: roll 'back' is unknown"),
    (written({"confidence": '"sure"'}), "rule a: confidence 'sure' is unknown"),
    (written({"id": None}), "rule number 1: id is empty"),
    (written({"kinds": "[]"}), "rule a: kinds is empty"),
    (written({"kinds": '"feedback"'}), "rule a: kinds is no list of words"),
    (written({"stage": '""'}), "rule a: stage is empty"),
    (written({"stage": "7"}), "rule a: stage is not text"),
    (written({"starts_from": None}), "rule a: starts_from is empty"),
    (written({"days": "0"}), "rule a: days must be a whole number above 0"),
    (written({"days": "-3"}), "rule a: days must be a whole number above 0"),
    (written({"days": "true"}), "rule a: days must be a whole number above 0"),
    (written({"days": "2.5"}), "rule a: days must be a whole number above 0"),
    (written({"hours": "24"}), "rule a: has both days and hours"),
    (written({"unit": '"hours"'}), "rule a: unit hours needs hours"),
    (written({"days": None}), "rule a: unit working_days needs days"),
    (written({"pause": '"yes"'}), "rule a: pause is neither true nor false"),
    (written({"effective_from": '"2026-01-01"'}), "rule a: effective_from is not a date"),
    (written({"effective_from": "2026-01-01T00:00:00"}), "rule a: effective_from is not a date"),
    (written({"effective_from": "2026-02-01", "effective_to": "2026-01-31"}), "rule a: effective_to is before"),
    (written({"direction": '"before"', "roll": '"next_working_day"'}), "rule a: counting before a date cannot roll"),
    (written({"extends": '"b"'}), "rule a: extends 'b', which is unknown"),
    (written({"extends": '"a"'}), "rule a: extends 'a', which is unknown"),
    (
        written({}, {"id": '"b"', "kinds": '["complaint"]', "stage": '"extension"', "extends": '"a"'}),
        "rule b: extends 'a', a rule of other kinds",
    ),
    (
        written(
            {},
            {"id": '"b"', "stage": '"extension"', "extends": '"a"'},
            {"id": '"c"', "stage": '"further"', "extends": '"b"'},
        ),
        "rule c: extends 'b', itself an extension",
    ),
    (written({"max_times": "2"}), "rule a: max_times without extends"),
    (written({"extends": '"b"', "max_times": "0"}), "rule a: max_times must be a whole number above 0"),
    (written({"pause_effective_from": "2026-07-01"}), "rule a: pause_effective_from without pause"),
    (written({"pause": "false", "pause_effective_from": "2026-07-01"}), "rule a: pause_effective_from without pause"),
    (written({"pause": "true", "pause_effective_from": "'soon'"}), "rule a: pause_effective_from is not a date"),
    (written({"days": None, "hours": "24"}), "rule a: unit working_days needs days"),
    (written({"unit": "5"}), "rule a: unit is not text"),
    (written({"measures": '"guess"'}), "rule a: measures 'guess' is unknown"),
    (written({}, {"stage": '"other"'}), "rule a: this id is used twice"),
    (written({}, {"id": '"b"'}), "rule b: in force at the same time as a"),
    (written({"effective_to": "2026-06-30"}, {"id": '"b"', "effective_from": "2026-06-30"}), "rule b: in force"),
    ("[meta]\ndefault_roll = 'back'\n", "meta: default_roll 'back' is unknown"),
    ("[meta]\nwarn_before_days = [0]\n", "meta: warn_before_days"),
    ("[meta]\nmood = 'good'\n", "meta: unknown key 'mood'"),
    ("[[rules]]\nid = 'a'\n", "file: unknown key 'rules'"),
    ("[[rule]\n", "file: "),
    ("nowhere.toml", "file: "),
    ("[[duty]]\nid = 'd'\n[[duty]]\nid = 'd'\n", "duty d: this id is used twice"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_rule_that_cannot_be_meant_is_refused_by_name(text, message):
    with pytest.raises(RulesError) as refused:
        load_rules(text)
    assert str(refused.value).startswith(message)


DAY = "[[calendar_day]]\ndate = 2026-01-02\nkind = 'off'\nname_vi = 'Nghỉ'\nname_en = 'Off'\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (DAY + DAY, "calendar day 2026-01-02: listed twice"),
        (DAY.replace("off", "half"), "calendar day 2026-01-02: kind 'half' is unknown"),
        (DAY.replace("Nghỉ", ""), "calendar day 2026-01-02: a name is missing"),
        (DAY.replace("2026-01-02", "'soon'"), "calendar day soon: date is not a date"),
        (DAY + "reason = 'x'\n", "calendar day 2026-01-02: unknown key 'reason'"),
        (DAY + "confidence = 'sure'\n", "calendar day 2026-01-02: confidence 'sure' is unknown"),
    ],
)
def test_a_calendar_day_that_cannot_be_meant_is_refused_by_date(text, message):
    with pytest.raises(RulesError) as refused:
        load_rules(text)
    assert str(refused.value).startswith(message)


def test_a_new_law_takes_over_on_its_first_day():
    rules = load_rules(written(
        {"effective_to": "2026-06-30"}, {"id": '"b"', "days": "3", "effective_from": "2026-07-01"},
    ))  # fmt: skip
    assert rules.find("feedback", "answer", "", D("2026-06-30")).id == "a"
    assert rules.find("feedback", "answer", "", D("2026-07-01")).id == "b"


def test_a_file_with_an_error_stops_the_program_at_its_start_with_the_rule_and_the_reason(tmp_path, monkeypatch):
    from app import create_app
    from app.rules import deadlines
    from tests.conftest import settings

    wrong = load_text_wrong(tmp_path)
    monkeypatch.setattr(deadlines, "load_rules", lambda _path: load_rules(wrong))
    with pytest.raises(RulesError, match=r"^rule complaint1\.settle: unit 'weeks' is unknown$"):
        create_app(settings(tmp_path))


def load_text_wrong(folder):
    """The shipped file with one word wrong."""
    from app.rules.deadlines import RULES_FILE

    head, found, tail = RULES_FILE.read_text("utf-8").partition('id = "complaint1.settle"\n')
    path = folder / "wrong.toml"
    path.write_text(head + found + tail.replace('unit = "calendar_days"', 'unit = "weeks"', 1), "utf-8")
    return path


@pytest.mark.parametrize("days", ["[5, 1]", "[1, 1]", "[0]", "[true]", "3", '["1"]'])
def test_levels_above_that_hear_of_a_late_case_in_no_order_are_refused(days):
    with pytest.raises(RulesError, match="escalate_after_days"):
        load_rules(f"[meta]\nescalate_after_days = {days}\n")
