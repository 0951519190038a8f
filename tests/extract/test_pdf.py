"""PDF: pages, labels, notes, fields, attachments, encryption, damage."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from evidencebox.extract.pdf import pdf_date
from evidencebox.model.extraction import Limits


def made(*pages: str, password: str | None = None, form: bool = False) -> bytes:
    out = io.BytesIO()
    encrypt = None if password is None else StandardEncryption(password, "owner", canPrint=0)
    paper = canvas.Canvas(out, encrypt=encrypt)
    paper.setTitle("Background check")
    paper.setAuthor("Unit 7")
    for number, text in enumerate(pages):
        for line, piece in enumerate(text.split("\n")):
            paper.drawString(72, 700 - 20 * line, piece)
        if form and number == 0:
            paper.acroForm.textfield(name="ssn", value="078-05-1120", x=72, y=500)
            paper.textAnnotation("an annotation", Rect=[10, 10, 40, 40])
            paper.linkURL("https://example.org/evidence", (72, 400, 200, 420))
        paper.showPage()
    paper.save()
    return out.getvalue()


def test_pages_and_metadata(read: Any) -> None:
    found = read(made("first words\nsecond line", "", "third page"), "x.pdf")
    assert [page.text.split() for page in found.pages] == [
        ["first", "words", "second", "line"],
        [],
        ["third", "page"],
    ]
    assert found.metadata["title"] == ["Background check"]
    assert found.metadata["author"] == ["Unit 7"]
    assert found.metadata["created"][0].startswith("20")
    assert ("no_text_layer", "1 of 3 pages have no text: 2") in found.notices
    assert found.status == "ok"


def test_annotations_form_values_and_links_are_kept(read: Any) -> None:
    found = read(made("words", form=True), "x.pdf")
    assert found.spans("annotation") == ["an annotation"]
    assert found.spans("form_field") == ["078-05-1120"]
    assert found.spans("link") == ["https://example.org/evidence"]


def test_attachments_are_children(read: Any) -> None:
    document = pypdfium2.PdfDocument(made("words"))
    document.new_attachment("évidence.txt").set_data(b"attached bytes")
    out = io.BytesIO()
    document.save(out)
    document.close()
    found = read(out.getvalue(), "x.pdf")
    assert [(c.head.name, c.head.relation, c.data) for c in found.children] == [
        ("évidence.txt", "attachment", b"attached bytes")
    ]


def test_encrypted_with_a_password_is_said_so(read: Any) -> None:
    found = read(made("secret", password="long"), "x.pdf")
    assert found.status == "encrypted"
    assert not found.pages


def test_an_empty_user_password_opens(read: Any) -> None:
    assert "secret" in read(made("secret", password=""), "x.pdf").text


def test_a_scan_has_blank_pages_and_is_empty(read: Any) -> None:
    found = read(made("", ""), "x.pdf")
    assert found.status == "empty"
    assert len(found.pages) == 2
    assert found.codes == {"no_text_layer", "no_text"}


def test_page_limit_keeps_what_was_read(read: Any) -> None:
    found = read(made(*["page"] * 6), "x.pdf", limits=Limits(pages=4))
    assert found.status == "limit"
    assert len(found.pages) == 4


def test_damage(read: Any) -> None:
    assert read(b"%PDF-1.7\n" + b"garbage " * 300, "x.pdf").status == "failed"
    half = made("words " * 10)
    assert read(half[: len(half) // 2], "x.pdf").status in ("failed", "partial", "ok", "empty")


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("D:20210403080000-04'00'", "2021-04-03T12:00:00Z"),
        ("D:20210403120000Z", "2021-04-03T12:00:00Z"),
        ("D:2021", "2021-01-01T00:00:00"),
        ("D:20219999", ""),
        ("yesterday", ""),
    ],
)
def test_dates(raw: str, iso: str) -> None:
    assert pdf_date(raw) == iso
