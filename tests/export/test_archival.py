"""What PDF/A-2b asks of a file, as far as pikepdf can see it. It is no validator: see docs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from PIL import Image

from evidencebox.export import pages
from evidencebox.export.book import Entry, book, stamp
from evidencebox.export.stamps import Stamp, read_profile
from evidencebox.export.typeset import Heading, typeset
from evidencebox.model.documents import DocumentType, Page
from evidencebox.model.pictures import Picture
from evidencebox.model.sheets import Line, Sheet

_FORBIDDEN = ("/JavaScript", "/JS", "/AA", "/OpenAction", "/Launch", "/EmbeddedFiles", "/Movie")


@pytest.fixture(scope="module")
def made() -> bytes:
    """A book of one exhibit: a page that we set, and a picture with words behind it."""
    profile = read_profile()
    text = Page(1, "Seen by Iñaki.\nAnd “others”, ﬁrst.", label="1")
    letter = typeset(Heading("EB-1 a.txt", "0" * 64, DocumentType.MAIL), [text]).pdf
    shown = Picture(200, 100, 1, 200, (), Image.new("L", (200, 100), 200).tobytes())
    drawn = pages.pictures_pdf(iter([Sheet(1, shown, 200, 100, (Line("Ünï 王", 5, 5, 90, 20),))]))
    into, stamps = io.BytesIO(), (Stamp("B-1", "PX-1"), Stamp("B-2"))
    parts = [
        io.BytesIO(stamp(profile, body, [number]))
        for body, number in zip((letter, drawn), stamps, strict=True)
    ]
    entry = Entry("PX-1", "d", ("B-1", "B-2"), 2)
    book(profile, "Exhibits", ["fact"], [(entry, parts)], into)
    return into.getvalue()


@pytest.fixture
def pdf(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made)) as opened:
        yield opened


def test_it_declares_itself_and_its_colours(made: bytes, pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "2B"
    (intent,) = list(pdf.Root.OutputIntents)
    profile = intent.DestOutputProfile
    assert (intent.S, int(profile.N)) == (pikepdf.Name.GTS_PDFA1, 3)
    assert profile.read_bytes()[36:40] == b"acsp"
    assert profile.read_bytes()[16:20] == b"RGB "
    assert made.startswith(b"%PDF-1.7\n%")
    assert min(made[10:14]) > 127  # four bytes that say that it is no text
    assert len(pdf.trailer.ID) == 2
    assert not pdf.is_encrypted


def test_metadata_are_in_the_clear_and_say_nothing_that_the_file_says_otherwise(
    pdf: pikepdf.Pdf,
) -> None:
    assert "/Filter" not in pdf.Root.Metadata
    assert pdf.Root.Metadata.Subtype == pikepdf.Name.XML
    assert "/Info" not in pdf.trailer


def test_nothing_acts_and_nothing_is_attached(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            assert not set(_FORBIDDEN) & set(item.keys())
            assert item.get("/Subtype") not in ("/3D", "/Sound", "/Screen", "/PS")
    for page in pdf.pages:
        for note in page.obj.get("/Annots", ()):
            assert note.Subtype == pikepdf.Name.Link
            assert int(note.F) & 0b1_0110_0111 == 0b100  # printed, and neither hidden nor unseen


def test_every_typeface_is_in_the_file(pdf: pikepdf.Pdf) -> None:
    seen = 0
    for font in (item for item in pdf.objects if _is(item, "/Font")):
        seen += 1
        if font.Subtype == pikepdf.Name.Type3:
            assert len(list(font.CharProcs.keys())) >= int(font.LastChar)
            continue
        assert font.Subtype == pikepdf.Name.TrueType
        assert "/FontFile2" in font.FontDescriptor
        assert len(list(font.Widths)) == int(font.LastChar) - int(font.FirstChar) + 1
        assert "/ToUnicode" in font
        if int(font.FontDescriptor.Flags) & 4:
            assert "/Encoding" not in font  # of a symbolic typeface, none may be given
    assert seen >= 2


def test_colours_and_pictures_need_no_device(pdf: pikepdf.Pdf) -> None:
    allowed = ("/DeviceRGB", "/DeviceGray")
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Image:
            assert str(item.ColorSpace) in allowed
            assert not {"/Alternates", "/OPI", "/SMask"} & set(item.keys())
            assert not item.get("/Interpolate", False)
        elif isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Form:
            assert not {"/OPI", "/PS", "/Ref"} & set(item.keys())
            operators = {str(each.operator) for each in pikepdf.parse_content_stream(item)}
            assert not operators & {"k", "K"}  # no ink without a profile
        if isinstance(item, pikepdf.Stream) and "/Filter" in item:
            assert "LZWDecode" not in str(item.Filter)


def _is(item: Any, kind: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == kind
