"""What would harm is not kept, and each refusal says what is wrong and what to do."""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from app.attachments import clean as door
from app.attachments.clean import FileRefused, display_name, receive
from app.attachments.storage import Storage
from tests.attachments import samples
from tests.attachments.looks import TakeIn, left_behind


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (samples.HTML, "HTML"), (samples.SVG, "SVG"), (samples.GIF_SCRIPT, "GIF"), (samples.HEIC, "HEIC"),
        (samples.PROGRAM, "EXE"), (samples.ZIP, "ZIP"), (samples.DOCX, "DOCX"), (b"\x1aE\xdf\xa3" + bytes(40), "WebM"),
        (b"RIFF\0\0\0\0AVI LIST", "AVI"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["ảnh.jpg", "phim.mp4", ".htaccess"])
def test_the_content_decides_and_the_refusal_names_it(
    storage: Storage, take_in: TakeIn, content: bytes, seen: str, name: str
) -> None:
    with pytest.raises(door.WrongType, match=seen) as refused:
        take_in(content, name)
    assert refused.value.kind == "wrong_type" and left_behind(storage.root) == []


def test_a_text_of_no_known_type_is_told_which_types_are_taken(take_in: TakeIn) -> None:
    with pytest.raises(door.WrongType, match="Chọn tệp JPEG, PNG, WebP, PDF hoặc MP4"):
        take_in(b"RewriteEngine On\n", ".htaccess")


def test_a_script_hidden_behind_a_photo_is_not_in_the_kept_copy(take_in: TakeIn) -> None:
    _, kept = take_in(samples.jpeg_with_everything() + samples.HTML + samples.ZIP, "x.jpg.php")
    assert b"<script>" not in kept and b"PK\x03\x04" not in kept


@pytest.mark.parametrize(
    "content",
    [
        samples.truncated_jpeg(), b"\xff\xd8\xff" + bytes(500), b"\x89PNG\r\n\x1a\n" + b"x" * 500,
        b"RIFF\x10\0\0\0WEBPVP8 " + bytes(40), b"%PDF-1.7\n" + b"x" * 500,
        b"\0\0\0\x14ftypisom\0\0\0\0mp42" + bytes(99),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_and_nothing_of_it_stays(storage: Storage, take_in: TakeIn, content: bytes) -> None:
    with pytest.raises(door.Broken, match=r'Không đọc được "tệp\.bin".*Gửi lại tệp gốc'):
        take_in(content, "tệp.bin")
    assert left_behind(storage.root) == []


def test_an_empty_file_is_refused(storage: Storage) -> None:
    with pytest.raises(door.Empty, match="tệp rỗng"):
        receive(io.BytesIO(b""), "a.jpg", storage)
    assert left_behind(storage.root) == []


class Endless(io.RawIOBase):
    """An upload that never stops, counting what was taken of it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return b"\xff\xd8\xff" + bytes(size - 3)


def test_an_endless_upload_is_cut_off_just_past_the_limit(storage: Storage) -> None:
    upload = Endless()
    with pytest.raises(door.TooBig, match="nặng hơn 15 MB"):
        receive(upload, "to.jpg", storage)  # type: ignore[arg-type]
    assert upload.taken <= door.MAX_BYTES + 2 * 1024 * 1024 and left_behind(storage.root) == []


def test_the_eleventh_file_is_refused() -> None:
    door.refuse_too_many(10)
    with pytest.raises(FileRefused, match="Có 11 tệp, nhiều nhất là 10"):
        door.refuse_too_many(11)


def worker(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-I", "-c", door._START, str(door._ROOM), *arguments], capture_output=True, check=False
    )


@pytest.mark.skipif(os.name == "nt", reason="no such limits there")
def test_cleaning_the_widest_photo_stays_within_the_memory_limit(tmp_path: Path) -> None:
    wide, target = tmp_path / "wide.jpg", tmp_path / "out"
    Image.new("RGB", (8160, 6120), "green").save(wide, exif=samples.camera_data(6))
    import resource

    said = worker("jpeg", str(wide), str(target))
    assert json.loads(said.stdout) == {"width": 6120, "height": 8160}
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 600 * 1024


def test_the_worker_imports_nothing_of_the_app_and_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", samples.MARK)
    assert "SECRET_KEY" not in door._bare_environment()
    listing = "import sys; sys.path.append(sys.argv[1]); import clean_worker.__main__ as m; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-I", "-c", listing, str(door._ROOM)], capture_output=True, text=True, check=True
    )
    assert not {"app", "flask", "sqlalchemy"} & set(said.stdout.split())


def test_a_worker_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(door, "_START", "import time; time.sleep(60)")
    started = time.monotonic()
    assert door._run(["jpeg", "a", "b"]) == {"refused": "broken"}
    assert time.monotonic() - started < 50


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Hoa\\đơn.pdf", "đơn.pdf"),
        ("a\0b\r\nc.jpg", "ab c.jpg"),
        ("x\u200b.html", "x.html"),
        ("ảnh\u202egpj.exe", "ảnhgpj.exe"),
        ("đơn \u2066kiện\u2069.pdf", "đơn kiện.pdf"),
        (".htaccess", "htaccess"),
        ('<b>"x"|?.pdf', "-b--x---.pdf"),
        ("a\u0302\u0309nh.png", "ẩnh.png"),
        ("...", "tệp"),
        ("\u3164\u2800", "tệp"),
        ("", "tệp"),
    ],
)  # fmt: skip
def test_a_name_is_shown_without_what_deceives(given: str, shown: str) -> None:
    assert display_name(given) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("x.jpg.php", "x.jpg"), ("IMG.JPEG", "IMG.jpg"), ("đơn ngày 12.11.2026", "đơn ngày 12.11.2026.jpg"),
        ("ảnh.heic", "ảnh.jpg"), ("", "tệp.jpg"), (".jpg", "jpg.jpg"),
    ],
)  # fmt: skip
def test_a_kept_file_ends_in_the_extension_of_what_it_is(given: str, shown: str) -> None:
    assert display_name(given, "jpg") == shown


def test_a_long_name_is_cut_to_eighty_characters_and_keeps_its_extension() -> None:
    shown = display_name("ả" * 300 + ".png", "png")
    assert len(shown) == 80 and shown.endswith("ả.png")
