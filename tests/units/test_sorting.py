"""Names in lists stand in Vietnamese alphabetical order, on every database."""

import random
import sqlite3
import unicodedata

import pytest

from app.units.sorting import sort_key_vi

IN_ORDER = [
    ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q", "r",
     "s", "t", "u", "ư", "v", "x", "y"],
    ["ma", "mà", "mả", "mã", "má", "mạ"],
    ["an", "ăn", "ân", "ba", "da", "đa"],
    ["Ca Thành", "Canh Tân", "Cần Yên", "Cô Ba", "Cốc Pàng"],
    ["Đàm Thủy", "Đình Phong", "Đoài Dương", "Độc Lập", "Đông Khê", "Đức Long", "Hạ Lang", "Hà Quảng"],
    ["Nam Quang", "Nam Tuấn", "Nguyên Bình", "Nguyễn Huệ"],
    ["Quang Hán", "Quang Long", "Quang Trung", "Quảng Uyên"],
    ["Tổ 2", "Tổ dân phố", "Tổ Đình", "Tờ", "Ω"],
]  # fmt: skip


@pytest.mark.parametrize("names", IN_ORDER, ids=lambda names: names[0])
def test_names_come_in_the_order_of_the_vietnamese_alphabet(names: list[str]) -> None:
    mixed = random.Random(4).sample(names, len(names))
    assert sorted(mixed, key=sort_key_vi) == names


def test_a_shorter_name_stands_before_the_longer_one_it_begins() -> None:
    assert sorted(["An Bình", "Ân", "Ạn", "An"], key=sort_key_vi) == ["An", "Ạn", "An Bình", "Ân"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa An", "Hoà An"),
        ("XÃ ĐỨC LONG", "xã Đức Long"),
        ("Xã Đức Long", unicodedata.normalize("NFD", "Xã Đức Long")),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa  Vũng Tàu"),
    ],
)
def test_spelling_habits_do_not_change_the_place(one: str, other: str) -> None:
    assert sort_key_vi(one) == sort_key_vi(other)


def test_the_key_is_plain_so_that_every_database_agrees() -> None:
    key = sort_key_vi("Ủy ban nhân dân phường Thục Phán, № 12 – Ω")
    assert key.isascii() and key.isalnum() and key == key.lower()


def test_sqlite_orders_by_the_key() -> None:
    names = [name for group in IN_ORDER for name in group]
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t (name TEXT, sort_key TEXT)")
    db.executemany("INSERT INTO t VALUES (?, ?)", [(n, sort_key_vi(n)) for n in names])
    stored = [row[0] for row in db.execute("SELECT name FROM t ORDER BY sort_key, name")]
    assert stored == sorted(names, key=lambda n: (sort_key_vi(n), n))
