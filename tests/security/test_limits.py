"""What is too much is refused, whole, with words, and for everybody alike."""

from __future__ import annotations

import pytest

from tests.matrix.world import World
from tests.petitions.walk import Walk


@pytest.mark.parametrize("url", ["/submit/feedback", "/follow", "/sign-in", "/language"])
def test_a_form_of_a_thousand_parts_or_a_field_of_a_megabyte_is_refused(world: World, url: str) -> None:
    parts = {f"f{n}": "x" for n in range(1001)}
    for body in (parts, {"body": "x" * (1024 * 1024 + 1)}):
        answer = world.ask("anonymous", "POST", url, data=body, content_type="multipart/form-data")
        assert answer.status_code == 413, url


def test_too_much_is_refused_with_a_page(world: World) -> None:
    answer = world.ask("anonymous", "POST", "/follow", data={"code": "x" * (1024 * 1024 + 1)})
    assert answer.status_code == 413
    assert "<h1>" in answer.text and "Traceback" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_sendings_are_counted_by_network_for_all_servers_on_one_database(world: World) -> None:
    from app import create_app
    from tests.conftest import settings

    beside = create_app(settings(world.folder, SUBMISSIONS_PER_HOUR=2))
    world.beside.append(beside)
    world.app.config["SUBMISSIONS_PER_HOUR"] = 2
    sent = []
    for app in (world.app, beside, world.app, beside):
        sent.append(Walk(app.test_client()).to("review").send())
    assert [answer.status_code for answer in sent] == [303, 303, 429, 429]
    assert int(sent[2].headers["Retry-After"]) > 0
    assert "Lũng Đính" in sent[2].text, "everything typed is still there"
    far = Walk(world.app.test_client())
    far.client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    assert far.to("review").send().status_code == 303, "another network is not held up"
    del world.app.config["SUBMISSIONS_PER_HOUR"]
    world.restore()


def test_ten_wrong_codes_a_minute_and_another_network_goes_on(world: World) -> None:
    def knock(place: str) -> int:
        return world.ask(
            "anonymous", "POST", "/follow", data={"code": "0" * 16}, environ_base={"REMOTE_ADDR": place}
        ).status_code

    assert [knock("203.0.113.5") for _n in range(12)] == [422] * 10 + [429] * 2
    assert knock("203.0.113.6") == 422
    assert world.count("select count(*) from attempt where who like '%203.0.113%'") == 0, "no address at rest"
    world.restore()
