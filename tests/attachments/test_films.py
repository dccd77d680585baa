"""A kept film shows and sounds as it did, and does not say where it was made."""

import io
from pathlib import Path

import av
import pytest

from app.attachments import clean as door
from tests.attachments import samples
from tests.attachments.looks import TakeIn


def frames(content: bytes) -> list[av.VideoFrame]:
    with av.open(io.BytesIO(content)) as film:
        return list(film.decode(video=0))


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_a_film_loses_place_maker_time_and_notes_and_keeps_every_picture(
    take_in: TakeIn, tmp_path: Path, codec: str
) -> None:
    original = samples.film(tmp_path / "f.mp4", codec=codec, turned=True)
    told = (samples.COORDINATES, samples.MARK.encode(), b"com.android", codec.removeprefix("lib").encode())
    assert all(word in original for word in told)
    cleaned, kept = take_in(original, "quay.mp4")
    assert (cleaned.media_type, cleaned.width, cleaned.height) == ("video/mp4", 160, 90)
    assert [word for word in told[:3] if word in kept] == [] and b"x264 - core" not in kept
    before, after = frames(original), frames(kept)
    assert len(before) == len(after) == 10 and {frame.rotation for frame in after} == {90}
    assert all((a.to_ndarray() == b.to_ndarray()).all() for a, b in zip(before, after, strict=True))


def test_a_film_keeps_its_sound_and_forgets_when_it_was_made(take_in: TakeIn, tmp_path: Path) -> None:
    _, kept = take_in(samples.film(tmp_path / "f.mp4"))
    with av.open(io.BytesIO(kept)) as film:
        assert [track.type for track in film.streams] == ["video", "audio"]
        assert "creation_time" not in film.metadata | film.streams[0].metadata
        assert sum(frame.samples for frame in film.decode(audio=0)) >= 4096


def test_an_iphone_film_is_refused_by_its_type_whatever_it_is_called(take_in: TakeIn, tmp_path: Path) -> None:
    film = samples.film(tmp_path / "f.mov", box="mov")
    with pytest.raises(door.WrongType) as refused:
        take_in(film, "video.mov")
    assert str(refused.value) == '"video.mov" là tệp MOV. Chọn tệp MP4, hoặc gửi ảnh chụp thay.'
    with pytest.raises(door.WrongType, match="là tệp MOV"):
        take_in(film, "video.mp4")


def test_a_film_that_browsers_cannot_show_is_refused_by_its_codec(take_in: TakeIn, tmp_path: Path) -> None:
    with pytest.raises(door.WrongType, match=r"MPEG2VIDEO\. Quay lại bằng H\.264"):
        take_in(samples.film(tmp_path / "f.mp4", codec="mpeg2video", sound=False))


def test_a_voice_memo_is_not_a_film(take_in: TakeIn, tmp_path: Path) -> None:
    with pytest.raises(door.WrongType, match="là tệp M4A"):
        take_in(samples.sound_only(tmp_path / "s.mp4"))
