"""Pictures: drawn anew from their pixels, so that nothing but the pixels can come along."""

from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from . import Refused, Size

MAX_PIXELS = {"JPEG": 50_000_000, "PNG": 50_000_000, "WEBP": 24_000_000}
"""What fits into the process's memory twice over, once to turn it; writing WebP takes more of it."""
Image.MAX_IMAGE_PIXELS = None  # our own limit is asked before a pixel is decoded


def clean(kind: str, source: Path, target: Path) -> Size:
    """Draw the picture anew, turned the way it is meant to be seen; only its pixels go into the copy."""
    form = kind.upper()
    try:
        with Image.open(source, formats=[form]) as picture:
            if picture.width * picture.height > MAX_PIXELS[form]:
                raise Refused(f"too_many_pixels:{MAX_PIXELS[form]}")
            picture.load()  # of an animation the first frame
            ImageOps.exif_transpose(picture, in_place=True)
            _save(_plain(picture, form), form, target)
            return picture.size
    except UnidentifiedImageError as error:
        raise Refused("broken") from error


def _plain(picture: Image.Image, form: str) -> Image.Image:
    """The same pixels in a mode the format can hold, without profile, comment, text, place or thumbnail."""
    keeps = {"JPEG": {"L", "RGB"}, "PNG": {"1", "L", "LA", "I;16", "P", "RGB", "RGBA"}, "WEBP": {"RGB", "RGBA"}}
    see_through = picture.has_transparency_data
    if picture.mode not in keeps[form] or (picture.mode != "RGBA" and picture.mode != "LA" and see_through):
        picture = picture.convert("RGBA" if see_through and form != "JPEG" else "RGB")
    picture.info.clear()
    return picture


def _save(picture: Image.Image, form: str, target: Path) -> None:
    """Good enough to read a document by, quick enough for a phone's whole roll."""
    options: dict[str, Any] = {
        "JPEG": {"quality": 88},
        "PNG": {"compress_level": 3},
        "WEBP": {"quality": 88, "method": 0},
    }[form]
    picture.save(target, format=form, **options)
