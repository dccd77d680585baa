"""A head with a second factor signs with password and code, answers and papers alike. Design decision 13."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from app.accounts.models import Official
from app.extensions import db
from tests.accounts.telephones import code, with_telephone
from tests.factories import PASSWORD

from .conftest import TUESDAY, Town, case_of, do, fresh, proposed
from .test_papers import complaint, kept, new

__all__ = ["complaint"]

HERE = 'autocomplete="one-time-code"'


@pytest.fixture
def head(town: Town) -> Official:
    """The head, whose telephone makes codes."""
    official = db.session.get_one(Official, town.people["head"])
    with_telephone(official)
    return official


def test_without_a_second_factor_no_code_is_asked(town: Town, feedback: str) -> None:
    proposed(town, feedback)
    assert 'inputmode="numeric"' not in town.browser("head").get(f"/desk/cases/{feedback}/approve").text
    assert do(town, "head", feedback, "approve", password=PASSWORD).status_code == 303


def test_an_answer_is_signed_with_password_and_code(town: Town, head: Official, feedback: str) -> None:
    proposed(town, feedback)
    page = town.browser("head").get(f"/desk/cases/{feedback}/approve").text
    assert HERE in page and 'inputmode="numeric"' in page
    for typed in ("", "000000"):
        refused = do(town, "head", feedback, "approve", password=PASSWORD, code=typed)
        assert refused.status_code == 422 and "Mã chưa đúng" in refused.text
    assert case_of(feedback).status == "pending_approval"
    assert do(town, "head", feedback, "approve", password=PASSWORD, code=code(TUESDAY)).status_code == 303
    assert case_of(feedback).status == "answered"


def test_another_browser_needs_another_code(town: Town, head: Official, feedback: str) -> None:
    proposed(town, feedback)
    assert do(town, "head", feedback, "approve", password=PASSWORD, code=code(TUESDAY)).status_code == 303
    second = proposed(town, fresh(town))
    assert do(town, "head", second, "approve", password=PASSWORD, code=code(TUESDAY)).status_code == 422
    with clock.fixed(TUESDAY + timedelta(seconds=30)):
        fitting = code(TUESDAY + timedelta(seconds=30))
        assert do(town, "head", second, "approve", password=PASSWORD, code=fitting).status_code == 303


def test_six_wrong_codes_close_the_signature_for_a_while(town: Town, head: Official, feedback: str) -> None:
    proposed(town, feedback)
    for _try in range(6):
        assert do(town, "head", feedback, "approve", password=PASSWORD, code="000000").status_code == 422
    assert do(town, "head", feedback, "approve", password=PASSWORD, code=code(TUESDAY)).status_code == 429


def test_a_paper_is_signed_with_password_and_code(town: Town, head: Official, complaint: str) -> None:
    page = town.browser("head").get(f"/desk/cases/{complaint}/papers/new/acceptance_notice").text
    assert HERE in page
    bare = new(town, "head", complaint, "acceptance_notice", "sign", password=PASSWORD)
    assert bare.status_code == 422 and "Mã chưa đúng" in bare.text
    signed = new(town, "head", complaint, "acceptance_notice", "sign", password=PASSWORD, code=code(TUESDAY),
                 is_complex="y", before='{"is_complex": true}')  # fmt: skip
    assert signed.status_code == 303
    assert kept(complaint).state == "signed"
