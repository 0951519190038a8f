"""Redaction as the window works on it: a plan in the case, a sheet before and after, the copy."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from PIL import Image

from evidencebox.errors import UserError
from evidencebox.export.hunt import squeezed
from evidencebox.model.ids import DocumentId, short_id
from evidencebox.model.pictures import Picture
from evidencebox.model.redactions import (
    WHOLE,
    Ask,
    Box,
    KindCount,
    Plan,
    RedactedCopy,
    Redaction,
    SheetBox,
    SheetLook,
    fitted,
)
from evidencebox.model.suggestions import Answer
from evidencebox.services import (
    elements,
    exporting,
    mentions,
    redacted_copy,
    redacting,
    redaction_drafts,
    seals,
)
from evidencebox.services.case import Case
from evidencebox.services.exporting import Tell
from evidencebox.services.redaction_sheets import Looked
from evidencebox.services.redaction_text import touch
from evidencebox.services.seals import Seals
from evidencebox.services.sheet_preview import Previews, Wanted

STOPPED: Final = "Redacting was stopped: nothing was written, and nothing was recorded."


class Redactions:
    """The redactions of one open case. Calls may come from any background thread.

    Each raises UserError for what a person can put right.
    """

    def __init__(self, case: Case, seen: Seals, previews: Previews) -> None:
        self._case, self._seals, self._previews = case, seen, previews
        self._over = threading.Event()

    def stop(self) -> None:
        """The case is being left: what is under way ends without a trace."""
        self._over.set()

    def open(self, document: DocumentId) -> Redaction:
        """What stands for a document, to be worked on; its sheets."""
        self._seals.refuse([document])
        pages = self._previews.paper(Wanted(document, named=False)).pages
        standing = redacting.standing(self._case).get(document)
        ask, said = Ask(), ""
        if standing is not None:
            ask = self._as_asked(standing.plan, standing.ask, pages)
            said = f"{standing.reviewer} · {standing.utc.replace('T', ' ').rstrip('Z')} UTC"
        draft = redaction_drafts.kept(self._case, document)
        people = self._case.decided.every_officer()
        but = [each.everyone_but for each in (ask, draft) if each and each.everyone_but]
        names = {each: people[each].name for each in but if each in people}
        return Redaction(
            document,
            short_id(document),
            tuple(pages),
            ask,
            names,
            tuple(self._kinds(document)),
            said,
            bool(seals.covered(self._case, [document])),
            None if draft == ask else draft,
        )

    def _as_asked(self, plan: Plan, ask: Ask, pages: tuple[int, ...]) -> Ask:
        try:
            boxes: tuple[Box, ...] = fitted(plan, pages).boxes
        except ValueError:
            raise UserError(
                "Boxes were drawn on other sheets than there are now: undo that redaction, and "
                "redact the document anew."
            ) from None
        return replace(ask, boxes=boxes, inverse=plan.inverse, lines=plan.lines)

    def _kinds(self, document: DocumentId) -> Iterator[KindCount]:
        found = [
            each
            for each in elements.listed(self._case, [document])
            if each.decision is not Answer.DIFFERENT
        ]
        counts = Counter(each.kind for each in found)
        open_ones = Counter(each.kind for each in found if each.decision is not Answer.SAME)
        for kind in sorted(counts):
            yield KindCount(kind, counts[kind], open_ones[kind])

    def keep_draft(self, document: DocumentId, ask: Ask | None) -> None:
        """Keeps what is being worked on within the case; None forgets it."""
        redaction_drafts.keep(self._case, document, ask)

    def look(self, document: DocumentId, ask: Ask, sheet: int) -> SheetLook:
        """A sheet, from 1, before and after."""
        self._seals.refuse([document])
        plan, warnings = redacting.Planner(self._case).plan(document, ask)
        seen, text = self._previews.look(Wanted(document, named=False), sheet, plan)
        decided = self._decided(document) | {squeezed(t.text).text for t in ask.terms}
        doubtful = {
            at for at, term in enumerate(plan.terms) if squeezed(term.text).text not in decided
        }
        boxes = tuple(_boxes(seen, plan, sheet, doubtful))
        before, after = _pixels(seen.before), _pixels(seen.after)
        return SheetLook(sheet, before, after, boxes, text, tuple(warnings))

    def _decided(self, document: DocumentId) -> set[str]:
        """What a reviewer said is what the machine takes it for."""
        named = {
            squeezed(each.text).text
            for each in mentions.listed(self._case, [document])
            if each.decision is Answer.SAME
        }
        for each in elements.listed(self._case, [document]):
            page = self._case.index.page(document, each.page, each.layer)
            if each.decision is Answer.SAME and page is not None:
                lines = page.text[each.start : each.end].split("\n")
                named |= {squeezed(line).text for line in lines}
        return named

    def keep(self, document: DocumentId, ask: Ask) -> str:
        """Keeps a plan in the case, by an act; an empty one takes back what stood."""
        self._seals.refuse([document])
        pages = self._previews.paper(Wanted(document, named=False)).pages
        return redacting.keep(self._case, document, ask, pages).text

    def write(
        self,
        document: DocumentId,
        ask: Ask,
        out: Path,
        passphrase: str,
        unseal: str | None = None,
        progress: Tell = exporting.silent,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> RedactedCopy:
        """A PDF of pictures, the text that remains, and the log; recognised again throughout.

        Where something can still be read nothing is written, and the sentence says so.
        """
        exporting.confirm(self._case, passphrase)

        def tell(done: int, total: int) -> None:
            if cancelled() or self._over.is_set():
                raise UserError(STOPPED)
            progress(done, total)

        tell(0, 0)
        made = redacted_copy.write(self._case, document, ask, out, unseal=unseal, tell=tell)
        files = tuple(out.with_suffix(end).name for end in (".pdf", ".txt", ".csv"))
        done = made.redacted
        return RedactedCopy(
            files, len(done.pages), len(done.regions), done.checked, made.sha256, made.warnings
        )


def _boxes(seen: Looked, plan: Plan, sheet: int, doubtful: set[int]) -> Iterator[SheetBox]:
    """By hand, by the text, and what only recognition found."""
    size = seen.before.size
    mine = [box for box in plan.boxes if box.sheet == sheet]
    for number, box in enumerate(mine):
        yield SheetBox(box.left, box.top, box.right, box.bottom, box.reason, number)
    for rect, term in seen.placed:
        yield _whole(rect, size, plan.terms[term].reason, term in doubtful)
    known = [rect for rect, _ in seen.placed]
    drawn = [tuple(side * size[n % 2] // WHOLE for n, side in enumerate(
        (b.left, b.top, b.right, b.bottom))) for b in mine]  # fmt: skip
    for rect, reason in seen.boxes:
        if not any(touch(rect, other) for other in known) and not any(
            touch(rect, (left, top, right, bottom)) for left, top, right, bottom in drawn
        ):
            yield _whole(rect, size, reason, True)


def _whole(
    rect: tuple[int, int, int, int], size: tuple[int, int], reason: str, suggested: bool
) -> SheetBox:
    left, top, right, bottom = (side * WHOLE // size[n % 2] for n, side in enumerate(rect))
    return SheetBox(left, top, right, bottom, reason, suggested=suggested)


def _pixels(image: Image.Image) -> Picture:
    flat = image if image.mode in ("RGB", "L") else image.convert("RGB")
    channels = 3 if flat.mode == "RGB" else 1
    return Picture(flat.width, flat.height, channels, flat.width, pixels=flat.tobytes())
