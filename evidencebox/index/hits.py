"""Which stretches of one text a query's words cover: exactly those that make it a hit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from evidencebox.index import tokens
from evidencebox.index.matching import accept
from evidencebox.index.plan import Near, Scored, Slot, Step, Words
from evidencebox.index.tokens import Token

Span = tuple[int, int]
ByTerm = dict[str, list[Token]]


@dataclass(frozen=True, slots=True, order=True)
class _Item:
    """A word at its places `first` to `last`, code points `start` to `end`."""

    first: int
    last: int
    start: int
    end: int


_Layers = list[list[_Item]]
"""For each slot of a phrase what may stand there, by place."""


def hits(leaves: Sequence[Scored], text: str) -> list[tuple[int, int, int]]:
    """Stretches of `text` with the number of the leaf that each belongs to."""
    if not leaves:
        return []
    by_term: ByTerm = {}
    for token in tokens.tokens(text):
        by_term.setdefault(token.term, []).append(token)
    found: list[tuple[int, int, int]] = []
    for number, leaf in enumerate(leaves):
        found.extend((start, end, number) for start, end in _shown(by_term, leaf))
    return found


def _shown(by_term: ByTerm, leaf: Scored) -> Iterable[Span]:
    if isinstance(leaf, Words):
        return _spans(_through(_layers(by_term, leaf), leaf.slop), leaf.slop)
    return _near(by_term, leaf)


def _layers(by_term: ByTerm, words: Words) -> _Layers:
    layers = [_items(by_term, slot) for slot in words.slots]
    if not words.exact or len(layers) == 1:
        return layers
    whole = {item.first - words.offsets[0]: item for item in layers[0]}
    for layer, offset in zip(layers[1:], words.offsets[1:], strict=True):
        here = {item.first - offset: item for item in layer}
        whole = {
            at: _Item(at, at, min(item.start, here[at].start), max(item.end, here[at].end))
            for at, item in whole.items()
            if at in here
        }
    last = words.width - 1
    return [sorted(_Item(at, at + last, one.start, one.end) for at, one in whole.items())]


def _items(by_term: ByTerm, slot: Slot) -> list[_Item]:
    if slot.open:
        accepts = accept(slot)
        found = [token for term, some in by_term.items() if accepts(term) for token in some]
    else:
        found = by_term.get(slot.text, [])
    return sorted(_Item(t.position, t.position + t.length - 1, t.start, t.end) for t in found)


def _through(
    layers: _Layers, slop: int, begins: Set[int] | None = None, ends: Set[int] | None = None
) -> _Layers:
    """What stands in a phrase that begins at one of `begins` and ends at one of `ends`."""
    kept = [[item for item in layers[0] if begins is None or item.first in begins]]
    for layer in layers[1:]:
        before = sorted({item.last for item in kept[-1]})
        kept.append([item for item in layer if _ends_before(before, item.first, slop)])
    kept[-1] = [item for item in kept[-1] if ends is None or item.last in ends]
    for at in range(len(kept) - 2, -1, -1):
        after = sorted({item.first for item in kept[at + 1]})
        kept[at] = [item for item in kept[at] if _begins_after(after, item.last, slop)]
    return kept


def _ends_before(ends: Sequence[int], begin: int, distance: int) -> bool:
    at = bisect_left(ends, begin) - 1
    return at >= 0 and begin - ends[at] <= distance


def _begins_after(begins: Sequence[int], end: int, distance: int) -> bool:
    at = bisect_left(begins, end + 1)
    return at < len(begins) and begins[at] - end <= distance


def _spans(layers: _Layers, slop: int) -> list[Span]:
    """One stretch for a phrase; for words near each other, a stretch a word."""
    if slop > 1 or len(layers) == 1:
        return [(item.start, item.end) for layer in layers for item in layer]
    chains = {item.last: item.start for item in layers[0]}
    for layer in layers[1:-1]:
        chains = {item.last: chains[item.first - 1] for item in layer if item.first - 1 in chains}
    return [(chains[item.first - 1], item.end) for item in layers[-1] if item.first - 1 in chains]


@dataclass(frozen=True, slots=True)
class _Member:
    """One of the words of an operand on this page."""

    layers: _Layers
    slop: int

    def either(self, begins: Set[int] | None, ends: Set[int] | None) -> tuple[set[int], set[int]]:
        """Where it begins and ends, if it begins at one of `begins` or ends at one of `ends`."""
        some = [_through(self.layers, self.slop, begins)]
        if begins is not None or ends is not None:
            some.append(_through(self.layers, self.slop, None, ends))
        first = {item.first for layers in some for item in layers[0]}
        return first, {item.last for layers in some for item in layers[-1]}


@dataclass(frozen=True, slots=True)
class _Gate:
    """Where an operand must begin, or end, to have its neighbour near it; None: it has none."""

    begins: set[int] | None = None
    ends: set[int] | None = None


def _near(by_term: ByTerm, near: Near) -> list[Span]:
    """The words of every chain that is complete on this page."""
    operands = [
        [_Member(_layers(by_term, words), words.slop) for words in operand]
        for operand in near.operands
    ]
    into = _gates(operands, near.steps, forward=True)
    out = _gates(operands[::-1], near.steps[::-1], forward=False)[::-1]
    found: list[Span] = []
    for members, first, last in zip(operands, into, out, strict=True):
        for member in members:
            for begins, ends in _ways(first, last):
                kept = _through(member.layers, member.slop, begins, ends)
                found.extend(_spans(kept, member.slop))
    return sorted(set(found))


def _ways(into: _Gate, out: _Gate) -> list[tuple[Set[int] | None, Set[int] | None]]:
    """The ways through an operand: entered and left, by its beginning or by its end."""
    one = out if into.begins is None else into
    if into.begins is None or out.begins is None or into.ends is None or out.ends is None:
        return [(one.begins, None), (None, one.ends)]
    return [
        (into.begins & out.begins, None),
        (into.begins, out.ends),
        (out.begins, into.ends),
        (None, into.ends & out.ends),
    ]


def _gates(
    operands: Sequence[Sequence[_Member]], steps: Sequence[Step], *, forward: bool
) -> list[_Gate]:
    """For each operand its gate towards those before it, or backwards those after it."""
    gates = [_Gate()]
    for members, after, step in zip(operands, operands[1:], steps, strict=False):
        reached = [member.either(gates[-1].begins, gates[-1].ends) for member in members]
        firsts = sorted(set().union(*(first for first, _ in reached)))
        lasts = sorted(set().union(*(last for _, last in reached)))
        own = [member.either(None, None) for member in after]
        begins = set().union(*(first for first, _ in own))
        ends = set().union(*(last for _, last in own))
        behind = {at for at in begins if _ends_before(lasts, at, step.distance)}
        ahead = {at for at in ends if _begins_after(firsts, at, step.distance)}
        if step.ordered:
            behind, ahead = (behind, set()) if forward else (set(), ahead)
        gates.append(_Gate(behind, ahead))
    return gates
