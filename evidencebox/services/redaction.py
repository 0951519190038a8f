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
from evidencebox.model.pictures import MARKS_MAX
from evidencebox.model.redactions import WHOLE, Plan, Redacted, Region
from evidencebox.model.sheets import Sheet
from evidencebox.services import ocr_languages
from evidencebox.services.case import Case
from evidencebox.services.ocr_pool import OcrPool, PageRead
from evidencebox.services.printing import Paper, Printer
from evidencebox.services.settings import settings

GONE: Final = "[REDACTED]"
_ROUNDS: Final = 4
_READINGS: Final = "\f"
"""Between the readings of a picture, as `extract.ocrplaces` says."""


@dataclass(slots=True)
class _Work:
    """A sheet under way. `boxes`: in the picture's pixels, with their reasons."""

    number: int
    sheet: Sheet
    text: str
    image: Image.Image
    boxes: list[tuple[Rect, str]] = field(default_factory=list)
    hits: set[int] = field(default_factory=set)
    gone: list[tuple[int, int]] = field(default_factory=list)
    said: str = ""


@dataclass(frozen=True, slots=True)
class Burned:
    """A finished sheet: its picture as a JPEG, what remains of its text, what was burned in."""

    jpeg: bytes
    size: tuple[float, float]
    page: int
    text: str
    regions: tuple[Region, ...]
    hits: frozenset[int]


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
                "install them, or redact without the check (--no-check)."
            )

    def __enter__(self) -> Redactor:
        return self

    def __exit__(self, *_: object) -> None:
        if self._ocr is not None:
            self._ocr.close()

    def redact(self, paper: Paper, plan: Plan) -> Redacted:
        """The whole document. Raises UserError where something of the plan can still be read."""
        terms = [term.text for term in plan.terms]
        check_terms(terms)
        pdf, hits = pikepdf.Pdf.new(), set[int]()
        texts: list[str] = []
        regions: list[Region] = []
        for done in self.sheets(paper, plan):
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
        by_hand = bool(plan.boxes)
        with ThreadPoolExecutor(self._workers) as threads:
            waiting: deque[Future[Burned]] = deque()
            drawn = self._printer.sheets(paper, lambda text: _stretches(text, plan, by_hand))
            for number, (sheet, text) in enumerate(zip(drawn, paper.texts, strict=True), 1):
                work = _Work(number, sheet, text, image_of(sheet.picture))
                waiting.append(threads.submit(self._finished, work, plan))
                if len(waiting) > self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def preview(self, paper: Paper, plan: Plan) -> tuple[bytes, bytes]:
        """The first sheet of a paper before and after, as JPEGs; nothing is looked at again."""
        text = paper.texts[0]
        sheet = next(
            self._printer.sheets(paper, lambda text: _stretches(text, plan, bool(plan.boxes)))
        )
        work = _Work(1, sheet, text, image_of(sheet.picture))
        self._find(work, plan)
        after = blackout.burned(work.image, work.boxes, inverse=plan.inverse)
        return jpeg(work.image), jpeg(after)

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
            _remains(work, plan),
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
            read = self._recognised(work.image)
            work.said = work.said or read.text.split(_READINGS)[0]
            self._by_words(work, plan, read, frozenset())
        if not plan.inverse:
            _cover_words(work)
            work.boxes = blackout.merged(work.boxes)

    def _by_words(self, work: _Work, plan: Plan, read: PageRead, others: frozenset[str]) -> int:
        """Boxes over the recognised words of every place found; how many are new."""
        boxes = {span: _rect(span.label) for span in read.spans if span.kind == "word"}
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
        remaining = frozenset(squeezed(word).text for word in _similar(work, plan))
        for _ in range(_ROUNDS):
            read = self._recognised(Image.open(io.BytesIO(made)))
            if not work.text.strip():
                work.said = read.text.split(_READINGS)[0]
            if not self._by_words(work, plan, read, remaining):
                return made
            work.boxes = blackout.merged(work.boxes)
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


def check_terms(terms: Sequence[str]) -> None:
    """Raises UserError for a string that could be found nowhere."""
    for term in terms:
        if not squeezed(term).text:
            raise UserError("A text to be redacted needs a letter or a digit.")


def _hits(text: str, plan: Plan) -> list[tuple[int, int, int]]:
    """Term, start and end of every place in a sheet's text, at most as many as can be asked for."""
    return [(f.term, f.start, f.end) for f in hunt(text, [term.text for term in plan.terms])]


def _stretches(text: str, plan: Plan, by_hand: bool) -> list[tuple[int, int]]:
    """What is asked to be placed: every hit and, where boxes are drawn by hand, every word."""
    found = [(start, end) for _, start, end in _hits(text, plan)]
    return found + (_words(text) if by_hand else [])


def _words(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at))
    return found


def _from_text(work: _Work, plan: Plan) -> bool:
    """Boxes of the hits in the sheet's own text. False where one of them stands nowhere."""
    hits = _hits(work.text, plan)
    work.hits |= {term for term, _, _ in hits}
    work.gone += [(start, end) for _, start, end in hits]
    placed = set()
    for box in work.sheet.picture.boxes:
        if box.mark < len(hits):
            placed.add(box.mark)
            rect = blackout.grown((box.left, box.top, box.right, box.bottom), work.image.size)
            work.boxes.append((rect, plan.terms[hits[box.mark][0]].reason))
    return len(placed) == len(hits) <= MARKS_MAX


def _cover_words(work: _Work) -> None:
    """Words of the text under a box by hand go, and all words where places are not known."""
    if not any(box for box in work.boxes) or not work.text.strip():
        return
    hits, words = len(work.gone), _words(work.text)
    asked = work.sheet.picture.boxes
    known = {box.mark - hits for box in asked if box.mark >= hits}
    if not known:
        return
    for box in asked:
        if box.mark >= hits and any(
            _touch(rect, (box.left, box.top, box.right, box.bottom)) for rect, _ in work.boxes
        ):
            work.gone.append(words[box.mark - hits])
    work.gone += [word for number, word in enumerate(words) if number not in known]


def _touch(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _similar(work: _Work, plan: Plan) -> Iterator[str]:
    """Strings of the remaining text that only look like a term: numbers beside a number, say."""
    if not work.text.strip():
        return
    rest = without(work.text, work.gone, "\n")
    for found in hunt(rest, [term.text for term in plan.terms], recognised=True):
        yield rest[found.start : found.end]


def _remains(work: _Work, plan: Plan) -> str:
    """What may stand in the text beside the picture."""
    text, gone = work.text, work.gone
    if not text.strip():
        text = work.said
        gone = [
            (f.start, f.end)
            for f in hunt(text, [term.text for term in plan.terms], recognised=True)
        ]
    if plan.inverse:
        return "\n".join(text[start:end] for start, end in sorted(gone))
    return without(text, gone, GONE)


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


def _rect(label: str) -> Rect:
    """A word's rectangle as a worker says it. Raises UserError for what is none."""
    parts = label.split(" ")
    if len(parts) != 4 or not all(part.isascii() and part.isdecimal() for part in parts):
        raise UserError("The recogniser said something that is no place; try again.")
    left, top, right, bottom = (min(int(part[:6]), 1 << 20) for part in parts)
    return left, top, max(left, right), max(top, bottom)
