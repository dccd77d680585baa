"""The room with thick walls: opens one stranger's file, writes a harmless copy, says in one JSON line how it went.

Run by file path as a process of its own, `python -I clean_worker.py KIND SOURCE TARGET`, never imported by the app,
so that a hostile file can hurt only this short-lived process: little memory, little time, no secrets in sight.
The copy holds what the resident wants to show and nothing about the resident: no place, device, author or script.
"""

import contextlib
import json
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 20
WRITTEN_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 50_000_000

Size = tuple[int | None, int | None]


class Refused(Exception):
    """The file is not taken; the word says why."""


def limit() -> None:
    """Bind this process before it reads the first byte; where the system knows no such limits, the wall clock rules."""
    with contextlib.suppress(ImportError):
        import resource

        for what, most in (
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))
        signal.alarm(WALL_SECONDS)


# --- pictures ---------------------------------------------------------------------------------------------------


def clean_image(form: str, source: Path, target: Path) -> Size:
    """Draw the picture anew, turned the way it is meant to be seen; only its pixels go into the copy."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # our own limit, asked before a pixel is decoded
    try:
        with Image.open(source, formats=[form]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused("too_many_pixels")
            picture.load()  # of an animation the first frame
            ImageOps.exif_transpose(picture, in_place=True)
            _save(_plain(picture, form), form, target)
            return picture.size
    except UnidentifiedImageError as error:
        raise Refused("broken") from error


def _plain(picture: Any, form: str) -> Any:
    """The same pixels in a mode the format can hold, without profile, comment, text, place or thumbnail."""
    keeps = {"JPEG": {"L", "RGB"}, "PNG": {"1", "L", "LA", "I;16", "P", "RGB", "RGBA"}, "WEBP": {"RGB", "RGBA"}}
    see_through = picture.has_transparency_data
    if picture.mode not in keeps[form] or (picture.mode != "RGBA" and picture.mode != "LA" and see_through):
        picture = picture.convert("RGBA" if see_through and form != "JPEG" else "RGB")
    picture.info.clear()
    return picture


def _save(picture: Any, form: str, target: Path) -> None:
    """Good enough to read a document by, quick enough for a phone's whole roll."""
    options: dict[str, Any] = {
        "JPEG": {"quality": 88},
        "PNG": {"compress_level": 3},
        "WEBP": {"quality": 88, "method": 0},
    }[form]
    picture.save(target, format=form, **options)


# --- papers -----------------------------------------------------------------------------------------------------

ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
        "/RichMediaExecute"}  # fmt: skip
"""Actions that do something beyond turning to a page of the same paper or opening a web address."""
MOVING_NOTES = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}


def clean_pdf(source: Path, target: Path) -> Size:
    """Write the paper anew without scripts, attached files, author, history, and without the data of its photos."""
    import pikepdf

    try:
        with pikepdf.open(source) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            if not pdf.pages:
                raise Refused("broken")
            _strip_paper(pdf)
            for thing in pdf.objects:
                _defang(thing)
            pdf.save(target, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError as error:
        raise Refused("encrypted") from error
    except pikepdf.PdfError as error:
        raise Refused("broken") from error
    return None, None


def _strip_paper(pdf: Any) -> None:
    """Take away what belongs to the paper as a whole, and the notes on its pages that carry files or films."""
    import pikepdf

    for key in ("/Info", "/ID"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    root = pdf.Root
    for key in ("/OpenAction", "/AA", "/JavaScript", "/Metadata", "/PieceInfo", "/AF", "/Collection", "/Perms", "/URI"):
        if key in root:
            del root[key]
    for holder, keys in (("/Names", ("/JavaScript", "/EmbeddedFiles", "/Renditions")), ("/AcroForm", ("/XFA", "/CO"))):
        for key in keys:
            if holder in root and key in root[holder]:
                del root[holder][key]
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        if notes is not None:
            page.obj["/Annots"] = pikepdf.Array(_still(notes))


def _still(notes: Any) -> list[Any]:
    """The notes of a page that only show something."""
    import pikepdf

    return [n for n in notes if isinstance(n, pikepdf.Dictionary) and str(n.get("/Subtype")) not in MOVING_NOTES]


def _defang(thing: Any) -> None:
    """Empty every action, embedded file and metadata stream wherever it hides, and go into what lies directly inside."""
    import pikepdf

    if isinstance(thing, pikepdf.Array):
        for inner in thing:
            if isinstance(inner, pikepdf.Array | pikepdf.Dictionary) and not inner.is_indirect:
                _defang(inner)
        return
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    if isinstance(thing, pikepdf.Stream):
        _defang_stream(thing)
    elif str(thing.get("/S")) in ACTS:
        for key in list(thing.keys()):
            del thing[key]
    for key, inner in list(thing.items()):
        if _is_baggage(key, inner):
            del thing[key]
        elif isinstance(inner, pikepdf.Array | pikepdf.Dictionary) and not inner.is_indirect:
            _defang(inner)


def _is_baggage(key: str, inner: Any) -> bool:
    """Whether an entry carries data about the maker or a hidden file; a font may be called /AA, so the value is asked."""
    import pikepdf

    if key == "/PieceInfo" or (key == "/JS" and isinstance(inner, pikepdf.String | pikepdf.Stream)):
        return True
    if key == "/Metadata":
        return isinstance(inner, pikepdf.Stream)
    return key in ("/AA", "/EF") and isinstance(inner, pikepdf.Dictionary) and "/Subtype" not in inner


def _defang_stream(stream: Any) -> None:
    """Empty a stream that is an attached file or metadata; take the camera's data out of a photo."""
    import pikepdf

    if str(stream.get("/Type")) in ("/EmbeddedFile", "/Metadata"):
        stream.write(b"")
    elif stream.get("/Filter") in (pikepdf.Name.DCTDecode, pikepdf.Array([pikepdf.Name.DCTDecode])):
        photo = b"".join(_jpeg_without_data(stream.read_raw_bytes()))
        stream.write(photo, filter=pikepdf.Name.DCTDecode, decode_parms=stream.get("/DecodeParms"))


def _jpeg_without_data(jpeg: bytes) -> Iterator[bytes]:
    """A JPEG up to its last pixel, without place, device, thumbnail, profile and comments."""
    at = 2
    yield jpeg[:at]
    while jpeg[at : at + 1] == b"\xff" and at + 4 <= len(jpeg) and jpeg[at + 1] not in (0xDA, 0xD9):
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        is_note = 0xE1 <= jpeg[at + 1] <= 0xEF or jpeg[at + 1] == 0xFE
        if not is_note or jpeg[at + 1] == 0xEE:  # 0xEE says how the colours are mixed, without it they turn
            yield jpeg[at:end]
        at = end
    last = jpeg.find(b"\xff\xd9", at)
    yield jpeg[at : last + 2 if last >= 0 else None]


# --- films ------------------------------------------------------------------------------------------------------

PICTURE_CODECS = {"h264", "hevc", "av1", "mpeg4"}
SOUND_CODECS = {"aac", "mp3", "opus"}


def clean_mp4(source: Path, target: Path) -> Size:
    """Copy picture and sound, not the box around them: where and with what it was filmed stays behind."""
    import av

    try:
        with av.open(str(source), format="mp4") as film, av.open(
            str(target), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}
        ) as copy:  # fmt: skip
            picture, sound = _tracks(film)
            _copy(film, copy, picture, sound)
            return picture.codec_context.width, picture.codec_context.height
    except av.error.MemoryError:
        raise
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
    pairs = {track.index: (track, copy.add_stream_from_template(track, opaque=True)) for track in (picture, sound) if track}
    for _, new in pairs.values():
        new.metadata.clear()
    written = 0
    for packet in film.demux([track for track, _ in pairs.values()]):
        if packet.dts is None:
            continue
        track, new = pairs[packet.stream.index]
        part = _without_notes(packet, track) if track is picture else packet
        part.stream = new
        copy.mux(part)
        written += 1
    if not written:
        raise Refused("broken")


def _without_notes(packet: Any, track: Any) -> Any:
    """The packet without the units between the pictures that carry notes: a dashcam writes its place there (SEI)."""
    import av

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


# --- one file ---------------------------------------------------------------------------------------------------

CLEANERS: dict[str, Callable[[Path, Path], Size]] = {
    "jpeg": lambda source, target: clean_image("JPEG", source, target),
    "png": lambda source, target: clean_image("PNG", source, target),
    "webp": lambda source, target: clean_image("WEBP", source, target),
    "pdf": clean_pdf,
    "mp4": clean_mp4,
}


def main(kind: str, source: str, target: str) -> int:
    """Clean one file and say how it went; whatever goes wrong inside a library means the file is broken."""
    limit()
    try:
        width, height = CLEANERS[kind](Path(source), Path(target))
        said: dict[str, Any] = {"width": width, "height": height}
    except Refused as refused:
        said = {"refused": str(refused)}
    except Exception as error:  # noqa: BLE001 a stranger's file may make a library fail in any way
        said = {"refused": "broken", "error": type(error).__name__}
    sys.stdout.write(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
