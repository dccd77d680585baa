"""A photo as a phone takes it, with the place in its metadata."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageDraw


def jpeg(width: int = 900, height: int = 600) -> bytes:
    """A road with a hole in it, and the phone's name and position beside the pixels."""
    picture = Image.new("RGB", (width, height), "#7f8a6a")
    draw = ImageDraw.Draw(picture)
    draw.polygon([(300, 0), (600, 0), (860, 600), (40, 600)], fill="#8d8a86")
    draw.ellipse((350, 320, 600, 430), fill="#4a4743")
    exif = Image.Exif()
    exif[0x010F] = "Điện thoại"
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 50.0, 12.0), 3: "E", 4: (106.0, 31.0, 5.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, quality=80)
    return out.getvalue()


@dataclass
class Photo:
    """The photo as an upload that the attachments room takes in."""

    filename: str | None
    stream: IO[bytes]

    @classmethod
    def upload(cls, name: str) -> Photo:
        """The photo under that file name."""
        return cls(name, io.BytesIO(jpeg()))
