"""A production: numbered pages, their texts and what is said of each document, volume by volume.

A document at a time is drawn, stamped and written, so that memory does not grow with their number.
Redacted documents go out as they were redacted, without original or particulars; privileged ones
as a slip-sheet. Numbers that were assigned before stay; new ones are recorded at the end.
"""

from __future__ import annotations

import contextlib
import io
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from evidencebox.config import resource
from evidencebox.errors import UserError
from evidencebox.export import profiles
from evidencebox.export.loadfile import Value, opt_line, page_file, stamped
from evidencebox.export.pages import image_of
from evidencebox.export.profiles import Profile
from evidencebox.export.tables import Column, Table, add_csv
from evidencebox.model.documents import DocumentRecord, DocumentType, Layer
from evidencebox.model.exhibits import Bates, current, key_of, overlaps
from evidencebox.model.ids import ActId, DocumentId
from evidencebox.model.ledger import Kind
from evidencebox.model.redactions import Plan
from evidencebox.services import exhibits
from evidencebox.services.case import Case
from evidencebox.services.exporting import Making, Request, Tell
from evidencebox.services.exporting_particulars import extension, particulars
from evidencebox.services.exporting_volumes import Volume, Volumes
from evidencebox.services.printing import Paper, Printer
from evidencebox.services.redacting import plans
from evidencebox.services.redaction import Redactor
from evidencebox.services.redaction_words import PRIVILEGED, holds_hidden
from evidencebox.store.ledger import Draft

DEFAULT = "concordance"
PROFILE = "profile.toml"
"""The form goes along, so that what was written can be read back."""
_PAPER_INCHES = 8.5
_HEAPS = (DocumentType.ARCHIVE, DocumentType.MAILBOX)
_WITHHELD = "Withheld: privileged."
_LOG = (
    Column("BegBates", 18),
    Column("Column", 16),
    Column("Sign", 8, "The delimiter, as U+ and its number."),
    Column("Count", 8, "How often it stood there; each was replaced by a space."),
)


def write(case: Case, request: Request, maker: Making, tell: Tell) -> None:
    """The volumes, each with DATA, IMAGES, TEXT and NATIVES, and the log of what was replaced."""
    profile = profiles.load(request.profile or DEFAULT)
    maker.folder.add(PROFILE, profiles.find(request.profile or DEFAULT).read_bytes())
    across = round(_PAPER_INCHES * profile.dpi)
    with contextlib.ExitStack() as stack:
        printer = stack.enter_context(Printer(case, across=across))
        production = _Production(case, request, maker, profile, printer)
        for done, family in enumerate(families(case, maker.scope.documents), start=1):
            production.family(family)
            tell(min(done, len(maker.scope.documents)), len(maker.scope.documents))
        production.close()
    if not production.documents:
        raise UserError("Nothing is left to produce: the query finds nothing that may go out.")
    maker.more |= {"profile": profile.name, "pages": production.sheets}


def families(case: Case, documents: Sequence[DocumentId]) -> Iterator[list[DocumentRecord]]:
    """Messages with their attachments, files with what is in them; what stands alone, alone.

    In the order of `documents`; a member of two families goes with the first.
    """
    wanted, placed, held = set(documents), set[DocumentId](), set[DocumentId]()
    below: dict[DocumentId, list[DocumentId]] = defaultdict(list)
    for start in range(0, len(documents), 500):
        for record in case.catalogue.records(documents[start : start + 500]):
            inside = [child for child in record.children if child in wanted]
            if inside and record.type not in _HEAPS:
                below[DocumentId(record.sha256 or "")] = inside
                held.update(inside)
    # Heads first, so that none is taken for an attachment of a later one; circles come at the end.
    for document in [*(d for d in documents if d not in held), *documents]:
        family = []
        waiting = [document]
        while waiting:
            one = waiting.pop()
            if one not in placed:
                placed.add(one)
                family.append(one)
                waiting += reversed(below.get(one, ()))
        if found := case.catalogue.records(family):
            yield found


@dataclass(frozen=True)
class _Sheet:
    """A page to be written: its picture, the dots to the inch, and the text that stands on it."""

    image: Image.Image | None
    dpi: int
    text: str


class _Production:
    def __init__(
        self, case: Case, request: Request, maker: Making, profile: Profile, printer: Printer
    ) -> None:
        self._case, self._request, self._maker = case, request, maker
        self._profile, self._printer = profile, printer
        known = exhibits.ranges(case)
        if clash := overlaps(known):
            one, other = clash[0]
            raise UserError(
                f"{one.ends[0]} and {other.ends[0]} overlap: two laptops assigned them. Number "
                "with another prefix, in a profile of your own (--profile)."
            )
        self._ranges = current(known, profile.prefix)
        used = [r.first + r.count for r in known if r.prefix == profile.prefix]
        self._next = max(used, default=1)
        self._plans = plans(case)
        self._labels = case.decided.labels()
        self._redactor: Redactor | None = None
        self._drafts: list[Draft] = []
        self._volumes = Volumes(profile, maker.folder)
        self.documents = self.sheets = 0

    # --- families and volumes

    def family(self, records: Sequence[DocumentRecord]) -> None:
        """All of one family in one volume, its rows with the family's first and last number."""
        volume = self._volumes.room()
        rows = [self._document(volume, record) for record in records]
        if len(rows) > 1:
            first, last = rows[0]["begin"], rows[-1]["end"]
            for row in rows:
                row["family_begin"], row["family_end"] = first, last
        for row in rows:
            volume.dat.row(row)

    def close(self) -> None:
        """The last volume ends; the log is written, and new numbers are recorded."""
        self._volumes.end()
        add_csv(
            self._maker.folder, Table("replaced-delimiters", "Replaced", _LOG, self._volumes.log)
        )
        if self._redactor is not None:
            self._redactor.__exit__()
        if self._drafts:
            self._case.decided.act_all(self._drafts, self._case.signer)

    # --- a document

    def _document(self, volume: Volume, record: DocumentRecord) -> dict[str, Value]:
        document = DocumentId(record.sha256 or "")
        labels = self._labels.get(document, [])
        withheld, plan = PRIVILEGED in labels, self._plans.get(document)
        if withheld:
            paper = self._printer.slip(record, (1,), _WITHHELD, named=False)
        else:
            paper = self._paper(record, document)
        numbers = self._numbers(document, len(paper.pages))
        texts = []
        for number, sheet in enumerate(self._sheets(paper, None if withheld else plan), start=1):
            texts.append(sheet.text)
            self._picture(volume, sheet, numbers, number)
        begin, end = numbers.ends
        fields: dict[str, Value] = {"begin": begin, "end": end, "pages": numbers.count}
        fields["redacted"] = "Y" if plan and not withheld else "N"
        fields["withheld"] = "Y" if withheld else "N"
        fields["confidentiality"] = "Confidential" if "confidential" in labels else ""
        fields["text"] = self._volumes.add(
            volume, "TEXT", f"{begin}.txt", "\n\f\n".join(texts).encode()
        )
        if not (withheld or plan):
            fields |= particulars(self._case, record)
            fields["labels"] = labels
            fields["native"] = self._native(volume, record, begin)
        self.documents += 1
        self.sheets += numbers.count
        return fields

    def _paper(self, record: DocumentRecord, document: DocumentId) -> Paper:
        try:
            return self._printer.paper(document)
        except UserError as error:
            return self._printer.slip(record, (1,), str(error))

    def _sheets(self, paper: Paper, plan: Plan | None) -> Iterator[_Sheet]:
        recognised = self._recognised(paper)
        if plan:
            for burned in self._redact().sheets(paper, plan):
                with Image.open(io.BytesIO(burned.jpeg), formats=("JPEG",)) as image:
                    yield _Sheet(image.copy(), _dpi(image.width, burned.size[0]), burned.text)
        elif self._profile.images == "none":
            for page, text in zip(paper.pages, paper.texts, strict=True):
                yield _Sheet(None, 0, text or recognised.get(page, ""))
        else:
            done = 0
            drawn = self._printer.sheets(paper, _no_places)
            try:
                for sheet, text in zip(drawn, paper.texts, strict=True):
                    dpi = _dpi(sheet.picture.width, sheet.width)
                    said = text or recognised.get(sheet.number, "")
                    yield _Sheet(image_of(sheet.picture), dpi, said)
                    done += 1
            except UserError as error:
                # Numbers are not to move because a page is damaged: its sheet says so.
                for text in paper.texts[done:]:
                    yield _Sheet(_undrawn(str(error), self._profile.dpi), self._profile.dpi, text)

    def _recognised(self, paper: Paper) -> dict[int, str]:
        """Text of pages that are pictures alone, where it was recognised."""
        if paper.pdf is not None:
            return {}
        pages = self._case.index.pages(DocumentId(paper.record.sha256 or ""))
        return {page.number: page.text for page in pages if page.layer is Layer.OCR}

    def _redact(self) -> Redactor:
        if self._redactor is None:
            self._redactor = Redactor(self._case, self._printer)
            self._redactor.__enter__()
        return self._redactor

    def _numbers(self, document: DocumentId, count: int) -> Bates:
        """Those of before where they still fit, else the next ones."""
        key, profile = key_of(document, ()), self._profile
        held = self._ranges.get(key)
        if held is not None and held.count == count:
            return held
        first, self._next = self._next, self._next + count
        if len(str(self._next - 1)) > profile.digits:
            raise UserError("The profile's digits are used up; take more, or another prefix.")
        payload: dict[str, Any] = {
            "prefix": profile.prefix,
            "digits": profile.digits,
            "first": first,
            "count": count,
            "key": key,
        }
        self._drafts.append(Draft(Kind.BATES, [{"document": document}], payload))
        return Bates(profile.prefix, profile.digits, first, count, document, key, ActId(""))

    def _picture(self, volume: Volume, sheet: _Sheet, numbers: Bates, number: int) -> None:
        if sheet.image is None or self._profile.images == "none":
            return
        alias = numbers.number(number)
        image = stamped(sheet.image, alias)
        data, ending = page_file(image, self._profile.images, sheet.dpi)
        path = self._volumes.add(volume, "IMAGES", f"{alias}.{ending}", data)
        volume.opt.write(opt_line(alias, volume.name, path, numbers.count if number == 1 else None))

    def _native(self, volume: Volume, record: DocumentRecord, begin: str) -> str:
        """The original, only where it was asked for, under an ending that opens nothing.

        None of what holds another that is hidden: a message has its attachments' bytes in it.
        """
        document, scope = DocumentId(record.sha256 or ""), self._maker.scope
        if not self._request.natives or holds_hidden(
            self._case, document, scope, self._plans, self._labels
        ):
            return ""
        try:
            data = self._printer.original(document)
        except UserError:
            return ""
        ending = f".{extension(record)}" if extension(record) else ""
        return self._volumes.add(volume, "NATIVES", f"{begin}{ending}.untrusted", data)


def _no_places(_sheet: int) -> tuple[tuple[int, int], ...]:
    """A load file's pages have their text in files of its own."""
    return ()


def _undrawn(why: str, dpi: int) -> Image.Image:
    image = Image.new("L", (round(_PAPER_INCHES * dpi), 11 * dpi), 255)
    face = ImageFont.truetype(str(resource("fonts", "DejaVuSans.ttf")), dpi // 6)
    text = textwrap.fill(f"This page could not be drawn. {why}", 70)
    ImageDraw.Draw(image).multiline_text((dpi, 2 * dpi), text, fill=0, font=face)
    return image


def _dpi(pixels: int, points: float) -> int:
    return max(1, round(pixels * 72 / points))
