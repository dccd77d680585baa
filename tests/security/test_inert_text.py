"""Whatever is typed comes out as letters: on every page that shows it, and in no other way."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import pytest
from PIL import Image

from app.cases import actions
from app.cases.folding import nfc
from app.cases.models import Case
from app.documents import paper_forms
from app.extensions import db, writing
from app.rules.workflow import Kind
from tests import factories
from tests.factories import actor, resident_of
from tests.matrix.stories import LATE
from tests.matrix.world import World, cookie_of

from .corpus import CORPUS, NAMES
from .reading import Page, read, said

HARMLESS = ("Đường sạt lở", "Đường sạt lở nặng", "Đường sạt lở lần hai")
Bones = set[tuple[str, tuple[str, ...]]]


@dataclass
class Spoiled:
    """The world with one complaint for each string, and its pages with harmless words as measure."""

    world: World
    references: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    usual: dict[str, Bones] = field(default_factory=dict)
    """kind of page -> every tag with its attributes that our own templates write there"""

    def page(self, kind: str, who: str, url: str, method: str = "GET", **more: Any) -> Page:
        """One page, inert: no tag of ours that the harmless page has not, nothing inline, nothing foreign."""
        answer = self.world.ask(who, method, url, **more)
        assert answer.status_code in (200, 404, 422), f"{url}: {answer.status_code}"
        page = read(answer.text)
        assert page.faults == [], f"{url}: {page.faults}"
        new = set(page.bones) - self.usual.get(kind, set(page.bones)) - {ALIKE}
        assert not new, f"{kind} {url}: tags that no template of ours wrote: {new}"
        return page


ALIKE = ("a", ("href", "rel", "target"))
"""A case alike, which opens beside: some words find one, the harmless ones none."""


def complaint(words: str, people: dict[str, Any]) -> tuple[Case, str]:
    """A complaint that says the words in every field it has, and the public id of a paper that does."""
    case = factories.make_case(
        Kind.COMPLAINT, LATE, title=words, body=words, place=words, name=words, address=words, against=words,
        request=words, category_code="land.dispute", phone=words[:32],
    )  # fmt: skip
    actions.register(case, LATE.date(), actor(people["clerk"]), LATE)
    factories.accept(case, people["head"], LATE)
    factories.assign(case, people["officer"], people["head"], LATE)
    actions.ask(case, words, actor(people["officer"]), LATE)
    actions.reply(case, words, resident_of(case), LATE)
    actions.note(case, words, actor(people["officer"]), LATE)
    texts = {field.id: words for field in paper_forms.form("complaint_decision_first").fields}
    paper = actions.write(case, "complaint_decision_first", texts, {"verdict": "right"}, actor(people["officer"]), LATE)
    return case, paper.public_id


@pytest.fixture(scope="module")
def spoiled(world: World) -> Spoiled:
    """Everything typed, through the real actions."""
    from app.accounts.models import Official

    found = Spoiled(world)
    with world.app.app_context(), writing():
        people = {role: db.session.get_one(Official, world.officials[f"{role}@unit"])
                  for role in ("clerk", "officer", "head")}  # fmt: skip
        for words in (*HARMLESS, *CORPUS):
            case, found.papers[words] = complaint(words, people)
            found.references[words] = case.reference
            found.cookies[words] = cookie_of(world, case)
        db.session.commit()
    world.cookies |= found.cookies
    for words in HARMLESS:
        for kind, who, url in pages_of(found, words):
            found.usual.setdefault(kind, set()).update(read(world.ask(who, "GET", url).text).bones)
    return found


ALWAYS = ("follow", "case", "case without the name")
SEVENTH = CORPUS[::7]
"""Pages that say the same words through the same templates are read with every seventh string."""


def pages_of(spoiled: Spoiled, words: str) -> list[tuple[str, str, str]]:
    """(kind of page, who looks, address): where the words of one case stand."""
    case = f"/desk/cases/{spoiled.references[words]}"
    pages = [
        ("follow", words, "/follow/case"), ("case", "officer@unit", case), ("case of a head", "head@unit", case),
        ("case without the name", "supervisor@parent", case), ("correct", "officer@unit", f"{case}/correct"),
        ("paper", "officer@unit", f"{case}/papers/{spoiled.papers[words]}"),
        ("renew", "clerk@unit", f"{case}/renew-code"), ("withdraw", words, "/follow/case/withdraw"),
    ]  # fmt: skip
    return [page for page in pages if page[0] in ALWAYS or words in (*SEVENTH, *HARMLESS)]


def shown(words: str) -> str:
    """How words read once a page has set them."""
    return " ".join(nfc(words).split())


@pytest.mark.parametrize("words", CORPUS)
def test_what_was_typed_is_letters_on_every_page_of_its_case(spoiled: Spoiled, words: str) -> None:
    for kind, who, url in pages_of(spoiled, words):
        page = spoiled.page(kind, who, url)
        if kind not in ("renew", "withdraw", "correct"):
            assert shown(words) in said(page), f"{kind} does not say it as it was typed"


FOREIGN = {"marquee", "plaintext", "math", "xmp", "template", "video", "source", "noscript", "object", "embed"}
"""Tags that no template of ours writes."""


def test_lists_of_cases_hold_letters_only(spoiled: Spoiled) -> None:
    lists = ("/desk/?view=mine", "/desk/?view=unit", "/desk/search?kind=complaint", "/desk/search?q=lo",
             "/statistics/01447/cases?figure=received", "/statistics/01447")  # fmt: skip
    for url in lists:
        for number in (1, 2, 3, 4):
            page = spoiled.page(url, "head@unit", f"{url}{'&' if '?' in url else '?'}page={number}")
            assert not {tag for tag, _names in page.bones} & FOREIGN
    spoiled.page("journal", "inspector@parent", "/journal")


ECHOES = {
    "/desk/search": ("officer@unit", "GET", "q"), "/desk/?view=unit": ("officer@unit", "GET", "q"),
    "/admin/officials": ("administrator@parent", "GET", "q"), "/sign-in": ("anonymous", "POST", "account"),
    "/follow": ("anonymous", "POST", "code"), "/follow/lost": ("anonymous", "POST", "email"),
    "/journal": ("inspector@parent", "GET", "reference"), "/desk/intake": ("clerk@unit", "POST", "title"),
    "/follow/case/reopen": ("resident", "POST", "reason-x"), "/account": ("officer@unit", "POST", "again"),
    "/admin/units/new": ("administrator@parent", "POST", "name_vi"),
    "/admin/officials/new": ("administrator@parent", "POST", "name"),
    "/statistics/01447": ("head@unit", "GET", "from"), "/statistics/01447?x": ("head@unit", "GET", "level"),
}  # fmt: skip


@pytest.mark.parametrize("url", ECHOES)
def test_what_a_page_says_back_is_letters(spoiled: Spoiled, url: str) -> None:
    who, method, name = ECHOES[url]
    where = {"query_string": {}} if method == "GET" else {"data": {}}
    key = next(iter(where))
    path, _, query = url.partition("?")
    base = dict(part.split("=") for part in query.split("&") if "=" in part)
    for words in ("Đường sạt lở", "x", "sat lo duong", "dài " * 60):
        answer = spoiled.world.ask(who, method, path, **{key: {**base, name: words}})
        spoiled.usual.setdefault(url, set()).update(read(answer.text).bones)
    for words in CORPUS if method == "GET" and "statistics" not in url else SEVENTH:
        answer = spoiled.world.ask(who, method, path, **{key: {**base, name: words}})
        assert answer.status_code in (200, 422, 429), f"{words}: {answer.status_code}"
        if answer.status_code != 429:
            page = read(answer.text)
            assert page.faults == [], f"{words}: {page.faults}"
            new = {bone for bone in set(page.bones) - spoiled.usual[url] if not _is_of_a_list(bone)}
            assert not new, f"{words}: {new}"


def _is_of_a_list(bone: tuple[str, tuple[str, ...]]) -> bool:
    """Rows, links and empty states of ours, which come and go with what is found; never a handler or a script."""
    tag, names = bone
    ours = {"class", "href", "aria-label", "aria-current", "datetime", "title", "id", "role", "scope", "aria-hidden",
            "data-key", "hidden", "rel"}  # fmt: skip
    plain = {"a", "td", "tr", "th", "tbody", "table", "thead", "span", "p", "ul", "li", "time", "div", "h2", "h3",
             "nav", "b", "strong", "small", "caption", "dl", "dt", "dd", "svg", "use", "ol", "section"}  # fmt: skip
    return tag in plain and set(names) <= ours | {"viewbox", "focusable", "width", "height"}


def test_every_page_of_the_guided_form_gives_back_letters(spoiled: Spoiled) -> None:
    from app.petitions.carry import FIELDS
    from app.petitions.sheet import PAGES

    browser = spoiled.world.app.test_client()
    token = _token(browser.get("/submit/complaint").text)
    steps = PAGES[Kind.COMPLAINT]

    def page(step: str, words: str) -> Page:
        data = {**dict.fromkeys(FIELDS, words), "step": step, "go": f"to:{step}", "token": token}
        return read(browser.post("/submit/complaint", data=data).text)

    for step in steps:
        usual = {bone for words in ("x", "Đường sạt lở") for bone in page(step, words).bones}
        for words in CORPUS:
            found = page(step, words)
            assert found.faults == []
            assert set(found.bones) <= usual, f"{step}: {words}: {set(found.bones) - usual}"


def _token(page: str) -> str:
    import re

    found = re.search(r'name="token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def test_names_of_files_are_letters_and_lead_nowhere(spoiled: Spoiled) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (20, 20), (120, 80, 40)).save(photo, "JPEG")
    sent = [(io.BytesIO(photo.getvalue()), name) for name in NAMES]
    answer = spoiled.world.ask("resident", "POST", "/follow/case/reply", data={"text": "Ảnh chụp.", "files": sent},
                               content_type="multipart/form-data")  # fmt: skip
    assert answer.status_code in (303, 422)
    for who, url in (("resident", "/follow/case"), ("officer@unit", f"/desk/cases/{_the_case(spoiled)}")):
        page = read(spoiled.world.ask(who, "GET", url).text)
        assert page.faults == []
        for address in page.addresses:
            if "/files/" in address:
                _is_harmless(spoiled.world.ask(who, "GET", address).headers)


def _the_case(spoiled: Spoiled) -> str:
    from tests.matrix.stories import THE_CASE

    return spoiled.world.cases[THE_CASE][1]


def _is_harmless(headers: Any) -> None:
    told = headers["Content-Disposition"]
    assert told.startswith("attachment;")
    assert (
        "a=b" not in headers.get("Set-Cookie", "")
        and "\n" not in told
        and "/" not in told.replace("filename*=UTF-8''", "")
    )
    assert headers["Content-Type"] == "image/jpeg"
