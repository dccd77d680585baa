"""The permission matrix for programs, for people, and as docs/permissions.md."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask_babel import force_locale

from .. import inspection
from ..rules.permissions import SEATS, role_of, tables
from ..words import word

PAGE = Path("docs") / "permissions.md"
ROOMS = {
    "petitions": ("Trang của người dân", "Residents' pages"), "portal": ("Trang chủ", "Front pages"),
    "desk": ("Bàn làm việc", "The desk"),
    "dialogues": ("Tiếp dân, đối thoại, cam kết", "Receptions, dialogues, promises"),
    "reports": ("Thống kê, nhật ký", "Figures and the journal"), "letters": ("Thư báo", "Letters"),
    "accounts": ("Tài khoản, cán bộ", "Accounts and officials"), "house": ("Thôi việc, sáp nhập", "Leaving, merging"),
    "units": ("Đơn vị, cài đặt", "Units and settings"),
}  # fmt: skip
SEAT_WORDS = {
    "unit": ("đơn vị đang giữ", "own unit"), "parent": ("đơn vị cấp trên", "unit above"),
    "sibling": ("đơn vị ngang cấp khác", "unit beside"), "past": ("đơn vị đã chuyển đi", "unit that passed it on"),
}  # fmt: skip
OUTSIDERS = {
    "anonymous": ("người chưa đăng nhập", "anybody"), "resident": ("người gửi đã mở mã", "resident with the code"),
    "stranger": ("người gửi vụ việc khác", "resident of another case"),
    "handler": ("người được chỉ định xử lý", "named handler"), "nobody": ("không ai", "nobody"),
}  # fmt: skip
VERB_TABLES = {
    "ACTS": ("Phản ánh, kiến nghị", "Feedback"), "COMPLAINT_ACTS": ("Khiếu nại", "Complaints"),
    "DIALOGUE_ACTS": ("Đề nghị đối thoại", "Requests for a dialogue"),
    "PAPERS": ("Văn bản của vụ khiếu nại", "Papers of a complaint"),
    "RESIDENT_ACTS": ("Người gửi: phản ánh, kiến nghị", "The resident: feedback"),
    "RESIDENT_COMPLAINT_ACTS": ("Người gửi: khiếu nại", "The resident: complaints"),
    "RESIDENT_DIALOGUE_ACTS": ("Người gửi: đối thoại", "The resident: dialogues"),
}  # fmt: skip
INTRO = """# Who may see and do what / Ai được xem và làm gì

Written by `flask --app wsgi matrix --markdown`; a test compares it with the program. Do not edit it by hand.
*Tệp này do chương trình viết ra và được kiểm thử so với chương trình; không sửa tay.*

Every address of the program is below, with everybody who is let in. The tests knock at each of them as every visitor
and compare the answer with this page; an address that is missing here fails the build.

How to read it / Cách đọc:

- **Seats / Chỗ ngồi.** An official's post is seen from the unit that holds the case, reception day or session:
  its *own unit* (đơn vị đang giữ), the *unit above* (đơn vị cấp trên), a *unit beside* (đơn vị ngang cấp khác),
  a *unit that passed it on* (đơn vị đã chuyển đi: chỉ xem đến lúc chuyển).
  *Everywhere* (mọi nơi): the role alone decides.
- **Who is not named** is refused: officials read 403 (a page that only says it is for another role), or 404, which is
  the same page, letter for letter, as for something that does not exist. Nobody signed in: the sign-in page.
  *Người không có tên trong dòng bị từ chối; vụ việc ngoài phạm vi được xem thì trả lời y như không có.*
- **404 on purpose**: where the tests knock at something that is not there (a code never given, a number that is none)
  the line is marked *(tried on nothing)*; it lists who would be let in.
- A post counts from its first to its last day, both included; the next request after a change obeys it.
- Denunciations (tố cáo) are seen by named handlers, by the inspectorate above, and in the register by its registrar;
  never by anybody who serves in the unit denounced or below it, whatever else they are.
"""


@click.command("matrix")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--markdown", is_flag=True, help="The text of docs/permissions.md.")
@click.option("--write", is_flag=True, help="Write docs/permissions.md.")
def matrix(as_json: bool, markdown: bool, write: bool) -> None:
    """Every route: its guard, who may enter, what each visitor is answered; exit 1 where a route is undecided."""
    rows = inspection.doors(current_app)
    if write:
        PAGE.write_text(page(current_app), "utf-8")
    elif markdown:
        click.echo(page(current_app), nl=False)
    elif as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            click.echo(f"{row['method']:5} {row['rule']:55} {row['guard']:10} {_plain(row['reaches'])}")
    wrong = inspection.undecided(current_app)
    for words in wrong:
        click.echo(words, err=True)
    sys.exit(1 if wrong else 0)


def _plain(reaches: Mapping[str, list[str]]) -> str:
    return " ".join(f"{role}@{'+'.join(seats)}" if seats else role for role, seats in reaches.items())


def page(app: Flask) -> str:
    """docs/permissions.md: the doors room by room, then the verbs by stage."""
    parts = [INTRO, "## Addresses / Các địa chỉ\n"]
    rows = inspection.doors(app)
    for room, (vi, en) in ROOMS.items():
        if mine := [row for row in rows if row["endpoint"].partition(".")[0] == room]:
            parts += [f"### {en} / {vi}\n", _table(app, mine)]
    rest = [row for row in rows if row["endpoint"].partition(".")[0] not in ROOMS]
    parts += ["### Everything else / Còn lại\n", _table(app, rest), "## Verbs by stage / Việc làm theo từng chặng\n"]
    parts += [_letters(), *(_verbs(name, vi, en) for name, (vi, en) in VERB_TABLES.items())]
    return "\n".join(parts)


def _table(app: Flask, rows: Iterable[Mapping[str, Any]]) -> str:
    lines = ["| Address | What it is | Who may / Ai được vào |", "|---|---|---|"]
    for row in rows:
        address = f"{row['method']} `{row['rule']}`" + (f" ({row['which'].replace('_', ' ')})" if row["which"] else "")
        said = (app.view_functions[row["endpoint"]].__doc__ or "").strip().partition("\n\n")[0].replace("\n", " ")
        what = " ".join(said.split()) if row["endpoint"] != "static" else "Style sheets, scripts, pictures."
        lines.append(f"| {address} | {what.replace('|', '/')} | {_who(row)} |")
    return "\n".join(lines) + "\n"


def _who(row: Mapping[str, Any]) -> str:
    """Everybody let in, in both languages, the seats where they matter."""
    expected, may, nothing = row["expected"], row["reaches"], row["tried_on_nothing"]
    officials = {role: seats for role, seats in may.items() if role not in OUTSIDERS}
    everybody = set(may) >= {role_of(who) for who in expected} and all(len(s) == len(SEATS) for s in officials.values())
    if everybody:
        words = ["everybody / mọi người"]
    else:
        words = [" / ".join(reversed(OUTSIDERS[role])) for role in may if role in OUTSIDERS]
        words += [f"{_role(role)}: {_seats(seats)}" for role, seats in officials.items()]
    return "; ".join(words) + (" *(tried on nothing)*" if nothing else "")


def _role(role: str) -> str:
    with force_locale("vi"):
        return f"{role} / {word(role, 'role')}"


def _seats(seats: list[str]) -> str:
    if len(seats) == len(SEATS):
        return "everywhere"
    return ", ".join(SEAT_WORDS[seat][1] for seat in seats)


def _letters() -> str:
    return (
        "c clerk (cán bộ tiếp nhận), o the officer who holds it (cán bộ đang giữ việc), x another officer of the unit\n"
        "(cán bộ khác của đơn vị), h head (lãnh đạo đơn vị); all of the unit that holds the case. A dot: nobody.\n"
        "Nobody else does anything to a case, wherever they sit.\n"
    )


def _verbs(name: str, vi: str, en: str) -> str:
    table = tables()[name]
    head, rows = table.grid
    lines = [f"### {en} / {vi}\n", "| Verb | " + " | ".join(head) + " |", "|---" * (len(head) + 1) + "|"]
    with force_locale("vi"):
        lines += [f"| {verb} / {word(verb, 'verb')} | " + " | ".join(cells) + " |" for verb, *cells in rows]
    return "\n".join([*lines, "", table.remark, ""])


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(matrix)
