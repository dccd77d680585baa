"""A kept picture shows what the resident wanted to show, and tells nothing more."""

import hashlib
import os
import re
from collections.abc import Callable

import numpy as np
import pytest
from PIL import ImageOps

from app.attachments import clean as door
from app.attachments.storage import Storage
from tests.attachments import samples
from tests.attachments.looks import TakeIn, difference, left_behind, opened, seconds


def test_a_phone_photo_keeps_its_picture_upright_and_loses_place_device_thumbnail_and_notes(take_in: TakeIn) -> None:
    original = samples.jpeg_with_everything()
    assert original.count(samples.MARK.encode()) >= 5 and original.count(b"\xff\xd8\xff") == 2
    cleaned, kept = take_in(original, "IMG_0001.JPG")
    assert (cleaned.media_type, cleaned.width, cleaned.height) == ("image/jpeg", 200, 320)
    assert difference(opened(kept), ImageOps.exif_transpose(opened(original))) < 4
    assert kept.count(b"\xff\xd8\xff") == 1 and not opened(kept).getexif()
    assert not any(sign in kept for sign in (samples.MARK.encode(), b"Exif", b"adobe:ns", b"ICC_PROFILE", b"Photoshop"))


def test_the_facts_of_a_kept_file_are_those_of_its_kept_bytes(take_in: TakeIn) -> None:
    cleaned, kept = take_in(samples.jpeg_with_everything(), "ảnh ổ gà.jpeg")
    assert (cleaned.bytes, cleaned.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    assert re.fullmatch(r"[0-9a-f]{32}\.jpg", cleaned.key) and cleaned.name == "ảnh ổ gà.jpg"


def test_a_screenshot_loses_every_text_chunk_and_keeps_every_pixel(take_in: TakeIn) -> None:
    original = samples.png_with_texts()
    cleaned, kept = take_in(original)
    assert cleaned.media_type == "image/png"
    assert (np.asarray(opened(kept)) == np.asarray(opened(original))).all()
    assert not any(word in kept for word in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP", samples.MARK.encode()))


@pytest.mark.parametrize("see_through", [True, False])
def test_a_drawing_of_few_colours_keeps_its_pixels(take_in: TakeIn, see_through: bool) -> None:
    original = samples.palette_png(see_through)
    _, kept = take_in(original)
    assert (np.asarray(opened(kept).convert("RGBA")) == np.asarray(opened(original).convert("RGBA"))).all()


def test_a_webp_photo_loses_its_place(take_in: TakeIn) -> None:
    original = samples.webp_with_place()
    cleaned, kept = take_in(original)
    assert (cleaned.media_type, cleaned.width, cleaned.height) == ("image/webp", 320, 200)
    assert difference(opened(kept), opened(original)) < 6
    assert not any(word in kept for word in (b"EXIF", b"XMP ", b"ICCP", samples.MARK.encode()))


@pytest.mark.parametrize("make", [samples.moving_webp, samples.two_frame_jpeg])
def test_of_several_pictures_in_one_file_the_first_is_kept(take_in: TakeIn, make: Callable[[], bytes]) -> None:
    _, kept = take_in(make())
    assert getattr(opened(kept), "n_frames", 1) == 1
    assert difference(opened(kept), samples.picture()) < 8


def test_a_print_shop_photo_becomes_one_that_browsers_show(take_in: TakeIn) -> None:
    assert opened(take_in(samples.cmyk_jpeg())[1]).mode == "RGB"


def test_a_small_file_that_opens_into_gigabytes_is_refused_at_its_header(storage: Storage, take_in: TakeIn) -> None:
    bomb = samples.one_colour_png(20_000, 20_000)
    assert len(bomb) < door.MAX_BYTES
    worked = sum(os.times()[:4])
    with pytest.raises(door.TooManyPixels) as refused:
        take_in(bomb, "trắng.png")
    assert sum(os.times()[:4]) - worked < 5
    assert "50 triệu điểm ảnh" in str(refused.value) and left_behind(storage.root) == []


def test_a_three_megabyte_phone_photo_is_clean_in_a_second_and_a_half(take_in: TakeIn) -> None:
    photo = samples.jpeg_with_everything(4000, 3000, 91)
    assert len(photo) > 2_800_000
    assert min(seconds(lambda: take_in(photo)) for _ in range(3)) < 1.5
