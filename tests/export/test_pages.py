"""Pages of ours: unseen words, typeset text, boxes in pixels, what the check refuses."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from evidencebox.export import blackout, redacted
from evidencebox.export.pages import add_picture, pictures_pdf, saved
from evidencebox.export.typeset import Heading, typeset
from evidencebox.model.documents import DocumentType, Page, Span
from evidencebox.model.pictures import Picture
from evidencebox.model.sheets import Line, Sheet

WHITE = Picture(850, 1100, 3, 816, (), b"\xff" * (850 * 1100 * 3))


def _text(pdf: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document[page].get_textpage().get_text_bounded())
    finally:
        document.close()


def test_words_behind_a_picture_are_found_in_every_script_and_never_seen() -> None:
    lines = (
        Line("Hello Wörld", 100, 100, 400, 130),
        Line("Привет 漢字 \U0001f4ce", 100, 200, 500, 230),
    )
    pdf = pictures_pdf(iter([Sheet(1, WHITE, 612, 792, lines)]))
    assert _text(pdf).split("\r\n") == ["Hello Wörld", "Привет 漢字 \U0001f4ce"]
    document = pypdfium2.PdfDocument(pdf)
    drawn = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    assert drawn.getextrema()[0] > 240


def test_the_same_pages_are_the_same_bytes() -> None:
    sheets = [Sheet(1, WHITE, 612, 792, (Line("a", 1, 1, 9, 9),))] * 2
    assert pictures_pdf(iter(sheets)) == pictures_pdf(iter(sheets))


def test_cells_of_a_sheet_and_marks_of_a_letter_are_set_from_their_text() -> None:
    rows = "\n".join("\t".join(f"r{row}c{column}" for column in range(11)) for row in range(130))
    made = typeset(Heading("EB-1 a.xlsx", "0" * 64, DocumentType.SHEET), [Page(4, rows, "Pay")])
    said = "".join(_text(made.pdf, n) for n in range(len(made.pages)))
    assert set(made.pages) == {4}
    assert all(f"r{row}c{column}" in said for row in range(130) for column in range(11))
    assert "Typeset by EvidenceBox from the text of EB-1 a.xlsx, page 4 (Pay)" in said


def test_characters_without_a_shape_are_counted() -> None:
    page = Page(1, "kept \u6f22 <b>&", spans=(Span(0, 4, "hidden"),))
    made = typeset(Heading("EB-1", "0" * 64, DocumentType.WORD), [page])
    assert made.missing == 1
    assert "[hidden: kept]" in _text(made.pdf)
    assert "<b>&" in _text(made.pdf)


def test_what_lies_under_a_box_is_one_black() -> None:
    image = Image.effect_noise((300, 200), 90).convert("L")
    out = blackout.burned(image, [((50, 50, 150, 90), "")], inverse=False)
    assert out.crop((50, 50, 150, 90)).getextrema() == (0, 0)
    assert out.crop((150, 0, 300, 200)).tobytes() == image.crop((150, 0, 300, 200)).tobytes()
    only = blackout.burned(image, [((50, 50, 150, 90), "")], inverse=True)
    assert only.crop((50, 50, 150, 90)).tobytes() == image.crop((50, 50, 150, 90)).tobytes()
    assert only.crop((150, 0, 300, 200)).getextrema() == (0, 0)


def test_boxes_of_a_line_become_one_and_lines_stay_apart() -> None:
    boxes = [((10, 10, 50, 30), "A"), ((55, 11, 90, 30), "A"), ((10, 32, 50, 52), "A")]
    assert blackout.merged(boxes) == [((10, 10, 90, 30), "A"), ((10, 32, 50, 52), "A")]


def _clean() -> pikepdf.Pdf:
    pdf = pikepdf.Pdf.new()
    add_picture(pdf, Image.new("L", (100, 100), 255), (100, 100))
    return pdf


def test_a_redacted_file_of_pictures_alone_has_no_problem() -> None:
    assert list(redacted.problems(saved(_clean()), ["Whitlow"])) == []


@pytest.mark.parametrize(
    "what", ["info", "outline", "text", "note", "thumbnail", "attachment", "xmp"]
)
def test_anything_more_is_a_problem(what: str) -> None:
    pdf = _clean()
    page = pdf.pages[0].obj
    if what == "info":
        pdf.docinfo["/Title"] = "Whitlow"
    elif what == "outline":
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("x", 0))
    elif what == "text":
        pdf.pages[0].contents_add(b"BT ET")
    elif what == "note":
        page.Annots = pikepdf.Array([])
    elif what == "thumbnail":
        page.Thumb = pdf.make_stream(b"")
    elif what == "attachment":
        pdf.attachments["a"] = pikepdf.AttachedFileSpec(pdf, b"Whitlow", filename="a")
    else:
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "Whitlow"
    into = io.BytesIO()
    pdf.save(into)
    assert list(redacted.problems(into.getvalue(), ["Whitlow"]))


def test_a_running_head_follows_its_text_on_the_same_sheet() -> None:
    pages = [Page(1, "The memorandum."), Page(2, "Port Department", "headers"), Page(3, "x", "3")]
    made = typeset(Heading("EB-1", "0" * 64, DocumentType.WORD), pages)
    assert made.pages == (1, 3)
