"""A kept paper can be read and does nothing by itself."""

import io
from collections.abc import Callable

import pikepdf
import pytest

from app.attachments import clean as door
from tests.attachments import samples
from tests.attachments.looks import TakeIn, difference


def unpacked(content: bytes) -> bytes:
    """A PDF with nothing compressed, so that a search finds what is in it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, static_id=True)
    return out.getvalue()


def test_a_paper_loses_scripts_programs_attached_files_and_author(take_in: TakeIn) -> None:
    original = samples.pdf_with_everything()
    signs = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/AA <<", b"/XFA", b"/Author",
             b"/PieceInfo", b"x:xmpmeta", b"calc.exe", b"x.exe", samples.MARK.encode())  # fmt: skip
    assert all(sign in unpacked(original) for sign in signs)
    cleaned, kept = take_in(original, "đơn.pdf")
    assert (cleaned.media_type, cleaned.width, cleaned.height) == ("application/pdf", None, None)
    assert [sign for sign in signs if sign in unpacked(kept)] == []


def test_a_paper_keeps_its_page_its_form_text_and_its_photo(take_in: TakeIn) -> None:
    _, kept = take_in(samples.pdf_with_everything())
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        (page,) = pdf.pages
        photo = pikepdf.PdfImage(page.get_images()["/AA"]).as_pil_image()
        values = [str(note.V) for note in page.obj.Annots if "/V" in note]
    assert photo.size == (320, 200) and difference(photo, samples.picture()) < 8
    assert values == ["Nông Thị Hoa"]


@pytest.mark.parametrize("make", [samples.locked_pdf, samples.restricted_pdf])
def test_a_locked_paper_is_refused_with_the_way_out(take_in: TakeIn, make: Callable[[], bytes]) -> None:
    with pytest.raises(door.Encrypted, match=r'"đơn\.pdf" đang bị khóa\. Bỏ mật khẩu'):
        take_in(make(), "đơn.pdf")
