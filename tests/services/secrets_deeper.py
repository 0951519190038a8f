"""More ways to hide a secret: those of people who knew that somebody would look for it."""

from __future__ import annotations

import io
from collections.abc import Callable

import xlsxwriter
from pikepdf import Array, Name, Pdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evidencebox.config import resource
from evidencebox.export import fonts
from tests.extract.test_pptx import deck, shape, slide
from tests.services.secrets_planted import Secret, _canvas, _scan


def turned(secret: Secret) -> bytes:
    """Turned by its page's own entry, with a crop box that begins elsewhere, and units of its own.

    What lies outside the crop box is no less there.
    """

    def draw(canvas: Canvas) -> None:
        canvas.drawString(150, 600, secret.filler(6))
        canvas.drawString(150, 560, f"Seen: {secret.name}, {secret.number}")
        canvas.drawString(150, 20, f"{secret.name} {secret.number}")

    with Pdf.open(io.BytesIO(_canvas(draw))) as pdf:
        for page, degrees in zip(pdf.pages, (90,), strict=True):
            page.obj.Rotate = degrees
            page.obj.CropBox = Array([100, 100, 560, 700])
        into = io.BytesIO()
        pdf.save(into)
        return into.getvalue()


def pictured(secret: Secret) -> bytes:
    """A page of text with a picture of text on it: only recognition reads that."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 740, secret.filler())
        canvas.drawString(72, 716, f"Statement of {secret.name}, as photographed:")
        canvas.drawImage(ImageReader(_scan(secret, 0)), 100, 150, 400, 518)

    return _canvas(draw)


def parted(secret: Secret) -> bytes:
    """A name of which one half ends a page and the other begins the next, between head and foot."""
    first, last = secret.name.split()

    def draw(canvas: Canvas) -> None:
        for page, (above, below) in enumerate(
            (("", f"Nobody but {first}"), (f"{last} had a key, number {secret.number[:5]}", ""))
        ):
            canvas.setFont(fonts.PLAIN, 12)
            canvas.drawString(72, 770, "Internal affairs, confidential")
            canvas.drawString(72, 720, above or secret.filler())
            canvas.drawString(72, 400, secret.filler())
            canvas.drawString(72, 80, below or f"and again {secret.number}")
            canvas.drawString(72, 30, f"Page {page + 1} of 2")
            canvas.showPage()

    return _canvas(draw)


def scans(secret: Secret) -> bytes:
    """Two sheets of a scan, with a name half on one and half on the other, and a hyphen there."""
    first, last = secret.name.split()
    face = ImageFont.truetype(str(resource("fonts", "DejaVuSans.ttf")), 36)
    sheets: list[Image.Image] = []
    for head, foot in (
        (secret.filler(6), f"nobody saw {first} {last[:5]}-"),
        (f"{last[5:]} leave that night", f"number {secret.number} was his"),
    ):
        image = Image.new("L", (1700, 2200), 250)
        draw = ImageDraw.Draw(image)
        draw.text((200, 150), "Internal affairs, confidential", fill=20, font=face)
        draw.text((200, 260), head, fill=20, font=face)
        draw.text((200, 1000), secret.filler(8), fill=20, font=face)
        draw.text((200, 1950), foot, fill=20, font=face)
        draw.text((200, 2080), f"Page {len(sheets) + 1} of 2", fill=20, font=face)
        sheets.append(image)
    into = io.BytesIO()
    sheets[0].save(into, "PDF", resolution=200, save_all=True, append_images=sheets[1:])
    return into.getvalue()


def lined(secret: Secret) -> bytes:
    """A transcript: the lines are numbered, and a name and a number go over the end of one."""
    first, last = secret.name.split()

    def draw(canvas: Canvas) -> None:
        said = (
            secret.filler(8),
            f"Q. And was it {first}",
            f"{last} who came? A. No: {last[:4]}-",
            f"{last[4:]}, {first}. Her number {secret.number[:6]}",
            f"{secret.number[6:]}, I think, or Badge{secret.number}.",
        )
        for row, line in enumerate(said):
            canvas.drawString(60, 700 - 28 * row, str(row + 11))
            canvas.drawString(100, 700 - 28 * row, line)

    return _canvas(draw)


def garbled(secret: Secret) -> bytes:
    """Type whose characters have other codes than they look: its text says something else."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 740, secret.filler())
        canvas.drawString(72, 700, f"Officer {secret.name}, {secret.number}")

    with Pdf.open(io.BytesIO(_canvas(draw))) as pdf:
        page = pdf.pages[0]
        for _, font in page.Resources.Font.items():
            letters = [f"/{chr(ord('a') + (n + 13) % 26)}" for n in range(26)]
            if font.BaseFont == Name.Helvetica:
                font.ToUnicode = pdf.make_stream(_shifted(letters))
        into = io.BytesIO()
        pdf.save(into)
        return into.getvalue()


def _shifted(letters: list[str]) -> bytes:
    """A map to Unicode that says every small letter is the one thirteen places on."""
    rows = [f"<{97 + n:02x}> <{ord(name[1]):04x}>" for n, name in enumerate(letters)]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        "/CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(rows)} beginbfchar {' '.join(rows)} endbfchar endcmap end end"
    ).encode()


def cells(secret: Secret) -> bytes:
    """First and last name in cells side by side, a number that is a number, a name on a tab."""
    first, last = secret.name.split()
    into = io.BytesIO()
    with xlsxwriter.Workbook(into, {"in_memory": True}) as book:
        page = book.add_worksheet(secret.name)
        page.write_row(0, 0, ["First", "Last", "SSN"])
        page.write_row(1, 0, [first, last, secret.number])
        page.write_row(2, 0, [secret.filler(2), secret.name, secret.filler(2)])
        page.set_header(f"&C{secret.name}")
    return into.getvalue()


def rich(secret: Secret) -> bytes:
    """RTF with the name in runs of several looks, hidden text, and a field."""
    name = secret.name
    return (
        r"{\rtf1\ansi{\info{\author " + name + r"}{\title " + secret.number + r"}}"
        r"\pard " + secret.filler() + r"\par Seen: " + name[:3] + r"{\b " + name[3:7] + r"}{\i "
        + name[7:] + r"}, {\v " + secret.number + r"} and " + secret.number + r".\par}"
    ).encode()  # fmt: skip


def slides(secret: Secret) -> bytes:
    """A slide with a title and its alternative text, and one that no show shows."""
    seen = slide(shape(f"Who is {secret.name}?", "title"), shape("", more=f'descr="{secret.name}"'))
    return deck(seen, slide(shape(f"{secret.name}: {secret.number}"), show="0"))


def table(secret: Secret) -> bytes:
    first, last = secret.name.split()
    return f"first,last,number\r\n{first},{last},{secret.number}\r\nx,{secret.name},1\r\n".encode()


def huge(secret: Secret) -> bytes:
    """A page of five by three metres, with type to match and type that is a speck on it."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((14_400, 8_600))
        canvas.setFont(fonts.PLAIN, 240)
        canvas.drawString(800, 6_000, f"{secret.name} {secret.number}")
        canvas.setFont(fonts.PLAIN, 12)
        canvas.drawString(800, 4_000, f"{secret.name} {secret.number}")

    return _canvas(draw)


DEEPER: dict[str, tuple[str, Callable[[Secret], bytes]]] = {
    "turned": ("pdf", turned),
    "pictured": ("pdf", pictured),
    "parted": ("pdf", parted),
    "scans": ("pdf", scans),
    "lined": ("pdf", lined),
    "garbled": ("pdf", garbled),
    "cells": ("xlsx", cells),
    "rich": ("rtf", rich),
    "slides": ("pptx", slides),
    "table": ("csv", table),
    "huge": ("pdf", huge),
}
