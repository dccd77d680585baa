"""How a page is looked at: axe at both widths, nothing wider than a small phone, targets that a thumb can hit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from flask import Flask, template_rendered
from playwright.sync_api import Page

from .town import Town

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, PHONE, SMALLEST = 1280, 360, 320
HEIGHTS = {WIDE: 900, PHONE: 740, SMALLEST: 640}
THUMB = 43.5
"""Least height of a target for a thumb: 44 px, with half a pixel for rounding."""
PATIENCE = 300
"""Tenths of a second that a page may take to be rendered on a slow machine."""
Reach = str | Callable[[Page, Town], Any]


@dataclass(frozen=True)
class Look:
    """One page as somebody comes to it."""

    name: str
    template: str
    reach: Reach
    account: str = ""
    by_hand: bool = False
    """Rendered by the test and put at an address, because no visit brings it about harmlessly."""

    def __str__(self) -> str:
        return self.name


@contextmanager
def templates_of(app: Flask) -> Iterator[set[str]]:
    """The templates that the server renders meanwhile."""
    names: set[str] = set()

    def remember(_sender: Flask, template: Any, **_more: Any) -> None:
        names.add(template.name)

    with template_rendered.connected_to(remember, app):
        yield names


def come_to(page: Page, look: Look, town: Town) -> None:
    """Open the page, and make sure it is the one that was meant."""
    with templates_of(town.app) as rendered:
        if callable(look.reach):
            look.reach(page, town)
        else:
            page.goto(look.reach)
        for _moment in range(PATIENCE):
            if look.by_hand or look.template in rendered:
                break
            page.wait_for_timeout(100)
    assert look.by_hand or look.template in rendered, f"{look.template} is not among {sorted(rendered)}"
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready")


def examine(page: Page, look: Look, is_for_residents: bool) -> list[str]:
    """Everything wrong with the page as it stands, at each width."""
    wrong: list[str] = []
    picture(page, look.name)
    page.evaluate(OPEN_ALL)
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        wrong += [f"{width}: {found}" for found in violations(page)]
        if width == PHONE and is_for_residents:
            wrong += [f"{width}: too low for a thumb: {found}" for found in page.evaluate(SMALL_TARGETS, THUMB)]
    page.set_viewport_size({"width": SMALLEST, "height": HEIGHTS[SMALLEST]})
    wrong += [f"{SMALLEST}: wider than the screen: {found}" for found in page.evaluate(TOO_WIDE)]
    return wrong


def violations(page: Page) -> Iterator[str]:
    """What axe finds, with the first element of each."""
    result = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    for rule in result.response["violations"]:
        node = rule["nodes"][0]
        yield f"{rule['id']} ({len(rule['nodes'])}): {node['html'][:200]} {node['failureSummary'][:200]}"


def picture(page: Page, name: str) -> None:
    """Keep pictures of the whole page at both widths in $SCREENSHOTS, if that is set."""
    folder = os.environ.get("SCREENSHOTS")
    for width in (PHONE, WIDE) if folder else ():
        Path(str(folder)).mkdir(parents=True, exist_ok=True)
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.screenshot(path=Path(str(folder)) / f"{name}-{width}.png", full_page=True)


OPEN_ALL = "document.querySelectorAll('main details').forEach(details => { details.open = true; })"
SMALL_TARGETS = """least => [...document.querySelectorAll('a, button, input, select, textarea, summary, label.pick')]
  .filter(e => !(e.tagName === 'INPUT' && e.closest('label.pick')) && !e.closest('.skip') && e.checkVisibility())
  .filter(e => {
    const box = e.getBoundingClientRect(), after = getComputedStyle(e, '::after');
    if (!box.width || box.height >= least) return false;
    if (after.position === 'absolute' && after.content !== 'none') return false;  // a whole card is the target
    const around = e.parentElement.textContent.trim().length - e.textContent.trim().length;
    return getComputedStyle(e).display !== 'inline' || around <= 3;               // a link in running text
  })
  .map(e => `${e.textContent.trim().slice(0, 40) || e.name} (${Math.round(e.getBoundingClientRect().height)} px)`)"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll'))
    .map(e => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`).slice(0, 4)"""
