"""Text that looks as if it said who is writing: a name, a telephone number, an address of mail, an identity number.

A denouncer's name, address and handwriting are a state secret (Decision 774/QD-TTg of 5 June 2020). What somebody types
about a denunciation is looked through before it is sent, and each such place is pointed out; whether it stays is for
the writer to say. The finder prefers to stay silent about dates, money, decision numbers and plots of land.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Trace(StrEnum):
    """What a place in a text gives away."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    NUMBER = "number"
    """A citizen identity number (12 digits), or one of the older cards (9 digits)."""


@dataclass(frozen=True)
class Found:
    """One place: what it gives away, the words themselves, and where they begin."""

    trace: Trace
    words: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)


_UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_LOWER = "a-zà-ãè-êìíò-õùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_PERSON = rf"(?:[{_UPPER}][{_LOWER}]+|[{_UPPER}]{{2,}})(?:[ \t]+(?:[{_UPPER}][{_LOWER}]*|[{_UPPER}]{{2,}})){{0,5}}"
_ANY_NAME = rf"[{_UPPER}{_LOWER}]+(?:[ \t]+[{_UPPER}{_LOWER}]+){{0,4}}"

_INTRODUCED = re.compile(
    rf"\b(?:(?i:tôi|em|cháu|con|mình)[ \t]+(?i:tên[ \t]+(?:là|thật[ \t]+là)|là)[ \t]*:?[ \t]*(?P<a>{_PERSON})"
    rf"|(?i:tên[ \t]+(?:của[ \t]+)?(?:tôi|em|cháu|mình)(?:[ \t]+là)?)[ \t]*:?[ \t]*(?P<b>{_PERSON})"
    rf"|(?i:my[ \t]+name[ \t]+is|i[ \t]+am)[ \t]+(?P<c>{_PERSON}))"
)
"""'Tôi tên là Nông Văn An', 'tên tôi là ...', 'my name is ...': capital letters are asked for, so that 'tôi là dân
trong xóm' stays unmarked."""
_LABELLED = re.compile(
    r"\b(?i:họ[ \t]*(?:và|,|-)?[ \t]*tên|họ[ \t]+tên|người[ \t]+(?:tố[ \t]+cáo|làm[ \t]+đơn|viết[ \t]+đơn|gửi)"
    r"|tên[ \t]+người[ \t]+(?:gửi|tố[ \t]+cáo))"
    rf"(?i:[ \t]+là)?[ \t]*[:\-–][ \t]*(?P<a>{_ANY_NAME})"
    rf"|\b(?i:người[ \t]+(?:tố[ \t]+cáo|làm[ \t]+đơn|viết[ \t]+đơn))[ \t]+(?:(?i:là|tên)[ \t]+)?(?P<b>{_PERSON})"
)
_SIGNED = re.compile(rf"\b(?i:(?:tôi[ \t]+)?ký[ \t]+tên|người[ \t]+ký|kính[ \t]+đơn)[ \t]*[:,.\-–]?\s*(?P<a>{_PERSON})")
_HOME = re.compile(
    r"\b(?i:(?:tôi|em|cháu|chúng[ \t]+tôi|gia[ \t]+đình[ \t]+tôi|nhà[ \t]+tôi)[ \t]+"
    r"(?:ở|sống|trú|cư[ \t]+trú|thường[ \t]+trú)"
    r"|địa[ \t]+chỉ[ \t]+(?:của[ \t]+)?(?:tôi|liên[ \t]+hệ|người[ \t]+(?:gửi|tố[ \t]+cáo)))"
    r"(?i:[ \t]+(?:tại|ở|là))?[ \t]*:?[ \t]*(?P<a>[^\n.;]{3,60})"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_DIGITS = re.compile(r"(?<![\w/.,-])(?:\+?84|0)(?:[ .\-()]{0,2}\d){8,10}(?![\w/]|[.,]\d)")
_LONG = re.compile(r"(?<![\w/.,-])\d(?:[ .]?\d){8}(?:(?:[ .]?\d){3})?(?![\w/]|[.,\-]\d)")
_CALLED = re.compile(
    r"\b(?i:sđt|đt|số[ \t]+điện[ \t]+thoại|điện[ \t]+thoại|số[ \t]+máy|zalo|hotline|di[ \t]+động|phone|tel)"
    r"(?i:[ \t]+(?:của[ \t]+)?(?:tôi|em|liên[ \t]+hệ|là|số))*[ \t]*[:.]?[ \t]*(?P<a>\+?\d(?:[ .\-]?\d){6,11})"
)
_CARD = re.compile(
    r"\b(?i:cccd|cmnd|cmt|căn[ \t]+cước(?:[ \t]+công[ \t]+dân)?|chứng[ \t]+minh(?:[ \t]+(?:nhân[ \t]+dân|thư))?"
    r"|số[ \t]+định[ \t]+danh(?:[ \t]+cá[ \t]+nhân)?|hộ[ \t]+chiếu|passport)"
    r"(?i:[ \t]+(?:của[ \t]+)?(?:tôi|em|số|là))*[ \t]*[:.]?[ \t]*(?P<a>[A-Z]?\d(?:[ .]?\d){6,11})"
)
_MONEY = re.compile(r"[ \t]*(?i:đồng|đ\b|vnđ|vnd|nghìn|ngàn|triệu|tr\b|tỷ|tỉ|usd|m2|m²|m3|m³|ha\b|kg|tấn)")
_NOT_MINE = re.compile(
    r"(?i:thửa|tờ[ \t]+bản[ \t]+đồ|quyết[ \t]+định|qđ|văn[ \t]+bản|công[ \t]+văn|hợp[ \t]+đồng|biên[ \t]+bản"
    r"|hóa[ \t]+đơn"
    r"|phiếu|tài[ \t]+khoản|mã[ \t]+số|mst|biển|seri|sổ|giấy[ \t]+chứng[ \t]+nhận|số[ \t]+phát[ \t]+hành|gcn)"
    r"[^\n.;:]{0,24}[:.]?[ \t]*$"
)
_AFTER_I_AM = frozenset({"Bí", "Chủ", "Phó", "Trưởng", "Giám", "Công", "Đảng", "Người", "Dân", "Cán", "Việt", "Kinh",
                         "Tày", "Nùng", "Mông", "Dao", "Bí thư"})  # fmt: skip
"""'Tôi là Bí thư chi bộ': an office or a people, not a name."""


def find(text: str) -> list[Found]:
    """Every place that looks as if it gave the writer away, in the order of the text, none twice."""
    kept: list[Found] = []
    for found in sorted(_all(text), key=lambda one: (one.start, -one.end)):
        if all(found.start >= other.end or found.end <= other.start for other in kept):
            kept.append(found)
    return kept


def _all(text: str) -> Iterator[Found]:
    yield from _named(text)
    for match in _EMAIL.finditer(text):
        yield Found(Trace.EMAIL, match[0].rstrip("."), match.start())
    for match in _CALLED.finditer(text):
        yield Found(Trace.PHONE, match[0].rstrip(), match.start())
    for match in _CARD.finditer(text):
        yield Found(Trace.NUMBER, match[0].rstrip(), match.start())
    yield from _numbers(text)


def _named(text: str) -> Iterator[Found]:
    for pattern in (_INTRODUCED, _LABELLED, _SIGNED, _HOME):
        for match in pattern.finditer(text):
            said = next((group for group in match.groups() if group), "")
            is_office = pattern is _INTRODUCED and said.split()[0] in _AFTER_I_AM
            if said.strip() and not is_office:
                yield Found(Trace.NAME, match[0].rstrip(), match.start())


def _numbers(text: str) -> Iterator[Found]:
    for match in _DIGITS.finditer(text):
        if _is_phone(match[0]) and not _is_of_a_thing(text, match):
            yield Found(Trace.PHONE, match[0], match.start())
    for match in _LONG.finditer(text):
        count = sum(c.isdigit() for c in match[0])
        if _is_card(match[0], count) and not _is_of_a_thing(text, match):
            yield Found(Trace.NUMBER, match[0], match.start())


def _is_phone(words: str) -> bool:
    """Nine digits after the nought or +84 (a mobile or land line of Vietnam; ten for older land lines)."""
    digits = "".join(c for c in words if c.isdigit())
    own = digits[2:] if words.startswith(("+84", "84")) and not words.startswith("0") else digits[1:]
    return 9 <= len(own) <= 10 and own[0] in "235789"


def _is_card(words: str, count: int) -> bool:
    """Twelve digits beginning with a province (0), or nine; in thousands it is money, with dashes or dots a date."""
    if re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+", words) and not (count == 12 and words.startswith("0")):
        return False
    return words.startswith("0") if count == 12 else "." not in words and " " not in words.strip()


def _is_of_a_thing(text: str, match: re.Match[str]) -> bool:
    """Money or land after it, or the words of a plot, a decision, a bank account just before it."""
    return bool(_MONEY.match(text, match.end()) or _NOT_MINE.search(text[max(0, match.start() - 40) : match.start()]))
