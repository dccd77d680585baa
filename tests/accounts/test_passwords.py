"""Which passwords officials may choose, and what is kept of them."""

from __future__ import annotations

import time

import pytest
from flask import Flask

from app.accounts import passwords
from app.accounts.models import Official, Post
from app.units.models import Unit

ME = Official(account="sen.nongthi", name="Nông Thị Sen", posts=[
    Post(role="officer", unit=Unit(name_vi="Ủy ban nhân dân xã Trùng Khánh", short_vi="Xã Trùng Khánh", code="01447")),
])  # fmt: skip


def complaints(app: Flask, password: str) -> list[str]:
    with app.test_request_context():
        return passwords.check_new(password, ME)


@pytest.mark.parametrize(
    "password",
    [
        "con mèo nằm trên mái ngói",
        "suối chảy qua 3 cây cầu",
        "abandon ladder copper moss",
        "qhxvmwkzrtbyplnd",
        "   spaces at both ends   ",
        "a" * 20 + "bcdefghij" * 4,
        "núi Phja Oắc cao 1931 mét",
        "漢字かな交じり文で書いた合言葉です",
    ],
)
def test_a_long_sentence_is_taken_whatever_its_signs(app: Flask, password: str) -> None:
    assert complaints(app, password) == []


@pytest.mark.parametrize(
    "password",
    [
        "",
        "mười bốn ký tự",
        "a" * 257,
        "sen.nongthi2026sen.nongthi",
        "trungkhanh2026trungkhanh",
        "Xã Trùng Khánh 01447",
        "NongThiSen-1990-1990",
        "uybannhandanxatrungkhanh",
        "gandan-gandan-gandan",
        "password1234567",
        "matkhau12345678",
        "MatKhau MatKhau!",
        "1234567890123456",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcdefghijklmnop",
        "qwertyuiopasdfgh",
        "iloveyouiloveyou",
        "correct-horse-battery-staple",
    ],
)
def test_short_endless_own_and_common_ones_are_refused_with_a_sentence(app: Flask, password: str) -> None:
    said = complaints(app, password)
    assert len(said) == 1
    assert said[0].endswith(".")


def test_the_list_of_common_passwords_is_long_and_plain() -> None:
    words = passwords.common()
    assert len(words) >= 2000
    assert all(word == word.lower() and " " not in word for word in words)


def test_every_character_counts_up_to_256() -> None:
    for long in ("ê" * 64, "một câu rất dài " * 8, "x" * 255 + "y"):
        kept = passwords.hash_password(long)
        assert passwords.verify(kept, long)
        assert not passwords.verify(kept, long[:-1] + "z")


def test_a_password_typed_on_another_keyboard_is_the_same_password() -> None:
    kept = passwords.hash_password("núi Phja Oắc cao 1931 mét")
    assert passwords.verify(kept, "nu\u0301i Phja Oă\u0301c cao 1931 me\u0301t")


def test_what_is_kept_is_argon2id_strong_enough() -> None:
    kept = passwords.hash_password("con mèo nằm trên mái ngói")
    assert kept.startswith("$argon2id$")
    memory, rounds = (int(part[2:]) for part in kept.split("$")[3].split(",")[:2])
    assert memory >= 19456
    assert rounds >= 2


def cost(who: str | None, password: str = "một mật khẩu sai hẳn") -> float:
    """Seconds of work that a wrong password makes, whatever else the machine does meanwhile."""
    took = []
    for _try in range(5):
        began = time.process_time()
        assert not passwords.verify(who, password)
        took.append(time.process_time() - began)
    return min(took)


def test_ten_thousand_characters_are_refused_at_once() -> None:
    kept = passwords.hash_password("con mèo nằm trên mái ngói")
    assert cost(kept, "x" * 10_000) < cost(kept) / 10


def test_an_unknown_account_never_matches_and_costs_a_hash() -> None:
    passwords.verify(None, "warm up")
    kept = passwords.hash_password("con mèo nằm trên mái ngói")
    assert cost(None) > cost(kept) / 2


def test_one_time_passwords_are_random_and_long_enough(app: Flask) -> None:
    made = {passwords.one_time() for _n in range(50)}
    assert len(made) == 50
    assert all(complaints(app, password) == [] for password in made)
