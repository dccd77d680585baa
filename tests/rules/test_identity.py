"""Who writes a denunciation is pointed out before it is sent; what only looks like it stays unmarked."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.rules.identity import Trace, find

GIVES_AWAY = [
    ("Tôi tên là Nông Văn Thắng, dân xóm Bản Viết.", Trace.NAME, "Tôi tên là Nông Văn Thắng"),
    ("tên tôi là Hoàng Thị Mai", Trace.NAME, "Hoàng Thị Mai"),
    ("Tên tôi: Lý A Sùng.", Trace.NAME, "Lý A Sùng"),
    ("Tôi là Đàm Văn Tý, xin trình bày.", Trace.NAME, "Đàm Văn Tý"),
    ("Em là Vi Thị Cúc ở xã này.", Trace.NAME, "Vi Thị Cúc"),
    ("Họ và tên: nông văn páo", Trace.NAME, "nông văn páo"),
    ("HỌ TÊN: NÔNG VĂN PÁO", Trace.NAME, "NÔNG VĂN PÁO"),
    ("Người tố cáo: Nông Văn Páo", Trace.NAME, "Nông Văn Páo"),
    ("Người làm đơn\nNgười tố cáo Bế Văn Đàn", Trace.NAME, "Bế Văn Đàn"),
    ("Kính mong xem xét.\nKý tên: Bế Văn Đàn", Trace.NAME, "Bế Văn Đàn"),
    ("Tôi ký tên\nBế Văn Đàn", Trace.NAME, "Bế Văn Đàn"),
    ("Gia đình tôi ở số 12 xóm Lũng Đính", Trace.NAME, "số 12 xóm Lũng Đính"),
    ("My name is John Smith.", Trace.NAME, "John Smith"),
    ("Gọi tôi số 0912 000 017 nhé", Trace.PHONE, "0912 000 017"),
    ("SĐT: 0912.000.017", Trace.PHONE, "0912.000.017"),
    ("0912000017", Trace.PHONE, "0912000017"),
    ("liên hệ +84 912 000 017", Trace.PHONE, "+84 912 000 017"),
    ("(0206 3852 113)", Trace.PHONE, "0206 3852 113"),
    ("điện thoại của tôi là 912000017", Trace.PHONE, "912000017"),
    ("zalo 0387-123-456", Trace.PHONE, "0387-123-456"),
    ("Thư gửi về sen.nong@example.vn giúp", Trace.EMAIL, "sen.nong@example.vn"),
    ("CCCD 004090001234", Trace.NUMBER, "004090001234"),
    ("số 004 090 001 234 cấp năm 2021", Trace.NUMBER, "004 090 001 234"),
    ("CMND số 080123456", Trace.NUMBER, "080123456"),
    ("căn cước công dân của tôi: 004090001234", Trace.NUMBER, "004090001234"),
    ("mang số 180123456 do công an cấp", Trace.NUMBER, "180123456"),
]


@pytest.mark.parametrize(("text", "trace", "words"), GIVES_AWAY, ids=[text[:30] for text, *_rest in GIVES_AWAY])
def test_what_names_the_writer_is_found(text: str, trace: Trace, words: str) -> None:
    found = find(text)
    assert any(one.trace == trace and words in one.words for one in found), found
    assert all(text[one.start : one.end] == one.words for one in found)


SAYS_NOTHING = [
    "Ngày 12/10/2026, ông chủ tịch xã nhận 50.000.000 đồng của doanh nghiệp.",
    "Tổng cộng 1.250.000.000 đồng, trong đó 350 000 000 đồng tiền đền bù.",
    "Theo Quyết định số 12/QĐ-UBND ngày 02/11/2026 của Ủy ban nhân dân xã.",
    "Thửa đất số 123, tờ bản đồ số 45, diện tích 1.200 m2.",
    "Giấy chứng nhận số phát hành 004090001234.",
    "Chuyển vào tài khoản 0123456789 của kế toán.",
    "Từ 01.10.2026 đến 31-12-2026, lúc 15:42.",
    "Tôi là dân trong xóm, đã thấy tận mắt.",
    "Tôi là Bí thư chi bộ, biết việc này.",
    "Tôi là Đảng viên.",
    "Ông Nông Văn Bàn, phó chủ tịch xã, nhận tiền.",
    "Người bị tố cáo là ông Nông Văn Bàn.",
    "Nghị định 31/2019/NĐ-CP, Thông tư 05/2021/TT-TTCP.",
    "Hợp đồng số 0912000017 ký năm 2025.",
    "Mất 3 con trâu, 12 bao thóc, 450000000 đồng.",
    "Người tố cáo không muốn nêu tên.",
    "Chúng tôi ký tên chung.",
    "Xóm có 120 hộ, 560 nhân khẩu, năm 2024 2025 2026.",
    "Tọa độ 22.8361, 106.5200",
    "",
]


@pytest.mark.parametrize("text", SAYS_NOTHING, ids=[text[:30] for text in SAYS_NOTHING])
def test_dates_money_papers_and_the_denounced_stay_unmarked(text: str) -> None:
    assert find(text) == []


def test_each_place_is_told_once_and_in_order() -> None:
    found = find("Tôi tên là Nông Văn Thắng, SĐT: 0912 000 017, thư sen@example.vn, CCCD 004090001234.")
    assert [one.trace for one in found] == [Trace.NAME, Trace.PHONE, Trace.EMAIL, Trace.NUMBER]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_long_text_is_looked_through_in_no_time() -> None:
    import time

    began = time.process_time()
    for nasty in ("tôi " * 2500, "0 " * 5000, "A" * 10_000, "họ và tên " * 1000, "a@" * 5000, "1." * 5000):
        find(nasty)
    assert time.process_time() - began < 3
