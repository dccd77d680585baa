"""What lies sealed in the database: opened with the right key for the right row, and otherwise not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.sealing import Unreadable, seal, unseal


@pytest.fixture
def config(tmp_path: Path) -> dict[str, object]:
    return {"KEYS_DIR": tmp_path / "keys"}


def test_what_is_sealed_opens_again_and_never_looks_the_same(config: dict[str, object]) -> None:
    one, two = (seal(config, "Nông Thị Sen".encode(), b"case:1") for _n in range(2))
    assert one != two and one.startswith("v1:") and "Sen" not in one
    assert unseal(config, one, b"case:1").decode() == "Nông Thị Sen"


def test_a_seal_opens_only_for_what_it_was_made_for(config: dict[str, object]) -> None:
    sealed = seal(config, b"secret", b"official:1")
    with pytest.raises(Unreadable):
        unseal(config, sealed, b"official:2")


@pytest.mark.parametrize("change", [lambda s: s[:-6] + "AAAAA=", lambda s: "v9" + s[2:], lambda s: "v1:", lambda s: ""])
def test_a_changed_seal_opens_nothing(config: dict[str, object], change: object) -> None:
    with pytest.raises(Unreadable):
        unseal(config, change(seal(config, b"secret", b"official:1")), b"official:1")  # type: ignore[operator]


def test_another_installation_s_key_opens_nothing(config: dict[str, object], tmp_path: Path) -> None:
    sealed = seal(config, b"secret", b"official:1")
    with pytest.raises(Unreadable):
        unseal({"KEYS_DIR": tmp_path / "others"}, sealed, b"official:1")
