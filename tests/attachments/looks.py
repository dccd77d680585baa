"""How tests look at what was kept."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from app.attachments.clean import Cleaned

TakeIn = Callable[..., tuple[Cleaned, bytes]]
"""The fixture `take_in`: content and name go in, the facts and the kept bytes come out."""


def left_behind(root: Path) -> list[Path]:
    """Every file under a folder; after a refusal there is none."""
    return [place for place in root.rglob("*") if place.is_file()]


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures' colours, 0 to 255."""
    return float(np.abs(np.asarray(one.convert("RGB"), float) - np.asarray(other.convert("RGB"), float)).mean())


def seconds(work: Callable[[], object]) -> float:
    """How long the processor worked, here and in helpers that ended; what else the machine does is not counted."""
    started = sum(os.times()[:4])
    work()
    return sum(os.times()[:4]) - started
