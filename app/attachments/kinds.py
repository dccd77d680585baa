"""What a file really is, read from its bytes; the name it came with is never asked.

Five kinds are taken. For the others the page names what it saw, so that the resident knows what to change.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of file the town takes: our word for it, the type it is served as, our extension."""

    word: str
    media_type: str
    extension: str


JPEG = Kind("jpeg", "image/jpeg", "jpg")
PNG = Kind("png", "image/png", "png")
WEBP = Kind("webp", "image/webp", "webp")
PDF = Kind("pdf", "application/pdf", "pdf")
MP4 = Kind("mp4", "video/mp4", "mp4")
KINDS = (JPEG, PNG, WEBP, PDF, MP4)

HEAD_BYTES = 4096
"""How much of a file's beginning `kind_of` and `seen_as` want."""

_MP4_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}
_OTHER_BRANDS = {
    b"qt  ": ("MOV", "video"),
    b"heic": ("HEIC", "image"), b"heix": ("HEIC", "image"), b"hevc": ("HEIC", "image"), b"mif1": ("HEIC", "image"),
    b"msf1": ("HEIC", "image"), b"avif": ("AVIF", "image"), b"avis": ("AVIF", "image"),
    b"M4A ": ("M4A", "other"), b"M4B ": ("M4A", "other"), b"crx ": ("CR3", "image"),
}  # fmt: skip
_BEGINNINGS = (
    (b"GIF8", "GIF", "image"), (b"BM", "BMP", "image"), (b"II*\0", "TIFF", "image"), (b"MM\0*", "TIFF", "image"),
    (b"\x1aE\xdf\xa3", "WebM/MKV", "video"), (b"OggS", "OGG", "video"), (b"FLV\x01", "FLV", "video"),
    (b"\0\0\x01\xba", "MPEG", "video"), (b"0&\xb2u\x8ef\xcf\x11", "WMV", "video"),
    (b"ID3", "MP3", "other"), (b"#!AMR", "AMR", "other"), (b"Rar!", "RAR", "other"), (b"7z\xbc\xaf", "7Z", "other"),
    (b"\x1f\x8b", "GZ", "other"), (b"MZ", "EXE", "other"), (b"{\\rtf", "RTF", "paper"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC", "paper"),
)  # fmt: skip
_OFFICE = {b"word/": "DOCX", b"xl/": "XLSX", b"ppt/": "PPTX", b"opendocument.text": "ODT"}
_FAMILIES = {"MOV": "video", "AVI": "video", "3GP": "video", "JP2": "image", "JXL": "image", "ICO": "image",
             "PSD": "image"}  # fmt: skip


def kind_of(head: bytes) -> Kind | None:
    """The kind a file's first bytes show, None when it is not one we take."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return PDF
    return MP4 if _is_mp4(head) else None


def _brands(head: bytes) -> list[bytes]:
    """The brands of an ISO media file, the main one first; empty for anything else."""
    if head[4:8] != b"ftyp":
        return []
    end = min(int.from_bytes(head[:4], "big"), 256)
    compatible = head[16:end]
    return [head[8:12], *(compatible[i : i + 4] for i in range(0, len(compatible), 4))]


def _is_mp4(head: bytes) -> bool:
    """Whether an ISO media file says it is MP4, and not MOV, HEIC or a sound file that merely shares the box layout."""
    brands = _brands(head)
    return bool(brands) and brands[0] not in _OTHER_BRANDS and not _MP4_BRANDS.isdisjoint(brands)


def seen_as(head: bytes) -> tuple[str | None, str]:
    """The name people know a refused file's type by, and its family (video, image, paper, other) for the advice."""
    brands = _brands(head)
    if brands and brands[0] in _OTHER_BRANDS:
        return _OTHER_BRANDS[brands[0]]
    if brands and brands[0].startswith(b"3g"):
        return "3GP", "video"
    for beginning, name, family in _BEGINNINGS:
        if head.startswith(beginning):
            return name, family
    if head.startswith(b"PK\x03\x04"):
        office = next((name for mark, name in _OFFICE.items() if mark in head), None)
        return (office, "paper") if office else ("ZIP", "other")
    return _seen_in_text(head) or _seen_by_puremagic(head)


def _seen_in_text(head: bytes) -> tuple[str, str] | None:
    """Pages and drawings that are text, whatever stands before their first tag."""
    text = head[:1024].lower()
    if b"<svg" in text:
        return "SVG", "image"
    return ("HTML", "paper") if b"<html" in text or b"<!doctype html" in text or b"<script" in text else None


def _seen_by_puremagic(head: bytes) -> tuple[str | None, str]:
    """The long tail of types, when the guess is a good one; a wrong name would help less than none."""
    import puremagic

    try:
        best = puremagic.magic_string(head)[0]
    except (puremagic.PureError, ValueError, IndexError):
        return None, "other"
    name = best.extension.removeprefix(".").upper()
    if best.confidence < 0.5 or not name:
        return None, "other"
    return name, _FAMILIES.get(name, "other")
