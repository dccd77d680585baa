"""Random passwords for the demo: four words and a number, shown once and kept in a file that only its owner reads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from .people import ABOVE, WALK

FILE = "demo-passwords.txt"
ACCOUNTS = (*WALK.values(), *ABOVE.values())
OTHERS = "moi-tai-khoan-khac"
"""The line of the file that holds the password of all other officials."""
SYLLABLES = (
    *("nui", "song", "suoi", "rung", "ruong", "nuong", "lua", "ngo", "khoai", "san", "che", "hoi", "hat", "de", "que"),
    *("mia", "dao", "man", "le", "hong", "cam", "quyt", "trau", "bo", "ngua", "lon", "ga", "vit", "chim", "ca", "ong"),
    *("tre", "truc", "nua", "may", "nang", "mua", "gio", "suong", "mat", "trang", "sao", "bep", "cau", "duong", "deo"),
    *("thac", "ho", "dong", "da", "dat", "nuoc", "cho", "phien", "nha", "gac", "mai", "ngoi", "ao", "cham", "khan"),
    *("non", "gui", "dan", "tinh", "then", "luon", "xoe", "khen", "sang", "chieu", "xuan", "ha", "thu", "dong", "xanh"),
)


def make() -> dict[str, str]:
    """A fresh password for each account of the walk, and one for everybody else."""
    return {account: phrase() for account in (*ACCOUNTS, OTHERS)}


def phrase() -> str:
    """Four words and four digits, about 38 bits and easy to type; at least seventeen characters."""
    while True:
        made = "-".join([*(secrets.choice(SYLLABLES) for _n in range(4)), f"{secrets.randbelow(9000) + 1000}"])
        if len(made) >= 17:
            return made


def keep(folder: Path, passwords: dict[str, str]) -> Path:
    """Write them to the data folder, readable by its owner only (0600), over those of an earlier demo."""
    path = folder / FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)
        file.writelines(f"{account:<22} {password}\n" for account, password in passwords.items())
    return path
