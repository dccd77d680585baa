"""The forms file: every paper the law owes is there, its texts begin well, and a file with an error is refused."""

from __future__ import annotations

import re

import pytest

from app.documents.load import FORMS_FILE, load_forms
from app.documents.paper_forms import FORMS, Form, FormsError, defaults, form, forms_for, missing
from app.refusals import Missing
from app.rules.workflow import BY_PAPER, STEPS, Action, Kind, Role

from .samples import OFFICIAL_PAPERS, case_facts

TEXT = FORMS_FILE.read_text("utf-8")
OWED = [
    "petition_receipt", "handling_proposal", "guidance_slip", "transfer_slip", "transfer_notice",
    "return_letter", "acceptance_notice", "acceptance_refusal", "denunciation_acceptance", "denounced_notice",
    "verification_decision", "verification_plan", "verification_record", "verification_report",
    "dialogue_invitation", "dialogue_minutes", "complex_notice", "extension_decision", "suspension_decision",
    "resumption_decision", "termination_decision", "complaint_decision_first", "complaint_decision_second",
    "denunciation_conclusion", "published_conclusion",
]  # fmt: skip
FOR_THE_OFFICE = {"handling_proposal", "verification_plan", "verification_record", "verification_report"}


def test_every_paper_owed_has_its_form_and_no_other() -> None:
    assert sorted(FORMS) == sorted(OWED)
    assert form("guidance_slip") is FORMS["guidance_slip"]
    with pytest.raises(Missing):
        form("answer")


def test_every_verb_that_needs_a_paper_finds_one_for_each_kind_and_instance() -> None:
    for step in STEPS:
        for kind in step.kinds if step.action in BY_PAPER else ():
            for instance in (1, 2) if kind == Kind.COMPLAINT else (1,):
                assert forms_for(step.action, kind, instance), (step.action, kind, instance)


def test_each_instance_is_decided_by_its_own_form() -> None:
    assert [f.id for f in forms_for(Action.DECIDE, Kind.COMPLAINT, 1)] == ["complaint_decision_first"]
    assert [f.id for f in forms_for("decide", "complaint", 2)] == ["complaint_decision_second"]
    assert [f.id for f in forms_for(Action.ACCEPT, Kind.DENUNCIATION, 1)] == ["denunciation_acceptance"]


def test_heads_sign_and_residents_see_all_but_inner_papers_and_denunciations() -> None:
    for paper in FORMS.values():
        assert paper.approvers == (Role.HEAD,)
        inner = paper.id in FOR_THE_OFFICE or paper.kinds == {Kind.DENUNCIATION}
        assert paper.shown_to == ("office" if inner else "resident"), paper.id


@pytest.mark.parametrize(("paper", "kind"), OFFICIAL_PAPERS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_text_begins_with_a_brace_or_nothing_else(paper: Form, kind: Kind, language: str) -> None:
    for facts in (case_facts(kind, language), {"kind": kind, "language": language}, {"kind": kind, "body": "{name}"}):
        texts = defaults(paper, facts, language)
        assert set(texts) == {field.id for field in paper.fields}
        for text in texts.values():
            assert not re.search(r"[{}]", text.replace("{name}", "")), text
            assert "None" not in text and text == text.strip()


def test_a_line_of_which_nothing_is_known_is_left_for_the_official_to_write() -> None:
    decision = FORMS["complaint_decision_first"]
    bare = defaults(decision, {"kind": Kind.COMPLAINT, "reference": "KN-2026-000001"}, "vi")
    assert bare["content"] == "" and bare["respondent"] == "" and bare["dialogue"] == ""
    known = defaults(decision, case_facts(Kind.COMPLAINT), "vi")
    assert known["content"].startswith("Khiếu nại về: Quyết định số 12/QĐ-UBND ngày 20/10/2026.\nTôi bị phạt")
    assert known["dialogue"] == "Đối thoại tổ chức ngày 10/12/2026."


def test_the_resident_who_reads_english_gets_both_languages_vietnamese_first() -> None:
    texts = defaults(FORMS["complaint_decision_first"], case_facts(Kind.COMPLAINT, "en"), "en")
    assert texts["compensation"].split("\n") == ["Không có thiệt hại phải bồi thường.",
                                                 "There is no damage to compensate."]  # fmt: skip
    inner = FORMS["verification_plan"]
    facts = case_facts(Kind.COMPLAINT, "en")
    assert defaults(inner, facts, "en") == defaults(inner, facts, "vi")


def test_what_is_missing_is_named_in_the_forms_order() -> None:
    decision = FORMS["complaint_decision_first"]
    texts = defaults(decision, case_facts(Kind.COMPLAINT), "vi") | {"compensation": "  \n "}
    assert [f.id for f in missing(decision, texts)] == ["verification", "legal_basis", "conclusion", "order",
                                                       "compensation"]  # fmt: skip
    assert missing(decision, dict.fromkeys(texts, "Có")) == []


def changed(old: str, new: str) -> str:
    """The forms file with its first such words replaced."""
    assert old in TEXT
    return TEXT.replace(old, new, 1)


WRONG = {
    "a verb without a paper": ('action = "guide"', 'action = "note"', "guidance_slip", "needs no paper"),
    "an unknown verb": ('action = "guide"', 'action = "fly"', "guidance_slip", "'fly'"),
    "a kind without the step": ('action = "guide"\nkinds = ["feedback", "complaint"]',
                                'action = "guide"\nkinds = ["denunciation"]', "guidance_slip", "knows no step guide"),
    "an unknown key": ('numbering = "PHD"', 'numbering = "PHD"\ncolour = "red"', "guidance_slip", "'colour'"),
    "an unknown fact": ("{body_name}.", "{bank}.", "guidance_slip", "'bank'"),
    "half a brace": ("{body_name}.", "{body_name.", "guidance_slip", "brace"),
    "no abbreviation": ('numbering = "PHD"', 'numbering = "P/HD"', "guidance_slip", "abbreviation"),
    "no layout": ('layout = "letter"', 'layout = "poster"', "return_letter", "'poster'"),
    "an unknown reader": ('shown_to = "resident"', 'shown_to = "press"', "petition_receipt", "'press'"),
    "no English": ('en = "Please turn to the body named above from now on."', 'en = ""', "transfer_notice", "English"),
    "no Vietnamese title": ('title_vi = "Phiếu hướng dẫn"', 'title_vi = ""', "guidance_slip", "title_vi"),
    "a field twice": ('id = "received_at"', 'id = "papers"', "petition_receipt", "papers is there twice"),
    "a field without a label": ('label_vi = "Giấy tờ đã nhận"', 'label_vi = ""', "petition_receipt", "label_vi"),
    "an unknown place": ('place = "line"', 'place = "margin"', "petition_receipt", "'margin'"),
    "a yes that is no truth": ("is_required = false", 'is_required = "no"', "petition_receipt", "is_required"),
    "no rows": ("rows = 6", "rows = 0", "petition_receipt", "rows"),
    "an id twice": ('id = "transfer_notice"', 'id = "transfer_slip"', "transfer_slip", "twice"),
    "a third instance": ("instances = [2]", "instances = [3]", "complaint_decision_second", "instances"),
    "a phrase that is not there": ('recipients = ["as_above", "sealed_file"]', 'recipients = ["nobody"]',
                                   "denounced_notice", "'nobody'"),
    "a denunciation shown": ('dung tố cáo"\nnumbering = "TB"\nlayout = "notice"\nshown_to = "office"',
                             'dung tố cáo"\nnumbering = "TB"\nlayout = "notice"\nshown_to = "resident"',
                             "denounced_notice", "not shown|English"),
    "a denouncer asked for": ("liên quan đến {denounced}, và", "liên quan đến {name}, và", "denounced_notice",
                              "point at the denouncer"),
    "an unknown role": ('numbering = "PHD"', 'numbering = "PHD"\napprovers = ["king"]', "guidance_slip", "'king'"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "named", "reason"), WRONG.values(), ids=WRONG.keys())
def test_a_file_with_an_error_is_refused_with_the_forms_id_and_the_reason(
    old: str, new: str, named: str, reason: str
) -> None:
    with pytest.raises(FormsError) as refused:
        load_forms(changed(old, new))
    assert f"form {named}" in str(refused.value) and re.search(reason, str(refused.value)), str(refused.value)


def test_a_file_that_is_none_or_leaves_a_verb_without_a_paper_is_refused() -> None:
    for text in ("", "form = 3 = 4", "[meta]\nx = 1"):
        with pytest.raises(FormsError, match="file: "):
            load_forms(text)
    with pytest.raises(FormsError, match="no form for decide of a complaint, instance 2"):
        load_forms(changed("instances = [2]", "instances = [1]"))


def test_the_shipped_file_is_as_loaded() -> None:
    assert load_forms(FORMS_FILE) == FORMS
