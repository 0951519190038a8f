"""A naive scan of texts: the first oracle. It shares nothing with the engine but the tokens, the
plan of the query, and the stems of words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from evidencebox.index import rules, tokens
from evidencebox.index.invert import keyword
from evidencebox.index.plan import (
    And,
    Between,
    Every,
    HashPrefix,
    Keyword,
    Ledger,
    Near,
    Node,
    Not,
    Or,
    Scored,
    Slot,
    Words,
)
from evidencebox.index.rules import Fuzzy, OneOf, Regex, Stem
from evidencebox.index.search import K1, WEIGHTS, B
from evidencebox.index.tokens import Token
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.query import LedgerClause

Resolve = Callable[[LedgerClause], Collection[DocumentId]]


def _nothing(_: LedgerClause) -> tuple[DocumentId, ...]:
    return ()


class Naive:
    """Answers a plan by reading every text."""

    def __init__(self, entries: Iterable[IndexEntry], resolve: Resolve = _nothing) -> None:
        self.entries = list(entries)
        self._resolve = resolve
        self._tokens = [
            {name: read(texts) for name, texts in _texts(entry).items()} for entry in self.entries
        ]

    def search(self, node: Node) -> set[DocumentId]:
        return {self.entries[at].document for at in self._find(node)}

    def _find(self, node: Node) -> set[int]:
        every = set(range(len(self.entries)))
        match node:
            case And(nodes):
                return every.intersection(*map(self._find, nodes))
            case Or(nodes):
                return set().union(*map(self._find, nodes))
            case Not(child):
                return every - self._find(child)
            case Words() | Near():
                return {at for at in every if any(self._count(at, f, node) for f in node.fields)}
            case Every():
                return every
        return {at for at in every if self._passes(self.entries[at], node)}

    def _passes(self, entry: IndexEntry, node: Node) -> bool:
        match node:
            case Keyword(field, value):
                given = map(keyword, entry.keywords.get(field, ()))
                return any(value.regex().fullmatch(one) for one in given)
            case HashPrefix(value, bits):
                return int(entry.document, 16) >> (256 - bits) == value
            case Between(column, low, high):
                pages = len({page.number for page in entry.pages})
                here = {"date": entry.date, "size": entry.size, "pages": pages}[column]
                return here is not None and (
                    (low is None or low <= here) and (high is None or here < high)
                )
            case Ledger(clause):
                return entry.document in self._resolve(clause)
        raise AssertionError(node)

    def _count(self, at: int, field: str, leaf: Scored) -> int:
        return count(self._tokens[at].get(field, []), leaf)

    def scores(self, node: Node) -> dict[DocumentId, float]:
        """BM25F in a few lines: words next to filters; what stands under a NOT counts nothing."""
        return {self.entries[at].document: score for at, score in self._scores(node).items()}

    def _scores(self, node: Node) -> dict[int, float]:
        if isinstance(node, (Words, Near)):
            return self._leaf(node)
        scores = dict.fromkeys(self._find(node), 0.0)
        for child in node.nodes if isinstance(node, (And, Or)) else ():
            for at, score in self._scores(child).items():
                if at in scores:
                    scores[at] += score
        return scores

    def _leaf(self, leaf: Scored) -> dict[int, float]:
        count = len(self.entries)
        lengths = {
            field: [sum(t.length == 1 and t.term[:1] != "#" for t in found.get(field, []))
                    for found in self._tokens]
            for field in leaf.fields
        }  # fmt: skip
        counts: dict[int, float] = {}
        for at in range(count):
            for field in leaf.fields:
                if tf := self._count(at, field, leaf):
                    norm = 1 - B + B * lengths[field][at] / (sum(lengths[field]) / count)
                    counts[at] = counts.get(at, 0.0) + WEIGHTS.get(field, 1.0) * tf / norm
        idf = leaf.boost * math.log(1 + (count - len(counts) + 0.5) / (len(counts) + 0.5))
        return {at: idf * tf * (K1 + 1) / (K1 + tf) for at, tf in counts.items()}


def _texts(entry: IndexEntry) -> dict[str, list[str]]:
    texts = {name: [text] for name, text in entry.fields.items()}
    return {**texts, "body": [page.text for page in entry.pages]}


def read(texts: Sequence[str]) -> list[Token]:
    """The tokens of texts that follow each other."""
    out: list[Token] = []
    base = 0
    for text in texts:
        found = list(tokens.tokens(text))
        out.extend(Token(t.term, t.position + base, t.length, t.start, t.end) for t in found)
        base += max((t.position + 1 for t in found if t.length == 1), default=0)
    return out


def count(found: Sequence[Token], leaf: Scored) -> int:
    """How often a leaf stands in a text."""
    if isinstance(leaf, Near):
        return len({last for _, last in _chain(found, leaf)})
    if leaf.exact and len(leaf.slots) == 1:
        return sum(_means(leaf.slots[0], token) for token in found)
    matches = _matches(found, leaf)
    return len({first if leaf.exact else last for first, last in matches})


def _chain(found: Sequence[Token], near: Near) -> set[tuple[int, int]]:
    """First and last place of the last operand wherever it closes a chain."""
    here = _any_of(found, near.operands[0])
    for step, operand in zip(near.steps, near.operands[1:], strict=True):
        here = {
            (first, last)
            for first, last in _any_of(found, operand)
            for begin, end in here
            if 1 <= first - end <= step.distance
            or (not step.ordered and 1 <= begin - last <= step.distance)
        }
    return here


def _any_of(found: Sequence[Token], operand: tuple[Words, ...]) -> set[tuple[int, int]]:
    return set().union(*(_matches(found, words) for words in operand))


def _matches(found: Sequence[Token], words: Words) -> set[tuple[int, int]]:
    """The first and last places of everything that `words` means."""
    if words.exact and len(words.slots) > 1:
        return _at_offsets(found, words)
    here: set[tuple[int, int]] | None = None
    for slot in words.slots:
        some = [t for t in found if _means(slot, t) and (words.exact or not _symbols(t.term))]
        here = {
            (t.position if here is None else first, t.position + t.length - 1)
            for t in some
            for first, last in (here if here is not None else {(0, t.position - 1)})
            if 1 <= t.position - last <= words.slop
        }
    return here or set()


def _at_offsets(found: Sequence[Token], words: Words) -> set[tuple[int, int]]:
    out = set()
    for start in {token.position for token in found}:
        held = [
            [t for t in found if t.position == start + offset and _means(slot, t)]
            for slot, offset in zip(words.slots, words.offsets, strict=True)
        ]
        if all(held):
            out.add((start, max(t.position + t.length - 1 for some in held for t in some)))
    return out


def _symbols(term: str) -> bool:
    return any(c in term for c in tokens.SYMBOLS)


def _means(slot: Slot, token: Token) -> bool:
    term = token.term
    match slot.rule:
        case None if not slot.glob:
            return slot.text == term
        case None:
            return (_symbols(slot.text) or not _symbols(term)) and bool(
                slot.regex().fullmatch(term)
            )
        case Fuzzy(text, edits, prefix):
            plain = _symbols(text) or not _symbols(term)
            return plain and term[:prefix] == text[:prefix] and _edits(text, term) <= edits
        case Regex(pattern):
            plain = slot.rule.symbols or not _symbols(term)
            return plain and bool(re.fullmatch(pattern, term, re.IGNORECASE))
        case Stem(stem):
            return not _symbols(term) and rules.stem(term) == stem
        case OneOf(terms):
            return term in terms


@lru_cache(maxsize=1 << 16)
def _edits(left: str, right: str) -> int:
    """Damerau–Levenshtein, straight from its definition (Lowrance and Wagner, 1975)."""
    far = len(left) + len(right)
    table = {(-1, -1): far}
    for i in range(len(left) + 1):
        table[i, -1], table[i, 0] = far, i
    for j in range(len(right) + 1):
        table[-1, j], table[0, j] = far, j
    rows: dict[str, int] = {}
    for i, a in enumerate(left, 1):
        column = 0
        for j, b in enumerate(right, 1):
            row, before = rows.get(b, 0), column
            if a == b:
                column = j
            table[i, j] = min(
                table[i - 1, j - 1] + (a != b),
                table[i, j - 1] + 1,
                table[i - 1, j] + 1,
                table[row - 1, before - 1] + (i - row - 1) + 1 + (j - before - 1),
            )
        rows[a] = i
    return table[len(left), len(right)]
