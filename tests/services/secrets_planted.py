"""Documents of every kind that hide a secret in every way that a redaction must get rid of."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import xlsxwriter
from docx import Document
from pikepdf import AttachedFileSpec, Dictionary, Name, Pdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from evidencebox.config import resource
from evidencebox.export import fonts
from tests.services.making import mail

FIRST = ("Marisol", "Desmond", "Leocadia", "Percival", "Wilhelmina", "Evaristo")
LAST = ("Quackenbush", "Featherstone", "Oglethorpe", "Vandersluis", "Rutherford", "Applewhite")
WORDS = ("officer", "duty", "wrote", "nothing", "else", "seen", "near", "harbor", "night", "that")


class Secret:
    """A name and a number; `kinds` writes them into bytes."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.name = f"{self.random.choice(FIRST)} {self.random.choice(LAST)}"
        numbers = self.random.randrange(100, 900), self.random.randrange(10, 99)
        self.number = f"{numbers[0]}-{numbers[1]}-{self.random.randrange(1000, 9999)}"

    @property
    def terms(self) -> tuple[str, ...]:
        return (self.name, self.number)

    def filler(self, words: int = 12) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(words))


def _canvas(draw: Callable[[Canvas], None]) -> bytes:
    fonts.ready()
    into = io.BytesIO()
    canvas = Canvas(into, pagesize=(612, 792))
    canvas.setFont(fonts.PLAIN, 12)
    draw(canvas)
    canvas.save()
    return into.getvalue()


def text(secret: Secret) -> bytes:
    """Running text, the secret in other case and split over two lines by a hyphen."""
    first, last = secret.name.split()

    def draw(canvas: Canvas) -> None:
        y = 720
        for line in (
            secret.filler(),
            f"Interview of {secret.name}, SSN {secret.number}.",
            f"{secret.name.upper()} was told to wait.",
            f"Later it was {first} {last[:4]}-",
            f"{last[4:]} who left, {secret.number[:6]}",
            f"{secret.number[6:]} on his form.",
            secret.filler(),
        ):
            canvas.drawString(72, y, line)
            y -= 24

    return _canvas(draw)


def rotated(secret: Secret) -> bytes:
    """Sideways, on a slant, upside down."""

    def draw(canvas: Canvas) -> None:
        for angle, x, y in ((90, 120, 200), (180, 400, 300), (270, 500, 700), (12, 150, 480)):
            canvas.saveState()
            canvas.translate(x, y)
            canvas.rotate(angle)
            canvas.drawString(0, 0, f"{secret.name} {secret.number}")
            canvas.restoreState()
        canvas.drawString(72, 740, secret.filler(8))

    return _canvas(draw)


def ligatures(secret: Secret) -> bytes:
    """Letters as one sign, accents apart, wide spaces between."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "oﬃcer " + secret.name.replace("fi", "ﬁ").replace("e", "é"))
        canvas.drawString(72, 660, "\u2009".join(secret.number))
        canvas.drawString(72, 620, " ".join(secret.name.replace(" ", "")))
        canvas.drawString(72, 580, secret.filler())

    return _canvas(draw)


def white(secret: Secret) -> bytes:
    """White on white, tiny, invisible, outside the page, under a black box that is only drawn."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 740, secret.filler())
        canvas.setFillGray(1)
        canvas.drawString(72, 700, f"{secret.name} {secret.number}")
        canvas.setFillGray(0)
        canvas.setFont(fonts.PLAIN, 1.5)
        canvas.drawString(72, 680, f"{secret.name} {secret.number}")
        canvas.setFont(fonts.PLAIN, 12)
        canvas.drawString(72, -50, f"{secret.name} {secret.number}")
        hidden = canvas.beginText(72, 640)
        hidden.setTextRenderMode(3)
        hidden.textLine(f"{secret.name} {secret.number}")
        canvas.drawText(hidden)
        canvas.drawString(72, 600, f"{secret.name} {secret.number}")
        canvas.rect(70, 595, 300, 18, fill=1)

    return _canvas(draw)


def layers(secret: Secret) -> bytes:
    """A layer that is off, metadata, an attachment, a note, a form field, an outline."""

    def draw(canvas: Canvas) -> None:
        canvas.setTitle(f"About {secret.name}")
        canvas.setSubject(secret.number)
        canvas.drawString(72, 740, secret.filler())
        canvas.drawString(72, 700, f"Seen: {secret.name} ({secret.number})")
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry(secret.name, "a")
        canvas.textAnnotation(f"{secret.name} {secret.number}", (300, 600, 320, 620))
        canvas.acroForm.textfield(
            name="who", value=secret.name, x=72, y=500, width=250, height=24, fontSize=12
        )

    with Pdf.open(io.BytesIO(_canvas(draw))) as pdf:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=secret.name))
        pdf.Root.OCProperties = Dictionary(OCGs=[group], D=Dictionary(OFF=[group], Order=[group]))
        page = pdf.pages[0]
        page.Resources.Properties = Dictionary(Hid=group)
        font = next(iter(page.Resources.Font.keys()))
        hidden = f"/OC /Hid BDC BT {font} 12 Tf 72 300 Td ({secret.number}) Tj ET EMC"
        page.contents_add(hidden.encode())
        spec = AttachedFileSpec(pdf, f"{secret.name} {secret.number}".encode(), filename="a.txt")
        pdf.attachments["a.txt"] = spec
        into = io.BytesIO()
        pdf.save(into)
        return into.getvalue()


def _scan(secret: Secret, angle: float) -> Image.Image:
    image = Image.new("L", (1700, 2200), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(resource("fonts", "DejaVuSans.ttf")), 36)
    lines = (
        secret.filler(9),
        f"Statement of {secret.name}",
        f"Social security number {secret.number}",
        secret.filler(9),
        f"signed by {secret.name} in person",
    )
    for place, line in enumerate(lines):
        draw.text((200, 250 + 90 * place), line, fill=20, font=font)
    return image.rotate(angle, fillcolor=250, expand=angle % 90 == 0)


def scan(secret: Secret) -> bytes:
    """A picture of text, a little askew, with the secret in its metadata too."""
    into = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = secret.name
    _scan(secret, secret.random.choice((0, 1.2, -1.5))).save(
        into, "JPEG", quality=90, dpi=(200, 200), exif=exif
    )
    return into.getvalue()


def scanned_pdf(secret: Secret) -> bytes:
    """Pages that are pictures, one of them on its side."""
    into = io.BytesIO()
    first, second = _scan(secret, 0), _scan(secret, 90)
    first.save(into, "PDF", resolution=200, save_all=True, append_images=[second])
    return into.getvalue()


def sheet(secret: Secret) -> bytes:
    into = io.BytesIO()
    with xlsxwriter.Workbook(into, {"in_memory": True}) as book:
        page = book.add_worksheet("People")
        for row in range(12):
            page.write_row(row, 0, [row, secret.filler(3), f"case {row}"])
        page.write_row(12, 0, [12, secret.name, secret.number])
        page.write_comment(0, 0, secret.name)
        book.set_properties({"author": secret.name, "title": secret.number})
    return into.getvalue()


def letter(secret: Secret) -> bytes:
    return mail(
        f"About {secret.name}", f"{secret.filler()}\n{secret.name} is {secret.number}.\n",
        {f"{secret.name}.txt": secret.number.encode()},
    )  # fmt: skip


def word(secret: Secret) -> bytes:
    document = Document()
    document.add_heading(secret.name)
    document.add_paragraph(f"{secret.filler()} {secret.name}, {secret.number}. {secret.filler()}")
    document.core_properties.author = secret.name
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def plain(secret: Secret) -> bytes:
    lines = [secret.filler(), f"{secret.name}\t{secret.number}", secret.filler()]
    return "\n".join(lines).encode()


def page(secret: Secret) -> bytes:
    return (
        f"<html><head><title>{secret.name}</title></head><body><p>{secret.filler()}"
        f"<p>{secret.name}<span style='display:none'>{secret.number}</span> {secret.number}"
    ).encode()


KINDS: dict[str, tuple[str, Callable[[Secret], bytes]]] = {
    "text": ("pdf", text),
    "rotated": ("pdf", rotated),
    "ligatures": ("pdf", ligatures),
    "white": ("pdf", white),
    "layers": ("pdf", layers),
    "scan": ("jpg", scan),
    "scanned": ("pdf", scanned_pdf),
    "sheet": ("xlsx", sheet),
    "letter": ("eml", letter),
    "word": ("docx", word),
    "plain": ("txt", plain),
    "page": ("html", page),
}
