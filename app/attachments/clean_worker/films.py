"""Films (MP4): picture and sound are moved, unchanged, into a new box that says nothing about where and with what."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av

from . import Refused, Size

PICTURE_CODECS = {"h264", "hevc", "av1", "mpeg4"}
SOUND_CODECS = {"aac", "mp3", "opus"}


def clean(kind: str, source: Path, target: Path) -> Size:
    """Copy picture and sound, not the box around them: where and with what it was filmed stays behind."""
    try:
        with av.open(str(source), format="mp4") as film, av.open(
            str(target), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}
        ) as copy:  # fmt: skip
            picture, sound = _tracks(film)
            _copy(film, copy, picture, sound)
            return picture.codec_context.width, picture.codec_context.height
    except (av.error.FFmpegError, ValueError) as error:
        raise Refused("broken") from error


def _tracks(film: Any) -> tuple[Any, Any]:
    """The first picture and sound track; other tracks (places, speeds, thumbnails) are left behind."""
    if not film.streams.video:
        raise Refused("no_picture")
    picture = film.streams.video[0]
    sound = film.streams.audio[0] if film.streams.audio else None
    if picture.codec.canonical_name not in PICTURE_CODECS:
        raise Refused("codec:" + picture.codec.canonical_name)
    if sound is not None and sound.codec.canonical_name not in SOUND_CODECS:
        raise Refused("codec:" + sound.codec.canonical_name)
    return picture, sound


def _copy(film: Any, copy: Any, picture: Any, sound: Any) -> None:
    """Move the packets across, so that a film loses no quality and takes hardly any time."""
    pairs = {
        track.index: (track, copy.add_stream_from_template(track, opaque=True)) for track in (picture, sound) if track
    }
    for _, new in pairs.values():
        new.metadata.clear()
    written = 0
    for packet in film.demux([track for track, _ in pairs.values()]):
        if packet.dts is None:
            continue
        track, new = pairs[packet.stream.index]
        part = _without_notes(packet, track) if track is picture else packet
        if part.size:
            part.stream = new
            copy.mux(part)
            written += 1
    if not written:
        raise Refused("broken")


def _without_notes(packet: Any, track: Any) -> Any:
    """The packet without the units between the pictures that carry notes: a dashcam writes its place there (SEI)."""
    header = track.codec_context.extradata or b""
    width = _length_width(track.codec.canonical_name, header)
    if not width:
        return packet
    kept = b"".join(_picture_units(bytes(packet), width, track.codec.canonical_name))
    part = av.Packet(kept)
    for fact in ("pts", "dts", "duration", "time_base", "is_keyframe"):
        setattr(part, fact, getattr(packet, fact))
    return part


def _length_width(codec: str, header: bytes) -> int:
    """How many bytes give a unit's length in this track; 0 when its packets are not made of such units."""
    place = {"h264": 4, "hevc": 21}.get(codec)
    return (header[place] & 3) + 1 if place and len(header) > place and header[0] == 1 else 0


def _picture_units(data: bytes, width: int, codec: str) -> Iterator[bytes]:
    """The units of one packet, lengths included, without the notes (H.264 type 6, HEVC types 39 and 40)."""
    at = 0
    while at + width < len(data):
        end = at + width + int.from_bytes(data[at : at + width], "big")
        first = data[at + width]
        is_note = first & 0x1F == 6 if codec == "h264" else first >> 1 & 0x3F in (39, 40)
        if not is_note:
            yield data[at:end]
        at = end
