"""Files as residents and attackers send them, made on the spot: each holds a mark that must not survive."""

import functools
import io
import struct
import zlib
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pikepdf
from PIL import Image, ImageOps, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

MARK = "Ben-Nha-Toi-Pac-Bo"
"""Stands for whatever a file tells about the resident; searched for in the bytes of the kept copy."""
COORDINATES = b"+22.6657+106.2522/"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>{MARK}</rdf:RDF></x:xmpmeta>'.encode()


@functools.cache
def picture(width: int = 320, height: int = 200) -> Image.Image:
    """A landscape that compresses like a photo: soft colours with a camera's noise."""
    chance = np.random.default_rng(20)
    coarse = chance.integers(0, 255, (max(2, height // 40), max(2, width // 40), 3), dtype=np.uint8)
    soft = np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)).astype(np.int16)
    noise = chance.integers(-9, 9, soft.shape, dtype=np.int16)
    return Image.fromarray((soft + noise).clip(0, 255).astype(np.uint8))


def bytes_of(image: Image.Image, form: str, **options: object) -> bytes:
    """An image as file content."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def camera_data(orientation: int) -> Image.Exif:
    """What a phone writes into a photo: device, artist, place, and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = exif[0x013B] = exif[0x010E] = MARK
    place = exif.get_ifd(0x8825)
    place[1], place[3] = "N", "E"
    place[2] = tuple(IFDRational(n) for n in (22, 39, 56))
    place[4] = tuple(IFDRational(n) for n in (106, 15, 7))
    place[29] = MARK
    return exif


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg_with_everything(width: int = 320, height: int = 200, quality: int = 90) -> bytes:
    """A phone photo held upright: GPS, device, XMP, thumbnail, ICC text, comment, orientation 6, bytes at the end."""
    image = picture(width, height)
    profile = b"ICC " + MARK.encode()
    plain = bytes_of(
        image, "JPEG", quality=quality, exif=camera_data(6), xmp=XMP, comment=MARK.encode(), icc_profile=profile
    )
    thumbnail = bytes_of(image.resize((80, 50)), "JPEG")
    return plain[:2] + _segment(0xED, b"Photoshop 3.0\0" + MARK.encode() + thumbnail) + plain[2:] + MARK.encode()


def two_frame_jpeg() -> bytes:
    """A photo with a second one behind it, as phones keep depth and motion."""
    second = picture(160, 100)
    return bytes_of(picture(), "MPO", save_all=True, append_images=[second], exif=camera_data(1))


def png_with_texts() -> bytes:
    """A screenshot with every kind of text chunk, a place in eXIf, and a see-through corner."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", MARK)
    texts.add_text("Comment", MARK, zip=False)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    image = picture().convert("RGBA")
    image.putpixel((0, 0), (0, 0, 0, 0))
    return bytes_of(image, "PNG", pnginfo=texts, exif=camera_data(1), icc_profile=MARK.encode())


def palette_png(see_through: bool) -> bytes:
    """A drawing of few colours."""
    options = {"transparency": 0} if see_through else {}
    return bytes_of(picture().quantize(16), "PNG", **options)


def webp_with_place() -> bytes:
    """A WebP photo with place and XMP."""
    return bytes_of(picture(), "WEBP", exif=camera_data(1), xmp=XMP)


def moving_webp() -> bytes:
    """Two pictures that take turns."""
    other = ImageOps.invert(picture())
    return bytes_of(picture(), "WEBP", save_all=True, append_images=[other], duration=100)


def cmyk_jpeg() -> bytes:
    """A photo from a print shop."""
    return bytes_of(picture().convert("CMYK"), "JPEG")


def truncated_jpeg() -> bytes:
    """A photo whose upload broke off half-way."""
    whole = bytes_of(picture(), "JPEG")
    return whole[: len(whole) // 2]


def _png_chunk(word: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + word + content + struct.pack(">I", zlib.crc32(word + content))


@functools.cache
def one_colour_png(width: int, height: int) -> bytes:
    """A file of some kilobytes that asks for gigabytes when opened."""
    packer, rows = zlib.compressobj(1), b"\0" * (width * 3 + 1)
    packed = b"".join([*(packer.compress(rows) for _ in range(height)), packer.flush()])
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (_png_chunk(b"IHDR", header), _png_chunk(b"IDAT", packed), _png_chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def _paper() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    return pdf


def pdf_with_everything() -> bytes:
    """A paper that runs a script, starts a program, carries a file, and names its author in three places."""
    pdf = _paper()
    page = pdf.pages[0].obj
    script = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{MARK}')"))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe", Next=script)
    pdf.Root.OpenAction = script
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["run", script]))
    pdf.attachments["secret.txt"] = pikepdf.AttachedFileSpec(pdf, MARK.encode(), filename="secret.txt")
    page.AA = pikepdf.Dictionary(O=script)
    page.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.Dictionary(Private=MARK))
    page.Annots = pikepdf.Array([_link(pdf, launch), _pinned_file(pdf), _field(pdf, script)])
    page.Resources = _resources(pdf)
    page.Contents = pdf.make_stream(b"q 200 0 0 100 50 600 cm /AA Do Q")
    pdf.docinfo["/Author"] = MARK
    with pdf.open_metadata() as about:
        about["dc:creator"] = [MARK]
    return _saved(pdf)


def _link(pdf: pikepdf.Pdf, action: pikepdf.Object) -> pikepdf.Object:
    box = [10, 10, 90, 30]
    return pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=box, A=action))


def _pinned_file(pdf: pikepdf.Pdf) -> pikepdf.Object:
    content = pdf.make_stream(MARK.encode(), Type=pikepdf.Name.EmbeddedFile)
    file = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="x.exe", EF=pikepdf.Dictionary(F=content))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[1, 1, 9, 9], FS=file)
    return pdf.make_indirect(note)


def _field(pdf: pikepdf.Pdf, script: pikepdf.Object) -> pikepdf.Object:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="ten",
                              V="Nông Thị Hoa", Rect=[10, 50, 90, 70], AA=pikepdf.Dictionary(K=script))  # fmt: skip
    field = pdf.make_indirect(note)
    xfa = pdf.make_stream(MARK.encode())
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], XFA=xfa)
    return field


def _resources(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """A photo with its camera's data, wickedly called /AA so that a blunt cleaner would lose it."""
    names = {"Type": "/XObject", "Subtype": "/Image", "ColorSpace": "/DeviceRGB", "Filter": "/DCTDecode"}
    facts = {key: pikepdf.Name(value) for key, value in names.items()}
    photo = pdf.make_stream(jpeg_with_everything(), Width=320, Height=200, BitsPerComponent=8, **facts)
    photo.Metadata = pdf.make_stream(XMP, Type=pikepdf.Name.Metadata)
    return pikepdf.Dictionary(XObject=pikepdf.Dictionary(AA=photo))


def locked_pdf() -> bytes:
    """A paper behind a password."""
    return _saved(_paper(), encryption=pikepdf.Encryption(owner="o", user="u"))


def restricted_pdf() -> bytes:
    """A paper that opens without a password but is encrypted all the same."""
    return _saved(_paper(), encryption=pikepdf.Encryption(owner="o", user=""))


def film(place: Path, box: str = "mp4", codec: str = "libx264", turned: bool = False, sound: bool = True) -> bytes:
    """One second of film with sound, its place and maker written in the box, as phones do."""
    with av.open(str(place), "w", format=box, options={"movflags": "use_metadata_tags"}) as out:
        out.metadata.update({"location": COORDINATES.decode(), "artist": MARK, "comment": MARK, "com.android.x": MARK})
        out.metadata["creation_time"] = "2026-11-20T08:00:00Z"
        track = out.add_stream(codec, rate=10)
        track.width, track.height, track.pix_fmt = 160, 90, "yuv420p"
        track.metadata["handler_name"] = MARK
        if turned:
            track.set_display_rotation(90)
        voice = _voice(out) if sound else None
        for number in range(10):
            frame = av.VideoFrame.from_image(picture(160, 90))
            frame.pts, frame.time_base = number, Fraction(1, 10)
            out.mux(track.encode(frame))
        out.mux(track.encode(None))
        if voice:
            out.mux(voice.encode(None))
    return place.read_bytes()


def _voice(out: av.container.OutputContainer) -> av.AudioStream:
    """Half a second of silence."""
    voice = out.add_stream("aac", rate=8000, layout="mono")
    for number in range(4):
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), dtype=np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 8000, number * 1024, Fraction(1, 8000)
        out.mux(voice.encode(frame))
    return voice


def sound_only(place: Path) -> bytes:
    """A voice memo in an MP4 box."""
    with av.open(str(place), "w", format="mp4") as out:
        out.mux(_voice(out).encode(None))
    return place.read_bytes()


GIF_SCRIPT = b"GIF89a=1;alert(document.cookie)//" + bytes(40)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(60)
PROGRAM = b"MZ\x90\0" + bytes(200)
ZIP = b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(20) + b"a.txt" + bytes(60)
DOCX = b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(20) + b"word/document.xml" + bytes(60)
