"""A naive scan of texts: the first oracle. It shares nothing with the engine but the tokens."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evidencebox.index import tokens
from evidencebox.index.database import Index
from evidencebox.index.invert import invert, keyword
from evidencebox.index.plan import And, Every, HashPrefix, Keyword, Node, Not, Or, Slot, Words
from evidencebox.index.search import K1, WEIGHTS, B
from evidencebox.index.tokens import Token
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.vault import database as vault

CASE = "00000000-0000-4000-8000-000000000001"


def document(number: int) -> DocumentId:
    return DocumentId(hashlib.sha256(b"%d" % number).hexdigest())


def entry(
    number: int,
    *pages: str,
    fields: dict[str, str] | None = None,
    keywords: dict[str, tuple[str, ...]] | None = None,
    date: int | None = None,
    size: int = 0,
) -> IndexEntry:
    made = tuple(Page(at, text) for at, text in enumerate(pages, 1))
    return IndexEntry(document(number), made, fields or {}, keywords or {}, date, size)


def new_index(folder: Path) -> Index:
    path, key = folder / "index.db", os.urandom(32)
    vault.create(path)
    return Index.create(lambda: vault.connect(path, key, journal="WAL", new=True), CASE)


def add(index: Index, entries: Sequence[IndexEntry], *, merge: bool = True) -> None:
    with index.writer(merge=merge) as writer:
        writer.append(entries, invert(entries))


class Naive:
    """Answers a plan by reading every text."""

    def __init__(self, entries: Iterable[IndexEntry]) -> None:
        self.entries = list(entries)
        self._tokens = [
            {name: _tokens(texts) for name, texts in _texts(entry).items()}
            for entry in self.entries
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
            case Every():
                return every
            case Words(fields=fields):
                return {at for at in every if any(self._count(at, f, node) for f in fields)}
            case Keyword(field, value):
                return {at for at in every if self._has(at, field, value)}
            case HashPrefix(value, bits):
                return {
                    at
                    for at in every
                    if int(self.entries[at].document, 16) >> (256 - bits) == value
                }
        raise AssertionError(node)

    def _has(self, at: int, field: str, value: Slot) -> bool:
        given = self.entries[at].keywords.get(field, ())
        return any(value.regex().fullmatch(keyword(one)) for one in given)

    def _count(self, at: int, field: str, words: Words) -> int:
        found = self._tokens[at].get(field, [])
        if not words.exact:
            return len(_phrase_ends(found, words.slots, words.slop))
        if len(words.slots) == 1:
            return sum(_means(words.slots[0], token) for token in found)
        return sum(
            all(
                any(t.position == start + offset and _means(slot, t) for t in found)
                for slot, offset in zip(words.slots, words.offsets, strict=True)
            )
            for start in range(len(found))
        )

    def scores(self, words: Words) -> dict[DocumentId, float]:
        """BM25F in a few lines, for one leaf."""
        count = len(self.entries)
        lengths = {
            field: [sum(t.length == 1 and t.term[:1] != "#" for t in found.get(field, []))
                    for found in self._tokens]
            for field in words.fields
        }  # fmt: skip
        counts: dict[int, float] = {}
        for at in range(count):
            for field in words.fields:
                if tf := self._count(at, field, words):
                    norm = 1 - B + B * lengths[field][at] / (sum(lengths[field]) / count)
                    counts[at] = counts.get(at, 0.0) + WEIGHTS.get(field, 1.0) * tf / norm
        idf = math.log(1 + (count - len(counts) + 0.5) / (len(counts) + 0.5))
        return {
            self.entries[at].document: idf * tf * (K1 + 1) / (K1 + tf) for at, tf in counts.items()
        }


def _texts(entry: IndexEntry) -> dict[str, list[str]]:
    texts = {name: [text] for name, text in entry.fields.items()}
    return {**texts, "body": [page.text for page in entry.pages]}


def _tokens(texts: Sequence[str]) -> list[Token]:
    out: list[Token] = []
    base = 0
    for text in texts:
        found = list(tokens.tokens(text))
        out.extend(Token(t.term, t.position + base, t.length, t.start, t.end) for t in found)
        base += max((t.position + 1 for t in found if t.length == 1), default=0)
    return out


def _symbols(text: str) -> bool:
    return any(c in text for c in tokens.SYMBOLS)


def _means(slot: Slot, token: Token) -> bool:
    if not slot.glob:
        return slot.text == token.term
    if _symbols(token.term) and not _symbols(slot.text):
        return False
    return slot.regex().fullmatch(token.term) is not None


def _phrase_ends(found: Sequence[Token], slots: Sequence[Slot], slop: int) -> set[int]:
    plain = [token for token in found if not _symbols(token.term)]
    ends = {t.position + t.length - 1 for t in plain if _means(slots[0], t)}
    for slot in slots[1:]:
        ends = {
            t.position + t.length - 1
            for t in plain
            if _means(slot, t) and any(1 <= t.position - end <= slop for end in ends)
        }
    return ends


def chunked(entries: Sequence[IndexEntry], size: int) -> Iterator[Sequence[IndexEntry]]:
    for at in range(0, len(entries), size):
        yield entries[at : at + size]
