"""Papers (PDF): written anew without scripts, attached files, author and history, without their photos' data."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from . import Refused, Size

ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
        "/RichMediaExecute"}  # fmt: skip
"""Actions that do something beyond turning to a page of the same paper or opening a web address."""
MOVING_NOTES = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}


def clean(kind: str, source: Path, target: Path) -> Size:
    """Write the paper anew without scripts, attached files, author, history, and without the data of its photos."""
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
    return [n for n in notes if isinstance(n, pikepdf.Dictionary) and str(n.get("/Subtype")) not in MOVING_NOTES]


def _defang(thing: Any) -> None:
    """Empty every action, embedded file and metadata stream wherever it hides, and go into what lies inside."""
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
    """Whether an entry carries data about the maker or a hidden file; a font may be called /AA: the value decides."""
    if key == "/PieceInfo" or (key == "/JS" and isinstance(inner, pikepdf.String | pikepdf.Stream)):
        return True
    if key == "/Metadata":
        return isinstance(inner, pikepdf.Stream)
    return key in ("/AA", "/EF") and isinstance(inner, pikepdf.Dictionary) and "/Subtype" not in inner


def _defang_stream(stream: Any) -> None:
    """Empty a stream that is an attached file or metadata; take the camera's data out of a photo."""
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
