"""One sheet of a redaction: under way, finished, or only looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from PIL import Image

from evidencebox.errors import UserError
from evidencebox.export import blackout
from evidencebox.export.blackout import Rect
from evidencebox.export.hunt import Found, hunt, squeezed, without
from evidencebox.export.pages import jpeg
from evidencebox.model.pictures import BOXES_MAX
from evidencebox.model.redactions import WHOLE, Plan, Region
from evidencebox.model.sheets import Sheet
from evidencebox.services.ocr_pool import PageRead
from evidencebox.services.redaction_text import GONE, Places, marked, recognised, rect_of, touch


@dataclass(slots=True)
class Work:
    """A sheet under way. `boxes` and `over`, which goes where `boxes` are what is shown: in the
    picture's pixels, with their reasons. `jpeg` is the sheet as it was last burned.

    `read` is the last recognition of it. `doubtful`: its text may not be what stands on the
    picture: recognition saw something else, or the text is that of a stranger's PDF.
    """

    number: int
    sheet: Sheet
    text: str
    places: Places
    image: Image.Image
    doubtful: bool
    boxes: list[tuple[Rect, str]] = field(default_factory=list)
    over: list[tuple[Rect, str]] = field(default_factory=list)
    hits: set[int] = field(default_factory=set)
    gone: list[tuple[int, int]] = field(default_factory=list)
    shown: list[tuple[int, int]] = field(default_factory=list)
    read: PageRead | None = None
    jpeg: bytes = b""


@dataclass(frozen=True, slots=True)
class Burned:
    """A finished sheet: its picture as a JPEG, what remains of its text, what was burned in."""

    jpeg: bytes
    size: tuple[float, float]
    page: int
    text: str
    regions: tuple[Region, ...]
    hits: frozenset[int]


@dataclass(frozen=True, slots=True)
class Looked:
    """A sheet that was not burned for good. `placed`: rectangles of the text's hits, each with the
    place of its term; `boxes`: what would be burned in, with its reason. In pixels."""

    sheet: Sheet
    before: Image.Image
    after: Image.Image
    placed: tuple[tuple[Rect, int], ...]
    boxes: tuple[tuple[Rect, str], ...]


# --- boxes --------------------------------------------------------------------------------------


def from_text(work: Work, plan: Plan) -> bool:
    """Boxes of the hits in the sheet's own text. False where one of them stands nowhere."""
    hits = work.places.hits
    work.hits |= {hit.term for hit in hits}
    for hit in hits:
        (work.shown if _shows(plan, hit.term) else work.gone).append((hit.start, hit.end))
    placed = set()
    for box in work.sheet.picture.boxes:
        if box.mark < len(hits):
            placed.add(box.mark)
            _put(work, plan, hits[box.mark].term, (box.left, box.top, box.right, box.bottom))
    whole = len(work.sheet.picture.boxes) < BOXES_MAX
    return whole and work.places.askable and len(placed) == len(hits)


def by_hand(work: Work, plan: Plan) -> None:
    """Boxes that somebody drew on this sheet."""
    width, height = work.image.size
    for box in plan.boxes:
        if box.sheet == work.number:
            left, top = box.left * width // WHOLE, box.top * height // WHOLE
            right, bottom = -(-box.right * width // WHOLE), -(-box.bottom * height // WHOLE)
            work.boxes.append(((left, top, right, bottom), box.reason))


def by_words(
    work: Work, plan: Plan, found: Iterable[Found], others: frozenset[str] = frozenset()
) -> int:
    """Boxes over the recognised words of places in `work.read`; how many are new.

    `others` are strings that only look like a term. Raises UserError for a place of which the
    recogniser did not say where it is.
    """
    read = work.read
    assert read is not None, "nothing was read yet"
    boxes = {span: rect_of(span.label) for span in read.spans if span.kind == "word"}
    new = 0
    for each in found:
        if squeezed(read.text[each.start : each.end]).text in others:
            continue
        here = [b for s, b in boxes.items() if s.start < each.end and s.end > each.start]
        if not here:
            raise UserError(
                f"Sheet {work.number} has more words than can be placed, and one of them is to be "
                "blacked out: draw a box over it by hand. Nothing was written."
            )
        burned = [rect for rect, _ in _boxes_for(work, plan, each.term)]
        # Within a box there is only the reason that is printed on it.
        if all(any(blackout.within(box, rect) for rect in burned) for box in here):
            continue
        work.hits.add(each.term)
        for box in here:
            _put(work, plan, each.term, box)
        new += len(here)
    return new


def _shows(plan: Plan, term: int) -> bool:
    return plan.inverse and term < len(plan.terms)


def _boxes_for(work: Work, plan: Plan, term: int) -> list[tuple[Rect, str]]:
    return work.over if plan.inverse and not _shows(plan, term) else work.boxes


def _put(work: Work, plan: Plan, term: int, box: Rect) -> None:
    _boxes_for(work, plan, term).append(
        (blackout.grown(box, work.image.size), plan.named[term].reason)
    )


def burn(work: Work, plan: Plan) -> None:
    """Boxes over whole lines where that is wanted, and joined; then the picture with them."""
    if plan.inverse:
        work.over = blackout.merged(work.over)
    else:
        if plan.lines:
            work.boxes = [(blackout.line(box, work.image.size), why) for box, why in work.boxes]
        work.boxes = blackout.merged(work.boxes)
    work.jpeg = jpeg(after(work, plan))


def after(work: Work, plan: Plan) -> Image.Image:
    """The picture as it goes out."""
    made = blackout.burned(work.image, work.boxes, inverse=plan.inverse)
    return blackout.burned(made, work.over, inverse=False) if work.over else made


def readable(image: Image.Image, work: Work, plan: Plan) -> Image.Image:
    """What can still be read of a picture that was burned: all outside its boxes."""
    left = blackout.cleared(image, [box for box, _ in work.boxes], inverse=plan.inverse)
    if work.over:
        left = blackout.cleared(left, [box for box, _ in work.over], inverse=False)
    return left


# --- what remains -------------------------------------------------------------------------------


def burned(work: Work, plan: Plan, checked: bool) -> Burned:
    """The sheet as it goes out."""
    return Burned(
        work.jpeg,
        (work.sheet.width, work.sheet.height),
        work.sheet.number,
        _remains(work, plan, checked),
        tuple(_regions(work)),
        frozenset(work.hits),
    )


def _remains(work: Work, plan: Plan, checked: bool) -> str:
    """What may stand in the text beside the picture."""
    if not work.text.strip() or (work.doubtful and work.read is not None):
        shown = [] if plan.inverse else [box for box, _ in work.boxes]
        text, named = recognised(work.read, shown, plan, burned=checked)
        if plan.inverse:
            return _without_always("\n".join(named), plan)
        return text if not checked or work.read is None else marked(work.read, text, shown)
    if plan.inverse:
        said = "\n".join(work.text[start:end] for start, end in sorted(work.shown))
        return _without_always(said, plan)
    return without(work.text, [*work.gone, *_covered(work)], GONE)


def _without_always(text: str, plan: Plan) -> str:
    found = hunt(text, [term.text for term in plan.always], recognised=True)
    return without(text, [(each.start, each.end) for each in found], GONE)


def _covered(work: Work) -> Iterator[tuple[int, int]]:
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


def _regions(work: Work) -> Iterator[Region]:
    across = work.sheet.width / work.image.width
    down = work.sheet.height / work.image.height
    for (left, top, right, bottom), reason in (*work.boxes, *work.over):
        yield Region(work.number, left * across, top * down, right * across, bottom * down, reason)
