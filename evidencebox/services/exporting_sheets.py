"""The sheets of a production: what of each document is drawn, redacted or withheld, and its text.

Documents are drawn ahead of the one that is written. A damaged page is a sheet that says so, so
that no number moves.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from evidencebox.config import resource
from evidencebox.errors import UserError
from evidencebox.export.ink import DARK, from_bits
from evidencebox.export.loadfile import PagePicture
from evidencebox.export.pages import image_of
from evidencebox.export.profiles import Profile
from evidencebox.model.documents import DocumentRecord, Layer
from evidencebox.model.ids import DocumentId
from evidencebox.model.pictures import INK
from evidencebox.model.redactions import Plan
from evidencebox.services.case import Case
from evidencebox.services.drawing import Paper, Pending
from evidencebox.services.press import Press
from evidencebox.services.printing import Begun, Printer
from evidencebox.services.redaction import Redactor
from evidencebox.services.redaction_words import PRIVILEGED

PAPER_INCHES: Final = 8.5
_WITHHELD: Final = "Withheld: privileged."


@dataclass(frozen=True)
class Sheet:
    """A page to be written: its picture, the dots to the inch, and the text that stands on it."""

    image: PagePicture | None
    dpi: int
    text: str


@dataclass(frozen=True)
class Whole:
    """A document as it goes out. Its sheets are to be taken before the next document's.

    `plan` is what was blacked out; none where it was `withheld`.
    """

    record: DocumentRecord
    pages: int
    sheets: Iterator[Sheet]
    withheld: bool
    plan: Plan | None


class Sheets:
    """For an open case, to be closed."""

    def __init__(
        self,
        case: Case,
        profile: Profile,
        plans: Mapping[DocumentId, Plan],
        labels: Mapping[DocumentId, Sequence[str]],
    ) -> None:
        self._case, self._profile = case, profile
        self._plans, self._labels = plans, labels
        self.printer = Printer(case, across=round(PAPER_INCHES * profile.dpi))
        self._redactor: Redactor | None = None

    def __enter__(self) -> Sheets:
        return self

    def __exit__(self, *error: object) -> None:
        if self._redactor is not None:
            self._redactor.__exit__(*error)
        self.printer.__exit__(*error)

    def of(self, records: Iterable[DocumentRecord]) -> Iterator[Whole]:
        """Document after document, some ahead."""
        ink = DARK if self._profile.images == "tiff" else 0
        for record, paper, pending in Press(self.printer, records, self._begin, ink):
            withheld, plan = self._treated(record)
            sheets = self._sheets(paper, plan, pending)
            yield Whole(record, len(paper.pages), sheets, withheld, plan)

    def _treated(self, record: DocumentRecord) -> tuple[bool, Plan | None]:
        """Whether it is withheld, and what of it is blacked out."""
        document = _id(record)
        withheld = PRIVILEGED in self._labels.get(document, ())
        return withheld, None if withheld else self._plans.get(document)

    def _begin(self, record: DocumentRecord) -> tuple[Begun, bool]:
        withheld, plan = self._treated(record)
        drawn = plan is None and self._profile.images != "none"
        if withheld:
            return self.printer.begin_slip(record, (1,), _WITHHELD, named=False), drawn
        try:
            begun = self.printer.begin(_id(record), named=plan is None)
        except UserError as error:
            slip = self.printer.begin_slip(record, (1,), str(error), named=plan is None)
            return slip, drawn
        return lambda: self._or_slip(record, begun, plan is None), drawn

    def _or_slip(self, record: DocumentRecord, begun: Begun, named: bool) -> Paper:
        try:
            return begun()
        except UserError as error:
            return self.printer.slip(record, (1,), str(error), named=named)

    def _sheets(
        self, paper: Paper, plan: Plan | None, pending: Iterator[Pending]
    ) -> Iterator[Sheet]:
        if plan:
            for burned in self._redact().sheets(paper, plan):
                with Image.open(io.BytesIO(burned.jpeg), formats=("JPEG",)) as image:
                    yield Sheet(image.copy(), _dpi(image.width, burned.size[0]), burned.text)
            return
        recognised = self._recognised(paper)
        texts = [
            text or recognised.get(page, "")
            for page, text in zip(paper.pages, paper.texts, strict=True)
        ]
        if self._profile.images == "none":
            yield from (Sheet(None, 0, text) for text in texts)
            return
        for each, text in zip(pending, texts, strict=True):
            yield self._sheet(each, text)

    def _sheet(self, pending: Pending, text: str) -> Sheet:
        try:
            sheet = pending.sheet()
        except UserError as error:
            dpi = self._profile.dpi
            return Sheet(_undrawn(str(error), dpi), dpi, text)
        shown = sheet.picture
        inked = shown.channels == INK
        page = from_bits((shown.width, shown.height), shown.pixels) if inked else image_of(shown)
        return Sheet(page, _dpi(shown.width, sheet.width), text)

    def _recognised(self, paper: Paper) -> dict[int, str]:
        """Text of pages that are pictures alone, where it was recognised."""
        if paper.pdf is not None or all(text.strip() for text in paper.texts):
            return {}
        pages = self._case.index.pages(_id(paper.record))
        return {page.number: page.text for page in pages if page.layer is Layer.OCR}

    def _redact(self) -> Redactor:
        if self._redactor is None:
            self._redactor = Redactor(self._case, self.printer)
        return self._redactor


def _id(record: DocumentRecord) -> DocumentId:
    return DocumentId(record.sha256 or "")


def _undrawn(why: str, dpi: int) -> Image.Image:
    image = Image.new("L", (round(PAPER_INCHES * dpi), 11 * dpi), 255)
    face = ImageFont.truetype(str(resource("fonts", "DejaVuSans.ttf")), dpi // 6)
    text = textwrap.fill(f"This page could not be drawn. {why}", 70)
    ImageDraw.Draw(image).multiline_text((dpi, 2 * dpi), text, fill=0, font=face)
    return image


def _dpi(pixels: int, points: float) -> int:
    return max(1, round(pixels * 72 / points))
