"""The desk without a mouse: Tab and Enter everywhere, letters where they help."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .steps import follow, press
from .visitors import Visitors


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the focus is there; whatever has it on the way must be visible with a mark around it."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        assert page.evaluate(HAS_MARK), page.evaluate("document.activeElement.outerHTML")
    raise AssertionError(f"Tab never came to {selector}")


HAS_MARK = """() => {
  const e = document.activeElement;
  if (e === document.body) return true;
  const look = getComputedStyle(e), box = e.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && (look.outlineStyle !== 'none' || look.boxShadow !== 'none');
}"""


def focused(page: Page) -> str:
    """The words of whatever has the focus."""
    return str(page.evaluate("document.activeElement.textContent")).strip()


def test_the_queue_is_walked_with_tab_and_enter(visitors: Visitors) -> None:
    page = visitors.page("mai")
    visitors.read(page, "/desk/?view=unit")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")
    tab_to(page, ".queue a.title")
    title = focused(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/cases/*")
    assert page.locator("h1").inner_text() == title


def test_letters_move_open_search_and_press_what_is_allowed(desk_visitors: Visitors) -> None:
    page = desk_visitors.page("mai")
    desk_visitors.read(page, "/desk/?view=unit")
    titles = page.locator(".queue a.title").all_inner_texts()
    for key, expected in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(page.locator(".queue a.title").nth(expected)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/cases/*")
    assert page.locator("h1").inner_text() == titles[1]
    page.keyboard.press("/")
    expect(page.locator(":focus")).to_have_attribute("name", "q")
    page.keyboard.type("jkn?")
    expect(page.locator(":focus")).to_have_value("jkn?")
    page.goto(f"/desk/cases/{desk_visitors.town.reference('assigned')}")
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#keys-help").wait_for(state="hidden")
    expect(page.locator("#keys-help:focus-within")).to_have_count(0)
    page.keyboard.press("n")
    page.wait_for_url("**/note")
    page.locator("[name=text]").fill("Gọi lại chiều nay.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/{desk_visitors.town.reference('assigned')}")
    assert "Gọi lại chiều nay." in page.locator(".thread").inner_text()


def test_cases_are_chosen_and_passed_on_without_a_mouse(desk_visitors: Visitors) -> None:
    page = desk_visitors.page("khanh")
    desk_visitors.read(page, "/desk/?view=unassigned")
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-pick]:checked")).to_have_count(2)
    expect(page.locator("[data-picked]")).to_contain_text("2")
    page.keyboard.press("x")
    expect(page.locator("[data-pick]:checked")).to_have_count(1)
    page.locator("[data-pick]").first.focus()
    page.keyboard.press("j")
    expect(page.locator(".queue a.title:focus"), "a box is no text: letters work there").to_have_count(1)
    page.keyboard.press("c")
    page.wait_for_url("**/desk/bulk")
    page.keyboard.press("m")
    expect(page.locator(":focus")).to_have_attribute("name", "phrase")


def test_a_phrase_goes_to_where_one_is_writing(desk_visitors: Visitors) -> None:
    page = desk_visitors.page("mai")
    desk_visitors.read(page, f"/desk/cases/{desk_visitors.town.reference('assigned')}/ask")
    text, insert = page.locator("main [name=text]"), page.locator("main [name=insert]")
    page.locator("main [name=phrase]").select_option(label="Ask for a photograph")
    insert.click()
    expect(text).to_have_value("Please send a photograph.")
    text.fill("Dear Sen,  thank you.")
    text.evaluate("field => field.setSelectionRange(10, 10)")
    insert.click()
    expect(text).to_have_value("Dear Sen, Please send a photograph. thank you.")
    assert page.url.endswith("/ask"), "nothing was sent"


def test_the_sheet_of_keys_opens_from_its_link_and_is_a_page_without_javascript(visitors: Visitors) -> None:
    page = visitors.page("mai")
    visitors.read(page, "/desk/")
    link = page.locator("[data-key-help]")
    link.evaluate("link => link.click()") if visitors.manner.has_script else page.goto(str(link.get_attribute("href")))
    sheet = page.locator("#keys-help" if visitors.manner.has_script else "main")
    expect(sheet).to_be_visible()
    expect(sheet.locator("kbd", has_text="X").first).to_be_visible()


def test_letters_can_be_switched_off(desk_visitors: Visitors) -> None:
    page = desk_visitors.page("luc")
    desk_visitors.read(page, "/account")
    page.locator("[name=has_keys], [name=keys_off]").first.click()
    press(page.locator("form", has=page.locator("[name=has_keys], [name=keys_off]")).locator("[type=submit]").first)
    page.goto("/desk/?view=unit")
    page.keyboard.press("j")
    assert not page.evaluate("document.activeElement.matches('.queue a.title')")


def test_a_resident_rates_with_the_keyboard_alone(visitors: Visitors) -> None:
    page = visitors.page()
    follow(page, visitors.town.code("answered" if visitors.manner.has_script else "rated"))
    if not visitors.manner.has_script:
        page.locator("#rate details summary").first.focus()
        page.keyboard.press("Enter")
    tab_to(page, "#rate button[value='4']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/follow/case#rate")
    case = "answered" if visitors.manner.has_script else "rated"
    with visitors.town.app.app_context():
        from app.cases.queries import by_code

        assert by_code(visitors.town.code(case)).rating_level == 4
