"""Pictures: frames as pages, what is written into them, bombs, damage."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin, TiffImagePlugin

from evidencebox.extract.imagemeta import DoctypeError, moment, place, xmp_captions
from evidencebox.model.extraction import Limits

FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP", "JPEG2000")
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:p="http://ns.adobe.com/photoshop/1.0/"
 p:Headline="Evidence locker"><dc:description><rdf:Alt>
 <rdf:li xml:lang="x-default">the seized rifle</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (90, 120, 200)).save(out, kind, **options)
    return out.getvalue()


def noise(kind: str, side: int = 200) -> bytes:
    out = io.BytesIO()
    data = random.Random(3).randbytes(side * side)
    Image.frombytes("L", (side, side), data).save(out, kind)
    return out.getvalue()


def bomb(side: int) -> bytes:
    """A PNG that says it is so wide and high, with next to nothing in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * (1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def camera() -> Image.Exif:
    exif = Image.Exif()
    exif[271], exif[272], exif[305] = "Canon", "EOS 40D", "Firmware 1.1"
    exif[306] = "2021:05:02 10:00:00"
    exif[0x8769] = {36867: "2021:04:03 08:00:00", 36881: "-04:00", 42033: "SN-4471"}
    exif[0x8825] = {1: "N", 2: (38.0, 53.0, 42.0), 3: "W", 4: (77.0, 2.0, 12.0)}
    return exif


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_is_a_page_with_no_text_layer(read: Any, kind: str) -> None:
    found = read(picture(kind), f"x.{kind.lower()}")
    assert [page.text for page in found.pages] == [""]
    assert found.metadata["dimensions"] == ["40 x 30"]
    assert found.outcome.type.value == "image"
    assert found.status == "empty"
    assert "no_text_layer" in found.codes


@pytest.mark.parametrize("kind", ["TIFF", "GIF", "WEBP", "PNG"])
def test_each_frame_is_a_page(read: Any, kind: str) -> None:
    frames = [Image.new("L", (50, 40), shade) for shade in (10, 120, 240)]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    found = read(out.getvalue(), "x")
    assert len(found.pages) == 3
    assert found.metadata["pages"] == ["3"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_says_when_where_and_by_what(read: Any, kind: str) -> None:
    found = read(picture(kind, exif=camera().tobytes()), "x")
    assert found.metadata["device_make"] == ["Canon"]
    assert found.metadata["device_model"] == ["EOS 40D"]
    assert found.metadata["device_serial"] == ["SN-4471"]
    assert found.metadata["created"] == ["2021-04-03T12:00:00Z"]
    assert found.metadata["modified"] == ["2021-05-02T10:00:00"]
    assert found.metadata["date"] == ["2021-04-03T12:00:00Z"]
    assert found.metadata["gps"] == ["38.895000, -77.036667"]


def test_words_in_a_picture_are_found_and_marked(read: Any) -> None:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Comment", "handed over by the informant")
    chunks.add_itxt("Título", "la foto robada", zip=True)
    chunks.add_itxt("XML:com.adobe.xmp", XMP)
    found = read(picture(pnginfo=chunks), "x.png")
    assert set(found.spans("caption")) == {
        "handed over by the informant",
        "la foto robada",
        "the seized rifle",
        "Evidence locker",
    }
    assert found.status == "ok"
    assert "handed over by" in read(picture("JPEG", comment=b"handed over by"), "x.jpg").text
    assert "handed over by" in read(picture("GIF", comment=b"handed over by"), "x.gif").text


def test_iptc_inside_its_own_head_is_read(read: Any) -> None:
    """As some newspapers' software wrote it."""
    words = b"Opening night"
    iim = b"\x1c\x02\x05" + struct.pack(">H", len(words)) + words
    inner = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iim)) + iim
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(inner)) + inner
    data = picture("JPEG")
    app13 = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
    found = read(data[:2] + app13 + data[2:], "x.jpg")
    assert found.spans("caption") == ["Opening night"]


def test_a_picture_that_does_not_open_still_says_when_and_where(read: Any) -> None:
    exif = camera()
    exif[270] = "behind the depot"
    raw = exif.tobytes().removeprefix(b"Exif\0\0")
    heic = struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + b"Exif\0\0" + raw
    for data, name in ((raw, "x.dng"), (heic, "x.heic")):
        found = read(data, name)
        assert found.status == "partial", name
        assert "too damaged" in found.outcome.reason
        assert found.spans("caption") == ["behind the depot"]
        assert found.metadata["date"], name
        assert found.metadata["gps"], name
    assert read(heic[:24], "x.heic").status == "failed"


def test_a_tiff_says_who_scanned_it(read: Any) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[270], tags[315] = "page of the ledger", "Scan station 3"
    found = read(picture("TIFF", tiffinfo=tags), "x.tif")
    assert found.spans("caption") == ["page of the ledger"]
    assert found.metadata["author"] == ["Scan station 3"]


def test_a_thumbnail_is_not_a_child(read: Any) -> None:
    exif = camera()
    found = read(picture("JPEG", exif=exif.tobytes() + picture("JPEG", (16, 16))), "x.jpg")
    assert found.children == []
    assert len(found.pages) == 1


@pytest.mark.parametrize("side", [10_001, 50_000])
def test_a_bomb_stops_at_its_head(read: Any, side: int) -> None:
    found = read(bomb(side), "x.png")
    assert found.status == "limit"
    assert f"{side:,} x {side:,}" in found.outcome.reason
    assert len(found.pages) == 1


def test_the_limit_is_the_documents(read: Any) -> None:
    assert read(picture(), "x", limits=Limits(pixels_per_side=30)).status == "limit"
    assert read(picture(), "x", limits=Limits(pixels_per_side=40)).status == "empty"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "JPEG2000"])
def test_a_cut_picture_is_partial_and_keeps_its_page(read: Any, kind: str) -> None:
    data = noise(kind)
    found = read(data[: len(data) * 3 // 4], "x")
    if kind in ("TIFF", "WEBP"):  # a TIFF's directory may come last, WebP counts its bytes first
        assert found.status in ("partial", "failed")
    else:
        assert found.status == "partial"
        assert len(found.pages) == 1
        assert "cut off" in found.outcome.reason


def test_a_fax_that_is_cut_keeps_the_pages_before(read: Any) -> None:
    pages = [Image.frombytes("L", (99, 99), random.Random(n).randbytes(99 * 99)) for n in range(3)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    found = read(out.getvalue()[:21_000], "x.tif")
    assert found.status == "partial"
    assert 2 <= len(found.pages) <= 3


def test_a_time_without_an_offset_is_the_devices() -> None:
    assert moment({36867: "2021:04:03 08:00:00"}, 36867) == "2021-04-03T08:00:00"
    assert moment({36867: "2021:04:03 08:00:00", 36881: "+02:00"}, 36867) == "2021-04-03T06:00:00Z"
    assert moment({36867: "0000:00:00 00:00:00"}, 36867) == ""
    assert moment({36867: b"\xff\xfe"}, 36867) == ""


def test_a_place_is_decimal_or_nothing() -> None:
    assert place({1: "S", 2: (12, 30, 0), 3: "E", 4: (45, 0, 36)}) == "-12.500000, 45.010000"
    assert place({2: (512, 0, 0), 4: (0, 0, 0)}) == ""
    assert place({2: (1, 2), 4: "x"}) == ""
    assert place({}) == ""


def test_xmp_with_a_document_type_is_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    with pytest.raises(DoctypeError):
        xmp_captions(laughs)


def test_captions_do_not_fail_on_a_bad_packet(read: Any) -> None:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Comment", "still here")
    chunks.add_itxt("XML:com.adobe.xmp", "<!DOCTYPE x [<!ENTITY a 'ha'>]><x>&a;</x>")
    found = read(picture(pnginfo=chunks), "x.png")
    assert found.spans("caption") == ["still here"]
    assert "broken_metadata" in found.codes


@pytest.mark.parametrize("count", [8, pytest.param(400, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", FORMATS)
def test_mutated_pictures_never_raise(read: Any, kind: str, count: int) -> None:
    chance = random.Random(zlib.crc32(kind.encode()))
    for _ in range(count):
        exif = camera().tobytes() if kind in ("PNG", "JPEG", "WEBP", "TIFF") else b""
        data = bytearray(picture(kind, exif=exif))
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert read(bytes(data), "x").outcome.version


def test_real_pictures(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs" / "files" / "tika-parser-image-module"
    found = read((folder / "IMG_1034.heic").read_bytes(), "IMG_1034.heic")
    assert found.metadata["device_model"] == ["iPhone 8"]
    assert found.metadata["gps"] == ["23.177917, 113.394317"]
    found = read((folder / "testJPEG_GEO_2.jpg").read_bytes(), "x.jpg")
    assert found.metadata["gps"] == ["51.575762, -1.567886"]
