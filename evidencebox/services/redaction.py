"""Redaction: what a plan names is painted over in the pixels of a page, and looked for again.

Each sheet is drawn in the sandbox, the strings are found in its text and by recognition, and boxes
burned in; then the burned picture is recognised. What is still read is boxed too, and the sheet
tried again; where something stays, nothing is given out. The result has pictures and no text.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import pikepdf
from PIL import Image

from evidencebox.errors import UserError
from evidencebox.export import blackout, redacted
from evidencebox.export.blackout import Rect
from evidencebox.export.hunt import hunt, squeezed, without
from evidencebox.export.pages import add_jpeg, image_of, jpeg, saved
from evidencebox.model.documents import Status
from evidencebox.model.extraction import Hint
from evidencebox.model.pictures import BOXES_MAX
from evidencebox.model.redactions import WHOLE, Plan, Redacted, Region, fitted
from evidencebox.model.sheets import Sheet
from evidencebox.services import ocr_languages
from evidencebox.services.case import Case
from evidencebox.services.exporting import Tell, silent
from evidencebox.services.ocr_pool import OcrPool, PageRead
from evidencebox.services.printing import Paper, Printer
from evidencebox.services.redaction_sheets import Burned, Looked
from evidencebox.services.redaction_text import (
    GONE,
    Places,
    check_terms,
    places,
    recognised,
    rect_of,
    similar,
    touch,
)
from evidencebox.services.settings import settings

_ROUNDS: Final = 4


@dataclass(slots=True)
class _Work:
    """A sheet under way. `boxes`: in the picture's pixels, with their reasons.

    `read` is the last recognition of it. `doubtful`: recognition saw what the text does not have,
    so that the text cannot be what stands on the picture.
    """

    number: int
    sheet: Sheet
    text: str
    places: Places
    image: Image.Image
    boxes: list[tuple[Rect, str]] = field(default_factory=list)
    hits: set[int] = field(default_factory=set)
    gone: list[tuple[int, int]] = field(default_factory=list)
    read: PageRead | None = None
    doubtful: bool = False


class Redactor:
    """For an open case, to be closed. `check`: recognise what was burned, and look again."""

    def __init__(
        self, case: Case, printer: Printer, workers: int = 2, *, check: bool = True
    ) -> None:
        self._printer = printer
        self._workers = workers
        self._languages = ocr_languages.chosen(None, settings(case).ocr_languages)
        self._ocr: OcrPool | None = None
        self.check = check
        if check and not self._languages:
            raise UserError(
                "There are no data for text recognition, and so no check of what was redacted; "
                "install them, or redact without the check.",
                option="--no-check",
            )

    def __enter__(self) -> Redactor:
        return self

    def __exit__(self, *_: object) -> None:
        if self._ocr is not None:
            self._ocr.close()

    def redact(self, paper: Paper, plan: Plan, tell: Tell = silent) -> Redacted:
        """The whole document. Raises UserError where something of the plan can still be read."""
        plan = _fitted(plan, paper)
        terms = [term.text for term in plan.terms]
        check_terms(terms)
        pdf, hits = pikepdf.Pdf.new(), set[int]()
        texts: list[str] = []
        regions: list[Region] = []
        for number, done in enumerate(self.sheets(paper, plan)):
            tell(number, len(paper.pages))
            add_jpeg(pdf, done.jpeg, done.size)
            texts.append(done.text)
            regions += done.regions
            hits |= done.hits
        data = saved(pdf)
        self._verify(data, [] if plan.inverse else terms, texts)
        unfound = tuple(n for n in range(len(terms)) if n not in hits)
        return Redacted(data, tuple(texts), paper.pages, tuple(regions), unfound, self.check)

    def sheets(self, paper: Paper, plan: Plan) -> Iterator[Burned]:
        """Sheet after sheet, some ahead, each burned in and (with `check`) looked at again."""
        plan = _fitted(plan, paper)
        with ThreadPoolExecutor(self._workers) as threads:
            waiting: deque[Future[Burned]] = deque()
            for work in self._drawn(paper, plan):
                waiting.append(threads.submit(self._finished, work, plan))
                if len(waiting) > self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def look(self, paper: Paper, plan: Plan) -> Looked:
        """The first sheet of a paper before and after; nothing is looked at again."""
        plan = _fitted(plan, paper)
        work = next(self._drawn(paper, plan))
        self._find(work, plan)
        after = blackout.burned(work.image, work.boxes, inverse=plan.inverse)
        hits = work.places.hits
        placed = [
            ((box.left, box.top, box.right, box.bottom), hits[box.mark].term)
            for box in work.sheet.picture.boxes
            if box.mark < len(hits)
        ]
        return Looked(work.sheet, work.image, after, tuple(placed), tuple(work.boxes))

    def _drawn(self, paper: Paper, plan: Plan) -> Iterator[_Work]:
        of = cache(places(paper.texts, plan))
        drawn = self._printer.sheets(paper, lambda place: of(place).stretches)
        for place, (sheet, text) in enumerate(zip(drawn, paper.texts, strict=True)):
            yield _Work(place + 1, sheet, text, of(place), image_of(sheet.picture))

    # --- a sheet

    def _finished(self, work: _Work, plan: Plan) -> Burned:
        self._find(work, plan)
        made = self._burn(work, plan)
        if self.check and not plan.inverse:
            made = self._until_gone(work, plan, made)
        return Burned(
            made,
            (work.sheet.width, work.sheet.height),
            work.sheet.number,
            _remains(work, plan, self.check),
            tuple(_regions(work)),
            frozenset(work.hits),
        )

    def _find(self, work: _Work, plan: Plan) -> None:
        """Boxes for what the plan names: by the text's places, by hand, by recognition."""
        size = work.image.size
        placed = _from_text(work, plan)
        work.boxes += [
            (_on(box.left, box.top, box.right, box.bottom, size), box.reason)
            for box in plan.boxes
            if box.sheet == work.number
        ]
        if plan.terms and (not placed or not work.text.strip()) and self._languages:
            work.read = self._recognised(work.image)
            self._by_words(work, plan, work.read, frozenset())
        _settle(work, plan)

    def _by_words(self, work: _Work, plan: Plan, read: PageRead, others: frozenset[str]) -> int:
        """Boxes over the recognised words of every place found; how many are new."""
        boxes = {span: rect_of(span.label) for span in read.spans if span.kind == "word"}
        new = 0
        terms = [term.text for term in plan.terms]
        for found in hunt(read.text, terms, recognised=True):
            if squeezed(read.text[found.start : found.end]).text in others:
                continue
            here = [b for s, b in boxes.items() if s.start < found.end and s.end > found.start]
            burned = [rect for rect, _ in work.boxes]
            # Within a box there is only the reason that is printed on it.
            if all(any(blackout.within(box, rect) for rect in burned) for box in here):
                continue
            work.hits.add(found.term)
            reason = plan.terms[found.term].reason
            work.boxes += [(blackout.grown(box, work.image.size), reason) for box in here]
            new += len(here)
        return new

    def _burn(self, work: _Work, plan: Plan) -> bytes:
        return jpeg(blackout.burned(work.image, work.boxes, inverse=plan.inverse))

    def _until_gone(self, work: _Work, plan: Plan, made: bytes) -> bytes:
        """Recognises the very picture that goes out; what is found in it is boxed, too."""
        remaining = similar(work.text, work.gone, plan)
        for _ in range(_ROUNDS):
            work.read = self._recognised(Image.open(io.BytesIO(made)))
            if not self._by_words(work, plan, work.read, remaining):
                return made
            work.doubtful = True
            _settle(work, plan)
            made = self._burn(work, plan)
        raise UserError(
            f"Sheet {work.number} still shows something that was to be blacked out; draw a box "
            "over it by hand. Nothing was written."
        )

    def _recognised(self, image: Image.Image) -> PageRead:
        if self._ocr is None:
            self._ocr = OcrPool(self._workers, self._languages)
        into = io.BytesIO()
        image.convert("L").save(into, "PNG", compress_level=1, dpi=(200, 200))
        data = into.getvalue()
        read = self._ocr.words(data, Hint("sheet.png", "image/png", len(data))).result()
        if read.status not in (Status.OK, Status.EMPTY, Status.PARTIAL):
            raise UserError(f"A sheet could not be recognised: {read.reason}")
        return read

    def _verify(self, data: bytes, terms: Sequence[str], texts: Sequence[str]) -> None:
        """The file itself: its objects, what a reader takes out of it, and the text beside it."""
        for problem in redacted.problems(data, terms):
            raise UserError(f"The redacted file did not pass its check: {problem}")
        reading = self._printer.read_all(data)
        said = [page.text for page in reading.pages] + [value for _, value in reading.meta_values]
        if reading.children or any(page.text.strip() for page in reading.pages):
            raise UserError("The redacted file did not pass its check: it has text of its own.")
        for text in (*said, *texts):
            if next(hunt(text, terms), None) is not None:
                raise UserError("The redacted text did not pass its check; nothing was written.")


def _fitted(plan: Plan, paper: Paper) -> Plan:
    try:
        return fitted(plan, paper.pages)
    except ValueError:
        raise UserError(
            f"{paper.record.id} comes out with other sheets than those that boxes were drawn on; "
            "redact it anew."
        ) from None


def _from_text(work: _Work, plan: Plan) -> bool:
    """Boxes of the hits in the sheet's own text. False where one of them stands nowhere."""
    hits = work.places.hits
    work.hits |= {hit.term for hit in hits}
    work.gone += [(hit.start, hit.end) for hit in hits]
    placed = set()
    for box in work.sheet.picture.boxes:
        if box.mark < len(hits):
            placed.add(box.mark)
            rect = blackout.grown((box.left, box.top, box.right, box.bottom), work.image.size)
            work.boxes.append((rect, plan.terms[hits[box.mark].term].reason))
    whole = len(work.sheet.picture.boxes) < BOXES_MAX
    return whole and work.places.askable and len(placed) == len(hits)


def _settle(work: _Work, plan: Plan) -> None:
    """Boxes as they are burned in: over whole lines where that is wanted, and joined."""
    if plan.inverse:
        return
    if plan.lines:
        work.boxes = [(blackout.line(box, work.image.size), why) for box, why in work.boxes]
    work.boxes = blackout.merged(work.boxes)


def _covered(work: _Work) -> Iterator[tuple[int, int]]:
    """Words of the text under a box; all words of which the places are not known, too."""
    if not work.boxes or not work.places.words:
        return
    hits, words = len(work.places.hits), work.places.words
    asked = [box for box in work.sheet.picture.boxes if box.mark >= hits]
    known = {box.mark - hits for box in asked}
    for box in asked:
        here = (box.left, box.top, box.right, box.bottom)
        if any(touch(rect, here) for rect, _ in work.boxes):
            yield words[box.mark - hits]
    yield from (word for number, word in enumerate(words) if number not in known)


def _remains(work: _Work, plan: Plan, burned: bool) -> str:
    """What may stand in the text beside the picture."""
    if not work.text.strip() or work.doubtful:
        shown = [] if plan.inverse else [box for box, _ in work.boxes]
        text, named = recognised(work.read, shown, plan, burned=burned)
        return "\n".join(named) if plan.inverse else text
    if plan.inverse:
        return "\n".join(work.text[start:end] for start, end in sorted(work.gone))
    return without(work.text, [*work.gone, *_covered(work)], GONE)


def _regions(work: _Work) -> Iterator[Region]:
    across = work.sheet.width / work.image.width
    down = work.sheet.height / work.image.height
    for (left, top, right, bottom), reason in work.boxes:
        yield Region(work.number, left * across, top * down, right * across, bottom * down, reason)


def _on(left: int, top: int, right: int, bottom: int, size: tuple[int, int]) -> Rect:
    width, height = size
    return (
        left * width // WHOLE,
        top * height // WHOLE,
        -(-right * width // WHOLE),
        -(-bottom * height // WHOLE),
    )
