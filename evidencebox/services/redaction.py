"""Redaction: what a plan names is painted over in the pixels of a page, and looked for again.

Each sheet is drawn in the sandbox, the strings are found in its text and by recognition, and boxes
burned in; then the burned picture is recognised. What is still read is boxed too, and the sheet
tried again; where something stays, nothing is given out. The result has pictures and no text.
"""

from __future__ import annotations

import io
import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Final

import pikepdf
from PIL import Image

from evidencebox.errors import UserError
from evidencebox.export import redacted
from evidencebox.export.hunt import hunt, parted
from evidencebox.export.pages import add_jpeg, image_of, saved
from evidencebox.model.documents import Status
from evidencebox.model.extraction import Hint
from evidencebox.model.redactions import Plan, Redacted, Region, fitted
from evidencebox.services import ocr_languages
from evidencebox.services.case import Case
from evidencebox.services.exporting import Tell, silent
from evidencebox.services.ocr_pool import OcrPool, PageRead
from evidencebox.services.printing import Paper, Printer
from evidencebox.services.redaction_pairs import across
from evidencebox.services.redaction_sheets import (
    Burned,
    Looked,
    Work,
    after,
    burn,
    burned,
    by_hand,
    by_words,
    from_text,
    readable,
)
from evidencebox.services.redaction_text import check_terms, hidden_in, places, similar
from evidencebox.services.settings import settings

_ROUNDS: Final = 4
_STILL: Final = (
    "Sheet %d still shows something that was to be blacked out; draw a box over it by hand. "
    "Nothing was written."
)


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
        check_terms([term.text for term in plan.named])
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
        self._verify(data, [term.text for term in plan.hidden], texts)
        unfound = tuple(n for n in range(len(plan.terms)) if n not in hits)
        return Redacted(data, tuple(texts), paper.pages, tuple(regions), unfound, self.check)

    def sheets(self, paper: Paper, plan: Plan) -> Iterator[Burned]:
        """Sheet after sheet, some ahead, each burned in and (with `check`) looked at again."""
        plan = _fitted(plan, paper)
        last: Work | None = None
        for work in self._alone(paper, plan):
            if last is not None:
                self._together(last, work, plan)
                yield burned(last, plan, self.check)
            last = work
        if last is not None:
            yield burned(last, plan, self.check)

    def _alone(self, paper: Paper, plan: Plan) -> Iterator[Work]:
        with ThreadPoolExecutor(self._workers) as threads:
            waiting: deque[Future[Work]] = deque()
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
        burn(work, plan)
        hits = work.places.hits
        placed = [
            ((box.left, box.top, box.right, box.bottom), hits[box.mark].term)
            for box in work.sheet.picture.boxes
            if box.mark < len(hits)
        ]
        return Looked(work.sheet, work.image, after(work, plan), tuple(placed), tuple(work.boxes))

    def _drawn(self, paper: Paper, plan: Plan) -> Iterator[Work]:
        of = cache(places(paper.texts, plan))
        drawn = self._printer.sheets(paper, lambda place: of(place).stretches)
        # What stands in a stranger's PDF need not be what is seen: hidden layers, white letters.
        doubtful = self.check and paper.pdf is None and not plan.inverse
        for place, (sheet, text) in enumerate(zip(drawn, paper.texts, strict=True)):
            yield Work(place + 1, sheet, text, of(place), image_of(sheet.picture), doubtful)

    # --- a sheet

    def _finished(self, work: Work, plan: Plan) -> Work:
        self._find(work, plan)
        burn(work, plan)
        if self.check and (plan.hidden or not plan.inverse):
            self._until_gone(work, plan)
        return work

    def _find(self, work: Work, plan: Plan) -> None:
        """Boxes for what the plan names: by the text's places, by hand, by recognition."""
        placed = from_text(work, plan)
        by_hand(work, plan)
        if plan.named and (not placed or not work.text.strip()) and self._languages:
            read = work.read = self._recognised(work.image)
            by_words(work, plan, hunt(read.text, [t.text for t in plan.named], recognised=True))

    def _until_gone(self, work: Work, plan: Plan) -> None:
        """Recognises the very picture that goes out; what is found in it is boxed, too."""
        remaining = similar(work.text, work.gone, plan)
        for _ in range(_ROUNDS):
            with Image.open(io.BytesIO(work.jpeg)) as image:
                read = work.read = self._recognised(readable(image, work, plan))
            if not by_words(work, plan, hidden_in(read.text, plan), remaining):
                return
            work.doubtful = True
            burn(work, plan)
        raise UserError(_STILL % work.number)

    def _together(self, one: Work, other: Work, plan: Plan) -> None:
        """Two sheets that follow each other: what begins on one and ends on the next."""
        for _ in range(_ROUNDS):
            if not plan.hidden or (one.read is None and other.read is None):
                return
            for work in (one, other):
                if work.read is None and self._languages:
                    work.read = self._recognised(work.image)
            if not across(one, other, plan):
                return
            for work in (one, other):
                work.doubtful = True
                burn(work, plan)
                if self.check:
                    self._until_gone(work, plan)
        raise UserError(_STILL % one.number)

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
        whole = any(next(hunt(text, terms), None) is not None for text in (*said, *texts))
        pairs = itertools.pairwise(texts)
        if whole or any(next(parted(*pair, terms), None) is not None for pair in pairs):
            raise UserError("The redacted text did not pass its check; nothing was written.")


def _fitted(plan: Plan, paper: Paper) -> Plan:
    if not plan.inverse:
        plan = replace(plan, terms=plan.named, always=())
    try:
        return fitted(plan, paper.pages)
    except ValueError:
        raise UserError(
            f"{paper.record.id} comes out with other sheets than those that boxes were drawn on; "
            "redact it anew."
        ) from None
