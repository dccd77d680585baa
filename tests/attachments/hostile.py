"""Sixty and more uploads that nobody should send: what each is called, what is in it, and whether a clean copy is kept.

`REFUSED` are turned away with a sentence; `KEPT` become a file of ours, inert and without the mark.
"""

from __future__ import annotations

import gzip
import io
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pikepdf
from PIL import Image

from . import samples
from .samples import HTML, MARK, SVG, bytes_of, picture
from .scanners import EICAR

_PNG = b"\x89PNG\r\n\x1a\n"
_PICTURE = samples.jpeg_with_everything
Make = Callable[[], bytes]


def _always(content: bytes) -> Make:
    return lambda: content


def _drawn(form: str) -> Make:
    return lambda: bytes_of(picture(64, 64), form)


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def _nested_zip() -> bytes:
    content = bytes(1 << 20)
    for _depth in range(5):
        content = _zip(a_dot_zip=content, b_dot_zip=content)
    return content


def _moving_gif(frames: int) -> bytes:
    shades = [Image.new("L", (16, 16), n) for n in range(frames)]
    return bytes_of(shades[0], "GIF", save_all=True, append_images=shades[1:])


def _pdf(change: Callable[[pikepdf.Pdf], None]) -> Make:
    """A paper of one page with one thing wrong with it."""

    def make() -> bytes:
        pdf = samples._paper()
        change(pdf)
        return samples._saved(pdf)

    return make


def _opens(**action: object) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(**action))

    return change


def _embeds(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.exe"] = pikepdf.AttachedFileSpec(pdf, MARK.encode(), filename="x.exe")


def _has_xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(MARK.encode()))


def _inflates(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.write(zlib.compress(bytes(300 << 20), 1), filter=pikepdf.Name.FlateDecode)
    pdf.pages[0].obj.Contents = stream


def _named(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = MARK
    pdf.docinfo["/Producer"] = MARK


def _film() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return samples.film(Path(folder) / "f.mp4")


def _half(make: Make) -> Make:
    return lambda: make()[: len(make()) // 2]


def _avif_with_exif() -> bytes:
    return b"\0\0\0\x1cftypavif\0\0\0\0mif1miafavif" + b"Exif\0\0" + MARK.encode() + bytes(80)


def _wide_png_header() -> bytes:
    """A picture of four thousand million pixels in a hundred bytes."""
    header = struct.pack(">IIBBBBB", 65_000, 65_000, 8, 2, 0, 0, 0)
    chunk = samples._png_chunk
    return _PNG + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


NAMES = {
    "two endings": "x.jpg.php", "a zero width space": "x\u200b.html", "a path upwards": "../../../../etc/cron.d/x",
    "a path of Windows": "..\\..\\web.config", "a NUL": "x.php\0.jpg", "three hundred letters": "ả" * 300 + ".jpg",
    "a right-to-left override": "anh\u202egpj.exe", "a server's own settings": ".htaccess", "a device": "CON.jpg",
    "an escaped line": "x.jpg%0D%0ASet-Cookie: a=b", "markup": "<img src=x onerror=alert(1)>.jpg",
    "a template": "{{7*7}}.jpg", "an absolute path": "/etc/passwd", "only dots": "...",
    "a formula": "=cmd|' /C calc'!A0",
    "a pipe": "|id;.jpg", "another stream": "x.jpg::$DATA", "nothing visible": "\u3164\u2800",
}  # fmt: skip
"""Names as deceivers choose them; what lies under them here is a phone photo full of marks."""

REFUSED: dict[str, tuple[str, Make]] = {
    "HTML called JPEG": ("anh.jpg", _always(HTML)),
    "SVG": ("hinh.svg", _always(SVG)),
    "SVG called PNG": ("hinh.png", _always(SVG)),
    "GIF that is a script": ("x.gif", _always(samples.GIF_SCRIPT)),
    "GIF of a hundred frames": ("x.gif", lambda: _moving_gif(100)),
    "settings of a server": (".htaccess", _always(b"AddType application/x-httpd-php .jpg\n")),
    "PHP": ("x.php", _always(b"<?php system($_GET['c']); ?>")),
    "PHP called JPEG": ("x.php.jpg", _always(b"<?php system($_GET['c']); ?>")),
    "a shell script": ("x.sh", _always(b"#!/bin/sh\nid\n")),
    "a program of Linux": ("anh.jpg", _always(b"\x7fELF\x02\x01\x01" + bytes(200))),
    "a program of Windows": ("anh.jpg", _always(samples.PROGRAM)),
    "a program of macOS": ("anh.png", _always(b"\xcf\xfa\xed\xfe" + bytes(200))),
    "EICAR": ("eicar.com", _always(EICAR)),
    "EICAR called PDF": ("don.pdf", _always(EICAR)),
    "a zip in a zip": ("x.zip", _nested_zip),
    "a zip called PDF": ("don.pdf", _always(samples.ZIP)),
    "gzip": ("x.jpg", lambda: gzip.compress(bytes(1 << 20))),
    "macros in Word": ("don.docm", lambda: _zip(word__document_dot_xml=b"<w/>", word__vbaProject_dot_bin=b"x")),
    "old Word": ("don.doc", _always(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))),
    "RTF": ("don.rtf", _always(b"{\\rtf1{\\object\\objdata 0105}}")),
    "TIFF": ("x.tif", _drawn("TIFF")),
    "TIFF called JPEG": ("x.jpg", _drawn("TIFF")),
    "BMP": ("x.bmp", _drawn("BMP")),
    "ICO": ("x.ico", _drawn("ICO")),
    "EPS": ("x.eps", _always(b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run\n")),
    "PSD": ("x.psd", _always(b"8BPS\0\1" + bytes(200))),
    "FITS": ("x.fits", _always(b"SIMPLE  =                    T" + bytes(2880))),
    "HEIC": ("x.heic", _always(samples.HEIC)),
    "AVIF with EXIF": ("x.avif", _avif_with_exif),
    "AVIF called WebP": ("x.webp", _avif_with_exif),
    "MVG": ("x.jpg", _always(b"push graphic-context\nfill 'url(https://x/\"|id\")'\n")),
    "a playlist called MP4": ("x.mp4", _always(b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")),
    "XML with an entity": ("x.pdf", _always(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')),
    "a shortcut": ("don.pdf.lnk", _always(b"L\0\0\0\x01\x14\x02\0" + bytes(100))),
    "one colour, 400 million pixels": ("trang.png", lambda: samples.one_colour_png(20_000, 20_000)),
    "a header of 4000 million pixels": ("trang.png", _wide_png_header),
    "nothing": ("x.jpg", _always(b"")),
    "one byte": ("x.jpg", _always(b"\xff")),
    "half a photo": ("x.jpg", samples.truncated_jpeg),
    "half a PNG": ("x.png", _half(samples.png_with_texts)),
    "half a film": ("x.mp4", _half(_film)),
    "a locked paper": ("don.pdf", samples.locked_pdf),
    "an encrypted paper": ("don.pdf", samples.restricted_pdf),
    "a paper of noise": ("don.pdf", _always(b"%PDF-1.7\n" + bytes(range(256)) * 20)),
    "a film of noise": ("x.mp4", _always(b"\0\0\0\x14ftypisom\0\0\0\0mp42" + bytes(range(256)) * 20)),
}

KEPT: dict[str, tuple[str, Make]] = {
    "a photo with place, thumbnail and profile": ("IMG.JPG", _PICTURE),
    "a photo called PDF": ("don.pdf", _PICTURE),
    "a photo with a page behind it": ("x.html", lambda: _PICTURE() + HTML),
    "a photo with a zip behind it": ("x.zip", lambda: _PICTURE() + _zip(a=MARK.encode())),
    "a photo with EICAR behind it": ("x.jpg", lambda: _PICTURE() + EICAR),
    "a PNG with texts": ("x.png", samples.png_with_texts),
    "a WebP with EXIF": ("x.webp", samples.webp_with_place),
    "a film with its place": ("x.mp4", _film),
    "a paper with everything": ("don.pdf", samples.pdf_with_everything),
    "a paper with a script": ("don.pdf", _pdf(_opens(S=pikepdf.Name.JavaScript, JS=MARK))),
    "a paper that starts a program": ("don.pdf", _pdf(_opens(S=pikepdf.Name.Launch, F=MARK))),
    "a paper that opens an address": ("don.pdf", _pdf(_opens(S=pikepdf.Name.URI, URI=f"https://x/{MARK}"))),
    "a paper that opens another": ("don.pdf", _pdf(_opens(S=pikepdf.Name.GoToR, F=f"//x/{MARK}"))),
    "a paper that sends its form": ("don.pdf", _pdf(_opens(S=pikepdf.Name.SubmitForm, F=f"https://x/{MARK}"))),
    "a paper with a file in it": ("don.pdf", _pdf(_embeds)),
    "a paper with XFA": ("don.pdf", _pdf(_has_xfa)),
    "a paper with its author": ("don.pdf", _pdf(_named)),
    "a paper with a page behind it": ("don.html", lambda: _pdf(_named)() + HTML),
    "a paper that opens into 300 MB": ("don.pdf", _pdf(_inflates)),
}

INERT = (MARK.encode(), b"<script", b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/XFA",
         b"/SubmitForm", b"/GoToR", b"Exif\0", b"adobe:ns", b"tEXt", b"iTXt", b"zTXt", b"ICC_PROFILE", b"EXIF",
         samples.COORDINATES, b"\xa9xyz", EICAR, b"PK\x03\x04")  # fmt: skip
"""What no kept copy holds."""


@cache
def photo() -> bytes:
    """A small phone photo full of marks."""
    return _PICTURE()
