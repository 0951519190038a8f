"""Where a query's words stand on a page, and the passage that shows a hit best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evidencebox.index import tokens
from evidencebox.index.hits import Span, hits
from evidencebox.index.language import Parsed
from evidencebox.index.plan import Near, Scored, Slot, positive, positive_words
from evidencebox.model.documents import Page

LENGTH = 200
"""Code points of a passage, more or less."""

_BEFORE = 60
_PAGES = 32
"""Pages of one document whose hits are compared for a passage, at most."""

_PLAIN = str.maketrans({c: " " for c in "\r\n\t\f\v\x00"})


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage: `page` counts from 1, `highlights` are ranges of `text`."""

    page: int
    text: str
    highlights: tuple[Span, ...]


def page_hits(parsed: Parsed, text: str) -> list[Span]:
    """The stretches of a page's text that the query's words cover, in code points.

    A phrase is one stretch; stretches that overlap are joined; words under a NOT are left out.
    """
    return _joined([(start, end) for start, end, _ in hits(_in_body(parsed), text)])


def snippet(parsed: Parsed, pages: Iterable[Page]) -> Snippet:
    """The passage of `pages` (in order) that shows most of the query's words.

    Without any word to show it is the beginning of the first page that has text.
    """
    leaves = _in_body(parsed)
    if not leaves:
        return _beginning(pages)
    best: _Best | None = None
    shown, others = 0, list[Page]()
    for page in pages:
        found = _better(best, leaves, page) if _may_hit(leaves, page.text) else best
        if found is best:
            others.extend([page] if len(others) < _PAGES else [])
            continue
        best, shown = found, shown + 1
        if shown == _PAGES or (best is not None and best[0] >= _FULL * len(leaves)):
            break
    # Words joined over a line end do not show in the raw text; a phrase may go on overleaf.
    for wanted in (leaves, _single(parsed)):
        for page in others if best is None else ():
            best = _better(best, wanted, page)
    if best is None:
        return _beginning(others)
    return _cut(best[1], best[2])


_Best = tuple[int, Page, list[tuple[int, int, int]]]
_FULL = 1000


def _better(best: _Best | None, leaves: Sequence[Scored], page: Page) -> _Best | None:
    """`best`, or the best window of `page` where that shows more."""
    found = sorted(hits(leaves, page.text))
    for at, (start, _, _) in enumerate(found):
        inside = [hit for hit in found[at : at + 20] if hit[1] <= start + LENGTH - _BEFORE]
        inside = inside or [found[at]]
        score = _FULL * len({leaf for _, _, leaf in inside}) + len(inside)
        if best is None or score > best[0]:
            best = (score, page, inside)
    return best


def _in_body(parsed: Parsed) -> list[Scored]:
    return [leaf for leaf in positive(parsed.node) if "body" in leaf.fields]


def _single(parsed: Parsed) -> list[Scored]:
    """Every slot of every word, alone."""
    words = (one for one in positive_words(parsed.node) if "body" in one.fields)
    return [
        replace(one, slots=(slot,), offsets=(0,), exact=True, width=1)
        for one in words
        for slot in one.slots
    ]


def _may_hit(leaves: Sequence[Scored], text: str) -> bool:
    """A cheap look at the raw text, so that most pages need not be taken apart."""
    if not text.isascii():
        text = tokens.fold(text)
    lower = text.lower()
    return any(_may_stand(leaf, lower) for leaf in leaves)


def _may_stand(leaf: Scored, lower: str) -> bool:
    if isinstance(leaf, Near):
        return all(any(_may_stand(one, lower) for one in some) for some in leaf.operands)
    return all(_literal(slot) in lower for slot in leaf.slots)


def _literal(slot: Slot) -> str:
    """What certainly stands in a text where the slot does."""
    if slot.rule is not None:
        return slot.rule.start
    pieces = slot.text.replace("?", "*").split("*") if slot.glob else [slot.text]
    return max(pieces, key=len)


def _joined(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _beginning(pages: Iterable[Page]) -> Snippet:
    first: Page | None = None
    for page in pages:
        first = first or page
        if page.text.strip():
            return _cut(page, [])
    return Snippet(first.number if first else 1, "", ())


def _cut(page: Page, hits: Sequence[tuple[int, int, int]]) -> Snippet:
    """The passage around `hits`, cut at spaces, with an ellipsis where text was left out."""
    text = page.text.translate(_PLAIN)
    first = hits[0][0] if hits else len(text) - len(text.lstrip())
    start = _space_after(text, first - _BEFORE, first) if hits else first
    wanted = max(start + LENGTH, max((hit[1] for hit in hits), default=0))
    wanted = min(wanted, start + 2 * LENGTH)
    end = wanted if wanted >= len(text) else max(text.rfind(" ", start + 1, wanted + 1), first + 1)
    end = max(end, min(hits[0][1], wanted)) if hits else end
    end = min(end, len(text))
    lead = "…" if text[:start].strip() else ""
    tail = "…" if text[end:].strip() else ""
    shift = len(lead) - start
    marks = _joined([(max(a, start) + shift, min(b, end) + shift) for a, b, _ in hits if a < end])
    return Snippet(page.number, lead + text[start:end] + tail, tuple(marks))


def _space_after(text: str, at: int, limit: int) -> int:
    """The first place after a space from `at` on, not beyond `limit`; 0 at the beginning."""
    if at <= 0:
        return 0
    space = text.find(" ", at, limit)
    return space + 1 if space >= 0 else at
