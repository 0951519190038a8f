"""PDFs one behind the other, as qpdf and pdfium see what came of them."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2

from evidencebox.export.bind import Binding, Mark


def part(words: list[str]) -> io.BytesIO:
    """Pages whose dictionary and stream say something that looks like a reference."""
    pdf = pikepdf.Pdf.new()
    for word in words:
        pdf.add_blank_page(page_size=(200, 100))
        page = pdf.pages[-1]
        page.obj.Said = pikepdf.String(f"{word} (7 0 R) \\ [8 0 R]")
        page.obj.Bytes = pikepdf.String(b"\x00\xff 9 0 R")
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
        font.BaseFont = pikepdf.Name.Helvetica
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(f"BT /F 9 Tf 9 9 Td ({word} 1 0 R) Tj ET".encode())
    pdf.Root.Left = pdf.make_indirect(pikepdf.Dictionary(Behind=pikepdf.Name.Here))
    into = io.BytesIO()
    pdf.save(into, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return into


def bound() -> bytes:
    into = io.BytesIO()
    binding = Binding(into)
    pages: list[int] = []
    for words in (["one", "two"], ["three"], ["front"]):
        with pikepdf.open(part(words)) as opened:
            pages += binding.add(opened, {0: b"/First true"})
    below = [Mark("Second", pages[1])]
    marks = [Mark("Ünï 王 (x)", pages[0], below), Mark("Third", pages[2])]
    binding.finish(last_first=True, marks=marks)
    return into.getvalue()


def test_every_page_says_what_it_said_and_the_last_part_stands_first() -> None:
    data = bound()
    document = pypdfium2.PdfDocument(data)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    assert texts == [f"{word} 1 0 R" for word in ("front", "one", "two", "three")]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.pages[3].obj.Said) == "three (7 0 R) \\ [8 0 R]"
        assert bytes(pdf.pages[2].obj.Bytes) == b"\x00\xff 9 0 R"
        assert ["/First" in page.obj for page in pdf.pages] == [True, True, False, True]
        assert b"Behind" not in data
        with pdf.open_outline() as outline:
            (first, third) = outline.root
            assert (first.title, third.title) == ("Ünï 王 (x)", "Third")
            for item, page in ((first, 1), (first.children[0], 2), (third, 3)):
                assert isinstance(item.destination, pikepdf.Array)
                assert item.destination[0].objgen == pdf.pages[page].obj.objgen


def test_the_same_parts_give_the_same_bytes() -> None:
    assert bound() == bound()
