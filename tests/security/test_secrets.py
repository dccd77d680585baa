"""The receipt code: not to be guessed, told once, kept nowhere."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import timedelta

from app import clock
from app.cases.receipts import ALPHABET, code_of, hashed, new_token, random_code, spelled
from tests.documents.reading import text_of
from tests.matrix.world import World
from tests.petitions.walk import Walk

SECRET = "a-key-for-tests-only-not-used-anywhere"
THOUSAND = 1000


def test_a_thousand_codes_have_nothing_in_common() -> None:
    for codes in ([code_of(new_token(), SECRET) for _n in range(THOUSAND)], [random_code() for _n in range(THOUSAND)]):
        assert len(set(codes)) == THOUSAND
        assert all(len(code) == 16 and set(code) <= set(ALPHABET) for code in codes), "80 bits, 5 a letter"
        assert len({code[:6] for code in codes}) >= THOUSAND - 2, "beginnings do not repeat"
        assert len({code[-6:] for code in codes}) >= THOUSAND - 2, "nor do ends"
        assert codes != sorted(codes) and codes != sorted(codes, reverse=True), "nor do they count"
        for place in range(16):
            found = Counter(code[place] for code in codes)
            assert len(found) == 32 and max(found.values()) < 75, "every letter at every place, none often"


def test_one_letter_more_in_the_token_is_another_code() -> None:
    token = new_token()
    near = token[:-1] + ("0" if token[-1] != "0" else "1")
    same = sum(a == b for a, b in zip(code_of(token, SECRET), code_of(near, SECRET), strict=True))
    assert same < 8
    assert code_of(token, SECRET) != code_of(token, SECRET + "x")


def _sent(world: World) -> tuple[Walk, str]:
    walk = Walk(world.app.test_client()).to("review")
    assert walk.send().status_code == 303
    page = walk.client.get("/receipt")
    found = re.findall(r"<span>([0-9A-HJKMNP-TV-Z]{4})</span>", page.text)
    assert len(found) == 4 and page.headers["Cache-Control"] == "no-store"
    return walk, "-".join(found)


def test_the_code_is_on_the_receipt_and_in_no_later_page_file_header_or_row(world: World) -> None:
    walk, code = _sent(world)
    assert code.replace("-", "") in re.sub(r"[\s-]", "", text_of(walk.client.get("/receipt.pdf").data))
    reference = _reference(world)
    assert walk.client.post("/follow", data={"code": code}).status_code == 303
    seen = [walk.client.get(url) for url in ("/follow/case", "/", "/follow/case/withdraw")]
    seen += [world.ask(who, "GET", url) for who, url in (
        ("head@unit", f"/desk/cases/{reference}"), ("head@unit", "/desk/?view=unit"), ("inspector@parent", "/journal"),
        ("head@unit", f"/desk/search?q={reference}"), ("head@unit", f"/desk/cases/{reference}/renew-code"),
    )]  # fmt: skip
    for answer in seen:
        assert answer.status_code in (200, 303)
        for spelling in (code, code.replace("-", "")):
            assert spelling not in answer.text + str(answer.headers)
        assert f"<span>{code[:4]}</span>" not in answer.text
    _is_not_on_disk(world, code)
    world.restore()


def _reference(world: World) -> str:
    number = world.count("select max(id) from petition_case")
    return f"PA-2026-{world.count(f'select substr(reference, 9) + 0 from petition_case where id = {number}'):06d}"


def _is_not_on_disk(world: World, code: str) -> None:
    """Neither spelling stands in any byte of the data folder, the journal of the database included; its hash does."""
    plain = code.replace("-", "")
    everything = b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())
    assert hashed(plain).encode() in everything
    for spelling in (plain, code, plain.lower(), spelled(plain)):
        assert spelling.encode() not in everything
        assert spelling.encode("utf-16-le") not in everything


def test_the_reference_alone_opens_nothing(world: World) -> None:
    walk, _code = _sent(world)
    reference = _reference(world)
    stranger = world.app.test_client()
    for url in (f"/follow/{reference}", f"/follow/case?reference={reference}", f"/receipt?reference={reference}",
                f"/link/{reference}", "/receipt.pdf", "/receipt.svg"):  # fmt: skip
        answer = stranger.get(url)
        assert answer.status_code in (302, 303, 404, 410)
        assert reference not in answer.text.replace(f"/{reference}", "").replace(f"={reference}", "")
    assert stranger.post("/follow", data={"code": reference}).status_code == 422
    assert walk.client.get("/receipt").status_code == 200
    world.restore()


def test_a_second_code_in_the_same_browser_leaves_the_first_case(world: World) -> None:
    first, code = _sent(world)
    other, other_code = _sent(world)
    browser = world.app.test_client()
    browser.post("/follow", data={"code": code})
    one = browser.get("/follow/case").text
    browser.post("/follow", data={"code": other_code})
    two = browser.get("/follow/case").text
    names = [set(re.findall(r"PA-2026-\d{6}", page)) for page in (one, two)]
    assert names[0] and names[1] and not names[0] & names[1]
    assert first is not other
    world.restore()


def test_a_case_kept_open_all_day_asks_for_the_code_again(world: World) -> None:
    _walk, code = _sent(world)
    browser, now = world.app.test_client(), clock.now()
    browser.post("/follow", data={"code": code})
    answers = []
    for minutes in range(0, 13 * 60, 15):
        with clock.fixed(now + timedelta(minutes=minutes)):
            answers.append(browser.get("/follow/case").status_code)
    assert answers == [200] * 49 + [302] * 3, "twelve hours, however often somebody looks"
    world.restore()


def test_uploads_of_one_form_are_unknown_to_every_other(world: World) -> None:
    from PIL import Image

    photo = io.BytesIO()
    Image.new("RGB", (20, 20), (120, 80, 40)).save(photo, "JPEG")
    walk = Walk(world.app.test_client()).to("files")
    walk.press("upload", files=(io.BytesIO(photo.getvalue()), "nha-toi.jpg"))
    held = re.search(r'name="remove"[^>]*value="([0-9a-f]{32})"', walk.page.text)
    assert held and "nha-toi.jpg" in walk.page.text
    for who in ("resident", "head@unit", "inspector@parent", "administrator@parent"):
        for door in ("/follow/files/", "/desk/files/"):
            assert world.ask(who, "GET", door + held[1]).status_code in (302, 403, 404)
    other = Walk(world.app.test_client()).to("files")
    other.remove(held[1])
    assert "nha-toi.jpg" in walk.press("upload").text, "still held: another form cannot drop it"
    world.restore()
