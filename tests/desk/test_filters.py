"""Filters kept by name, and which choices the filters of a list offer."""

from __future__ import annotations

from typing import Any

import pytest

from app.desk.models import SavedFilter
from app.extensions import db, writing
from app.rules.workflow import Kind, Status
from tests import factories

from .conftest import TUESDAY, Town


def save(town: Town, who: str = "head", name: str = "Đèn đường", **typed: str) -> Any:
    return town.browser(who).post("/desk/filters", data={"view": "unit", "category": "roads", "name": name, **typed})


def kept() -> list[SavedFilter]:
    db.session.rollback()
    return db.session.query(SavedFilter).order_by(SavedFilter.id).all()


def test_a_narrowed_queue_is_kept_by_name_and_led_back_to(town: Town) -> None:
    assert "Lưu bộ lọc này" not in town.browser("head").get("/desk/search").text
    assert "Lưu bộ lọc này" in town.browser("head").get("/desk/?view=unit&category=roads").text
    answer = save(town, q="đèn")
    assert (answer.status_code, kept()[0].parts) == (303, {"category": "roads", "q": "đèn"})
    page = town.browser("head").get(answer.location).text
    assert 'aria-current="page"' in page and "Đèn đường</a>" in page
    assert "Đèn đường</a>" not in town.browser("officer").get("/desk/").text


def test_only_known_parts_are_kept_never_an_address(town: Town) -> None:
    save(town, kind="x", status="received", url="https://example.com", page="9", next="//example.com")
    assert (kept()[0].view, kept()[0].parts) == ("unit", {"category": "roads", "status": "received"})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Chưa đặt tên."),
        ({"name": "x" * 61}, "Nhiều nhất 60 chữ cái."),
        ({"name": "ĐÈN ĐƯỜNG"}, "Đã có bộ lọc mang tên này."),
        ({"category": ""}, "Lọc danh sách trước"),
        ({"view": "https://example.com"}, "Lọc danh sách trước"),
    ],
)
def test_a_mistake_is_said_on_the_queue_with_everything_kept(town: Town, typed: dict[str, str], sentence: str) -> None:
    save(town)
    answer = save(town, **{"name": "Khác", **typed})
    assert answer.status_code == 422 and sentence in answer.text and len(kept()) == 1
    if typed.get("category") != "":
        assert '<option value="roads" selected>' in answer.text


def test_twenty_are_the_most_for_one_official(town: Town) -> None:
    with writing():
        db.session.add_all(
            SavedFilter(official_id=town.people["head"], name=f"Số {n}", view="unit", parts={"q": "đèn"})
            for n in range(20)
        )
        db.session.commit()
    answer = save(town)
    assert answer.status_code == 422 and "Đã lưu 20 bộ lọc." in answer.text
    assert save(town, "officer").status_code == 303


def test_a_filter_is_forgotten_by_its_owner_only(town: Town) -> None:
    save(town)
    number = kept()[0].id
    assert town.browser("officer").post(f"/desk/filters/{number}/drop").status_code == 404
    assert town.browser("head").post(f"/desk/filters/{number}/drop").status_code == 303
    assert kept() == []


def test_lists_offer_every_status_and_denunciations_only_to_those_who_see_any(town: Town) -> None:
    queue = town.browser("head").get("/desk/?q=x").text
    for status in Status:
        is_open = status in ("received", "assigned", "verifying", "waiting", "suspended", "pending_approval")
        assert (f'<option value="{status}"' in queue) == is_open
    search = town.browser("head").get("/desk/search").text
    assert all(f'<option value="{status}"' in search for status in Status)
    sealed = f'<option value="{Kind.DENUNCIATION}"'
    assert sealed not in search and sealed in town.browser("inspector").get("/desk/search").text


def test_who_is_named_to_handle_a_denunciation_is_offered_the_word(town: Town) -> None:
    from app.cases.models import Handler

    with writing():
        case = factories.make_denunciation("01294")
        db.session.add(Handler(case_id=case.id, official_id=town.people["head"], named_by_id=town.people["inspector"],
                               named_at=TUESDAY))  # fmt: skip
        db.session.commit()
    assert f'<option value="{Kind.DENUNCIATION}"' in town.browser("head").get("/desk/search").text
