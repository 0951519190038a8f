"""Where a query's words stand on a page, and the passage that shows a hit best."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidencebox.index import tokens
from evidencebox.index.language import Parsed
from evidencebox.index.occurrences import accept
from evidencebox.index.plan import Slot, Words, positive_words
from evidencebox.index.tokens import Token
from evidencebox.model.documents import Page

LENGTH = 200
"""Code points of a passage, more or less."""

_BEFORE = 60
_PAGES = 32
"""Pages of one document that are taken apart for a passage, at most."""

_PLAIN = str.maketrans({c: " " for c in "\r\n\t\f\v\x00"})

Span = tuple[int, int]


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
    return _joined([(start, end) for start, end, _ in _hits(_body_words(parsed), text)])


def snippet(parsed: Parsed, pages: Iterable[Page]) -> Snippet:
    """The passage of `pages` (in order) that shows most of the query's words.

    Without any word to show it is the beginning of the first page that has text.
    """
    words = _body_words(parsed)
    if not words:
        return _beginning(pages)
    best: tuple[int, Page, list[tuple[int, int, int]]] | None = None
    looked = 0
    first: Page | None = None
    passed: list[Page] = []
    for page in pages:
        first = first if first is not None and first.text.strip() else page
        if not _may_hit(words, page.text):
            passed = [*passed, page][:_PAGES]
            continue
        best = _better(best, words, page)
        looked += 1
        if looked == _PAGES or (best is not None and best[0] >= _FULL * len(words)):
            break
    if best is None:
        # Words joined over a line end do not show in the raw text, so these pages stand last.
        for page in passed:
            best = _better(best, words, page)
    if best is None:
        return _beginning([first] if first else [])
    return _cut(best[1], best[2])


_FULL = 1000


def _better(
    best: tuple[int, Page, list[tuple[int, int, int]]] | None, words: Sequence[Words], page: Page
) -> tuple[int, Page, list[tuple[int, int, int]]] | None:
    """`best`, or the best window of `page` where that shows more."""
    hits = sorted(_hits(words, page.text))
    for at, (start, _, _) in enumerate(hits):
        inside = [hit for hit in hits[at : at + 20] if hit[1] <= start + LENGTH - _BEFORE]
        inside = inside or [hits[at]]
        score = _FULL * len({leaf for _, _, leaf in inside}) + len(inside)
        if best is None or score > best[0]:
            best = (score, page, inside)
    return best


def _body_words(parsed: Parsed) -> list[Words]:
    return [words for words in positive_words(parsed.node) if "body" in words.fields]


def _may_hit(words: Sequence[Words], text: str) -> bool:
    """A cheap look at the raw text, so that most pages need not be taken apart."""
    if not text.isascii():
        text = tokens.fold(text)
    lower = text.lower()
    return any(all(_literal(slot) in lower for slot in one.slots) for one in words)


def _literal(slot: Slot) -> str:
    pieces = slot.text.replace("?", "*").split("*") if slot.glob else [slot.text]
    return max(pieces, key=len)


def _hits(words: Sequence[Words], text: str) -> list[tuple[int, int, int]]:
    """Stretches with the number of the leaf they belong to."""
    if not words:
        return []
    by_term: dict[str, list[Token]] = {}
    for token in tokens.tokens(text):
        by_term.setdefault(token.term, []).append(token)
    found: list[tuple[int, int, int]] = []
    for leaf, one in enumerate(words):
        slots = [_candidates(by_term, slot) for slot in one.slots]
        spans = _exact(slots, one.offsets) if one.exact else _phrase(slots, one.slop)
        found.extend((start, end, leaf) for start, end in spans)
    return found


def _candidates(by_term: dict[str, list[Token]], slot: Slot) -> list[Token]:
    if not slot.glob:
        return by_term.get(slot.text, [])
    accepts = accept(slot)
    found = [token for term, some in by_term.items() if accepts(term) for token in some]
    return sorted(found, key=lambda token: token.position)


def _exact(slots: Sequence[Sequence[Token]], offsets: Sequence[int]) -> list[Span]:
    """Stretches from the first to the last of terms at fixed distances."""
    spans = {token.position - offsets[0]: (token.start, token.end) for token in slots[0]}
    for some, offset in zip(slots[1:], offsets[1:], strict=True):
        here = {token.position - offset: token for token in some}
        spans = {
            at: (min(span[0], here[at].start), max(span[1], here[at].end))
            for at, span in spans.items()
            if at in here
        }
    return list(spans.values())


def _phrase(slots: Sequence[Sequence[Token]], slop: int) -> list[Span]:
    """One stretch for a phrase; for words near each other, a stretch a word."""
    chains: dict[int, tuple[Span, ...]]
    chains = {token.position + token.length - 1: ((token.start, token.end),) for token in slots[0]}
    for some in slots[1:]:
        ends = sorted(chains)
        longer: dict[int, tuple[Span, ...]] = {}
        for token in some:
            near = bisect_left(ends, token.position) - 1
            if near >= 0 and token.position - ends[near] <= slop:
                chain = (*chains[ends[near]], (token.start, token.end))
                longer[token.position + token.length - 1] = chain
        chains = longer
    if slop == 1:
        return [(chain[0][0], chain[-1][1]) for chain in chains.values()]
    return [span for chain in chains.values() for span in chain]


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
